"""Demonstrations of module B."""

import collections
import functools

import numpy as np
import pandas as pd

from coursekit.charts import Ranges, live, number
from coursekit.data import load
from coursekit.measures import adr, net_adr, occupancy, revpar
from coursekit.methods import booking_curves, full_nights, nights_of, pickup_forecast, unconstrain


def inn_month(sold=120.0, rate=300.0, closed=0.0):
    """A month of an inn of six rooms and 30 nights: what a sold night brings, what stays of it, what an available night brings.

    sold, closed: room nights; rate: yuan a night. The platform keeps 10 % of every price.

    >>> inn_month(120, 300)[0].to_list(), inn_month(90, 400)[0].to_list()
    ([300.0, 270.0, 200.0], [400.0, 360.0, 200.0])
    >>> float(inn_month(120, 300, 60)[0]["RevPAR"])
    300.0
    """
    available, revenue = 6 * 30 - closed, sold * rate
    values = [adr(revenue, sold), net_adr(revenue, sold, 0.1), revpar(revenue, available)]
    values = pd.Series(values, index=["ADR", "net ADR", "RevPAR"], dtype=float).round(6)
    return values, (
        f"Of {number(available)} available room nights {number(sold)} are sold: {100 * occupancy(sold, available):.0f} %. "
        f"At {number(rate)} yuan each they bring {number(revenue)} yuan, and that is {number(values['RevPAR'])} yuan "
        "for every available room night."
    )


def show_inn_month():
    """Demonstration: the same revenue per available night comes from few dear nights or many cheap ones."""
    live(
        inn_month, title="One month of an inn of six rooms", unit="yuan a night", limit=520,
        sold=("room nights sold", 10, 120, 5, 120), rate=("price of a night in yuan", 100, 500, 50, 300),
        closed=("closed room nights", 0, 60, 5, 0),
    )  # fmt: skip


@functools.cache
def _usual_curves():
    """Room nights on the books of all inns, 0 to 45 days ahead, without holiday nights."""
    curves = booking_curves(nights_of(load("bookings")), range(46))
    return curves[load("calendar").set_index("date")["night"].reindex(curves.index) != "holiday"]


def forecast_ahead(ahead=14.0):
    """What was on the books so many days before Friday 5 December 2025, the forecast then, and what was sold.

    >>> forecast_ahead(14)[0].round().to_numpy().tolist()
    [[16.0, 16.0, 16.0], [56.0, 30.0, 81.0], [44.0, 44.0, 44.0]]
    """
    ahead, night = int(ahead), pd.Timestamp("2025-12-05")
    curves = _usual_curves()
    now, sold = float(curves.loc[night, ahead]), float(curves.loc[night, 0])
    found = pickup_forecast(curves, night - pd.Timedelta(ahead, "D"), ahead)
    rows = [(now, now, now), found, (sold, sold, sold)]
    table = pd.DataFrame(rows, columns=["value", "low", "high"], index=["on the books", "forecast", "sold in the end"])
    return table, (
        f"{number(ahead)} {'day' if ahead == 1 else 'days'} ahead {number(now)} room nights are on the books. The forecast says "
        f"{found[0]:.0f}, from {found[1]:.0f} to {found[2]:.0f}, {found[2] - found[1]:.0f} from end to end. "
        f"In the end {number(sold)} were sold, {'inside' if found[1] <= sold <= found[2] else 'outside'} the interval."
    )


def show_forecast_ahead():
    """Demonstration: the nearer the night, the more is on the books and the narrower the interval."""
    live(
        forecast_ahead, title="Friday 5 December 2025, thirty inns", unit="room nights", limit=115, kind=Ranges,
        ahead=("days ahead of the night", 1, 45, 1, 14),
    )  # fmt: skip


def deposit_choice(lost_20=0.0, lost_50=0.0):
    """Bookings that stay of 100 guests who would book without a deposit, by the deposit that is asked.

    lost_20, lost_50: how many of the 100 do not book at all because of it. Of those who book, 16.7,
    12.3 and 7.7 % cancel with no deposit, 20 % and 50 % of the price, as in the lesson.

    >>> deposit_choice(2, 7)[0].to_list()
    [83.3, 85.946, 85.839]
    >>> deposit_choice(5, 10)[1][-42:]
    'Most bookings stay with a deposit of 20 %.'
    """
    stay = {"no deposit": 83.3, "20 % deposit": 87.7 * (1 - lost_20 / 100), "50 % deposit": 92.3 * (1 - lost_50 / 100)}
    values = pd.Series(stay).round(6)
    best = {"no deposit": "no deposit", "20 % deposit": "a deposit of 20 %", "50 % deposit": "a deposit of 50 %"}[values.idxmax()]
    with_20, with_50 = (f"{number(x)} of 100 {'does' if x == 1 else 'do'}" for x in (lost_20, lost_50))
    return values, (
        f"Because of a deposit of 20 % {with_20} not book, because of 50 % {with_50} not. "
        f"{values.iloc[0]:.2f}, {values.iloc[1]:.2f} and {values.iloc[2]:.2f} bookings stay. Most bookings stay with {best}."
    )


def show_deposit():
    """Demonstration: a deposit keeps bookings, and keeps guests from booking."""
    live(
        deposit_choice, title="Of 100 guests, bookings that stay", unit="bookings that are not canceled", limit=93,
        lost_20=("do not book, 20 % deposit, of 100", 0, 20, 1, 0), lost_50=("do not book, 50 % deposit, of 100", 0, 20, 1, 0),
    )  # fmt: skip


def smaller_house(rooms=5.0):
    """Bookings of a full night, if Spring Bridge (eleven rooms) had so few rooms: taken, three estimates, and those that really came.

    The bookings of the inn are served in their order by a front desk with fewer rooms. Nobody knows who
    came in vain to the real inn; of the smaller one it is known, for they all came.

    >>> smaller_house(5)[0].round(1).to_list()
    [3.7, 4.1, 4.8, 5.8, 4.7]
    """
    values, nights = _smaller_house(int(rooms))
    taken, added, weighted, divided, came = values
    return values, (
        f"With {number(rooms)} rooms Spring Bridge would have been full on {nights} nights. It would have taken {taken:.2f} bookings a full "
        f"night; {came:.2f} really came. Usual late guests added: {added:.2f}; weighted: {weighted:.2f}; divided: {divided:.2f}."
    )


@functools.cache
def _spring_bridge():
    """The bookings of the inn, the kinds of nights, and its bookings and cancellations in their order: (day, canceled, which)."""
    bookings, kind = load("bookings").query("inn == 'I009'"), load("calendar").set_index("date")["night"]
    # Numbers follow the time of booking; a cancellation comes after the bookings of its day.
    events = [(day, False, i) for i, day in enumerate(bookings["booked"])]
    events += [(day, True, i) for i, day in enumerate(bookings["canceled"]) if not pd.isna(day)]
    return bookings, kind, sorted(events)


@functools.cache
def _smaller_house(rooms):
    bookings, kind, events = _spring_bridge()
    first, wish, got = bookings["arrival"].to_list(), bookings["nights"].to_list(), [0] * len(bookings)
    sold = collections.Counter()
    for _, canceled, i in events:
        nights = [first[i] + pd.Timedelta(days=n) for n in range(wish[i])]
        if not canceled:
            full = [n for n, night in enumerate(nights) if sold[night] >= rooms]
            got[i] = full[0] if full else len(nights)
        sold.update(dict.fromkeys(nights[: got[i]], -1 if canceled else 1))
    got = np.array(got)
    index = kind.index[kind.index <= "2025-12-31"]
    table = unconstrain(full_nights(bookings.assign(nights=got)[got > 0], pd.Series(rooms, index), kind))
    full = table[table["since"].notna()]
    usual = full["kind"].map(table[table["since"].isna()].groupby("kind")["taken"].mean())
    values = {
        "taken": full["taken"].mean(),
        "usual late guests added": (full["taken"] + full["closed"] * usual).mean(),
        "weighted": full["demand"].mean(),
        "divided by the open part": (full["taken"] / (1 - full["closed"])).mean(),
        "really came": bookings.groupby("arrival").size().reindex(full.index, fill_value=0).mean(),
    }
    return pd.Series(values), len(full)


def show_smaller_house():
    """Demonstration: in a house that filled, what open nights say is too little, and what the full night says is too much."""
    for rooms in range(3, 9):
        _smaller_house(rooms)  # worked out before a control is moved
    live(
        smaller_house, title="Spring Bridge, if it had fewer rooms", unit="bookings that arrive on a full night", limit=8,
        rooms=("rooms of the smaller house", 3, 8, 1, 5),
    )  # fmt: skip
