"""Cells are run again in a copy, and replay finds the cells an answer is made from."""

import pandas as pd
import pytest

from coursekit.again import run_again, trainee_cells

STARTS = "visits = pd.DataFrame({'clicked': [1, 0, 0, 1]})\nvisits"
WAYS = {
    "one line": ["rate = visits['clicked'].mean()"],
    "two cells": ["clicked = visits['clicked'].sum()", "rate = clicked / len(visits)"],
    "a new column": ["visits['hit'] = visits['clicked'] == 1", "rate = visits['hit'].mean()"],
    "a rebound table": ["visits = visits[visits['clicked'] >= 0]", "rate = visits['clicked'].mean()"],
    "a function": ["def mean_of(t):\n    return t['clicked'].mean()", "rate = mean_of(visits)"],
    "a loop": ["rate = 0\nfor x in visits['clicked']:\n    rate += x / len(visits)"],
    "a list": ["found = []", "for x in visits['clicked']:\n    found.append(x)", "rate = sum(found) / len(found)"],
    "after other tries": ["rate = 0.5", "rate = visits['clicked'].sum()", "rate = visits['clicked'].mean()"],
    "a helper that does not depend on the data": ["whole = 100", "rate = visits['clicked'].mean() * whole / 100"],
    "a method that changes the table": ["visits.insert(0, 'one', 1)", "rate = visits['clicked'].sum() / visits['one'].sum()"],
    "the starting cell run again": [STARTS, "rate = visits['clicked'].mean()", STARTS],
}


def names_after(cells):
    names = {"pd": pd}
    for cell in cells:
        exec(cell, names)
    return names


@pytest.mark.parametrize("way", WAYS)
def test_every_sound_way_passes_on_other_data(way):
    history = [STARTS, *WAYS[way], "print(rate)", "check('rate', rate)"]
    inputs = {"visits": pd.DataFrame({"clicked": [1, 1, 1, 0, 1]})}
    names = names_after(history[:-1])
    space, error = run_again(trainee_cells("rate", history, inputs), names, inputs)
    assert error is None
    assert space["rate"] == pytest.approx(0.8)
    assert names["rate"] == pytest.approx(0.5)  # the originals are untouched
    assert len(names["visits"]) == 4


@pytest.mark.parametrize("typed", ["rate = 0.5", "rate = 2 / 4", "n = 4\nrate = 2 / n"])
def test_a_typed_in_answer_stays_what_it_is(typed):
    inputs = {"visits": pd.DataFrame({"clicked": [1]})}
    space, _ = run_again(trainee_cells("rate", [STARTS, typed], inputs), names_after([STARTS, typed]), inputs)
    assert space["rate"] == pytest.approx(0.5)


def test_a_cell_that_stops_is_told_in_one_line():
    assert run_again(["1 / 0"], {})[1] == "ZeroDivisionError: division by zero"
    assert run_again(["raise SystemExit"], {})[1] == "SystemExit"


def test_what_is_printed_warned_or_drawn_is_dropped(capsys, recwarn):
    run_again(["import warnings\nprint('x')\nwarnings.warn('y')"], {})
    assert capsys.readouterr() == ("", "")
    assert not recwarn.list
