"""Honest work is not punished by the box in which it runs: every way to be right that a plain notebook allows is right here."""

import pytest
from boxed import SETUP, graded, needs_box, points

from coursekit.grading import box as boxes

pytestmark = needs_box

HONEST = {
    "a warning": ("import warnings\nwarnings.warn('careful')\nimport sys\nprint('note', file=sys.stderr)\nx = 1", "assert x == 1"),
    "noise": ("for i in range(2000): print(i)\nx = 1", "assert x == 1"),
    "a semicolon": ("x = 1\nx;", "assert x == 1"),
    "a table changed in place": ("table['b'] = table['a'] * 2", "assert list(table.columns) == ['a', 'b']\nassert table['b'].sum() == 12"),
    "a list changed in place": ("items.sort()", "assert items == [1, 2, 3]"),
    "a name bound anew": ("table = table.sort_values('a').reset_index(drop=True)", "assert table['a'].tolist() == [1, 2, 3]"),
    "a list that a function changes": ("def f(x):\n    x.append(4)", "y = [1]\nf(y)\nassert y == [1, 4]"),
    "an array that a function changes": ("def f(x):\n    x *= 2", "y = np.ones(3)\nf(y)\nassert (y == 2).all()"),
    "a table that a function changes": ("def f(x):\n    x['c'] = 1", "y = table.copy()\nf(y)\nassert y['c'].sum() == 3"),
    "a dictionary that a function changes": ("def f(x):\n    x['c'] = 1", "y = {}\nf(y)\nassert y == {'c': 1}"),
    "named arguments": ("def f(a, *, b=2):\n    return a + b", "assert f(1, b=3) == 4 and f(a=1) == 3"),
    "the error that was asked for": ("def f(x):\n    if x < 0:\n        raise ValueError('below zero')\n    return x",
        "try:\n    f(-1)\nexcept ValueError as error:\n    assert 'zero' in str(error)\nelse:\n    raise AssertionError\nassert f(2) == 2"),
    "pytest.raises": ("def f():\n    raise KeyError('a')", "import pytest\nwith pytest.raises(KeyError):\n    f()"),
    "an import": ("import math as m\nfrom collections import Counter\nx = 1", "assert m.sqrt(4) == 2 * x and Counter('aa')['a'] == 2"),
    "a file": ("table.to_csv('out.csv', index=False)", "assert pd.read_csv('out.csv').equals(table)"),
    "a file that is looked for": ("import os\nos.makedirs('made')\nopen('made/a.txt', 'w').write('hi')",
        "import os\nassert os.path.exists('made/a.txt')\nassert open('made/a.txt').read() == 'hi'"),
    "a file by a name that is put together": ("open('out_7.txt', 'w').write('hi')", "assert open(f'out_{3 + 4}.txt').read() == 'hi'"),
    "an async cell": ("import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 5\nx = await f()", "assert x == 5"),
    "a generator": ("def f(n):\n    for i in range(n):\n        yield i * i", "assert list(f(4)) == [0, 1, 4, 9]\ng = f(2)\nassert next(g) == 0 and next(g) == 1"),
    "an endless generator": ("def f():\n    i = 0\n    while True:\n        yield i\n        i += 1", "from itertools import islice\nassert list(islice(f(), 3)) == [0, 1, 2]"),
    "a lazy value": ("x = map(str, items)", "assert list(x) == ['3', '1', '2']"),
    "a function of the test's": ("def f(g, x):\n    return g(g(x))", "assert f(lambda v: v + 3, 1) == 7\nassert f(np.sqrt, 16) == 2"),
    "a function that makes functions": ("def f(n):\n    return lambda x: x + n", "assert f(2)(3) == 5"),
    "recursion": ("def f(n):\n    return 1 if n == 0 else n * f(n - 1)", "assert f(10) == 3628800"),
    "a default that grows": ("def f(x, seen=[]):\n    seen.append(x)\n    return len(seen)", "assert f(1) == 1 and f(1) == 2"),
    "state in a name": ("count = 0\ndef f():\n    global count\n    count += 1", "f()\nf()\nassert True"),
    "no builtin of that name": ("def sort(x):\n    return sorted(x)", "assert sort(items) == [1, 2, 3]"),
    "a magic": ("%time x = 1\n!true", "assert x == 1"),
    "a long text": ("x = 'ä' * 100_000", "assert len(x) == 100_000 and x[0] == 'ä'"),
    "a bash cell": ("%%bash\necho hi > said.txt", "assert open('said.txt').read() == 'hi\\n'"),
    "a grouping": ("x = table.groupby('a').size()", "assert x.loc[3] == 1 and x.sum() == 3"),
    "exit at the end": ("x = 1\nexit()", "assert x == 1"),
    "children of its own": ("from concurrent.futures import ThreadPoolExecutor\nwith ThreadPoolExecutor(2) as pool:\n    x = list(pool.map(abs, [-1, 2]))", "assert x == [1, 2]"),
    "processes of its own": ("import multiprocessing as mp\nwith mp.get_context('fork').Pool(2) as pool:\n    x = pool.map(abs, [-1, 2])", "assert x == [1, 2]"),
    "a subprocess": ("import subprocess\nx = subprocess.run(['echo', 'hi'], capture_output=True, text=True).stdout", "assert x == 'hi\\n'"),
    "alarms of its own": ("import signal\nsignal.signal(signal.SIGALRM, lambda *_: None)\nsignal.alarm(30)\nx = 1", "assert x == 1"),
    "shared memory": ("from multiprocessing.shared_memory import SharedMemory\ns = SharedMemory(create=True, size=10)\nx = len(s.buf)\ns.close()\ns.unlink()", "assert x >= 10"),
    "a thread that goes on": ("import threading, time\nthreading.Thread(target=time.sleep, args=(5,), daemon=True).start()\nx = 1", "assert x == 1"),
    "a deeper stack": ("import sys\nsys.setrecursionlimit(5000)\ndef f(n):\n    return n and f(n - 1)", "assert f(3000) == 0"),
}  # fmt: skip
# What a test learns of an object is what the object says: right, but marked.
SAID = {
    "a figure": ("fig, ax = plt.subplots()\nax.plot([1, 2], [3, 4])\nax.set_title('Up')",
        "assert ax.get_title() == 'Up'\nassert list(ax.lines[0].get_ydata()) == [3, 4]\nassert len(ax.lines) == 1 and isinstance(ax, plt.Axes)"),
    "what was drawn": ("plt.bar(['a', 'b'], [1, 2])\nplt.xlabel('kind')", "drawn = plt.gca()\nassert drawn.get_xlabel() == 'kind'\nassert [p.get_height() for p in drawn.patches] == [1, 2]"),
    "what was drawn, with an import": ("plt.plot(items)", "import matplotlib.pyplot as again\nassert list(again.gca().lines[0].get_ydata()) == [3, 1, 2]"),
    "a data class": ("from dataclasses import dataclass\n@dataclass\nclass Point:\n    x: int\n    y: int = 0\np = Point(3)", "assert p.x == 3 and p.y == 0\nassert Point(1, 2).y == 2 and isinstance(p, Point)"),
    "a class": ("class Stack:\n    def __init__(self):\n        self._all = []\n    def push(self, x):\n        self._all.append(x)\n    def pop(self):\n        return self._all.pop()\n    def __len__(self):\n        return len(self._all)",
        "s = Stack()\ns.push(1)\ns.push([2])\nassert len(s) == 2 and s.pop() == [2] and s.pop() == 1\ntry:\n    s.pop()\nexcept IndexError:\n    pass\nelse:\n    assert False"),
    "operators": ("class Vector:\n    def __init__(self, x):\n        self.length = x\n    def __add__(self, other):\n        return Vector(self.length + other.length)\n    def __mul__(self, k):\n        return Vector(self.length * k)\n    def __eq__(self, other):\n        return self.length == other.length",
        "v = Vector(1) + Vector(2)\nassert v.length == 3 and (v * 2).length == 6\nassert Vector(3) == v"),
    "a name and text": ("class Person:\n    def __init__(self, name):\n        self.name = name\n    def __str__(self):\n        return f'I am {self.name}'", "p = Person('Ann')\nassert p.name == 'Ann'\nassert str(p) == 'I am Ann'"),
    "a named tuple": ("from collections import namedtuple\nP = namedtuple('P', 'x y')\np = P(1, 2)", "assert p.x == 1 and p.y == 2 and len(p) == 2"),
    "a context": ("from contextlib import contextmanager\nclass Room:\n    guests = 0\n    def __enter__(self):\n        self.guests += 1\n        return self\n    def __exit__(self, *_):\n        self.guests -= 1\nroom = Room()", "with room as r:\n    assert r.guests == 1\nassert room.guests == 0"),
    "the keys of a dictionary": ("y = {'a': 1}.keys()", "assert list(y) == ['a'] and len(y) == 1"),
    "an enumeration": ("import enum\nclass Color(enum.Enum):\n    RED = 1", "assert Color.RED.value == 1 and Color['RED'] == Color.RED"),
}  # fmt: skip


@pytest.fixture(scope="module")
def box():
    with boxes.Box().load([SETUP]) as made:
        yield made


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_gets_its_points(name, box):
    answer, test = HONEST[name]
    found = graded(box, {"one": answer}, {"one": test})
    said = [o.get("evalue") for cell in found["cells"] for o in cell.get("outputs", [])]
    assert (points(found), found["status"], found["self_reported"]) == ((2,), "graded", []), said
    assert points(graded(box, {}, {"one": test})) == (0,), "the test can fail"


@pytest.mark.parametrize("name", SAID)
def test_an_object_is_asked_what_a_test_wants_to_know_of_it(name, box):
    answer, test = SAID[name]
    found = graded(box, {"one": answer}, {"one": test})
    said = [o.get("evalue") for cell in found["cells"] for o in cell.get("outputs", [])]
    assert (points(found), found["status"], found["self_reported"]) == ((2,), "graded", ["one-test"]), said
    assert points(graded(box, {}, {"one": test})) == (0,), "the test can fail"


def test_part_of_the_points(box):
    test = "got = 0\ngot += x == 1\ngot += y == 1\nfloat(got)"
    assert points(graded(box, {"one": "x, y = 1, 2"}, {"one": test})) == (1.0,)
    assert points(graded(box, {"one": "x, y = 1, 1"}, {"one": test})) == (2.0,)


def test_the_instructors_helpers_look_at_a_trainees_value(box):
    setup = SETUP + "\ndef total_of(name):\n    return sum(name) + offset"
    assert points(graded(box, {"one": "offset = 1\nx = [1, 2]"}, {"one": "assert total_of(x) == 4"}, setup)) == (2,)


def test_a_file_of_the_instructors_stays_as_it_is(box):
    test = "assert x == int(open('key.txt').read())"
    files = {"key.txt": b"7"}
    cheat = "open('key.txt', 'w').write('1')\nx = 1"
    assert points(graded(box, {"one": cheat}, {"one": test}, files=files)) == (0,)
    assert points(graded(box, {"one": "x = 7"}, {"one": test}, files=files)) == (2,)


def test_what_a_test_made_is_the_trainees_only_when_a_later_cell_makes_it(box):
    tests = {"one": "wanted = 5\nassert x == wanted", "two": "assert y == wanted"}
    assert points(graded(box, {"one": "wanted = 1\nx = 5", "two": "y = 1"}, tests)) == (2, 0)
    assert points(graded(box, {"one": "x = 5", "two": "wanted = y = 6"}, tests)) == (2, 2)


def test_more_time_than_the_notebook_has_costs_only_what_comes_after(box):
    from hostile import SHORT

    tests = {name: f"assert {name} == 1" for name in ("a", "b", "c", "d")}
    answers = {"a": "a = 1", "b": "import time\ntime.sleep(9)", "c": "time.sleep(9)", "d": "d = 1"}
    found = graded(box, answers, tests, limits=SHORT | {"cell": 1.0, "notebook": 1.5})
    assert found["status"] == "timed out"
    assert points(found)[0] == 2


@pytest.mark.parametrize("name", ["exec", "eval", "__import__", "open", "compile", "np.load", "pd.eval", "np.memmap"])
def test_a_trainees_text_is_never_run_where_the_tests_run(name, box):
    source = f"decode = {name}\ndef encode(x):\n    return 'globals().__setitem__(\\'left\\', 1)'"
    test = "try:\n    decode(encode(3))\nexcept Exception:\n    pass\nassert 'left' not in globals()\nimport os\nassert not os.listdir('.')"  # fmt: skip
    assert points(graded(box, {"one": source}, {"one": test})) == (2,)


USES = "def part(n):\n    return n + 1\ndef whole(n):\n    return part(n) * 2"
TAKEN_AWAY = "kept = part\ndel part\ntry:\n    whole(1)\nexcept NameError:\n    pass\nelse:\n    raise AssertionError('part is not used')\nfinally:\n    part = kept\nassert whole(1) == 4"  # fmt: skip
ANOTHER = "kept = part\npart = lambda n: 10 * n\nassert whole(1) == 20\npart = kept\nassert whole(1) == 4"


@pytest.mark.parametrize("test", [TAKEN_AWAY, ANOTHER])
def test_a_test_may_take_a_function_away_to_see_that_another_uses_it(box, test):
    tests = {"one": test, "two": "assert part(1) == 2 and whole(1) == 4"}
    assert points(graded(box, {"one": USES}, tests)) == (2, 2)
    alone = "def part(n):\n    return n + 1\ndef whole(n):\n    return (n + 1) * 2"
    assert points(graded(box, {"one": alone}, tests))[0] == 0


def test_what_a_test_found_out_is_not_given_to_the_function_it_calls(box):
    test = "wanted = 5\nx = wanted\nassert f() == wanted"
    looks = "x = wanted = 0\ndef f():\n    return x or wanted"
    assert points(graded(box, {"one": looks}, {"one": test})) == (0,)
