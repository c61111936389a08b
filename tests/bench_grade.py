"""`make bench-grade`: a practice class of 60 graded by stock nbgrader and by `coursekit grade`, in one run on one machine.

Prints both times, their ratio, whether the scores agree, how far the time is from the processor time of the trainees' own
cells, and the most memory that was held.
"""

import argparse
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]


def course(folder, name, students):
    """A copy of the course with a practice class."""
    from coursekit.course import rehearsal, release

    left_out = shutil.ignore_patterns(".git", ".venv", "class", "work", "coursekit", "tests", "__pycache__", ".release-*")
    shutil.copytree(ROOT, folder, ignore=left_out)
    release.gradebook(folder, [name])
    rehearsal.practice_class(folder, name, students, seed=1)
    rehearsal.enroll(folder, students)
    return folder


def scores(folder):
    """What the gradebook holds, in one order."""
    with sqlite3.connect(folder / "class" / "gradebook.db") as book:
        return book.execute(
            "select s.student_id, c.name, g.auto_score from grade g join submitted_notebook n on g.notebook_id = n.id "
            "join submitted_assignment s on n.assignment_id = s.id join base_cell c on g.cell_id = c.id order by 1, 2"
        ).fetchall()


def timed(command, folder):
    """Seconds on the clock and of the processors, and the most memory of one process, in MB."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run([sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(done.stdout[-500:], done.stderr[-1000:])
    work = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, work, after.ru_maxrss / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("assignment", nargs="?", default="a1_headline_numbers")
    options.add_argument("--students", type=int, default=60)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        ours = course(Path(home) / "ours", given.assignment, given.students)
        stock = shutil.copytree(ours, Path(home) / "stock")
        mine, _, memory = timed(["coursekit", "grade", given.assignment], ours)
        print(
            f"coursekit grade: {given.students} submissions in {mine:.1f} s, {mine / given.students:.2f} s each; its largest process held {memory:.0f} MB"
        )
        theirs, _, _ = timed(["nbgrader", "autograde", given.assignment], stock)
        print(f"nbgrader autograde: {theirs:.1f} s, {theirs / given.students:.2f} s each; {theirs / mine:.1f} times as long")
        same = scores(ours) == scores(stock)
        print(f"scores: {'the same' if same else 'DIFFERENT'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
