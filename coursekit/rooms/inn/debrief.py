"""What happened in ninety nights, in six sentences from the inn's own tables; each names the lesson that teaches its number."""

import pandas as pd

from coursekit import measures, methods
from coursekit.charts import number


def debrief(tables, given):
    """Six sentences, from room nights to rates: a list of (sentence, title of the lesson).

    tables: as `tables_of` gives them at the end; given: the conditions, see `takeover`. Every number can be worked out from the
    tables with the steps of its lesson.

    >>> from coursekit.rooms.inn import run_inn, tables_of
    >>> from coursekit.rooms.inn.takeover import takeover
    >>> [lesson for _, lesson in debrief(tables_of(run_inn([], 7)), takeover(7))]
    ['Room nights', 'Pick-up', 'Cancellations', 'Overbooking', 'Sold out', 'A rate card']
    """
    bookings = tables["bookings"]
    nights = methods.nights_of(bookings[bookings["status"] == "stayed"])
    return [
        (_measures(bookings, nights, given), "Room nights"),
        (_pickup(bookings), "Pick-up"),
        (_canceled(bookings), "Cancellations"),
        (_late(bookings), "Overbooking"),
        (_full(tables, nights, given), "Sold out"),
        (_kinds(tables, nights), "A rate card"),
    ]


def _measures(bookings, nights, given):
    stayed, available = bookings[bookings["status"] == "stayed"], int(given["rooms"].sum())
    if not len(nights):
        return f"Nobody stayed: {available} room nights stood empty."
    revenue = stayed["price"].sum()
    return (
        f"{len(nights)} of {available} room nights were slept in: occupancy {100 * measures.occupancy(len(nights), available):.0f} %, "
        f"ADR {measures.adr(revenue, len(nights)):.0f} yuan, RevPAR {measures.revpar(revenue, available):.0f} yuan."
    )


def _pickup(bookings):
    both = methods.nights_of(bookings)
    curve = methods.booking_curves(both, [0, 14]).sum() if len(both) else pd.Series({0: 0, 14: 0})
    if not curve[0]:
        return "Nothing was on the books in the end, so nothing was picked up."
    return (
        f"Of all nights, {curve[14]} room nights were on the books two weeks ahead and {curve[0]} in the end: "
        f"{100 * curve[14] / curve[0]:.0f} % of them were known by then."
    )


def _canceled(bookings):
    count, lost = len(bookings), int((bookings["status"] == "canceled").sum())
    if not count:
        return "Nobody booked, so nobody canceled."
    rate, low, high = (100 * x for x in methods.wilson(lost, count))
    return f"{lost} of {count} bookings were canceled: {rate:.0f} %, and by chance alone anything from {low:.0f} to {high:.0f} % fits."


def _late(bookings):
    state = bookings["status"]
    late = (state == "no-show") | (bookings["canceled"] == bookings["arrival"])
    walked = int((state == "walked").sum())
    return (
        f"{int(late.sum())} bookings were lost on the day of arrival, too late to sell the room again, and "
        f"{walked} {'guest was' if walked == 1 else 'guests were'} walked."
    )


def _full(tables, nights, given):
    sold = nights.groupby("night").size().reindex(tables["calendar"]["date"], fill_value=0)
    full = int((sold.to_numpy() >= given["rooms"]).sum())
    looked, none = int(tables["searches"]["searches"].sum()), int(tables["searches"]["no_room"].sum())
    return f"{full} of {len(sold)} nights were full; {number(none)} of the {number(looked)} people who looked found no room."


def _kinds(tables, nights):
    kind = tables["calendar"].set_index("date")["night"]
    rate = tables["rates"].set_index("date")["rate"].groupby(kind).mean()
    sold = nights.groupby(nights["night"].map(kind)).size().reindex(rate.index, fill_value=0) / kind.value_counts()[rate.index]
    said = [
        f"on {name} nights {rate[name]:.0f} yuan and {sold[name]:.1f} rooms sold" for name in ("weekday", "weekend", "holiday")
    ]
    return f"The last rates and the rooms sold a night, on average: {said[0]}, {said[1]}, {said[2]}."
