"""One writer: a result goes into the gradebook in one transaction, and its notebook into its folder as a whole.

Whatever happens in between, the same command again brings the same end. What people gave by hand stays: manual scores,
comments, extra credit.
"""

import contextlib
import json
import os
import shutil
import warnings
from pathlib import Path

from coursekit.course.release import write
from coursekit.grading.classroom import place_of, timestamp_of
from coursekit.grading.harmless import file_names

OURS = "could not run"  # the status of what failed by our own fault


def keep(folder, key, result):
    """Write a result to its file, whole or not at all, and wait until the disk has it."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = folder / f".{key}.new"
    with fresh.open("w", encoding="utf-8") as file:
        file.write(json.dumps(result))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / f"{key}.json")
    _sync(folder)


def kept(folder, key):
    """A result that was kept, or None."""
    try:
        return json.loads((folder / f"{key}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _sync(folder):
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def entered(folder, student, key):
    """The result of a student that is in the gradebook already, when it is this very one; or None."""
    try:
        mark = (folder / "entered" / student).read_text()
    except OSError:
        return None
    return kept(folder, key) if mark == key else None


@contextlib.contextmanager
def gradebook(coursedir, name):
    """nbgrader's gradebook, in which a submission is entered as a whole or not at all; yields (gradebook, commit).

    name: of the assignment.
    """
    from nbgrader.api import Gradebook
    from sqlalchemy.exc import SAWarning

    with Gradebook(coursedir.db_url, coursedir.course_id) as book, warnings.catch_warnings():
        warnings.simplefilter("ignore", SAWarning)  # of steps that nbgrader writes one by one, and here come together
        commit, book.db.commit = book.db.commit, book.db.flush
        book.db().expire_on_commit = False  # what all submissions share is read once
        _shared = [
            (paper, paper.grade_cells, paper.solution_cells, paper.task_cells) for paper in book.find_assignment(name).notebooks
        ]
        try:
            yield book, commit
        finally:
            book.db.rollback()


def enter(opened, handed, assignment, result, key, config, coursedir, folder):
    """Bring a result into the gradebook and its notebooks into their folder; the scores before it: grade_id -> points.

    opened: what `gradebook` gives.
    """
    book, commit = opened
    _put_folder(handed, assignment, result, coursedir)
    try:
        before = _put_scores(book, handed, assignment, result, config)
        commit()
    except BaseException:
        book.db.rollback()
        raise
    if result["status"] != OURS:  # what failed by our fault is tried again
        (folder / "entered").mkdir(parents=True, exist_ok=True)
        write(folder / "entered" / handed.student, key.encode())
    return before


def _put_folder(handed, assignment, result, coursedir):
    """The graded notebooks and all files, in the place of what was there."""
    place = place_of(coursedir, handed.student, assignment.name)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh, old = (place.with_name(f".{place.name}.{what}") for what in ("new", "old"))
    for folder in (fresh, old):
        shutil.rmtree(folder, ignore_errors=True)
    fresh.mkdir()
    names = file_names(handed.files, assignment.files)
    for name, data in handed.files.items():
        name = names[name]
        (fresh / name).parent.mkdir(parents=True, exist_ok=True)
        (fresh / name).write_bytes(data)
    if timestamp := timestamp_of(handed):
        (fresh / "timestamp.txt").write_text(f"{timestamp} UTC")
    for paper in assignment.papers:
        notebook = result["notebooks"][paper.name]["notebook"]
        (fresh / f"{paper.name}.ipynb").write_text(json.dumps(notebook, ensure_ascii=False) + "\n", encoding="utf-8")
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)


def _put_scores(book, handed, assignment, result, config):
    book.update_or_create_student(handed.student)
    time = timestamp_of(handed)
    submission = book.update_or_create_submission(assignment.name, handed.student, **({"timestamp": time} if time else {}))
    before, papers = {}, {notebook.name: notebook for notebook in submission.notebooks}
    for paper in assignment.papers:
        before |= _put_paper(papers[paper.name], result["notebooks"][paper.name])
    book.db.flush()
    _put_penalties(book, submission, handed.student, config)
    return before


def _put_paper(notebook, result):
    """The scores of one notebook; what a person gave by hand stays, and is to be looked at again."""
    before = {}
    for grade in notebook.grades:
        before[grade.name] = grade.auto_score
        grade.auto_score = result["scores"].get(grade.name)
        grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    for comment in notebook.comments:
        comment.auto_comment = "No response." if comment.name in result["blank"] else None
    return before


def _put_penalties(book, submission, student, config):
    """The course's own rule for what comes late, as nbgrader applies it."""
    from nbgrader.preprocessors import AssignLatePenalties

    late = submission.total_seconds_late
    for notebook in submission.notebooks:
        notebook.late_submission_penalty = None
        if late > 0:
            rule = AssignLatePenalties(config=config)
            rule.init_plugin()
            book.db.flush()
            book.db.refresh(notebook)
            penalty = rule.plugin_inst.late_submission_penalty(student, notebook.score, late)
            if penalty is not None:
                notebook.late_submission_penalty = rule._check_late_penalty(notebook, penalty)


def left_over(coursedir, name):
    """Folders that an interrupted run left: taken away, or put back where their place is empty."""
    home = Path(coursedir.format_path(coursedir.autograded_directory, ".", "."))
    for old in home.glob(f"*/.{name}.old") if home.exists() else ():
        place = old.with_name(name)
        if place.exists():
            shutil.rmtree(old, ignore_errors=True)
        else:
            old.rename(place)
    for fresh in home.glob(f"*/.{name}.new") if home.exists() else ():
        shutil.rmtree(fresh, ignore_errors=True)
