"""The people of a live show: they come, watch, look at goods, buy, come back, or leave.

One model for the county's shows and for the livestream room. Facts: product pages are opened by
9.15 % and goods bought by 0.67 % of those who enter (SSRN 4847854); most stays are shorter than
half a minute, with a heavy tail; comments are heavy-tailed too (negative binomial, k about 0.2, in
7,050 seller posts). Assumptions: where people come from, when, and how long each kind stays.
"""

import numpy as np

SOURCES = ["followers", "recommended", "paid"]
FOLLOWERS, RECOMMENDED, PAID = range(3)
SHORT_SHARE = np.array([0.35, 0.66, 0.72])  # those who leave within seconds, by source
SHORT_STAY = 12  # their mean stay, seconds
LONG_STAY, LONG_STAY_SD = 150, 1.2  # the others' median stay, seconds, and its log standard deviation
CLICKS = np.array([1.5, 1.0, 0.45])  # how readily each source opens product pages
LOOKS = 0.084  # product pages opened a minute by a willing viewer while goods of the wished kind are shown
ASIDE = 0.35  # the same while other goods are shown, as a part of LOOKS
BUYS = 0.053  # of those who opened a page, at the list price
PRICE_RESPONSE = -2.5  # by how many percent buying changes when the price rises by one percent
REVISITS = 0.2  # people who come back to the same show
SECOND_ORDER = 0.12  # buyers who order another product as well
TALKS, TALKS_SHAPE = 0.05, 0.2  # comments a minute of watching; gamma shape between people
FOLLOWS = 0.02
PIECES = 0.25  # pieces of a product in an order beyond the first


def watch(plan, rng):
    """One show, second by second: dictionaries of arrays, one of visits and one of orders.

    plan: people (they enter at all), shares by source, minutes; lineup (for each minute, the place
    in `goods` of the product shown); goods: kind, wish, price and list_price of every product on
    offer; clicks and buys (the show's own appeal, 1 is usual). Optional: talks (1 is usual); leave
    (minute, share): a moment when a share of those present goes; coupons: (minute, yuan, minutes it lasts, least
    amount); arms: True gives half the people another product card, see ARM.

    visits: person (0, 1, …), source, entered and left (seconds; left is infinite for those who
    stay to the end), clicked (second of the first product page, infinite for none), comments,
    follows. orders: visit (place among visits), second, product (place in goods), pieces, coupon (yuan).
    """
    people, end = plan["people"], 60 * plan["minutes"]
    source = rng.choice(3, people, p=plan["shares"])
    came = rng.random(people)
    # Followers come early; the platform recommends as the show goes on; paid traffic runs in the middle.
    entered = np.select(
        [source == FOLLOWERS, source == RECOMMENDED],
        [-end / 6 * np.log(1 - came * (1 - np.exp(-5.5))), end * 0.97 * came],
        end * (0.15 + 0.6 * came),
    )
    arm = rng.integers(0, 2, people) if plan.get("arms") else np.zeros(people, int)
    person, stay = np.arange(people), _stays(source, rng)
    back = rng.random(people) < np.where(arm == 1, ARM["revisits"], REVISITS)
    again = entered[back] + stay[back] + rng.exponential(600, back.sum())
    person = np.concatenate([person, person[back]])
    entered = np.concatenate([entered, again])
    stay = np.concatenate([stay, _stays(source[back], rng)])
    kept = entered < end - 1
    person, entered, stay = person[kept], entered[kept], stay[kept]
    order = np.argsort(entered)
    person, entered, stay = person[order], entered[order], stay[order]
    source, arm = source[person], arm[person]
    left = entered + np.maximum(stay, 1)
    if plan.get("leave"):
        minute, share = plan["leave"]
        goes = (entered < 60 * minute) & (left > 60 * minute) & (rng.random(len(left)) < share)
        left = np.where(goes, 60 * minute + 60 * rng.random(len(left)), left)
    left = np.where(left < end, left, np.inf)
    clicked, product = _pages(plan, person, entered, np.minimum(left, end), source, arm, rng)
    visits = {
        "person": person, "source": source, "arm": arm, "entered": entered, "left": left, "clicked": clicked,
        "comments": rng.poisson(plan.get("talks", 1) * TALKS / 60 * (np.minimum(left, end) - entered) * rng.gamma(TALKS_SHAPE, 1 / TALKS_SHAPE, len(left))),
        "follows": (source != FOLLOWERS) & (rng.random(len(left)) < FOLLOWS),
    }  # fmt: skip
    return visits, _orders(plan, visits, product, rng)


ARM = {"revisits": 0.32, "clicks": 1.45, "buys": 1.08}  # what the other product card does


def _stays(source, rng):
    """Seconds: most go at once, the others stay for minutes or hours."""
    size = len(source)
    short = rng.random(size) < SHORT_SHARE[source]
    return np.where(short, rng.exponential(SHORT_STAY, size), LONG_STAY * np.exp(LONG_STAY_SD * rng.normal(size=size)))


def _pages(plan, person, entered, until, source, arm, rng):
    """The second at which each visit opens its first product page, and whose page it is.

    A viewer wishes for one kind of goods and opens pages at a steady rate, faster while that kind
    is shown. So the time of the first page is where the summed rate reaches an exponential draw.
    """
    goods, lineup = plan["goods"], np.asarray(plan["lineup"])
    kinds, weight = list(plan["wishes"]), np.array(list(plan["wishes"].values()))
    wish = rng.choice(len(kinds), plan["people"], p=weight / weight.sum())[person]
    patience = rng.exponential(size=len(person)) / (
        LOOKS / 60 * plan["clicks"] * CLICKS[source] * np.where(arm == 1, ARM["clicks"], 1)
    )
    chance = rng.random(len(person))
    clicked, product = np.full(len(person), np.inf), np.full(len(person), -1)
    seconds = 60 * np.arange(len(lineup) + 1)
    for k, kind in enumerate(kinds):
        rate = np.where(goods["kind"][lineup] == kind, 1.0, ASIDE)
        summed = np.r_[0, np.cumsum(60 * rate)]
        mine = np.flatnonzero(wish == k)
        at = np.interp(np.interp(entered[mine], seconds, summed) + patience[mine], summed, seconds, right=np.inf)
        opened = at < until[mine]
        mine, at = mine[opened], at[opened]
        # The page of the product shown, when it is of that kind; or of one that is listed, by its appeal.
        among = np.flatnonzero(goods["kind"] == kind)
        if not len(among):
            continue  # some wishes are for goods that are not on offer
        parts = np.cumsum(goods["wish"][among]) / goods["wish"][among].sum()
        listed = among[np.minimum(np.searchsorted(parts, chance[mine], side="right"), len(among) - 1)]
        shown = lineup[np.minimum((at // 60).astype(int), len(lineup) - 1)]
        clicked[mine], product[mine] = at, np.where(goods["kind"][shown] == kind, shown, listed)
    return clicked, product


def _orders(plan, visits, product, rng):
    """Orders of those who opened a page; a coupon that runs at that moment lowers the price."""
    goods = plan["goods"]
    visit = np.flatnonzero(product >= 0)
    product, clicked = product[visit], visits["clicked"][visit]
    time_left = np.minimum(visits["left"][visit], 60 * plan["minutes"]) - clicked
    second = clicked + np.minimum(20 + 100 * rng.random(len(visit)), 0.9 * time_left)
    pieces = 1 + rng.poisson(PIECES, len(visit))
    coupon = np.zeros(len(visit))
    for minute, yuan, lasts, least in plan.get("coupons", ()):
        runs = (second >= 60 * minute) & (second < 60 * (minute + lasts))
        coupon = np.where(runs & (goods["price"][product] * pieces >= least), np.maximum(coupon, yuan), coupon)
    paid = np.maximum(goods["price"][product] - coupon / pieces, 0.01) / goods["list_price"][product]
    chance = BUYS * plan["buys"] * paid**PRICE_RESPONSE * np.where(visits["arm"][visit] == 1, ARM["buys"], 1)
    bought = rng.random(len(visit)) < chance
    another = bought & (rng.random(len(visit)) < SECOND_ORDER) & (len(goods["kind"]) > 1)
    other = (product + rng.integers(1, max(len(goods["kind"]), 2), len(visit))) % len(goods["kind"])
    # The second order comes a little later in the same visit, of another product, without a coupon.
    orders = {
        "visit": np.concatenate([visit[bought], visit[another]]),
        "second": np.concatenate([second[bought], second[another] + 0.09 * time_left[another] * rng.random(another.sum())]),
        "product": np.concatenate([product[bought], other[another]]),
        "pieces": np.concatenate([pieces[bought], np.ones(another.sum(), int)]),
        "coupon": np.concatenate([coupon[bought], np.zeros(another.sum())]),
    }
    order = np.argsort(orders["second"], kind="stable")
    return {k: v[order] for k, v in orders.items()}
