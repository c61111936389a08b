"""The course's tables for a trainee: `load`, `describe`, `catalog`."""

import contextlib
import functools
import json
from pathlib import Path

import pandas as pd

from coursekit.errors import Plain

HERE = Path(__file__).parent


def datasets():
    """The folder of the tables: beside the package in a checkout, inside it when installed."""
    beside = HERE.parent / "datasets"
    return beside if beside.is_dir() else HERE / "datasets"


def load(table, *, seed=None, full=False):
    """A table of the course as a pandas DataFrame.

    table: its name, see catalog(). seed: a whole number; gives the same kind of table with
    other, made-up numbers. full: True gives the whole county, made on this machine in a few
    seconds, in place of the inns and hosts of the training program. Raises a plain sentence for
    an unknown name, a wrong seed or a damaged file.

    >>> load("fx")[["case", "yuan_per_dollar"]]
                    case  yuan_per_dollar
    0  Zhejiang alliance             7.09
    1      Pearl village             6.94
    2  Host from Sichuan             6.97
    """
    from coursekit import world

    world.described(table)  # a plain sentence for a name it does not hold
    if seed is None and not full and table in _instead:
        return _instead[table].copy()
    path = datasets() / f"{table}.csv"
    if seed is not None or full or not path.exists():
        made = world.make(table, seed, full)
        if seed is not None:
            made.attrs["table"] = table
        return made
    package = path.with_name("datapackage.json")
    try:
        # pandas copies on write: what is changed in one copy shows in no other
        return _read(table, path, package, *map(_stamp, (path, package))).copy(deep=False)
    except (ValueError, KeyError, OSError) as error:
        raise Plain(f"The table {table}.csv is damaged ({error}). Fetch the datasets folder again, or run make data.") from None


def _stamp(path):
    return path.stat().st_mtime_ns, path.stat().st_size


@functools.lru_cache(maxsize=16)
def _read(table, path, package, *_stamps):
    """A table from its file, read once as long as the files stay as they are."""
    from coursekit import world

    described = json.loads(package.read_text(encoding="utf-8"))["resources"]
    expected, came = next(r["bytes"] for r in described if r["name"] == table), path.stat().st_size
    if came != expected:  # cut short or changed
        raise ValueError(f"it has {came:,} bytes, not {expected:,}")
    fields = world.described(table)["fields"]
    dates = [f["name"] for f in fields if f["type"] in ("date", "datetime")]
    words = {f["name"]: "str" for f in fields if f["type"] == "string"}
    # The word "None" or an empty qualifier is text here, not a missing value.
    return world.typed(pd.read_csv(path, keep_default_na=False, dtype=words, parse_dates=dates), world.described(table))


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
    from coursekit import world

    rows = [(f["name"], f["description"], f["unit"], f["type"]) for f in world.described(table)["fields"]]
    return pd.DataFrame(rows, columns=["column", "meaning", "unit", "type"]).set_index("column")


def catalog():
    """All tables of the course, module by module: what each holds, and whether it is synthetic."""
    from coursekit import world

    rows = [(t["module"], name, t["title"], t["synthetic"]) for name, t in world.TABLES.items()]
    rows.sort(key=lambda row: MODULES.index(row[0]))
    return pd.DataFrame(rows, columns=["module", "table", "what", "synthetic"]).set_index("table")


MODULES = ["start", "a_livestream", "b_homestay", "c_promotion"]
