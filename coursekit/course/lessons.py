"""The notebooks of the course as files: where each is, and running the lessons."""

import nbformat

from coursekit.course.canonical import canonical
from coursekit.course.kernel import error_of, session
from coursekit.course.outline import outline
from coursekit.course.release import write
from coursekit.errors import Plain


def lesson_path(root, name):
    return root / "curriculum" / outline(root).module_of(name).id / f"{name}.ipynb"


def solution_path(root, name):
    return root / "solutions" / name / f"{name}.ipynb"


def exercise_path(root, name):
    return root / "exercises" / name / f"{name}.ipynb"


def notebooks(root):
    """Every notebook of the course: path -> (its lesson's id, whether it keeps outputs)."""
    found = {root / "curriculum" / "index.ipynb": ("index", False)}
    for name in outline(root).ready():
        found[lesson_path(root, name)] = (name, True)
        found[solution_path(root, name)] = (name, False)
        found[exercise_path(root, name)] = (name, False)
    for name in outline(root).rooms():
        found[lesson_path(root, name)] = (name, True)
    return found


def run_lesson(path, name):
    """Run a lesson from top to bottom and keep its outputs; a plain sentence when a cell stops."""
    nb = nbformat.read(path, as_version=4)
    with session(path.parent) as kernel:
        for cell in nb.cells:
            if cell.cell_type == "code":
                cell.outputs = kernel.run(cell.source)
                expected = "raises-exception" in cell.metadata.get("tags", [])
                if bool(error_of(cell.outputs)) is not expected:
                    raise Plain(
                        f"{path.name}: the cell {cell.id} stops, or does not stop where it should: {error_of(cell.outputs)}"
                    )
    write(path, canonical(nbformat.writes(nb), name, outputs=True).encode())


def not_canonical(root):
    """The notebooks that are not in canonical form."""
    return [path for path, (name, keep) in notebooks(root).items()
            if path.exists() and canonical(path.read_text("utf-8"), name, keep) != path.read_text("utf-8")]  # fmt: skip


def make_canonical(root):
    """Bring every notebook but the made ones into canonical form; returns those that changed."""
    changed = [path for path in not_canonical(root) if "exercises" not in path.parts]
    for path in changed:
        name, keep = notebooks(root)[path]
        write(path, canonical(path.read_text("utf-8"), name, keep).encode())
    return changed
