"""The tables of the course: published cases, and a fictional county that is made from a seed.

Every table is described once, in ``TABLES``: what it is, its fields with types, units and
meanings, the tables it points to, and the function that makes it. ``datasets/`` is written from
here. A part of the county (the inns and hosts of the training program) is committed; it equals its
part of the whole.
"""

import difflib

import numpy as np
import pandas as pd

from coursekit.errors import Plain
from coursekit.world import claims, coupons, days, goods, guests, inns, places, promotions, rates, sales, shop, shows, stays

PARTS = [claims, shop, places, shows, goods, sales, days, inns, rates, stays, promotions, coupons]
TABLES = {name: table for part in PARTS for name, table in part.TABLES.items()}

DTYPES = {
    "integer": "int64",
    "number": "float64",
    "string": "str",
    "boolean": "bool",
    "date": "datetime64[s]",
    "datetime": "datetime64[s]",
}


def make(table, seed=None, full=False):
    """One table of the course, with exactly the types its dictionary declares.

    seed None gives the committed table; a whole number from 0 gives the same kind of table
    with other numbers (made up, for published cases too). full True gives the whole county in
    place of the training program's inns and hosts.

    >>> len(make("fx")), make("fx", seed=7).equals(make("fx", seed=7))
    (3, True)
    >>> len(make("inns")), len(make("inns", full=True))
    (30, 200)
    """
    description = described(table)
    return typed(description["make"](whole_seed(seed), bool(full)), description)


def described(table):
    """The description of a table in TABLES; a plain sentence for a name it does not hold."""
    if table in TABLES:
        return TABLES[table]
    near = difflib.get_close_matches(str(table), TABLES, n=3, cutoff=0.4)
    hint = " or ".join(f'"{n}"' for n in near)
    raise Plain(f'There is no table "{table}". ' + (f"Did you mean {hint}? " if near else "") + "catalog() lists all tables.")


def whole_seed(seed):
    """The seed itself; a plain sentence for what is no seed."""
    if seed is None or (isinstance(seed, int) and not isinstance(seed, bool) and seed >= 0):
        return seed
    raise Plain(f"seed is {seed!r}; a whole number from 0 is expected, such as seed=7.")


def world(seed=None, full=True):
    """The county of one seed: its tables by name, and the truth that was planted in them.

    The truth is for those who test a method; no lesson reads it.

    >>> tables, truth = world(7, full=False)
    >>> len(tables["hosts"]), -2 <= truth["elasticity"] <= -1.3
    (12, True)
    """
    return {name: make(name, seed, full) for name in TABLES}, planted(whole_seed(seed), bool(full))


def planted(seed=None, full=False):
    """What was planted in the county of one seed and is written in none of its tables.

    elasticity: of demand for a night in its rate. wanted: room nights asked for, by inn and night.
    demand: of a night at an unchanged rate. canceling: level and slope of the logit on ln(1 + lead),
    what a deposit adds, and what repeat guests and early second thoughts do. response: of a shop's
    daily sales in the price. daily: pieces wanted on average, by product and day, with offers and
    without. returns: the
    chance of each order. coupon_no_show: by kind of night. plans: of each show. coupon: buying
    without and with one, and redeeming. card: what the new product card multiplies.
    """
    from coursekit.world import audience

    return {
        "elasticity": inns.elasticity(seed),
        "demand": days.demand(seed),
        "wanted": stays.wanted(seed, full),
        "canceling": {
            "logit": guests.CANCELS,
            "deposit": guests.DEPOSIT_KEEPS,
            "repeat": guests.REPEAT_CANCELS,
            "at_once": guests.AT_ONCE,
        },
        "no_show": guests.NO_SHOW,
        "response": promotions.response(seed),
        "pulled": promotions.PULLED,
        "daily": [promotions.daily(seed, full)[k] for k in ("mean", "usual")],
        "returns": sales.orders(seed, full)["chance"],
        "coupon": (promotions.USUAL, promotions.WITH_COUPON, promotions.REDEEMED),
        "coupon_no_show": coupons.no_show(seed),
        "plans": shows.plans(seed, full),
        "card": audience.ARM,
    }


def typed(frame, description):
    """A frame, or what makes one, with the declared columns, in order, and the declared types."""
    types = {f["name"]: DTYPES[f["type"]] for f in description["fields"]}
    if isinstance(frame, dict):  # column by column: a room makes hundreds of small tables
        return pd.DataFrame(
            {n: pd.array(frame[n], dtype=t) if t == "str" else np.asarray(frame[n]).astype(t) for n, t in types.items()},
            copy=False,
        )
    return pd.DataFrame(frame)[list(types)].astype(types).reset_index(drop=True)
