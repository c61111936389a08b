"""What a night costs: rates set by hosts who see demand coming, a price test, rival rates.

Facts: in real bookings price and demand rise together, so that the naive log-log slope of
bookings on price is +0.5 to +1.5, and still +0.7 to +0.9 within a month, although guests dislike
high prices (hotel booking demand, doi 10.1016/j.dib.2018.11.126). Here that is planted: hosts
raise the rate with the demand they expect, demand falls with the rate by one elasticity, and the
rest of the rate (a host's habits, a day forgotten, round figures) is by chance. Assumptions: how
much hosts follow demand; one rate a night for all rooms, which does not change as the night comes
nearer; guests do not compare inns.
"""

import functools

import numpy as np

from coursekit.world.county import DAYS, FIRST, TODAY, dates, inns_in, pick, stream
from coursekit.world.days import NIGHT_DEMAND, mood, night_codes, season
from coursekit.world.fields import field
from coursekit.world.inns import inns
from coursekit.world.places import places

FOLLOWS, FOLLOWS_SD = 0.33, 0.05  # a host raises the log rate by this part of the log demand expected; hosts differ
HABIT_SD = 0.08  # log standard deviation of a rate for reasons that have nothing to do with demand
SEES_SD = 0.1  # log error of a host's view of the county's mood
FORGETS = 0.08  # nights for which a host forgets to change the rate of the night before
# The price test: nights without holidays, before the summer of 2025, and what it added and took off.
TEST = (int((np.datetime64("2025-02-10") - FIRST).astype(int)), int((np.datetime64("2025-05-31") - FIRST).astype(int)))
TEST_STEP = 0.15
ARMS = ["lower", "higher"]


@functools.lru_cache(maxsize=2)
def rates(seed, full):
    """Yuan a night by inn and night, as whole numbers that end in 8."""
    price = inns(seed, full)["price"]
    expected = np.log(season()) + np.log(NIGHT_DEMAND)[night_codes()] + mood(seed)
    found = np.empty((len(price), DAYS), int)
    for i, usual in enumerate(price):
        rng = stream(seed, "rates", i)
        follows = np.clip(FOLLOWS + FOLLOWS_SD * rng.normal(), 0.2, 0.46)
        wish = follows * (expected + SEES_SD * rng.normal(size=DAYS)) + _weekly(rng.normal(size=DAYS // 7 + 1)) * HABIT_SD
        forgot = rng.random(DAYS) < FORGETS
        # The last night that was not forgotten; a forgotten night keeps its rate.
        wish = wish[np.maximum.accumulate(np.where(forgot, 0, np.arange(DAYS)))]
        step = arms(seed, i)
        wish[TEST[0] : TEST[1]] += np.where(step < 0, 0, np.where(step == 0, -TEST_STEP, TEST_STEP))
        found[i] = np.maximum(np.round((usual * np.exp(wish) - 8) / 10), 2) * 10 + 8
    return found


def _weekly(values):
    return np.repeat(values, 7)[:DAYS]


def arms(seed, inn):
    """What a fair coin gave each night of the test: 0 lower, 1 higher, -1 not in the test (a holiday)."""
    coin = stream(seed, "price test", inn).integers(0, 2, TEST[1] - TEST[0])
    return np.where(night_codes()[TEST[0] : TEST[1]] == 2, -1, coin)


def make_rates(seed, full):
    found = rates(seed, full)
    return {
        "inn": np.repeat(np.array(inns(seed, full)["inn"], dtype=object), DAYS),
        "date": np.tile(dates(np.arange(DAYS)), len(found)),
        "rate": found.ravel(),
    }


def make_price_test(seed, full):
    names = np.array(inns(seed, full)["inn"], dtype=object)
    arm = np.array([arms(seed, i) for i in range(inns_in(full))])
    inn, night = np.nonzero(arm >= 0)
    return {
        "inn": names[inn],
        "date": dates(TEST[0] + night),
        "arm": pick(ARMS, arm[inn, night]),
        "rate": rates(seed, full)[:, TEST[0] : TEST[1]][inn, night],
    }


def make_competitors(seed, full):
    """Rates of the other inns of the same township, for nights since the last summer.

    Always from the whole county: an inn's rivals need not be in the program.
    """
    names = places(seed)[1]["village"]
    township = dict(zip(names, places(seed)[1]["township"], strict=True))
    where = np.array([township[v] for v in inns(seed, True)["village"]])
    since = int((TODAY - FIRST).astype(int)) - 183
    everyone = rates(seed, True)[:, since:]
    rows = []
    for i in range(inns_in(full)):
        rival = (where == where[i]) & (np.arange(len(where)) != i)
        if rival.any():
            theirs = everyone[rival]
            rows.append((i, rival.sum(), theirs.min(axis=0), np.median(theirs, axis=0), theirs.max(axis=0)))
    nights = DAYS - since
    return {
        "inn": np.repeat(pick(inns(seed, True)["inn"], [r[0] for r in rows]), nights),
        "date": np.tile(dates(np.arange(since, DAYS)), len(rows)),
        "rivals": np.repeat([r[1] for r in rows], nights),
        "lowest": np.concatenate([r[2] for r in rows]),
        "middle": np.concatenate([r[3] for r in rows]),
        "highest": np.concatenate([r[4] for r in rows]),
    }


INN = field("inn", "string", "Number of the inn", required=True)
NIGHT = field("date", "date", "Day on which the night starts", required=True)

TABLES = {
    "rates": {
        "title": "What a room cost at each inn, night by night",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["inn", "date"],
        "links": {"inn": "inns", "date": "calendar"},
        "make": make_rates,
        "fields": [INN, NIGHT, field("rate", "integer", "Price of a room for the night", "yuan", required=True, minimum=1)],
    },
    "price_test": {
        "title": "The price test: a coin made rates lower or higher",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["inn", "date"],
        "links": {"inn": "inns", "date": "calendar"},
        "make": make_price_test,
        "fields": [
            INN,
            NIGHT,
            field("arm", "string", "What the coin said", required=True, enum=ARMS),
            field("rate", "integer", "Price of a room for the night", "yuan", required=True, minimum=1),
        ],
    },
    "competitors": {
        "title": "Rates of the other inns of the same township",
        "module": "b_homestay",
        "synthetic": True,
        "key": ["inn", "date"],
        "links": {"inn": "inns", "date": "calendar"},
        "make": make_competitors,
        "fields": [
            INN,
            NIGHT,
            field("rivals", "integer", "Other inns of the township", "inn", required=True, minimum=1),
            field("lowest", "integer", "Their lowest rate", "yuan", required=True, minimum=1),
            field("middle", "number", "Their median rate", "yuan", required=True, minimum=1),
            field("highest", "integer", "Their highest rate", "yuan", required=True, minimum=1),
        ],
    },
}
