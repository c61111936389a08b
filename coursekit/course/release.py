"""Making exercises/ from solutions/ with nbgrader, and filling the gradebook on the way.

`AddKeys` and `DropMistakes` are nbgrader preprocessors, named in nbgrader_config.py, so that
`nbgrader generate_assignment` and the formgrader's button make the very same release.
"""

import ast
import hashlib
import json
import logging
import os
import re
import secrets
import sys
import tempfile
from pathlib import Path

from nbgrader.preprocessors import NbGraderPreprocessor

from coursekit.again import is_check
from coursekit.answers import Unclear
from coursekit.course.authoring import RECORD, SameAsSeen
from coursekit.course.kernel import error_of, session
from coursekit.course.questions import calls_of, is_mistake
from coursekit.errors import Plain
from coursekit.keys import make_key


class AddKeys(NbGraderPreprocessor):
    """Runs the solution notebook and writes a key into every check and replay."""

    def preprocess(self, nb, resources):
        assignment = resources["nbgrader"]["assignment"]
        folder = Path.cwd() / "solutions" / assignment
        hidden, records = recorded(nb, folder, class_seeds(Path.cwd(), assignment))
        mistakes = {}
        for r in (r for found in records for r in found if r["do"] == "mistake"):
            mistakes.setdefault(r["name"], []).append((r["slug"], r["message"], r["cells"]))
        for cell, seed, found in zip(nb.cells, hidden, records, strict=True):
            found = [r for r in found if r["do"] != "mistake"]
            if found:
                cell.source = with_keys(cell.source, [_key(r, mistakes) for r in found])
                cell.source = with_seed(cell.source, seed)
        return nb, resources


class DropMistakes(NbGraderPreprocessor):
    """Leaves the cells that name mistakes out of the release."""

    def preprocess(self, nb, resources):
        nb.cells = [cell for cell in nb.cells if not is_mistake(cell)]
        return nb, resources


def class_seeds(root, assignment, tries=25):
    """The seeds a class tries for the unseen data of each question of an assignment, in order."""
    return [hidden_seed(class_secret(root), f"{assignment}/{n}") for n in range(tries)]


def recorded(nb, folder, seeds):
    """What the cells of a solution notebook record when they run: (each cell's seed, each cell's list of records).

    Each question takes the first of the seeds whose unseen data tell every wrong answer
    from the right one: where one would pass, the question is asked again from its check on.
    """
    hidden, records = [], []
    with session(folder, COURSEKIT_RECORD="1") as kernel:
        asked, tried = 0, 0  # the check that was asked last, and how many seeds it had
        while len(records) < len(nb.cells):
            cell = nb.cells[len(records)]
            if cell.cell_type == "code" and is_check(cell.source) and asked != len(records):
                asked, tried = len(records), 0
            if asked == len(records):
                kernel.run(f"import coursekit.checks\ncoursekit.checks.HIDDEN = {seeds[tried]}")
            try:
                records.append(_records(kernel, cell))
                hidden.append(seeds[tried])
            except SameAsSeen:
                tried += 1
                if tried == len(seeds):
                    raise
                names = [call["name"] for call in calls_of(nb.cells[asked].source, "check")]
                kernel.run(f"from coursekit.course import authoring\nauthoring.forget({names})")
                del records[asked:], hidden[asked:]
    return hidden, records


def _records(kernel, cell):
    """What one cell records."""
    outputs = kernel.run(cell.source) if cell.cell_type == "code" else []
    error = error_of(outputs)
    if error:
        kind, _, says = error.partition(": ")
        ours = {"Plain": Plain, "SameAsSeen": SameAsSeen}
        raise ours.get(kind, Plain)(f"The cell {cell.id} stops: {says if kind in ours else error}")
    found = [o.data[RECORD] for o in outputs if o.output_type == "display_data" and RECORD in o.data]
    for r in found:
        r["cells"] = {(label, column): value for label, column, value in r["cells"]}
    return found


def _key(r, mistakes):
    try:
        return make_key(r["name"], r["cells"], r["shape"], mistakes.get(r["name"], ()) if r["first"] else ())
    except Unclear as unclear:
        raise Plain(str(unclear)) from None


def with_keys(source, keys):
    """A check cell with one key written into each of its calls, in order.

    >>> with_keys('check("a", a)', ["1:x"])
    'check("a", a, key="1:x")'
    >>> with_keys('check("a", a,)', ["1:x"])
    'check("a", a, key="1:x")'
    """
    calls = sorted(calls_of(source, "check") + calls_of(source, "replay"), key=lambda call: call["end"])
    lines = source.split("\n")
    for call, key in sorted(zip(calls, keys, strict=True), key=lambda pair: pair[0]["end"], reverse=True):
        line, column = call["end"]
        text = lines[line].encode()  # ast counts bytes
        between = " " if call["comma"] else ", "
        lines[line] = (text[: column - 1] + f'{between}key="{key}")'.encode() + text[column:]).decode()
    return "\n".join(lines)


def with_seed(source, seed):
    """A check cell whose hidden part uses this class's own seed.

    >>> print(with_seed("### BEGIN HIDDEN TESTS\\nfrom coursekit.checks import HIDDEN\\nload(seed=HIDDEN)", 5))
    ### BEGIN HIDDEN TESTS
    from coursekit.checks import HIDDEN
    HIDDEN = 5
    load(seed=HIDDEN)
    """
    tree = ast.parse(source)
    imports = [n for n in tree.body if isinstance(n, ast.ImportFrom) and any(a.name == "HIDDEN" for a in n.names)]
    if not imports:
        return source
    lines = source.split("\n")
    lines.insert(imports[-1].end_lineno, f"HIDDEN = {seed}")
    return "\n".join(lines)


# -- the class's secret -------------------------------------------------------------------


def class_secret(root):
    """The secret of this class, made once; unseen data are drawn from it."""
    path = root / "class" / "secret"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        fresh = path.with_name(f"secret.{os.getpid()}")
        fresh.write_text(secrets.token_hex(16) + "\n")
        fresh.chmod(0o600)
        try:
            os.link(fresh, path)  # whoever comes first wins; nobody overwrites
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()


def hidden_seed(secret, assignment):
    """The seed of the unseen data of one assignment in one class."""
    return int.from_bytes(hashlib.blake2b(f"{secret}/{assignment}".encode(), digest_size=4).digest(), "big") % 2**31


# -- building -----------------------------------------------------------------------------


def build(root, assignment, into, database):
    """Make one assignment's release into a folder, and enter it in a gradebook file."""
    from nbgrader.converters import GenerateAssignment
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    config.CourseDirectory.release_directory = str(into)
    config.CourseDirectory.db_url = f"sqlite:///{database}"
    config.CourseDirectory.assignment_id = assignment
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # nbgrader calls alembic
    converter = GenerateAssignment(coursedir=CourseDirectory(config=config), config=config)
    errors = _Errors()
    converter.log = logging.Logger("release")
    converter.log.addHandler(errors)
    try:
        converter.start()
    except NbGraderException:
        raise Plain(f"{assignment}: {errors.last}") from None
    return Path(into) / assignment


class _Errors(logging.Handler):
    """Keeps the last line of the last error: nbgrader logs a traceback and raises another error."""

    last = "nbgrader could not make the release."

    def emit(self, entry):
        lines = entry.getMessage().strip().splitlines()
        if entry.levelno >= logging.ERROR and lines and lines[0].startswith("Traceback"):
            self.last = re.sub(r"^coursekit[\w.]*: ", "", lines[-1])


def release(root, assignments):
    """Make exercises/ anew from solutions/; returns (those that changed, those the gradebook keeps as they were).

    Each is built elsewhere and swapped in whole, so that an interrupted release leaves the
    old one.
    """
    changed, kept = [], []
    for assignment in assignments:
        with tempfile.TemporaryDirectory(dir=root, prefix=".release-") as folder:
            made, entered = _made_for_class(root, assignment, Path(folder))
            kept += [] if entered else [assignment]
            target = root / "exercises" / assignment
            if files(made) != files(target):
                if target.exists():
                    target.rename(Path(folder) / "old")
                made.rename(target)
                changed.append(assignment)
    return changed, kept


def files(folder):
    """Every file below a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def gradebook(root, assignments):
    """Enter every assignment in class/gradebook.db that is not there as it stands now.

    Returns (those that were entered, those the gradebook keeps as they were).
    """
    entered, kept = [], []
    for assignment in not_entered(root, assignments):
        with tempfile.TemporaryDirectory(dir=root, prefix=".release-") as folder:
            _, new = _made_for_class(root, assignment, Path(folder))
        (entered if new else kept).append(assignment)
    return entered, kept


def not_entered(root, assignments):
    """The assignments that are not in class/gradebook.db as they stand now."""
    stamps = _stamps(root)
    return [name for name in assignments if stamps.get(name) != _stamp(root, name)]


def _made_for_class(root, assignment, folder):
    """Build with the class's gradebook; returns (the release, whether it was entered).

    A new gradebook appears only when it is whole. One that holds submissions is not given
    other questions: grades would lose what they belong to.
    """
    home = root / "class" / "gradebook.db"
    home.parent.mkdir(exist_ok=True)
    stamps = {**_stamps(root), assignment: _stamp(root, assignment)}
    made = None
    if not home.exists():
        made = build(root, assignment, folder / "made", folder / "gradebook.db")
        try:
            os.link(folder / "gradebook.db", home)
        except FileExistsError:  # the formgrader made one meanwhile, and somebody may have written in it
            made = None
    if made is None:
        try:
            made = build(root, assignment, folder / "entered", home)
        except Plain as plain:
            if "submissions associated" not in str(plain):
                raise
            return build(root, assignment, folder / "kept", folder / "kept.db"), False
    write(root / "class" / "entered.json", json.dumps(stamps, indent=1).encode())
    return made, True


def _stamps(root):
    """What was entered in class/gradebook.db: assignment -> stamp. Nothing was when it is gone."""
    path = root / "class" / "entered.json"
    return json.loads(path.read_text()) if path.exists() and (root / "class" / "gradebook.db").exists() else {}


def _stamp(root, assignment):
    """What an assignment's entry in the gradebook depends on."""
    digest = hashlib.blake2b(class_secret(root).encode(), digest_size=16)
    package = Path(__file__).parents[1]
    sources = [*sorted((root / "solutions" / assignment).glob("*.ipynb")), *sorted(package.rglob("*.py"))]
    for path in [*sources, root / "nbgrader_config.py"]:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write(path, data):
    """Write a file whole or not at all."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(data)
    os.replace(fresh, path)
