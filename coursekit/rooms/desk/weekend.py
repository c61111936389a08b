"""What a weekend gives before anybody plans: the desk's budget, eight products, two dozen inns, a list of people.

The shops and inns are those of the county's tables: `load("products")`, `load("demand_history")`, `load("promos")`,
`load("coupon_assign")` and `load("past_coupons")` are their past. People answer as in `world.promotions` and `world.coupons`.
Assumptions of this room: an announced weekend brings three times the usual buyers; how many take two pieces; which part of
an offer somebody else pays; what leftovers bring; how much off a guest needs to buy a night; what a message costs.
"""

import functools

import numpy as np
import pandas as pd

from coursekit.economies import economy as economy_of
from coursekit.economies import holidays
from coursekit.world import coupons, goods, promotions
from coursekit.world.county import FIRST, dates, stream
from coursekit.world.days import NIGHTS, WEEKDAYS, calendar

SPRING = ("2026-03-06", "2026-05-22")  # Fridays
HOURS, STEP = 60, 2  # from Friday noon to Sunday midnight, in steps of two hours
STEPS = HOURS // STEP
AFTER = promotions.PULLED_DAYS  # days after the weekend in which what was bought sooner is missed
FORTNIGHT = 14  # nights for which the coupons hold; days in which a message works
PRODUCTS, FRESH, INNS = 8, 3, 24
VISITORS = 3.0  # so many times the usual buyers
TWO, TOPS_UP = 0.3, 0.4  # people who want two pieces; of the others, those who take a second when that makes it cheaper
MOST_OFF = 0.4  # deeper offers were never tried in this county
COMMISSION = 0.1  # of what the shop receives, as in the lesson on the arithmetic of an offer
SALVAGE = 0.3  # of the list price
BASKET_MARGIN = 0.4  # of a basket ordered after a message
NEEDS, NEEDS_SD = 70.0, 0.5  # yuan off at which half of those who think of a night buy it; log size of their difference
WISHERS = 9  # people an inn who think of a night
BY_HOUR = np.r_[np.full(7, 0.1), np.full(5, 0.8), np.full(6, 1.0), np.full(5, 1.8), 0.8]  # when people buy, by the hour
# Who pays for an offer: the shop's part, and of the rest the platform's part; the desk pays what is left.
PAYERS = {"desk": (0.0, 0.0), "shop and desk": (0.5, 0.0), "platform and desk": (0.0, 0.7)}


@functools.lru_cache(maxsize=32)
def weekend(seed, economy="china"):
    """The conditions of the weekend of one seed, as a dictionary; see `conditions` for what a planner is told of them."""
    from coursekit.world import TABLES, make, typed, whole_seed

    economy_of(economy)
    rng = stream(whole_seed(seed), "desk weekend")
    days = _days(economy)
    friday = int(rng.choice(_weekends(days)))
    table, places = _shelf(rng, friday)
    shop, platform = np.array([PAYERS[payer] for payer in table["payer"]]).T
    usual = _usual(places, days, friday)
    first_days = usual[:, :3] * _parts_of_days()
    fresh = (table["kind"] == "fresh").to_numpy()
    table["usual"] = np.where(fresh, np.round(VISITORS * first_days.sum(axis=1) * 1.1), 0).astype(int)
    nights = days.iloc[friday + 3 : friday + 3 + FORTNIGHT].reset_index(drop=True)
    inns, open_nights = _houses(rng, nights)
    count = int(rng.integers(30, 61)) * 100
    cents = np.round(100 * table[["list_price", "cost", "freight", "salvage"]]).astype(int)
    loyal = rng.gamma(0.8, 1 / 0.8, count)
    return {
        "seed": seed, "economy": economy, "friday": friday, "days": days.iloc[friday : friday + 3 + FORTNIGHT].reset_index(drop=True),
        "budget": int(rng.integers(18, 36)) * 100, "products": typed(make("products").iloc[places], TABLES["products"]),
        "shelf": table, "names": table["name"].to_list(), "fresh": fresh, "usual": usual,
        "terms": list(zip(table["list_price"].to_list(), shop.tolist(), platform.tolist(), strict=True)), "cents": cents.to_numpy().tolist(),
        "weekend": first_days, "response": promotions.response(None), "inns": inns, "nights": open_nights, "calendar": nights,
        "no_show": coupons.no_show(None), "loyal": loyal, "past": rng.poisson(1.5 * loyal), "message": round(float(rng.uniform(0.05, 0.5)), 2),
    }  # fmt: skip


def conditions(seed, economy="china"):
    """What a planner knows of a weekend, as a dictionary of one's own to look at.

    friday: its date; budget: of the desk, yuan; products: a table with product, name, host, kind, list_price, cost, freight, payer
    (who pays for an offer), salvage (yuan for a piece left over, fresh goods only) and usual (pieces the shop would bring);
    inns, nights: as load("coupon_inns") and load("coupon_nights"), of these inns, for the two weeks after; calendar: of these
    nights; past_orders: of each person on the list; message: yuan for each message.

    >>> given = conditions(7)
    >>> len(given["products"]), len(given["inns"]), sorted(given)
    (8, 24, ['budget', 'calendar', 'friday', 'inns', 'message', 'nights', 'past_orders', 'products'])
    """
    given = weekend(seed, economy)
    return {
        "friday": given["days"]["date"].iloc[0], "budget": given["budget"], "products": given["shelf"].copy(),
        "inns": given["inns"].copy(), "nights": given["nights"].copy(), "calendar": given["calendar"].copy(),
        "past_orders": pd.Series(given["past"], name="past_orders"), "message": given["message"],
    }  # fmt: skip


@functools.cache
def _days(economy):
    """The calendar of an economy: as the county's, with the holidays there."""
    table = calendar()
    if economy == "china":
        return table
    rows = pd.concat([holidays(year, economy) for year in sorted(set(table["date"].dt.year))])
    name = pd.Series("", index=table.index)
    for row in rows.itertuples():
        name[table["date"].between(row.first, row.last)] = row.name
    off = (table["date"].dt.day_of_week >= 5) | (name != "")
    night = np.where(name.shift(-1, fill_value="") != "", 2, np.where(off.shift(-1, fill_value=False), 1, 0))
    return table.assign(day_off=off, holiday=name, night=np.array(NIGHTS, dtype=object)[night])


def _weekends(days):
    """The Fridays of spring that people work, before two days off."""
    off, weekday = days["day_off"].to_numpy(), days["weekday"].to_numpy()
    inside = days["date"].between(*SPRING).to_numpy()
    return np.flatnonzero((weekday == WEEKDAYS[4]) & inside & ~off & np.r_[off[1:], False] & np.r_[off[2:], False, False])


def _shelf(rng, friday):
    """Eight products of several shops, no two of one name, some of them fresh and in season; and their places in the county's table."""
    from coursekit.world import make

    table = make("products")
    months = {1 + int(m) for m in dates(friday + np.arange(3 + AFTER)).astype("datetime64[M]").astype(int) % 12}
    in_season = [months <= set(promotions.SEASONS.get(name, months)) for name in table["name"]]
    found = table[in_season].sample(frac=1, random_state=rng).drop_duplicates("name")
    fresh = found["kind"] == "fresh"
    some = found[fresh].head(FRESH)
    chosen = pd.concat([some, found[~fresh].head(PRODUCTS - len(some))]).sort_index()
    places = chosen.index.to_numpy()
    chosen = chosen[["product", "name", "host", "kind", "list_price", "cost", "freight"]].reset_index(drop=True)
    payers = np.array(list(PAYERS), dtype=object)[np.r_[2, 2, 2, 1, 1, 0, 0, rng.integers(3)]]
    chosen["payer"] = rng.permutation(payers)
    salvage = np.minimum(np.round(SALVAGE * chosen["list_price"]), np.floor(0.8 * chosen["cost"]))
    chosen["salvage"] = salvage.where(chosen["kind"] == "fresh", 0.0)
    return chosen, places


def _usual(places, days, friday):
    """Pieces that are usually sold, by product and day of the weekend and the ten days after, as in the county."""
    shelf = goods.products(None, False)
    span = np.arange(friday, friday + 3 + AFTER)
    weekend = np.where(days["day_off"].to_numpy()[span], promotions.WEEKEND, 1)
    turn = (dates(span) - dates(span).astype("datetime64[Y]")).astype(int)
    gifts = 1 + promotions.GIFTS * np.cos(2 * np.pi * (turn - 15) / 365)
    found = np.empty((len(places), len(span)))
    for row, p in enumerate(places):
        fresh = goods.KINDS[shelf["kind"][p]] == "fresh"
        level = np.exp(stream(None, "daily", p).normal(promotions.LEVELS[fresh], 0.5)) * shelf["wish"][p] ** 0.5
        found[row] = level * weekend * (1 if fresh else gifts)
    return found


def _parts_of_days():
    """Which part of a day's buyers the weekend has of Friday, Saturday and Sunday."""
    return np.array([BY_HOUR[12:].sum() / BY_HOUR.sum(), 1, 1])


def _houses(rng, nights):
    """Two dozen inns of the coupon county, and their nights as known on Friday noon."""
    from coursekit.world import TABLES, make, typed

    chosen = np.sort(rng.choice(coupons.COUPON_INNS, INNS, replace=False))
    inns = typed(make("coupon_inns").iloc[chosen], TABLES["coupon_inns"])
    kind = nights["night"].map(NIGHTS.index).to_numpy()
    rooms, fame = inns["rooms"].to_numpy()[:, None], np.exp(0.35 * rng.normal(size=(INNS, 1)))
    yet = np.linspace(0, 0.5, len(kind))  # the later the night, the fewer of its rooms are booked yet
    booked = rng.binomial(rooms, np.clip(coupons.BOOKED[kind] * (1 - 0.5 * yet) * fame, 0, 0.95))
    expected = np.minimum(rooms * (coupons.STILL_COME[kind] + 0.3 * coupons.BOOKED[kind] * yet) * fame, rooms - booked)
    table = {
        "inn": np.repeat(inns["inn"].to_numpy(), len(kind)), "date": np.tile(nights["date"].to_numpy(), INNS),
        "blackout": np.tile(kind == 2, INNS), "free_rooms": (rooms - booked).ravel(), "expected": np.round(expected, 1).ravel(),
    }  # fmt: skip
    return inns, typed(table, TABLES["coupon_nights"])


# -- the people, drawn once -------------------------------------------------------------------


@functools.lru_cache(maxsize=64)
def people(seed, luck, economy="china"):
    """Everybody who may buy, and everybody's luck, as dictionaries of arrays: goods (one for each product), nights, guests, message.

    luck: 0 for the room's own weekend, 1, 2, … for other people under the same conditions.
    """
    given = weekend(seed, economy)
    top = (1 - MOST_OFF) ** given["response"]
    shelves = [_buyers(given, p, top, stream(seed, f"desk buyers {p}", luck)) for p in range(len(given["names"]))]
    rng = stream(seed, "desk nights", luck)
    count = rng.poisson(WISHERS * INNS)
    wishes = {
        "time": np.sort(np.minimum(rng.exponential(18, count), HOURS - 1e-6)), "area": rng.choice(len(coupons.AREAS), count, p=coupons.AREA_WISH),
        "wish": rng.choice(len(coupons.WISHES), count, p=coupons.WISH_SHARES), "nights": 1 + (rng.random(count) < 0.2),
        "need": NEEDS * np.exp(NEEDS_SD * rng.normal(size=count)), "comes": rng.random(count),
    }  # fmt: skip
    guests = rng.poisson(given["nights"]["expected"])
    rng, count = stream(seed, "desk message", luck), len(given["loyal"])
    message = {
        "arm": rng.random(count), "buys": rng.random(count), "redeems": rng.random(count), "basket": rng.normal(4.4, 0.5, count),
        "time": 24 * FORTNIGHT * rng.random(count),
    }  # fmt: skip
    return {"goods": shelves, "nights": wishes, "guests": guests, "message": message}


def _buyers(given, p, top, rng):
    """Everybody who would buy a product at the deepest offer, sorted by when; and what is sold on the days after anyway."""
    mean_day = VISITORS * given["weekend"][p] * top / (1 + TWO)
    day = np.repeat(np.arange(3), rng.poisson(mean_day * rng.gamma(promotions.DAY_VARIES, 1 / promotions.DAY_VARIES, 3)))
    n = len(day)
    weights = np.tile(BY_HOUR, (3, 1))
    weights[0, :12] = 0
    hour = np.array([rng.choice(24, p=weights[d] / weights[d].sum()) for d in day], dtype=float) + rng.random(n)
    two = rng.random(n) < TWO
    found = {
        "time": 24 * day + hour - 12, "wish": 1 + two, "tops": ~two & (rng.random(n) < TOPS_UP), "luck": rng.random(n) * top,
        "sooner": rng.random(n) < promotions.PULLED, "later": rng.integers(0, AFTER, n),
    }  # fmt: skip
    order = np.argsort(found["time"], kind="stable")
    found = {k: v[order] for k, v in found.items()}
    # Some of those who buy now would have come in the ten days after: they are a part of what is usual then.
    usual = given["usual"][p, 3:]
    could = promotions.PULLED * mean_day.sum() * ((1 - 1 / top) * (1 + TWO) + (1 - TWO) * TOPS_UP) / AFTER
    rest = np.maximum(usual - could, 0.05)
    found["anyway"] = rng.poisson(rest * rng.gamma(promotions.DAY_VARIES, 1 / promotions.DAY_VARIES, AFTER))
    # What each of them would buy later who buys nothing more now than without an offer.
    found["could"] = np.where(found["sooner"], found["wish"] * (found["luck"] >= 1) + found["tops"], 0)
    return found


def day_of(time):
    """The day, counted from Friday, of an hour after Friday noon."""
    return ((np.asarray(time) + 12) // 24).astype(int)


def when(given, time):
    """Hours after Friday noon as dates with their time, in whole seconds."""
    start = (FIRST + given["friday"]).astype("datetime64[s]") + np.timedelta64(12, "h")
    return start + np.floor(3600 * np.asarray(time)).astype("timedelta64[s]")
