"""The ninety nights themselves: a plain function of what is set, when, and a seed. No widgets here.

Guests behave as in the county (`world.guests`), and everybody who looks has a luck of their own. So the
nights can be made anew whenever something is set: what happened before stays as it was. A live inn is the
same inn, told day by day.
"""

import numpy as np

from coursekit.rooms.inn.settings import in_force
from coursekit.rooms.inn.takeover import FIRST_NIGHT, NIGHTS, STAYS_LONGER, WINDOW, people, takeover
from coursekit.world import TABLES, guests, typed
from coursekit.world.county import DAYS, NOW, dates
from coursekit.world.desk import serve
from coursekit.world.stays import CANCELED, NO_SHOWED, STAYED, WALKED, in_words, on_the_books, status

LAST_DAY = NOW + NIGHTS


def run_inn(settings, seed, luck=0):
    """All ninety nights; see `tables_of` and `account_of` for what they left.

    settings: what is set and when, see rooms.inn.settings. seed: of the inn, a whole number. luck: 0 for the
    room's own guests; 1, 2, … for other people under the same conditions.

    >>> inn = run_inn([{"day": 0, "set": "rate", "to": 298}], 7)
    >>> tables_of(inn)["bookings"]["inn"].unique().tolist()
    ['I006']
    """
    return inn_of(settings, takeover(seed), luck)


def inn_of(settings, given, luck=0):
    """The same for conditions that are given."""
    held = in_force(settings, given)
    stays = stays_of({name: values[None] for name, values in held.items()}, given, (luck,))
    return {"given": given, "luck": luck, "held": held, "stays": stays}


def stays_of(held, given, lucks):
    """The bookings that get a room under each of several policies and lucks, and what becomes of them, as a dictionary of arrays.

    held: as from `in_force`, with a first axis more: the policies. The arrays are those of `world.stays.requests`, with inn
    for the number of the run (all policies with the first luck, then all with the second, …), price (yuan for the nights
    that are slept) and seen (the days that had passed; -1 for bookings that were there before).
    """
    policies, old = len(held["deposit"]), given["books"]
    parts = []
    for number, luck in enumerate(lucks):
        asked = _asked(held, given, people(given["seed"], luck))
        parts.append(asked | {"inn": asked["inn"] + policies * number})
    runs, before = policies * len(lucks), len(old["night"])
    both = {
        k: np.concatenate([np.tile(old[k], runs), *(part[k] for part in parts)])
        for k in ("night", "nights", "booked", "cancelled", "comes", "repeat", "deposit", "channel", "guests", "clock")
    }
    both["inn"] = np.concatenate([np.repeat(np.arange(runs), before), *(part["inn"] for part in parts)])
    # Those taken over were accepted already.
    both["over"] = np.concatenate([np.full(runs * before, NIGHTS), *(part["over"] for part in parts)])
    both["seen"] = np.concatenate([np.full(runs * before, -1), *(part["seen"] for part in parts)])
    order = np.lexsort((both["booked"], both["inn"]))
    both = {k: v[order] for k, v in both.items()}
    here = both | {k: both[k] - FIRST_NIGHT for k in ("night", "booked", "cancelled")}
    got, both["walked"] = serve(here, np.tile(given["rooms"], (runs, 1)), both["over"], NIGHTS - 1)
    both["nights"] = got
    found = {k: v[got > 0] for k, v in both.items()}
    found["price"] = _prices(found, held, given)
    return found


def _asked(held, given, looking):
    """Of those who look, those who book: for each policy, by the rate, the shortest stay and the deposit they see."""
    night, seen = looking["night"] - FIRST_NIGHT, looking["night"] - looking["lead"] - FIRST_NIGHT
    # Row k of what holds is seen by those who look after k days; with one row, all see the same.
    seen = np.minimum(seen, held["deposit"].shape[1] - 1)
    wished = np.minimum(1 + looking["more"], guests.LONGEST)
    least = np.minimum(held["minimum"][:, seen, night], NIGHTS - night)
    stay = np.maximum(wished, least)
    total, policy = _sums(held["rate"]), np.arange(len(held["rate"]))[:, None]
    mean = (total[policy, seen, night + stay] - total[policy, seen, night]) / stay
    deposit = held["deposit"][:, seen]
    chance = guests.chance_to_book(mean, given["usual"], given["elasticity"], deposit)
    policy, who = np.nonzero((looking["books"] < chance) & (looking["longer"] < STAYS_LONGER ** (stay - wished)))
    some = {k: v[who] for k, v in looking.items()}
    made = guests.outcomes(some, deposit[policy, who])
    return made | {
        "inn": policy, "nights": stay[policy, who], "guests": some["guests"], "clock": some["clock"], "seen": seen[who],
        "over": held["overbooking"][policy, seen[who]],
    }  # fmt: skip


def _sums(rate):
    """For each night the sum of the rates of all nights before it."""
    return np.concatenate([np.zeros_like(rate[..., :1]), np.cumsum(rate, axis=-1)], axis=-1)


def _prices(found, held, given):
    """Yuan for the nights of each booking, at the rates that held when it was made."""
    night, nights = found["night"] - FIRST_NIGHT, found["nights"]
    total, old = _sums(held["rate"]), np.r_[0, np.cumsum(given["old"][WINDOW])]
    policy, seen = found["inn"] % len(total), found["seen"]
    new = total[policy, seen, night + nights] - total[policy, seen, night]
    return np.where(seen < 0, old[night + nights] - old[night], new)


# -- what the nights left -----------------------------------------------------------------


def yuan_of(stays, given, until=LAST_DAY, runs=1):
    """Where the money went in each run, by the end of a day, as a dictionary of arrays, in whole cents.

    A stay is paid when the guest comes in. A deposit is given back to who cancels before the day of arrival, and kept
    from who cancels on that day or does not come.
    """
    state = status(stays, until)
    late = (state == NO_SHOWED) | ((state == CANCELED) & (np.floor(stays["cancelled"]) >= stays["night"]))
    slept, platform = state == STAYED, stays["channel"] == 0

    def cents(what, rows):
        return np.bincount(stays["inn"][rows], np.round(100 * what[rows]), runs).astype(int)

    found = {
        "rooms": cents(stays["price"], slept), "deposits kept": cents(stays["price"] * stays["deposit"], late),
        "commission": -cents(given["commission"] * stays["price"], slept & platform),
        "cost of nights": -cents(given["cost"] * stays["nights"], slept),
        "walked guests": -cents(np.full(len(state), given["walk_cost"]), state == WALKED),
    }  # fmt: skip
    return found | {"profit": sum(found.values())}


def account_of(inn, until=LAST_DAY):
    """Where the money of an inn went, in yuan, from what was paid for rooms to the profit."""
    return {name: int(cents[0]) / 100 for name, cents in yuan_of(inn["stays"], inn["given"], until).items()}


def profit_of(inn):
    """Yuan that the ninety nights left after commission, the cost of the nights and walked guests."""
    return account_of(inn)["profit"]


def tables_of(inn, until=LAST_DAY):
    """The inn as the county's own tables, by name, as they stand at the end of a day; columns and types as load() gives them.

    bookings: those that stood at the takeover, under their old numbers, and all that came. searches: people who have looked
    since the takeover. rates: the last rate of each night. policies: what was asked, and since when. inns, rooms, closures: the
    inn's rows. calendar: the ninety nights.
    """
    given, stays = inn["given"], inn["stays"]
    made = {
        "bookings": _bookings(given, stays, until),
        "searches": _searches(inn, until),
        "rates": _rates(inn, until),
        "policies": _policies(inn, until),
    }
    tables = {name: typed(columns, TABLES[name]) for name, columns in made.items()}
    tables |= {name: table.copy() for name, table in given["own"].items()} | {"calendar": given["days"].copy()}
    for name, table in tables.items():
        table.attrs["table"] = name
    return tables


def _bookings(given, stays, until):
    old = stays["seen"] < 0
    number = np.where(old, 0, given["next_number"] + np.cumsum(~old) - 1)
    number[old] = given["books"]["number"][np.argsort(given["books"]["booked"], kind="stable")]
    there = stays["booked"] < until + 1
    got = {k: v[there] for k, v in stays.items()} | {"inn": np.full(there.sum(), given["place"])}
    names = dict.fromkeys(range(given["place"]), "")
    names[given["place"]] = given["inn"]
    return in_words(got, until, number[there], got["price"], list(names.values()))


def _searches(inn, until):
    """People who looked since the takeover, and how many of them when the inn was full."""
    given, looking = inn["given"], people(inn["given"]["seed"], inn["luck"])
    night, lead = looking["night"] - FIRST_NIGHT, looking["lead"]
    time, day = looking["night"] - lead + 0.9 * looking["time"], looking["night"] - lead - FIRST_NIGHT
    cell, when, sold = on_the_books(inn["stays"], until)
    # What was sold of each night just before each of them looked.
    keys = (cell - FIRST_NIGHT) * (DAYS + NIGHTS) + when
    place = np.searchsorted(keys, night * (DAYS + NIGHTS) + time) - 1
    mine = (place >= 0) & (cell[place] - FIRST_NIGHT == night)
    limit = np.where(given["rooms"][night] > 0, given["rooms"][night] + inn["held"]["overbooking"][day], 0)
    full = np.where(mine, sold[place], 0) >= limit
    count = until - NOW
    seen = (night < count) & (time < until + 1)
    return {
        "inn": np.full(count, given["inn"], dtype=object), "date": dates(np.arange(FIRST_NIGHT, until + 1)),
        "searches": np.bincount(night[seen], minlength=count), "no_room": np.bincount(night[seen & full], minlength=count),
    }  # fmt: skip


def _rates(inn, until):
    """The rate of each night on its own day, or today for the nights to come."""
    night = np.arange(NIGHTS)
    rate = inn["held"]["rate"][np.minimum(night, until - NOW), night]
    return {"inn": np.full(NIGHTS, inn["given"]["inn"], dtype=object), "date": dates(FIRST_NIGHT + night), "rate": rate}


def _policies(inn, until):
    deposit, over = (inn["held"][k][: until - NOW + 1] for k in ("deposit", "overbooking"))
    days = np.flatnonzero(np.r_[True, (np.diff(deposit) != 0) | (np.diff(over) != 0)])
    return {
        "inn": np.full(len(days), inn["given"]["inn"], dtype=object), "since": dates(FIRST_NIGHT + days),
        "deposit": deposit[days], "overbooking": over[days],
    }  # fmt: skip
