"""What a host sets, and when: a list of dictionaries that a person can write, read and change; and what cannot be.

[{"day": 0, "set": "rate", "to": 298, "nights": "weekend"},                          # yuan a night
 {"day": 0, "set": "minimum", "to": 2, "first": "2026-02-14", "last": "2026-02-20"}, # nights of a stay that begins then
 {"day": 0, "set": "deposit", "to": 0.2},                                            # part of the price
 {"day": 12, "set": "overbooking", "to": 1}]                                         # rooms sold beyond those there are

day: how many days have passed; 0 is the evening of the takeover. A setting holds for everybody who books after it. Where
two settings speak of the same night, the later one counts. Bookings that stand keep their price and their deposit.
"""

import numpy as np
import pandas as pd

from coursekit.charts import number
from coursekit.errors import Plain
from coursekit.rooms.entries import between, whole
from coursekit.rooms.inn.takeover import NIGHTS, WINDOW

KINDS = ["all", "weekday", "weekend", "holiday"]
PARTS = {
    "rate": {"first", "last", "nights"}, "minimum": {"first", "last", "nights"}, "deposit": set(), "overbooking": set(),
}  # fmt: skip
MOST_RATE, MOST_STAY, MOST_OVER = 10_000, 7, 3


def checked_settings(settings, given):
    """The settings in the order of their days; a plain sentence for one that cannot be."""
    if not isinstance(settings, (list, tuple)):
        raise Plain('Settings are a list in square brackets, such as [{"day": 0, "set": "rate", "to": 298}].')
    return sorted((_checked(one, given) for one in settings), key=lambda one: one["day"])


def _checked(one, given):
    if not isinstance(one, dict) or not isinstance(one.get("set"), str) or one["set"] not in PARTS:
        raise Plain(f'{", ".join(PARTS)} can be set, such as {{"day": 0, "set": "rate", "to": 298}}; not {one!r}.')
    what, spans = one["set"], PARTS[one["set"]]
    for part in one:
        if part not in {"day", "set", "to"} | spans:
            raise Plain(f'To set the {what} takes {", ".join(["day", "to", *sorted(spans)])}; there is no "{part}".')
    if "to" not in one:
        raise Plain(f'To what shall the {what} be set? Give "to", such as {{"set": "{what}", "to": {EXAMPLES[what]}}}.')
    fixed = {"day": whole(one.get("day", 0), "The day", "", 0, NIGHTS), "set": what, "to": checked_value(what, one["to"])}
    if not spans:
        return fixed
    kind = one.get("nights", "all")
    if kind not in KINDS:
        raise Plain(f'There are no nights of the kind "{kind}"; there are {", ".join(KINDS)}.')
    first, last = (_date(one.get(part), end, given) for part, end in (("first", 0), ("last", NIGHTS - 1)))
    if first > last:
        raise Plain(f"The first night, {first}, lies after the last, {last}.")
    return fixed | {"first": first, "last": last, "nights": kind}


EXAMPLES = {"rate": 298, "minimum": 2, "deposit": 0.2, "overbooking": 1}


def checked_value(what, to):
    """A value that can be set, as a number; a plain sentence for one that cannot be."""
    if what == "rate":
        return whole(to, "A rate", "yuan", 1, MOST_RATE)
    if what == "minimum":
        return whole(to, "The shortest stay", "nights", 1, MOST_STAY)
    if what == "overbooking":
        return whole(to, "Overbooking", "rooms", 0, MOST_OVER)
    return between(to, "The deposit, a part of the price such as 0.2 for 20 %,", "", 0, 1)


def _date(value, end, given):
    """A night of the ninety as an ISO date; missing: the first or the last."""
    days = given["days"]["date"]
    if value is None or value == "":
        return f"{days.iloc[end]:%Y-%m-%d}"
    try:
        day = pd.Timestamp(value)
    except (ValueError, TypeError):
        day = pd.NaT
    if pd.isna(day) or not days.iloc[0] <= day <= days.iloc[-1]:
        raise Plain(f"{value} is none of the ninety nights; they go from {days.iloc[0]:%Y-%m-%d} to {days.iloc[-1]:%Y-%m-%d}.")
    return f"{day:%Y-%m-%d}"


def covers(one, given):
    """Which of the ninety nights a setting speaks of, as True and False."""
    days = given["days"]
    inside = (days["date"] >= pd.Timestamp(one["first"])) & (days["date"] <= pd.Timestamp(one["last"]))
    return (inside & ((one["nights"] == "all") | (days["night"] == one["nights"]))).to_numpy()


def in_force(settings, given):
    """What holds on each day: rate and minimum by day and night, deposit and overbooking by day, as a dictionary of arrays.

    Row k is what holds after k days have passed.

    >>> from coursekit.rooms.inn.takeover import takeover
    >>> found = in_force([{"day": 3, "set": "deposit", "to": 0.5}], takeover(7))
    >>> found["deposit"][[2, 3, 90]].tolist(), found["rate"].shape
    ([0.0, 0.5, 0.5], (91, 90))
    """
    found = {
        "rate": np.tile(given["old"][WINDOW], (NIGHTS + 1, 1)), "minimum": np.ones((NIGHTS + 1, NIGHTS), int),
        "deposit": np.full(NIGHTS + 1, given["deposit"]), "overbooking": np.full(NIGHTS + 1, given["overbooking"]),
    }  # fmt: skip
    for one in checked_settings(settings, given):
        after = found[one["set"]][one["day"] :]
        if "nights" in one:
            after[:, covers(one, given)] = one["to"]
        else:
            after[:] = one["to"]
    return found


def in_words(one):
    """A setting that was checked, in a sentence.

    >>> in_words({"day": 0, "set": "deposit", "to": 0.2})
    'From day 0: guests who book pay 20 % of the price at once.'
    """
    to = one["to"]
    if one["set"] == "deposit":
        said = f"guests who book pay {number(100 * to)} % of the price at once" if to else "no deposit is asked"
    elif one["set"] == "overbooking":
        said = f"{to} {'room is' if to == 1 else 'rooms are'} sold beyond those there are" if to else "no room is sold twice"
    else:
        kind = "nights" if one["nights"] == "all" else f"{one['nights']} nights"
        span = f"the {kind} from {one['first']} to {one['last']}"
        stay = "a stay of one night is enough" if to == 1 else f"only stays of {to} nights or more begin"
        said = f"{span} cost {number(to)} yuan" if one["set"] == "rate" else f"on {span} {stay}"
    return f"From day {one['day']}: {said}."
