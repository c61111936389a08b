"""Nothing that a trainee made runs, or loads anything, in the page of who reads it; and what is honest can still be read."""

import base64
import os
import re

import nbformat
import pytest
from bs4 import BeautifulSoup
from chromium import CHROMIUM, needs_chromium
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from coursekit.checks import Panel
from coursekit.grading.harmless import file_names, harmless, markup, shown, text

PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 20).decode()
RUN = "window.ran=1;document.title='ran'"
AWAY = "https://away.example"
TEXTS = {
    "a script": f"<script>{RUN}</script>",
    "upper case": f"<SCRIPT>{RUN}</SCRIPT>",
    "an attribute": f'<img src=x onerror="{RUN}">',
    "a slash": f'<img/src=x/onerror="{RUN}">',
    "a line break in a tag": f'<img\nsrc=x\nonerror="{RUN}">',
    "a drawing": f'<svg onload="{RUN}">',
    "a frame": "<iframe srcdoc=\"<script>parent.ran=1</script>\"></iframe>",
    "a block": f'<div>\n<details open ontoggle="{RUN}">x</details>\n</div>',
    "an allowed tag with more": f'<b onmouseover="{RUN}" style="position:fixed;top:0;left:0;width:999px;height:999px">x</b>',
    "an allowed tag's name begun": f'<b/onclick="{RUN}">x <base href="{AWAY}/">',
    "a comment": f"<!--><img src=x onerror={RUN}>-->",
    "a declaration": f"<!x ><![CDATA[<img src=x onerror={RUN}>]]><?x ?>",
    "a code fence that is none": f"~~~ `\n~~~\n<img src=x onerror={RUN}>\n~~~",
    "code within code": f"``` ` ```<img src=x onerror={RUN}>` ```",
    "mermaid": f"```mermaid\n<img src=x onerror={RUN}>\n```",
    "mermaid in a quotation": f"> ```mermaid\n> <img src=x onerror={RUN}>\n> ```",
    "a formula": f"$$<img src=x onerror={RUN}>$$",
    "an environment": f"\\begin{{a}}<img src=x onerror={RUN}>\\end{{a}}",
    "a link": f"[x](javascript:{RUN})",
    "a link in capitals": f"[x](JaVaScRiPt:{RUN})",
    "a link in angles": f"[x](<javascript:{RUN}>)",
    "a link after a line": f"[x](\njavascript:{RUN})",
    "a link with a number": f"[x](jav&#x61;script:{RUN})",
    "a link with a number twice": f"[x](java&amp;#115;cript:{RUN})",
    "a link with a name": f"[x](javascript&colon;{RUN})",
    "a link with a tab": f"[x](java&Tab;script:{RUN})",
    "a link with a backslash": f"[x](javascript\\:{RUN})",
    "a link with a prefix that goes": f"[x](files/javascript:{RUN})",
    "a link with a prefix and a slash": f"[x](/files/javascript:{RUN})",
    "a link to data": "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "a link to vbscript": "[x](vbscript:x)",
    "a link up": "[x](..%2f..%2f..%2fsubmitted%2fbo%2fps1%2fevil.html) [y](../x.html) [z](a/../../x.html)",
    "a link to the server": "[x](/api/contents) [y](//away.example/)",
    "a reference": f"[x][1]\n\n[1]: javascript:{RUN}",
    "a reference on the next line": f"[x][1]\n\n[1]:\n  javascript:{RUN}",
    "a reference in a list": f"- [x]\n- > [x]: <javascript:{RUN}>",
    "a reference over lines": f"[a\nb]\n\n[a\nb]: javascript:{RUN}",
    "an address": f"<javascript:{RUN}>",
    "a picture from elsewhere": f"![x]({AWAY}/x.png)",
    "a picture by a reference": f"![x][1] ![1]\n\n[1]: {AWAY}/x.png",
    "a picture with brackets in its text": f"![[a]]({AWAY}/x.png) ![`]`]({AWAY}/x.png)",
    "a picture that is not there": "![x](attachment:none.png)",
    "a quote in a title": f"[x](https://ok.example 'a\" onmouseover=\"{RUN}')",
    "a heading": f"# <img src=x onerror={RUN}> a",
    "a table": f"|a|\n|-|\n|<img src=x onerror={RUN}>|",
    "TeX that links": f"$\\href{{javascript:{RUN}}}{{x}}$",
    "TeX with numbers": f"&#36;&#92;hre&#102;{{javascript:{RUN}}}{{x}}&#36;",
    "TeX that styles": "$\\style{position:fixed}{x} \\class{a}{x} \\cssId{b}{x} \\require{html} \\def\\frac{x}$",
}  # fmt: skip
PAGES = {
    "a script": f"<script>{RUN}</script><p>x</p>",
    "a script in pieces": f"<scr<script>x</script>ipt>{RUN}</script>",
    "an attribute": f"<img src=x onerror={RUN}><table onclick={RUN}><tr><td onmouseover={RUN}>1</table>",
    "a drawing": f"<svg><style><img src=x onerror={RUN}></style></svg>",
    "mathematics": f"<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=x onerror={RUN}&gt;\">",
    "no script": f'<noscript><p title="</noscript><img src=x onerror={RUN}>">',
    "a template": f"<template><img src=x onerror={RUN}></template>",
    "a text area": f"<textarea></textarea><img src=x onerror={RUN}></textarea>",
    "a form": f'<form action="{AWAY}"><input name=_xsrf><button formaction="javascript:{RUN}">x</button></form>',
    "a base": f'<base href="{AWAY}/"><link rel=stylesheet href="{AWAY}/a.css"><meta http-equiv=refresh content="0;url={AWAY}">',
    "links": f'<a href="javascript:{RUN}">x</a><a href=" java\tscript:{RUN}">x</a><a href="jav&#x0A;ascript:{RUN}">x</a><a href="data:text/html,x">x</a>',
    "a style": f'<div style="background:url({AWAY}/x.png);position:fixed;top:0">x</div><p style="margin:-99em;width:expression(1)">x</p>',
    "a style with a backslash": f'<div style="background:u\\72l({AWAY}/x.png)">x</div><style>@import "{AWAY}/a.css";</style>',
    "a picture from elsewhere": f'<img src="{AWAY}/x.png"><img srcset="{AWAY}/x.png"><table background="{AWAY}/x.png"></table>',
    "a picture that is a page": "<img src=\"data:text/html;base64,PHA+\"><img src='data:image/svg+xml,<svg onload=1>'>",
    "names": '<div id="submission_id" class="comment tabbable" name="x"><a name="top">x</a></div>',
    "frames": f'<iframe src="javascript:{RUN}"></iframe><object data="{AWAY}"></object><embed src="{AWAY}"><video src="{AWAY}"></video>',
    "TeX": f"$\\href{{javascript:{RUN}}}{{x}}$ $\\hre&#102;{{javascript:{RUN}}}{{x}}$ \\hr<!-- -->ef{{javascript:{RUN}}}{{x}}",
}  # fmt: skip
OUTPUTS = {
    "JavaScript": new_output("display_data", data={"application/javascript": RUN}),
    "a drawing": new_output("display_data", data={"image/svg+xml": f"<svg onload={RUN}><script>{RUN}</script></svg>"}),
    "Markdown": new_output("display_data", data={"text/markdown": f"<img src=x onerror={RUN}>"}),
    "LaTeX": new_output("display_data", data={"text/latex": f"$\\href{{javascript:{RUN}}}{{x}}$<img src=x onerror={RUN}>"}),
    "a widget": new_output("display_data", data={"application/vnd.jupyter.widget-view+json": {"model_id": f"</script><script>{RUN}"}}),
    "mermaid": new_output("display_data", data={"text/vnd.mermaid": f"<img src=x onerror={RUN}>"}),
    "a picture that is none": new_output("display_data", data={"image/png": f'x" onerror="{RUN}'}),
    "a picture's size": new_output("display_data", data={"image/png": PIXEL}, metadata={"image/png": {"width": f"1 onload={RUN}", "height": f'"><img src=x onerror={RUN}>'}}),
    "a picture's words": new_output("display_data", data={"image/png": PIXEL}, metadata={"image/png": {"alt": f'"><img src=x onerror={RUN}>', "unconfined": "x"}}),
    "a picture's file": new_output("display_data", data={"image/png": PIXEL}, metadata={"filenames": {"image/png": f"{AWAY}/x.png"}}),
    "a frame of its own": new_output("display_data", data={"text/html": f"<script>{RUN}</script>x"}, metadata={"text/html": {"isolated": True}}),
    "an error": new_output("error", ename=f"<img src=x onerror={RUN}>", evalue="\x1b[31m<b>", traceback=[f"\x1b[31m<img src=x onerror={RUN}>\x1b]8;;javascript:{RUN}\x07x"]),
    "printed": new_output("stream", name="stdout", text=f"<img src=x onerror={RUN}>"),
    "plain text": new_output("execute_result", data={"text/plain": f"<img src=x onerror={RUN}>"}, execution_count=1),
}  # fmt: skip

CLICK = """document.querySelectorAll('a:not([href^="http"], nav a), img, td, b, details').forEach(
    one => ['mouseover', 'click', 'toggle'].forEach(kind => one.dispatchEvent(new MouseEvent(kind))))"""


def hostile():
    """A notebook with all of it, as it would lie in the folder of graded ones if nothing were done."""
    settings = {"grade": True, "solution": True, "locked": False, "task": False, "schema_version": 3, "points": 1}
    cells = [new_markdown_cell(source) for source in TEXTS.values()]
    cells[0].metadata.nbgrader = settings | {"grade_id": "written"}
    cells[1].attachments = {"x": {"image/svg+xml": "x", "image/png": f'x" onerror="{RUN}'}}
    outputs = [*(new_output("display_data", data={"text/html": one}) for one in PAGES.values()), *OUTPUTS.values()]
    cells += [new_code_cell(f'"</script><img src=x onerror={RUN}>"', outputs=[one]) for one in outputs]
    names = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    return nbformat.from_dict(new_notebook(cells=cells, metadata=names))


def in_nbgrader(notebook, template):
    """The page that nbgrader makes of a notebook, without what it loads from the web."""
    import nbgrader
    from nbconvert.exporters import HTMLExporter

    folder = os.path.join(os.path.dirname(nbgrader.__file__), "server_extensions", "formgrader")
    config = Config()
    config.HTMLExporter.template_name = template
    config.HTMLExporter.extra_template_basedirs = [os.path.join(folder, "templates")]
    config.HTMLExporter.extra_template_paths = [os.path.join(folder, "static", "node_modules", "bootstrap", "dist", "css")]
    for cell in notebook.cells:
        cell.metadata.setdefault("nbgrader", {}).update(score=1, comment="")
    about = {"notebook": "paper", "score": 1, "max_score": 1, "late_penalty": 0}
    resources = {"nbgrader": about, "notebook_id": "paper", "assignment_id": "ps1", "submission_id": "1", "index": 0, "total": 1, "base_url": "", "student": "ana", "notebook_path": ""}  # fmt: skip
    made, _ = HTMLExporter(config=config).from_notebook_node(notebook, resources=resources)
    return re.sub(r"<(script|link)\b[^>]*\b(src|href)=[^>]*>", r"<\1>", made)


@pytest.fixture(scope="module", params=["formgrade", "feedback"])
def pages(request):
    """nbgrader's page of the hostile notebook made harmless, and of an empty notebook: what is nbgrader's own."""
    notebook, empty = hostile(), nbformat.from_dict(new_notebook(cells=[]))
    harmless(notebook.cells, empty)
    nbformat.validate(notebook)
    return in_nbgrader(notebook, request.param), in_nbgrader(empty, request.param)


def dangers(made):
    """What could run or load something in a page: scripts, attributes that run, addresses that are none of the web."""
    soup = BeautifulSoup(made, "html.parser")
    found = [
        str(tag) for tag in soup.find_all(["script", "style", "iframe", "object", "embed", "svg", "math", "base", "form", "link"])
    ]
    for tag in soup.find_all(True):
        for name, value in tag.attrs.items():
            if name.startswith("on") or name == "srcdoc":
                found.append(f"{tag.name} {name}={value}")
            address = re.sub(r"[\s\x00-\x20]", "", str(value)).lower()
            if name in ("href", "src", "action", "formaction", "data") and not re.match(
                r"https?://|#|data:image/(png|jpeg|gif);|[\w.-]+$|$", address
            ):
                found.append(f"{tag.name} {name}={value}")
            if name == "src" and not address.startswith("data:image/"):
                found.append(f"{tag.name} {name}={value}")
            if name == "style" and re.search(r"url|position|expression|\\", str(value)):
                found.append(f"{tag.name} {name}={value}")
    return found


def test_nothing_of_a_trainees_could_run_in_nbgraders_pages(pages):
    made, own = pages
    assert [one for one in dangers(made) if one not in dangers(own)] == []
    assert not re.search(
        r"\\(href|style|class|cssId|require|def)\b", BeautifulSoup(made, "html.parser").body.get_text().split("&quot;")[0]
    )


@pytest.mark.filterwarnings("ignore:Your element:UserWarning")
def test_what_is_looked_for_is_found_when_nothing_is_done():
    found = "\n".join(dangers(in_nbgrader_lax(hostile())))
    for word in ("script", "onerror", "onload", "ontoggle", "javascript:", "srcdoc", AWAY, "base", "form"):
        assert word in found


def in_nbgrader_lax(notebook):
    """nbgrader's page of a notebook to which nothing was done; a picture that is not there would stop it."""
    for cell in notebook.cells:
        cell.source = cell.source.replace("attachment:none.png", "x")
    return in_nbgrader(notebook, "feedback")


@needs_chromium
def test_nothing_runs_in_chromium(pages):
    run_nothing(pages[0])


def run_nothing(made):
    """Open a page in Chromium, click every link and picture that stays in it: nothing ran, and nothing was fetched."""
    from playwright.sync_api import sync_playwright

    asked, said = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.on("request", lambda request: asked.append(request.url))
        tab.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        tab.route("**/*", lambda route: route.abort())
        title = BeautifulSoup(made, "html.parser").title.get_text()
        tab.set_content(made, wait_until="load")
        tab.wait_for_timeout(300)
        tab.evaluate(CLICK)
        tab.wait_for_timeout(200)
        ran, now = tab.evaluate("[window.ran || 0, document.title]")
        browser.close()
    kept = [address for address in asked if not address.startswith("data:image/")]
    assert (ran, now, said, kept) == (0, title, [], [])


@pytest.mark.filterwarnings("ignore:Your element:UserWarning")
@needs_chromium
def test_chromium_sees_it_when_nothing_is_done():
    with pytest.raises(AssertionError):
        run_nothing(in_nbgrader_lax(hostile()))


HONEST = ["a < b and 1<2", "$a < b$ and $$\\frac{1}{2} \\left( x \\right)$$", "line<br>line, <b>bold</b> and x<sup>2</sup>", "[page](https://ok.example/a?b=1&c=2) and [table](results/a.csv)",
          "| a | b |\n|---|---|\n| 1 | 2 |", "- [ ] open\n- [x] done", "AT&T &amp; R&D &lt;b&gt;", "a[0]: 1", "See https://ok.example/ and ana@ok.example.", "![a plot](plot.png)"]  # fmt: skip


@pytest.mark.parametrize("source", HONEST)
def test_honest_texts_stay_as_they_are(source):
    assert text(source) == source


def test_code_in_texts_can_be_read():
    assert (
        text("```python\nif x<y and a[0]:\n    print(f'{x:.2f}')\n```")
        == "```python\nif x< y and a[0] :\n    print(f'{x:.2f}')\n```"
    )
    assert text("`a<b` $a<b$") == "`a< b` $a< b$"


def test_pictures_pasted_into_a_text_stay_when_they_are_pictures():
    cell = new_markdown_cell("![plot](attachment:a.png) ![x](attachment:b.png)")
    cell.attachments = {"a.png": {"image/png": PIXEL}, "b.png": {"image/png": "PHNjcmlwdD4="}, "c": {"image/svg+xml": PIXEL}}
    harmless([cell], new_notebook(cells=[]))
    assert (cell.source, cell.attachments) == (
        "![plot](attachment:a.png) ! [x] (attachment:b.png)",
        {"a.png": {"image/png": PIXEL}},
    )


def test_the_instructors_text_stays_and_an_answer_that_repeats_it_too():
    theirs = '<div style="position:fixed">Read <a href="/x">this</a>.</div>'
    locked = new_markdown_cell(theirs, metadata={"nbgrader": {"grade_id": "a", "locked": True, "solution": False}})
    plain, other = new_markdown_cell(theirs), new_markdown_cell(theirs + " ")
    released = new_notebook(cells=[new_markdown_cell(theirs)])
    harmless([locked, plain, other], released)
    assert (locked.source, plain.source) == (theirs, theirs)
    assert other.source.startswith("< div")


def test_tables_figures_and_panels_stay():
    import pandas as pd

    table = pd.DataFrame({"a": [1.5]})._repr_html_()
    assert markup(table).split() == re.sub(r"<style.*?</style>", "", table, flags=re.S).split()
    panel = Panel("rate", {"status": "right"})._repr_html_()
    made = BeautifulSoup(markup(panel), "html.parser")
    assert made.div["role"] == "status"
    assert made.span["aria-hidden"] == "true"
    assert "background:#eaf6ec" in made.div["style"]
    picture = f'<figure style="margin:0"><img alt="a &amp; b" src="data:image/png;base64,{PIXEL}" style="max-width:100%"><figcaption>c</figcaption></figure>'
    assert markup(picture) == picture.replace("margin:0", "margin:0;").replace("100%", "100%;")
    figure = new_output("display_data", data={"image/png": PIXEL, "text/plain": "<Figure>"}, metadata={"image/png": {"width": 3.5}, "needs_background": "light"})  # fmt: skip
    assert shown(figure) == figure


def test_what_is_not_shown_is_named():
    made = shown(new_output("display_data", data={"application/javascript": "1", "a/b": "2"}))
    assert made.data == {"text/plain": "Not shown here: a program (JavaScript), something of another kind."}
    assert shown({"output_type": "strange"}) is None


@pytest.mark.parametrize(
    "source", ["<div>" * 1000, "<div></p>" * 1000, "</p>" * 1000 + "<b>" * 1000, "<b>1</b>" * 40_000, "a" * 4_000_000]
)
def test_html_that_would_take_its_time_is_left_out(source):
    assert markup(source) == ""


def test_all_tables_of_a_notebook_together_take_their_time_once():
    one = new_output("display_data", data={"text/html": "<b>1</b>" * 10_000, "text/plain": "1"})
    cell = new_code_cell("", outputs=[nbformat.from_dict(one) for _ in range(5)])
    harmless([cell], new_notebook(cells=[]))
    assert ["text/html" in output.data for output in cell.outputs] == [True, True, True, False, False]


def test_files_that_a_browser_runs_become_texts_and_the_instructors_stay():
    names = [
        "a.html",
        "a.html.txt",
        "B.SVG",
        "c.CSV",
        "d",
        "data:text/html,x.csv",
        "key.html",
        "given.html",
        "x/e.xhtml",
        "f.xml",
        "g.js",
        "h.html.gz",
        "i.pdf",
    ]
    found = file_names(dict.fromkeys(names, b"1"), {"key.html": b"1", "given.html": b"other"})
    assert list(found) != names
    assert [found[name] for name in names] == [
        "a.html.txt.txt", "a.html.txt", "B.SVG.txt", "c.CSV", "d.txt", "data_text/html,x.csv", "key.html", "given.html.txt", "x/e.xhtml.txt", "f.xml.txt", "g.js.txt",
        "h.html.gz.txt", "i.pdf.txt",
    ]  # fmt: skip
    assert len(set(found.values())) == len(names)


def test_nothing_takes_the_look_of_what_the_page_itself_is():
    made = markup(
        '<table class="comment tabbable" id="x"><tr><th scope="all" colspan="99999">a</th></tr></table><div role="alert">b</div>'
    )
    assert made == "<table><tbody><tr><th>a</th></tr></tbody></table><div>b</div>"
    picture = new_output("display_data", data={"image/png": PIXEL}, metadata={"image/png": {"width": 1e9, "height": -1}})
    assert shown(picture).metadata == {}
