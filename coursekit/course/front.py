"""The front page, curriculum/index.ipynb, made from the outline.

Plain Markdown without code: it works in JupyterLab, as a page on a code host, and with a
screen reader; a role is chosen by following its link.
"""

import nbformat

from coursekit.course.canonical import canonical
from coursekit.course.release import write


def write_front_page(root, outline):
    """Write curriculum/index.ipynb where it changed; returns the files that changed."""
    path, text = root / "curriculum" / "index.ipynb", front_page(outline).encode()
    if path.exists() and path.read_bytes() == text:
        return []
    write(path, text)
    return [path]


def front_page(outline):
    """The text of the front page: how to begin, a path for each role, all modules, the glossary."""
    parts = {
        "title": _opening(outline),
        "roles": _roles(outline),
        **{f"role-{role.id}": _path(outline, role) for role in outline.roles},
        "modules": "## All lessons",
        **{f"module-{m.id.replace('_', '-')}": _module(m) for m in outline.modules},
        "glossary": _glossary(outline),
    }
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in parts.values()])
    for cell, name in zip(nb.cells, parts, strict=True):
        cell.id = f"index-{name}"
    return canonical(nbformat.writes(nb), "index", outputs=False)


def _opening(outline):
    first = outline.lessons()[0]
    return f"""# {outline.title}

{outline.about}

**Start here:** [{first.title}]({outline.module_of(first.id).id}/{first.id}.ipynb). Click the name, then work from top to bottom.

{len(outline.ready())} of {len(outline.lessons())} lessons are ready; the others are planned. Minutes are for an unhurried \
reader. *Assignment* opens your own copy in the folder work/, where your answers stay; *as released* shows it untouched."""


def _roles(outline):
    links = "\n".join(f"- [{role.title}](#{role.title.replace(' ', '-')})" for role in outline.roles)
    return f"## Choose your role\n\nWhich lessons are for you depends on your work.\n\n{links}"


def _path(outline, role):
    rows, minutes = [], 0
    for lesson in outline.lessons():
        if lesson.id in role.does:
            minutes += lesson.minutes.lesson + lesson.minutes.assignment
            rows.append(_row(outline, lesson, reads=False))
        elif lesson.id in role.reads:
            minutes += lesson.minutes.lesson
            rows.append(_row(outline, lesson, reads=True))
    about = f"{len(rows)} lessons, about {round(minutes / 60)} hours."
    if role.reads:
        about += " *Read only* means: the lesson without its assignment."
    head = "| lesson | minutes | assignment |\n|---|---|---|\n"
    return f"### {role.title}\n\n{about}\n\n{head}" + "\n".join(rows)


def _row(outline, lesson, reads):
    minutes = f"{lesson.minutes.lesson}" if reads else f"{lesson.minutes.lesson} + {lesson.minutes.assignment}"
    work = "read only" if reads else _assignment(lesson)
    return f"| {_title(outline, lesson)} | {minutes} | {work} |"


def _title(outline, lesson):
    if lesson.status == "planned":
        return f"{lesson.title} (planned)"
    return f"[{lesson.title}]({outline.module_of(lesson.id).id}/{lesson.id}.ipynb)"


def _assignment(lesson):
    if lesson.status == "planned":
        return "planned"
    name = lesson.id
    return f"[Assignment: {lesson.title}](../work/{name}/{name}.ipynb) ([as released](../exercises/{name}/{name}.ipynb))"


def _module(module):
    rows = []
    for lesson in module.lessons:
        state = "ready" if lesson.status == "ready" else "planned"
        rows.append(f"| {lesson.title} | {lesson.question} | {state} |")
    head = "| lesson | the question of the day | state |\n|---|---|---|\n"
    text = f"### {module.title}\n\n{module.about}\n\n{head}" + "\n".join(rows)
    if module.room:
        room = module.room
        text += (
            f"\n\n**Room:** [{room.title}]({module.id}/{room.id}.ipynb). {room.question} About {room.minutes} minutes a visit."
        )
    return text


def _glossary(outline):
    words = "\n".join(f"- **{word}**: {outline.glossary[word]}" for word in sorted(outline.glossary, key=str.casefold))
    return f"## Glossary\n\n{words}"
