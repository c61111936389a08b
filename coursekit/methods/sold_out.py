"""Demand beyond capacity: which nights were full, since when, and how many guests found no room.

The books of open nights tell when guests book. So they tell which part of a night's guests came
while it was full. In revenue management this is called unconstraining; Guo, Xiao & Li (2012, doi
10.1155/2012/270910) review its methods.
"""

import numpy as np
import pandas as pd

from coursekit.errors import Plain
from coursekit.methods.pickup import booking_curves, nights_of


def open_rooms(rooms, closures, first, last):
    """Rooms that could be sold, by inn and night: those there were, less those that were closed.

    rooms: one row a room, with room, inn and since; closures: runs of closed nights, with room,
    first_night and nights. first, last: the first and the last night. Nights on which every room of
    an inn was closed are left out. Returns a Series with the index inn, night.

    >>> rooms = pd.DataFrame({"room": ["a", "b"], "inn": "I1", "since": pd.to_datetime(["2025-01-01", "2025-05-02"])})
    >>> closures = pd.DataFrame({"room": ["a"], "first_night": pd.to_datetime(["2025-05-02"]), "nights": [1]})
    >>> open_rooms(rooms, closures, "2025-05-01", "2025-05-03").to_list()
    [1, 1, 2]
    """
    first, last = pd.Timestamp(first), pd.Timestamp(last)
    since = rooms["since"].clip(lower=first)
    there = nights_of(rooms.assign(since=since, nights=((last - since).dt.days + 1).clip(lower=0)), arrival="since")
    shut = nights_of(closures, arrival="first_night").merge(rooms[["room", "inn", "since"]], on="room")
    shut = shut[(shut["night"] >= shut["since"]) & shut["night"].between(first, last)]
    count = there.groupby(["inn", "night"]).size()
    count = count - shut.groupby(["inn", "night"]).size().reindex(count.index, fill_value=0)
    return count[count > 0].rename("rooms")


def when_full(books, rooms):
    """How many days ahead each night was full for the first time; empty (NaN) when it never was.

    books: room nights on the books at the end of each day, as from `booking_curves`, with the columns
    0, 1, 2 …; rooms: how many bookings each night can take, by the same index.

    >>> books = pd.DataFrame({0: [3, 2, 2], 1: [3, 3, 2], 2: [1, 3, 1]})
    >>> when_full(books, pd.Series(3, index=books.index)).to_list()
    [1.0, 2.0, nan]
    """
    full = _full(books, rooms)
    days = np.asarray(books.columns)
    return pd.Series(np.where(full.any(axis=1), np.where(full, days, -1).max(axis=1), np.nan), books.index, name="since")


def _full(books, rooms):
    """True for each night and each day ahead at whose end every room was taken."""
    days = list(books.columns)
    if days != list(range(len(days))):
        raise Plain("The books have to begin with the night itself and to leave out no day: columns 0, 1, 2 and so on.")
    limit = rooms.reindex(books.index).to_numpy(float)
    return (books.to_numpy() >= limit[:, None]) & (limit[:, None] > 0)


def full_nights(
    bookings, rooms, kind, *, by=None, days=90, arrival="arrival", nights="nights", booked="booked", canceled="canceled"
):
    """One row a night: its kind, rooms, bookings taken for it, since when it was full, and what part of its guests that shut out.

    bookings: one row a booking; rooms: how many bookings each night can take, a Series by night; kind: the
    kind of each night, by date, such as weekday, weekend and holiday. by: a column, such as the inn; then
    rooms has the index (inn, night). days: how far the books are looked at; what was booked earlier counts
    as booked then.

    taken counts the bookings that arrive on the night, whatever became of them. since is as from
    `when_full`. closed is the share of a night's bookings that are made on the days on which it was
    full, as the open nights of its kind tell (all inns together). A day on which it filled counts half.

    >>> night = pd.date_range("2025-05-01", periods=2, name="night")
    >>> b = pd.DataFrame({"arrival": night[[0, 0, 1]], "booked": pd.to_datetime(["2025-04-30", "2025-05-01", "2025-05-01"]),
    ...                   "nights": 1, "canceled": pd.NaT})
    >>> table = full_nights(b, pd.Series([3, 1], night), pd.Series("weekday", night), days=3)
    >>> table[["taken", "since", "closed"]].to_numpy().tolist()
    [[2.0, nan, 0.0], [1.0, 1.0, 0.75]]
    """
    date = rooms.index.get_level_values(-1)
    if rooms.index.nlevels != (1 if by is None else 2):
        raise Plain('The rooms are a Series by night; with by="inn" a Series by inn and night, as open_rooms gives it.')
    kinds = kind.reindex(date).to_numpy()
    if pd.isna(kinds).any():
        raise Plain(
            f"kind does not say what the night {date[pd.isna(kinds)][0]:%Y-%m-%d} is; it must name the kind of every night in rooms."
        )
    names = {"by": by, "booked": booked, "canceled": canceled}
    slept = nights_of(bookings, arrival=arrival, nights=nights)
    came = bookings.assign(**{"night": bookings[arrival], canceled: np.datetime64("NaT", "s")})
    books, asked = (booking_curves(rows, range(days + 1), **names).reindex(rooms.index, fill_value=0) for rows in (slept, came))
    asked = asked.to_numpy()
    table = pd.DataFrame({"kind": kinds, "rooms": rooms, "taken": asked[:, 0]}, index=rooms.index)
    table = table.assign(since=when_full(books, rooms), closed=0.0)
    full = _full(books, rooms).astype(float)
    shut = (full + np.pad(full, ((0, 0), (0, 1)))[:, 1:]) / 2  # the night was full at the day's end, and at its beginning
    for name in table["kind"].unique():
        here = (table["kind"] == name).to_numpy()
        curve = asked[here & table["since"].isna().to_numpy()].sum(axis=0)
        if curve[0] == 0:
            raise Plain(f"No booking was taken for an open night of the kind {name}: nothing tells when its guests book.")
        table.loc[here, "closed"] = shut[here] @ (-np.diff(curve, append=0) / curve[0])
    return table


def unconstrain(table, *, taken="taken", closed="closed", groups=("kind",), level=0.95):
    """How many guests could not book, night by night.

    table: one row a night, with the bookings taken and the share of its guests that was shut out
    (closed; 0 for a night that was never full), as from `full_nights`. groups: columns, or levels of
    the index, that make nights alike, such as the inn and the kind of night.

    Nights of a group want a number of bookings that varies from night to night as a Gamma does; guests
    come by chance (Poisson). Then the best guess at what a night wanted lies between what the nights
    of its group want on average (usual) and what was taken of it, divided by the share that was not
    shut out; weight is the weight of the latter (Bühlmann 1967, credibility). What is usual is found by
    filling in and taking the mean, in turn, until both agree (EM; Dempster, Laird & Rubin 1977), and
    how much nights differ by maximum likelihood, one number for all groups.

    Returns the table with usual, weight, hidden (bookings that could not be made), low, high (where
    their number lies with probability `level`), chance (that there was one at least), demand (taken
    and hidden).

    >>> nights = pd.DataFrame({"kind": "weekday", "taken": [0, 1, 2, 3, 4, 3], "closed": [0, 0, 0, 0, 0.2, 0.5]})
    >>> unconstrain(nights)[["hidden", "low", "high"]].round(1).to_numpy()[4:].tolist()
    [[0.6, 0.0, 3.0], [1.6, 0.0, 5.0]]
    """
    from scipy.stats import nbinom

    count, shut = table[taken].to_numpy(float), table[closed].to_numpy(float)
    if not ((count >= 0) & (count == np.round(count))).all() or not ((shut >= 0) & (shut <= 1)).all():
        raise Plain(f"unconstrain wants whole numbers from 0 in {taken}, and shares from 0 to 1 in {closed}, without gaps.")
    group = table.reset_index().groupby(list(groups)).ngroup().to_numpy()
    alike, usual = _gamma(count, 1 - shut, group)
    usual = usual[group]
    seen = (1 - shut) * usual
    # What the night wants, after what was seen of it: Gamma of shape alike + taken.
    rate = alike / usual + 1 - shut
    hidden = shut * (alike + count) / rate
    part = rate / (rate + shut)
    low, high = np.zeros((2, len(table)))
    for end, tail in ((low, (1 - level) / 2), (high, (1 + level) / 2)):
        end[shut > 0] = nbinom.ppf(tail, (alike + count)[shut > 0], part[shut > 0])
    return table.assign(
        usual=usual, weight=seen / (seen + alike), hidden=hidden, low=low, high=high,
        chance=1 - part ** (alike + count), demand=count + hidden,
    )  # fmt: skip


def _gamma(count, share, group):
    """How alike nights are (the shape of a Gamma, one for all), and what each group wants on average."""
    from scipy.optimize import minimize_scalar
    from scipy.special import gammaln

    # Nights of a group with the same numbers are counted once.
    (group, count, share), many = np.unique(np.array([group, count, share]), axis=1, return_counts=True)
    group, size = group.astype(int), int(group[-1]) + 1
    total = np.bincount(group, many, size)
    usual = np.maximum(np.bincount(group, many * count, size) / np.maximum(np.bincount(group, many * share, size), 1e-9), 1e-9)

    def settled(alike, usual):
        for _ in range(1000):
            new = np.maximum(np.bincount(group, many * (alike + count) / (alike / usual[group] + share), size) / total, 1e-9)
            if np.abs(new / usual - 1).max() < 1e-6:
                return new
            usual = new
        return usual

    def unlikely(log_alike):
        nonlocal usual
        alike = np.exp(log_alike)
        usual = settled(alike, usual)
        rate = alike / usual[group]
        likely = gammaln(alike + count) - gammaln(alike) + alike * np.log(rate) - (alike + count) * np.log(rate + share)
        return -(many * likely).sum()

    found = minimize_scalar(unlikely, bounds=(np.log(0.1), np.log(200)), method="bounded", options={"xatol": 1e-4})
    return float(np.exp(found.x)), settled(np.exp(found.x), usual)
