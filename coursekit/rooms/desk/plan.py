"""A plan for a weekend: a dictionary that a person can write, read and change; what is done meanwhile; and what cannot be.

{"offers": {"zongzi": {"kind": "percent", "off": 20}, "tea cup": {"kind": "threshold", "least": 130, "off": 20}},
 "stock": {"zongzi": 40},                                       # pieces of fresh goods that are brought
 "nights": {"coupons": 40, "value": 60, "for": "any", "allot": "best", "floor": 0},
 "message": {"past_orders": 1, "holdout": 0.2}}                 # to those with so many orders in the year before

An offer is of one of five kinds: percent (off), threshold (least, off), coupon (least, off), presale (deposit, counts_as) and
flash (price). A flash price ends after six hours. What is done meanwhile, by steps of two hours:

[{"step": 12, "do": "offer", "product": "zongzi", "offer": {"kind": "percent", "off": 30}},
 {"step": 14, "do": "stop", "product": "zongzi"}, {"step": 6, "do": "coupons", "more": 20}]
"""

import difflib
import functools

from coursekit import offers
from coursekit.charts import number
from coursekit.economies import economy as economy_of
from coursekit.errors import Plain
from coursekit.rooms.desk.weekend import MOST_OFF, STEPS
from coursekit.rooms.entries import between, whole

PARTS = ["offers", "stock", "nights", "message"]
TERMS = {
    "percent": ("off",), "threshold": ("least", "off"), "coupon": ("least", "off"), "presale": ("deposit", "counts_as"), "flash": ("price",),
}  # fmt: skip
NIGHTS = ["coupons", "value", "for", "allot", "floor"]
FOR, ALLOT = ["any", "weekday", "weekend"], ["first come", "best"]
ACTS = {"offer": ["step", "do", "product", "offer"], "stop": ["step", "do", "product"], "coupons": ["step", "do", "more"]}
MOST_COUPONS, MOST_PIECES, FLASH_STEPS = 400, 2_000, 3


def example_plan(given):
    """A plan to begin with: no offer, the usual stock, no coupon, no message. given: the conditions, see `weekend`."""
    stock = {
        name: int(n) for name, n, fresh in zip(given["names"], given["shelf"]["usual"], given["fresh"], strict=True) if fresh
    }
    return {"offers": {}, "stock": stock, "nights": None, "message": None}


def checked_plan(plan, given):
    """The plan with whole numbers where they belong; a plain sentence for one that cannot be."""
    if not isinstance(plan, dict):
        raise Plain('A plan is a dictionary with "offers", "stock", "nights" and "message"; see rooms.desk.example_plan.')
    for part in plan:
        if part not in PARTS:
            raise Plain(f'A plan has no part "{part}"; its parts are {", ".join(PARTS)}.')
    for part in ("offers", "stock"):
        if not isinstance(plan.get(part, {}), dict):
            raise Plain(f'The {part} of a plan are a dictionary by product, such as {{"tea": …}}; not {plan[part]!r}.')
    made, stock = {}, dict(example_plan(given)["stock"])
    for name, offer in plan.get("offers", {}).items():
        name = product_name(name, given)
        if name in made:
            raise Plain(f"{name} has two offers. Give it one; you can change it during the weekend.")
        if offer is not None:
            made[name] = checked_offer(offer, name, given)
    for name, pieces in plan.get("stock", {}).items():
        name = product_name(name, given)
        if name not in stock:
            raise Plain(f"{name} keeps, so no stock is chosen for it. Fresh are: {', '.join(stock)}.")
        stock[name] = whole(pieces, f"The stock of {name}", "pieces", 0, MOST_PIECES)
    message = _message(plan.get("message"), given)
    return {"offers": made, "stock": stock, "nights": _nights(plan.get("nights"), given), "message": message}


def product_name(name, given):
    """A product by its name or number, however it is capitalized; a plain sentence for others."""
    for number_, own in zip(given["shelf"]["product"], given["names"], strict=True):
        if str(name).strip().casefold() in (own.casefold(), number_.casefold()):
            return own
    near = difflib.get_close_matches(str(name), given["names"], n=1, cutoff=0.6)
    hint = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(given['names'])}."
    raise Plain(f'The desk has no product "{name}". {hint}')


def checked_offer(offer, name, given):
    """An offer for a product, as a dictionary of numbers; a plain sentence for one that cannot be."""
    if not isinstance(offer, dict) or not isinstance(offer.get("kind"), str) or offer["kind"] not in TERMS:
        raise Plain(
            f'The offer for {name} is {offer!r}; expected is one such as {{"kind": "percent", "off": 20}}; kinds are {", ".join(TERMS)}.'
        )
    kind, terms = offer["kind"], TERMS[offer["kind"]]
    if set(offer) != {"kind", *terms}:
        raise Plain(f"An offer of the kind {kind} has {' and '.join(terms)}; the one for {name} is {offer!r}.")
    money = economy_of(given["economy"])["money"]["many"]
    unit = "percent" if kind == "percent" else money
    fixed = {"kind": kind} | {
        term: round(between(offer[term], f"For the offer for {name}, {term.replace('_', ' ')}", unit, 0.01, 100_000), 2)
        for term in terms
    }
    try:
        one, two = deal(key_of(fixed), *terms_of(name, given))
    except Plain as plain:
        raise Plain(f"The offer for {name} cannot be: {plain}") from None
    price = round(100 * terms_of(name, given)[0])
    deepest = max(one[0] / price, two[0] / (2 * price))
    if deepest > MOST_OFF + 1e-9:
        raise Plain(
            f"The offer for {name} takes {number(round(100 * deepest, 1))} % off the list price of {number(price / 100)} {money}; {100 * MOST_OFF:.0f} % is the most."
        )
    if not deepest:
        raise Plain(
            f"The offer for {name} takes nothing off one piece or two at the list price of {number(price / 100)} {money}."
        )
    return fixed


def terms_of(name, given):
    """List price in yuan, the shop's part of an offer, and the platform's part of the rest."""
    return given["terms"][given["names"].index(name)]


def key_of(offer):
    return (offer["kind"], *(offer[term] for term in TERMS[offer["kind"]]))


@functools.lru_cache(maxsize=4096)
def deal(key, list_price, shop, platform):
    """What an offer takes off an order of one piece, and of two, and who pays for it: (off, shop, desk, platform) each, in cents.

    The offer is settled by `coursekit.offers`. shop: the part that the shop pays; platform: the platform's part of the rest.

    >>> deal(("threshold", 180.0, 30.0), 100.0, 0.5, 0.0)
    ((0, 0, 0, 0), (3000, 1500, 1500, 0))
    """
    made, found = offer_of(key, shop), []
    for price in (list_price, 2 * list_price):
        # A flash price is of one piece; the others are of an order.
        basket = _basket(price / list_price, list_price)
        steps = offers.settle(basket, [made])
        off, own, others = (round(100 * steps[c].sum()) for c in ("off", "by_shop", "by_platform"))
        theirs = round(platform * others)
        found.append((off, own, others - theirs, theirs))
    return tuple(found)


def _basket(pieces, price):
    import pandas as pd

    return pd.DataFrame({"product": ["one"], "price": [price], "pieces": [int(pieces)]})


def offer_of(key, shop=0.0):
    """An offer as `coursekit.offers` knows it, from its kind and its terms."""
    kind, *terms = key
    made = {
        "percent": offers.percent, "threshold": offers.threshold, "flash": offers.flash, "presale": offers.presale,
        "coupon": lambda least, off, **more: offers.coupon(off, least, **more),
    }[kind]  # fmt: skip
    return made(*terms, funded_by=shop)


def offer_in_words(offer, economy="china"):
    """An offer with the money and the name it has in an economy.

    >>> offer_in_words({"kind": "coupon", "least": 90.0, "off": 15.0}, "mexico")
    'cupón, 15 pesos off from 90 pesos'
    """
    return offers.in_words(offer_of(key_of(offer)), economy)


def _nights(nights, given):
    if nights is None:
        return None
    if not isinstance(nights, dict) or not {"coupons", "value"} <= set(nights) <= set(NIGHTS):
        raise Plain(
            f'The night coupons are written as {{"coupons": 40, "value": 60}}, with "for", "allot" and "floor" if wished; not as {nights!r}.'
        )
    money = economy_of(given["economy"])["money"]["many"]
    found = {
        "coupons": whole(nights["coupons"], "The number of night coupons", "", 0, MOST_COUPONS),
        "value": whole(nights["value"], "The value of a night coupon", money, 1, 150),
        "for": nights.get("for", "any"), "allot": nights.get("allot", "first come"),
        "floor": whole(nights.get("floor", 0), "The floor of the night coupons", "coupons an inn", 0, 5),
    }  # fmt: skip
    for part, can in (("for", FOR), ("allot", ALLOT)):
        if found[part] not in can:
            raise Plain(f'The part "{part}" of the night coupons is {found[part]!r}; it can be {" or ".join(can)}.')
    if found["floor"] and found["allot"] != "best":
        raise Plain('A floor needs "allot": "best". Who comes first takes what is free, and no inn is looked after.')
    return found


def _message(message, given):
    if message is None:
        return None
    if not isinstance(message, dict) or set(message) != {"past_orders", "holdout"}:
        raise Plain(f'The message is written as {{"past_orders": 1, "holdout": 0.2}}, not as {message!r}.')
    found = {
        "past_orders": whole(message["past_orders"], "The least number of past orders", "", 0, 20),
        "holdout": between(message["holdout"], "The holdout, a part of the list such as 0.2 for 20 %,", "", 0, 1),
    }
    people = int((given["past"] >= found["past_orders"]).sum())
    fee, money = people * (1 - found["holdout"]) * given["message"], economy_of(given["economy"])["money"]["many"]
    if fee > given["budget"]:
        raise Plain(
            f"The messages alone may cost {number(round(fee))} {money}; the budget is {number(given['budget'])}. Send fewer: ask for more past orders, or hold out more people."
        )
    return found


# -- what is done meanwhile -------------------------------------------------------------------


def checked_acts(acts, plan, given):
    """The acts in the order of their steps; a plain sentence for one that cannot be."""
    if not isinstance(acts, (list, tuple)):
        raise Plain('What is done meanwhile is a list, such as [{"step": 14, "do": "stop", "product": "tea"}].')
    for act in acts:
        if not isinstance(act, dict) or not isinstance(act.get("do"), str) or act["do"] not in ACTS:
            raise Plain(f'"offer", "stop" and "coupons" can be done during the weekend, not {act!r}.')
        if set(act) != set(ACTS[act["do"]]):
            raise Plain(f'To do "{act["do"]}" takes {", ".join(sorted(ACTS[act["do"]]))}; this one is {act!r}.')
    acts = [act | {"step": whole(act["step"], "The step of an act", "", 0, STEPS - 1)} for act in acts]
    return [_checked_act(act, plan, given) for act in sorted(acts, key=lambda act: act["step"])]


def _checked_act(act, plan, given):
    if act["do"] == "coupons":
        if plan["nights"] is None:
            raise Plain("The plan has no night coupons, so none can be added: their value was not announced.")
        return act | {"more": whole(act["more"], "The number of further night coupons", "", 1, MOST_COUPONS)}
    name = product_name(act["product"], given)
    return act | {"product": name} | ({"offer": checked_offer(act["offer"], name, given)} if act["do"] == "offer" else {})


def in_force(plan, acts, given):
    """Which offers stand for each product, and when: lists of (first step, step after the last, offer), by place of the product."""
    found = []
    for name in given["names"]:
        changes = [(0, plan["offers"].get(name))]
        changes += [(act["step"], act.get("offer")) for act in acts if act.get("product") == name]
        line = [None] * STEPS
        for start, offer in changes:
            end = min(start + FLASH_STEPS, STEPS) if offer and offer["kind"] == "flash" else STEPS
            line[start:] = [offer] * (end - start) + [None] * (STEPS - end)
        starts = [s for s in range(STEPS) if line[s] and (s == 0 or line[s] is not line[s - 1])]
        ends = [next((s for s in range(start, STEPS) if line[s] is not line[start]), STEPS) for start in starts]
        found.append([(start, end, line[start]) for start, end in zip(starts, ends, strict=True)])
    return found
