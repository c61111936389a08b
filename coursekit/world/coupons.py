"""The coupon show: 4,000 coupons over 1,000 inns, a county of its own.

Facts (Women of China, 24 June 2020): in the Xinchang show 4,000 coupons over 1,000 inns were sold
out in five minutes, 4 an inn, 13.3 a second; how many more would have been bought is not known.
Assumptions: the inns and their nights as they stood on 15 March 2026, the eve of the first night;
which nights buyers wish for; how many do not come (an earlier round of 800 coupons tells).
"""

import functools

import numpy as np

from coursekit.world.county import FIRST, dates, pick, stream
from coursekit.world.days import NIGHTS, night_codes
from coursekit.world.fields import field
from coursekit.world.goods import YUAN
from coursekit.world.shows import COUNT

COUPONS, COUPON_INNS, PAST_COUPONS = 4_000, 1_000, 800
SOLD_OUT = 300  # seconds
AREAS = ["river", "tea hills", "old town", "high valley", "lake"]
AREA_SIZE, AREA_WISH = [0.25, 0.25, 0.2, 0.18, 0.12], [0.22, 0.2, 0.28, 0.1, 0.2]
WISHES, WISH_SHARES = ["weekday", "weekend", "any"], [0.15, 0.6, 0.25]
START = int((np.datetime64("2026-03-16") - FIRST).astype(int))
DAYS = 28  # nights for which coupons hold, Qingming among them
BOOKED = np.array([0.25, 0.45, 0.8])  # rooms already booked for the first nights, by kind of night
STILL_COME = np.array([0.12, 0.25, 0.15])  # full-price guests still to come, a room


@functools.lru_cache(maxsize=2)
def no_show(seed):
    """Planted: the share of coupon guests who do not come, by kind of night (weekday, weekend)."""
    rng = stream(seed, "coupon no-show")
    return np.array([rng.uniform(0.14, 0.22), rng.uniform(0.06, 0.12)])


@functools.lru_cache(maxsize=2)
def coupon_inns(seed):
    rng = stream(seed, "coupon inns")
    rate = np.round(240 * np.exp(0.45 * rng.normal(size=COUPON_INNS)), -1) + 8
    return {
        "inn": [f"X{i + 1:04d}" for i in range(COUPON_INNS)],
        "area": pick(AREAS, rng.choice(len(AREAS), COUPON_INNS, p=AREA_SIZE)),
        "rooms": rng.choice([3, 4, 5, 6, 8, 11], COUPON_INNS, p=[0.2, 0.24, 0.22, 0.16, 0.12, 0.06]),
        "rate": rate,
        "variable_cost": np.round(rate * rng.uniform(0.3, 0.42, COUPON_INNS)),
    }


def make_nights(seed):
    rng = stream(seed, "coupon nights")
    inns, kind = coupon_inns(seed), night_codes()[START : START + DAYS]
    rooms = inns["rooms"][:, None]
    # Some inns are better known than others, on all their nights.
    fame = np.exp(0.35 * rng.normal(size=(COUPON_INNS, 1)))
    # The later the night, the fewer of its rooms are booked yet, and the more guests are still to come.
    yet = np.linspace(0, 1, DAYS)
    booked = rng.binomial(rooms, np.clip(BOOKED[kind] * (1 - 0.5 * yet) * fame, 0, 0.95))
    return {
        "inn": np.repeat(np.array(inns["inn"], dtype=object), DAYS),
        "date": np.tile(dates(START + np.arange(DAYS)), COUPON_INNS),
        "blackout": np.tile(kind == 2, COUPON_INNS),
        "free_rooms": (rooms - booked).ravel(),
        "expected": np.round(np.minimum(rooms * (STILL_COME[kind] + 0.3 * BOOKED[kind] * yet) * fame, rooms - booked), 1).ravel(),
    }


def make_coupons(seed):
    rng = stream(seed, "coupons")
    return {
        "coupon": np.arange(1, COUPONS + 1),
        "second": np.sort(rng.integers(0, SOLD_OUT, COUPONS)),
        "area": pick(AREAS, rng.choice(len(AREAS), COUPONS, p=AREA_WISH)),
        "wish": pick(WISHES, rng.choice(len(WISHES), COUPONS, p=WISH_SHARES)),
        "nights": 1 + (rng.random(COUPONS) < 0.2),
    }


def make_past(seed):
    rng = stream(seed, "past coupons")
    kind = (rng.random(PAST_COUPONS) < 0.6).astype(int)
    return {
        "coupon": np.arange(1, PAST_COUPONS + 1),
        "night": pick(NIGHTS, kind),
        "came": rng.random(PAST_COUPONS) >= no_show(seed)[kind],
    }


INN = field("inn", "string", "Number of the inn", required=True)

TABLES = {
    "coupon_inns": {
        "title": "The thousand inns of the coupon show",
        "module": "c_promotion",
        "synthetic": True,
        "key": ["inn"],
        "make": lambda seed, full: coupon_inns(seed),
        "fields": [
            field("inn", "string", "Number of the inn", required=True, unique=True),
            field("area", "string", "Part of the county it lies in", required=True, enum=AREAS),
            field("rooms", "integer", "Rooms it has", "room", required=True, minimum=1),
            field("rate", "number", "Usual price of a room for a night", **YUAN),
            field("variable_cost", "number", "Cost of one room night sold", **YUAN),
        ],
    },
    "coupon_nights": {
        "title": "Nights for coupons, as known on 15 March 2026",
        "module": "c_promotion",
        "synthetic": True,
        "key": ["inn", "date"],
        "links": {"inn": "coupon_inns", "date": "calendar"},
        "make": lambda seed, full: make_nights(seed),
        "fields": [
            INN,
            field("date", "date", "Day on which the night starts", required=True),
            field("blackout", "boolean", "True when no coupon holds", required=True),
            field("free_rooms", "integer", "Rooms not booked yet", "room", **COUNT),
            field("expected", "number", "Full-price rooms still expected", "room", **COUNT),
        ],
    },
    "coupons": {
        "title": "The coupons that were sold in the show",
        "module": "c_promotion",
        "synthetic": True,
        "key": ["coupon"],
        "make": lambda seed, full: make_coupons(seed),
        "fields": [
            field("coupon", "integer", "Number of the coupon", required=True, unique=True, minimum=1),
            field("second", "integer", "When it was bought, from the start", "second", **COUNT),
            field("area", "string", "Where the buyer wishes to stay", required=True, enum=AREAS),
            field("wish", "string", "The nights the buyer wishes for", required=True, enum=WISHES),
            field("nights", "integer", "Nights it is good for", "night", required=True, minimum=1),
        ],
    },
    "past_coupons": {
        "title": "An earlier round of coupons: who came",
        "module": "c_promotion",
        "synthetic": True,
        "key": ["coupon"],
        "make": lambda seed, full: make_past(seed),
        "fields": [
            field("coupon", "integer", "Number of the coupon", required=True, unique=True, minimum=1),
            field("night", "string", "The kind of night it was used for", required=True, enum=NIGHTS),
            field("came", "boolean", "False when nobody came", required=True),
        ],
    },
}
