"""Demonstration of module C: a fair share of coupons, and what it costs."""

import functools

import pandas as pd

from coursekit.charts import live, number
from coursekit.data import load
from coursekit.errors import Plain
from coursekit.methods import allot_best, what_it_brings

SHOW, PAYS, INNS, NIGHTS = {"weekday": 0.812, "weekend": 0.856}, 0.6, 8, 14
FLOORS, COUPONS = 4, (16, 32, 48)


@functools.cache
def _lake():
    """Eight inns of the lake, the dearest first, with their nights, and the lake's coupons in their order."""
    inns = load("coupon_inns")
    inns = inns[inns["area"] == "lake"].head(INNS).sort_values(["rate", "inn"], ascending=[False, True])
    nights = load("coupon_nights").merge(inns, on="inn").merge(load("calendar")[["date", "night"]], on="date")
    nights = nights[nights["date"] < nights["date"].min() + pd.Timedelta(days=NIGHTS)]
    coupons = load("coupons")
    return inns.set_index("inn")["rate"], nights, coupons[coupons["area"] == "lake"]


@functools.cache
def _plan(floor, many):
    """Coupons by inn and what they bring, or the reason why the floor cannot be kept."""
    _, nights, coupons = _lake()
    try:
        plan = allot_best(coupons.head(many), nights, SHOW, PAYS, floor=floor)
    except Plain as reason:
        return None, str(reason)
    return plan.groupby("inn")["coupons"].sum(), what_it_brings(plan, nights, SHOW, PAYS)["brings"]


def fair_share(floor=0.0, many=32.0):
    """How many coupons each of eight inns gets, and what a fairness floor costs.

    floor: coupons that every inn gets at least; many: coupons, the first of the lake.

    >>> fair_share(0, 32)[0].sum(), fair_share(2, 32)[0].min()
    (np.float64(32.0), np.float64(2.0))
    >>> fair_share(5, 32)[1][:60]
    'A floor of 5 cannot be kept: 8 inns need 40 coupons, and the'
    """
    floor, many = int(floor), int(many)
    rates, _, _ = _lake()
    kept = floor
    while _plan(kept, many)[0] is None:
        kept -= 1
    got, brings = _plan(kept, many)
    names = [f"{inn}, {number(rate)} yuan" for inn, rate in rates.items()]
    values = pd.Series(got.reindex(rates.index).fillna(0).to_numpy(float), index=names)
    free, before = _plan(0, many)[1], _plan(max(kept - 1, 0), many)[1]
    says = f"A floor of {kept}: {number(many)} coupons bring {brings:,.0f} yuan, {free - brings:,.0f} less than without a floor"
    says += f"; the last step of the floor cost {before - brings:,.0f}." if kept else "."
    if kept < floor:
        short = INNS * floor > many
        says = (
            f"A floor of {floor} cannot be kept: {INNS} inns need {INNS * floor} coupons, and there are {many}. "
            if short
            else f"A floor of {floor} cannot be kept: some inns have no free rooms on the wished nights. "
        ) + f"Shown is the highest that can. {says}"
    none = int((values == 0).sum())
    return (
        values,
        f"{says} {none} of {INNS} inns {'has' if none == 1 else 'have'} none, the most coupons of one inn are {number(values.max())}.",
    )


def show_fair_share():
    """Demonstration: a floor spreads the coupons, and every further step of it costs more."""
    for many in COUPONS:
        for floor in range(FLOORS + 1):
            _plan(floor, many)  # so that the picture follows the control at once
    live(
        fair_share, title="Coupons of eight inns, the dearest on top", unit="coupons", limit=32,
        floor=("coupons every inn gets at least", 0, FLOORS, 1, 0),
        many=("coupons to place", COUPONS[0], COUPONS[-1], COUPONS[1] - COUPONS[0], COUPONS[1]),
    )  # fmt: skip
