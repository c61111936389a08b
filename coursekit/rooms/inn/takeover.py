"""What is there when a practice inn is taken over: its rooms, its costs, its books, the people who may look.

The inn is one of the program's inns, on the evening on which the course's tables end: `load("bookings")` and
the other tables are its past. The next ninety nights are the reader's. Assumptions: what is assumed of the
county's guests (`world.guests`); how many who look for a shorter stay take the minimum instead.
"""

import functools

import numpy as np

from coursekit.world import guests
from coursekit.world.county import NOW, stream
from coursekit.world.days import MOOD_LASTS, MOOD_SD, NIGHT_DEMAND, calendar, mood, night_codes, season
from coursekit.world.inns import beds, capacity, elasticity, inns, policies
from coursekit.world.rates import rates
from coursekit.world.stays import STAYED, requests, status

NIGHTS = 90
FIRST_NIGHT = NOW + 1
WINDOW = slice(FIRST_NIGHT, FIRST_NIGHT + NIGHTS)
STAYS_LONGER = 0.3  # of those who look for a stay that is one night too short: take the minimum; of two nights, this squared
LUCKS = 1000  # how many sets of people a practice inn can have


@functools.lru_cache(maxsize=16)
def takeover(seed):
    """The inn of one seed on the evening on which it is taken over, as a dictionary.

    seed: a whole number from 0. inn, name; rooms: that can be sold, night by night; usual: its usual price, yuan; cost:
    of a room night; commission; walk_cost; old: the rates of the host before, by night; deposit: asked until
    now; days: the calendar of the ninety nights; books: bookings that stand; own: its rows of the county's tables. What the guests wish for is not told.

    >>> given = takeover(7)
    >>> given["inn"], int(given["rooms"].max()), len(given["days"])
    ('I006', 4, 90)
    """
    from coursekit.world import make, whole_seed

    rng = stream(whole_seed(seed), "practice inn")
    table_of, terms = inns(None, False), policies(None, False)
    place = int(rng.choice(_suitable()))
    found = requests(None, False)[1]
    here = {k: v[found["inn"] == place] for k, v in found.items()}
    taken = here["accepted"] & (here["cancelled"] >= NOW + 1)
    # Guests who are in the house keep their rooms; their bookings are of the time before.
    old = taken & (status(here) == STAYED) & (here["night"] + here["nights"] > FIRST_NIGHT)
    rooms = capacity(None, False)[place, WINDOW].copy()
    for night, stay in zip(here["night"][old], here["nights"][old], strict=True):
        rooms[: night + stay - FIRST_NIGHT] -= 1
    number = np.cumsum(here["accepted"]) - 1  # as in the table of bookings
    still = taken & (here["night"] > NOW) & (here["night"] < FIRST_NIGHT + NIGHTS)
    books = {k: v[still] for k, v in here.items()} | {"number": number[still]}
    books["nights"] = np.minimum(books["nights"], FIRST_NIGHT + NIGHTS - books["night"])
    own = {
        name: (table := make(name))[table["inn"] == table_of["inn"][place]].reset_index(drop=True) for name in ("inns", "rooms")
    }
    shut = make("closures")
    own["closures"] = shut[shut["room"].isin(own["rooms"]["room"])].reset_index(drop=True)
    return {
        "seed": seed, "place": place, "inn": table_of["inn"][place], "name": table_of["name"][place], "size": int(table_of["size"][place]),
        "rooms": rooms, "usual": float(table_of["price"][place]), "cost": float(table_of["variable_cost"][place]),
        "commission": float(table_of["commission"][place]), "walk_cost": float(table_of["walk_cost"][place]),
        "old": rates(None, False)[place], "deposit": float(terms["deposit"][place]), "overbooking": int(terms["overbooking"][place]),
        "days": calendar()[WINDOW].reset_index(drop=True), "beds": int(beds(None, False)[place].max()),
        "fame": float(table_of["fame"][place]), "elasticity": elasticity(None),
        "books": books, "next_number": int(here["accepted"].sum()), "own": own,
    }  # fmt: skip


def _suitable():
    """Places of the inns of four to six rooms that are neither always full nor mostly empty, and were not overbooked."""
    size, fame, over = inns(None, False)["size"], inns(None, False)["fame"], policies(None, False)["overbooking"]
    return np.flatnonzero((size >= 4) & (size <= 6) & (fame > 0.7) & (fame < 1.6) & (over == 0))


@functools.lru_cache(maxsize=64)
def people(seed, luck):
    """Everybody who looks at the inn after it was taken over, sorted by when, as a dictionary of arrays; see `guests.wishes`.

    luck: 0 for the room's own guests, 1, 2, … for other ninety nights under the same conditions.
    """
    given = takeover(seed)
    rng = stream(seed, "practice guests", luck)
    want = season()[WINDOW] * NIGHT_DEMAND[night_codes()[WINDOW]] * np.exp(_mood(rng))
    looks = guests.lookers(rng, given["size"], given["fame"], want)
    night = np.repeat(np.arange(FIRST_NIGHT, FIRST_NIGHT + NIGHTS), looks)
    found = guests.wishes(rng, night, night_codes()[night] == 2)
    found |= {"books": rng.random(len(night)), "longer": rng.random(len(night))}
    found |= guests.arrivals(rng, len(night), given["beds"])
    later = {k: v[night - found["lead"] > NOW] for k, v in found.items()}
    # A stay is told up to the last of the ninety nights; what comes after is the next host's.
    later["more"] = np.minimum(later["more"], FIRST_NIGHT + NIGHTS - 1 - later["night"])
    order = np.argsort(later["night"] - later["lead"] + 0.9 * later["time"], kind="stable")
    return {k: v[order] for k, v in later.items()}


def _mood(rng):
    """The county's mood goes on from where it stands, by new chance."""
    step = rng.normal(size=NIGHTS) * MOOD_SD * np.sqrt(1 - MOOD_LASTS**2)
    level, now = np.empty(NIGHTS), mood(None)[NOW]
    for night in range(NIGHTS):
        now = level[night] = MOOD_LASTS * now + step[night]
    return level


def terms(seed):
    """What a host knows on the evening of the takeover, as a dictionary of one's own to look at.

    inn, name, rooms, usual (yuan a night), cost (of a room night, yuan), commission (share of prices booked on the
    platform), walk_cost (yuan), calendar (a table of the ninety nights with the rate of the host before and the rooms that can be sold).

    >>> sorted(terms(7))
    ['calendar', 'commission', 'cost', 'inn', 'name', 'rooms', 'usual', 'walk_cost']
    """
    given = takeover(seed)
    days = given["days"].assign(old_rate=given["old"][WINDOW], rooms=given["rooms"])
    return {"inn": given["inn"], "name": given["name"], "rooms": given["size"], "usual": round(given["usual"]),
            "cost": given["cost"], "commission": given["commission"], "walk_cost": given["walk_cost"], "calendar": days}  # fmt: skip
