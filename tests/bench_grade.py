"""`make bench-grade`: a practice class of 60 graded by stock nbgrader and by `coursekit grade`, in one run on one machine.

Prints both times, their ratio, whether the scores agree, how far the time is from the processor time of the trainees' own
cells, and the most memory that was held.
"""

import argparse
import contextlib
import json
import os
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
    """Seconds on the clock, and the most memory that its processes held at a time, in MB, looked at four times a second."""
    start, most = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen([sys.executable, "-m", *command], cwd=folder, stdout=said, stderr=subprocess.STDOUT)
        while process.poll() is None:
            most = max(most, held(process.pid))
            time.sleep(0.25)
        took = time.perf_counter() - start
        if process.returncode:
            said.seek(0)
            print(said.read().decode()[-1500:])
    return took, most


def held(process):
    """The memory of a process and all below it, in MB; what several share counts once (PSS), or each time where that cannot be read."""
    below, found = {}, 0
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            below.setdefault(int(file.read_text().rpartition(")")[2].split()[1]), []).append(int(file.parent.name))
    waiting = [process]
    while waiting:
        number = waiting.pop()
        waiting += below.get(number, [])
        with contextlib.suppress(OSError):
            try:
                text = Path(f"/proc/{number}/smaps_rollup").read_text()
                found += int(text.partition("\nPss:")[2].split()[0])
            except (PermissionError, IndexError):
                found += int(Path(f"/proc/{number}/status").read_text().partition("VmRSS:")[2].split()[0])
    return found / 1024


def own_cells(folder, name):
    """Seconds of a processor that the trainees' own cells took."""
    results = [json.loads(file.read_text()) for file in (folder / "class" / "grading" / name).glob("*.json")]
    return sum(paper["cpu"] for result in results for paper in result["notebooks"].values())


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("assignment", nargs="?", default="a1_headline_numbers")
    options.add_argument("--students", type=int, default=60)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as home:
        ours = course(Path(home) / "ours", given.assignment, given.students)
        stock = shutil.copytree(ours, Path(home) / "stock")
        mine, memory = timed(["coursekit", "grade", given.assignment], ours)
        cells = own_cells(ours, given.assignment)
        print(
            f"coursekit grade: {given.students} submissions in {mine:.1f} s, {mine / given.students:.2f} s each; at most {memory:.0f} MB"
        )
        print(
            f"the trainees' own cells took {cells:.1f} s of a processor; on {os.cpu_count()} they could not be graded in less than {cells / os.cpu_count():.1f} s"
        )
        theirs, most = timed(["nbgrader", "autograde", given.assignment], stock)
        print(
            f"nbgrader autograde: {theirs:.1f} s, {theirs / given.students:.2f} s each; at most {most:.0f} MB; {theirs / mine:.1f} times as long"
        )
        same = scores(ours) == scores(stock)
        print(f"scores: {'the same' if same else 'DIFFERENT'}")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
