"""The course's tables for a trainee: `load`, `describe`, `catalog`."""

import contextlib
import difflib
from pathlib import Path

import pandas as pd

from coursekit.errors import Plain

HERE = Path(__file__).parent


def datasets():
    """The folder of the tables: beside the package in a checkout, inside it when installed."""
    beside = HERE.parent / "datasets"
    return beside if beside.is_dir() else HERE / "datasets"


def load(table, *, seed=None):
    """A table of the course as a pandas DataFrame.

    table: its name, see catalog(). seed: a whole number; gives the same kind of table with
    other, made-up numbers. Raises a plain sentence for an unknown name or seed.

    >>> load("fx")[["case", "yuan_per_dollar"]]
                    case  yuan_per_dollar
    0  Zhejiang alliance             7.09
    1      Pearl village             6.94
    2  Host from Sichuan             6.97
    """
    from coursekit import world

    description = _described(table)
    if seed is not None and (not isinstance(seed, int) or isinstance(seed, bool) or seed < 0):
        raise Plain(f"seed is {seed!r}; a whole number from 0 is expected, such as seed=7.")
    if seed is None and table in _instead:
        return _instead[table].copy()
    path = datasets() / f"{table}.csv"
    if seed is not None or not path.exists():
        made = world.make(table, seed)
        made.attrs["table"] = table
        return made
    try:
        # The word "None" or an empty qualifier is text here, not a missing value.
        return world.typed(pd.read_csv(path, keep_default_na=False), description)
    except (ValueError, KeyError, OSError) as error:
        raise Plain(f"The table {table}.csv is damaged ({error}). Fetch the datasets folder again.") from None


_instead = {}  # while a replay runs: table name -> the unseen table


def is_table(value):
    """True for a table that load() made from a seed."""
    return isinstance(value, pd.DataFrame) and "table" in value.attrs


@contextlib.contextmanager
def instead(inputs):
    """Inside, load() gives the unseen tables among these inputs in place of the tables they replace."""
    for value in inputs.values():
        if is_table(value):
            _instead[value.attrs["table"]] = value
    try:
        yield
    finally:
        _instead.clear()


def describe(table):
    """The dictionary of a table: each column's meaning, unit and type.

    >>> describe("fx")["unit"].to_dict()["yuan_per_dollar"]
    'yuan a dollar'
    """
    rows = [(f["name"], f["description"], f["unit"], f["type"]) for f in _described(table)["fields"]]
    return pd.DataFrame(rows, columns=["column", "meaning", "unit", "type"]).set_index("column")


def catalog():
    """All tables of the course: what each holds, its module, and whether it is synthetic."""
    from coursekit import world

    rows = [(name, t["title"], t["module"], t["synthetic"]) for name, t in world.TABLES.items()]
    return pd.DataFrame(rows, columns=["table", "what", "module", "synthetic"]).set_index("table")


def _described(table):
    from coursekit import world

    if table in world.TABLES:
        return world.TABLES[table]
    near = difflib.get_close_matches(str(table), world.TABLES, n=3, cutoff=0.4)
    hint = " or ".join(f'"{n}"' for n in near)
    raise Plain(f'There is no table "{table}". ' + (f"Did you mean {hint}? " if near else "") + "catalog() lists all tables.")
