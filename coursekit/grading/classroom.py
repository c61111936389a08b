"""An nbgrader course directory as the grader sees it: its settings, its assignments with their hidden tests, its submissions."""

import ast
import contextlib
import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

import nbformat

from coursekit.errors import Plain
from coursekit.grading.box import LIMITS
from coursekit.grading.rebuild import grade_id, is_solution, is_test, master_of
from coursekit.grading.submission import read_file

# What takes a second to load, and the words by which a notebook shows that it may be needed.
METHODS = r"coursekit import .*\bmethods\b"  # whose functions load it when they are called
SLOW = {
    "scipy.stats": f"scipy|statsmodels|seaborn|{METHODS}", "scipy.optimize": f"scipy|{METHODS}",
    "statsmodels.stats.proportion": f"statsmodels|{METHODS}", "statsmodels.duration.survfunc": f"statsmodels|{METHODS}",
}  # fmt: skip
MOST_FILES, LARGEST_FILES = 200, 50_000_000  # beside a notebook: their number, and their bytes in all


class Paper(NamedTuple):
    """One notebook of an assignment: the instructor's, with hidden tests; as it was given out; what it is known by."""

    name: str
    master: dict
    released: dict
    stamp: str


class Assignment(NamedTuple):
    """An assignment that can be graded: its notebooks, the instructor's files beside them, and the limits of its cells."""

    name: str
    papers: list
    files: dict
    limits: dict


class Handed(NamedTuple):
    """What one student handed in: the folder, each notebook's bytes or the sentence why there are none, other files, and its stamp."""

    student: str
    folder: Path
    notebooks: dict
    files: dict
    stamp: str


def settings(folder):
    """nbgrader's configuration of a course directory, with its CourseDirectory: (config, coursedir)."""
    from jupyter_core.paths import jupyter_config_path
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config, JSONFileConfigLoader, PyFileConfigLoader

    folder = Path(folder).resolve()
    if not any((folder / f"nbgrader_config.{kind}").exists() for kind in ("py", "json")):
        raise Plain(
            f"{folder.name} is no nbgrader course: it has no nbgrader_config.py. Give the folder of the course with --course."
        )
    config = Config()
    for place in [*reversed(jupyter_config_path()), str(folder)]:
        for loader, kind in ((JSONFileConfigLoader, "json"), (PyFileConfigLoader, "py")):
            if (Path(place) / f"nbgrader_config.{kind}").exists():
                config.merge(loader(f"nbgrader_config.{kind}", path=place).load_config())
    if not config.CourseDirectory.get("root"):
        config.CourseDirectory.root = str(folder)
    return config, CourseDirectory(config=config)


@contextlib.contextmanager
def entered_in(name, coursedir):
    """The gradebook and an assignment in it; a plain sentence when it is not there."""
    from nbgrader.api import Gradebook, MissingEntry

    file = coursedir.db_url.removeprefix("sqlite:///")
    if file != coursedir.db_url and not Path(coursedir.root, file).exists():  # nbgrader would make an empty one
        raise Plain(
            f"{name} is not in the gradebook, for there is none yet. Release it first, with nbgrader generate_assignment."
        )
    with Gradebook(coursedir.db_url, coursedir.course_id) as book:
        try:
            found = book.find_assignment(name)
        except MissingEntry:
            known = [one.name for one in book.assignments]
            raise Plain(
                f"{name} is not in the gradebook. It holds: {', '.join(known) or 'nothing yet'}. Release it first, with nbgrader generate_assignment."
            ) from None
        yield book, found


def assignment_of(name, config, coursedir):
    """An assignment as the gradebook and the release hold it."""
    from nbgrader import utils

    with entered_in(name, coursedir) as (_, found):
        kept = {n.name: {cell.name: cell.source for cell in n.source_cells} for n in found.notebooks}
    source = Path(coursedir.format_path(coursedir.source_directory, ".", name))
    others = utils.find_all_files(str(source), [*coursedir.ignore, "*.ipynb"]) if source.exists() else []
    files = {Path(path).relative_to(source).as_posix(): Path(path).read_bytes() for path in sorted(others)}
    papers = []
    for paper, sources in sorted(kept.items()):
        given = Path(coursedir.format_path(coursedir.release_directory, ".", name)) / f"{paper}.ipynb"
        if not given.exists():
            raise Plain(
                f"The release of {name} is missing: {paper}.ipynb is not in {coursedir.release_directory}/. Make it with nbgrader generate_assignment."
            )
        released = nbformat.read(given, as_version=4)
        master = master_of(released, sources)
        papers.append(Paper(paper, master, released, _digest(json.dumps(master, sort_keys=True).encode())))
    return Assignment(name, papers, files, limits_of(config))


def limits_of(config):
    """The course's own time limit for a cell where it has one, and ours for the rest."""
    own = config.Execute.get("timeout", config.ExecutePreprocessor.get("timeout", LIMITS["cell"]))
    cell = float(own) if isinstance(own, int | float) and own > 0 else LIMITS["notebook"]
    return LIMITS | {"cell": cell, "notebook": max(LIMITS["notebook"], 4 * cell)}


def warm_cells(assignment):
    """What is loaded once for all: by the instructor's cells without points, and for what the notebooks speak of."""
    text = "\n".join(cell.source for paper in assignment.papers for cell in paper.master.cells)
    slow = [
        f"import {name}" for name, word in SLOW.items() if re.search(word, text) and importlib.util.find_spec(name.split(".")[0])
    ]
    return slow + [
        cell.source for paper in assignment.papers for cell in paper.master.cells
        if cell.cell_type == "code" and not is_solution(cell) and not cell.metadata.get("nbgrader", {}).get("grade")
    ]  # fmt: skip


def judge_cells(assignment):
    """What the tests load that no trainee has seen: a county is made once, not again for each submission."""
    cells = [cell.source for paper in assignment.papers for cell in paper.master.cells if is_test(cell)]
    return [made for source in cells if (made := loads_of(source))]


def loads_of(source):
    """The lines of a test that load a table by its name and a seed, with the imports and the seed they need.

    >>> print(loads_of("from coursekit import load\\nSEED = 7\\nassert x == len(load('fx', seed=SEED))"))
    from coursekit import load
    SEED = 7
    load('fx', seed=SEED)
    """
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ""
    calls = [
        node for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "load"
        and all(isinstance(part, ast.Constant | ast.Name) for part in [*node.args, *(word.value for word in node.keywords)])
    ]  # fmt: skip
    needed = [
        node for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom) or (isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant))
    ]  # fmt: skip
    return "\n".join(map(ast.unparse, [*needed, *calls])) if calls else ""


def handed_in(assignment, config, coursedir):
    """Everything that was handed in for an assignment, in the order of the students' names."""
    pattern = coursedir.format_path(coursedir.submitted_directory, "(?P<student>[^/]+)", assignment.name, escape=True)
    home = Path(coursedir.format_path(coursedir.submitted_directory, ".", ".")).resolve()
    found = []
    depth = len(
        Path(coursedir.format_path(coursedir.submitted_directory, "x", assignment.name)).relative_to(Path(coursedir.root)).parts
    )
    if not home.exists():
        return []
    for folder in sorted(Path(coursedir.root).glob("/".join(["*"] * depth))):
        match = re.fullmatch(pattern, str(folder))
        if match and folder.is_dir() and not folder.is_symlink():
            found.append(_handed(match["student"], folder, assignment, config))
    return found


def _handed(student, folder, assignment, config):
    notebooks, digest = {}, hashlib.blake2b(digest_size=16)
    for paper in assignment.papers:
        try:
            notebooks[paper.name] = read_file(folder / f"{paper.name}.ipynb")
            digest.update(notebooks[paper.name])
        except Plain as plain:
            notebooks[paper.name] = plain
            digest.update(str(plain).encode())
    kept = set(config.Autograde.get("exclude_overwriting", {}).get(assignment.name, []))
    files = {name: data for name, data in _others(folder).items() if name not in assignment.files or name in kept}
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return Handed(student, folder, notebooks, assignment.files | files, digest.hexdigest())


def _others(folder):
    """Files that were handed in beside the notebooks: plain ones, so many and so large."""
    found, left = {}, LARGEST_FILES
    for path in sorted(folder.rglob("*"))[: 10 * MOST_FILES]:
        if path.suffix == ".ipynb" or path.name == "timestamp.txt" or path.is_dir() or len(found) == MOST_FILES:
            continue
        if any(parent.is_symlink() for parent in path.parents if parent.is_relative_to(folder)):
            continue
        try:
            data = read_file(path)
        except Plain:
            continue
        left -= len(data)
        if left >= 0:
            found[path.relative_to(folder).as_posix()] = data
    return found


def timestamp_of(handed):
    """When it was handed in, as nbgrader wrote it down, or None; what cannot be read as a time is none."""
    from nbgrader.utils import parse_utc

    try:
        return parse_utc(read_file(handed.folder / "timestamp.txt")[:100].decode().strip() or None)
    except (Plain, ValueError, OverflowError, UnicodeDecodeError):
        return None


def key_of(assignment, handed, isolation):
    """What a result hangs on: the assignment, what was handed in, the environment, and the box."""
    told = [
        assignment.name,
        *(paper.stamp for paper in assignment.papers),
        handed.student,
        handed.stamp,
        isolation,
        environment(),
    ]
    files = [f"{name} {_digest(data)}" for name, data in sorted(assignment.files.items())]
    return _digest(json.dumps([*told, *files, assignment.limits], sort_keys=True).encode())


@functools.cache
def environment():
    """Versions of what runs a cell, and what this package is: its checks and this grader are part of a verdict."""
    names = ("ipython", "numpy", "pandas", "matplotlib", "nbgrader")
    own = b"".join(path.read_bytes() for path in sorted(Path(__file__).parents[1].rglob("*.py")))
    return " ".join([sys.version.split()[0], *(f"{name} {importlib.metadata.version(name)}" for name in names), _digest(own)])


def _digest(data):
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def points_of(paper):
    """The points of each graded cell of a notebook."""
    return {
        grade_id(cell): float(cell.metadata.nbgrader.points)
        for cell in paper.master.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }


def released(coursedir, name, paper):
    """A notebook as it is given out now, or None when it is not there."""
    path = Path(coursedir.format_path(coursedir.release_directory, ".", name)) / f"{paper}.ipynb"
    return nbformat.read(path, as_version=4) if path.exists() else None


def place_of(coursedir, student, name):
    """The folder in which nbgrader looks for a graded submission."""
    return Path(coursedir.format_path(coursedir.autograded_directory, student, name))


def results_folder(coursedir, name, what="grading"):
    """Where results are kept until they are in the gradebook, and after: beside the folder of graded submissions."""
    return Path(coursedir.root) / os.path.dirname(coursedir.autograded_directory) / what / name
