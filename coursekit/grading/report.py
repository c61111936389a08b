"""`coursekit report`: what a class did with an assignment, as tables, files for other programs, and pages.

The gradebook tells the scores, the results that `grade` keeps tell what was wrong. A course that was graded by nbgrader
alone has no such results: then there are scores, and no mistakes.
"""

import os
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from coursekit import messages
from coursekit.again import bound_names, drawn_names
from coursekit.course.release import write
from coursekit.errors import Plain
from coursekit.grading import book as books
from coursekit.grading.classroom import entered_in, released, results_folder, settings
from coursekit.grading.explain import draft, explained, is_blank, keys_of, own_cells, signature, unnamed
from coursekit.grading.grade import SCORED

FEWEST = 10  # submissions from which on a question's discrimination says something
NOT_HANDED_IN, PARTLY, NOT_GRADED = "not handed in", "partly handed in", "not graded yet"
COUNTED = [*SCORED, PARTLY]  # statuses whose points count
# What came of a question, each with its heading.
OUTCOMES = {
    "right": "right", "mistake": "named mistake", "unnamed": "wrong, no named mistake", "general": "slip, form or typed in", "wrong": "not right", "blank": "blank",
    "stopped": "stopped", "open": "to be read",
}  # fmt: skip
ABOUT = ["student", "last_name", "first_name", "status", "to_grade", "auto", "manual", "extra", "late_penalty", "score", "max_score",
         "submitted_at", "late_seconds"]  # fmt: skip


class Question(NamedTuple):
    """A graded cell: its notebook, its grade_id, the name it has here, and its points."""

    paper: str
    cell: str
    label: str
    points: float


class Class(NamedTuple):
    """All that a report is made from; tables and dictionaries by the student's id.

    grades: a row a student and question; handed: timestamp, seconds late and penalty; waiting: those whose submission is
    there and not in the gradebook; keys: of the present release, by notebook; links: feedback pages; titles: of questions, by label.
    """

    name: str
    questions: list
    students: pd.DataFrame
    grades: pd.DataFrame
    handed: dict
    waiting: set
    results: dict
    keys: dict
    links: dict
    titles: dict


def class_of(name, folder):
    """What the gradebook and the kept results tell of an assignment; raises Plain when there is nothing."""
    _, coursedir = settings(folder)
    with entered_in(name, coursedir) as (book, assignment):
        cells = _cells(book, assignment)
        students, grades, handed = _students(book), _grades(book, assignment), _handed(assignment)
    if students.empty:
        raise Plain(
            f"The gradebook holds no students, so there is nothing to report of {name}. Grade it first, with coursekit grade {name}."
        )
    papers = sorted({paper for paper, _ in cells})
    given = {paper: found for paper in papers if (found := released(coursedir, name, paper))}
    keys = {paper: keys_of(notebook) for paper, notebook in given.items()}
    results = {
        student: explained(kept, keys) for student in sorted(students["student"]) if (kept := _kept(coursedir, name, student))
    }
    waiting = {
        student for student in students["student"]
        if student not in handed and Path(coursedir.format_path(coursedir.submitted_directory, student, name)).is_dir()
    }  # fmt: skip
    order = _order(given, results)
    taken = {cell for cell, count in Counter(cell for _, cell in cells).items() if count > 1} | {*ABOUT, "notes"}
    questions = [
        Question(paper, cell, f"{paper}/{cell}" if cell in taken else cell, points)
        for (paper, cell), points in sorted(cells.items(), key=lambda one: (one[0][0], order.get(one[0], 10_000), one[0][1]))
    ]
    links = {student: found for student in students["student"] if (found := _feedback(coursedir, name, student, papers))}
    return Class(name, questions, students, grades, handed, waiting, results, keys, links, _titles(given, questions))


def _titles(given, questions):
    """The heading above each question in the release, without its points: label -> title."""
    headings = {}
    for paper, notebook in given.items():
        heading = ""
        for cell in notebook.cells:
            found = re.match(r"#{1,6} +([^\n]+)", cell.source) if cell.cell_type == "markdown" else None
            heading = re.sub(r"[*`]|\s*\([^()]*\)\s*$", "", found[1]) if found else heading
            headings[paper, cell.metadata.get("nbgrader", {}).get("grade_id")] = heading
    return {q.label: headings.get((q.paper, q.cell), "") for q in questions}


def _cells(book, assignment):
    """The graded cells of an assignment: (notebook, grade_id) -> points."""
    return {
        (paper.name, cell.name): float(cell.max_score)
        for paper in assignment.notebooks
        for cell in (*paper.grade_cells, *paper.task_cells)
    }


def _students(book):
    rows = [(s.id, s.last_name or "", s.first_name or "", s.email or "", s.lms_user_id or "") for s in book.students]
    table = pd.DataFrame(rows, columns=["student", "last_name", "first_name", "email", "lms_user_id"], dtype=object)
    return table.sort_values("student", ignore_index=True)


def _grades(book, assignment):
    from nbgrader.api import BaseCell, Grade, GradeCell, Notebook, SubmittedAssignment, SubmittedNotebook

    graded = GradeCell.__table__
    rows = (
        book.db.query(
            SubmittedAssignment.student_id,
            Notebook.name,
            BaseCell.name,
            graded.c.cell_type,
            Grade.auto_score,
            Grade.manual_score,
            Grade.extra_credit,
        )
        .select_from(Grade)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(Notebook, SubmittedNotebook.notebook_id == Notebook.id)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .outerjoin(graded, graded.c.id == BaseCell.id)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
    )
    columns = ["student", "paper", "cell", "type", "auto", "manual", "extra"]
    table = pd.DataFrame([tuple(row) for row in rows], columns=columns)
    return table.astype(dict.fromkeys(["auto", "manual", "extra"], float))


def _handed(assignment):
    return {
        one.student_id: (
            one.timestamp,
            one.total_seconds_late,
            sum(paper.late_submission_penalty or 0.0 for paper in one.notebooks),
        )
        for one in assignment.submissions
    }


def _kept(coursedir, name, student):
    """The result that is in the gradebook, whatever has changed since."""
    home = results_folder(coursedir, name)
    try:
        return books.kept(home, (home / "entered" / student).read_text())
    except OSError:
        return None


def _order(given, results):
    """The places of graded cells: (notebook, grade_id) -> number; from the release, or from a graded notebook."""
    found = dict(given)
    for result in results.values():
        for paper, one in result["notebooks"].items():
            found.setdefault(paper, one["notebook"])
    return {(paper, cell): place for paper, notebook in found.items() for place, cell in enumerate(own_cells(notebook))}


def _feedback(coursedir, name, student, papers):
    """The feedback page of a student as a link from the report, or None."""
    home = results_folder(coursedir, name, "reports")
    pages = [Path(coursedir.format_path(coursedir.feedback_directory, student, name)) / f"{paper}.html" for paper in papers]
    return next((os.path.relpath(page, home) for page in pages if page.exists()), None)


# -- tables -------------------------------------------------------------------------------


def scores(found):
    """One row a student of the gradebook, those who handed in nothing too; a question's points stand under its name.

    What is not known is empty: a score is there when each of its questions has points, by the machine or by a person.
    """
    of = {(row.student, row.paper, row.cell): row for row in found.grades.itertuples()}
    rows = []
    for one in found.students.itertuples():
        result, (stamp, late, penalty) = found.results.get(one.student), found.handed.get(one.student, (None, 0, 0.0))
        grades = [of.get((one.student, q.paper, q.cell)) for q in found.questions]
        status = _status(one.student, found, grades)
        points = [_points(grade) if status != NOT_HANDED_IN or _by_hand(grade) else None for grade in grades]
        there = [grade for grade in grades if grade is not None]
        whole = bool(points) and None not in points
        rows.append(
            dict(zip(ABOUT, [
                one.student, one.last_name, one.first_name, status,
                " ".join(q.label for q, p in zip(found.questions, points, strict=True) if p is None and status in COUNTED),
                _sum(g.auto for g in there if np.isnan(g.manual)) if status in COUNTED else None, _sum(g.manual for g in there), _sum(g.extra for g in there),
                penalty or None, max(0.0, sum(points) - penalty) if whole else None, sum(q.points for q in found.questions),
                f"{stamp:%Y-%m-%d %H:%M:%S}" if stamp else None, late or None,
            ], strict=True))
            | {q.label: p for q, p in zip(found.questions, points, strict=True)} | {"notes": " ".join(result["notes"]) if result else ""}
        )  # fmt: skip
    table = pd.DataFrame(rows, columns=[*ABOUT, *(q.label for q in found.questions), "notes"])
    numbers = [*ABOUT[5:11], "late_seconds", *(q.label for q in found.questions)]
    return table.astype(dict.fromkeys(numbers, float))


def _status(student, found, grades):
    if student in found.results:
        status = found.results[student]["status"]
        ran = any(map(_ran, found.results[student]["notebooks"].values()))
        return PARTLY if status == NOT_HANDED_IN and ran else status
    if student not in found.handed:
        return NOT_GRADED if student in found.waiting else NOT_HANDED_IN
    tested = [grade for grade in grades if grade is None or grade.type == "code"]
    return NOT_GRADED if tested and all(_points(grade) is None for grade in tested) else "graded"


def _ran(paper):
    """True for a notebook of a result that was run."""
    return bool(paper["seconds"])


def _by_hand(grade):
    return grade is not None and not np.isnan(grade.manual)


def _points(grade):
    """The points of a question as nbgrader counts them, or None where nobody has given any."""
    if grade is None or (np.isnan(grade.auto) and np.isnan(grade.manual)):
        return None
    return (grade.auto if np.isnan(grade.manual) else grade.manual) + (0.0 if np.isnan(grade.extra) else grade.extra)


def _sum(values):
    known = [value for value in values if not np.isnan(value)]
    return sum(known) if known else None


def outcomes(found):
    """What came of each question of each submission that ran: a row with student, question, outcome and the answer that tells."""
    rows = []
    for student, result in found.results.items():
        for paper, one in ((paper, one) for paper, one in result["notebooks"].items() if _ran(one)):
            own = own_cells(one["notebook"])
            tests = {
                cell["metadata"]["nbgrader"]["grade_id"]: cell
                for cell in one["notebook"]["cells"]
                if "nbgrader" in cell["metadata"]
            }
            for q in found.questions:
                if q.paper == paper and q.cell in own:
                    answer = _telling(one.get("answers", {}).get(q.cell, []))
                    rows.append((student, q.label, _outcome(q, one, own[q.cell], tests[q.cell], answer), answer))
    return pd.DataFrame(rows, columns=["student", "question", "outcome", "answer"])


def _telling(answers):
    """The answer whose verdict counts for a question: the first that is not right."""
    return next((one for one in answers if one["verdict"]["status"] != "right"), answers[0] if answers else None)


def _outcome(question, paper, cells, test, answer):
    score = paper["scores"].get(question.cell)
    stopped = any(output["output_type"] == "error" for cell in cells for output in cell.get("outputs", ()))
    stopped = stopped or any(output.get("ename") == "Stopped" for output in test.get("outputs", ()))  # it waited for a function
    if score is None:
        return "open"
    if question.points and score >= question.points:
        return "right"
    if is_blank(cells, paper["blank"]):
        return "blank"
    if answer:
        verdict = answer["verdict"]
        named = {"right": "right", "mistake": "mistake", "stopped": "stopped", "unanswered": "blank"}.get(verdict["status"])
        return named or ("unnamed" if unnamed(verdict) else "general")
    return "stopped" if stopped else "wrong"


def items(found, table, came):
    """One row a question: points, mean, difficulty (the share of the points that was earned), discrimination, and how often what came.

    table: of `scores`; came: of `outcomes`. Discrimination is the correlation with the rest of the points (corrected item-total
    correlation); empty with fewer than 10 submissions, or where all have the same.
    """
    labels = [q.label for q in found.questions]
    points = table.loc[table["status"].isin(COUNTED), labels]
    whole = points.columns[points.notna().all()] if len(points) else []
    counts = came.groupby(["question", "outcome"]).size().to_dict() if len(came) else {}
    rows = []
    for q in found.questions:
        known = (
            points[q.label] if points[q.label].notna().all() else points[q.label].iloc[:0]
        )  # while some wait, the rest misleads
        rest = points.loc[known.index, [label for label in whole if label != q.label]].sum(axis=1)
        rows.append({
            "question": q.label, "points": q.points, "submissions": int(points[q.label].notna().sum()), "mean": known.mean() if len(known) else None,
            "difficulty": known.mean() / q.points if len(known) and q.points else None, "discrimination": _together(known, rest),
        } | {kind: counts.get((q.label, kind), 0) for kind in OUTCOMES})  # fmt: skip
    return pd.DataFrame(rows).astype(dict.fromkeys(["mean", "difficulty", "discrimination"], float))


def _together(one, rest):
    if len(one) < FEWEST or one.nunique() < 2 or rest.nunique() < 2:
        return None
    return float(np.corrcoef(one, rest)[0, 1])


def results(found, table, came):
    """The table of scores with one column more a question, "…: result": what came of it in words, or the name of the mistake.

    table: of `scores`; came: of `outcomes`. It is empty for who handed in nothing that ran.
    """
    said = {
        (row.student, row.question): _slug(row.answer["verdict"]) if row.outcome in ("mistake", "general") else OUTCOMES[row.outcome]
        for row in came.itertuples()
    }  # fmt: skip
    more = {f"{q.label}: result": [said.get((student, q.label), "") for student in table["student"]] for q in found.questions}
    return table.assign(**more)


def _slug(verdict):
    return verdict.get("slug") or verdict.get("code") or verdict["status"]


def mistakes(found, came):
    """The mistakes that were named, the most frequent first: question, kind, slug, message, count, share, anew and students.

    kind is "named" for a mistake of the question, "general" for a slip or a form that any answer may have. share is of the
    submissions that ran; anew counts those that the present release names, and the one they were graded with did not.
    """
    count = came["student"].nunique()
    rows = []
    for row in came[came["outcome"].isin(["mistake", "general"])].itertuples():
        verdict = row.answer["verdict"]
        named = row.outcome == "mistake"
        message = verdict["message"] if named else messages.sentence(row.answer["name"], _general(verdict))
        rows.append(
            (row.question, "named" if named else "general", _slug(verdict), message, bool(verdict.get("anew")), row.student)
        )
    columns = ["question", "kind", "slug", "message"]
    table = pd.DataFrame(rows, columns=[*columns, "anew", "student"])
    table = table.groupby(columns, as_index=False).agg(count=("anew", "size"), anew=("anew", "sum"), students=("student", list))
    table["share"] = table["count"] / max(count, 1)
    return table.sort_values(["count", "question", "slug", "message"], ascending=[False, True, True, True], ignore_index=True)


# What a student's own answer or error said stands as three dots where all are counted together.
OWN = ("came", "error", "given", "label", "column")


def _general(verdict):
    return verdict | {field: "…" for field in OWN if field in verdict}


def groups(found, came):
    """Wrong answers that no mistake names, equal ones together and the most frequent first.

    question, name, count, words (the value), says (what the check said), students, code (of the first), draft (of the mistake).
    """
    keys = {q.label: found.keys.get(q.paper, {}).get(q.cell, {}) for q in found.questions}
    rows = []
    for row in came[came["outcome"] == "unnamed"].itertuples():
        same, words = signature(row.answer, keys[row.question].get(row.answer["name"]))
        rows.append((row.question, row.answer["name"], same, words, row.student, row.answer["verdict"]))
    table = pd.DataFrame(rows, columns=["question", "name", "same", "words", "student", "verdict"])
    made = []
    for (question, name, _), group in table.groupby(["question", "name", "same"]):
        first = group.iloc[0]  # students are in the order of their ids
        made.append(
            (question, name, len(group), first["words"], messages.sentence(name, first["verdict"]), group["student"].tolist())
        )
    made = pd.DataFrame(made, columns=["question", "name", "count", "words", "says", "students"])
    made = made.sort_values(["count", "question", "words"], ascending=[False, True, True], kind="stable", ignore_index=True)
    place = {q.label: q for q in found.questions}
    sources = [_sources(found, place[row.question], row.students[0]) for row in made.itertuples()]
    number = made.groupby("question").cumcount() + 1
    drafts = [
        draft(row.name, f"unnamed-{n}", code, row.words)
        for row, n, code in zip(made.itertuples(index=False), number, sources, strict=True)
    ]
    return made.assign(code=["\n\n".join(code) for code in sources], draft=drafts)


def _sources(found, question, student):
    """The cells of one answer: those given for it, and added ones that they draw from."""
    notebook = found.results[student]["notebooks"][question.paper]["notebook"]
    cells = [cell for cell in own_cells(notebook)[question.cell] if cell["cell_type"] == "code"]
    drawn = set().union(*(drawn_names("".join(cell["source"])) for cell in cells if "nbgrader" in cell["metadata"]))
    sources = [("".join(cell["source"]), "nbgrader" in cell["metadata"]) for cell in cells]
    return [source for source, given in sources if given or bound_names(source) & drawn]


# -- files --------------------------------------------------------------------------------


def report(name, folder):
    """Write all files of a report, each whole or not at all; returns (their folder, sentences that say what they tell)."""
    from coursekit.grading.exports import canvas_csv, moodle_csv, scores_csv
    from coursekit.grading.page import page, summary

    found = class_of(name, folder)
    table, came = scores(found), outcomes(found)
    tables = {
        "scores": table,
        "items": items(found, table, came),
        "mistakes": mistakes(found, came),
        "groups": groups(found, came),
    }
    home = results_folder(settings(folder)[1], name, "reports")
    home.mkdir(parents=True, exist_ok=True)
    write(home / "scores.csv", scores_csv(results(found, table, came)))
    write(home / "moodle.csv", moodle_csv(found, table))
    write(home / "canvas.csv", canvas_csv(found, table))
    write(home / "report.html", page(found, tables).encode())
    write(home / "report-without-names.html", page(found, tables, names=False).encode())
    return home, summary(found, tables)
