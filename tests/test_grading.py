"""Cells are graded in their box: a hostile class gets what it deserves, its classmates too, and nothing is left of it."""

import contextlib
import os
import socket
import tempfile
import threading
import time
from pathlib import Path

import nbformat
import pytest
from boxed import SETUP, graded, needs_box, points
from hostile import ALL, EQUAL, HOSTILE

from coursekit.grading import box as boxes

pytestmark = needs_box
HONEST = {"answer": "answer = 40 + 2", "double": "def double(x):\n    return 2 * x", "total": "total = 1 + 2 + 3"}


def listing(folder):
    """What lies in a folder, with sizes and times."""
    found = {}
    for path in sorted(Path(folder).iterdir()):
        try:
            stat = path.lstat()
            found[path.name] = (stat.st_size, stat.st_mtime_ns) if path.is_file() else None
        except FileNotFoundError:
            continue
    return found


def below(number):
    """The processes below one, as far down as they go."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rsplit(")", 1)[1].split()[1])
        except OSError:  # it has just ended
            continue
    found = {number}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found


class Listener:
    """Two servers of this machine, and whether anybody came."""

    def __init__(self):
        self.tcp, self.unix = socket.create_server(("127.0.0.1", 0)), socket.socket(socket.AF_UNIX)
        self.name = f"coursekit-{os.getpid()}"
        self.unix.bind(f"\0{self.name}")
        self.unix.listen()
        self.came = []
        for server in (self.tcp, self.unix):
            threading.Thread(target=self.wait, args=[server], daemon=True).start()

    def wait(self, server):
        with contextlib.suppress(OSError):
            while True:
                self.came.append(server.accept()[0])

    def close(self):
        for server in (self.tcp, self.unix):
            server.shutdown(socket.SHUT_RDWR)
            server.close()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """What lies in reach of a process that is not shut in, as it was before the class was graded."""
    root = tmp_path_factory.mktemp("class")
    (root / "gradebook.db").write_text("marks")
    os.environ["COURSE_SECRET"] = "a-secret"
    listener = Listener()
    home = Path.home()
    yield {"root": root, "home": home, "listing": [p.name for p in home.iterdir() if p.is_file()], "port": listener.tcp.getsockname()[1],
           "abstract": listener.name, "listener": listener, "before": listing(root)}  # fmt: skip
    del os.environ["COURSE_SECRET"]
    listener.close()


@pytest.fixture(scope="module")
def box(world):
    """The box in which the whole class is graded, made when there is something to steal."""
    with boxes.Box().load([SETUP], ["secret = 'the-judges-word'"]) as made:
        yield made


@pytest.mark.parametrize("attack", HOSTILE, ids=[attack.name for attack in HOSTILE])
def test_a_hostile_submission_gets_what_it_deserves(attack, world, box):
    source = attack.answer
    for name in ("root", "home", "port", "abstract"):
        source = source.replace("{" + name + "}", str(world[name]))
    source = source.replace("{listing!r}", repr(world["listing"]))
    found = graded(box, HONEST | {"answer": source, "double": attack.double})
    told = (
        found["status"],
        points(found),
        found["notes"],
        [c.get("outputs") for c in found["cells"] if c["cell_type"] == "code"][1],
    )
    assert attack.status in (None, found["status"]), str(told)[:1500]
    assert attack.points in (None, points(found)), str(told)[:1500]
    if attack.points is None:
        assert points(found)[0] == 0, str(told)[:1500]
    assert not any(found["scores"][name] for name in found["self_reported"])
    made = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": found["cells"]})
    nbformat.validate(made)
    assert nbformat.writes(made).encode()
    honest = graded(box, HONEST) if attack is HOSTILE[-1] else None
    assert honest is None or (points(honest), honest["status"], honest["notes"]) == (ALL, "graded", [])


def test_after_the_class_nothing_is_changed_nobody_is_left_and_nobody_came(world, box):
    assert listing(world["root"]) == world["before"]
    places = [world["home"], Path("/"), Path("/usr"), Path("/etc"), Path("/var"), Path(os.__file__).parent]
    assert not [place for place in places if (place / "hostile").exists()]
    assert world["listener"].came == []
    assert not [p for p in Path(tempfile.gettempdir()).iterdir() if p.name == "left"]
    # bubblewrap itself, the first process in its box, and the two warm ones
    until = time.monotonic() + 10
    while len(left := below(box.process.pid)) > 4 and time.monotonic() < until:
        time.sleep(0.1)
    assert len(left) <= 4


def test_a_function_that_a_test_hands_over_can_be_called_and_not_looked_into(box):
    spy = "def f(g):\n    line = next(c.cell_contents for c in g.__closure__ if hasattr(c.cell_contents, 'ask'))\n    found = line.ask({'do': 'getattr', 'on': g.remote_number, 'given': ['__globals__'], 'named': {}})\n    return [sorted(found), g(1)]"  # fmt: skip
    found = graded(box, {"one": spy}, {"one": "assert f(lambda x: x + 1) == [['failed'], 2]"})
    assert points(found) == (2,), found["cells"][2]["outputs"]


COMPARED = [
    "answer == 42", "42 == answer", "not answer != 42", "answer >= 42", "abs(answer - 42) < 0.5", "abs(42 - answer) < 0.5", "answer in [41, 42]", "answer in {42}",
    "42 in answer", "set(answer) == {42}", "list(answer) == [42]", "answer[0] == 42", "float(answer) == 42", "round(answer, 1) == 42", "int(answer) == 42",
    "np.isclose(answer, 42)", "np.allclose(answer, [42])", "np.array_equal(answer, [42])", "(np.asarray(answer) == 42).all()", "pd.Series([42]).isin(answer).all()",
    "answer.equals(table)", "table.equals(answer)", "(table == answer).all().all()", "answer.eq(42).all()", "(answer - table['a']).abs().max() < 1",
    "answer.sub(42).abs().max() < 1", "answer.startswith('4')", "__import__('math').isclose(answer, 42)", "answer == __import__('pytest').approx(42)",
    "np.testing.assert_allclose(answer, 42) is None", "np.testing.assert_equal(answer, 42) is None", "pd.testing.assert_frame_equal(answer, table) is None",
    "pd.testing.assert_series_equal(answer, table['a']) is None", "isinstance(answer, (int, float)) and answer == 42", "dict(a=answer) == {'a': 42}",
    "sorted([answer, 41])[1] == 42", "max(answer, 41) == 42", "str(answer) == '42'", "hash(answer) == hash(42) and answer == 42", "sum([answer, 1]) == 43",
]  # fmt: skip


@pytest.mark.parametrize("test", COMPARED)
def test_what_equals_everything_equals_nothing(test, box):
    tests = {"one": f"assert {test}", "two": f"answer = f()\nassert {test}"}
    found = graded(box, {"one": EQUAL + "answer = Any()", "two": "def f():\n    return Any()"}, tests)
    assert points(found) == (0, 0)
