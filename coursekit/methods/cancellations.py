"""Which bookings are canceled: by lead time, among those of which it is known."""

import numpy as np
import pandas as pd

from coursekit.errors import want_columns
from coursekit.methods.intervals import wilson

EDGES = (0, 1, 4, 8, 15, 31, 61)  # first days of the groups of lead time


def cancel_rates(bookings, today, *, edges=EDGES, booked="booked", arrival="arrival", canceled="canceled", level=0.95):
    """The share of bookings that were canceled, by lead time, with an interval.

    Lead time is the days from booking to arrival. Only bookings whose arrival is over count: of the
    others nobody knows yet. A booking without a day of booking has no lead time and does not count. today: the day the table was taken. edges: first day of each group.
    canceled: a column of dates, empty for bookings that were not canceled (a no-show was not).
    Returns a table by lead time with bookings, canceled, rate, low and high.

    >>> b = pd.DataFrame({"booked": ["2025-05-01", "2025-05-01", "2025-05-08"], "arrival": ["2025-05-09", "2025-05-20", "2025-05-09"],
    ...                   "canceled": ["2025-05-02", None, None]}).astype("datetime64[s]")
    >>> cancel_rates(b, "2025-05-15", edges=[0, 7])[["bookings", "canceled", "rate"]].to_numpy().tolist()
    [[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]]
    """
    want_columns(bookings, booked=booked, arrival=arrival, canceled=canceled)
    known = bookings[(bookings[arrival] <= pd.Timestamp(today)) & bookings[booked].notna()]
    lead = (known[arrival] - known[booked]).dt.days.to_numpy()
    group = np.searchsorted(edges, lead, side="right") - 1
    lost = known[canceled].notna().to_numpy()
    rows = [(int((group == g).sum()), int(lost[group == g].sum())) for g in range(len(edges))]
    table = pd.DataFrame(rows, columns=["bookings", "canceled"], index=pd.Index(_names(edges), name="lead time in days"))
    table = table[table["bookings"] > 0]
    rates = [wilson(lost, count, level=level) for count, lost in table.to_numpy()]
    return table.assign(**{name: [r[k] for r in rates] for k, name in enumerate(("rate", "low", "high"))})


def _names(edges):
    """Labels such as 0, 1 to 3, 61 and more."""
    last = [after - 1 for after in edges[1:]]
    return [str(a) if a == b else f"{a} to {b}" for a, b in zip(edges[:-1], last, strict=True)] + [f"{edges[-1]} and more"]
