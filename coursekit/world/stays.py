"""The bookings of the inns, and who looked: guests behave as `world.guests` says, and the desk gives out the rooms."""

import functools

import numpy as np

from coursekit.world import guests
from coursekit.world.county import DAYS, NOW, dates, inns_in, pick, stream
from coursekit.world.days import demand, night_codes
from coursekit.world.desk import serve
from coursekit.world.fields import field
from coursekit.world.inns import beds, capacity, elasticity, inns, policies
from coursekit.world.rates import INN, NIGHT, rates

OPEN, STAYED, CANCELED, NO_SHOWED, WALKED = range(5)
STATUSES = ["open", "stayed", "canceled", "no-show", "walked"]


@functools.lru_cache(maxsize=2)
def requests(seed, full):
    """People who looked, by inn and night; and every request for a room with what became of it."""
    rate, price, want = rates(seed, full), inns(seed, full)["price"], demand(seed)
    terms, size, fame = policies(seed, full), inns(seed, full)["size"], inns(seed, full)["fame"]
    most = [b.max() for b in beds(seed, full)]
    holiday = night_codes() == 2
    looks, parts = np.empty((len(rate), DAYS), int), []
    for i in range(inns_in(full)):
        rng = stream(seed, "guests", i)
        looks[i] = guests.lookers(rng, size[i], fame[i], want)
        ask = np.where(np.arange(DAYS) < terms["day"][i], 0.0, terms["deposit"][i])
        chance = guests.chance_to_book(rate[i], price[i], elasticity(seed), ask)
        night = np.repeat(np.arange(DAYS), rng.binomial(looks[i], chance))
        people = guests.wishes(rng, night, holiday[night])
        kept = (night - people["lead"] <= NOW) & (night + people["more"] < DAYS)
        people = {k: v[kept] for k, v in people.items()}
        deposit = np.where(people["night"] - people["lead"] < terms["day"][i], 0.0, terms["deposit"][i])
        made = guests.outcomes(people, deposit) | guests.arrivals(rng, len(deposit), most[i])
        parts.append({"inn": np.full(len(deposit), i)} | made)
    found = {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}
    # Numbers of bookings follow the time of booking, inn by inn.
    order = np.lexsort((found["booked"], found["inn"]))
    found = {k: v[order] for k, v in found.items()}
    got, found["walked"] = serve(found, capacity(seed, full), terms["overbooking"][found["inn"]], NOW)
    found["asked"], found["accepted"], found["nights"] = found["nights"], got > 0, got
    return looks, found


def status(found, until=NOW):
    """The status of each request that was accepted, as it is known at the end of a day."""
    past = found["night"] <= until
    return np.select(
        [found["cancelled"] < until + 1, past & ~found["comes"], past & found["walked"], past],
        [CANCELED, NO_SHOWED, WALKED, STAYED],
        OPEN,
    )


def make_bookings(seed, full):
    """Bookings that were accepted; their price is the sum of the rates of their nights."""
    found = requests(seed, full)[1]
    got = {k: v[found["accepted"]] for k, v in found.items()}
    first = np.searchsorted(got["inn"], np.arange(inns_in(full)))
    total = np.pad(np.cumsum(rates(seed, full), axis=1), ((0, 0), (1, 0)))
    price = total[got["inn"], got["night"] + got["nights"]] - total[got["inn"], got["night"]]
    return in_words(got, NOW, np.arange(len(price)) - first[got["inn"]], price, inns(seed, full)["inn"])


def in_words(got, until, number, price, names):
    """Bookings as the table has them, at the end of a day; number: the place of each among those of its inn, from 0."""
    state = status(got, until)
    clocks = [f"{m // 60:02d}:{m % 60:02d}" for m in range(24 * 60)] + [""]
    canceled = np.full(len(state), np.datetime64("NaT"), "datetime64[D]")
    canceled[state == CANCELED] = dates(np.floor(got["cancelled"][state == CANCELED]).astype(int))
    return {
        "booking": (got["inn"] + 1) * 100_000 + number + 1,
        "inn": pick(names, got["inn"]),
        "booked": dates(np.floor(got["booked"]).astype(int)),
        "arrival": dates(got["night"]),
        "nights": got["nights"],
        "guests": got["guests"],
        "channel": pick(guests.CHANNELS, got["channel"]),
        "repeat_guest": got["repeat"],
        "deposit": got["deposit"],
        "price": price,
        "status": pick(STATUSES, state),
        "canceled": canceled,
        "checked_in": pick(clocks, np.where(state == STAYED, got["clock"], -1)),
    }


def full_share(seed, full):
    """The part of the people who look at an inn for a night at a time when it has no room left, by inn and night.

    Every booking and cancellation changes how many rooms of a night are sold; between two of them
    people look, as many as the lead times of that night's guests say.
    """
    found, caps = requests(seed, full)[1], capacity(seed, full)
    limit = np.where(caps == 0, 0, caps + policies(seed, full)["overbooking"][:, None])
    cell, when, sold = on_the_books({k: v[found["accepted"]] for k, v in found.items()}, NOW)
    last = np.r_[cell[1:] != cell[:-1], True]
    here = cell % DAYS
    holiday = (night_codes()[here] == 2).astype(int)
    left = _still_to_look(here - when, holiday)
    # Until the next change of the same night; the first of another night tells nothing about this one.
    part = (left - np.where(last, 0, np.r_[left[1:], 0])) * (sold >= limit.ravel()[cell])
    share = np.bincount(cell, part, limit.size).reshape(limit.shape)
    return np.where(limit == 0, 1, np.clip(share, 0, 1))


def on_the_books(got, until):
    """Rooms sold, whenever their number changes: the night of an inn (inn × DAYS + night), when, and the number from then on.

    got: requests that were accepted; until: the last day of which it is known who was walked.
    """
    # One row a room night sold, and one a room night given back.
    row = np.repeat(np.arange(len(got["inn"])), got["nights"])
    night = got["night"][row] + np.arange(len(row)) - np.repeat(np.cumsum(got["nights"]) - got["nights"], got["nights"])
    # Rooms come back when a guest cancels, and for the nights after the first when nobody comes or the guest is walked.
    gone = np.isin(status(got, until), [NO_SHOWED, WALKED])[row] & (night > got["night"][row])
    freed = np.where(gone, got["night"][row] + 0.999, got["cancelled"][row])
    back = freed < np.inf
    cell = got["inn"][row] * DAYS + night
    cell, when = np.r_[cell, cell[back]], np.r_[got["booked"][row], freed[back]]
    change = np.r_[np.ones(len(row), int), -np.ones(back.sum(), int)]
    order = np.lexsort((when, cell))
    cell, when, sold = cell[order], when[order], np.cumsum(change[order])
    first = np.searchsorted(cell, cell)
    return cell, when, sold - np.where(first > 0, sold[first - 1], 0)


def _still_to_look(days_ahead, holiday):
    """The part of a night's people who look later than some days ahead of it (negative: on the day itself)."""
    from scipy.special import gammainc

    # Lead times are whole days; within its day a look comes at any time of nine tenths of it.
    day = np.ceil(days_ahead).astype(int)
    within = np.clip((days_ahead - day + 0.9) / 0.9, 0, 1)
    whole = np.arange(max(day.max(initial=0), 0) + 1)
    scale = np.array([[guests.LEAD_SCALE], [guests.HOLIDAY_LEAD_SCALE]])
    by_then = guests.SAME_DAY + (1 - guests.SAME_DAY) * gammainc(guests.LEAD_SHAPE, whole / scale)
    before, until = by_then[holiday, np.maximum(day - 1, 0)], by_then[holiday, np.maximum(day, 0)]
    return np.where(day < 1, guests.SAME_DAY * np.where(day < 0, 0, within), before + (until - before) * within)


def make_searches(seed, full):
    """People who looked, for nights up to TODAY, and how many of them when the inn was full."""
    looks, found = requests(seed, full)
    asked, refused = np.zeros((2, *looks.shape), int)
    np.add.at(asked, (found["inn"], found["night"]), 1)
    np.add.at(refused, (found["inn"], found["night"]), ~found["accepted"])
    share, rngs = full_share(seed, full), [stream(seed, "looks", i) for i in range(len(looks))]
    # Whoever asked and was refused found no room; of the others who looked, those who came too late.
    no_room = refused + np.array([r.binomial(n, s) for r, n, s in zip(rngs, looks - asked, share, strict=True)])
    return {
        "inn": np.repeat(np.array(inns(seed, full)["inn"], dtype=object), NOW + 1),
        "date": np.tile(dates(np.arange(NOW + 1)), len(looks)),
        "searches": looks[:, : NOW + 1].ravel(),
        "no_room": no_room[:, : NOW + 1].ravel(),
    }


def stays_of_2025(seed, full):
    """Stays that began in 2025, inn by inn."""
    found = requests(seed, full)[1]
    slept = found["accepted"] & (status(found) == STAYED) & (found["night"] >= NOW - 364)
    return np.bincount(found["inn"][slept], minlength=inns_in(full))


def wanted(seed, full):
    """Planted: room nights asked for, by inn and night, whether or not there was a room."""
    found = requests(seed, full)[1]
    change = np.zeros((inns_in(full), DAYS + 1), int)
    np.add.at(change, (found["inn"], found["night"]), 1)
    np.add.at(change, (found["inn"], found["night"] + found["asked"]), -1)
    return np.cumsum(change, axis=1)[:, :DAYS]


TABLES = {
    "bookings": {
        "title": "Every booking, and what has become of it",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["booking"],
        "links": {"inn": "inns", "arrival": "calendar"},
        "make": make_bookings,
        "fields": [
            field("booking", "integer", "Number of the booking", required=True, unique=True, minimum=1),
            INN,
            field("booked", "date", "Day it was made", required=True),
            field("arrival", "date", "Day of arrival: its first night", required=True),
            field("nights", "integer", "Nights of the stay", "night", required=True, minimum=1),
            field("guests", "integer", "People who come", "guest", required=True, minimum=1),
            field("channel", "string", "Where it was made", required=True, enum=guests.CHANNELS),
            field("repeat_guest", "boolean", "True when the guest has been before", required=True),
            field("deposit", "number", "Part paid when booking", "share of price", required=True, minimum=0, maximum=1),
            field("price", "integer", "Price of the whole stay", "yuan", required=True, minimum=0),
            field("status", "string", "What has become of it", required=True, enum=STATUSES),
            field("canceled", "date", "Day it was canceled, or empty"),
            field("checked_in", "string", "Time the guest came in, or empty", "local time"),
        ],
    },
    "searches": {
        "title": "People who looked at an inn for a night",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["inn", "date"],
        "links": {"inn": "inns", "date": "calendar"},
        "make": make_searches,
        "fields": [
            INN,
            NIGHT,
            field("searches", "integer", "People who looked for a room", "person", required=True, minimum=0),
            field("no_room", "integer", "Those of them who found it full", "person", required=True, minimum=0),
        ],
    },
}
