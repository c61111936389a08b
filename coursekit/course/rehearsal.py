"""A practice class: submissions made from the questions, with the scores they deserve.

For a rehearsal before the real class, and as the test that grading does what it should.
"""

import csv
import io
import random
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat

from coursekit.course.lessons import exercise_path, solution_path
from coursekit.course.mistakes import message_of
from coursekit.course.questions import STUB, answer_code, questions
from coursekit.course.release import class_seeds, files, recorded, write
from coursekit.errors import Plain

FIRST = [
    "Ana",
    "Bo",
    "Chen",
    "Diego",
    "Elena",
    "Fang",
    "Guo",
    "Hua",
    "Inés",
    "Jun",
    "Kun",
    "Lupe",
    "Mei",
    "Nuria",
    "Ping",
    "Qing",
]
LAST = ["Álvarez", "Bai", "Cruz", "Dong", "Estrada", "Feng", "García", "He", "Ibarra", "Jiang", "Luna", "Ma", "Ortiz", "Peng"]
BROKEN = "1 / 0  # this cell stops"
HOW_OFTEN = {"right": 10, "mistake": 5, "blank": 2, "broken": 1, "typed in": 1}


@dataclass(frozen=True)
class Deed:
    """What one student did with one question, and the points it deserves (None: read by a person)."""

    student: str
    question: str
    did: str
    points: float | None
    message: str = ""


def students(count):
    """The students of a practice class: id -> (first name, last name).

    >>> students(1)
    {'practice-01': ('Ana', 'Álvarez')}
    """
    return {f"practice-{i + 1:02d}": (FIRST[i % len(FIRST)], LAST[i % len(LAST)]) for i in range(count)}


def plan(found, count, seed):
    """What each student of a class does with each question.

    The first does all right and the second nothing; the third begins with a broken cell and
    the fourth with a typed-in answer, so that a small class has one of each. Mistakes are
    dealt like cards: none comes again before every other one of its question has come.
    """
    rng = random.Random(seed)
    deeds = []
    cards = {question.id: [] for question in found}
    for number, student in enumerate(students(count)):
        for question in found:
            choices = dict(HOW_OFTEN)
            if question.written:
                choices = {"right": 4, "blank": 1}
            did = rng.choices(list(choices), choices.values())[0]
            if number < 2:
                did = ("right", "blank")[number]
            elif number < 4 and question is found[0]:
                did = ("broken", "typed in")[number - 2]
            slug = _dealt(cards[question.id], question, rng) if did == "mistake" else ""
            deeds.append(_deed(student, question, did, slug))
    return deeds


def _dealt(cards, question, rng):
    if not cards:
        cards.extend(rng.sample(sorted(question.mistakes), len(question.mistakes)))
    return cards.pop()


def _deed(student, question, did, slug):
    if question.written:
        # nbgrader gives an untouched answer zero and leaves every other to a person
        return Deed(student, question.id, did, 0 if did == "blank" else None)
    passes = did == "right" or (did == "typed in" and not question.replayed)
    message = message_of(question.mistakes[slug].source)[2] if slug else ""
    return Deed(student, question.id, f"mistake: {slug}" if slug else did, question.points if passes else 0, message)


def practice_class(root, assignment, count, seed):
    """Write a practice class's submissions and their expected scores; returns the deeds.

    The same arguments write the same bytes. A submission that is already there and differs
    is never overwritten.
    """
    if count < 1:
        raise Plain(f"--students is {count}; a class has at least one.")
    if seed < 0:
        raise Plain(f"--seed is {seed}; a whole number from 0 is expected.")
    source, release = solution_path(root, assignment), exercise_path(root, assignment)
    if not source.exists() or not release.exists():
        raise Plain(f"{assignment} has no solution or no release yet. Write it, then run `make release`.")
    found = questions(nbformat.read(source, as_version=4))
    deeds = plan(found, count, seed)
    typed = typed_answers(root, assignment)
    home = root / "class" / "submitted"
    with tempfile.TemporaryDirectory(dir=_made(root / "class"), prefix=".practice-") as folder:
        made = {}
        for student in students(count):
            made[student] = Path(folder) / student
            made[student].mkdir()
            nb = submission(release, found, [d for d in deeds if d.student == student], typed)
            nbformat.write(nb, made[student] / f"{assignment}.ipynb")
        for student, new in made.items():
            there = home / student / assignment
            if there.exists() and files(there) != files(new):
                raise Plain(f"{there.relative_to(root)} is there already and differs; nothing was written. "
                            "Move it away, or choose the --students and --seed it was made with.")  # fmt: skip
        for student, new in made.items():
            there = home / student / assignment
            if not there.exists():
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.move(new, there)
    write(_made(root / "class" / "practice") / f"{assignment}.csv", expected_csv(deeds))
    return deeds


def typed_answers(root, assignment):
    """The right answer of each question, typed in as a number or text: name -> code."""
    folder = solution_path(root, assignment).parent
    nb = nbformat.read(solution_path(root, assignment), as_version=4)
    typed = {}
    for found in recorded(nb, folder, class_seeds(root, assignment))[1]:
        for r in found:
            if r["do"] == "check" and r["first"]:
                cells = {label: value for (label, _), value in r["cells"].items()}
                typed[r["name"]] = repr(cells[""] if r["shape"]["kind"] == "one" else cells)
    return typed


def submission(release, found, deeds, typed):
    """A released notebook with the answers one student gave."""
    nb = nbformat.read(release, as_version=4)
    cells = {cell.id: cell for cell in nb.cells}
    for question, deed in zip(found, deeds, strict=True):
        if question.written:
            if deed.did == "right":
                cells[f"{question.id}-answer"].source = "I would decide with the numbers above: first compute, then advise."
            continue
        cell = cells[f"{question.id}-solution"]
        if deed.did != "blank":
            cell.source = cell.source.replace(STUB, answer(question, deed, typed))
    return nb


def answer(question, deed, typed):
    """The code a student writes for a deed."""
    if deed.did == "right":
        return answer_code(question.cells["solution"].source)
    if deed.did == "broken":
        return BROKEN
    if deed.did == "typed in":
        return f"{question.name} = {typed[question.name]}"
    slug = deed.did.removeprefix("mistake: ")
    mistake = re.sub(r"^%%mistake.*\n(#.*\n)+", "", question.mistakes[slug].source)
    # A mistake may build on the right answer's own names, so the answer runs first.
    return f"{answer_code(question.cells['solution'].source)}\n{mistake}"


def expected_csv(deeds):
    """The deeds as CSV: student, question, what was done, the points it deserves, the message."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(["student", "question", "did", "points", "message"])
    for d in deeds:
        rows.writerow([d.student, d.question, d.did, "" if d.points is None else d.points, d.message])
    return out.getvalue().encode()


def enroll(root, count):
    """Enter the practice students in the gradebook with their names."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'class' / 'gradebook.db'}") as book:
        for student, (first, last) in students(count).items():
            book.update_or_create_student(student, first_name=first, last_name=last)


def _made(folder):
    folder.mkdir(parents=True, exist_ok=True)
    return folder
