"""Promotions: offers, the shops' daily sales, a coupon sent by lottery.

Facts: a coupon raised buying from 1.00 % to 2.57 % of those who got it, while only 0.52 % redeemed
it (Gopalakrishnan & Park, as summarized); redeemers bought far more than the rest long before (The
Complete Journey); a show has no lasting effect beyond its day (SSRN 5018972); discounts are 24 % in
the middle. Assumptions: how strongly goods answer to price, that about a third of what an offer
adds would have been bought in the ten days after it, how shops stock fresh goods.
"""

import functools

import numpy as np

from coursekit.world.county import FIRST, NOW, dates, hosts_in, pick, stream
from coursekit.world.days import calendar
from coursekit.world.fields import field
from coursekit.world.goods import KINDS, PRODUCTS_EACH, YUAN, names_of, products
from coursekit.world.shows import COUNT, plans

SINCE = int((np.datetime64("2025-01-01") - FIRST).astype(int))
YEAR = NOW + 1 - SINCE  # days of daily sales
OFFER_KINDS = ["percent", "flash", "threshold", "presale", "coupon"]
FUNDERS = ["shop", "platform", "half each"]
RESPONSE = -2.2  # by how many percent a day's sales change when the price falls by one percent (planted middle)
PULLED, PULLED_DAYS = 0.35, 10  # part of an offer's extra pieces taken from the days after it
DAY_VARIES = 4.0  # gamma shape of a day's luck
WEEKEND = 1.25
LEVELS = {True: 1.6, False: 0.4}  # log of a product's pieces a day in the middle: fresh goods, goods that keep
# Goods shown sell more in the shop too on that day, one viewer in so many thousand; nothing is left the day after.
SHOW_LIFT, SHOW_LIFT_MOST = 1 / 4000, 1.5
# Fresh goods are sold in their months only.
SEASONS = {
    "plums": (6, 7, 8),
    "bamboo shoots": (3, 4, 5),
    "zongzi": (4, 5, 6),
    "kiwis": (9, 10, 11),
    "free-range eggs": tuple(range(1, 13)),
}
CAMPAIGNS, CAMPAIGN = ["2025-06-18", "2025-11-11"], 2.0  # the platforms' days of discounts, for goods that keep
GIFTS = 0.15  # how much more goods that keep sell before Spring Festival than in the middle of summer, half of it

COUPON_PEOPLE = 20_000
USUAL, WITH_COUPON, REDEEMED = 0.0100, 0.0257, 0.0052  # of people who bought, without and with a coupon; who redeemed it
PASSED_ON = 0.2  # buyers without a coupon who used someone else's
COUPON_YUAN = 15


@functools.lru_cache(maxsize=2)
def response(seed):
    """Planted: how daily sales answer to price in this county."""
    return float(stream(seed, "response").uniform(RESPONSE - 0.4, RESPONSE + 0.4))


@functools.lru_cache(maxsize=2)
def in_season(seed, full):
    """True for the days on which a product is sold at all, by product and day of 2025."""
    month = 1 + dates(np.arange(SINCE, NOW + 1)).astype("datetime64[M]").astype(int) % 12
    return np.array([np.isin(month, SEASONS.get(name, month)) for name in products(seed, full)["product_name"]])


@functools.lru_cache(maxsize=2)
def offers(seed, full):
    """The offers of 2025: product, first day, days, kind, share off the list price, who pays, and a number."""
    rows, sold_at_all = [], in_season(seed, full)
    for p in range(len(products(seed, full)["kind"])):
        rng = stream(seed, "offers", p)
        # One offer in each third of the year at most, so that no two meet.
        for third in range(3):
            if rng.random() < 0.5:
                start = SINCE + 25 + third * 115 + int(rng.integers(0, 80))
                rows.append((p, start, int(rng.integers(2, 8)), int(rng.integers(len(OFFER_KINDS))),
                             float(rng.choice([0.1, 0.15, 0.2, 0.25, 0.3])), int(rng.integers(3)), third + 1))  # fmt: skip
    # An offer stands only while its product is sold.
    return [row for row in rows if sold_at_all[row[0], row[1] - SINCE : row[1] - SINCE + row[2]].all()]


def make_promos(seed, full):
    """The offers as platforms write them; each is worth about the same share of the list price."""
    goods, names = products(seed, full), names_of(hosts_in(full) * PRODUCTS_EACH)
    rows = []
    for p, start, days, kind, off, funder, number in offers(seed, full):
        price = goods["list_price"][p]
        words, least, yuan, percent, deposit, counts_as = OFFER_KINDS[kind], 0.0, 0.0, 0.0, 0.0, 0.0
        if words in ("percent", "flash"):
            percent = round(100 * off)
        elif words == "presale":
            counts_as = float(np.round(price * off * 2))
            deposit = counts_as / 2
        else:
            pieces = 2 if words == "threshold" else 1
            least, yuan = float(np.floor(price * pieces * 0.95)), float(max(np.round(price * pieces * off), 1))
        rows.append((f"{names[p]}-{number}", names[p], words, dates(start), dates(start + days - 1), least, yuan,
                     percent, deposit, counts_as, FUNDERS[funder], words != "flash"))  # fmt: skip
    columns = ["promo", "product", "kind", "first_day", "last_day", "least", "yuan_off", "percent_off", "deposit",
               "counts_as", "funded_by", "stacks"]  # fmt: skip
    return dict(zip(columns, zip(*rows, strict=True), strict=True))


@functools.lru_cache(maxsize=2)
def daily(seed, full):
    """Pieces wanted, stocked and sold by product and day of 2025, and the price that day.

    Wanted is planted; a shop sees only what it sold.
    """
    goods = products(seed, full)
    count = len(goods["kind"])
    off_day = calendar()["day_off"].to_numpy()[SINCE : NOW + 1]
    lift = np.ones((count, YEAR))
    for plan in plans(seed, full):
        if plan["day"] >= SINCE:
            lift[plan["placed"], plan["day"] - SINCE] += min(SHOW_LIFT * plan["people"], SHOW_LIFT_MOST)
    gifts = 1 + GIFTS * np.cos(2 * np.pi * (np.arange(YEAR) - 15) / 365)
    gifts[[int((np.datetime64(d) - FIRST).astype(int)) - SINCE for d in CAMPAIGNS]] *= CAMPAIGN
    off, mean, usual = np.zeros((count, YEAR)), np.empty((count, YEAR)), np.empty((count, YEAR))
    for p, start, days, _, share, _, _ in offers(seed, full):
        off[p, start - SINCE : start - SINCE + days] = share
    wanted, stocked = np.empty((count, YEAR), int), np.empty((count, YEAR), int)
    for p in range(count):
        rng = stream(seed, "daily", p)
        fresh = KINDS[goods["kind"][p]] == "fresh"
        level = np.exp(rng.normal(LEVELS[fresh], 0.5)) * goods["wish"][p] ** 0.5
        usual[p] = level * np.where(off_day, WEEKEND, 1) * lift[p] * (1 if fresh else gifts)
        mean[p] = usual[p] * (1 - off[p]) ** response(seed)
        extra = mean[p] - usual[p]
        for day in np.flatnonzero(off[p]):
            # What an offer adds is partly bought sooner instead of later: fewer pieces after its end.
            end = day + np.argmin(off[p, day:]) if (off[p, day:] == 0).any() else YEAR
            mean[p, end : end + PULLED_DAYS] -= PULLED * extra[day] / PULLED_DAYS
        mean[p] = np.maximum(mean[p], 0.1)
        wanted[p] = rng.poisson(mean[p] * rng.gamma(DAY_VARIES, 1 / DAY_VARIES, YEAR))
        # A shop stocks fresh goods for the day, by what it is used to and not very exactly; others never run out.
        habit = np.maximum(np.round(usual[p] * rng.choice([0.9, 1.1, 1.3, 1.6], YEAR) + rng.integers(0, 2, YEAR)), 1)
        stocked[p] = habit if KINDS[goods["kind"][p]] == "fresh" else np.ceil(usual[p] * 6 + 20)
    stocked = np.where(
        pick([k == "fresh" for k in KINDS], goods["kind"]).astype(bool)[:, None], stocked, np.maximum(stocked, wanted)
    )
    price = np.round(goods["list_price"][:, None] * (1 - off), 2)
    return {
        "wanted": wanted, "stocked": stocked, "sold": np.minimum(wanted, stocked), "price": price, "mean": mean, "usual": usual,
    }  # fmt: skip


def make_demand_history(seed, full):
    found, sold_at_all = daily(seed, full), in_season(seed, full)
    product, day = np.nonzero(sold_at_all)
    rows = {k: found[k][sold_at_all] for k in ("price", "stocked", "sold")}
    return rows | {
        "product": names_of(len(sold_at_all))[product],
        "date": dates(SINCE + day),
        "sold_out": rows["sold"] == rows["stocked"],
    }


@functools.lru_cache(maxsize=2)
def coupon_trial(seed):
    """People by lottery with and without a coupon: loyalty, who bought, who redeemed, for how much."""
    rng = stream(seed, "coupon trial")
    n = COUPON_PEOPLE
    loyal = rng.gamma(0.8, 1 / 0.8, n)
    past = rng.poisson(1.5 * loyal)
    sent = rng.integers(0, 2, n) == 1
    weight = 0.4 + 0.6 * loyal
    buys = rng.random(n) < np.minimum(np.where(sent, WITH_COUPON, USUAL) * weight, 1)
    # Of the buyers who got one, the loyal redeem it; a few buyers use a code from a friend.
    eager = 0.3 + 0.7 * loyal
    chance = np.where(sent, REDEEMED / WITH_COUPON * eager / np.average(eager, weights=weight), PASSED_ON)
    redeems = buys & (rng.random(n) < chance)
    basket = np.round(np.exp(rng.normal(4.4, 0.5, n)) * (1 + 0.1 * np.minimum(past, 5)) + 20 * redeems)
    day = NOW - 45 + rng.integers(0, 14, n)
    return {"past": past, "sent": sent, "buys": buys, "redeems": redeems, "amount": basket - COUPON_YUAN * redeems, "day": day}


def make_coupon_assign(seed, full):
    found = coupon_trial(seed)
    return {
        "person": 9_000_000 + np.arange(COUPON_PEOPLE),
        "arm": pick(["no coupon", "coupon"], found["sent"].astype(int)),
        "past_orders": found["past"],
        "redeemed": found["redeems"],
    }


def make_coupon_orders(seed, full):
    found = coupon_trial(seed)
    who = np.flatnonzero(found["buys"])
    who = who[np.lexsort((who, found["day"][who]))]
    return {
        "order": 9_000_000 + np.arange(1, len(who) + 1),
        "person": 9_000_000 + who,
        "date": dates(found["day"][who]),
        "amount": found["amount"][who],
        "coupon": np.where(found["redeems"][who], COUPON_YUAN, 0),
    }


TABLES = {
    "promos": {
        "title": "Offers of 2025, as platforms write them",
        "module": "c_promotion",
        "synthetic": True,
        "key": ["promo"],
        "links": {"product": "products"},
        "make": make_promos,
        "fields": [
            field("promo", "string", "Number of the offer", required=True, unique=True),
            field("product", "string", "Number of the product", required=True),
            field("kind", "string", "How it is written", required=True, enum=OFFER_KINDS),
            field("first_day", "date", "Its first day", required=True),
            field("last_day", "date", "Its last day", required=True),
            field("least", "number", "Least amount of the order it needs", **YUAN),
            field("yuan_off", "number", "Yuan off an order of that amount", **YUAN),
            field("percent_off", "number", "Percent off the price", "percent", required=True, minimum=0, maximum=100),
            field("deposit", "number", "Paid before the sale", **YUAN),
            field("counts_as", "number", "What the deposit counts as", **YUAN),
            field("funded_by", "string", "Who pays for it", required=True, enum=FUNDERS),
            field("stacks", "boolean", "True when others may be added", required=True),
        ],
    },
    "demand_history": {
        "title": "Shop sales outside the shows, day by day",
        "module": "c_promotion",
        "synthetic": True,
        "key": ["product", "date"],
        "links": {"product": "products", "date": "calendar"},
        "make": make_demand_history,
        "fields": [
            field("product", "string", "Number of the product", required=True),
            field("date", "date", "The day", required=True),
            field("price", "number", "Price that day, any offer included", **YUAN),
            field("stocked", "integer", "Pieces on hand in the morning", "piece", **COUNT),
            field("sold", "integer", "Pieces sold", "piece", **COUNT),
            field("sold_out", "boolean", "True when none was left", required=True),
        ],
    },
    "coupon_assign": {
        "title": "The coupon lottery: who got one, who used one",
        "module": "c_promotion",
        "synthetic": True,
        "key": ["person"],
        "make": make_coupon_assign,
        "fields": [
            field("person", "integer", "Number of the person", required=True, unique=True),
            field("arm", "string", "What the lottery gave", required=True, enum=["no coupon", "coupon"]),
            field("past_orders", "integer", "Orders in the year before", "order", **COUNT),
            field("redeemed", "boolean", "True when a coupon was used", required=True),
        ],
    },
    "coupon_orders": {
        "title": "What people of the coupon lottery bought",
        "module": "c_promotion",
        "synthetic": True,
        "key": ["order"],
        "links": {"person": "coupon_assign"},
        "make": make_coupon_orders,
        "fields": [
            field("order", "integer", "Number of the order", required=True, unique=True),
            field("person", "integer", "Number of the person who ordered", required=True),
            field("date", "date", "Day of the order", required=True),
            field("amount", "number", "Paid, after the coupon", **YUAN),
            field("coupon", "number", "Taken off by the coupon", **YUAN),
        ],
    },
}
