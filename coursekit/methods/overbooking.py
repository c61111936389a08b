"""How many bookings to take for a night: what is lost too late to sell again, what it costs, what a limit leaves."""

import numpy as np
import pandas as pd

from coursekit.errors import Plain, want_columns
from coursekit.methods.intervals import wilson


def late_losses(
    bookings,
    today,
    *,
    ahead=2,
    booked="booked",
    arrival="arrival",
    canceled="canceled",
    status="status",
    no_show="no-show",
    level=0.95,
):
    """The share of the bookings of the eve that are lost on the day, when no room can be sold again.

    The eve is the evening before the arrival. Counted are bookings whose arrival is over by today, made at
    least `ahead` days before it, and not canceled by the eve. Lost are those canceled on the day of arrival
    and the no-shows: rows whose column `status` holds the word `no_show`. canceled: a column of dates, empty
    for bookings that were not canceled. Returns rate, low, high (Wilson's interval), as shares.

    >>> b = pd.DataFrame({"booked": ["2025-05-01"] * 4, "arrival": ["2025-05-09"] * 4, "canceled": ["2025-05-02", "2025-05-09", None, None],
    ...                   "status": ["canceled", "canceled", "no-show", "stayed"]})
    >>> b = b.astype({name: "datetime64[s]" for name in ("booked", "arrival", "canceled")})
    >>> [round(x, 2) for x in late_losses(b, "2025-05-31")]
    [0.67, 0.21, 0.94]
    """
    want_columns(bookings, booked=booked, arrival=arrival, canceled=canceled, status=status)
    days = {name: (bookings[arrival] - bookings[name]).dt.days for name in (booked, canceled)}
    over = bookings[arrival] <= pd.Timestamp(today)
    eve = over & (days[booked] >= ahead) & ~(days[canceled] >= 1)
    if not eve.any():
        raise Plain(
            f"No booking of the table was on the books on the eve of its arrival, made {ahead} days ahead or more and over by "
            f"{pd.Timestamp(today):%Y-%m-%d}. Give a later day, or more bookings."
        )
    lost = eve & (bookings[canceled].notna() | (bookings[status] == no_show))
    return wilson(int(lost.sum()), int(eve.sum()), level=level)


def outcomes(limit, rooms, show, price, walk_cost):
    """What may happen on a night sold up to a limit: one row for each number of guests that may come.

    limit: bookings taken; rooms: rooms there are; show: the share of bookings that come; price: what a guest
    who stays leaves, in yuan; walk_cost: what a guest who comes to a full house costs, in yuan. Bookings come
    or not independently of each other (binomial distribution; scipy). Returns a table by `come` with chance
    (a share), stay, walked and empty (guests, guests and rooms) and left (yuan). A no-show pays nothing.

    >>> outcomes(2, 1, 0.9, 100, 300).round(2)
          chance  stay  walked  empty  left
    come
    0       0.01     0       0      1     0
    1       0.18     1       0      0   100
    2       0.81     1       1      0  -200
    """
    come, chance, stay, walked, left = _night(limit, rooms, show, price, walk_cost)
    table = {"chance": chance, "stay": stay, "walked": walked, "empty": rooms - stay, "left": left}
    return pd.DataFrame(table, index=pd.Index(come, name="come"))


def night_margin(limit, rooms, show, price, walk_cost):
    """What a night sold up to a limit leaves on average, in yuan: each outcome's money times its chance, added up.

    The arguments are those of `outcomes`.

    >>> round(night_margin(5, 5, 0.95, 280, 560), 1), round(night_margin(6, 5, 0.95, 280, 560), 1)
    (1330.0, 978.5)
    """
    _, chance, _, _, left = _night(limit, rooms, show, price, walk_cost)
    return float((chance * left).sum())


def best_limit(rooms, show, price, walk_cost):
    """The number of bookings to take for a night, by the critical ratio price / (price + walk_cost).

    One more is worth it while the chance that those already taken fill the house is smaller than the ratio
    (Netessine & Shumsky 2002, Introduction to the Theory and Practice of Yield Management). Arguments as for `outcomes`.

    >>> [best_limit(n, 0.95, 280, 280) for n in (5, 10, 100)]
    [5, 10, 105]
    """
    from scipy.stats import binom

    _sensible(rooms, rooms, show, price, walk_cost)
    if walk_cost == 0 or show == 0:
        why = "walking a guest costs nothing" if walk_cost == 0 else "nobody ever comes"
        raise Plain(
            f"When {why}, every further booking seems to pay and there is no best limit. "
            "Say what walking a guest costs, and what share comes."
        )
    limit, ratio = rooms, price / (price + walk_cost)
    while binom.sf(rooms - 1, limit, show) < ratio:
        limit += 1
    return int(limit)


def _night(limit, rooms, show, price, walk_cost):
    """For 0, 1, … limit guests: how many come, the chance, who stay, who are walked, and what is left."""
    from scipy.stats import binom

    _sensible(limit, rooms, show, price, walk_cost)
    come = np.arange(limit + 1)
    stay = np.minimum(come, rooms)
    return come, binom.pmf(come, limit, show), stay, come - stay, price * stay - walk_cost * (come - stay)


def _sensible(limit, rooms, show, price, walk_cost):
    """Stop at numbers that describe no night."""
    asked = (
        ("The limit", limit, 0, np.inf, "a whole number from 0 up"),
        ("The number of rooms", rooms, 1, np.inf, "a whole number from 1 up"),
        ("The show rate", show, 0, 1, "a share from 0 to 1, such as 0.95 for 95 %"),
        ("What a guest leaves", price, 0, np.inf, "a number of yuan from 0 up"),
        ("What walking a guest costs", walk_cost, 0, np.inf, "a number of yuan from 0 up"),
    )
    for what, number, low, high, wanted in asked:
        if np.ndim(number):
            raise Plain(f"{what} came as a whole column. Expected is {wanted}: choose one inn.")
        if not low <= number <= high or ("whole" in wanted and number != number // 1):
            raise Plain(f"{what} is {number}. Expected is {wanted}.")
