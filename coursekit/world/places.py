"""The county's places: 19 townships and 100 villages, each with a service station.

Facts: Zheng'an has 19 townships and 380,000 residents; Tonglu planned 100 village stations for a
county center. Assumptions: everything else; the names are made up.
"""

import functools

import numpy as np

from coursekit.world.county import TODAY, TOWNSHIPS, VILLAGES, stream
from coursekit.world.fields import field

RESIDENTS = 380_000
# Beginnings and endings of names; most pairs are no real place's name, and none is meant.
FIRST_PART = ["Yun", "Shi", "Lan", "Bai", "Qing", "He", "Tao", "Zhu", "Mei", "Long", "Hua", "Xi", "Song", "An", "Liu", "Cha"]
SECOND_PART = ["tian", "qiao", "xi", "ling", "shan", "keng", "wan", "ping", "yan", "tang", "pu", "lin"]


@functools.lru_cache(maxsize=2)
def places(seed):
    """Names, sizes and heights: a dictionary of arrays for townships, one for villages."""
    rng = stream(seed, "places")
    names = rng.permutation([a + b for a in FIRST_PART for b in SECOND_PART])[: TOWNSHIPS + VILLAGES].astype(object)
    share = rng.dirichlet(np.full(TOWNSHIPS, 4))
    residents = np.floor(share * RESIDENTS).astype(int)
    residents[0] += RESIDENTS - residents.sum()
    townships = {
        "township": names[:TOWNSHIPS],
        "residents": residents,
        "kilometers": np.r_[0, rng.integers(8, 75, TOWNSHIPS - 1)],
        "meters": rng.integers(180, 1100, TOWNSHIPS),
    }
    # Every township has a village at least; the others lie where people live.
    township = np.r_[np.arange(TOWNSHIPS), rng.choice(TOWNSHIPS, VILLAGES - TOWNSHIPS, p=residents / RESIDENTS)]
    # A village's part of its township: some people live in none of the villages with a station.
    size, part = rng.uniform(0.3, 1, VILLAGES), rng.uniform(0.45, 0.85, TOWNSHIPS)
    people = (part * residents)[township] * size / np.bincount(township, size)[township]
    villages = {
        "village": names[TOWNSHIPS:],
        "township": names[township],
        "residents": people.astype(int),
        "station_since": TODAY - rng.integers(900, 2900, VILLAGES).astype("timedelta64[D]"),
    }
    return townships, villages


TABLES = {
    "townships": {
        "title": "The county's townships",
        "module": "start",
        "synthetic": True,
        "key": ["township"],
        "make": lambda seed, full: places(seed)[0],
        "fields": [
            field("township", "string", "Name of the township", required=True, unique=True),
            field("residents", "integer", "People who live there", "person", required=True, minimum=1),
            field("kilometers", "integer", "Way by road to the county town", "kilometer", required=True, minimum=0),
            field("meters", "integer", "Height above the sea", "meter", required=True, minimum=0),
        ],
    },
    "villages": {
        "title": "The county's villages and their service stations",
        "module": "start",
        "synthetic": True,
        "key": ["village"],
        "links": {"township": "townships"},
        "make": lambda seed, full: places(seed)[1],
        "fields": [
            field("village", "string", "Name of the village", required=True, unique=True),
            field("township", "string", "The township it belongs to", required=True),
            field("residents", "integer", "People who live there", "person", required=True, minimum=1),
            field("station_since", "date", "Day its service station opened", required=True),
        ],
    },
}
