"""How demand answers to price."""

import numpy as np
import pandas as pd

from coursekit.errors import Plain, want_columns


def count_by_night(nights, bookings, *, day="arrival", name="arrivals", inn="inn", night="date"):
    """The table of nights with one more column: how many bookings each night has, 0 where it has none.

    nights: one row an inn and night, in the columns named by inn and night. bookings: one row a
    booking, with the same column inn and a date in the column day. name: of the new column. The rows
    keep their order and their index. Raises a plain sentence when a column is missing.

    >>> nights = pd.DataFrame({"inn": "A", "date": pd.to_datetime(["2025-05-01", "2025-05-02", "2025-05-03"])})
    >>> bookings = pd.DataFrame({"inn": "A", "arrival": pd.to_datetime(["2025-05-01", "2025-05-03", "2025-05-03"])})
    >>> count_by_night(nights, bookings)["arrivals"].to_list()
    [1, 0, 2]
    """
    want_columns(nights, "of nights, which comes first,", inn=inn, night=night)
    want_columns(bookings, "of bookings, which comes after the nights,", inn=inn, day=day)
    found = bookings.groupby([inn, day]).size()
    wanted = pd.MultiIndex.from_frame(nights[[inn, night]])
    return nights.assign(**{name: found.reindex(wanted, fill_value=0).to_numpy()})


def response_of_test(counts, rates, arm, groups, *, lookers=1.0, level=0.95):
    """The elasticity of demand from a price test: by how many percent demand changes with one percent of price.

    counts and rates: bookings and price of each night; arm: True where a coin made the price
    higher. groups: what comes in one, such as the week: groups are left out one at a time for the
    interval (jackknife over groups). lookers: how many people found a room to
    book, each night; without it, nights are compared. Returns elasticity, low, high. Raises a plain
    sentence for an arm that is not True or False, a price of 0, or a single group.

    >>> night = np.arange(40)
    >>> [round(x, 2) for x in response_of_test(np.where(night % 2, 6, 10), np.where(night % 2, 230, 170), night % 2 == 1, night // 8)]
    [-1.69, -1.69, -1.69]
    """
    arm, groups = np.asarray(arm), np.asarray(groups)
    if arm.dtype.kind not in "bi" or set(np.unique(arm)) != {0, 1}:
        raise Plain(
            'The third argument says of each night whether its price was made higher, True or False, such as arm == "higher".'
        )
    if len(np.unique(groups)) < 2:
        raise Plain(
            "The groups are all the same; an interval needs at least two groups, such as weeks, to leave one out in turn."
        )
    _prices(rates)
    counts, arm = np.asarray(counts, float), arm.astype(bool)
    asked = np.broadcast_to(np.asarray(lookers, float), counts.shape)
    logs = np.log(np.asarray(rates, float))
    names, place = np.unique(groups, return_inverse=True)
    sums = np.array(
        [np.bincount(place, weight * side, len(names)) for side in (arm, ~arm) for weight in (counts, asked, asked * logs)]
    )

    def slope(total):
        high, high_n, high_log, low, low_n, low_log = total
        return np.log((high / high_n) / (low / low_n)) / (high_log / high_n - low_log / low_n)

    return _jackknife(slope(sums.sum(axis=1)), slope(sums.sum(axis=1)[:, None] - sums), level)


def two_way_response(counts, rates, inns, dates, *, lookers=1.0, level=0.95):
    """The elasticity of demand within inns and within dates, by Poisson regression with an effect of each.

    Whatever makes an inn dear or a date busy is taken out by its own effect; what is left of the
    rates is chance (a habit, a day forgotten) and shows how guests answer. Nights without a booking
    stay in. lookers: how many people found a room to book, each night; it makes up for nights that
    filled. The interval leaves out one inn at a time. Source: Correia, Guimarães & Zylkin (2020)
    for the model; here the effects are found in turn until they agree, and the slope by Newton's
    steps. Returns elasticity, low, high.

    >>> from coursekit.world import make
    >>> nights = make("rates").merge(make("searches"), on=["inn", "date"])
    >>> taken = make("bookings").groupby(["inn", "arrival"]).size().rename_axis(["inn", "date"])
    >>> nights = nights.join(taken.rename("taken"), on=["inn", "date"]).fillna({"taken": 0})
    >>> found = nights["searches"] - nights["no_room"]
    >>> [round(x, 1) for x in two_way_response(nights["taken"], nights["rate"], nights["inn"], nights["date"], lookers=found)]
    [-1.8, -1.9, -1.8]
    """
    _prices(rates)
    table = pd.DataFrame({"count": counts, "log": np.log(rates), "lookers": lookers, "inn": inns, "date": dates})
    if table.duplicated(["inn", "date"]).any():
        raise Plain("An inn has two rows for the same date; one row an inn and night is expected, with its bookings counted.")
    # A night that nobody could have, or that is not in the table, tells nothing.
    table = table[table["lookers"] > 0].pivot(index="inn", columns="date")
    y, x, asked = (table[name].fillna(0).to_numpy(float) for name in ("count", "log", "lookers"))
    whole = _two_way(y, x, asked, 0.0)
    others = [_two_way(*(np.delete(a, i, 0) for a in (y, x, asked)), whole) for i in range(len(y))]
    return _jackknife(whole, np.array(others), level)


def _prices(rates):
    """Stop at prices that have no logarithm; most often bookings and prices were given in the wrong order."""
    if np.min(rates) <= 0:
        raise Plain("A price of 0 or less came. First come the bookings of each night, then its price.")


def _two_way(y, x, asked, slope):
    """The Poisson slope on x with an effect of each row and each column; asked: how many people each cell had."""
    keep_row, keep_column = y.sum(axis=1) > 0, y.sum(axis=0) > 0
    y, x, asked = (a[np.ix_(keep_row, keep_column)] for a in (y, x, asked))
    column = np.ones(y.shape[1])
    for _ in range(200):
        part = asked * np.exp(slope * x)
        row = y.sum(axis=1) / (part @ column)
        column = y.sum(axis=0) / (row @ part)
        mean = row[:, None] * part * column
        # What of x the effects do not explain, found in turn with the means as weights.
        rest = x.copy()
        for _ in range(6):
            rest -= (mean * rest).sum(axis=1, keepdims=True) / mean.sum(axis=1, keepdims=True)
            rest -= (mean * rest).sum(axis=0) / mean.sum(axis=0)
        step = (rest * (y - mean)).sum() / (mean * rest**2).sum()
        slope += step
        if abs(step) < 1e-6:
            return slope
    raise ArithmeticError("The effects of inns and dates did not settle; there may be too few bookings.")


def _jackknife(whole, others, level):
    from scipy.stats import t

    n = len(others)
    spread = np.sqrt((n - 1) / n * ((others - others.mean()) ** 2).sum())
    wide = t.ppf(0.5 + level / 2, n - 1) * spread
    return float(whole), float(whole - wide), float(whole + wide)
