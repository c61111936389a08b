"""The page on which a trainee reads what came of an assignment: plain HTML that holds all it shows, without a script.

What a trainee wrote is made harmless here once more, wherever it comes from; what the instructor wrote is shown as it is.
"""

import re
from html import escape

from bs4 import BeautifulSoup
from nbconvert.filters.markdown_mistune import InvalidNotebook, IPythonRenderer, MarkdownWithMath

from coursekit.grading import harmless
from coursekit.grading.verdicts import COLORS

WORDS = {
    "right": "✔ right",
    "part of the points": "◐ part of the points",
    "not yet": "✘ not yet",
    "not answered": "○ not answered",
    "not looked at yet": "… not looked at yet",
}
BOX = re.compile(r'<input class="task-list-item-checkbox"[^>]*>')
LONGEST = 20_000  # characters of what a cell printed
STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 0 auto; padding: 1rem; max-width: 52rem; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.25rem; margin: 0 0 .5rem; } h3 { font-size: 1.05rem; }
section { border-top: 2px solid #c9c9c9; padding: 1rem 0; }
pre, code { font: .9rem/1.4 ui-monospace, monospace; } pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; }
.answer { border-left: 4px solid #3b5b8c; padding-left: .8rem; } .answer > pre, details > pre { background: #f4f4f4; padding: .5rem; }
.verdict { border-left: 4px solid #8a2b06; background: #fdf1ea; padding: .5rem .8rem; margin: .7rem 0; }
.verdict.right { border-color: #0b5d1e; background: #eaf6ec; } .verdict.open { border-color: #3d3d3d; background: #f2f2f2; }
.verdict p, .comment p { margin: .2rem 0; } .comment { border: 1px solid #767676; padding: .5rem .8rem; margin: .7rem 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; margin: .5rem 0; } th, td { border: 1px solid #c9c9c9; padding: .2rem .5rem; text-align: left; }
img { max-width: 100%; height: auto; } a { color: #0b4a8f; } details { margin: .5rem 0; } p, li, td, th { overflow-wrap: break-word; }
@media print { section { break-inside: auto; } .verdict, tr, img { break-inside: avoid; } body { max-width: none; padding: 0; } }
"""


class Text(IPythonRenderer):
    """Markdown as HTML in which formulas stay readable without a program that sets them."""

    def inline_html(self, html):
        return html  # the renderer's own takes one tag for a whole, and closes it

    def inline_math(self, body):
        return f"<code>{escape(body)}</code>"

    def block_math(self, body):
        return f"<pre><code>{escape(body.strip())}</code></pre>"

    def latex_environment(self, name, body):
        return self.block_math(f"\\begin{{{name}}}{body}\\end{{{name}}}")

    def paragraph(self, text):
        return f"{text}\n" if text.startswith("<pre>") and text.endswith("</pre>") else super().paragraph(text)

    def block_mermaidjs(self, code):
        return f"<pre><code>{escape(code)}</code></pre>"


def instructors(source, attachments, folder):
    """A text of the instructor's; folder: of the files beside it, whose pictures become part of the page."""
    return _headings(_rendered(source, attachments, folder))


def trainees(source, attachments, folder):
    """A text of a trainee's."""
    pictures = harmless.attached(attachments)
    made = harmless.markup(_rendered(harmless.text(source, pictures), pictures, folder))
    made = re.sub(r"<img(?![^>]*\ssrc=)[^>]*>", "(a picture that is not here)", made)
    return _tables(_headings(made)) or f"<pre>{escape(source)}</pre>"


def _rendered(source, attachments, folder):
    renderer = Text(escape=False, attachments=attachments, embed_images=True, path=str(folder), exclude_anchor_links=True)
    try:
        made = MarkdownWithMath(renderer).render(source)
    except InvalidNotebook:  # a picture that was attached is missing
        return f"<pre>{escape(source)}</pre>"
    return BOX.sub(lambda found: "☑ " if "checked" in found[0] else "☐ ", made)


def _headings(made):
    """Headings within a part stand below the part's own."""
    return re.sub(r"<(/?)h[1-6]\b", r"<\1h3", made)


def outputs(found, hidden=()):
    """What a trainee's cell showed. hidden: lines that must not stand in it."""
    return "".join(_output(one, hidden) for one in map(harmless.shown, found) if one)


def _output(one, hidden):
    if any(line in _all_text(one) for line in hidden):
        return "<p>(What was shown here is left out, for it holds a part of a test that is not shown to you.)</p>"
    if one.output_type == "stream":
        return _printed(one.text)
    if one.output_type == "error":
        return _printed(f"The cell stopped with {one.ename}: {one.evalue}" if one.ename != "Stopped" else one.evalue)
    for kind in harmless.STARTS:
        if kind in one.data:
            alt = one.metadata.get(kind, {}).get("alt") or "A picture that this cell drew"
            return f'<p><img src="data:{kind};base64,{one.data[kind]}" alt="{escape(alt)}"></p>'
    if "text/html" in one.data:
        return _tables(_headings(one.data["text/html"]))
    return _printed(one.data["text/plain"])


def _all_text(one):
    """All text of an output, as it reads."""
    return "\n".join(
        [one.get("text", ""), one.get("evalue", ""), *one.get("traceback", ()), *map(str, one.get("data", {}).values())]
    )


def _printed(text):
    text = COLORS.sub("", text)
    text = "".join(c for c in text if c in "\n\t" or c.isprintable() or c.isspace())
    cut = f"\n… and {len(text) - LONGEST:,} characters more" if len(text) > LONGEST else ""
    return f"<pre>{escape(text[:LONGEST] + cut)}</pre>"


def _tables(made):
    """Tables whose headers say of what they are headers, in a frame that can be moved by keyboard; pictures with words."""
    if "<table" not in made and "<img" not in made:
        return made
    soup = BeautifulSoup(made, "html.parser")
    for table in soup.find_all("table"):
        del table["border"]
        for header in table.find_all("th"):
            if not header.get_text(strip=True):
                header.name = "td"
                continue
            header["scope"] = "col" if header.find_parent("thead") else "row"
        if not table.find_parent("table"):
            table.wrap(soup.new_tag("div", attrs={"class": "wide", "tabindex": "0", "role": "group", "aria-label": "A table"}))
    for picture in soup.find_all("img"):
        if not picture.get("src"):
            picture.replace_with("(a picture that is not here)")
        elif not picture.has_attr("alt"):
            picture["alt"] = "A picture without a description"
    return str(soup)


# -- parts of the page


def folded(what, inner):
    return f"<details><summary>{escape(what)}</summary>{inner}</details>"


def code(source):
    return f"<pre><code>{escape(source)}</code></pre>" if source.strip() else "<p>(empty)</p>"


def sentence(text):
    """A sentence in which what stands in back quotes is code."""
    parts = escape(text).split("`")
    return "<p>" + "".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts)) + "</p>"


def verdict(word, points, said):
    """What came of a test or of a reading: a word, the points, and sentences."""
    kind = {"right": " right", "not looked at yet": " open", "not answered": " open"}.get(word, "")
    inner = "".join(map(sentence, said))
    return f'<div class="verdict{kind}"><p><strong>{WORDS[word]}</strong>, {escape(points)}</p>{inner}</div>'


def comment(text, folder):
    return f'<div class="comment"><h3>Comment</h3>{_tables(harmless.markup(_rendered(harmless.text(text), {}, folder)))}</div>'


def document(title, head, sections):
    """The page. head: sentences; sections: of dictionaries with title, inner, word and points (both None where nothing is graded)."""
    rows = "".join(
        f'<tr><th scope="row"><a href="#part-{i}">{escape(one["title"])}</a></th><td>{WORDS[one["word"]]}</td><td>{escape(one["points"])}</td></tr>'
        for i, one in enumerate(sections, 1)
        if one["word"]
    )
    table = f'<table><thead><tr><th scope="col">Question</th><th scope="col">Result</th><th scope="col">Points</th></tr></thead><tbody>{rows}</tbody></table>'
    parts = "".join(
        f'<section aria-labelledby="part-{i}"><h2 id="part-{i}">{escape(one["title"])}</h2>{one["inner"]}<p><a href="#top">↑ To the top</a></p></section>\n'
        for i, one in enumerate(sections, 1)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'\">\n"
        f"<title>Feedback: {escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1 id="top">Feedback: {escape(title)}</h1>\n'
        f"{''.join(map(sentence, head))}\n{table if rows else ''}\n{parts}</main>\n</body>\n</html>\n"
    )
