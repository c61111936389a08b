"""The commands of the course. No logic here: each calls one room."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from coursekit.errors import Plain

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
                  help="Commands for instructors and authors of the course.")  # fmt: skip
say = Console(soft_wrap=True, highlight=False).print

Names = Annotated[list[str] | None, typer.Argument(help="Lessons by their id; all that are ready when left out.")]


def main():
    """Run a command; an error of ours is one plain sentence."""
    # nbgrader calls `alembic` and starts kernels by name: this environment's own come first.
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    # To check web addresses, which no notebook needs, jsonschema would spend three seconds on a grammar of them.
    sys.modules["rfc3987_syntax"] = None
    try:
        app(standalone_mode=False)
    except Plain as plain:
        Console(stderr=True, soft_wrap=True, highlight=False).print(str(plain), style="red")
        sys.exit(1)
    except typer.Abort:
        sys.exit(130)
    except Exception as error:
        show = getattr(error, "show", None)  # typer's own errors: unknown options and the like
        if show is None:
            raise
        show()
        sys.exit(2)


def _course(names=None, rooms=False):
    from coursekit.course.outline import outline, root

    folder = root()
    course = outline(folder)
    known = [*course.ready(), *(course.rooms() if rooms else ())]
    for name in names or ():
        if name not in known:
            course.lesson(name)
            raise Plain(f"{name} is planned; it has no notebooks yet. Ready are: {', '.join(known)}.")
    return folder, course, names or known


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def lab(
    context: typer.Context,
    warm: Annotated[
        bool, typer.Option("--warm", help="Notebooks share what they load, and kernels start sooner (Linux; needs 150 MB).")
    ] = False,
):
    """Open the course in JupyterLab and fill its gradebook meanwhile. Further options go to JupyterLab."""
    from coursekit.course.copies import make_copies
    from coursekit.course.release import not_entered

    folder, _, names = _course()
    (folder / "class" / "exchange").mkdir(parents=True, exist_ok=True)
    for path in make_copies(folder, names):
        new = "A new release was put beside your work" if ".release-" in path.name else "Your copy"
        say(f"{new}: {path.relative_to(folder)}")
    _quiet_lab()
    options = ["--LabApp.default_url=/lab/tree/curriculum/index.ipynb", *context.args]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.append("--allow-root")
    filling = None
    if missing := not_entered(folder, names):
        say(f"The gradebook takes {len(missing)} assignments meanwhile (for grading only; class/gradebook.log tells of it).")
        with (folder / "class" / "gradebook.log").open("w") as log:
            filling = subprocess.Popen([sys.executable, "-m", "coursekit", "gradebook"], cwd=folder, stdout=log, stderr=log,
                                       start_new_session=True)  # fmt: skip
    if warm:
        from coursekit.course.warm import choice

        os.environ |= choice()
    try:
        sys.exit(subprocess.call([sys.executable, "-m", "jupyter", "lab", *options], cwd=folder))
    finally:
        if filling:
            filling.terminate()  # what is entered stays entered


# Settings of the course's own JupyterLab: no questions about news (a village line is for the
# course), and no buttons for comparing versions, which are an author's tool on the command line.
LAB_SETTINGS = {
    "share/jupyter/lab/settings/overrides.json": {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}
    },
    "etc/jupyter/labconfig/page_config.json": {"disabledExtensions": {"nbdime-jupyterlab": True}},
}


def _quiet_lab():
    """Write the course's settings of JupyterLab, where an instructor has not written others."""
    import json

    for name, settings in LAB_SETTINGS.items():
        path = Path(sys.prefix) / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(settings, indent=2))


@app.command()
def gradebook(names: Names = None):
    """Enter every assignment in class/gradebook.db, where it is not there yet."""
    folder, _, names = _course(names)
    entered = _gradebook(folder, names)
    say(f"Entered in the gradebook: {', '.join(entered)}." if entered else "The gradebook is up to date.")


def _gradebook(folder, names):
    from rich.progress import track

    from coursekit.course.release import gradebook as enter

    entered = []
    for name in track(names, description="Gradebook", transient=True):
        new, kept = enter(folder, [name])
        entered += new
        _tell_kept(kept)
    return entered


def _tell_kept(kept):
    for name in kept:
        say(f"{name} has other questions now, but class/gradebook.db holds submissions to it and keeps it as it was. "
            "To start a new class, move the folder class/ away.")  # fmt: skip


@app.command()
def release(names: Names = None):
    """Make exercises/ from solutions/, and the front page."""
    from rich.progress import track

    from coursekit.course import lessons
    from coursekit.course.front import write_front_page
    from coursekit.course.release import release as make

    folder, course, names = _course(names)
    changed = lessons.make_canonical(folder)
    for name in track(names, description="Releases", transient=True):
        made, kept = make(folder, [name])
        changed += [lessons.exercise_path(folder, n) for n in made]
        _tell_kept(kept)
    changed += write_front_page(folder, course)
    for path in changed:
        say(f"changed: {Path(path).relative_to(folder)}")
    if not changed:
        say("Everything is up to date.")


@app.command()
def lessons(names: Names = None):
    """Run lessons and rooms from top to bottom and keep what they show."""
    from rich.progress import track

    from coursekit.course.lessons import lesson_path, run_lesson

    folder, _, names = _course(names, rooms=True)
    for name in track(names, description="Lessons", transient=True):
        run_lesson(lesson_path(folder, name), name)
    say(f"Ran {', '.join(names)}.")


@app.command()
def fetch(what: Annotated[str, typer.Argument(help="hotel-bookings: a real hotel's bookings, 17 MB.")]):
    """Fetch a public table that the course does not hold; shows its source and license."""
    from coursekit.hotels import SOURCE, fetch_hotel_bookings

    if what != "hotel-bookings":
        raise Plain(f'There is nothing named "{what}" to fetch; "hotel-bookings" is what there is.')
    say(SOURCE)
    say(f"It is in {fetch_hotel_bookings()}")


@app.command()
def canonical(check: Annotated[bool, typer.Option(help="Only tell; exit 1 when a notebook is not in canonical form.")] = False):
    """Bring every notebook into canonical form."""
    from coursekit.course.lessons import make_canonical, not_canonical

    folder, _, _ = _course()
    found = not_canonical(folder) if check else make_canonical(folder)
    for path in found:
        told = "not canonical (run coursekit canonical)" if check else "changed"
        say(f"{told}: {path.relative_to(folder)}")
    sys.exit(1 if check and found else 0)


@app.command()
def data():
    """Make datasets/ anew: the tables, their dictionary and their page; and the examples of exports."""
    from coursekit.course.release import write
    from coursekit.world.export import EXAMPLES
    from coursekit.world.store import write_datasets

    folder, _, _ = _course()
    for path in write_datasets(folder / "datasets"):
        say(f"changed: {path.relative_to(folder)}")
    for name, make in EXAMPLES.items():
        path = folder / "curriculum" / name
        if not path.exists() or path.read_bytes() != make():
            write(path, make())
            say(f"changed: {path.relative_to(folder)}")


@app.command()
def lint():
    """Tell what is wrong with the notebooks: outline, points, mistakes, words, pictures, links."""
    from coursekit.course.lint import problems

    folder, _, _ = _course()
    found = problems(folder)
    for problem in found:
        say(problem)
    sys.exit(1 if found else 0)


@app.command("practice-class")
def practice_class(
    assignment: Annotated[str, typer.Argument(help="The assignment, such as a1_headline_numbers.")],
    students: Annotated[int, typer.Option(help="How many students.")] = 12,
    seed: Annotated[int, typer.Option(help="Another number gives another class.")] = 1,
):
    """Make a practice class: submissions with right answers, mistakes, blanks and broken cells."""
    from coursekit.course import rehearsal

    folder, _, _ = _course([assignment])
    _gradebook(folder, [assignment])
    deeds = rehearsal.practice_class(folder, assignment, students, seed)
    rehearsal.enroll(folder, students)
    total = sum(d.points or 0 for d in deeds)
    say(f"{students} submissions are in class/submitted/; the scores they deserve in class/practice/{assignment}.csv.")
    say(f"Their machine-graded points add up to {total:g}. Grade them with: coursekit grade {assignment}")


@contextlib.contextmanager
def _for_a_class(again):
    """Exit status 2 when nothing could be done, 130 when it was stopped; again: the command that goes on."""
    try:
        yield
    except Plain as plain:
        Console(stderr=True, soft_wrap=True, highlight=False).print(str(plain), style="red", markup=False)
        sys.exit(2)
    except KeyboardInterrupt:
        say(f"Stopped. What was done is kept; run the same command to go on: {again}")
        sys.exit(130)


Assignment = Annotated[str, typer.Argument(help="The assignment, such as a1_headline_numbers.")]
Course = Annotated[Path, typer.Option(help="An nbgrader course directory.")]


@app.command()
def grade(
    assignment: Assignment,
    course: Course = Path(),
    jobs: Annotated[int, typer.Option(help="How many submissions run at a time; 0: one more than there are cores.")] = 0,
    without_box: Annotated[bool, typer.Option("--without-box", help="Accept that trainees' code is not shut in.")] = False,
):
    """Grade a class. Exit status: 0 all graded, 1 some could not be, 2 nothing was done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from coursekit.grading.box import Box

    columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn())
    columns = [TextColumn(one) if isinstance(one, str) else one for one in columns]
    # The box loads what cells need while this process loads what grading needs.
    with (
        _for_a_class(f"coursekit grade {assignment}"),
        Box(without_box) as box,
        Progress(*columns, console=Console(stderr=True), transient=True) as bar,
    ):
        from coursekit.grading.grade import grade as run
        from coursekit.grading.grade import summary

        line = bar.add_task(f"Grading {assignment}", total=None, rate="")

        def told(done, count, student, result):
            speed = bar.tasks[0].speed
            bar.update(line, completed=done, total=count, rate=f"{60 * speed:.0f} a minute" if speed else "")
            if result["status"] != "graded":
                said = f"{student}: {result['status']}. {' '.join(result['notes'])}"
                bar.console.print(said, soft_wrap=True, highlight=False, markup=False)

        # While one waits for the disk or for its other process, another runs.
        report = run(assignment, course, jobs or 1 + (os.cpu_count() or 1), box, told)
    for sentence in summary(assignment, report):
        say(sentence, markup=False)
    sys.exit(1 if report.failed else 0)


@app.command()
def feedback(assignment: Assignment, course: Course = Path()):
    """Write a page for each graded trainee. Exit status: 0 all written, 1 some could not be, 2 nothing was done."""
    from rich.progress import Progress

    from coursekit.grading.feedback import feedback as run

    with _for_a_class(f"coursekit feedback {assignment}"), Progress(console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task(f"Feedback {assignment}", total=None)

        def told(done, count, student, why):
            bar.update(line, completed=done, total=count)
            if why:
                bar.console.print(f"{student}: {why}", soft_wrap=True, highlight=False, markup=False)

        written, failed = run(assignment, course, told)
    say(f"{assignment}: {len(written)} of {len(written) + len(failed)} trainees have their feedback.")
    sys.exit(1 if failed else 0)


@app.command()
def report(assignment: Assignment, course: Course = Path()):
    """Tell how a graded class did: scores, questions, mistakes. Exit status: 0 written, 2 nothing was there."""
    from coursekit.grading.report import report as write

    with _for_a_class(f"coursekit report {assignment}"):
        home, said = write(assignment, course)
    files = "report.html, report-without-names.html for others, scores.csv, and moodle.csv and canvas.csv to import"
    for sentence in [*said, f"In {home}: {files}."]:
        say(sentence, markup=False)


@app.command()
def doctor():
    """Tell what this machine can do for grading, and try a handful of escapes. Exit status 1 when something does not hold."""
    from coursekit.grading.doctor import examined

    well = True
    for good, sentence in examined():
        well = well and good
        say(f"{'✔' if good else '✘'} {sentence}")
    say("This machine can grade a class." if well else "Something is not as it should be; see the lines with ✘.")
    sys.exit(0 if well else 1)


@app.command()
def test():
    """Check everything: what `make test` runs."""
    from coursekit.course.suite import run

    folder, _, _ = _course()
    sys.exit(run(folder))
