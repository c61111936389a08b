"""The release: always what solutions/ make, never half there, and an author is told when it is stale."""

import nbformat
import pytest
from conftest import READY, ROOT

from coursekit.course import release
from coursekit.course.kernel import error_of, session
from coursekit.course.lessons import exercise_path, solution_path
from coursekit.course.questions import calls_of
from coursekit.errors import Plain

NAME = READY[0]


def stale(root, folder):
    """Whether the committed release is not what the solution makes now."""
    folder.mkdir(exist_ok=True)
    made = release.build(root, NAME, folder / "made", folder / "gradebook.db")
    return release.files(made) != release.files(root / "exercises" / NAME)


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def run_all(path):
    """The first error of a notebook that is run in its folder, or None."""
    nb = nbformat.read(path, as_version=4)
    with session(path.parent) as kernel:
        for cell in nb.cells:
            error = error_of(kernel.run(cell.source)) if cell.cell_type == "code" else None
            if error:
                return error
    return None


def test_a_changed_solution_makes_the_release_stale_until_it_is_made_anew(copy, tmp_path):
    solution = solution_path(copy, NAME)
    change(solution, "tea_price = 88", "tea_price = 89")
    assert stale(copy, tmp_path / "1")
    assert "make release" in run_all(solution)
    assert release.release(copy, [NAME]) == ([NAME], [])
    assert not stale(copy, tmp_path / "2")
    assert run_all(solution) is None
    assert release.release(copy, [NAME]) == ([], [])


@pytest.mark.parametrize(("old", "new", "says"), [
    ("evening = tea_price + wine_price\\n", "evening = tea_price * 99\\n", "does not name"),  # the committed key knows another mistake
    ("You added the two prices.", "You added both prices.", "does not name"),  # the message changed
    ("evening = tea_price + wine_price\\n", "tea_price = 1\\nevening = 2\\n", "changes `tea_price`"),
    ("evening = tea_price + wine_price\\n", "1 / 0\\n", "ZeroDivisionError"),
])  # fmt: skip
def test_a_mistake_that_is_not_caught_stops_the_author(copy, old, new, says):
    solution = solution_path(copy, NAME)
    text = solution.read_text(encoding="utf-8")
    nb = nbformat.reads(text, as_version=4)
    cell = next(c for c in nb.cells if c.id == "s1-q1-mistake-pieces-forgotten")
    old, new = old.replace("\\n", ""), new.replace("\\n", "\n")
    assert cell.source.count(old) == 1
    cell.source = cell.source.replace(old, new)
    nbformat.write(nb, solution)
    assert says in run_all(solution)


def test_mistakes_that_cannot_be_told_apart_are_refused(copy, tmp_path):
    nb = nbformat.read(solution_path(copy, NAME), as_version=4)
    cell = next(c for c in nb.cells if c.id == "s1-q1-mistake-tea-only")
    cell.source = cell.source.replace("evening = tea_price * tea_pieces", "evening = tea_price + wine_price")
    nbformat.write(nb, solution_path(copy, NAME))
    with pytest.raises(Plain, match="three tolerances"):
        stale(copy, tmp_path)


def test_a_solution_that_stops_leaves_the_old_release(copy):
    before = release.files(copy / "exercises")
    change(solution_path(copy, NAME), "evening = tea_price * tea_pieces + wine_price * wine_pieces", "evening = 1 / 0")
    with pytest.raises(Plain, match="ZeroDivisionError"):
        release.release(copy, [NAME])
    assert release.files(copy / "exercises") == before
    assert not list(copy.glob(".release-*/made"))


def test_an_interrupted_release_leaves_the_old_one(copy, monkeypatch):
    before = release.files(copy / "exercises")
    change(solution_path(copy, NAME), "tea_price = 88", "tea_price = 89")

    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(release, "_stamp", stop)
    with pytest.raises(KeyboardInterrupt):
        release.release(copy, [NAME])
    assert release.files(copy / "exercises") == before


def test_unseen_data_that_catch_nothing_are_drawn_again_for_their_question_alone(copy):
    nb = nbformat.read(solution_path(copy, NAME), as_version=4)
    at = {cell.id: i for i, cell in enumerate(nb.cells)}
    cell = nb.cells[at["s1-q1-check"]]
    assert "tea_pieces=11 + HIDDEN % 5" in cell.source
    cell.source = cell.source.replace("tea_pieces=11 + HIDDEN % 5", "tea_pieces=3 if HIDDEN < 8 else 12")
    seeds, records = release.recorded(nb, solution_path(copy, NAME).parent, [6, 7, 8, 9])
    assert (seeds[at["s1-q1-check"]], seeds[at["s1-q2-check"]]) == (8, 6)
    assert [r["first"] for r in records[at["s1-q1-check"]] if r["do"] == "check"] == [True]
    assert len(records) == len(nb.cells)


def test_a_replay_that_a_wrong_answer_would_pass_is_refused(copy):
    """Unseen data on which a named mistake is right, or a half-typed answer, catch nothing."""
    for old, says in [("tea_pieces=11 + HIDDEN % 5", "the mistake"), ("tea_price=60 + HIDDEN % 19", "typed in would pass")]:
        whole = solution_path(copy, NAME).read_text(encoding="utf-8")
        new = {"tea_pieces=11 + HIDDEN % 5": "tea_pieces=3", "tea_price=60 + HIDDEN % 19": "tea_price=88"}[old]
        nb = nbformat.reads(whole, as_version=4)
        cell = next(c for c in nb.cells if c.id == "s1-q1-check")
        assert old in cell.source
        cell.source = cell.source.replace(old, new)
        nbformat.write(nb, solution_path(copy, NAME))
        with pytest.raises(Plain, match=says):
            release.recorded(nb, solution_path(copy, NAME).parent, [1, 2])
        solution_path(copy, NAME).write_text(whole, encoding="utf-8")


@pytest.mark.parametrize("call", [
    'replay("a", b=1)', 'replay("a", b=1,)', 'replay(\n    "a",\n    b=1,  # one, or two\n)', 'replay(\n    "a",\n    b=1\n)', 'replay("a", b=("é", 1))',
])  # fmt: skip
def test_a_key_fits_into_every_way_to_write_a_call(call):
    assert calls_of(release.with_keys(call, ["1:x"]), "replay")[0]["key"] == "1:x"


def test_each_class_has_its_own_unseen_data(copy, tmp_path):
    seeds = {release.hidden_seed(release.class_secret(folder), NAME) for folder in (copy, tmp_path)}
    assert len(seeds) == 2
    assert release.class_secret(copy) == release.class_secret(copy)
    assert (copy / "class" / "secret").stat().st_mode & 0o077 == 0


def test_a_gradebook_that_is_gone_is_made_anew_and_one_that_comes_meanwhile_is_kept(copy, monkeypatch):
    from nbgrader.api import Gradebook

    names = [NAME, "s2_first_table"]
    assert release.gradebook(copy, names) == (names, [])
    home = copy / "class" / "gradebook.db"
    home.unlink()
    assert release.not_entered(copy, names) == names
    build = release.build

    def slow(root, assignment, into, database):
        made = build(root, assignment, into, database)
        if database != home:  # the formgrader is opened while the first assignment is being built
            with Gradebook(f"sqlite:///{home}") as book:
                book.add_student("written-meanwhile")
        return made

    monkeypatch.setattr(release, "build", slow)
    assert release.gradebook(copy, names) == (names, [])
    with Gradebook(f"sqlite:///{home}") as book:
        assert [s.id for s in book.students] == ["written-meanwhile"]
        assert sorted(a.name for a in book.assignments) == sorted(names)


def test_the_gradebook_is_made_once_and_again_when_an_assignment_changed(copy):
    assert release.gradebook(copy, [NAME]) == ([NAME], [])
    assert release.gradebook(copy, [NAME]) == ([], [])
    change(solution_path(copy, NAME), "tea_price = 88", "tea_price = 89")
    assert release.gradebook(copy, [NAME]) == ([NAME], [])
    assert not exercise_path(copy, NAME).read_text(encoding="utf-8").count("tea_price = 89")


@pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own, on adding a submission
def test_a_gradebook_with_submissions_keeps_its_questions(copy):
    """Other questions are released, but never take the ground from under grades that exist."""
    from nbgrader.api import Gradebook

    release.gradebook(copy, [NAME])
    database = f"sqlite:///{copy / 'class' / 'gradebook.db'}"
    with Gradebook(database) as book:
        book.add_student("ana")
        book.add_submission(NAME, "ana")
        before = [cell.name for cell in book.find_notebook(NAME, NAME).source_cells]
    nb = nbformat.read(solution_path(copy, NAME), as_version=4)
    nb.cells = [c for c in nb.cells if not c.id.startswith("s1-q5")]
    nbformat.write(nb, solution_path(copy, NAME))
    assert release.gradebook(copy, [NAME]) == ([], [NAME])
    assert release.release(copy, [NAME]) == ([NAME], [NAME])
    with Gradebook(database) as book:
        assert [cell.name for cell in book.find_notebook(NAME, NAME).source_cells] == before
        assert len(book.assignment_submissions(NAME)) == 1


def test_the_change_shown_to_authors_adds_the_question(copy):
    """CONTRIBUTING.md shows a real diff of one run of cells: nothing else is needed to add a question."""
    import re
    import subprocess

    diff = re.search(r"```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.S)[1]
    solution = solution_path(copy, NAME)
    whole = solution.read_bytes()
    released = release.files(copy / "exercises" / NAME)

    def apply(*how):
        subprocess.run(["git", "apply", *how, "-"], cwd=copy, input=diff.encode(), check=True)

    apply("--reverse")
    assert b"s1-q3" not in solution.read_bytes()
    release.release(copy, [NAME])
    assert "s1-q3" not in exercise_path(copy, NAME).read_text(encoding="utf-8")
    apply()
    assert solution.read_bytes() == whole
    assert release.release(copy, [NAME]) == ([NAME], [])
    assert release.files(copy / "exercises" / NAME) == released
