"""Guests of the inns: who looks, who books, who cancels, who comes.

Facts (hotel booking demand, doi 10.1016/j.dib.2018.11.126, resort): lead times are a zero-inflated
Gamma of shape 0.77; logit P(cancel) = -2.66 + 0.403 ln(1 + lead); about a fifth of cancellations
come within a day of booking, and for early bookings few in the last week; 1 to 2 % of the kept do
not show up; 3 to 4 % are repeat guests, who cancel a third to a fifth as often; arrivals vary more
than chance. Assumptions: a homestay's level (15 % book on the day; Gamma scale 18 days, 45 before
Golden Week and other long holidays; 1.7 nights a stay), what a deposit does, who books where.
"""

import functools

import numpy as np

from coursekit.world.county import DAYS, NOW, dates, inns_in, pick, stream
from coursekit.world.days import demand, night_codes
from coursekit.world.desk import serve
from coursekit.world.fields import field
from coursekit.world.inns import beds, capacity, elasticity, inns, policies
from coursekit.world.rates import INN, NIGHT, rates

LOOKS_PER_ROOM = 5.5  # people who look at an inn for a middling weekday, for each of its rooms
BOOKS = 0.05  # of those who look at an inn at its usual price
LOOKS_VARY = 3.0  # gamma shape of an inn's luck with a night: small is wild
SAME_DAY, LEAD_SHAPE, LEAD_SCALE, HOLIDAY_LEAD_SCALE = 0.15, 0.75, 18, 45
MORE_NIGHTS, NIGHTS_SIZE, LONGEST = 0.7, 1.5, 10  # nights beyond the first: negative binomial
CANCELS = (-2.5, 0.403)  # logit of cancelling: level, and slope on ln(1 + lead)
AT_ONCE = 0.2  # of the cancellations: within a day of booking
DEPOSIT_KEEPS = -2.0  # logit of cancelling for a deposit of the whole price
DEPOSIT_DETERS = 0.25  # log of bookings lost by a deposit of the whole price
NO_SHOW, REPEAT, REPEAT_CANCELS = 0.016, 0.035, 0.25
CHANNELS, CHANNEL_SHARES = ["platform", "phone", "live show"], [0.72, 0.2, 0.08]
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
        luck = rng.gamma(LOOKS_VARY, 1 / LOOKS_VARY, DAYS)
        looks[i] = rng.poisson(LOOKS_PER_ROOM * size[i] * fame[i] * want * luck)
        ask = np.where(np.arange(DAYS) < terms["day"][i], 0.0, terms["deposit"][i])
        chance = BOOKS * (rate[i] / price[i]) ** elasticity(seed) * np.exp(-DEPOSIT_DETERS * ask)
        night = np.repeat(np.arange(DAYS), rng.binomial(looks[i], np.minimum(chance, 1)))
        n = len(night)
        scale = np.where(holiday[night], HOLIDAY_LEAD_SCALE, LEAD_SCALE)
        lead = np.where(rng.random(n) < SAME_DAY, 0, np.ceil(rng.gamma(LEAD_SHAPE, scale))).astype(int)
        more = rng.negative_binomial(NIGHTS_SIZE, NIGHTS_SIZE / (NIGHTS_SIZE + MORE_NIGHTS), n)
        clock, chance_of = rng.random((2, n)), rng.random((5, n))
        kept = (night - lead <= NOW) & (night + more < DAYS)
        night, lead, more = night[kept], lead[kept], more[kept]
        (clock, late), (u_cancel, u_once, u_show, u_repeat, u_channel) = clock[:, kept], chance_of[:, kept]
        deposit = np.where(night - lead < terms["day"][i], 0.0, terms["deposit"][i])
        repeat = u_repeat < REPEAT
        logit = CANCELS[0] + CANCELS[1] * np.log1p(lead) + DEPOSIT_KEEPS * deposit
        cancels = u_cancel < np.where(repeat, REPEAT_CANCELS, 1) / (1 + np.exp(-logit))
        booked = night - lead + 0.9 * clock
        # A fifth think better of it within a day; the others at any time until the evening of arrival.
        end = night + 0.95
        left = booked + late * np.where(u_once < AT_ONCE, np.minimum(1, end - booked), end - booked)
        parts.append({
            "inn": np.full(len(night), i), "night": night, "nights": np.minimum(1 + more, LONGEST), "lead": lead,
            "booked": booked, "cancelled": np.where(cancels, left, np.inf), "comes": u_show >= NO_SHOW,
            "repeat": repeat, "deposit": deposit, "channel": np.searchsorted(np.cumsum(CHANNEL_SHARES)[:-1], u_channel),
            "guests": np.minimum(1 + rng.binomial(3, 0.4, len(night)), most[i]),
            "clock": np.minimum(14 * 60 + rng.gamma(2.2, 75, len(night)), 24 * 60 - 1).astype(int),
        })  # fmt: skip
    found = {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}
    # Numbers of bookings follow the time of booking, inn by inn.
    order = np.lexsort((found["booked"], found["inn"]))
    found = {k: v[order] for k, v in found.items()}
    got, found["walked"] = serve(found, capacity(seed, full), terms["overbooking"], NOW)
    found["asked"], found["accepted"], found["nights"] = found["nights"], got > 0, got
    return looks, found


def status(found):
    """The status of each request that was accepted, as TODAY knows it."""
    past = found["night"] <= NOW
    return np.select(
        [found["cancelled"] < NOW + 1, past & ~found["comes"], found["walked"], past], [CANCELED, NO_SHOWED, WALKED, STAYED], OPEN
    )


def make_bookings(seed, full):
    """Bookings that were accepted; their price is the sum of the rates of their nights."""
    found = requests(seed, full)[1]
    got = {k: v[found["accepted"]] for k, v in found.items()}
    state = status(got)
    first = np.searchsorted(got["inn"], np.arange(inns_in(full)))
    total = np.pad(np.cumsum(rates(seed, full), axis=1), ((0, 0), (1, 0)))
    clocks = [f"{m // 60:02d}:{m % 60:02d}" for m in range(24 * 60)] + [""]
    canceled = np.full(len(state), np.datetime64("NaT"), "datetime64[D]")
    canceled[state == CANCELED] = dates(np.floor(got["cancelled"][state == CANCELED]).astype(int))
    return {
        "booking": (got["inn"] + 1) * 100_000 + np.arange(len(state)) - first[got["inn"]] + 1,
        "inn": pick(inns(seed, full)["inn"], got["inn"]),
        "booked": dates(np.floor(got["booked"]).astype(int)),
        "arrival": dates(got["night"]),
        "nights": got["nights"],
        "guests": got["guests"],
        "channel": pick(CHANNELS, got["channel"]),
        "repeat_guest": got["repeat"],
        "deposit": got["deposit"],
        "price": total[got["inn"], got["night"] + got["nights"]] - total[got["inn"], got["night"]],
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
    got = {k: v[found["accepted"]] for k, v in found.items()}
    limit = np.where(caps == 0, 0, caps + policies(seed, full)["overbooking"][:, None])
    # One row a room night sold, and one a room night given back.
    row = np.repeat(np.arange(len(got["inn"])), got["nights"])
    night = got["night"][row] + np.arange(len(row)) - np.repeat(np.cumsum(got["nights"]) - got["nights"], got["nights"])
    # Rooms come back when a guest cancels, and for the nights after the first when nobody comes or the guest is walked.
    gone = np.isin(status(got), [NO_SHOWED, WALKED])[row] & (night > got["night"][row])
    freed = np.where(gone, got["night"][row] + 0.999, got["cancelled"][row])
    back = freed < np.inf
    cell = got["inn"][row] * DAYS + night
    cell, when = np.r_[cell, cell[back]], np.r_[got["booked"][row], freed[back]]
    change = np.r_[np.ones(len(row), int), -np.ones(back.sum(), int)]
    order = np.lexsort((when, cell))
    cell, when, change = cell[order], when[order], change[order]
    sold = np.cumsum(change)
    first = np.searchsorted(cell, cell)
    sold -= np.where(first > 0, sold[first - 1], 0)
    last = np.r_[cell[1:] != cell[:-1], True]
    here = cell % DAYS
    holiday = (night_codes()[here] == 2).astype(int)
    left = _still_to_look(here - when, holiday)
    # Until the next change of the same night; the first of another night tells nothing about this one.
    part = (left - np.where(last, 0, np.r_[left[1:], 0])) * (sold >= limit.ravel()[cell])
    share = np.bincount(cell, part, limit.size).reshape(limit.shape)
    return np.where(limit == 0, 1, np.clip(share, 0, 1))


def _still_to_look(days_ahead, holiday):
    """The part of a night's people who look later than some days ahead of it (negative: on the day itself)."""
    from scipy.special import gammainc

    # Lead times are whole days; within its day a look comes at any time of nine tenths of it.
    day = np.ceil(days_ahead).astype(int)
    within = np.clip((days_ahead - day + 0.9) / 0.9, 0, 1)
    whole = np.arange(max(day.max(initial=0), 0) + 1)
    by_then = SAME_DAY + (1 - SAME_DAY) * gammainc(LEAD_SHAPE, whole / np.array([[LEAD_SCALE], [HOLIDAY_LEAD_SCALE]]))
    before, until = by_then[holiday, np.maximum(day - 1, 0)], by_then[holiday, np.maximum(day, 0)]
    return np.where(day < 1, SAME_DAY * np.where(day < 0, 0, within), before + (until - before) * within)


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
            field("channel", "string", "Where it was made", required=True, enum=CHANNELS),
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
