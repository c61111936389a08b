"""Lessons run, and running them again gives the same bytes, pictures included."""

import nbformat
import pytest
from conftest import READY, ROOT

from coursekit.course.lessons import lesson_path, run_lesson
from coursekit.errors import Plain


@pytest.mark.parametrize("name", READY)
def test_running_a_lesson_again_gives_the_same_bytes(copy, name):
    run_lesson(lesson_path(copy, name), name)
    assert lesson_path(copy, name).read_bytes() == lesson_path(ROOT, name).read_bytes()


@pytest.mark.parametrize("source", ["1 / 0", "'no error'"])
def test_a_lesson_that_stops_or_fails_to_stop_is_told_and_left_alone(copy, source):
    path = lesson_path(copy, READY[0])
    nb = nbformat.read(path, as_version=4)
    target = "s1-first" if source == "1 / 0" else "s1-error"  # the second stops on purpose
    next(c for c in nb.cells if c.id == target).source = source
    nbformat.write(nb, path)
    before = path.read_bytes()
    with pytest.raises(Plain, match=target):
        run_lesson(path, READY[0])
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", READY)
def test_a_lesson_is_light(name):
    """A village line: a lesson with all its pictures stays under 300 kB."""
    assert lesson_path(ROOT, name).stat().st_size < 300_000
