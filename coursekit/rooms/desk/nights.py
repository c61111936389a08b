"""Coupons for nights: who buys one, where they are placed, who comes, and which full-price guests find no room."""

import functools

import numpy as np
import pandas as pd

from coursekit import methods
from coursekit.errors import Plain
from coursekit.rooms.desk.weekend import STEP, people, weekend
from coursekit.world import coupons

NONE = {
    "time": np.empty(0), "set_aside": np.empty(0, int), "buyers": np.empty(0, int), "placed": np.empty(0, bool), "stays": None,
    "plan": pd.DataFrame({"inn": [], "date": pd.to_datetime([]), "area": [], "wish": [], "nights": [], "coupons": []}),
    "used": 0, "held": 0, "displaced": 0, "nights": None, "account": {},
}  # fmt: skip


def let(nights, given, luck, end):
    """The night coupons that are sold, where they hold, who comes; and the lines of the account, in cents.

    nights: (coupons, value, for, allot, floor, further coupons by step), or None; end: the hour from which on no more are sold.
    They are placed on Sunday night, all together. The desk sets their value aside when they are sold, and pays for the nights
    that are slept; a coupon that finds no room, or nobody uses, costs nothing.
    """
    if nights is None:
        return NONE
    first, value, kind, allot, floor, opened = nights
    buyers = _buyers(first, value, kind, opened, given, luck, end)
    return _let(given["seed"], given["economy"], luck, tuple(buyers.tolist()), value, kind, allot, floor)


def _buyers(first, value, kind, opened, given, luck, end):
    """Places of those who buy a coupon: the first who find one, for whom it is worth enough, and for their nights."""
    asks = people(given["seed"], luck, given["economy"])["nights"]
    wish = np.array(coupons.WISHES, dtype=object)[asks["wish"]]
    suits = np.flatnonzero((asks["need"] <= value) & ((wish == kind) | (wish == "any") | (kind == "any")) & (asks["time"] < end))
    sold, there, opened = [], first, [*opened]
    for buyer in suits:
        while opened and asks["time"][buyer] >= STEP * opened[0][0]:
            there += opened.pop(0)[1]
        if len(sold) < there:
            sold.append(buyer)
    return np.array(sold, int)


@functools.lru_cache(maxsize=2048)
def _let(seed, economy, luck, buyers, value, kind, allot, floor):
    given, buyers = weekend(seed, economy), np.array(buyers, int)
    crowd = people(seed, luck, economy)
    asks = crowd["nights"]
    # Who wishes for any night and holds a coupon for weekdays wishes for a weekday.
    wish = np.array(coupons.WISHES, dtype=object)[asks["wish"][buyers]]
    bought = pd.DataFrame({
        "area": np.array(coupons.AREAS, dtype=object)[asks["area"][buyers]], "wish": np.where(wish == "any", kind, wish), "nights": asks["nights"][buyers],
    })  # fmt: skip
    table = nights_table(given)
    plan = placed(bought, table, given, value, allot, floor)
    who = _matched(bought, plan)
    at = pd.MultiIndex.from_frame(table[["inn", "date"]])
    kinds, held, used = table["night"].to_numpy(), np.zeros(len(table), int), np.zeros(len(table), int)
    rows = [
        np.arange(start, start + n)
        for start, n in zip(at.get_indexer(pd.MultiIndex.from_frame(plan[["inn", "date"]])), plan["nights"], strict=True)
    ]
    stays = []
    for buyer, row in who:
        night = rows[row]
        came = bool(asks["comes"][buyers[buyer]] >= given["no_show"][int(kinds[night[0]] == "weekend")])
        held[night] += 1
        used[night] += came
        stays.append((buyers[buyer], row, came))
    left = (table["rate"] - table["variable_cost"]).to_numpy().round().astype(int)
    free, guests = table["free_rooms"].to_numpy(), crowd["guests"]
    # Without coupons no more guests come than there are rooms.
    displaced = np.minimum(guests, free) - np.minimum(guests, free - held)
    is_placed = np.zeros(len(buyers), bool)
    is_placed[[buyer for buyer, _ in who]] = True
    return {
        "time": asks["time"][buyers], "set_aside": 100 * value * asks["nights"][buyers], "buyers": buyers, "placed": is_placed,
        "stays": stays, "plan": plan, "used": int(used.sum()), "held": int(held.sum()), "displaced": int(displaced.sum()),
        "nights": pd.DataFrame({"held": held, "used": used, "guests": np.minimum(guests, free) - displaced, "displaced": displaced}),
        "account": {
            "coupon guests": 100 * int((used * left).sum()), "displaced guests": -100 * int((displaced * left).sum()),
            "desk: night coupons": -100 * value * int(used.sum()),
        },
    }  # fmt: skip


def nights_table(given):
    """The nights of the inns with all that `coursekit.methods` wants of them."""
    kind = given["calendar"].set_index("date")["night"]
    return given["nights"].merge(given["inns"], on="inn").assign(night=lambda t: t["date"].map(kind))


def placed(bought, table, given, value, allot, floor):
    """Where the coupons hold: first come, or by the plan that brings most by what is expected; a floor that cannot be kept is lowered."""
    if allot == "first come":
        return methods.allot_greedy(bought, table)
    show = 1 - _seen_no_shows()
    pays = max(0.0, 1 - value / float(given["inns"]["rate"].mean()))
    for least in range(floor, -1, -1):
        try:
            return methods.allot_best(bought, table, dict(zip(["weekday", "weekend"], show, strict=True)), pays, floor=least)
        except Plain:
            continue
    raise AssertionError("a floor of 0 can always be kept")


@functools.cache
def _seen_no_shows():
    """What an earlier round of coupons tells: the share that did not come, by kind of night."""
    from coursekit.world import make

    past = make("past_coupons")
    return 1 - past.groupby("night")["came"].mean()[["weekday", "weekend"]].to_numpy()


def _matched(bought, plan):
    """Which buyer has which row of the plan: of those with the same area, wish and nights, the first bought come first."""
    waiting = {key: list(places) for key, places in bought.groupby(["area", "wish", "nights"]).indices.items()}
    found = []
    for row, line in enumerate(plan.itertuples()):
        mine = waiting[line.area, line.wish, line.nights]
        found += [(mine.pop(0), row) for _ in range(line.coupons)]
    return sorted(found)
