"""Forecasting room nights from the bookings that are on the books."""

import math

import numpy as np
import pandas as pd

from coursekit.errors import Plain, want_columns


def nights_of(bookings, *, arrival="arrival", nights="nights"):
    """One row a night of each booking: the bookings repeated, with a column `night` (the day it starts).

    Raises a plain sentence when a column is missing.

    >>> b = pd.DataFrame({"arrival": pd.to_datetime(["2025-05-01"]), "nights": [2]})
    >>> nights_of(b)["night"].dt.day.to_list()
    [1, 2]
    """
    want_columns(bookings, arrival=arrival, nights=nights)
    row = np.repeat(np.arange(len(bookings)), bookings[nights])
    step = np.arange(len(row)) - np.searchsorted(row, row)
    rows = bookings.iloc[row]
    return rows.assign(night=rows[arrival] + pd.to_timedelta(step, unit="D"))


def booking_curves(room_nights, ahead, *, by=None, booked="booked", canceled="canceled"):
    """Room nights on the books, by night (rows) and by days ahead of it (columns).

    A room night was on the books when it had been booked by the end of that day and not canceled
    by then; what became of it later is not used. room_nights: as from `nights_of`; ahead: days. by: a
    column, such as the inn: each inn gets curves of its own, and the index is (inn, night).

    >>> b = pd.DataFrame({"night": pd.to_datetime(["2025-05-09"] * 2), "booked": pd.to_datetime(["2025-05-01", "2025-05-08"]),
    ...                   "canceled": pd.to_datetime(["2025-05-04", None])})
    >>> booking_curves(b, [0, 5, 7])
                0  5  7
    night
    2025-05-09  1  0  1
    """
    want_columns(room_nights, booked=booked, canceled=canceled)
    if "night" not in room_nights:
        raise Plain("The table has no column 'night': make room nights of the bookings first, with methods.nights_of(…).")
    nights, ahead = room_nights["night"], list(ahead)
    index = pd.date_range(nights.min(), nights.max(), name="night", unit="s")
    row = (nights - index[0]).dt.days.to_numpy()
    if by is not None:
        part, names = pd.factorize(room_nights[by], sort=True)
        row = part * len(index) + row
        index = pd.MultiIndex.from_product([names, index], names=[by, "night"])
    lead = (nights - room_nights[booked]).dt.days.to_numpy(float)
    dropped = (nights - room_nights[canceled]).dt.days.to_numpy(float)  # missing when it was never canceled
    days = np.sort(ahead)[::-1]

    def on(left):
        """By night, and by the most days ahead at which it was so already."""
        place = len(days) - np.searchsorted(days[::-1], left, side="right")
        place[np.isnan(left)] = len(days)
        counts = np.bincount(row * (len(days) + 1) + place, minlength=len(index) * (len(days) + 1))
        return counts.reshape(len(index), -1)[:, :-1]

    curves = (on(lead) - on(np.minimum(lead, dropped))).cumsum(axis=1)
    return pd.DataFrame(curves, index, days)[ahead].rename_axis("night" if by is None else [by, "night"])


def pickup_forecast(curves, today, ahead, *, past=10, level=0.95):
    """Room nights sold in the end on a night some days ahead: those on the books today, and their pick-up.

    The pick-up is what the last nights of the same weekday gained over as many days (additive
    pick-up). curves: as from `booking_curves`, with columns 0 and ahead; leave out nights that are
    not like the others, such as holidays. past: how many nights are looked back at. Returns forecast,
    low, high: one new night lies within with probability `level`, if it is like the last ones.
    """
    from scipy.stats import t

    night = pd.Timestamp(today) + pd.Timedelta(days=ahead)
    over = curves[(curves.index <= pd.Timestamp(today)) & (curves.index.day_of_week == night.day_of_week)].tail(past)
    gains = over[0] - over[ahead]
    wide = t.ppf(0.5 + level / 2, len(gains) - 1) * gains.std() * math.sqrt(1 + 1 / len(gains))
    middle = curves.loc[night, ahead] + gains.mean()
    return float(middle), float(middle - wide), float(middle + wide)
