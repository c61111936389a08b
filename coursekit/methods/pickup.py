"""Forecasting room nights from the bookings that are on the books."""

import math

import numpy as np
import pandas as pd


def nights_of(bookings, *, arrival="arrival", nights="nights"):
    """One row a night of each booking: the bookings repeated, with a column `night` (the day it starts).

    >>> b = pd.DataFrame({"arrival": pd.to_datetime(["2025-05-01"]), "nights": [2]})
    >>> nights_of(b)["night"].dt.day.to_list()
    [1, 2]
    """
    row = np.repeat(np.arange(len(bookings)), bookings[nights])
    step = np.arange(len(row)) - np.searchsorted(row, row)
    rows = bookings.iloc[row]
    return rows.assign(night=rows[arrival] + pd.to_timedelta(step, unit="D"))


def booking_curves(room_nights, ahead, *, booked="booked", canceled="canceled"):
    """Room nights on the books, by night (rows) and by days ahead of it (columns).

    A room night was on the books when it had been booked by the end of that day and not canceled
    by then; what became of it later is not used. room_nights: as from `nights_of`; ahead: days.

    >>> b = pd.DataFrame({"night": pd.to_datetime(["2025-05-09"] * 2), "booked": pd.to_datetime(["2025-05-01", "2025-05-08"]),
    ...                   "canceled": pd.to_datetime(["2025-05-04", None])})
    >>> booking_curves(b, [0, 5, 7])
                0  5  7
    night
    2025-05-09  1  0  1
    """
    nights = room_nights["night"]
    lead = (nights - room_nights[booked]).dt.days
    dropped = (nights - room_nights[canceled]).dt.days  # missing when it was never canceled
    index = pd.date_range(nights.min(), nights.max(), name="night", unit="s")
    curves = {days: nights[(lead >= days) & ~(dropped >= days)].value_counts() for days in ahead}
    return pd.DataFrame(curves, index=index).fillna(0).astype(int).rename_axis("night")


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
