"""The county's inns: rooms, nights when a room is closed, and what a booking costs whom.

Facts: prices of listings of one kind in one area differ by a log standard deviation of 0.55 to
0.64, and 12 to 25 % had no review in a year (Inside Airbnb copies). Assumptions: sizes, costs,
closures, commissions from 8 to 15 % (hosts abroad report 3 to 15 %). Since the middle of 2024 a
lottery has let half the inns ask for a deposit, so that what a deposit does can be seen.
"""

import functools

import numpy as np

from coursekit.world.county import DAYS, FIRST, NOW, TODAY, VILLAGES, dates, inns_in, pick, stream
from coursekit.world.days import calendar
from coursekit.world.fields import field
from coursekit.world.places import places

KINDS = ["farmhouse", "old house", "villa"]
KIND_PRICE = np.array([0.75, 1.0, 1.5])
PRICE_SD = 0.58  # log standard deviation of prices within a kind and a township
MIDDLE_PRICE = 260  # yuan a night
SIZES, SIZE_SHARES = [3, 4, 5, 6, 8, 11], [0.2, 0.24, 0.22, 0.16, 0.12, 0.06]
BEFORE = ["Bamboo", "Cloud", "Old Well", "White Tea", "Plum", "Stone", "River", "Moon", "Orchid", "Paddy", "Heron", "Maple", "Spring", "Pine", "Firefly"]  # fmt: skip
AFTER = ["House", "Lodge", "Yard", "Rest", "Inn", "Gate", "Terrace", "Corner", "Home", "Barn", "Loft", "Bridge", "Garden", "Stay"]
FAME_SD, RATED = 0.3, 0.1  # log of the people who look: chance between inns, and a rating that is one standard deviation better
REASONS = ["repair", "family", "winter"]
DEPOSITS = [0.2, 0.5]  # what the lottery let an inn ask for, as shares of the price
MARKUP_AT_BEST = (0.9, 1.1)  # the best price of an inn, as a share of its usual price


@functools.lru_cache(maxsize=2)
def elasticity(seed):
    """By how many percent demand changes when the price of a night rises by one percent: planted, -2.0 to -1.3."""
    return float(stream(seed, "elasticity").uniform(-2.0, -1.3))


@functools.lru_cache(maxsize=2)
def inns(seed, full):
    """One row an inn, as a dictionary of arrays; its usual price, its fame and who is asked for a review stay hidden."""
    rngs = [stream(seed, "inn", i) for i in range(inns_in(full))]
    name = stream(seed, "inn names").permutation([f"{a} {b}" for a in BEFORE for b in AFTER])[: len(rngs)].astype(object)
    kind = np.array([r.choice(len(KINDS), p=[0.5, 0.3, 0.2]) for r in rngs])
    village = np.array([r.integers(VILLAGES) for r in rngs])
    price = MIDDLE_PRICE * KIND_PRICE[kind] * np.exp(PRICE_SD * np.array([r.normal() for r in rngs]))
    commission = np.array([r.choice([0.08, 0.1, 0.12, 0.15]) for r in rngs])
    # Monopoly pricing: the net price is best at e / (1 + e) times the cost of a night sold.
    best = price * np.array([r.uniform(*MARKUP_AT_BEST) for r in rngs])
    cost = best * (1 - commission) * (1 + 1 / elasticity(seed))
    opened = TODAY - np.array([r.integers(NOW, NOW + 2200) for r in rngs]).astype("timedelta64[D]")
    quiet = np.array([r.random() < 0.18 for r in rngs])
    rating = np.array([np.clip(r.normal(4.7, 0.15), 4.0, 5.0).round(1) for r in rngs])
    return {
        "inn": [f"I{i + 1:03d}" for i in range(len(rngs))],
        "name": name,
        "village": places(seed)[1]["village"][village],
        "kind": pick(KINDS, kind),
        "opened": opened,
        "rating": rating,
        "asks": np.where(quiet, 0, [r.uniform(0.05, 0.3) for r in rngs]),  # guests who write a review
        "commission": commission,
        "variable_cost": np.maximum(np.round(cost), 1),
        "walk_cost": np.round(price * np.array([r.choice([1.5, 2, 3]) for r in rngs]), -1),
        "price": price,
        "size": np.array([r.choice(SIZES, p=SIZE_SHARES) for r in rngs]),
        # How well an inn is known; the better rated are looked at more.
        "fame": np.exp(FAME_SD * np.array([r.normal() for r in rngs]) + RATED * (rating - 4.7) / 0.15),
    }


def make_inns(seed, full):
    """The inns with the reviews that guests of 2025 wrote."""
    from coursekit.world.stays import stays_of_2025

    found = inns(seed, full)
    rngs = [stream(seed, "reviews", i) for i in range(len(found["inn"]))]
    return found | {"reviews": [r.binomial(n, p) for r, n, p in zip(rngs, stays_of_2025(seed, full), found["asks"], strict=True)]}


@functools.lru_cache(maxsize=2)
def rooms(seed, full):
    """For each inn: the first day of each room (0 for most), and why it is closed by day (0: it is not)."""
    spring = np.flatnonzero((calendar()["holiday"] == "Spring Festival").to_numpy())
    firsts, closed = [], []
    for i, size in enumerate(inns(seed, full)["size"]):
        rng = stream(seed, "rooms", i)
        first = np.zeros(size, int)
        if size >= 4 and rng.random() < 0.15:
            first[-1] = rng.integers(150, 550)  # a room that was built later
        reason = np.zeros((size, DAYS), np.int8)
        for room in range(size):
            # A repair is known two weeks ahead at most.
            for start in rng.integers(0, NOW + 14, rng.poisson(2.0)):
                reason[room, start : start + rng.integers(2, 11)] = 1
        if rng.random() < 0.3:
            reason[0, spring] = 2
        if rng.random() < 0.2:
            for winter in (7, 350, 721):  # the quiet weeks of each winter
                reason[:, winter : winter + rng.integers(8, 15)] = 3
        reason[np.arange(DAYS) < first[:, None]] = 0
        firsts.append(first)
        closed.append(reason)
    return firsts, closed


@functools.lru_cache(maxsize=2)
def capacity(seed, full):
    """Rooms that can be sold, by inn and night."""
    pairs = zip(*rooms(seed, full), strict=True)
    return np.array([((np.arange(DAYS) >= first[:, None]) & (why == 0)).sum(axis=0) for first, why in pairs])


def beds(seed, full):
    """The guests each room has beds for, inn by inn."""
    return [stream(seed, "sleeps", i).choice([2, 3, 4], n, p=[0.6, 0.25, 0.15]) for i, n in enumerate(inns(seed, full)["size"])]


def make_rooms(seed, full):
    rows = inns(seed, full)
    since = [np.where(first == 0, start, dates(first)) for first, start in zip(rooms(seed, full)[0], rows["opened"], strict=True)]
    size = rows["size"]
    number = np.concatenate([np.arange(1, n + 1) for n in size])
    inn = np.repeat(np.array(rows["inn"], dtype=object), size)
    return {
        "room": [f"{i}-{n:02d}" for i, n in zip(inn, number, strict=True)],
        "inn": inn,
        "sleeps": np.concatenate(beds(seed, full)),
        "since": np.concatenate(since),
    }


def make_closures(seed, full):
    """Runs of closed nights, one a row."""
    found = {"room": [], "first_night": [], "nights": [], "reason": []}
    for inn, reason in zip(inns(seed, full)["inn"], rooms(seed, full)[1], strict=True):
        for number, why in enumerate(reason, start=1):
            start = np.flatnonzero(np.diff(why, prepend=0) != 0)
            length = np.diff(start, append=DAYS)
            keep = why[start] > 0
            found["room"] += [f"{inn}-{number:02d}"] * int(keep.sum())
            found["first_night"].append(dates(start[keep]))
            found["nights"].append(length[keep])
            found["reason"].append(pick(REASONS, why[start[keep]] - 1))
    return found | {k: np.concatenate(found[k]) for k in ("first_night", "nights", "reason")}


@functools.lru_cache(maxsize=2)
def policies(seed, full):
    """For each inn: the lottery's day, the deposit since then, who won, and rooms sold beyond its rooms."""
    rngs = [stream(seed, "policy", i) for i in range(inns_in(full))]
    won = np.array([r.random() < 0.5 for r in rngs])
    return {
        "day": np.array([r.integers(180, 420) for r in rngs]),
        "deposit": np.where(won, [r.choice(DEPOSITS) for r in rngs], 0.0),
        "won": won,
        "overbooking": np.array([int(r.random() < 0.2) for r in rngs]),
    }


def make_policies(seed, full):
    rows, inn = policies(seed, full), np.array(inns(seed, full)["inn"], dtype=object)
    won = rows["won"]
    return {
        "inn": np.r_[inn, inn[won]],
        "since": np.r_[np.full(len(inn), FIRST - 400), dates(rows["day"][won])],
        "deposit": np.r_[np.zeros(len(inn)), rows["deposit"][won]],
        "overbooking": np.r_[rows["overbooking"], rows["overbooking"][won]],
    }


TABLES = {
    "inns": {
        "title": "The inns of the county, one a row",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["inn"],
        "links": {"village": "villages"},
        "make": make_inns,
        "fields": [
            field("inn", "string", "Number of the inn", required=True, unique=True),
            field("name", "string", "Its name", required=True),
            field("village", "string", "The village it stands in", required=True),
            field("kind", "string", "What kind of house it is", required=True, enum=KINDS),
            field("opened", "date", "Day it opened", required=True),
            field("rating", "number", "Guests' rating, 1 to 5", "star", required=True, minimum=1, maximum=5),
            field("reviews", "integer", "Reviews of stays of 2025", "review", required=True, minimum=0),
            field("commission", "number", "Platform's share of a price", "share", required=True, minimum=0, maximum=1),
            field("variable_cost", "number", "Cost of one room night sold", "yuan", required=True, minimum=0),
            field("walk_cost", "number", "Cost of sending a guest elsewhere", "yuan", required=True, minimum=0),
        ],
    },
    "rooms": {
        "title": "The rooms of the inns, one a row",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["room"],
        "links": {"inn": "inns"},
        "make": make_rooms,
        "fields": [
            field("room", "string", "Number of the room", required=True, unique=True),
            field("inn", "string", "The inn it belongs to", required=True),
            field("sleeps", "integer", "Guests it has beds for", "guest", required=True, minimum=1),
            field("since", "date", "First day it could be booked", required=True),
        ],
    },
    "closures": {
        "title": "Nights when a room was closed, and why",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["room", "first_night"],
        "links": {"room": "rooms"},
        "make": make_closures,
        "fields": [
            field("room", "string", "Number of the room", required=True),
            field("first_night", "date", "First night it was closed", required=True),
            field("nights", "integer", "Nights it was closed", "night", required=True, minimum=1),
            field("reason", "string", "Why it was closed", required=True, enum=REASONS),
        ],
    },
    "policies": {
        "title": "What each inn asked of guests, and since when",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["inn", "since"],
        "links": {"inn": "inns"},
        "make": make_policies,
        "fields": [
            field("inn", "string", "Number of the inn", required=True),
            field("since", "date", "First day of this policy", required=True),
            field("deposit", "number", "Part paid when booking", "share of price", required=True, minimum=0, maximum=1),
            field("overbooking", "integer", "Bookings taken beyond its rooms", "room", required=True, minimum=0),
        ],
    },
}
