"""The front page, curriculum/index.ipynb, made from the outline."""

import nbformat

from coursekit.course.canonical import canonical
from coursekit.course.release import write


def front_page(outline):
    """The text of the front page: modules, lessons, roles and glossary, as plain Markdown."""
    cells = [_opening(outline), *(_module(m) for m in outline.modules), _roles(outline), _glossary(outline)]
    names = ["title", *(f"module-{m.id.replace('_', '-')}" for m in outline.modules), "roles", "glossary"]
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text) for text in cells])
    for cell, name in zip(nb.cells, names, strict=True):
        cell.id = f"index-{name}"
    return canonical(nbformat.writes(nb), "index", outputs=False)


def write_front_page(root, outline):
    """Write curriculum/index.ipynb where it changed; returns the files that changed."""
    path, text = root / "curriculum" / "index.ipynb", front_page(outline).encode()
    if path.exists() and path.read_bytes() == text:
        return []
    write(path, text)
    return [path]


def _opening(outline):
    ready = [lesson for lesson in outline.lessons() if lesson.status == "ready"]
    first = ready[0]
    return f"""# {outline.title}

{outline.about}

**Start here:** [{first.title}]({_folder(outline, first)}/{first.id}.ipynb). Click the name, then work from top to bottom.

{len(ready)} of {len(outline.lessons())} lessons are ready; the others are planned. Minutes are for an unhurried reader. Every \
lesson has an assignment; the link opens it as it was released. To keep your answers, work on a copy: in the list of files, \
right-click the assignment, choose *Duplicate*, and open the copy."""


def _folder(outline, lesson):
    return outline.module_of(lesson.id).id


def _module(module):
    rows = []
    for lesson in module.lessons:
        minutes = f"{lesson.minutes.lesson} + {lesson.minutes.assignment}"
        if lesson.status == "ready":
            title = f"[{lesson.title}]({module.id}/{lesson.id}.ipynb)"
            work = f"[assignment](../exercises/{lesson.id}/{lesson.id}.ipynb)"
        else:
            title, work = lesson.title, "planned"
        rows.append(f"| {title} | {lesson.question} | {minutes} | {work} |")
    head = "| lesson | the question of the day | minutes: lesson + assignment | do it |\n|---|---|---|---|\n"
    return f"## {module.title}\n\n{module.about}\n\n{head}" + "\n".join(rows)


def _roles(outline):
    titles = {lesson.id: lesson.title for lesson in outline.lessons()}
    order = list(titles)
    parts = []
    for role in outline.roles:
        path = sorted({*role.does, *role.reads}, key=order.index)
        names = [titles[x] + (" (read)" if x in role.reads else "") for x in path]
        parts.append(f"- **{role.title}** ({len(role.does)} lessons with assignment): " + " → ".join(names) + ".")
    return "## Your path\n\nWhich lessons are for you depends on your work. *(read)* means: the lesson without its assignment.\n\n" + "\n".join(parts)  # fmt: skip


def _glossary(outline):
    words = "\n".join(f"- **{word}**: {outline.glossary[word]}" for word in sorted(outline.glossary, key=str.casefold))
    return f"## Glossary\n\n{words}"
