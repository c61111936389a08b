"""Cells are run again in a copy, and replay finds the cells an answer is made from."""

import pandas as pd
import pytest

from coursekit.again import Cell, all_cells, bound_names, run_again, trainee_cells

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
    "measured": ["%%time\nrate = visits['clicked'].mean()"],
    "a condition": ["rate = 0", "if len(visits) > 2:\n    rate = visits['clicked'].mean()"],
    "a while loop": [
        "hits, n = 0, 0",
        "while n < len(visits):\n    hits += visits['clicked'].iloc[n]\n    n += 1",
        "rate = hits / n",
    ],
    "the same cell twice": ["rate = visits['clicked'].mean() * 4", "rate /= 2", "rate /= 2"],
    "an own assert": ["rate = visits['clicked'].mean()\nassert rate == 0.5"],
    "an annotation": ["rate = visits['clicked'].mean()", "rate: float"],
    "an own check": ["rate = visits['clicked'].mean()\ncheck('rate', rate)"],
    "the starting cell run again": [STARTS, "rate = visits['clicked'].mean()", STARTS],
}


def names_after(cells):
    names = {"pd": pd, "check": lambda *_: None}
    for cell in cells:
        exec(cell.source.replace("%%time", ""), names)
    return names


@pytest.mark.parametrize("way", WAYS)
def test_every_sound_way_passes_on_other_data(way):
    history = [Cell(s) for s in [STARTS, *WAYS[way], "print(rate)", "check('rate', rate)"]]
    inputs = {"visits": pd.DataFrame({"clicked": [1, 1, 1, 0, 1]})}
    names = names_after(history[:-1])
    space, error = run_again(trainee_cells("rate", history, inputs), names, inputs)
    assert error is None
    assert space["rate"] == pytest.approx(0.8)
    assert names["rate"] == pytest.approx(0.5)  # the originals are untouched
    assert len(names["visits"]) == 4


HIDDEN_WAYS = {
    "globals()": ["globals()['hits'] = visits['clicked'].sum()", "rate = hits / len(visits)"],
    "a function that fills a list": ["found = []\ndef fill(where):\n    where.extend(visits['clicked'])", "fill(found)", "rate = sum(found) / len(found)"],
    "a global name": ["def work():\n    global rate\n    rate = visits['clicked'].mean()", "work()"],
}  # fmt: skip


@pytest.mark.parametrize("way", HIDDEN_WAYS)
def test_ways_that_no_reading_finds_pass_when_all_cells_are_run(way):
    history = [Cell(s) for s in [STARTS, *HIDDEN_WAYS[way], "check('rate', rate)"]]
    inputs = {"visits": pd.DataFrame({"clicked": [1, 1, 1, 0, 1]})}
    names = {"pd": pd}
    for cell in history[:-1]:
        exec(cell.source, names)
    space, error = run_again(all_cells(history, inputs), names, inputs)
    assert error is None
    assert space["rate"] == pytest.approx(0.8)


def test_a_cell_that_failed_before_may_fail_again():
    history = [
        Cell(STARTS),
        Cell("rate = visits['clicked'].mean()"),
        Cell("rate.no_such()", ok=False),
        Cell("rat = rate.oops", ok=False),
    ]
    inputs = {"visits": pd.DataFrame({"clicked": [1, 1, 1, 0, 1]})}
    names = names_after(history[:2])
    for cells in (trainee_cells("rate", history, inputs), all_cells(history, inputs)):
        space, error = run_again(cells, names, inputs)
        assert (error, space["rate"]) == (None, pytest.approx(0.8))


def test_a_helper_that_loads_the_table_again_sees_the_unseen_one():
    from coursekit import load

    start = "claims = load('claims')\nviews = 10"
    history = [Cell(start), Cell("claims = load('claims')\nfigure = claims.set_index('claim')['value']"),
               Cell("rate = figure['host_sales'] / views")]  # fmt: skip
    unseen = {"claims": load("claims", seed=4), "views": 5}
    names = {"load": load}
    for cell in history:
        exec(cell.source, names)
    expected = unseen["claims"].set_index("claim")["value"]["host_sales"] / 5
    for cells in (trainee_cells("rate", history, unseen), all_cells(history, unseen)):
        space, error = run_again(cells, names, unseen)
        assert (error, space["rate"]) == (None, expected)


def test_a_name_that_hides_one_of_pythons_own_does_so_only_afterwards():
    history = [Cell("losses = [a, 2]"), Cell("sum = sum(losses)\nnet = 10 - sum")]
    space, error = run_again(trainee_cells("net", history, {"a": 5}), {"losses": [1, 2], "sum": 3, "a": 1}, {"a": 5})
    assert (error, space["net"]) == (None, 3)


def test_a_check_cell_is_no_part_of_an_answer():
    """Not even when its hidden part imports a name that the starting cell uses."""
    check = "check('x', visits)\nfrom coursekit import load\nreplay('x', visits=load('shop', seed=1))"
    history = [Cell("visits = 1"), Cell(check), Cell("visits = load('shop')\nvisits"), Cell("rate = visits['price'].mean()")]
    chosen = [c.source for c in trainee_cells("rate", history, {"visits"})]
    assert check not in chosen
    assert chosen[-1] == "rate = visits['price'].mean()"


def test_a_table_loaded_anew_is_the_unseen_one():
    from coursekit import load

    history = [Cell("claims = load('claims')"), Cell("claims = load('claims')\ntop = claims['value'].max()")]
    unseen = load("claims", seed=4)
    names = {"load": load}
    for cell in history:
        exec(cell.source, names)
    space, _ = run_again(trainee_cells("top", history, {"claims": unseen}), names, {"claims": unseen})
    assert space["top"] == unseen["value"].max() != names["top"]
    assert load("claims")["value"].max() == names["top"]  # outside a replay the table is the published one


@pytest.mark.parametrize("typed", ["rate = 0.5", "rate = 2 / 4", "n = 4\nrate = 2 / n"])
def test_a_typed_in_answer_stays_what_it_is(typed):
    inputs = {"visits": pd.DataFrame({"clicked": [1]})}
    space, _ = run_again(
        trainee_cells("rate", [Cell(STARTS), Cell(typed)], inputs), names_after([Cell(STARTS), Cell(typed)]), inputs
    )
    assert space["rate"] == pytest.approx(0.5)


def test_a_cell_that_stops_is_told_in_one_line():
    assert run_again([Cell("1 / 0")], {})[1] == "ZeroDivisionError: division by zero"
    assert run_again([Cell("raise SystemExit")], {})[1] == "SystemExit"


def test_what_is_printed_warned_or_drawn_is_dropped(capsys, recwarn):
    run_again([Cell("import warnings\nprint('x')\nwarnings.warn('y')")], {})
    assert capsys.readouterr() == ("", "")
    assert not recwarn.list


@pytest.mark.parametrize("source", ["-" * 200_000 + "1", "a" + ".b" * 100_000, "(" * 5_000, "\0"], ids=range(4))
def test_what_no_reader_of_code_can_read_binds_nothing(source):
    assert bound_names(source) == set()
