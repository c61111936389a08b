"""Ten thousand notebooks changed at random: each gives a notebook to grade or one plain sentence, and never takes long."""

import copy
import json
import random
import time

import nbformat
from conftest import ROOT
from submitted import MASTER, RELEASED, code, handed_in, name_of, run, sound, sources, text

from coursekit.errors import Plain
from coursekit.grading.rebuild import master_of, notebook_of, rebuilt

NODES = [
    None,
    True,
    -1,
    3,
    1e300,
    "",
    "total",
    "code",
    "markdown",
    [],
    {},
    ["x"],
    {"nbgrader": {"grade_id": "total"}},
    [[]],
    "\ud800",
    float("nan"),
]


def mutated_bytes(chance, data):
    data = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at, length = chance.randrange(len(data) + 1), chance.choice([1, 1, 2, 4, 30, 400])
        what = chance.randrange(6)
        if what == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 1:
            del data[at : at + length]
        elif what == 2:
            start = chance.randrange(len(data) + 1)
            data[at:at] = data[start : start + length]
        elif what == 3:
            data[at:at] = data[at : at + length] * chance.randrange(1, 4)
        elif what == 4:
            data[at:at] = chance.choice(
                [
                    b"{",
                    b"}",
                    b"[",
                    b"]",
                    b'"',
                    b",",
                    b"\\",
                    b"\0",
                    b"\xff",
                    b"\xef\xbb\xbf",
                    b"null",
                    b"9" * 5000,
                    b"\\ud800",
                    b'{"a":' * 2000,
                ]
            )
        elif chance.random() < 0.1:
            del data[at:]
    return bytes(data)


def containers(node):
    """All lists and dictionaries in a JSON value, that have something in them."""
    found = [node] if isinstance(node, (list, dict)) and node else []
    for part_of_it in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        found += containers(part_of_it)
    return found


def mutated_json(chance, data):
    made = json.loads(data)
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        all_of_them = containers(made)
        if not all_of_them:
            break
        here, there = chance.choice(all_of_them), chance.choice(all_of_them)
        key, other = (chance.choice(list(one) if isinstance(one, dict) else range(len(one))) for one in (here, there))
        what = chance.randrange(6)
        if what == 0:
            del here[key]
        elif what == 1:
            here[key] = copy.deepcopy(there[other])
        elif what == 2:
            here[key], there[other] = copy.deepcopy(there[other]), copy.deepcopy(here[key])
        elif what == 3:
            here[key] = chance.choice(NODES)
        elif what == 4 and isinstance(here, list):
            here.insert(key, copy.deepcopy(here[key]))
        elif isinstance(here[key], str):
            here[key] = here[key][: chance.randrange(9)]
        else:
            here[key] = [here[key]]
    return json.dumps(made).encode()


def survives(data, master, released):
    """One result, in less than a second: True for steps, False for a sentence."""
    started = time.process_time()
    try:
        steps, told = rebuilt(data, master, released)
    except Plain:
        return False
    finally:
        assert time.process_time() - started < 1
    sound(steps, master)
    nbformat.validate(notebook_of(steps, master))
    assert len(told) == len(set(told))
    return True


def test_ten_thousand_notebooks_changed_at_random_give_ten_thousand_results():
    chance = random.Random(9)
    rich = handed_in()
    rich["cells"] += [
        text("![](attachment:a.png)", attachments={"a.png": {"image/png": "iVBORw0KGgo="}}),
        code("1", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}]),
    ]
    data = json.dumps(rich).encode()
    results = [
        survives(mutated_bytes(chance, data) if number % 2 else mutated_json(chance, data), MASTER, RELEASED)
        for number in range(10_000)
    ]
    assert len(results) == 10_000
    assert 3_000 < sum(results) < 9_500  # both ends are reached


def test_a_real_lesson_changed_at_random():
    path = ROOT / "exercises" / "s1_first_numbers" / "s1_first_numbers.ipynb"
    released = nbformat.read(path, 4)
    hidden = {
        name_of(cell): cell.source + "\n# hidden"
        for cell in released.cells
        if name_of(cell) and not cell.metadata.nbgrader.solution
    }
    master = master_of(released, hidden)
    data = path.read_bytes()
    steps, told = run(data, master, released)
    assert told == []
    assert hidden.items() <= sources(steps).items()
    chance = random.Random(10)
    assert (
        20
        < sum(survives(change(chance, data), master, released) for _ in range(50) for change in (mutated_bytes, mutated_json))
        < 100
    )
