"""Working copies: made once, never overwritten, a new release beside the old one."""

import json

from conftest import READY

from coursekit.course.copies import copy_path, make_copies
from coursekit.course.lessons import exercise_path

NAME = READY[0]


def test_copies_are_made_once_and_answers_are_never_overwritten(copy):
    assert make_copies(copy, READY) == [copy_path(copy, name) for name in READY]
    assert copy_path(copy, NAME).read_bytes() == exercise_path(copy, NAME).read_bytes()
    copy_path(copy, NAME).write_text("my answers")
    assert make_copies(copy, READY) == []
    assert copy_path(copy, NAME).read_text() == "my answers"


def test_a_new_release_is_put_beside_the_old_one(copy):
    make_copies(copy, READY)
    copy_path(copy, NAME).write_text("my answers")
    for number in (2, 3):
        exercise_path(copy, NAME).write_text(f"release {number}")
        beside = copy_path(copy, NAME).with_name(f"{NAME}.release-{number}.ipynb")
        assert make_copies(copy, READY) == [beside]
        assert beside.read_text() == f"release {number}"
        assert make_copies(copy, READY) == []
    assert copy_path(copy, NAME).read_text() == "my answers"


def test_a_copy_that_was_thrown_away_is_made_again(copy):
    make_copies(copy, READY)
    copy_path(copy, NAME).unlink()
    assert make_copies(copy, READY) == [copy_path(copy, NAME)]


def test_a_lost_record_loses_no_answers(copy):
    make_copies(copy, READY)
    copy_path(copy, NAME).write_text("my answers")
    (copy / "work" / ".released.json").unlink()
    made = make_copies(copy, READY)
    assert [p.name for p in made] == [f"{name}.release-2.ipynb" for name in READY]
    assert copy_path(copy, NAME).read_text() == "my answers"
    assert set(json.loads((copy / "work" / ".released.json").read_text())) == set(READY)
