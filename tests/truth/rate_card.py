"""b7: what an inn's rate card leaves at the county's own front desk, against the card of the planted values.

The nights of 2025 come again: as many people look at each inn as did, and they book, cancel and stay
as `coursekit.world.guests` says, but by other chances. All cards meet the same people.
"""

import functools

import numpy as np

from coursekit import world
from coursekit.methods.pricing import rate_table
from coursekit.methods.response import response_of_test
from coursekit.world import days, guests, inns
from coursekit.world.county import NOW, stream
from coursekit.world.desk import serve
from truth import row

INNS = 6  # so many of a county: the first ones that ask for no deposit and sell no room twice
NIGHTS, START = NOW + 1, NOW - 364  # nights that are over; the first of 2025


def rate_cards(seed, nights, elasticity):
    """What each way to a rate card loses in a year. nights: one row an inn and night; elasticity: as found."""
    bookings, test = world.make("bookings", seed), world.make("price_test", seed)
    slept = bookings["nights"] * (bookings["status"] == "stayed")
    slept = bookings.assign(slept=slept).groupby(["inn", "arrival"])["slept"].sum().rename_axis(["inn", "date"])
    nights = nights.join(slept, on=["inn", "date"]).fillna({"slept": 0})
    nights["season"] = nights["date"].dt.month.between(4, 10)
    rivals = world.make("competitors", seed).merge(world.make("calendar")[["date", "night"]], on="date")
    rivals = rivals.groupby(["inn", "night"])["middle"].mean()
    table, terms = world.make("inns", seed).set_index("inn"), inns.policies(seed, False)
    sizes = world.make("rooms", seed).groupby("inn").size()
    alike = ~terms["won"] & (terms["overbooking"] == 0) & (table["variable_cost"] > 10).to_numpy()
    cards = {}
    for i in np.flatnonzero(alike)[:INNS]:
        name, inn = table.index[i], table.iloc[i]
        mine, own = (rows[rows["inn"] == name] for rows in (nights, test))
        own = own.merge(mine[["date", "taken", "found"]], on="date")
        alone, _, _ = response_of_test(own["taken"], own["rate"], own["arm"] == "higher", own["date"].dt.isocalendar().week, lookers=own["found"])  # fmt: skip
        cards[i] = _cards(mine, inn, sizes[name], elasticity, alone, _planted(seed, i, mine))
        if name in rivals:
            cards[i]["the rivals' middle rate copied"] = mine["night"].map(rivals[name]).to_numpy()
    left = _left(seed, cards, nights)
    for method, toward in WAYS.items():
        lost = [left[i]["planted"] - left[i][method] for i in cards if method in cards[i]]
        yield row(
            "b7",
            "what an inn loses a year by its rate card, against the best one inside the rates seen (yuan)",
            method,
            toward,
            np.mean(lost),
            0,
        )


WAYS = {
    "best rate of like nights, inside the rates seen": "",
    "priced below variable cost": "+",
    "every night one price": "+",
    "gross takings optimized instead of what is left": "+",
    "extrapolated beyond the data": "+",
    "the mean night taken for every night": "+",
    "the rivals' middle rate copied": "+",
}


def _planted(seed, i, nights):
    """Planted for one inn: the elasticity, and the room nights asked for on each night at a rate."""
    usual, elasticity = inns.inns(seed, False)["price"][i], inns.elasticity(seed)
    looks = nights["searches"].to_numpy()
    return elasticity, lambda at: looks * guests.BOOKS * (at / usual) ** elasticity * _nights_that_come()


def _cards(nights, inn, rooms, elasticity, alone, planted):
    """The rate of each night on the planted card and on every other one of one inn."""
    at = nights["rate"].median()
    each = nights["slept"].sum() / (nights["found"] * (nights["rate"] / at) ** elasticity).sum()
    asked = each * nights["searches"].to_numpy()
    terms = {"at": at, "elasticity": elasticity, "cost": inn["variable_cost"], "commission": inn["commission"], "rooms": rooms}
    best = _card(nights, asked, terms)
    below = 10 * np.round((inn["variable_cost"] - 8) / 10) + 8
    return {
        "planted": _card(nights, planted[1](at), terms | {"elasticity": planted[0]}),
        "best rate of like nights, inside the rates seen": best,
        "priced below variable cost": np.where(nights["night"] == "weekday", below, best),
        "every night one price": _card(nights, asked, terms, by=None),
        "gross takings optimized instead of what is left": _card(nights, asked, terms | {"commission": 0, "cost": 0}),
        "extrapolated beyond the data": _card(nights, asked, terms | {"elasticity": min(alone, -0.01)}, seen=False),
        "the mean night taken for every night": _card(nights, asked, terms, mean=True),
    }


def _card(nights, asked, terms, by=("season", "night"), seen=True, mean=False):
    """For each night the best rate of all nights of its kind: one that was seen, or any up to twice the highest."""
    kind = nights.groupby(list(by)).ngroup().to_numpy() if by else np.zeros(len(nights), int)
    found = np.empty(len(nights))
    for k in np.unique(kind):
        rates = nights["rate"][kind == k]
        low, high = rates.quantile([0.05, 0.95]) if seen else (rates.min() / 2, 2 * rates.max())
        # Rates that end in 8, of dear inns not each of them.
        step = 10 * max(1, round((high - low) / 600))
        tried = np.arange(10 * np.ceil((low - 8) / 10) + 8, high + 1, step)
        like = asked[kind == k]
        found[kind == k] = rate_table(tried, like.mean() if mean else like, **terms)["margin"].idxmax()
    return found


def _left(seed, cards, nights):
    """What each card leaves in 2025, come again: money of the guests less commission, cost of nights slept and of walked guests.

    cards: by inn, the rate of each night by card. All of them pass the front desk at once.
    """
    rows, capacity = inns.inns(seed, False), inns.capacity(seed, False)
    looks = nights.pivot(index="inn", columns="date", values="searches").to_numpy()
    inn = np.repeat(list(cards), [len(some) for some in cards.values()])
    rates = np.array([rates for some in cards.values() for rates in some.values()], float)
    parts = [_guests(seed, i, looks[i], rates[inn == i]) | {"card": np.flatnonzero(inn == i)} for i in cards]
    asked = {k: np.concatenate([p[k] for p in parts]) for k in parts[0] if k != "card"}
    asked["inn"] = np.concatenate([p["card"][p["inn"]] for p in parts])
    got, walked = serve(asked, capacity[inn], 0, NOW)
    slept, card = (got > 0) & asked["comes"] & ~walked & np.isinf(asked["cancelled"]), asked["inn"]
    # Stays that reach beyond the last night pay its rate.
    total = np.pad(np.cumsum(np.pad(rates, ((0, 0), (0, guests.LONGEST)), mode="edge"), axis=1), ((0, 0), (1, 0)))
    price = total[card, asked["night"] + got] - total[card, asked["night"]]
    net = np.where(slept, price * (1 - rows["commission"][inn])[card] - rows["variable_cost"][inn][card] * got, 0)
    left = iter(np.bincount(card, net - rows["walk_cost"][inn][card] * walked, len(inn)))
    return {i: {name: next(left) for name in some} for i, some in cards.items()}


def _guests(seed, i, looks, rates):
    """The same people before each card of an inn: who books, and what becomes of it."""
    rng, usual, elasticity = stream(seed, "other guests", i), inns.inns(seed, False)["price"][i], inns.elasticity(seed)
    night = np.repeat(np.arange(START, NIGHTS), looks[START:])
    draw = rng.random(len(night)) / guests.BOOKS
    # Who books at a dear card books at a cheap one, too.
    some = draw < (rates.min(axis=0)[night] / usual) ** elasticity
    people, draw = _people(night[some], rng), draw[some]
    order = np.argsort(people["booked"], kind="stable")
    people, draw = {k: v[order] for k, v in people.items()}, draw[order]
    card, guest = np.nonzero(draw < (rates[:, people["night"]] / usual) ** elasticity)
    return {k: v[guest] for k, v in people.items()} | {"inn": card}


def _people(night, rng):
    """For each booking of a night: when it is made, for how long, and what becomes of it."""
    return guests.outcomes(guests.wishes(rng, night, days.night_codes()[night] == 2), np.zeros(len(night)))


@functools.cache
def _nights_that_come():
    """Planted: room nights slept of a booking, on average, those that are canceled or do not come counted as none."""
    people = _people(np.full(200_000, START), stream(0, "stays"))
    return (people["nights"] * (people["comes"] & np.isinf(people["cancelled"]))).mean()
