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
PAID_ORDERS = 0.94  # orders that are paid in time
ANSWERED, ANSWERED_FOR = 1.5, 5  # buying of goods about which a question was answered, and for how many minutes


def watch(plan, rng):
    """One show, second by second: dictionaries of arrays, one of visits and one of orders.

    plan: people (they enter at all), shares by source, minutes; lineup (for each minute, the place
    in `goods` of the product shown); goods: kind, wish, price and list_price of every product on
    offer; clicks and buys (the show's own appeal, 1 is usual). Optional: talks (1 is usual); leave
    (minute, share): a moment when a share of those present goes; coupons: (minute, yuan, minutes it lasts, least
    amount); arms: True gives half the people another product card, see ARM. For the livestream room:
    answers: (minute, place in goods) of questions the host answers, which takes that minute and makes
    people surer of these goods; stock in goods: pieces there are; same_luck: True makes every visit draw
    its own luck, so that a change in one minute changes nothing that came before it.

    visits: person (0, 1, …), source, entered and left (seconds; left is infinite for those who
    stay to the end), clicked (second of the first product page, infinite for none), comments,
    follows. orders: visit (place among visits), second, product (place in goods), pieces, coupon (yuan),
    along (True for what is taken along with a first order).
    """
    visits = arrive(plan, rng)
    return offer(plan, visits, rng)


def arrive(plan, rng):
    """Who comes, when, for how long and what for: all that does not hang on what is shown.

    As visits in `watch`, and for each visit: wish (kind of goods, by its place in wishes), patience (seconds
    with the wished goods until a page is opened), chance (which page it will be).
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
    watched = np.minimum(left, end) - entered
    weight = np.array(list(plan["wishes"].values()))
    wish = rng.choice(len(weight), people, p=weight / weight.sum())[person]
    eager = LOOKS / 60 * plan["clicks"] * CLICKS[source] * np.where(arm == 1, ARM["clicks"], 1)
    patience, chance = rng.exponential(size=len(person)) / eager, rng.random(len(person))
    talks = plan.get("talks", 1) * TALKS / 60 * watched * rng.gamma(TALKS_SHAPE, 1 / TALKS_SHAPE, len(left))
    return {
        "person": person, "source": source, "arm": arm, "entered": entered, "left": left, "comments": rng.poisson(talks),
        "follows": (source != FOLLOWERS) & (rng.random(len(left)) < FOLLOWS),
        "wish": wish, "patience": patience, "chance": chance,
    }  # fmt: skip


def offer(plan, visits, rng):
    """What those who came do when they are shown the line-up; see `watch`."""
    # Nobody opens a page sooner than after the time with the wished goods that it takes.
    willing = np.flatnonzero(visits["patience"] < np.minimum(visits["left"], 60 * plan["minutes"]) - visits["entered"])
    at, product = _pages(plan, {k: v[willing] for k, v in visits.items()})
    clicked = np.full(len(visits["person"]), np.inf)
    clicked[willing] = at
    hidden = ("wish", "patience", "chance")
    visits = {k: v for k, v in visits.items() if k not in hidden} | {"clicked": clicked}
    return visits, _orders(plan, visits, willing, product, rng)


ARM = {"revisits": 0.32, "clicks": 1.45, "buys": 1.08}  # what the other product card does


def _stays(source, rng):
    """Seconds: most go at once, the others stay for minutes or hours."""
    size = len(source)
    short = rng.random(size) < SHORT_SHARE[source]
    return np.where(short, rng.exponential(SHORT_STAY, size), LONG_STAY * np.exp(LONG_STAY_SD * rng.normal(size=size)))


def _pages(plan, visits):
    """The second at which each visit opens its first product page (infinite: never), and whose page it is (-1: none).

    A viewer wishes for one kind of goods and opens pages at a steady rate, faster while that kind
    is shown. So the time of the first page is where the summed rate reaches the viewer's patience.
    """
    goods, lineup = plan["goods"], np.asarray(plan["lineup"])
    until = np.minimum(visits["left"], 60 * plan["minutes"])
    clicked, product = np.full(len(until), np.inf), np.full(len(until), -1)
    seconds = 60 * np.arange(len(lineup) + 1)
    answering = np.isin(np.arange(len(lineup)), [minute for minute, _ in plan.get("answers", ())])
    for k, kind in enumerate(plan["wishes"]):
        rate = np.where((goods["kind"][lineup] == kind) & ~answering, 1.0, ASIDE)
        summed = np.r_[0, np.cumsum(60 * rate)]
        mine = np.flatnonzero(visits["wish"] == k)
        starts = np.interp(visits["entered"][mine], seconds, summed)
        at = np.interp(starts + visits["patience"][mine], summed, seconds, right=np.inf)
        opened = at < until[mine]
        mine, at = mine[opened], at[opened]
        # The page of the product shown, when it is of that kind; or of one that is listed, by its appeal.
        among = np.flatnonzero(goods["kind"] == kind)
        if not len(among):
            continue  # some wishes are for goods that are not on offer
        parts = np.cumsum(goods["wish"][among]) / goods["wish"][among].sum()
        listed = among[np.minimum(np.searchsorted(parts, visits["chance"][mine], side="right"), len(among) - 1)]
        shown = lineup[np.minimum((at // 60).astype(int), len(lineup) - 1)]
        clicked[mine], product[mine] = at, np.where(goods["kind"][shown] == kind, shown, listed)
    return clicked, product


def _orders(plan, visits, willing, product, rng):
    """Orders of those among the willing who opened a page; a coupon that runs at that moment lowers the price."""
    goods, everyone = plan["goods"], len(willing)
    opened = np.flatnonzero(product >= 0)
    visit, product = willing[opened], product[opened]
    clicked = visits["clicked"][visit]

    def luck(draw):
        return draw(everyone)[opened] if plan.get("same_luck") else draw(len(opened))

    time_left = np.minimum(visits["left"][visit], 60 * plan["minutes"]) - clicked
    second = clicked + np.minimum(20 + 100 * luck(rng.random), 0.9 * time_left)
    pieces = 1 + luck(lambda n: rng.poisson(PIECES, n))
    coupon = np.zeros(len(visit))
    for minute, yuan, lasts, least in plan.get("coupons", ()):
        runs = (second >= 60 * minute) & (second < 60 * (minute + lasts))
        coupon = np.where(runs & (goods["price"][product] * pieces >= least), np.maximum(coupon, yuan), coupon)
    paid = np.maximum(goods["price"][product] - coupon / pieces, 0.01) / goods["list_price"][product]
    chance = BUYS * plan["buys"] * paid**PRICE_RESPONSE * np.where(visits["arm"][visit] == 1, ARM["buys"], 1)
    hears = np.zeros(len(visit), bool)  # two answers about the same goods help no more than one
    for minute, which in plan.get("answers", ()):
        hears |= (product == which) & (second >= 60 * minute) & (second < 60 * (minute + ANSWERED_FOR))
    chance = np.where(hears, chance * ANSWERED, chance)
    bought = luck(rng.random) < chance
    fancy = luck(rng.random)
    other = (product + luck(lambda n: rng.integers(1, max(len(goods["kind"]), 2), n))) % len(goods["kind"])
    # Nobody takes along what is dearer than its list price as readily.
    dear = np.maximum(goods["price"][other] / goods["list_price"][other], 1) ** PRICE_RESPONSE
    another = bought & (fancy < SECOND_ORDER * dear) & (len(goods["kind"]) > 1)
    later = luck(rng.random)[another] if plan.get("same_luck") else rng.random(another.sum())
    # The second order comes a little later in the same visit, of another product, without a coupon.
    orders = {
        "visit": np.concatenate([visit[bought], visit[another]]),
        "second": np.concatenate([second[bought], second[another] + 0.09 * time_left[another] * later]),
        "product": np.concatenate([product[bought], other[another]]),
        "pieces": np.concatenate([pieces[bought], np.ones(another.sum(), int)]),
        "coupon": np.concatenate([coupon[bought], np.zeros(another.sum())]),
        "along": np.r_[np.zeros(bought.sum(), bool), np.ones(another.sum(), bool)],
    }
    order = np.argsort(orders["second"], kind="stable")
    orders = {k: v[order] for k, v in orders.items()}
    return _while_stock_lasts(orders, goods["stock"]) if "stock" in goods else orders


def _while_stock_lasts(orders, stock):
    """The orders that could be served, first come, first served; an order too large for the rest is not made.

    Who cannot have what they came for takes nothing along.
    """
    kept = np.ones(len(orders["product"]), bool)
    wanted = np.bincount(orders["product"], orders["pieces"], len(stock))
    for p in np.flatnonzero(wanted > stock):
        left = stock[p]
        for i in np.flatnonzero(orders["product"] == p):
            kept[i] = orders["pieces"][i] <= left
            left -= orders["pieces"][i] * kept[i]
    kept &= ~(orders["along"] & np.isin(orders["visit"], orders["visit"][~kept & ~orders["along"]]))
    return {k: v[kept] for k, v in orders.items()}
