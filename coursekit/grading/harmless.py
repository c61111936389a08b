"""What a trainee made, so that it can be opened: nothing of it can run, or load anything, in the page of who reads it.

nbgrader's formgrader shows a graded notebook in the instructor's own session: raw HTML in texts runs there, and so do outputs.
So what lies in the folder of graded notebooks is made harmless before it is written.
"""

import base64
import collections
import functools
import html
import math
import re
from pathlib import PurePosixPath

from coursekit.grading.rebuild import PICTURES, is_solution

# -- texts
MARKS = "br|b|i|em|strong|sub|sup|u|kbd|code"  # tags that stay, when they have no attributes
TAG = re.compile(rf"<(?!/?(?:{MARKS})\s*/?>)(?=[A-Za-z/!?])", re.I)
# TeX that links, styles, loads or gives another meaning to what the instructor wrote
TEX = re.compile(
    r"\\(?=(?:href|url|require|style|class|cssid|data|html\w*|bbox|mmltoken|texttip|tooltip|unicode|includegraphics|csname|let|"
    r"[gex]?def|(?:re)?new(?:command|environment)|providecommand|declaremathoperator|newextarrow)(?![A-Za-z]))",
    re.I,
)
CHARACTER = re.compile(r"&(?:#\d+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]{1,31};)")
KEPT = set("<>&\"'\xa0")  # characters that mean something else when they are written out
PICTURE = re.compile(r"!\[[^\[\]]*\]\((?P<target>[A-Za-z0-9_.:/-]+)\)")
TARGET = re.compile(r"(?P<end>\])(?P<opens>\(|:)(?P<space>\s*)(?P<target>[^\s)]*)")
BESIDE = re.compile(r"[\w-][\w.-]*(?:/[\w-][\w.-]*)*")  # a file beside the notebook, or in a folder there
ATTACHED = "attachment:"

# -- outputs
MARKED = """b br caption cite code colgroup dd del details dfn dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i ins kbd li mark p pre q s
samp small strong sub summary sup tbody tfoot thead tr u ul var"""
ALLOWED = dict.fromkeys(MARKED.split(), frozenset()) | {
    "a": {"href"}, "img": {"src", "alt", "width", "height"}, "table": {"border", "class"}, "th": {"colspan", "rowspan", "scope"},
    "td": {"colspan", "rowspan"}, "ol": {"start"}, "span": {"aria-hidden"}, "div": {"role"}, "col": {"span"},
}  # fmt: skip
FIXED = {"role": {"status"}, "class": {"dataframe"}, "aria-hidden": {"true"}, "scope": {"row", "col"}}  # values of attributes
STYLES = """background background-color border border-bottom border-collapse border-color border-left border-radius border-right
border-style border-top border-width color font-family font-size font-style font-weight line-height margin max-width padding text-align
text-decoration vertical-align white-space"""
DATA = re.compile(r"data:(?P<kind>image/(?:png|jpeg|gif));base64,(?P<data>[A-Za-z0-9+/=\s]+)")
STARTS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/gif": b"GIF8"}
# Characters of a piece of HTML; tags of all of a notebook, a tenth of a millisecond each; how many may be open at a time.
LONGEST, MOST_TAGS, DEEPEST = 3_000_000, 60_000, 100
OPENED = re.compile(r"<(?P<ends>/?)(?!(?:br|hr|img|col)\b)(?P<name>[A-Za-z][^\s/>]*)")
NAMES = {
    "text/html": "a part of a web page", "text/markdown": "a text in Markdown", "text/latex": "a formula", "image/svg+xml": "a drawing (SVG)",
    "application/javascript": "a program (JavaScript)", "application/pdf": "a PDF", "application/vnd.jupyter.widget-view+json": "a widget",
}  # fmt: skip

# -- files: kinds that no browser runs
KINDS = (
    """.csv .tsv .txt .md .json .png .jpg .jpeg .gif .webp .xlsx .docx .parquet .feather .npy .npz .py .zip .log .db .sqlite"""
)


def harmless(cells, released):
    """Make the cells of a graded notebook harmless, in place; what the instructor wrote stays as it is.

    cells: of a notebook, dictionaries with attributes; what bears a name that is not a trainee's to write must come from the master.
    released: the notebook as it was given out; a plain text of it stays, too, with its own pictures.
    """
    given = {cell.source: cell for cell in released.cells if cell.cell_type == "markdown" and not cell.metadata.get("nbgrader")}
    left = MOST_TAGS
    for cell in cells:
        theirs = not cell.metadata.get("nbgrader") or is_solution(cell)
        if cell.cell_type == "code":
            for output in cell.outputs:
                tags = _joined(output.get("data", {}).get("text/html", "")).count("<")
                if tags > left:
                    del output["data"]["text/html"]
                else:
                    left -= tags
            cell.outputs = [made for output in cell.outputs if (made := shown(output))]
        elif theirs and cell.source in given and not cell.metadata.get("nbgrader"):
            cell.pop("attachments", None)
            if "attachments" in given[cell.source]:
                cell.attachments = given[cell.source].attachments
        elif theirs:
            if pictures := attached(cell.get("attachments", {})):
                cell.attachments = pictures
            else:
                cell.pop("attachments", None)
            cell.source = text(cell.source, pictures)
    return cells


def text(source, attachments=()):
    """A text in Markdown in which no HTML, no link but to the web or to a file beside it, and no TeX but formulas is left.

    It is done everywhere, in code as well, so that nothing hangs on where a reader of Markdown sees code: a space more reads well
    in both.

    >>> text("a <script> in `<i>x</i>`, 1<2 and [x](javascript:y)")
    'a < script> in `<i>x</i>`, 1<2 and [x] (javascript:y)'
    """
    source = TAG.sub("< ", _decoded(source))
    source = re.sub(r"!\[", lambda found: _picture(source, found.start(), attachments), source)
    source = TARGET.sub(lambda found: found[0] if _may_link(found, attachments) else _broken(found), source)
    return _tex(source)


def _decoded(source):
    """Characters in place of their numbers and names, which could hide a word from what is looked for here."""
    return CHARACTER.sub(lambda found: found[0] if KEPT & set(html.unescape(found[0])) else html.unescape(found[0]), source)


def _tex(source):
    return TEX.sub(r"\\ ", source)


def _picture(source, at, attachments):
    """`![` where a picture that is there begins; else a space in it, for a picture from elsewhere would be fetched."""
    found = PICTURE.match(source, at)
    target = found["target"] if found else ""
    here = target.removeprefix(ATTACHED) in attachments if target.startswith(ATTACHED) else bool(BESIDE.fullmatch(target))
    return "![" if here else "! ["


def _may_link(found, attachments):
    target = found["target"]
    if found["opens"] == ":" and found["space"] == "" and not target:  # a colon at the end of a line or of the text
        return False
    if re.match(r"https?://", target, re.I):
        return True
    if target.startswith(ATTACHED):
        return found["opens"] == "(" and target.removeprefix(ATTACHED) in attachments
    return bool(BESIDE.fullmatch(target) or re.fullmatch(r"#[\w.-]*", target))


def _broken(found):
    return f"{found['end']} {found['opens']}{found['space']}{found['target']}"


def attached(attachments):
    """Pictures pasted into a text that are pictures."""
    found = {
        name: {kind: data for kind, data in parts.items() if kind in PICTURES and _is_picture(kind, data)}
        for name, parts in attachments.items()
    }
    return {name: parts for name, parts in found.items() if parts}


# -- outputs


def shown(output):
    """An output of a cell with nothing in it that could run; None when nothing is left.

    Text stays, and pictures; HTML stays as far as it is tables and marked text. In the place of what can only be shown by
    running it stands a line that says what it was.
    """
    from nbformat.v4 import new_output

    kind = output.get("output_type")
    if kind == "stream":
        name = output.get("name") if output.get("name") in ("stdout", "stderr") else "stdout"
        return new_output("stream", name=name, text=_joined(output.get("text")))
    if kind == "error":
        lines = [_joined(line) for line in output.get("traceback", ())]
        return new_output("error", ename=_joined(output.get("ename")), evalue=_joined(output.get("evalue")), traceback=lines)
    if kind not in ("display_data", "execute_result"):
        return None
    data, left = _data(output.get("data", {})), list(output.get("data", {}))
    if not data:
        data = {
            "text/plain": f"Not shown here: {', '.join(NAMES.get(one, 'something of another kind') for one in left) or 'nothing'}."
        }
    count = output.get("execution_count")
    more = {"execution_count": count if type(count) is int else None} if kind == "execute_result" else {}
    return new_output(kind, data=data, metadata=_sizes(data, output.get("metadata", {})), **more)


def _data(data):
    made = {}
    for kind, what in data.items():
        if kind == "text/plain":
            made[kind] = _joined(what)
        elif kind in STARTS and _is_picture(kind, _joined(what)):
            made[kind] = "".join(_joined(what).split())
        elif kind == "text/html" and (found := markup(_joined(what))).strip():
            made[kind] = found
    return made


@functools.lru_cache(maxsize=4096)  # what a class was given, all of it shows
def markup(source):
    """A piece of HTML with tables, marked text and pictures that it holds itself, and nothing else; "" for one too large.

    >>> markup('<b onclick="x()">1</b><script>x()</script><a href="javascript:x()">y</a>')
    '<b>1</b><a>y</a>'
    """
    from bleach.css_sanitizer import CSSSanitizer
    from bleach.sanitizer import Cleaner

    if len(source) > LONGEST or source.count("<") > MOST_TAGS or _depth(source) > DEEPEST:
        return ""
    # What stands in these is no text to be read; for all else the cleaner decides.
    source = re.sub(r"<(style|script|template|title)\b.*?(?:</\1\s*>|\Z)", "", source, flags=re.S | re.I)
    cleaner = Cleaner(
        tags=set(ALLOWED), attributes=_may_have, protocols={"http", "https", "data"}, strip=True, strip_comments=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=STYLES.split(), allowed_svg_properties=[]),
    )  # fmt: skip
    return _tex(cleaner.clean(_decoded(source)))


def _depth(source):
    """How many tags are open at a time at most; the end of a tag that is not open ends nothing."""
    opened, deepest, now = collections.Counter(), 0, 0
    for found in OPENED.finditer(source):
        name = found["name"].lower()
        if not found["ends"]:
            opened[name] += 1
            now += 1
            deepest = max(deepest, now)
        elif opened[name]:
            opened[name] -= 1
            now -= 1
    return deepest


def _may_have(tag, name, value):
    """True for an attribute that a tag may have with this value."""
    if name == "style":  # of a property that may stand there, the value must be plain: nothing loaded, nothing moved
        return not re.search(r"[(\\@<>]|[:\s,]-\s*[\d.]", value)
    if name not in ALLOWED.get(tag, ()):
        return False
    if name == "href":
        return bool(re.match(r"https?://", value, re.I))
    if name == "src":
        found = DATA.fullmatch(value)
        return bool(found) and _is_picture(found["kind"], found["data"])
    if name == "alt":
        return True
    return value in FIXED[name] if name in FIXED else bool(re.fullmatch(r"\d{1,4}", value))


def _is_picture(kind, data):
    """True for data in base64 that begin as a picture of this kind does."""
    if not isinstance(data, str):
        return False
    try:
        return base64.b64decode("".join(data.split()), validate=True).startswith(STARTS[kind])
    except ValueError:
        return False


def _sizes(data, metadata):
    """Of what is said about a picture: how large it is, whether it needs a background, and what it shows, in plain words."""
    made = {}
    for kind in data:
        about = metadata.get(kind) if isinstance(metadata, dict) else None
        if kind in STARTS and isinstance(about, dict):
            made[kind] = {name: about[name] for name in ("width", "height") if _is_size(about.get(name))}
            if isinstance(about.get("alt"), str):
                made[kind]["alt"] = re.sub(r"[<>\"'`&=\\$]", " ", about["alt"])[:1000]
    if isinstance(metadata, dict) and metadata.get("needs_background") in ("light", "dark"):
        made["needs_background"] = metadata["needs_background"]
    return {name: about for name, about in made.items() if about}


def _is_size(value):
    return type(value) in (int, float) and math.isfinite(value) and 0 < value < 10_000


def _joined(what):
    """Text, also where a notebook keeps it in pieces."""
    return "".join(map(str, what)) if isinstance(what, list) else str(what)


# -- files


def file_names(files, own):
    """The names under which files lie beside a graded notebook: what a browser could run is a text there.

    files: name -> bytes; own: the instructor's files, whose names stay. Returns name -> its new name.

    >>> file_names({"a.csv": b"", "b.html": b"", "key.html": b"1"}, {"key.html": b"1"})
    {'key.html': 'key.html', 'a.csv': 'a.csv', 'b.html': 'b.html.txt'}
    """
    names = {name: name for name, data in files.items() if own.get(name) == data}
    taken = {one for name in files for one in (name, *map(str, PurePosixPath(name).parents))}
    for name in files:
        if name not in names:
            new = name.replace(":", "_")  # a name must not begin as an address does
            new += "" if PurePosixPath(new).suffix.lower() in KINDS.split() else ".txt"
            while new != name and new in taken:
                new += ".txt"
            taken.add(new)
            names[name] = new
    return names
