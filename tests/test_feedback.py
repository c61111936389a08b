"""Feedback names the mistake and tells the points; nothing of a hidden test stands in it, and nothing of a trainee's can run in it."""

import re
import shutil
import sqlite3
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from bleach._vendor import html5lib
from boxed import needs_box
from chromium import CHROMIUM, needs_chromium
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from small_course import NAME, cell, hand_in, released, source_of
from test_harmless import PIXEL, RUN, dangers, hostile, run_nothing

from coursekit.errors import Plain
from coursekit.grading import feedback_page
from coursekit.grading.classroom import Paper
from coursekit.grading.feedback import feedback, page
from coursekit.grading.rebuild import master_of
from coursekit.grading.verdicts import NOT_PASSED, NOT_SHOWN, verdict

SECRET = "the twelfth of thirteen"
HIDDEN = (
    f"### BEGIN HIDDEN TESTS\nwanted_secretly = 41 + 1\nassert double(21) == wanted_secretly, '{SECRET}'\n### END HIDDEN TESTS"
)
SHOWN = "assert double(1) == 2, 'Twice one is two.'\nassert double(0) == 0\nassert double(2) == 4, f'{double(2)} is not 4'"


def source_notebook():
    own = {"solution": True, "locked": False}
    return source_of(
        new_markdown_cell("# Small numbers\n\nTwo questions, <em>short</em> ones.", id="title"),
        cell("asked", "## Question 1 · Twice\n\nWrite `double`. It holds $a<b$.", new_markdown_cell),
        cell("start", "numbers = [3, 1, 2]"),
        cell("double", "### BEGIN SOLUTION\ndef double(x):\n    return 2 * x\n### END SOLUTION", **own),
        cell("test-double", f"{SHOWN}\n{HIDDEN}", grade=True, points=2),
        cell("why", "## Question 2 · Why?\n\nSay why.\n\n=== BEGIN MARK SCHEME ===\nThe rubric.\n=== END MARK SCHEME ===", new_markdown_cell),
        cell("words", "### BEGIN SOLUTION\nIt grows.\n### END SOLUTION", new_markdown_cell, grade=True, solution=True, locked=False, points=4),
    )  # fmt: skip


ANSWERS = {
    "ana": {"double": "def double(x):\n    return 2 * x\nprint(double(4))", "words": "It is <b>two</b> times <script>window.ran=1</script> $a<b$."},
    "bo": {},
    "chen": {"double": "def double(x):\n    return 2"},
    "diego": {"double": "def double(x):\n    return 2 * x if x < 9 else 3"},
    "elena": {"double": "def double(x):\n    return 1 / 0"},
    "fang": {"double": "import traceback, sys\ndef double(x):\n    print(x, sys._getframe(1).f_globals.get('In'))\n    traceback.print_stack()\n    return 2 * x if x < 9 else wanted_secretly"},
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course whose class is graded."""
    skip, why = needs_box.args[0], needs_box.kwargs["reason"]
    if skip:
        pytest.skip(why)
    config = "c = get_config()\nc.CourseDirectory.course_id = 'small'\nc.ClearMarkScheme.enforce_metadata = False\n"
    root = released(tmp_path_factory.mktemp("feedback") / "small", config, source_notebook())
    for student, answers in ANSWERS.items():
        hand_in(root, student, answers)
        path = root / "submitted" / student / NAME / "paper.ipynb"
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.insert(5, new_code_cell("1 + 1  # tried"))
        nbformat.write(notebook, path)
        (path.parent / "submission_secret.txt").write_text("s")
    done = run(root, "grade")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def course(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "small")


def run(root, what, *more):
    command = [sys.executable, "-m", "coursekit", what, NAME, "--course", str(root), *more]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def pages(root):
    return {path.parts[-3]: path.read_text() for path in sorted((root / "feedback").glob("*/*/*.html"))}


def words(made):
    """What a reader reads of a page."""
    from bs4 import BeautifulSoup

    return " ".join(BeautifulSoup(made.split("</style>")[1], "html.parser").get_text(" ").split())


def sound(made):
    """A page that is valid, holds all it shows, and nothing that runs."""
    html5lib.HTMLParser(strict=True).parse(made)
    found = [one for one in dangers(made) if not one.startswith("<style>")]
    assert found == []
    assert "http-equiv" in made
    assert re.findall(r"<h([1-6])", made)[0] == "1"
    levels = [int(level) for level in re.findall(r"<h([1-6])", made)]
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_the_mistake_is_named_and_nothing_hidden_is_told(course):
    assert run(course, "feedback").returncode == 0
    found = pages(course)
    assert list(found) == sorted(ANSWERS)
    said = {student: words(made) for student, made in found.items()}
    for student, made in found.items():
        sound(made)
        assert "Question 1 · Twice" in said[student]
        for hidden in ("wanted_secretly", "The rubric", SECRET, "41 + 1", "HIDDEN", "Traceback"):
            if not (student == "fang" and hidden == "wanted_secretly"):  # whose own answer speaks of it
                assert hidden not in made, (student, hidden)
    assert "You have 2 of 2 points so far; your instructor has still to read answers for 4." in said["ana"]
    assert "✔ right , 2 of 2 points" in said["ana"]
    assert "Not shown" not in said["ana"]
    assert "8" in said["ana"]
    assert "This does not hold: assert double(0) == 0" in said["chen"]
    assert NOT_SHOWN in said["diego"]
    assert "The test stopped with ZeroDivisionError at assert double(1) == 2" in said["elena"]
    assert "○ not answered , 0 of 4 points" in said["bo"]
    assert "A cell that you added" in said["chen"]


def test_it_can_be_done_again_and_one_that_fails_stops_nobody(course):
    assert run(course, "feedback").returncode == 0
    stamps = {path: path.stat().st_mtime_ns for path in (course / "feedback").rglob("*") if path.is_file()}
    assert {path.name for path in stamps} == {"paper.html", "submission_secret.txt"}
    assert run(course, "feedback").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in (course / "feedback").rglob("*") if path.is_file()} == stamps
    (course / "autograded" / "bo" / NAME / "paper.ipynb").write_text("{")
    shutil.rmtree(course / "feedback")
    done = run(course, "feedback")
    assert done.returncode == 1
    assert "bo: " in done.stderr
    assert sorted(pages(course)) == [student for student in sorted(ANSWERS) if student != "bo"]


def test_what_a_person_gave_counts(course):
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("update grade set manual_score = 3, extra_credit = 0.5, needs_manual_grade = 0 where cell_id = (select id from base_cell where name = 'words')")  # fmt: skip
        book.execute("update comment set manual_comment = 'Well **said** <img src=x onerror=1>.'")
        book.execute("update submitted_notebook set late_submission_penalty = 1")
    assert feedback(NAME, course)[1] == {}
    said = words(pages(course)["ana"])
    assert "You have 4.5 of 6 points. Taken off, because it was handed in late: 1 point." in said
    assert "3.5 of 4 points Your instructor gave these points." in said
    assert "Well said < img" in said
    sound(pages(course)["ana"])


def test_when_nothing_is_graded_it_is_said(course):
    shutil.rmtree(course / "autograded")
    with pytest.raises(Plain, match="Nothing is graded yet for ps1"):
        feedback(NAME, course)
    assert run(course, "feedback").returncode == 2


def test_nbgraders_own_pages_hide_it_too(course):
    from test_nbgrader import nbgrader

    config = course / "nbgrader_config.py"
    shown = "c.GenerateFeedback.preprocessors = [GetGrades, {}CSSHTMLHeaderPreprocessor]\n"
    imports = "from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor\nfrom nbgrader.preprocessors import GetGrades\nfrom coursekit.grading.feedback import HideTests\n"
    kept = config.read_text()
    for hide in ("", "HideTests, "):
        config.write_text(kept + imports + shown.format(hide))
        said = nbgrader(course, "generate_feedback", NAME, "--force")
        found = pages(course)
        assert list(found) == sorted(ANSWERS), said
        assert any(SECRET in made for made in found.values()) is not bool(hide), said
    assert not any("41 + 1" in made for made in found.values())
    assert "most recent call last" not in found["diego"]
    assert NOT_SHOWN in found["diego"]
    assert "This does not hold" in found["chen"]


# -- without a class


def paper_of(notebook, hidden=None):
    return Paper("paper", master_of(notebook, hidden or {}), notebook, "")


def sheet(grades=()):
    about = {"student": SimpleNamespace(id="ana", first_name="", last_name=""), "assignment": SimpleNamespace(timestamp=None)}
    return SimpleNamespace(grades=list(grades), comments=[], score=0, max_score=1, late_submission_penalty=None, **about)


def made_page(notebook, released, tmp_path, hidden=None, grades=()):
    coursedir = SimpleNamespace(format_path=lambda *_: str(tmp_path), release_directory="release")
    result = {"status": "graded", "notes": ["A <b>note</b>."], "notebooks": {}}
    return page(notebook, paper_of(released, hidden), sheet(grades), result, tmp_path, coursedir, NAME)


@needs_chromium
def test_nothing_of_a_hostile_notebook_runs_in_the_page(tmp_path):
    notebook, released = hostile(), nbformat.from_dict(new_notebook(cells=[]))
    released.cells = [nbformat.from_dict(dict(notebook.cells[0], source="Write."))]
    made = made_page(notebook, released, tmp_path)
    sound(made)
    run_nothing(made)


@needs_chromium
def test_the_guard_in_the_page_does_not_hang_on_the_policy(tmp_path):
    """Without the page's policy nothing runs either."""
    notebook, released = hostile(), nbformat.from_dict(new_notebook(cells=[]))
    made = made_page(notebook, released, tmp_path)
    run_nothing(re.sub(r"<meta http-equiv[^>]*>", "", made))


@needs_chromium
def test_a_page_is_accessible_wide_and_on_a_phone(tmp_path):
    import pandas as pd
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    released = source_notebook()
    notebook = nbformat.from_dict(released)
    table = pd.DataFrame([range(30)] * 3)
    notebook.cells[3].outputs = [
        new_output("display_data", data={"text/html": table._repr_html_(), "text/plain": "x"}),
        new_output("display_data", data={"image/png": PIXEL}),
        new_output("stream", name="stdout", text="x" * 500),
    ]
    notebook.cells.append(new_code_cell("y = 1" + " + 1" * 100, id="more"))
    grade = SimpleNamespace(name="test-double", score=2, max_score=2, auto_score=2, manual_score=None, needs_manual_grade=False)
    open_ = SimpleNamespace(name="words", score=0, max_score=4, auto_score=None, manual_score=None, needs_manual_grade=True)
    made = made_page(notebook, released, tmp_path, grades=[grade, open_])
    sound(made)
    assert 'alt="A picture that this cell drew"' in made
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for width in (1280, 360):
            tab = browser.new_page(viewport={"width": width, "height": 800}, bypass_csp=True)
            tab.set_content(made.replace("<details>", "<details open>"))
            assert [v["id"] for v in Axe().run(tab).response["violations"]] == []
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()


TEST = f"{SHOWN}\n{HIDDEN}"


def error(line, kind="AssertionError", says=SECRET):
    return [new_output("error", ename=kind, evalue=says, traceback=["---", f"Cell In[5], line {line}\n----> {line} secret", "x"])]


def panel(says):
    return new_output("display_data", data={"text/html": f'<div role="status">{says}</div>', "text/plain": says})


@pytest.mark.parametrize(("outputs", "points", "expected"), [
    ([], 2, ("right", ["Every test passed."])),
    ([], 1, ("part of the points", [])),
    ([], None, ("not looked at yet", [])),
    (error(1), 0, ("not yet", ["Twice one is two."])),
    (error(2), 0, ("not yet", ["This does not hold: `assert double(0) == 0`"])),
    (error(5), 0, ("not yet", [NOT_SHOWN])),
    (error(6, "NameError", "name 'wanted_secretly' is not defined"), 0, ("not yet", [NOT_SHOWN])),
    (error(99), 0, ("not yet", [NOT_PASSED])),
    (error(2, "OwnError"), 0, ("not yet", ["The test stopped with an error at `assert double(0) == 0`"])),
    ([new_output("error", ename="AssertionError", evalue=SECRET, traceback=[])], 0, ("not yet", [NOT_PASSED])),
    ([new_output("error", ename="Stopped", evalue="This cell was stopped: it ran longer than it may.", traceback=[])], 0, ("not yet", ["The test could not be run to its end: it ran longer than it may."])),
    ([new_output("error", ename="Stopped", evalue=SECRET, traceback=[])], 0, ("not yet", ["The test could not be run to its end."])),
    ([new_output("error", ename="NotRight", evalue="Not yet. `x` is 2.", traceback=[])], 0, ("not yet", ["Not yet. `x` is 2."])),
    ([new_output("error", ename="NotRight", evalue="Not answered yet. Put your answer here.", traceback=[])], 0, ("not answered", ["Not answered yet. Put your answer here."])),
    ([panel("Right. `x` is right for the numbers you see."), panel("Right. `y` is correct."), new_output("error", ename="NotRight", evalue="Not yet. `x` is right for the numbers you see, but not for others.", traceback=[])], 0,
     ("not yet", ["Right. `y` is correct.", "Not yet. `x` is right for the numbers you see, but not for others."])),
    ([new_output("stream", name="stdout", text=SECRET)], 0, ("not yet", [])),
])  # fmt: skip
def test_a_verdict_tells_what_is_shown_and_nothing_else(outputs, points, expected):
    assert verdict(outputs, points, 2, TEST, SHOWN) == expected


def test_a_message_with_values_is_told_unless_they_may_be_hidden():
    master = "def shows(x):\n    return x\n### BEGIN HIDDEN TESTS\nwanted = 7\n### END HIDDEN TESTS\nassert x == 1, f'{x} for {y}'\nassert x == 2, f'{wanted}'\nassert x == 3, f'{shows(x)}'"
    released = re.sub(r"### BEGIN.*?END HIDDEN TESTS\n", "", master, flags=re.S)
    told = [verdict(error(line, says="4 for 5"), 0, 2, master, released, {"wanted"})[1] for line in (6, 7, 8)]
    assert told == [["4 for 5"], ["This does not hold: `assert x == 2, f'{wanted}'`"], ["This does not hold: `assert x == 3, f'{shows(x)}'`"]]  # fmt: skip


def test_what_a_cell_showed_of_a_hidden_line_is_left_out():
    shown = [new_output("stream", name="stdout", text=f"In: {HIDDEN}"), new_output("stream", name="stdout", text="4")]
    made = feedback_page.outputs(shown, ["wanted_secretly = 41 + 1"])
    assert "wanted_secretly" not in made
    assert "<pre>4</pre>" in made


def test_no_hidden_line_of_the_course_stands_in_any_page(root, tmp_path):
    """Every assignment, with a trainee who shows all of its master and all that could be raised in it."""
    from coursekit.course.outline import outline

    looked = 0
    for name in outline(root).ready():
        released = nbformat.read(root / "exercises" / name / f"{name}.ipynb", as_version=4)
        source = nbformat.read(root / "solutions" / name / f"{name}.ipynb", as_version=4)
        hidden = {}
        for one in source.cells:
            found = re.search(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS", one.source, re.S)
            if found:
                hidden[one.id] = found[0]
        given = {one.id: one.source for one in released.cells}
        hidden = {one: f"{given[one]}\n{found}" for one, found in hidden.items() if one in given}
        notebook = master_of(released, hidden)
        lines = {line.strip() for text in hidden.values() for line in text.split("\n")} - {
            line.strip() for text in given.values() for line in text.split("\n")
        }
        everything = "\n".join(hidden.values())
        for one in notebook.cells:
            if one.cell_type == "code":
                number = len(one.source.split("\n")) - 1
                one.outputs = [new_output("stream", name="stdout", text=everything), *error(number, says=everything)]
        made = made_page(notebook, released, tmp_path, hidden)
        sound(made)
        from html import unescape

        assert [line for line in lines if len(line) > 5 and line in unescape(made)] == []
        looked += len(lines)
    assert looked > 20


def test_a_page_keeps_what_is_honest(tmp_path):
    cells = [
        new_markdown_cell("It holds $a<b$, a < b and x<sup>2</sup>.\n\n- [x] done\n\n```\nif x<y: 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |", id="text"),
        new_code_cell("print('<b>')", id="code", outputs=[new_output("stream", name="stdout", text="<b>\x1b[31mred\x1b[0m")]),
        new_code_cell("f", id="f", outputs=[new_output("error", ename="ValueError", evalue=f"<i>{RUN}", traceback=["secret frame"])]),
    ]  # fmt: skip
    made = made_page(nbformat.from_dict(new_notebook(cells=cells)), nbformat.from_dict(new_notebook(cells=[])), tmp_path)
    sound(made)
    assert "<code>a&lt; b</code>, a &lt; b and x<sup>2</sup>" in made
    assert "<pre>&lt;b&gt;red</pre>" in made
    assert "The cell stopped with ValueError: &lt;i&gt;" in made
    assert "secret frame" not in made
    assert '<th scope="col">a</th>' in made
    assert "☑ done" in made
