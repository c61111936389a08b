"""Module B, lessons 6 and 7: how guests answer to price, and rate cards, against what was planted."""

import numpy as np
import pandas as pd

from coursekit import world
from coursekit.measures import elasticity
from coursekit.methods.response import response_of_test, two_way_response
from coursekit.world import inns
from truth import row
from truth.rate_card import rate_cards
from truth.shared import by_night, response, with_truth


def prices(seed):
    """b6 and b7: how guests answer to price."""
    nights, truth = by_night(seed), inns.elasticity(seed)
    what = "elasticity of demand in the rate"
    test = world.make("price_test", seed).merge(nights.drop(columns="rate"), on=["inn", "date"])
    week = test["date"].dt.isocalendar().week
    found = response_of_test(test["taken"], test["rate"], test["arm"] == "higher", week, lookers=test["found"])
    yield row("b6", what, "the price test", "", *with_truth(found, truth))

    def slope(rows, *others):
        """Ordinary least squares of log bookings on log rate within inns."""
        x = np.column_stack([np.log(rows["rate"]), *others])
        x, y = (
            v - pd.DataFrame(v, index=rows.index).groupby(rows["inn"]).transform("mean").to_numpy().reshape(v.shape)
            for v in (x, np.log(rows["taken"].to_numpy()))
        )
        return np.linalg.lstsq(x, y, rcond=None)[0][0]

    some = nights[nights["taken"] > 0]
    yield row("b6", what, "upward slope believed", "+", slope(some), truth)
    yield row("b6", what, "occupancy 'controlled for'", "+", slope(some, some["occupancy"]), truth)
    some = test[test["taken"] > 0]
    arms = some.groupby("arm")[["taken", "rate"]].agg(taken=("taken", "mean"), rate=("rate", lambda r: np.exp(np.log(r).mean())))
    dropped = np.log(arms.loc["higher", "taken"] / arms.loc["lower", "taken"]) / np.log(
        arms.loc["higher", "rate"] / arms.loc["lower", "rate"]
    )
    yield row("b6", what, "nights with no sale dropped by a log", "+", dropped, truth)
    found = response(seed)
    yield from _prices_by_hand(nights, test, truth)
    yield row("b6", what, "Poisson with inn and date effects", "", *with_truth(found, truth))
    every = two_way_response(nights["taken"], nights["rate"], nights["inn"], nights["date"])
    yield row("b6", what, "full nights taken for low demand: inn and date effects, by night", "+", every[0], truth)
    yield row("b7", what, "Poisson with inn and date effects", "", *with_truth(found, truth))
    # The best rate follows from the elasticity, the cost of a night and the commission.
    table = world.make("inns", seed)
    table = table[table["variable_cost"] > 10]
    what = "best rate of an inn without a full house (yuan)"
    share = 1 + 1 / truth
    right = (table["variable_cost"] / (1 - table["commission"]) / share).mean()
    yield row(
        "b7",
        what,
        "elasticity as found",
        "",
        (table["variable_cost"] / (1 - table["commission"]) / (1 + 1 / found[0])).mean(),
        right,
    )
    yield row("b7", what, "gross price optimized instead of net", "-", (table["variable_cost"] / share).mean(), right)


def cards(seed):
    """b7: what each way to a rate card loses."""
    yield from rate_cards(seed, by_night(seed), response(seed)[0])


def _prices_by_hand(nights, test, truth):
    """b6: what the lesson works out with sums and percentages of the middle, and the mistakes it makes on purpose."""
    what = "elasticity of demand in the rate"

    def between(cheap, dear, price="rate", people=None):
        """From two sets of nights: bookings a night, or of those who found a room."""
        demand = [rows["taken"].sum() / (rows[people].sum() if people else len(rows)) for rows in (cheap, dear)]
        return elasticity(cheap[price].mean(), dear[price].mean(), *demand)

    lower, higher = (test[test["arm"] == arm] for arm in ("lower", "higher"))
    yield row("b6", what, "the price test by hand, of those who found a room", "", between(lower, higher, people="found"), truth)
    yield row("b6", what, "full nights taken for low demand: the price test, by night", "+", between(lower, higher), truth)
    demand, rate = ([rows[name].mean() for rows in (lower, higher)] for name in ("taken", "rate"))
    first = (demand[1] / demand[0] - 1) / (rate[1] / rate[0] - 1)
    yield row("b6", what, "changes in percent of the lower arm", "+", first, truth)
    some = between(lower[lower["taken"] > 0], higher[higher["taken"] > 0])
    yield row("b6", what, "nights with no booking left out of the price test", "+", some, truth)
    two = between(*(rows[rows["rooms_taken"] == 2] for rows in (lower, higher)))
    yield row("b6", what, "occupancy 'controlled for': nights of the price test with two rooms taken", "+", two, truth)

    # Like for like: on the same date, inns that are dearer and inns that are cheaper than is usual for them.
    relative = nights["rate"] / nights.groupby("inn")["rate"].transform("mean")
    nights = nights.assign(extra=relative / relative.groupby(nights["date"]).transform("mean"))
    cheap, dear = nights[nights["extra"] <= 0.9], nights[nights["extra"] >= 1.1]
    yield row("b6", what, "the same date by hand, of those who found a room", "", between(cheap, dear, "extra", "found"), truth)
    weekday = nights[nights["night"] == "weekday"]
    for method, rows in (
        ("upward slope believed: by hand, inn by inn", nights),
        ("only weekday nights compared, inn by inn", weekday),
    ):
        each = []
        for _, own in rows.groupby("inn"):
            low, high = own["rate"].quantile([1 / 3, 2 / 3])
            each.append(between(own[own["rate"] <= low], own[own["rate"] >= high]))
        yield row("b6", what, method, "+", np.mean(each), truth)
    usual = nights.groupby("inn")[["rate", "taken"]].mean().sort_values("rate")
    cheap, dear = usual.head(10).mean(), usual.tail(10).mean()
    other = elasticity(cheap["rate"], dear["rate"], cheap["taken"], dear["taken"])
    yield row("b6", what, "different inns compared", "+", other, truth)
    before, after = (nights[nights["date"].between(f"2025-{month}-01", f"2025-{month}-30")] for month in ("09", "10"))
    yield row("b6", what, "before and after compared: October against September", "+", between(before, after), truth)


ALL = [prices, cards]
