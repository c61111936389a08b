"""The best plan that is found for the people of one weekend, to measure a trainee's plan against.

The search knows what no planner can: who will come, and what each of them will do. It starts from plain plans, never from
the trainee's, and changes one decision at a time. Every offer is a percentage or a threshold for two pieces, from some step
to some other; fresh goods are brought as many as are asked for, or fewer.
"""

import functools
from typing import NamedTuple

from coursekit.rooms.desk.engine import NEVER, choices_of, result_of
from coursekit.rooms.desk.goods import sell
from coursekit.rooms.desk.plan import checked_acts, checked_plan, deal, example_plan, key_of
from coursekit.rooms.desk.weekend import STEPS
from coursekit.rooms.search import search
from coursekit.world.county import stream

DEPTHS = (5, 10, 15, 20, 25, 30, 35, 40)  # percent off
STARTS = (0, 3, 6, 12, 18, 24, 27)  # steps in which an offer can begin
ENDS = (6, 12, 18, 24, STEPS)
STOCKS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.7, 2.0, 2.5, 3.0)  # of the usual stock
COUPONS = (10, 15, 20, 25, 30, 40, 50, 60, 80, 120)
VALUES = (30, 40, 50, 60, 70, 80)
LEAST = (0, 1, 2, 3, 4, 6, 8)
KICKS = 6


class Choice(NamedTuple):
    """What is decided, as the search changes it; hashable, so that no part is played twice."""

    offers: tuple  # by product (kind, percent off, first step, step after the last) or None
    stock: tuple  # by product pieces, or None for goods that keep
    nights: tuple | None  # as in a plan
    message: tuple | None


def best_found(given, say=None):
    """The best plan found for a weekend, what is done meanwhile, and what it leaves: (plan, acts, yuan).

    given: the conditions, see `weekend`. say is called after each round with the best result so far.
    """
    memory = {}

    def values(choices):
        return [result_of(_played_as(choice, given), given, 0, memory) / 100 for choice in choices]

    changes, rng = decisions(given, memory), stream(given["seed"], "desk search")
    choice, _ = search(values, plain_choices(given), changes, KICKS, rng, say)
    plan, acts = as_plan(choice, given)
    return plan, acts, result_of(choices_of(plan, acts, given), given) / 100


def plain_choices(given):
    """Plans to start from: nothing; night coupons by the best plan; a message; and both."""
    usual = tuple(example_plan(given)["stock"].get(name) for name in given["names"])
    none = Choice((None,) * len(usual), usual, None, None)
    nights, message = (20, 60, "any", "best", 0), (2, 0.0)
    return [none, none._replace(nights=nights), none._replace(message=message), none._replace(nights=nights, message=message)]


def _played_as(choice, given):
    deals = [((offer[2], offer[3], _deal(given, p, offer[:2])),) if offer else () for p, offer in enumerate(choice.offers)]
    goods = tuple(zip(deals, choice.stock, strict=True))
    return {"goods": goods, "nights": choice.nights and (*choice.nights, ()), "message": choice.message}


def _deal(given, p, offer):
    return deal(key_of(_written(given, p, offer)), *given["terms"][p])


def _written(given, p, offer):
    """An offer of the search as a plan writes it."""
    kind, off = offer
    if kind == "percent":
        return {"kind": kind, "off": float(off)}
    both = 2 * given["terms"][p][0]
    return {"kind": kind, "least": both, "off": float(max(int(both * off / 100), 1))}


def as_plan(choice, given):
    """A choice as a plan and what is done meanwhile."""
    made, acts = {}, []
    for p, (name, offer) in enumerate(zip(given["names"], choice.offers, strict=True)):
        if offer:
            written = _written(given, p, offer[:2])
            if offer[2]:
                acts.append({"step": offer[2], "do": "offer", "product": name, "offer": written})
            else:
                made[name] = written
            if offer[3] < STEPS:
                acts.append({"step": offer[3], "do": "stop", "product": name})
    stock = {name: pieces for name, pieces in zip(given["names"], choice.stock, strict=True) if pieces is not None}
    nights = choice.nights and dict(zip(("coupons", "value", "for", "allot", "floor"), choice.nights, strict=True))
    message = choice.message and dict(zip(("past_orders", "holdout"), choice.message, strict=True))
    plan = checked_plan({"offers": made, "stock": stock, "nights": nights, "message": message}, given)
    return plan, checked_acts(acts, plan, given)


def decisions(given, memory):
    """The decisions of a plan: functions from a choice to the choices that differ from it in that one."""
    goods = range(len(given["names"]))
    return [
        *(functools.partial(_offer, p=p) for p in goods),
        *(functools.partial(_span, p=p) for p in goods),
        *(functools.partial(_pieces, p=p, given=given, memory=memory) for p in goods if given["fresh"][p]),
        functools.partial(_message, given=given),
        _nights, _value, _coupons,
    ]  # fmt: skip


def _put(values, p, value):
    return (*values[:p], value, *values[p + 1 :])


def _offer(choice, p):
    first, last = choice.offers[p][2:] if choice.offers[p] else (0, STEPS)
    yield choice._replace(offers=_put(choice.offers, p, None))
    for kind in ("percent", "threshold"):
        for off in DEPTHS:
            yield choice._replace(offers=_put(choice.offers, p, (kind, off, first, last)))


def _span(choice, p):
    if choice.offers[p]:
        for first in STARTS:
            for last in ENDS:
                if first < last:
                    yield choice._replace(offers=_put(choice.offers, p, (*choice.offers[p][:2], first, last)))
    else:
        for first in STARTS:
            for off in DEPTHS:
                yield choice._replace(offers=_put(choice.offers, p, ("percent", off, first, STEPS)))


def _pieces(choice, p, given, memory):
    """Other stocks; and just as many as are asked for, with the offer that stands and with any other."""
    usual = int(given["shelf"]["usual"][p])
    for part in STOCKS:
        yield choice._replace(stock=_put(choice.stock, p, round(part * usual)))
    for other in (choice, *_offer(choice, p)):
        deals = _played_as(other, given)["goods"][p][0]
        if (p, deals) not in memory:
            memory[p, deals] = sell(p, deals, other.stock[p], given, 0, NEVER)["wanted"]
        yield other._replace(stock=_put(other.stock, p, memory[p, deals]))


def _message(choice, given):
    yield choice._replace(message=None)
    for least in LEAST:
        if (given["past"] >= least).sum() * given["message"] <= given["budget"]:
            yield choice._replace(message=(least, 0.0))


def _nights(choice):
    """Other nights or another way to place them, or none."""
    yield choice._replace(nights=None)
    many, value = choice.nights[:2] if choice.nights else (20, 60)
    for kind in ("any", "weekday", "weekend"):
        for allot in ("first come", "best"):
            yield choice._replace(nights=(many, value, kind, allot, 0))


def _value(choice):
    if choice.nights:
        for value in VALUES:
            yield choice._replace(nights=(choice.nights[0], value, *choice.nights[2:]))


def _coupons(choice):
    if choice.nights:
        for many in COUPONS:
            yield choice._replace(nights=(many, *choice.nights[1:]))
