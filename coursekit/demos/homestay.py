"""Demonstrations of module B."""

import functools

import numpy as np
import pandas as pd

from coursekit.charts import Ranges, live, number
from coursekit.data import load
from coursekit.measures import adr, elasticity, net_adr, occupancy, revpar
from coursekit.methods import booking_curves, nights_of, pickup_forecast


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
