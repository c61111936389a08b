"""`coursekit feedback`: for each graded trainee a page that tells what was asked, what was answered, and which mistake it is.

The pages lie where nbgrader keeps its own, so that its exchange carries them on. No hidden test and no traceback stands in one.
"""

import re
import traceback
from pathlib import Path

import nbformat
from nbgrader.preprocessors import NbGraderPreprocessor

from coursekit.again import is_check
from coursekit.checks import Panel
from coursekit.course.release import write
from coursekit.errors import Plain
from coursekit.grading import book, feedback_page
from coursekit.grading.classroom import assignment_of, place_of, results_folder, settings
from coursekit.grading.explain import explained, keys_of
from coursekit.grading.harmless import harmless
from coursekit.grading.rebuild import grade_id, is_solution, is_test
from coursekit.grading.verdicts import hidden_lines, names_of_hidden, verdict
from coursekit.messages import OTHER_TITLE

STATUSES = {
    "partly graded": "A cell was stopped while your notebook was graded; all the rest counts.",
    "timed out": "A cell ran longer than it may and was stopped; what was done before counts.",
    "out of memory": "A cell took more memory than there is for it and was stopped; all the rest counts.",
    "unreadable": "Your notebook could not be read, so nothing of it is graded yet.",
    "not handed in": "This notebook was not handed in.",
    book.OURS: "Your notebook could not be graded, which is no fault of yours; it will be tried again.",
}
HEADING = re.compile(r"\s*(#{1,6})[ \t]*([^\n]+)\n?")
CARRIED = ("timestamp.txt", "submission_secret.txt")  # what nbgrader's exchange looks for beside a page
NO_RESPONSE = "No response."  # nbgrader's own comment on an answer that stands as it was given out
SHORTEST = 6  # characters of a hidden line that is looked for in what cells showed


def feedback(name, folder, told=lambda done, count, student, why: None):
    """Write the pages of an assignment; returns (students whose pages stand, student -> why there is none).

    told is called after each student. Raises Plain when nothing is graded.
    """
    config, coursedir = settings(folder)
    assignment = assignment_of(name, config, coursedir)
    written, failed = [], {}
    with book.gradebook(coursedir, name) as (grades, _):
        found = [one for one in grades.assignment_submissions(name) if place_of(coursedir, one.student.id, name).is_dir()]
        if not found:
            raise Plain(f"Nothing is graded yet for {name}. Grade it first, with coursekit grade {name}.")
        for done, submission in enumerate(sorted(found, key=lambda one: one.student.id), 1):
            student, why = submission.student.id, ""
            try:
                _write(submission, assignment, coursedir)
                written.append(student)
            except Exception as error:  # one notebook never stops the others
                why = failed[student] = "".join(traceback.format_exception_only(error)).strip()
            told(done, len(found), student, why)
    return written, failed


def _write(submission, assignment, coursedir):
    student = submission.student.id
    graded = place_of(coursedir, student, assignment.name)
    kept = results_folder(coursedir, assignment.name)
    mark = kept / "entered" / student
    result = (book.kept(kept, mark.read_text()) if mark.exists() else None) or {"status": "graded", "notes": [], "notebooks": {}}
    result = explained(result, {paper.name: keys_of(paper.released) for paper in assignment.papers})
    sheets = {one.name: one for one in submission.notebooks}
    pages = {}
    for paper in assignment.papers:
        notebook = nbformat.read(graded / f"{paper.name}.ipynb", as_version=4)
        pages[f"{paper.name}.html"] = page(
            notebook, paper, sheets[paper.name], result, graded, coursedir, assignment.name
        ).encode()
    for name in CARRIED:
        if (graded / name).is_file():
            pages[name] = (graded / name).read_bytes()
    place = Path(coursedir.format_path(coursedir.feedback_directory, student, assignment.name))
    place.mkdir(parents=True, exist_ok=True)
    for name, data in pages.items():
        if not (place / name).exists() or (place / name).read_bytes() != data:
            write(place / name, data)


def page(notebook, paper, sheet, result, folder, coursedir, assignment):
    """The page of one notebook. sheet: its scores in the gradebook."""
    given = {grade_id(cell): cell for cell in paper.released.cells if grade_id(cell)}
    plain = {(cell.cell_type, cell.source): cell for cell in paper.released.cells if not grade_id(cell)}
    master = {grade_id(cell): cell.source for cell in paper.master.cells if grade_id(cell)}
    about = {
        "given": given, "plain": plain, "master": master, "hidden_names": names_of_hidden(paper.master, paper.released),
        "grades": {one.name: one for one in sheet.grades}, "comments": {one.name: one.comment for one in sheet.comments},
        "hidden": _hidden(master, given, notebook), "folder": folder, "status": result["status"],
        "blank": result["notebooks"].get(paper.name, {}).get("blank", []),
        "answers": result["notebooks"].get(paper.name, {}).get("answers", {}),
        "beside": coursedir.format_path(coursedir.release_directory, ".", assignment),
    }  # fmt: skip
    parts = _parts([cell for cell in notebook.cells if cell.get("id") != "reason"], about)
    title = next((one["title"] for one in parts if one["level"] == 1), paper.name)
    sections = []
    last = max(
        (i for i, part in enumerate(parts, 1) if any(grade_id(cell) in about["grades"] for cell in part["cells"])), default=0
    )
    theirs = {i for i, part in enumerate(parts, 1) if any(_own(cell, about) is None for cell in part["cells"])}
    for number, part in enumerate(parts, 1):
        if number > last and number not in theirs:  # the instructor's last words are about handing in
            continue
        made = _section(part, about)
        name = "Introduction" if part["level"] == 1 else part["title"] or f"Part {number}"
        if made["inner"]:
            sections.append(made | {"title": name})
    return feedback_page.document(title, _head(sheet, result), sections)


def _hidden(master, given, notebook):
    """The lines of hidden tests that stand neither in the release nor in what the trainee wrote."""
    known = "\n".join(
        [*(cell.source for cell in given.values()), *(c.source for c in notebook.cells if not grade_id(c) or is_solution(c))]
    )
    lines = {
        line.strip() for name, source in master.items() if name in given
        for number, line in enumerate(source.split("\n")) if number in hidden_lines(source, given[name].source)
    }  # fmt: skip
    return sorted(line for line in lines if len(line) >= SHORTEST and line not in known)


def _head(sheet, result):
    student, penalty = sheet.student, sheet.late_submission_penalty or 0
    name = " ".join(part for part in (student.first_name, student.last_name) if part)
    handed = f", handed in {sheet.assignment.timestamp:%Y-%m-%d %H:%M} UTC" if sheet.assignment.timestamp else ""
    waiting = sum(one.max_score for one in sheet.grades if one.needs_manual_grade and one.manual_score is None)
    said = [f"For {name} ({student.id}){handed}." if name else f"For {student.id}{handed}."]
    if waiting:
        said.append(
            f"You have {sheet.score - penalty:g} of {sheet.max_score - waiting:g} points so far; your instructor has still to read answers for {waiting:g}."
        )
    else:
        said.append(f"You have {sheet.score - penalty:g} of {sheet.max_score:g} points.")
    if penalty:
        said.append(f"Taken off, because it was handed in late: {penalty:g} point{'' if penalty == 1 else 's'}.")
    if result["status"] in STATUSES:
        said.append(STATUSES[result["status"]])
    if sheet.score < sheet.max_score - waiting:
        said.append("What is not right yet you can repair in your own copy of the notebook; its checks answer at once.")
    return [*said, *(result["notes"] if result["status"] != book.OURS else [])]


# -- the parts of a notebook


def _parts(cells, about):
    """The cells in parts: one begins with a heading of the instructor's, or after what was graded."""
    parts, graded = [{"title": "", "level": 0, "cells": []}], False
    for cell in cells:
        own = _own(cell, about)
        heading = HEADING.match(own.source) if own is not None and own.cell_type == "markdown" else None
        begins = heading and len(heading[1]) < 3
        grades = bool(cell.metadata.get("nbgrader", {}).get("grade") or cell.metadata.get("nbgrader", {}).get("task"))
        ours = own is not None or is_solution(cell)
        if parts[-1]["cells"] and (begins or (graded and not grades and ours)):
            parts.append({"title": "", "level": 0, "cells": []})
        graded = grades or (graded and not ours)
        if begins and not parts[-1]["title"]:
            parts[-1] |= {"title": re.sub(r"[*`]", "", heading[2]).strip(), "level": len(heading[1])}
        parts[-1]["cells"].append(cell)
    return parts


def _own(cell, about):
    """The instructor's cell as it was given out, when this is one; None for a trainee's."""
    name = grade_id(cell)
    if name:
        return about["given"].get(name) if not is_solution(cell) else None
    return about["plain"].get((cell.cell_type, cell.source))


def _section(part, about):
    made, words, points, most = [], [], 0.0, 0.0
    for cell in part["cells"]:
        name = grade_id(cell)
        own = _own(cell, about)
        if name and name not in about["given"]:
            continue
        if own is not None:
            made.append(_given(own, part, about))
        elif name:
            made.append(f'<div class="answer"><h3>Your answer</h3>{_answer(cell, about)}</div>')
        else:
            made.append(feedback_page.folded("A cell that you added", _answer(cell, about)))
        if grade := about["grades"].get(name):
            word, said = _verdict(cell, grade, about)
            words.append(word)
            points, most = points + grade.score, most + grade.max_score
            made.append(feedback_page.verdict(word, _points(grade, word), said))
        if about["comments"].get(name) not in (None, "", NO_RESPONSE):
            made.append(feedback_page.comment(about["comments"][name], about["folder"]))
    word = next(
        (one for one in ("not looked at yet", "not yet", "not answered", "part of the points", "right") if one in words), None
    )
    if word in ("not yet", "not answered") and points > 0:
        word = "part of the points"
    return {
        "inner": "".join(made),
        "word": word,
        "points": f"{most:g} to be given" if word == "not looked at yet" and not points else f"{points:g} of {most:g}",
    }


def _given(own, part, about):
    if own.cell_type == "markdown":
        heading = HEADING.match(own.source)
        source = (
            own.source[heading.end() :] if heading and re.sub(r"[*`]", "", heading[2]).strip() == part["title"] else own.source
        )
        return feedback_page.instructors(source, own.get("attachments", {}), about["beside"]) if source.strip() else ""
    if own.cell_type != "code" or is_check(own.source):
        return ""
    what = "The test, as far as it is shown" if is_test(own) else "Code that was given to you"
    return feedback_page.folded(what, feedback_page.code(own.source))


def _answer(cell, about):
    if cell.cell_type == "markdown":
        return feedback_page.trainees(cell.source, cell.get("attachments", {}), about["folder"])
    return feedback_page.code(cell.source) + feedback_page.outputs(cell.get("outputs", []), about["hidden"])


def _points(grade, word):
    return (
        f"{grade.max_score:g} points to be given"
        if word == "not looked at yet"
        else f"{grade.score:g} of {grade.max_score:g} points"
    )


def _verdict(cell, grade, about):
    """What is told of a graded cell: by a test, or by a person."""
    given = grade.manual_score is not None
    points = None if grade.auto_score is None and not given else grade.score
    said = ["Your instructor gave these points."] if given else []
    if not is_test(cell) or cell.cell_type != "code":
        word, _ = verdict([], points, grade.max_score, "", "")
        blank = word == "not yet" and not given and grade.name in about["blank"]
        return "not answered" if blank else word, said
    released = about["given"][grade.name].source
    word, told = verdict(cell.outputs, points, grade.max_score, about["master"][grade.name], released, about["hidden_names"])
    if about["status"] in ("not handed in", "unreadable", book.OURS) or (given and word == "right"):
        told = []
    return word, [*_named_now(told, about["answers"].get(grade.name, [])), *said]


def _named_now(told, answers):
    """The sentences of a test, in which a mistake that was added after it ran is named in the place of "no mistake known"."""
    for one in answers:
        if one["verdict"].get("anew"):
            now = repr(Panel(one["name"], one["verdict"]))
            told = [now if says.startswith(f"{OTHER_TITLE}. ") and f"`{one['name']}`" in says else says for says in told]
    return told


# -- nbgrader's own pages


class HideTests(NbGraderPreprocessor):
    """For nbgrader's own feedback pages: the verdict in the place of hidden tests, of their outputs and of tracebacks."""

    def preprocess(self, nb, resources):
        from nbgrader.coursedir import CourseDirectory

        about = resources["nbgrader"]
        assignment = assignment_of(about["assignment"], self.config, CourseDirectory(config=self.config))
        paper = next(one for one in assignment.papers if one.name == about["notebook"])
        given = {grade_id(cell): cell for cell in paper.released.cells if grade_id(cell)}
        names = names_of_hidden(paper.master, paper.released)
        master = {grade_id(cell): cell.source for cell in paper.master.cells if grade_id(cell)}
        harmless(nb.cells, paper.released)
        for cell in nb.cells:
            name = grade_id(cell)
            if not name or is_solution(cell) or cell.cell_type != "code":
                continue
            outputs, cell.source = cell.outputs, given[name].source if name in given else ""
            cell.outputs = []
            if is_test(cell) and name in given:
                settings = cell.metadata.nbgrader
                word, said = verdict(outputs, settings.get("score"), settings["points"], master[name], given[name].source, names)
                text = " ".join([word.capitalize() + ".", *said])
                cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)]
        return nb, resources
