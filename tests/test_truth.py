"""The page of datasets/ is up to date, and the judge of `make bench-truth` would find what is wrong."""

import bench_truth
import numpy as np
import pandas as pd
import realism
from conftest import ROOT

PAGE = (ROOT / "datasets" / "README.md").read_text(encoding="utf-8")


def test_the_facts_on_the_page_are_this_countys():
    assert realism.markdown(realism.facts()) in PAGE


def test_the_truth_on_the_page_was_measured_on_these_counties_with_these_methods():
    rows = [r for seed in range(2) for r in bench_truth.rows_of(seed)]
    assert f"Proof: {bench_truth.proof(rows)}." in PAGE, "run make bench-truth: the county or a method has changed"
    for r in rows:
        assert f"| {r['lesson']} | {r['what']} |" in PAGE
        assert (f"*{r['method']}*" if r["toward"] else r["method"]) in PAGE


def test_a_county_that_changed_would_be_noticed():
    rows = [r | {"seed": 0} for r in bench_truth.rows_of(0)]
    other = [r | {"estimate": r["estimate"] + (0.01 if i == 3 else 0)} for i, r in enumerate(rows)]
    assert bench_truth.proof(rows) != bench_truth.proof(other)


def _rows(errors, toward, low=None, high=None):
    return [
        {"lesson": "x1", "what": "it", "method": toward or "right", "toward": toward, "estimate": 10 + e, "truth": 10.0,
         "low": None if low is None else 10 + e + low, "high": None if high is None else 10 + e + high, "seed": s}
        for s, e in enumerate(errors)
    ]  # fmt: skip


def test_the_judge_finds_what_is_wrong():
    chance = np.random.default_rng(1).normal(size=100)
    right = _rows(chance, "", -1.96, 1.96)

    def says(*rows):
        return list(bench_truth.broken(bench_truth.table(right + [r for part in rows for r in part])))

    assert says(_rows(chance + 3, "+"), _rows(chance - 3, "-")) == []
    assert len(says(_rows(chance + 3, "-"))) == 1  # errs the other way
    assert len(says(_rows(chance + 0.01, "+"))) == 1  # hardly errs
    assert len(says(_rows(chance, "narrow", -0.5, 0.5))) == 0
    assert len(says(_rows(chance, "narrow", -2, 2))) == 1  # as good as the right one
    too_sure = _rows(chance, "", -1, 1)
    assert len(list(bench_truth.broken(bench_truth.table(too_sure)))) == 1
    too_wide = _rows(chance, "", -9, 9)
    assert len(list(bench_truth.broken(bench_truth.table(too_wide)))) == 1


def test_mistakes_are_in_italics():
    made = bench_truth.table(_rows([0.5, 0.7], "+") + _rows([0.1, -0.1], "", -1, 1))
    text = bench_truth.markdown(made)
    assert "| *+* |" in text
    assert "| right |" in text
    assert "100 %" in text
    assert isinstance(made, pd.DataFrame)
