"""The report on a class: every mistake by its name, wrong answers that have none, and nothing about anybody in the copy for others."""

import csv
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter

import nbformat
import numpy as np
import pandas as pd
import pytest
from bleach._vendor.html5lib import HTMLParser
from boxed import needs_box
from nbformat.v4 import new_code_cell, new_markdown_cell
from small_course import NAME, cell, hand_in, released, source_of
from test_grade import CONFIG

from coursekit.answers import shape_of
from coursekit.course import rehearsal, release
from coursekit.errors import Plain
from coursekit.grading import explain, job, page
from coursekit.grading import report as reports
from coursekit.grading.box import Box
from coursekit.grading.exports import plain
from coursekit.grading.feedback import feedback as write_feedback
from coursekit.grading.grade import grade
from coursekit.keys import make_key

pytestmark = needs_box
SHARES = {"Tea": 0.25, "Rice": 0.5, "Silk": 0.75}
GMV = ("gmv-for-net", "This is GMV, everything that was `ordered`.", 48_600.0)
LOSS = ("only-lost", "This is what was lost.", 31_211.0)


def key(name, value, *mistakes, **more):
    shape = shape_of(name, value, **more)
    cells = {(label, ""): float(x) for label, x in value.items()} if isinstance(value, dict) else {("", ""): float(value)}
    return make_key(name, cells, shape, [(slug, says, {("", ""): wrong}) for slug, says, wrong in mistakes])


def net_check(*mistakes):
    return f'check("net", net, key="{key("net", 35_500, *mistakes)}")'


def source_notebook():
    own = {"solution": True, "locked": False}

    def answer(name):
        return cell(name, f"### BEGIN SOLUTION\n{name} = 0\n### END SOLUTION", **own)

    shares = key("shares", SHARES, digits=2)
    return source_of(
        new_code_cell("from coursekit import check", id="plain"),
        cell("start", "ordered = 48_600\nnumbers = [3, 1, 2]"),
        answer("net"), cell("score", net_check(GMV), grade=True, points=2),
        answer("shares"), cell("q-shares", f'check("shares", shares, key="{shares}")', grade=True, points=3),
        answer("largest"), cell("q-largest", "assert largest == 3", grade=True, points=1),
        cell("q-words", "### BEGIN SOLUTION\nIt grows.\n### END SOLUTION", new_markdown_cell, grade=True, solution=True, locked=False, points=4),
    )  # fmt: skip


RIGHT = {
    "net": "net = 35_500",
    "shares": f"shares = {SHARES}",
    "largest": "largest = max(numbers)",
    "q-words": "It grows with the square.",
}
ODD = "lost = 17_389  # I, Zofia Quill, wonder\nprint(lost)\nnet = {kind}(ordered - lost)"
CLASS = {
    "ana": RIGHT,
    "bo": {},
    "chen": RIGHT | {"net": "net = ordered"},
    "diego": RIGHT | {"net": ODD.format(kind="int"), "largest": "largest = 1"},
    "elena": RIGHT | {"net": ODD.format(kind="float")},
    "fang": RIGHT | {"net": "net = 31_211"},
    "guo": RIGHT | {"net": "net = 41_000.0", "largest": "import os\nos._exit(1)"},
    "hua": RIGHT | {"net": "net = 41_000"},
    "ines": RIGHT | {"net": "net = -35_500"},
    "jun": RIGHT | {"shares": "shares = {'Tea': 0.25, 'Rice': 0.5, 'Silk': 0.71}"},
    "kun": RIGHT | {"shares": "shares = {'Tea': 0.25, 'Rice': 0.5, '</pre><script>alert(1)</script>': 0.75}"},
    "lupe": RIGHT | {"largest": "1 / 0"},
}
NAMES = {student: (student.title(), f"{student.title()}ovskaya") for student in CLASS} | {
    "mei": ("Mei", "O'Neil, Jr"), "nuria": ("Nuria", "=cmd|' /C calc'!A0"), "ping": ("Pïng", '<b>"Ping"</b>'),
    "qing": ("Qing", "Qingovskaya"),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A graded class: mei handed in nothing, nuria no notebook that can be read, ping comes after grading, qing hands in nothing but a note."""
    from nbgrader.api import Gradebook

    root = released(tmp_path_factory.mktemp("report") / "small", CONFIG, source_notebook())
    for student, answers in CLASS.items():
        hand_in(root, student, answers)
    (root / "submitted" / "nuria" / NAME).mkdir(parents=True)
    (root / "submitted" / "nuria" / NAME / "paper.ipynb").write_bytes(b"%PDF-1.4")
    (root / "submitted" / "qing" / NAME).mkdir(parents=True)
    (root / "submitted" / "qing" / NAME / "note.txt").write_text("Sorry.")
    with Box() as box:
        grade(NAME, root, 2, box)
    hand_in(root, "ping", RIGHT)
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as book:
        for student, (first, last) in NAMES.items():
            book.update_or_create_student(student, first_name=first, last_name=last, email=f"{student}@school.example")
    return root


@pytest.fixture
def course(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "small")


def made(course):
    """The tables of a report: scores, items, mistakes, groups."""
    found = reports.class_of(NAME, course)
    table, came = reports.scores(found), reports.outcomes(found)
    return table, reports.items(found, table, came), reports.mistakes(found, came), reports.groups(found, came)


def files_of(course, name=NAME):
    home = course / "reports" / name
    return {path.name: path.read_bytes() for path in sorted(home.iterdir())}


def words(html):
    return " ".join(re.sub(r"<(style|title).*?</\1>|<[^>]*>", " ", html, flags=re.S).split())


def new_release(course, *mistakes):
    path = course / "release" / NAME / "paper.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(c for c in notebook.cells if explain.grade_id(c) == "score").source = net_check(*mistakes)
    nbformat.write(notebook, path)


def by_hand(course, student, **columns):
    """A person grades the words of a student, or of all."""
    cells = "cell_id = (select id from base_cell where name = 'q-words')"
    mine = f"and notebook_id in (select n.id from submitted_notebook n join submitted_assignment s on n.assignment_id = s.id where s.student_id like '{student}')"
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute(f"update grade set {', '.join(f'{name} = {value}' for name, value in columns.items())} where {cells} {mine}")


# -- what it tells --------------------------------------------------------------------------


def test_every_outcome_is_told_and_every_question_has_its_figures(course):
    _, items, _, _ = made(course)
    items = items.set_index("question")
    kinds = ["right", "mistake", "unnamed", "general", "wrong", "blank", "stopped", "open"]
    assert items[kinds].to_numpy().tolist() == [
        [4, 1, 5, 1, 0, 1, 0, 0],  # a sign is a slip
        [9, 0, 2, 0, 0, 1, 0, 0],
        [8, 0, 0, 0, 1, 1, 2, 0],  # an assert names nothing
        [0, 0, 0, 0, 0, 1, 0, 11],
    ]
    assert list(items.index) == ["paper/score", "q-shares", "q-largest", "q-words"]  # score is the name of a column
    assert items["submissions"].tolist() == [12, 12, 12, 1]  # while words wait for a person they have no mean
    assert items.loc["q-shares", "difficulty"] == 9 / 12
    assert items.loc["q-words", ["mean", "difficulty", "discrimination"]].isna().all()


def test_a_test_that_was_stopped_is_told_as_stopped():
    question, paper = reports.Question("paper", "t", "t", 2.0), {"scores": {"t": 0.0}, "blank": []}
    own = {"metadata": {"nbgrader": {"grade_id": "f", "solution": True}}, "outputs": []}
    ended = [{"output_type": "error", "ename": name} for name in ("Stopped", "AssertionError")]
    assert [reports._outcome(question, paper, [own], {"outputs": [one]}, None) for one in ended] == ["stopped", "wrong"]


def test_discrimination_is_the_correlation_with_the_rest_of_the_points(course):
    table, items, _, _ = made(course)
    table = table[table["auto"].notna()]
    rest = table["q-shares"] + table["q-largest"]
    assert items["discrimination"][0] == pytest.approx(np.corrcoef(table["paper/score"], rest)[0, 1])
    assert reports._together(pd.Series([0.0, 1] * 4 + [1]), pd.Series(range(9))) is None  # nine are too few
    assert reports._together(pd.Series([1.0] * 10), pd.Series(range(10))) is None


def test_what_is_not_known_is_never_zero(course):
    table = made(course)[0].set_index("student")
    assert table["status"].to_dict() == dict.fromkeys(CLASS, "graded") | {
        "guo": "partly graded", "mei": "not handed in", "nuria": "unreadable", "ping": "not graded yet", "qing": "not handed in",
    }  # fmt: skip
    assert table["score"].dropna().to_dict() == {"bo": 0}  # who wrote nothing; all others wait for a person
    assert table.loc["ana", ["to_grade", "auto", "max_score"]].tolist() == ["q-words", 6, 10]
    assert table.loc[["mei", "nuria", "ping", "qing"], "to_grade"].tolist() == [""] * 4  # there is nothing to grade
    assert (
        table.loc[["mei", "nuria", "ping", "qing"], ["paper/score", "q-shares", "q-largest", "q-words", "auto"]]
        .isna()
        .all(axis=None)
    )


def test_the_score_is_nbgraders_own(course):
    from nbgrader.api import Gradebook

    by_hand(course, "%", manual_score=3, needs_manual_grade=0)
    by_hand(course, "ana", manual_score=2.5, extra_credit=1)
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute(
            "update submitted_notebook set late_submission_penalty = 1.5 where assignment_id = (select id from submitted_assignment where student_id = 'ana')"
        )
    table = made(course)[0].set_index("student")
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        for one in book.assignment_submissions(NAME):
            if one.student.id in CLASS:
                assert table.loc[one.student.id, "score"] == max(0, one.score - one.late_submission_penalty)
    assert table.loc["ana", ["score", "manual", "extra", "late_penalty"]].tolist() == [8, 2.5, 1, 1.5]


def test_mistakes_have_their_names(course):
    found = made(course)[2]
    assert found[["question", "kind", "slug", "count", "anew"]].to_numpy().tolist() == [
        ["paper/score", "named", "gmv-for-net", 1, 0],
        ["paper/score", "general", "sign", 1, 0],
    ]
    assert found["message"][0] == GMV[1]


def test_wrong_answers_that_no_mistake_names_stand_together(course):
    found = made(course)[3]
    assert found[["name", "count", "words"]].to_numpy().tolist()[:2] == [["net", 3, "31,211"], ["net", 2, "41,000"]]
    assert set(found["words"][2:]) == {
        "a dict of 3 values – Tea: 0.25; Rice: 0.5; Silk: 0.71",
        "a dict of 3 values – Tea: 0.25; Rice: 0.5; </pre><script>alert(1)</script>: 0.75",
    }
    assert found["code"][0] == CLASS["diego"]["net"]
    lines = found["draft"][0].split("\n")
    assert lines[0] == "%%mistake net unnamed-1"
    assert lines[2:] == ["lost = 17389", "net = int(ordered - lost)"]  # no comment, which may hold a name, and no print


def test_a_mistake_that_is_added_explains_old_answers_and_nothing_runs(course, monkeypatch):
    def never(*_, **__):
        raise AssertionError("a box was started")

    monkeypatch.setattr(Box, "__init__", never)
    before = made(course)[0]
    new_release(course, GMV, LOSS)
    table, items, found, groups = made(course)
    assert found[["slug", "count", "anew"]].to_numpy().tolist()[0] == ["only-lost", 3, 3]
    assert groups["words"].tolist()[0] == "41,000"
    assert items[["mistake", "unnamed"]].to_numpy().tolist()[0] == [4, 2]
    pd.testing.assert_frame_equal(table, before)
    reports.report(NAME, course)
    assert "3 answers were explained anew" in files_of(course)["report.html"].decode()
    # The trainees are told, too.
    write_feedback(NAME, course)
    for student in CLASS:
        told = words((course / "feedback" / student / NAME / "paper.html").read_text())
        assert (LOSS[1] in told) == (student in ("diego", "elena", "fang")), student
        assert told.count("no mistake known to this course") == (student in ("guo", "hua")), student


def test_explained_anew_is_only_what_was_unnamed_and_is_a_mistake_now():
    def result(value, verdict):
        return {
            "status": "graded",
            "notebooks": {"paper": {"answers": {"t": [{"name": "net", "value": value, "verdict": verdict}]}}},
        }

    with_loss, other = ({"paper": {"t": {"net": key("net", right, LOSS)}}} for right in (35_500, 41_000))
    wrong = {"status": "wrong"}
    named = explain.explained(result(31_211, wrong), with_loss)["notebooks"]["paper"]["answers"]["t"][0]["verdict"]
    assert named == {"status": "mistake", "slug": "only-lost", "message": LOSS[1], "anew": True}
    for value, verdict, keys in [
        (31_211, {"status": "slip", "code": "sign"}, with_loss),
        (31_211, wrong, {}),
        (None, wrong, with_loss),
        (41_000, wrong, other),  # right by the new key: a person decides what a question that changed is worth
        ({"t": "nonsense"}, wrong, with_loss),
        ({"t": "module", "v": "antigravity"}, wrong, with_loss),
    ]:
        assert explain.explained(result(value, verdict), keys) == result(value, verdict)
    assert "antigravity" not in sys.modules


@pytest.mark.parametrize("packed", [
    {"t": "dict", "v": [["a", {"t": "module", "v": "antigravity"}]]},
    [[{"t": "error", "v": ["KeyboardInterrupt", []]}]],
    {"t": "RangeIndex", "v": [0, 10**12, 1], "name": None},
])  # fmt: skip
def test_a_kept_value_is_data_and_no_more_than_can_be_read(packed):
    with pytest.raises(ValueError, match="no data|too large"):
        explain.value_of(packed)
    assert "antigravity" not in sys.modules


@pytest.mark.parametrize(
    "code",
    ["net = open('x').read()", "import os\nnet = os.getpid()", "net = ().__class__", "net = table.to_pickle('x')", "net = (", ""],
)
def test_no_dangerous_line_is_proposed_to_an_author(code):
    assert explain.draft("net", "unnamed-1", [code], "3").split("\n")[2].startswith("net = ...  #")


# -- what a result keeps --------------------------------------------------------------------


def test_a_result_keeps_each_answer_with_its_value_and_verdict(course):
    found = reports.class_of(NAME, course).results
    paper = found["diego"]["notebooks"]["paper"]
    assert paper["answers"]["score"] == [{"name": "net", "value": 31_211, "verdict": {"status": "wrong"}}]
    assert list(paper["answers"]) == ["score", "q-shares"]
    assert found["ana"]["notebooks"]["paper"]["answers"]["score"][0]["verdict"]["status"] == "right"
    assert found["bo"]["notebooks"]["paper"]["answers"]["score"][0]["verdict"]["status"] == "stopped"  # its name does not exist
    assert found["nuria"]["notebooks"]["paper"]["answers"] == {}


def test_what_is_kept_has_bounds():
    def kept(value, *verdicts, source='check("x", x, key="…")'):
        return job.answers(source, {"x": value}, [["x", verdict] for verdict in verdicts])

    wrong, right = {"status": "wrong"}, {"status": "right", "code": "right-seen"}
    assert kept(["a" * 30_000], wrong)[0]["value"] is None
    assert kept({"t": "function", "v": [7, "f"]}, wrong)[0]["value"] is None
    assert kept(1, {"status": "form", "came": "a" * 30_000})[0]["verdict"]["came"] == "a" * 500
    assert kept(1, right, {"status": "replay", "code": "replay"}) == [
        {"name": "x", "value": 1, "verdict": {"status": "replay", "code": "replay"}}
    ]
    assert kept(1, right, wrong) == [{"name": "x", "value": None, "verdict": wrong}]  # a second check judged something else
    assert kept(1, wrong, source="%time check('x', x)") == [{"name": "x", "value": None, "verdict": wrong}]
    assert job.answers("assert x", {"x": 1}, []) == []


# -- files ----------------------------------------------------------------------------------


def test_the_csv_opens_everywhere_and_runs_nothing(course):
    reports.report(NAME, course)
    data = files_of(course)["scores.csv"]
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") == len(NAMES) + 1
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row["student"] for row in rows] == sorted(NAMES)
    by = {row["student"]: row for row in rows}
    assert by["mei"]["last_name"] == "O'Neil, Jr"
    assert by["nuria"]["last_name"] == "'=cmd|' /C calc'!A0"
    assert (by["mei"]["status"], by["mei"]["score"], by["bo"]["score"]) == ("not handed in", "", "0")
    assert {student: by[student]["paper/score: result"] for student in ("ana", "bo", "chen", "fang", "ines", "mei")} == {
        "ana": "right", "bo": "blank", "chen": "gmv-for-net", "fang": "wrong, no named mistake", "ines": "sign", "mei": "",
    }  # fmt: skip
    again = pd.read_csv(io.BytesIO(data), encoding="utf-8-sig")
    pd.testing.assert_series_equal(again["auto"], made(course)[0]["auto"])
    for text in data.decode("utf-8-sig").splitlines():
        assert re.fullmatch(r'"([^"]|"")*"(,"([^"]|"")*")*', text)


@pytest.mark.parametrize(("cell_", "text"), [
    ("=1", "'=1"), ("+1", "'+1"), ("-1", "'-1"), ("@x", "'@x"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"), ("a=1", "a=1"),
    (-1.5, "-1.5"), (1e6, "1000000"), (np.float64("nan"), ""), (None, ""), (1 / 3, "0.333333333333"),
])  # fmt: skip
def test_a_cell_is_harmless(cell_, text):
    assert plain(cell_) == text


def test_what_moodle_and_canvas_import(course):
    by_hand(course, "ana", manual_score=3, needs_manual_grade=0)
    reports.report(NAME, course)
    files = files_of(course)
    moodle = list(csv.DictReader(io.StringIO(files["moodle.csv"].decode(), newline="")))
    by = {row["Username"]: row for row in moodle}
    score = f"Assignment: {NAME} (Real)"
    assert list(moodle[0]) == ["Username", "ID number", "Email address", "First name", "Last name", score, f"Feedback: {NAME}"]
    assert [by[s][score] for s in ("ana", "bo", "chen", "mei", "nuria", "ping", "qing")] == ["9", "0", "-", "-", "-", "-", "-"]
    assert by["ana"]["Email address"] == "ana@school.example"
    assert by["chen"][f"Feedback: {NAME}"] == "Not all is read yet."
    header, possible, *canvas = csv.reader(io.StringIO(files["canvas.csv"].decode(), newline=""))
    assert header == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", NAME]
    assert possible == ["    Points Possible", "", "", "", "", "10"]
    by = {row[3]: row for row in canvas}
    assert [by[s][5] for s in ("ana", "bo", "chen", "mei", "nuria", "ping", "qing")] == ["9", "0", "", "", "", "", ""]
    assert by["mei"][0] == "O'Neil, Jr, Mei"


def test_the_pages_are_valid_and_hostile_text_stays_text(course):
    (course / "feedback" / "kun" / NAME).mkdir(parents=True)
    (course / "feedback" / "kun" / NAME / "paper.html").write_text("")
    reports.report(NAME, course)
    files = files_of(course)
    for name in ("report.html", "report-without-names.html"):
        tree = HTMLParser(strict=True, namespaceHTMLElements=False).parse(files[name].decode())
        assert tree.find(".//script") is None
        assert tree.get("lang") == "en"
        assert all(th.get("scope") for th in tree.iter("th"))
        levels = [int(one.tag[1]) for one in tree.iter() if one.tag in ("h1", "h2", "h3")]
        assert levels[0] == 1
        assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))
        assert not re.search(r"(src|href)=\"(https?:)?//", files[name].decode())
    text = files["report.html"].decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "&lt;b&gt;&#34;Ping&#34;&lt;/b&gt;" in text
    assert 'href="../../feedback/kun/ps1/paper.html"' in text
    assert "<code>ordered</code>" in text  # of a message


def test_a_mistake_leads_to_those_who_made_it(course):
    write_feedback(NAME, course)
    reports.report(NAME, course)
    found = files_of(course)["report.html"].decode()
    table = found[found.index('id="mistakes"') : found.index('id="unnamed"')]
    assert re.findall(r'<a href="([^"]+)">(\w+)</a>', table) == [
        (f"../../feedback/{student}/{NAME}/paper.html", student) for student in ("chen", "ines")
    ]
    for place, _ in re.findall(r'<a href="(\.\.[^"]+)">(\w+)</a>', found):
        assert (course / "reports" / NAME / place).is_file()
    shown = words(found)
    assert "Written by diego , elena , fang ." in shown
    assert "Written by guo , hua ." in shown


def test_the_copy_for_others_tells_of_nobody(course):
    new_release(course, GMV)
    reports.report(NAME, course)
    text = files_of(course)["report-without-names.html"].decode()
    seen = words(text)
    for student, (first, last) in NAMES.items():
        for name in (student, first, last, f"{student}@school.example"):
            assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.I), name
    assert "Zofia" not in text
    assert "17_389" not in text
    assert "3 × net in paper/score: 31,211" in seen
    assert "41,000" not in seen
    assert "fewer than 3 partly graded" in seen
    assert not re.search(r"\b[12] (graded|partly|not|unreadable)", seen)
    assert "gmv-for-net" not in seen.split("Mistakes", 1)[1]
    picture = text[text.index("<svg") : text.index("</svg>")]
    assert not {"1", "2"} & set(re.findall(r">(\d+)</text>", picture))


def test_a_row_with_few_people_is_not_told_to_others():
    whole = dict.fromkeys(reports.OUTCOMES, 0) | {"mean": 1.5, "difficulty": 0.5, "discrimination": None}
    table = pd.DataFrame([
        whole | {"question": "told", "right": 5, "mistake": 3},
        whole | {"question": "in part", "right": 5, "mistake": 2, "blank": 1},
        whole | {"question": "not", "right": 6, "mistake": 2},
    ])  # fmt: skip
    told, part, hidden = page._items(table, names=False)
    assert (told["right"], told["mistake"], told["mean"]) == (5, 3, 1.5)
    assert (part["right"], part["mistake"], part["blank"], part["mean"]) == (None, None, None, 1.5)
    assert (hidden["right"], hidden["mistake"], hidden["mean"], hidden["difficulty"]) == (None, None, None, None)
    assert page._items(table, names=True)[2]["mistake"] == 2


def test_an_answer_that_is_somebodys_name_is_not_shown_to_others(course):
    found = reports.class_of(NAME, course)
    groups = pd.DataFrame([("q", "x", 3, '"HUA ovsk"', "", ["ana"], "", ""), ("q", "y", 3, '"tea"', "", ["bo"], "", "")],
                          columns=["question", "name", "count", "words", "says", "students", "code", "draft"])  # fmt: skip
    table, items, mistakes, _ = made(course)
    tables = {"scores": table, "items": items, "mistakes": mistakes, "groups": groups}
    text = words(page.page(found, tables, names=False))
    assert "HUA" not in text
    assert "a name is in it" in text
    assert "tea" in text
    assert "HUA ovsk" in page.page(found, tables).replace("&#34;", '"')


def test_of_very_few_nothing_is_told_to_others(course):
    for student in [*CLASS][4:]:
        (course / "grading" / NAME / "entered" / student).unlink()
        with sqlite3.connect(course / "gradebook.db") as book:
            mine = f"(select n.id from submitted_notebook n join submitted_assignment s on n.assignment_id = s.id where s.student_id = '{student}')"
            book.execute(f"update grade set auto_score = null where notebook_id = {mine}")
    reports.report(NAME, course)
    text = words(files_of(course)["report-without-names.html"].decode())
    assert "too few" in text
    assert "31,211" not in text


def test_the_same_input_writes_the_same_bytes(course):
    reports.report(NAME, course)
    before = files_of(course)
    done = run(course)
    assert (done.returncode, done.stderr) == (0, "")
    assert files_of(course) == before
    assert sorted(before) == ["canvas.csv", "moodle.csv", "report-without-names.html", "report.html", "scores.csv"]
    assert "16 students: 11 graded, 1 partly graded, 1 unreadable, 1 not graded yet, 2 not handed in." in done.stdout
    assert "7 wrong answers match no named mistake; equal ones together, they are 4." in done.stdout


def run(course, name=NAME):
    command = [sys.executable, "-m", "coursekit", "report", name, "--course", str(course)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PYTHONHASHSEED": "7"})


def test_a_class_that_nbgrader_graded_alone_has_scores_and_no_mistakes(course):
    shutil.rmtree(course / "grading")
    shutil.rmtree(course / "release")
    table, items, mistakes, groups = made(course)
    table = table.set_index("student")
    assert table.loc[["ana", "mei", "nuria"], "status"].tolist() == ["graded", "not handed in", "not graded yet"]
    assert table.loc["ana", ["auto", "q-shares"]].tolist() == [6, 3]
    assert items.set_index("question").loc["q-shares", "difficulty"] == pytest.approx(
        9 / 13
    )  # the gradebook holds zeros for qing
    assert (len(mistakes), len(groups)) == (0, 0)
    reports.report(NAME, course)
    assert "No check named a mistake." in files_of(course)["report.html"].decode()


@pytest.mark.parametrize(("change", "says"), [
    (lambda c: (c / "nbgrader_config.py").unlink(), "is no nbgrader course"),
    (lambda c: (c / "gradebook.db").unlink(), "ps1 is not in the gradebook"),
    (lambda c: sqlite3.connect(c / "gradebook.db", isolation_level=None).executescript("delete from student"), "The gradebook holds no students"),
])  # fmt: skip
def test_when_there_is_nothing_to_report_it_is_said_in_a_sentence(course, change, says):
    change(course)
    with pytest.raises(Plain, match=says):
        reports.report(NAME, course)
    assert not (course / "reports").exists()


def test_exit_status_two_when_nothing_was_there(course):
    done = run(course, "ps2")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ps2 is not in the gradebook. It holds: ps1." in done.stderr


# -- an assignment of ours ------------------------------------------------------------------


def test_a_practice_class_is_told_exactly_and_a_draft_becomes_a_mistake(copy, monkeypatch):
    name, solution = "a1_headline_numbers", copy / "solutions" / "a1_headline_numbers" / "a1_headline_numbers.ipynb"
    release.gradebook(copy, [name])
    deeds = rehearsal.practice_class(copy, name, 24, seed=1)
    rehearsal.enroll(copy, 24)
    odd = [f"practice-{number}" for number in (20, 21, 22)]
    for student in odd:
        path = copy / "class" / "submitted" / student / name / f"{name}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        next(c for c in notebook.cells if c.id == "a1-q1-solution").source = "half = unpaid / 2\nnet = ordered - half - refunded"
        nbformat.write(notebook, path)
    with Box() as box:
        grade(name, copy, 2, box)
    found = reports.class_of(name, copy)
    came = reports.outcomes(found)
    told = reports.mistakes(found, came)
    left = [deed for deed in deeds if not (deed.student in odd and deed.question == "a1-q1")]
    wanted = Counter(
        (f"{d.question}-check", d.did.removeprefix("mistake: "), d.message) for d in left if d.did.startswith("mistake")
    )
    named = told[told["kind"] == "named"]
    assert {(row.question, row.slug, row.message): row.count for row in named.itertuples(index=False)} == wanted
    assert Counter(came["outcome"])["blank"] == sum(d.did == "blank" for d in left)
    assert Counter(came["outcome"])["stopped"] == sum(d.did == "broken" for d in left)
    (group,) = reports.groups(found, came).to_dict("records")
    assert (group["question"], group["count"], group["words"]) == ("a1-q1-check", 3, "37,450")

    notebook = nbformat.read(solution, as_version=4)
    place = next(i for i, c in enumerate(notebook.cells) if c.id == "a1-q1-check") + 1
    notebook.cells.insert(place, new_code_cell(group["draft"], id="a1-q1-mistake-unnamed-1"))
    nbformat.write(notebook, solution)
    assert release.release(copy, [name])[0] == [name]
    monkeypatch.setattr(Box, "__init__", lambda *_, **__: pytest.fail("a box was started"))
    reports.report(name, copy)
    found = reports.class_of(name, copy)
    told = reports.mistakes(found, reports.outcomes(found)).set_index("slug")
    assert told.loc["unnamed-1", ["count", "anew"]].tolist() == [3, 3]
    assert json.dumps(found.results[odd[0]]["notebooks"][name]["answers"]["a1-q1-check"]).count('"anew": true') == 1
    assert (copy / "class" / "reports" / name / "report.html").exists()
