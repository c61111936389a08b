"""What a machine can see in a notebook: it agrees with the outline, and reads as promised.

`problems(root)` lists what is wrong, one sentence each, and is empty when all is well.
"""

import ast
import re

import nbformat

from coursekit.course.canonical import canonical
from coursekit.course.lessons import lesson_path, solution_path
from coursekit.course.mistakes import message_of
from coursekit.course.outline import outline
from coursekit.course.questions import ID, calls_of, is_mistake, questions
from coursekit.errors import Plain

MOST_WORDS = 70  # of a paragraph
MOST_MESSAGE_WORDS = 45
MOST_LINES = 12  # of a lesson's code cell
# Of Python itself; everything else a notebook calls must be taught before.
ALWAYS = {"replay"}


def problems(root):
    """Everything wrong with the notebooks of the course, as sentences."""
    course = outline(root)
    looks = [(lesson_path(root, name), _lesson, course.lesson(name)) for name in course.ready()]
    looks += [(solution_path(root, name), _assignment, course.lesson(name)) for name in course.ready()]
    looks += [(lesson_path(root, name), _room, room) for name, room in course.rooms().items()]
    found = []
    for path, look, what in looks:
        where = path.relative_to(root).as_posix()
        if not path.exists():
            found.append(f"{where}: course.yml says ready, but there is no notebook.")
            continue
        text = path.read_text(encoding="utf-8")
        tidy = canonical(text, what.id, look is not _assignment)
        if tidy != text:
            found.append(f"{where}: not in canonical form; run `.venv/bin/coursekit canonical`.")
        nb = nbformat.reads(tidy, as_version=4)
        found += [f"{where}: {p}" for p in [*look(course, what, nb), *_both(course, what.id, nb, path)]]
    return found


# -- lessons and assignments --------------------------------------------------------------


def _both(course, name, nb, path):
    yield from headings(nb)
    yield from links(nb, path)
    yield from imports(nb)
    yield from long_paragraphs(nb)
    yield from untaught_verbs(course, name, nb)
    yield from untaught_words(course, name, nb)


def headings(nb):
    """One heading of the first level, and no level left out."""
    levels = [len(m[1]) for c in _prose(nb) for m in re.finditer(r"^(#+) ", c.source, re.M)]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield "it needs exactly one heading of the first level, at the top."
    for before, level in zip(levels, levels[1:], strict=False):
        if level > before + 1:
            yield f"a heading of level {level} follows one of level {before}."


def links(nb, path):
    """Every link to a file leads to one."""
    for cell in _prose(nb):
        for target in re.findall(r"\]\(([^)#:]+)\)", cell.source):
            if not (path.parent / target).exists():
                yield f"{cell.id}: the link to {target} leads nowhere."


def imports(nb):
    """A notebook imports pandas, numpy and what coursekit itself exports, nothing deeper."""
    for cell in _code(nb):
        for node in ast.walk(_tree(cell.source.split("### BEGIN HIDDEN TESTS")[0])):
            if isinstance(node, ast.Import) and [a.name for a in node.names] not in (["pandas"], ["numpy"]):
                yield f"{cell.id}: it imports {node.names[0].name}; only pandas, numpy and coursekit are imported."
            if isinstance(node, ast.ImportFrom) and node.module != "coursekit":
                yield f"{cell.id}: it imports from {node.module}; only pandas, numpy and coursekit are imported."


def long_paragraphs(nb):
    """Prose in short paragraphs."""
    for cell in _prose(nb):
        for paragraph in re.split(r"\n\s*\n", re.sub(r"<!-- BEGIN.*?END MARK SCHEME -->", "", cell.source, flags=re.S)):
            words = len(paragraph.split())
            if words > MOST_WORDS and not paragraph.lstrip().startswith(("- ", "1. ", "|", "**Sources")):
                yield f"{cell.id}: a paragraph has {words} words; at most {MOST_WORDS} are read."


def untaught_verbs(course, name, nb):
    """No function or method before the lesson that teaches it."""
    known = _taught(course, name, "verbs") | ALWAYS
    later = {v: x.id for x in course.lessons() for v in x.verbs if v not in known}
    own = {n.name for c in _code(nb) for n in ast.walk(_tree(c.source)) if isinstance(n, ast.FunctionDef)}
    for cell in _code(nb):
        if is_mistake(cell) or "run-only" in cell.metadata.get("tags", []):
            continue
        for node in ast.walk(_tree(cell.source.split("### BEGIN HIDDEN TESTS")[0])):
            if isinstance(node, ast.Call):
                verb = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
                if verb and verb not in known | own and not _is_demo(node):
                    taught = f"it is taught in {later[verb]}" if verb in later else "no lesson teaches it"
                    yield f"{cell.id}: {verb}(…) is used, but {taught}."


def untaught_words(course, name, nb):
    """No word of the glossary that looks like a term before the lesson that teaches it."""
    known = _taught(course, name, "words")
    for word in {w for x in course.lessons() for w in x.words} - known:
        if word == word.lower() and " " not in word:
            continue  # ordinary words such as "index" or "view" have an ordinary meaning too
        for cell in _prose(nb):
            if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", cell.source):
                yield f"{cell.id}: the word {word} is used before it is taught."


def _taught(course, name, what):
    """The verbs or words that a reader of a lesson or a room knows."""
    if name in course.rooms():
        room = course.rooms()[name]
        own, before = set(getattr(room, what, [])), course.before(room.after) | {room.after}
    else:
        own, before = set(), course.before(name) | {name}
    return own | {w for x in before for w in getattr(course.lesson(x), what)}


def _is_demo(node):
    return isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", None) == "demos"


# -- lessons ------------------------------------------------------------------------------


def _lesson(course, lesson, nb):
    yield from opening(course, lesson, nb)
    yield from closing(lesson, nb)
    yield from figures(nb)
    yield from long_cells(nb)


def _room(course, room, nb):
    """A room says what it is as the outline does; its pictures and cells are as a lesson's."""
    first = nb.cells[0].source
    for text in (f"# {room.title}", room.question, f"about {room.minutes} minutes", f"*{course.lesson(room.after).title}*"):
        if text not in first:
            yield f"the opening does not say {text!r} as course.yml does."
    yield from figures(nb)
    yield from long_cells(nb)


def opening(course, lesson, nb):
    """The first cell says what the outline says."""
    first = nb.cells[0].source
    wanted = {
        f"# {lesson.title}": "the title",
        lesson.question: "the question of the day",
        f"about {lesson.minutes.lesson} minutes, then {lesson.minutes.assignment} minutes": "the minutes",
        **{f"*{course.lesson(n).title}*": f"that it builds on {n}" for n in lesson.needs},
    }
    for text, what in wanted.items():
        if text not in first:
            yield f"the opening does not say {what} as course.yml does: {text!r}."
    if _bullets(first) != lesson.objectives:
        yield "the objectives in the opening are not those of course.yml."


def closing(lesson, nb):
    """The last cell mirrors the objectives and names the words and sources."""
    last = nb.cells[-1].source
    if len(_bullets(last)) != len(lesson.objectives):
        yield "the closing does not mirror the objectives one by one."
    words = re.search(r"\*\*Words learned:\*\* ([^.]*)\.", last)
    if not words or words[1].split(", ") != lesson.words:
        yield f"the closing must name the words learned: {', '.join(lesson.words)}."
    for part in ("**Next:**", "**Sources:**"):
        if part not in last:
            yield f"the closing has no {part}"


def figures(nb):
    """Every picture says itself in words, where screen readers find it."""
    for cell in _code(nb):
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data or "image/svg+xml" in data:
                yield f"{cell.id}: a bare picture has no words; draw it with coursekit.charts."
            for tag in re.findall(r"<img[^>]*>", data.get("text/html", "")):
                if not re.search(r'alt="[^"]{20,}"', tag):
                    yield f"{cell.id}: a picture has no sentence as its alternative text."


def long_cells(nb):
    for cell in _code(nb):
        lines = len(cell.source.splitlines())
        if lines > MOST_LINES:
            yield f"{cell.id}: {lines} lines of code in one cell; at most {MOST_LINES} are read."


# -- assignments --------------------------------------------------------------------------


def _assignment(course, lesson, nb):
    if not nb.cells[0].source.startswith(f"# {lesson.title}: assignment"):
        yield f'the title must be "# {lesson.title}: assignment".'
    if f"{lesson.minutes.assignment} minutes" not in nb.cells[0].source:
        yield f"the opening does not say {lesson.minutes.assignment} minutes."
    found = questions(nb)
    if not 3 <= len(found) <= 6:
        yield f"it has {len(found)} questions; three to six are asked for."
    if not any(q.replayed for q in found):
        yield "no question is checked by replay on unseen data."
    if not any(q.written for q in found):
        yield "no question asks for a decision in words."
    served = {n for q in found for n in q.objectives}
    for n, objective in enumerate(lesson.objectives, 1):
        if n not in served:
            yield f'no question serves objective {n}, "{objective}".'
    for n in sorted(served - set(range(1, len(lesson.objectives) + 1))):
        yield f"a question serves objective {n}, which does not exist."
    for question in found:
        yield from (f"{question.id}: {p}" for p in _question(question))
    yield from _order(nb)
    for cell in nb.cells:
        graded = cell.metadata.get("nbgrader", {})
        if (graded.get("grade") or graded.get("solution")) and not ID.match(cell.id):
            short = lesson.id.split("_")[0]
            yield f"{cell.id}: a cell that is answered or graded is named {short}-qN-solution, {short}-qN-check or {short}-qN-answer."


def _question(question):
    needed = ["prompt", "answer"] if question.written else ["prompt", "solution", "check"]
    for part in needed:
        if part not in question.cells:
            yield f"its {part} cell is missing."
            return
    if not question.objectives:
        yield "its prompt has no tag objective-N."
    prompt = question.cells["prompt"].source
    points = re.search(r"\((\d+) points?[,)]", prompt.split("\n")[0])
    if not points or int(points[1]) != question.points:
        yield f"its heading must say ({question.points} points), as the metadata do."
    for cell in (question.cells["prompt"], *question.starts):
        if not cell.metadata.get("nbgrader", {}).get("locked"):
            yield f"its cell {cell.id} is not locked."
    if question.written:
        for word in ("Full", "Part", "None"):
            if f"**{word}" not in prompt:
                yield f"its rubric does not say what {word} is."
        return
    yield from _checked(question, prompt)


def _checked(question, prompt):
    call = calls_of(question.cells["check"].source, "check")[0]
    if call["value"] != call["name"]:
        yield f"check(…) must be given the name twice, as text and as the answer: {call['name']}."
    if f"`{call['name']}`" not in prompt and f"`{call['name']}`" not in question.cells["solution"].source and call["words"]:
        yield f"its prompt does not tell the name `{call['name']}`."
    digits = re.search(r"(\d+) digits? after the point", prompt)
    said = int(digits[1]) if digits else 0 if "rounded to whole" in prompt else None
    if said != call["words"].get("digits"):
        yield f"its prompt asks for {said} digits after the point, its check says digits={call['words'].get('digits')}."
    if "### BEGIN SOLUTION" not in question.cells["solution"].source or "..." not in question.cells["solution"].source:
        yield "its solution cell needs a stub with ... above ### BEGIN SOLUTION."
    if len(question.mistakes) < 2:
        yield f"it names too few mistakes ({len(question.mistakes)}); at least two are asked for."
    for slug, cell in question.mistakes.items():
        try:
            name, _, message = message_of(cell.source)
        except Plain as plain:
            yield str(plain)
            continue
        if name != call["name"]:
            yield f"the mistake {slug} is about `{name}`; the question asks for `{call['name']}`."
        if len(message.split()) > MOST_MESSAGE_WORDS:
            yield f"the message of {slug} has {len(message.split())} words; at most {MOST_MESSAGE_WORDS} are read."


def _order(nb):
    """The cells of a question stand together: prompt, start, solution, check, mistakes."""
    rank = ["prompt", "start", "solution", "check", "answer", "mistake"]
    seen = []
    for cell in nb.cells:
        match = re.match(r"[a-z]+\d*-(q\d+)-([a-z]+)", cell.id)
        if match:
            seen.append((int(match[1][1:]), rank.index(match[2]) if match[2] in rank else -1))
    if seen != sorted(seen):
        yield "the cells of a question must stand together: prompt, start, solution, check, mistakes."


# -- small helpers ------------------------------------------------------------------------


def _prose(nb):
    return [c for c in nb.cells if c.cell_type == "markdown"]


def _code(nb):
    return [c for c in nb.cells if c.cell_type == "code"]


def _tree(source):
    try:
        return ast.parse("\n".join(line for line in source.split("\n") if not line.startswith("%")))
    except SyntaxError:  # running the notebook tells that better
        return ast.Module([], [])


def _bullets(text):
    return re.findall(r"^- (.*)$", text, re.M)
