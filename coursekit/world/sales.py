"""What the shows earned: orders, returns, fees, and what the platform paid out.

Facts: GMV counts orders within the platform's window, refunded ones too (seller university of
TikTok); fresh goods need not be taken back; slot fees, commissions and agencies' shares are as
reported of shows that lost money (SCMP 2020; NewsChina). Assumptions: the sizes of the fees, how
fast goods come back (3 to 14 days), that the platform settles a show 16 days after it. All sums are
made in whole cents and rounded once.
"""

import functools

import numpy as np

from coursekit.world.county import NOW, dates, hosts_in, pick, stream
from coursekit.world.fields import field
from coursekit.world.goods import PRODUCTS_EACH, YUAN, names_of, products
from coursekit.world.shows import SESSION, TEST_SHOW, chosen, plans, seen, starts, visit_numbers

SETTLED_AFTER = 16  # days from the show to the platform's payment: no order can come back any more
RETURN_DAYS = (3, 14)  # days from the order to the return
BACK_BY_COUPON = 1.3  # goods bought with a coupon come back more often
FEES = ["slot", "commission", "agency", "platform", "traffic"]
PLATFORM_RATE = 0.05
ORDERS_EACH = 10_000  # numbers kept for the orders of each show


@functools.lru_cache(maxsize=2)
def orders(seed, full):
    """Every order of the shows, in cents, and the day it came back (-1: it did not, or not yet)."""
    goods, parts = products(seed, full), []
    for number, (plan, visits, made) in enumerate(seen(seed, full)):
        rng = stream(seed, "returns", int(plan["session"][1:]))
        n = len(made["product"])
        sold = orders_of_show(plan, visits, made, goods, rng.random(n), rng.binomial(RETURN_DAYS[1] - RETURN_DAYS[0], 0.4, n))
        parts.append({"show": np.full(n, number)} | sold)
    found = {k: np.concatenate([p[k] for p in parts]) for k in parts[0]}
    # Nobody has seen the future yet.
    found["later"] = found["back"] > NOW
    found["back"] = np.where(found["later"], -1, found["back"])
    return found


def orders_of_show(plan, visits, made, goods, luck, days):
    """The orders of one show, in cents, and the day each comes back (-1: never).

    luck: for each order a number between 0 and 1, below its chance for those that come back; days: after
    the first day on which goods can be back.
    """
    product = plan["placed"][made["product"]]
    price, coupon = _cents(plan["goods"]["price"][made["product"]]), _cents(made["coupon"])
    chance = goods["back"][product] * np.where(coupon > 0, BACK_BY_COUPON, 1)
    back = made["paid"] & (luck < chance)
    return {
        "number": int(plan["session"][1:]) * ORDERS_EACH + np.arange(1, len(product) + 1),
        "visit": visit_numbers(plan, made["visit"]), "person": visits["person"][made["visit"]],
        "ordered": starts(plan) + np.floor(made["second"]).astype("timedelta64[s]"), "product": product,
        "pieces": made["pieces"], "price": price, "coupon": coupon, "amount": price * made["pieces"] - coupon,
        "paid": made["paid"], "chance": np.where(made["paid"], chance, 0),
        "back": np.where(back, plan["day"] + RETURN_DAYS[0] + days, -1),
    }  # fmt: skip


def _cents(yuan):
    return np.round(np.asarray(yuan) * 100).astype(int)


@functools.lru_cache(maxsize=2)
def terms(seed, full):
    """What each show cost: fixed yuan and shares of sales by fee, and whether a share is given back for returns."""
    found = []
    for plan in plans(seed, full):
        rng = stream(seed, "fees", int(plan["session"][1:]))
        host = stream(seed, "terms", plan["host"])
        rate, refunded = float(host.choice([0.1, 0.15, 0.2])), bool(host.random() < 0.5)
        agency = float(host.choice([0, 0.03, 0.05]))
        slot = float(np.round(plan["people"] * rng.uniform(0.0, 0.06), -1))
        traffic = round(plan["people"] * plan["shares"][2] * plan["price_of_traffic"], 2)
        found.append({"slot": (slot, 0, False), "commission": (0, rate, refunded), "agency": (0, agency, False),
                      "platform": (0, PLATFORM_RATE, True), "traffic": (traffic, 0, False)})  # fmt: skip
    return found


def make_orders(seed, full):
    found = orders(seed, full)
    return orders_in_yuan(
        found, pick([plan["session"] for plan in plans(seed, full)], found["show"]), names_of(hosts_in(full) * PRODUCTS_EACH)
    )


def orders_in_yuan(found, sessions, names):
    return {
        "order": found["number"], "session": sessions, "visit": found["visit"], "person": found["person"],
        "ordered": found["ordered"], "product": names[found["product"]],
        "pieces": found["pieces"], "price": found["price"] / 100, "coupon": found["coupon"] / 100,
        "amount": found["amount"] / 100, "paid": found["paid"],
    }  # fmt: skip


def make_returns(seed, full):
    return returns_in_yuan(orders(seed, full))


def returns_in_yuan(found):
    back = found["back"] >= 0
    return {"order": found["number"][back], "returned": dates(found["back"][back]), "refund": found["amount"][back] / 100}


def make_fees(seed, full):
    return fees_of(plans(seed, full), terms(seed, full))


def fees_of(plans, terms):
    rows = [
        (plan["session"], fee, fixed, rate, refunded)
        for plan, fees in zip(plans, terms, strict=True)
        for fee, (fixed, rate, refunded) in fees.items()
        if fixed or rate
    ]
    return dict(zip(["session", "fee", "fixed", "rate", "given_back"], zip(*rows, strict=True), strict=True))


def make_settlements(seed, full):
    """One payment a show: paid orders less refunds and less the shares that the platform keeps for others."""
    found = orders(seed, full)
    sales = np.bincount(found["show"], found["amount"] * found["paid"], len(plans(seed, full))).astype(int)
    refunds = np.bincount(found["show"], found["amount"] * (found["back"] >= 0), len(sales)).astype(int)
    rows = []
    for plan, fees, sold, back in zip(plans(seed, full), terms(seed, full), sales, refunds, strict=True):
        if plan["day"] + SETTLED_AFTER <= NOW:
            shares = [int(round(rate * (sold - back if given_back else sold))) for fee in ("commission", "agency", "platform")
                      for _, rate, given_back in [fees[fee]]]  # fmt: skip
            rows.append((plan["session"], dates(plan["day"] + SETTLED_AFTER),
                         *(c / 100 for c in (sold, back, *shares, sold - back - sum(shares)))))  # fmt: skip
    names = ["session", "settled", "sales", "refunds", "commission", "agency", "platform", "paid_out"]
    return dict(zip(names, zip(*rows, strict=True), strict=True))


def make_assignments(seed, full):
    """The live test: each person of one show, in the order they came, and the product card a coin chose."""
    plan, visits, _ = chosen(seed, False, [TEST_SHOW])[0]
    person, first, views = np.unique(visits["person"], return_index=True, return_counts=True)
    opened = np.zeros(len(person), bool)
    opened[np.searchsorted(person, visits["person"][np.isfinite(visits["clicked"])])] = True
    order = np.argsort(first)
    return {
        "person": person[order],
        "arm": pick(["old card", "new card"], visits["arm"][first[order]]),
        "entered": starts(plan) + np.floor(visits["entered"][first[order]]).astype("timedelta64[s]"),
        "visits": views[order],
        "opened_page": opened[order],
    }


SHARE = {"unit": "share", "required": True, "minimum": 0, "maximum": 1}

TABLES = {
    "orders": {
        "title": "Every order made in a show, paid or not",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["order"],
        "links": {"session": "sessions", "product": "products"},
        "make": make_orders,
        "fields": [
            field("order", "integer", "Number of the order", required=True, unique=True),
            SESSION,
            field("visit", "integer", "The visit it was made in", required=True),
            field("person", "integer", "Number of the person who ordered", required=True),
            field("ordered", "datetime", "When it was made", "local time", required=True),
            field("product", "string", "Number of the product", required=True),
            field("pieces", "integer", "Pieces ordered", "piece", required=True, minimum=1),
            field("price", "number", "Price of one piece in the show", **YUAN),
            field("coupon", "number", "Taken off by a coupon", **YUAN),
            field("amount", "number", "Price times pieces, less the coupon", **YUAN),
            field("paid", "boolean", "False when it was never paid", required=True),
        ],
    },
    "returns": {
        "title": "Orders that came back by 31 December 2025",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["order"],
        "links": {"order": "orders"},
        "make": make_returns,
        "fields": [
            field("order", "integer", "Number of the order", required=True, unique=True),
            field("returned", "date", "Day the goods came back", required=True),
            field("refund", "number", "Money given back", **YUAN),
        ],
    },
    "fees": {
        "title": "What each show cost: fixed sums and shares",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["session", "fee"],
        "links": {"session": "sessions"},
        "make": make_fees,
        "fields": [
            SESSION,
            field("fee", "string", "Who is paid, or what for", required=True, enum=FEES),
            field("fixed", "number", "Fixed sum, owed even without sales", **YUAN),
            field("rate", "number", "Part of the sales; see given_back", **SHARE),
            field("given_back", "boolean", "True: of kept sales; False: of all paid", required=True),
        ],
    },
    "settlements": {
        "title": "What the platform paid out for each show",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["session"],
        "links": {"session": "sessions"},
        "make": make_settlements,
        "fields": [
            field("session", "string", "Number of the show", required=True, unique=True),
            field("settled", "date", "Day of the payment", required=True),
            field("sales", "number", "Paid orders", **YUAN),
            field("refunds", "number", "Given back to buyers", **YUAN),
            field("commission", "number", "Kept for the host", **YUAN),
            field("agency", "number", "Kept for the agency", **YUAN),
            field("platform", "number", "Kept by the platform", **YUAN),
            field("paid_out", "number", "Paid to the shop", unit="yuan", required=True),
        ],
    },
    "assignments": {
        "title": "The live test: who saw which product card",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["person"],
        "make": make_assignments,
        "fields": [
            field("person", "integer", "Number of the person, as in orders", required=True, unique=True),
            field("arm", "string", "The product card a coin chose", required=True, enum=["old card", "new card"]),
            field("entered", "datetime", "When the person first entered", "local time", required=True),
            field("visits", "integer", "Visits to this show", "visit", required=True, minimum=1),
            field("opened_page", "boolean", "True when a product page was opened", required=True),
        ],
    },
}
