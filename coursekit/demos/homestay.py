"""Demonstrations of module B."""

import collections
import functools
import math

import numpy as np
import pandas as pd

from coursekit.charts import Lines, Ranges, live, number
from coursekit.data import load
from coursekit.measures import adr, elasticity, net_adr, occupancy, revpar
from coursekit.methods import (
    best_limit,
    booking_curves,
    full_nights,
    night_margin,
    nights_of,
    outcomes,
    pickup_forecast,
    rate_table,
    unconstrain,
)


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


def one_more(show=97.0, walk=300.0, rooms=5.0):
    """On how many nights the first, second … guest beyond the rooms meets a full house, beside the critical ratio, in percent.

    show: of 100 guests, how many come; walk: yuan for each guest walked; rooms: of the inn. A sold room
    night leaves 100 yuan.

    >>> one_more(95, 300, 5)[0].round(1).to_list()[:3]
    [25.0, 77.4, 96.7]
    >>> one_more(95, 100, 100)[1][-45:]
    'Best are 105 bookings, 5 more than the rooms.'
    """
    rooms, share, night = int(rooms), show / 100, 100
    ratio = 100 * night / (night + walk)
    full = []
    for taken in range(rooms, rooms + 6):
        chances = outcomes(taken, rooms, share, night, walk)["chance"]
        full.append(100 * chances.loc[rooms:].sum())
    names = ["critical ratio", *(f"guest {more} beyond the rooms" for more in range(1, 7))]
    values = pd.Series([ratio, *full], index=names).round(6)
    gain = night_margin(rooms + 1, rooms, share, night, walk) - night_margin(rooms, rooms, share, night, walk)
    best = best_limit(rooms, share, night, walk)
    bookings = f"{rooms} booking{'' if rooms == 1 else 's'}, none beyond the rooms" if best == rooms else (
        f"{best} bookings, {best - rooms} more than the rooms")  # fmt: skip
    return values, (
        f"The critical ratio is {ratio:.1f} %. The first guest beyond the rooms meets a full house on {full[0]:.1f} % of the nights, and "
        f"changes what a full night leaves by {gain:+.0f} yuan. Best {'is' if best == 1 else 'are'} {bookings}."
    )


def show_one_more():
    """Demonstration: from how many rooms on does one more booking pay?"""
    live(
        one_more, title="One more pays while its bar is shorter than the first", unit="percent: the ratio, and the chance of a full house", limit=100,
        show=("of 100 guests come", 80, 100, 1, 97), walk=("walking a guest costs, yuan", 25, 500, 25, 300),
        rooms=("rooms of the inn", 1, 100, 1, 5),
    )  # fmt: skip


def rate_curve(asked=3.0, cost=114.0, fewer=16.0):
    """What a night of an inn of six rooms leaves at each rate, in percent of what the best rate leaves.

    asked: room nights asked for at 328 yuan; cost: of a room night sold, in yuan; fewer: how many of
    100 guests do not come when the rate is 10 % higher. The platform keeps 15 %.

    >>> [int(rate_curve(asked)[0]["best rate"].idxmax()) for asked in (1, 3, 6, 15)]
    [298, 328, 408, 608]
    >>> rate_curve(3, 114, 16)[1][-73:]
    'The best rate is 328 yuan: it sells 2.95 room nights and leaves 486 yuan.'
    """
    elasticity = math.log(1 - fewer / 100) / math.log(1.1)
    table = rate_table(range(178, 1008, 10), asked, at=328, elasticity=elasticity, rooms=6, cost=cost, commission=0.15)
    best, part = table["margin"].idxmax(), (100 * table["margin"] / table["margin"].max()).round(1)
    lines = pd.DataFrame({"six rooms": part, "best rate": part.where(table.index == best)}).rename_axis("rate in yuan")
    return lines, (
        f"At 328 yuan {number(asked)} room {'night is' if asked == 1 else 'nights are'} asked for, a room night sold costs "
        f"{number(cost)} yuan, and at a rate 10 % higher {number(fewer)} of 100 guests do not come (elasticity {elasticity:.2f}). "
        f"The best rate is {best} yuan: it sells {table['sold'][best]:.2f} room nights and leaves {table['margin'][best]:.0f} yuan."
    )


def show_rate_curve():
    """Demonstration: what a guest costs and how guests answer set the best rate, and a full house raises it."""
    live(
        rate_curve, title="What one night leaves, by its rate", unit="percent of the most it can leave", limit=125, kind=Lines,
        asked=("room nights asked for at 328 yuan", 1, 15, 1, 3), cost=("cost of a room night sold, in yuan", 60, 140, 2, 114),
        fewer=("do not come at a rate 10 % higher, of 100", 12, 25, 1, 16),
    )  # fmt: skip


TRUE_ANSWER = -1.7  # how the guests of the made-up inn answer to price, whatever its host does


@functools.cache
def _luck_of_nights(nights=900):
    """Of each night of a made-up inn: the log of demand, what moves the log rate besides it, and the guests' luck."""
    rng = np.random.default_rng(4)
    demand, habit = rng.normal(size=(2, nights))
    return 0.8 * (demand - demand.mean()) / demand.std(), 0.17 * (habit - habit.mean()) / habit.std(), rng.random(nights)


def host_follows(rise=0.0):
    """Bookings a night on the cheapest, the middle and the dearest third of 900 nights of a made-up inn.

    rise: by how many percent the host raises the rate when twice as many guests want to come. The
    guests answer to every rate alike: one percent dearer, 1.7 % fewer bookings. Their luck is drawn once.

    >>> [host_follows(rise)[0].round(2).to_list() for rise in (0, 20)]
    [[3.16, 2.15, 1.73], [1.45, 1.96, 2.3]]
    """
    from scipy.stats import poisson

    demand, habit, luck = _luck_of_nights()
    log_rate = np.log2(1 + rise / 100) * demand + habit
    booked = poisson.ppf(luck, 1.6 * np.exp(demand + TRUE_ANSWER * log_rate))
    order = np.argsort(log_rate).reshape(3, -1)
    rates, arrivals = np.exp(log_rate)[order].mean(axis=1), booked[order].mean(axis=1)
    values = pd.Series(arrivals, index=["cheapest third", "middle third", "dearest third"]).round(6)
    seems = elasticity(rates[0], rates[2], arrivals[0], arrivals[2])
    return values, (
        f"When twice as many guests want to come, the host raises the rate by {number(rise)} %. On the cheapest third of the nights "
        f"{arrivals[0]:.2f} bookings arrive, on the dearest {arrivals[2]:.2f}: the elasticity seems to be {seems:+.1f}. "
        f"The guests' own is {TRUE_ANSWER} all the time."
    )


def show_host_follows():
    """Demonstration: the more a host follows demand, the more guests seem to like high rates."""
    live(
        host_follows, title="The same guests on 900 nights, by rate", unit="bookings that arrive a night", limit=3,
        rise=("when demand doubles, the host raises the rate by percent", 0, 25, 1, 0),
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
