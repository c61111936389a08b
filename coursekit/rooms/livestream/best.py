"""The best plan that is found for the people of one evening, to measure a trainee's plan against.

The search knows what no planner can: who will come, and what they will buy. It starts from plain
plans for each host, never from the trainee's, and changes one decision at a time. The stock is what is
ordered, so nothing is left over but what is not paid.
"""

import functools
from typing import NamedTuple

import numpy as np

from coursekit.rooms.livestream.engine import profit_of, show_of
from coursekit.rooms.livestream.plan import COUPONS, MOST_PIECES
from coursekit.rooms.search import search
from coursekit.world.county import stream

PRICES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0, 1.1, 1.2, 1.35, 1.5)  # of the list price
BLOCK = 5  # minutes that are moved from one product to another
TRAFFIC = (0, 100, 300, 600, 1000, 2000)  # yuan
COUPON_YUAN = (5, 10, 20)
KICKS = 30


class Choice(NamedTuple):
    """What is decided, as the search changes it; hashable, so that no show is run twice."""

    host: str
    traffic: int
    lineup: tuple  # of (place in the shop, blocks, part of the list price)
    coupons: tuple  # of (minute, yuan) or None
    answers: frozenset  # places of the questions that are answered


def best_found(given, say=None):
    """The best plan found for an evening, what is done on air, and what it earns: (plan, acts, yuan).

    given: the conditions, see `evening`. say is called after each round with the best profit so far.
    """
    worth = functools.cache(lambda choice: profit_of(with_stock(choice, given)))

    def all_worth(choices):
        return [worth(choice) for choice in choices]

    changes, rng = decisions(given), stream(given["seed"], "search")
    choice, _ = search(all_worth, [plain_choice(given, host) for host in given["hosts"]], changes, 0, rng, say)
    # Paid viewers change who comes, and so everything else: each sum is climbed for itself.
    choice, _ = search(all_worth, [choice._replace(traffic=yuan) for yuan in TRAFFIC], changes, KICKS, rng, say)
    show = with_stock(choice, given)
    return show["plan"], show["acts"], profit_of(show)


def plain_choice(given, host):
    """All goods for the same time at 85 % of their list price, without traffic, coupons and answers."""
    blocks, goods = given["minutes"] // BLOCK, len(given["products"])
    each, rest = divmod(blocks, goods)
    lineup = tuple((p, each + (p < rest), 0.85) for p in range(goods) if each + (p < rest))
    return Choice(host, 0, lineup, (None,) * COUPONS, frozenset())


def with_stock(choice, given):
    """The show of a choice, with as much stock as is ordered."""
    listed = given["shelf"]["list_price"]
    lineup = [
        {
            "product": given["names"][p],
            "minutes": BLOCK * blocks,
            "price": round(listed[p] * part),
            "stock": MOST_PIECES,
        }
        for p, blocks, part in choice.lineup
    ]
    coupons = [{"minute": minute, "yuan": yuan} for minute, yuan in filter(None, choice.coupons)]
    plan = {"host": choice.host, "traffic": choice.traffic, "lineup": lineup, "coupons": coupons}
    acts = [{"minute": given["questions"][q][0], "do": "answer"} for q in sorted(choice.answers)]
    show = show_of(plan, given, acts)
    ordered = np.bincount(show["made"]["product"], show["made"]["pieces"], len(lineup)).astype(int)
    for line, pieces in zip(show["plan"]["lineup"], ordered, strict=True):
        line["stock"] = int(pieces)
    show["on_air"]["goods"]["stock"] = ordered
    return show


def decisions(given):
    """The decisions of a plan: functions from a choice to the choices that differ from it in that one."""
    goods = range(len(given["products"]))
    return [
        *(functools.partial(_price, place=p) for p in goods),
        _all_prices,
        functools.partial(_minutes, goods=goods),
        _order,
        *(functools.partial(_coupon, which=k, minutes=given["minutes"]) for k in range(COUPONS)),
        lambda c: [c._replace(answers=c.answers ^ {q}) for q in range(len(given["questions"]))],
        lambda c: [c._replace(traffic=yuan) for yuan in TRAFFIC],
        lambda c: [c._replace(host=host) for host in given["hosts"]],  # last, so that every start is given its chance
    ]


def _price(choice, place):
    for part in PRICES:
        yield choice._replace(lineup=tuple((p, b, part if p == place else old) for p, b, old in choice.lineup))


def _all_prices(choice):
    """All prices a step or two up or down; or one price level for all, with the coupons or in their place."""
    for step in (-2, -1, 1, 2):
        places = [(p, b, min(max(PRICES.index(old) + step, 0), len(PRICES) - 1)) for p, b, old in choice.lineup]
        yield choice._replace(lineup=tuple((p, b, PRICES[at]) for p, b, at in places))
    for part in PRICES:
        level = choice._replace(lineup=tuple((p, b, part) for p, b, _ in choice.lineup))
        yield level
        yield level._replace(coupons=(None,) * len(choice.coupons))


def _minutes(choice, goods):
    """One block from a product to another; to one that is not in the line-up: it comes first or last."""
    shown = {p for p, _, _ in choice.lineup}
    for source in shown:
        less = tuple((p, b - (p == source), part) for p, b, part in choice.lineup if b > 1 or p != source)
        for to in goods:
            if to in shown and to != source:
                yield choice._replace(lineup=tuple((p, b + (p == to), part) for p, b, part in less))
            elif to not in shown:
                yield choice._replace(lineup=((to, 1, 0.85), *less))
                yield choice._replace(lineup=(*less, (to, 1, 0.85)))


def _order(choice):
    for i in range(len(choice.lineup)):
        for j in range(i):
            swapped = list(choice.lineup)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            yield choice._replace(lineup=tuple(swapped))


def _coupon(choice, which, minutes):
    for coupon in (None, *((minute, yuan) for minute in range(0, minutes, BLOCK) for yuan in COUPON_YUAN)):
        yield choice._replace(coupons=tuple(coupon if k == which else old for k, old in enumerate(choice.coupons)))
