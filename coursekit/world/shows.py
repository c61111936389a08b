"""The shows of the county: who went on air when, with what, before how many.

Facts: views of a session are lognormal with sigma 1.3 to 1.6; paid traffic and free traffic behave
differently; platforms' exports keep the time of London (UTC), people the time of the place (China,
UTC+8). Assumptions: how often a host goes on air, line-ups, offers. Which goods are in a line-up,
and whether the star is, is by chance, so that what it takes from others can be seen.

Four shows of the first host are made for lessons: two whose traffic differs, one that people leave
at one moment, and one in which a coin shows each viewer one of two product cards.
"""

import functools

import numpy as np

from coursekit.world import audience
from coursekit.world.audience import FOLLOWERS, PAID, SOURCES
from coursekit.world.county import FIRST, HOSTS, NOW, dates, hosts_in, pick, stream
from coursekit.world.fields import field
from coursekit.world.goods import PRODUCTS_EACH, hosts, names_of, products

PEOPLE, PEOPLE_SD = 5.9, 1.0  # log of the people in a show: middle, and standard deviation between a host's shows
LARGEST, SMALLEST = 40_000, 30
LUCK_SD = 0.35  # log standard deviation between shows of how readily people buy
FANS = 2  # followers a host begins with, as a multiple of those who come to the best visited show, in the middle
NEAR = 6  # other people whom the platform sends to a host, as a multiple of the largest show's people
STAR_SHOWN = 0.6  # shows that have the host's star product
DISCOUNTS = [0, 0.05, 0.1, 0.15, 0.2]
VISITS_EACH = 100_000  # numbers kept for the visits of each show
SECONDS_EAST = 8 * 3600  # local time is UTC+8

TEST_SHOW = "S0116"
LESSON_SHOWS = ["S0113", "S0114", "S0115"]  # visit by visit
LESSON_PLANS = {
    12: {"day": "2025-11-14", "people": 5000, "shares": [0.1, 0.2, 0.7], "clicks": 1.45},
    13: {"day": "2025-11-21", "people": 5000, "shares": [0.3, 0.6, 0.1], "clicks": 1.0},
    14: {"day": "2025-11-28", "people": 5000, "shares": [0.3, 0.5, 0.2], "clicks": 1.0, "leave": 0.7},
    15: {"day": "2025-12-26", "people": 24_000, "shares": [0.25, 0.55, 0.2], "clicks": 1.0, "arms": True},
}  # fmt: skip
FIRST_HOST_SHOWS = 16


@functools.lru_cache(maxsize=2)
def plans(seed, full):
    """What each show is to be: a list of plans for `audience.watch`, with its name, host, day and start."""
    everyone, goods = hosts(seed, full), products(seed, full)
    found = []
    for h in range(hosts_in(full)):
        rng = stream(seed, "shows", h)
        many = FIRST_HOST_SHOWS if h == 0 else int(rng.integers(11, 24))
        days = np.sort(rng.choice(NOW - 60 if h == 0 else NOW + 1, many, replace=False))
        for k in range(many):
            found.append(_plan(everyone, goods, h, k, int(days[k]), stream(seed, f"show {k}", h)))
    return found


def _plan(everyone, goods, h, k, day, rng):
    """One show by chance; the lessons' shows replace parts of it."""
    shelf = slice(h * PRODUCTS_EACH, (h + 1) * PRODUCTS_EACH)
    star = rng.random() < STAR_SHOWN or (h == 0 and k in LESSON_PLANS)
    chosen = np.r_[[0] if star else [], 1 + rng.permutation(PRODUCTS_EACH - 1)[: rng.integers(3, 6)]].astype(int)
    chosen = rng.permutation(chosen)
    minutes = int(rng.choice([60, 75, 90, 120]))
    paid = rng.uniform(0.15, 0.5) if rng.random() < 0.35 else 0.0
    # A show grows by being recommended: the larger, the fewer of its viewers are followers.
    size = everyone["size"][h] + PEOPLE_SD * rng.normal()
    people = np.exp(PEOPLE + size)
    fans = np.clip(0.38 - 0.14 * size + 0.08 * rng.normal(), 0.06, 0.75)
    plan = {
        "session": f"S{h + 1:02d}{k + 1:02d}",
        "host": h,
        "day": day,
        "start": int(rng.choice([1140, 1170, 1200, 1230])),  # minutes after midnight
        "people": int(np.clip(people, SMALLEST, LARGEST)),
        "shares": [(1 - paid) * fans, (1 - paid) * (1 - fans), paid],
        "minutes": minutes,
        "clicks": everyone["clicks"][h] * np.exp(0.1 * rng.normal() - 0.005),
        "buys": np.exp(LUCK_SD * rng.normal() - LUCK_SD**2 / 2),
        "talks": np.exp(0.8 * rng.normal()),
        "price_of_traffic": round(float(rng.uniform(0.05, 0.2)), 2),  # yuan for each person who came by paid traffic
        "placed": chosen + h * PRODUCTS_EACH,
    }
    off = rng.choice(DISCOUNTS, len(chosen))
    parts = np.maximum(rng.dirichlet(np.full(len(chosen), 5)), 0.06)
    if rng.random() < 0.4:
        plan["coupons"] = [(int(rng.integers(15, minutes - 10)), int(rng.choice([5, 10])), 5, 40)]
    if h == 0 and k in LESSON_PLANS:
        plan |= LESSON_PLANS[k] | {"minutes": 120, "start": 1200, "buys": 1.0}
        plan["day"] = int((np.datetime64(plan["day"]) - FIRST).astype(int))
        if "leave" in plan:
            plan["leave"] = (int(rng.integers(35, 80)), plan["leave"])
        plan.pop("coupons", None)
    ends = np.round(np.cumsum(parts) / parts.sum() * plan["minutes"]).astype(int)
    plan["lineup"] = np.searchsorted(ends, np.arange(plan["minutes"]), side="right")
    kind, wish = goods["kind"][shelf], goods["wish"][shelf]
    plan["wishes"] = {k: wish[kind == k].max() for k in np.unique(kind)}
    listed = goods["list_price"][shelf][chosen]
    plan["goods"] = {
        "kind": kind[chosen], "wish": wish[chosen],
        "list_price": listed, "price": np.round(listed * (1 - off)),
    }  # fmt: skip
    return plan


@functools.lru_cache(maxsize=2 * HOSTS)
def of_host(seed, full, host):
    """The shows of one host in their order, with the followers each one won: (plan, visits, orders)."""
    mine, found = [plan for plan in plans(seed, full) if plan["host"] == host], []
    # The host's followers before the first show, and people of the neighborhood whom the platform may send.
    best = max(int(plan["people"] * plan["shares"][FOLLOWERS]) for plan in mine)
    fans = np.arange(int(max(FANS * hosts(seed, full)["reach"][host], 1.1) * best) + 10)
    near = 10**6 + np.arange(NEAR * max(plan["people"] for plan in mine))
    for plan in mine:
        rng = stream(seed, "audience", int(plan["session"][1:]))
        visits, orders = audience.watch(plan, rng)
        orders["paid"] = rng.random(len(orders["visit"])) < audience.PAID_ORDERS
        came, first = np.unique(visits["person"], return_index=True)
        follows = visits["source"][first] == FOLLOWERS
        number = np.empty(plan["people"], int)
        number[came[follows]] = rng.choice(fans, follows.sum(), replace=False)
        number[came[~follows]] = rng.choice(np.setdiff1d(near, fans, assume_unique=True), (~follows).sum(), replace=False)
        won = number[np.unique(visits["person"][visits["follows"]])]
        fans = np.concatenate([fans, won])
        visits["person"] = (host + 1) * 10**9 + number[visits["person"]]
        found.append((plan, visits, orders))
    return found, len(fans)


@functools.lru_cache(maxsize=2)
def seen(seed, full):
    """All shows: a list of (plan, visits, orders)."""
    return [show for host in range(hosts_in(full)) for show in of_host(seed, full, host)[0]]


def chosen(seed, full, names):
    """Some shows of the first host by name, made alone; or all shows of the county."""
    return seen(seed, True) if full else [show for show in of_host(seed, False, 0)[0] if show[0]["session"] in names]


def make_hosts(seed, full):
    """The hosts, with the followers they have after all their shows."""
    return hosts(seed, full) | {"followers": [of_host(seed, full, host)[1] for host in range(hosts_in(full))]}


def starts(plan):
    """The local time a show starts."""
    return dates(plan["day"]).astype("datetime64[s]") + np.timedelta64(60 * plan["start"], "s")


# Each table is built from shows that were seen, (plan, visits, orders), so that a room can build it too.


def make_sessions(seed, full):
    return sessions_of(seen(seed, full), hosts(seed, full)["host"])


def sessions_of(shows, host_names):
    rows = []
    for plan, visits, orders in shows:
        people, first = np.unique(visits["person"], return_index=True)
        each = plan["goods"]["price"][orders["product"]] * orders["pieces"] - orders["coupon"]
        rows.append((
            plan["session"], plan["host"], starts(plan), plan["minutes"], len(visits["person"]), len(people),
            (visits["source"][first] == PAID).sum(), np.isfinite(visits["clicked"]).sum(), visits["comments"].sum(),
            visits["follows"].sum(), len(each), each.sum()))  # fmt: skip
    names = ["session", "host", "start", "minutes", "views", "viewers", "paid_viewers", "pages", "comments",
             "new_followers", "orders", "gmv"]  # fmt: skip
    found = dict(zip(names, zip(*rows, strict=True), strict=True))
    return found | {"host": pick(host_names, list(found["host"])), "start": np.array(found["start"])}


def make_lineups(seed, full):
    return lineups_of(plans(seed, full), names_of(hosts_in(full) * PRODUCTS_EACH))


def lineups_of(plans, names):
    rows = []
    for plan in plans:
        starts_at = np.flatnonzero(np.diff(plan["lineup"], prepend=-1))
        ends_at = np.r_[starts_at[1:], len(plan["lineup"])]
        for place, (start, end) in enumerate(zip(starts_at, ends_at, strict=True), start=1):
            w = plan["lineup"][start]
            rows.append((plan["session"], place, names[plan["placed"][w]], start, end - start, plan["goods"]["price"][w]))
    return dict(zip(["session", "place", "product", "from_minute", "minutes", "price"], zip(*rows, strict=True), strict=True))


def make_minutes(seed, full):
    """People and orders minute by minute; for the first host's shows, or for all."""
    shows = chosen(seed, full, {p["session"] for p in plans(seed, False) if p["host"] == 0})
    return minutes_of(shows, names_of(hosts_in(full) * PRODUCTS_EACH))


def minutes_of(shows, names):
    parts = []
    for plan, visits, orders in shows:
        n = plan["minutes"]
        edges = 60 * np.arange(n + 1)
        entered = np.histogram(visits["entered"], edges)[0]
        left = np.histogram(visits["left"], edges)[0]
        event = np.full(n, "", dtype=object)
        for minute, which in plan.get("answers", ()):
            event[minute] = f"answer about {names[plan['placed'][which]]}" if which >= 0 else "answer"
        for minute, yuan, _, _ in plan.get("coupons", ()):
            event[minute] = f"{event[minute]}, coupon of {yuan} yuan".lstrip(", ")
        if plan.get("leave"):
            event[plan["leave"][0]] = "long talk without goods"
        parts.append({
            "session": np.full(n, plan["session"], dtype=object), "minute": np.arange(n),
            "product": names[plan["placed"][plan["lineup"]]], "entered": entered, "left": left,
            "watching": np.cumsum(entered - left), "pages": np.histogram(visits["clicked"], edges)[0],
            "orders": np.histogram(np.minimum(orders["second"], 60 * n - 1), edges)[0], "event": event,
        })  # fmt: skip
    return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}


def make_visits(seed, full):
    """The lessons' shows visit by visit, or all shows."""
    return visits_of(chosen(seed, full, LESSON_SHOWS))


def visits_of(shows):
    """Times are UTC, as platforms export them."""
    parts = []
    for plan, visits, _ in shows:
        begin = starts(plan) - np.timedelta64(SECONDS_EAST, "s")
        n = len(visits["person"])
        left = np.full(n, np.datetime64("NaT"), "datetime64[s]")
        gone = np.isfinite(visits["left"])
        left[gone] = begin + np.ceil(visits["left"][gone]).astype("timedelta64[s]")
        parts.append({
            "visit": visit_numbers(plan, np.arange(n)), "session": np.full(n, plan["session"], dtype=object),
            "person": visits["person"], "source": pick(SOURCES, visits["source"]),
            "entered": begin + np.floor(visits["entered"]).astype("timedelta64[s]"), "left": left,
            "opened_page": np.isfinite(visits["clicked"]), "comments": visits["comments"], "followed": visits["follows"],
        })  # fmt: skip
    return {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}


def visit_numbers(plan, places):
    """The numbers of a show's visits: unique in the county, whose shows have fewer visits than that."""
    return int(plan["session"][1:]) * VISITS_EACH + places + 1


SESSION = field("session", "string", "Number of the show", required=True)
COUNT = {"required": True, "minimum": 0}

TABLES = {
    "hosts": {
        "title": "The hosts of the county's shows, one a row",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["host"],
        "links": {"village": "villages"},
        "make": make_hosts,
        "fields": [
            field("host", "string", "Number of the host", required=True, unique=True),
            field("name", "string", "The host's name (made up)", required=True),
            field("village", "string", "The village the host lives in", required=True),
            field("age", "integer", "Age on 31 December 2025", "year", required=True, minimum=18),
            field("trained", "date", "End of the host's training", required=True),
            field("followers", "integer", "Followers on 31 December 2025", "person", required=True, minimum=0),
        ],
    },
    "sessions": {
        "title": "The shows of the county's hosts, one a row",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["session"],
        "links": {"host": "hosts"},
        "make": make_sessions,
        "fields": [
            SESSION,
            field("host", "string", "Who was on air", required=True),
            field("start", "datetime", "When it started", "local time", required=True),
            field("minutes", "integer", "Its length", "minute", required=True, minimum=1),
            field("views", "integer", "Times someone entered", "view", **COUNT),
            field("viewers", "integer", "People who entered", "person", **COUNT),
            field("paid_viewers", "integer", "Those who came by paid traffic", "person", **COUNT),
            field("pages", "integer", "Views that opened a product page", "view", **COUNT),
            field("comments", "integer", "Comments written", "comment", **COUNT),
            field("new_followers", "integer", "People who began to follow", "person", **COUNT),
            field("orders", "integer", "Orders made, paid or not", "order", **COUNT),
            field("gmv", "number", "Value of all orders made, paid or not", "yuan", **COUNT),
        ],
    },
    "lineups": {
        "title": "What was shown when, and at what price",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["session", "place"],
        "links": {"session": "sessions", "product": "products"},
        "make": make_lineups,
        "fields": [
            SESSION,
            field("place", "integer", "Its place in the line-up", required=True, minimum=1),
            field("product", "string", "Number of the product", required=True),
            field("from_minute", "integer", "Minute of the show it came on", "minute", **COUNT),
            field("minutes", "integer", "How long it was shown", "minute", required=True, minimum=1),
            field("price", "number", "Its price in this show", "yuan", **COUNT),
        ],
    },
    "minutes": {
        "title": "The first host's shows minute by minute",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["session", "minute"],
        "links": {"session": "sessions", "product": "products"},
        "make": make_minutes,
        "fields": [
            SESSION,
            field("minute", "integer", "Minute of the show, from 0", "minute", **COUNT),
            field("product", "string", "Number of the product shown", required=True),
            field("entered", "integer", "Views that began in it", "view", **COUNT),
            field("left", "integer", "Views that ended in it", "view", **COUNT),
            field("watching", "integer", "Views that went on at its end", "view", **COUNT),
            field("pages", "integer", "Product pages opened", "view", **COUNT),
            field("orders", "integer", "Orders made, paid or not", "order", **COUNT),
            field("event", "string", "What happened in it, or empty"),
        ],
    },
    "visits": {
        "title": "Three shows of the first host visit by visit",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["visit"],
        "links": {"session": "sessions"},
        "make": make_visits,
        "fields": [
            field("visit", "integer", "Number of the visit", required=True, unique=True),
            SESSION,
            field("person", "integer", "Number of the person, the same in all shows", required=True),
            field("source", "string", "Where the person came from", required=True, enum=SOURCES),
            field("entered", "datetime", "When the visit began", "UTC", required=True),
            field("left", "datetime", "When it ended; empty: at the show's end", "UTC"),
            field("opened_page", "boolean", "True when a product page was opened", required=True),
            field("comments", "integer", "Comments written", "comment", **COUNT),
            field("followed", "boolean", "True when the person began to follow", required=True),
        ],
    },
}
