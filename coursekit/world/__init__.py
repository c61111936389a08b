"""The tables of the course: published cases, and a fictional county that is made from a seed.

Every table is described once, in ``TABLES``: what it is, its fields with types, units and
meanings, and the function that makes it. ``datasets/`` is written from here.
"""

import pandas as pd

from coursekit.world import claims, shop

TABLES = {**claims.TABLES, **shop.TABLES}

DTYPES = {"integer": "int64", "number": "float64", "string": "str", "boolean": "bool", "date": "datetime64[s]"}


def make(table, seed=None):
    """One table of the course, with exactly the types its dictionary declares.

    seed None gives the committed table; a whole number from 0 gives the same kind of table
    with other numbers (made up, for published cases too).

    >>> len(make("fx")), make("fx", seed=7).equals(make("fx", seed=7))
    (3, True)
    """
    return typed(TABLES[table]["make"](seed), TABLES[table])


def typed(frame, description):
    """A frame with the declared columns, in order, and the declared types."""
    names = [f["name"] for f in description["fields"]]
    types = {f["name"]: DTYPES[f["type"]] for f in description["fields"]}
    return pd.DataFrame(frame)[names].astype(types).reset_index(drop=True)
