"""Every check attacked: right answers in unusual form pass, wrong ones do not, and none makes it stumble.

tests/attacks/ holds one file a lesson; its expressions are evaluated where the solution has run.
"""

import importlib.util
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from conftest import ROOT

from coursekit import keys

FILES = sorted((Path(__file__).parent / "attacks").glob("*.py"))


def _attacks(path):
    spec = importlib.util.spec_from_file_location(f"attacks_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ATTACKS


CASES = [
    (path.stem, name, kind, expression)
    for path in FILES
    for name, both in _attacks(path).items()
    for kind in ("right", "wrong")
    for expression in both[kind]
]


@pytest.fixture(scope="module")
def solved():
    """For a lesson's prefix: the names after each question's solution, and the keys of its release."""
    known = {}

    def of(prefix):
        if prefix not in known:
            (path,) = (ROOT / "solutions").glob(f"{prefix}_*/*.ipynb")
            released = nbformat.read(ROOT / "exercises" / path.parent.name / path.name, 4)
            found = {}
            for cell in released.cells:
                match = re.search(r'check\("(\w+)".*key="([^"]+)"', cell.source)
                if cell.cell_type == "code" and match:
                    found[match[1]] = match[2]
            names, then = {}, {}
            for cell in nbformat.read(path, 4).cells:
                if (
                    cell.cell_type == "code"
                    and not cell.source.startswith("%%")
                    and not cell.source.lstrip().startswith("check(")
                ):
                    exec(compile(cell.source, cell.id, "exec"), names)
                    # A later question may use the same names for other tables.
                    then |= {n: dict(names) for n in found if n in names and n not in then}
            known[prefix] = then, found
        return known[prefix]

    return of


@pytest.mark.parametrize(("prefix", "name", "kind", "expression"), CASES)
def test_attack(solved, prefix, name, kind, expression):
    then, found = solved(prefix)
    answer = eval(expression, {**then[name], "np": np, "pd": pd, "Decimal": Decimal, "Fraction": Fraction})
    verdict = keys.judge(name, answer, found[name])
    assert (verdict["status"] == "right") == (kind == "right"), verdict


def test_every_question_is_attacked_ten_times_from_both_sides():
    for path in FILES:
        for name, both in _attacks(path).items():
            for kind in ("right", "wrong"):
                assert len(set(both[kind])) >= 10, (path.stem, name, kind)
