"""The show itself: a plain function of a plan, what is done on air, and a seed. No widgets here.

People behave as in the county (`world.audience`), and every visit has its own luck. So the show can
be made anew whenever something is done on air: the minutes before stay as they were, the minutes
after change. A live show is the same show, told minute by minute.
"""

import functools

import numpy as np
import pandas as pd

from coursekit.errors import Plain
from coursekit.rooms.entries import whole
from coursekit.rooms.livestream.evening import OPEN_FOR, START, evening
from coursekit.rooms.livestream.plan import COUPONS, LASTS, LEAST, checked_coupon, checked_plan, product_name
from coursekit.world import TABLES, audience, sales, shows, typed
from coursekit.world.county import stream
from coursekit.world.goods import names_of

PEOPLE_EACH = 1_000_000  # numbers kept for the people of each show
NEAR = 10_000  # people whom money can bring: the more are bought, the dearer is the next


def run_show(plan, seed, acts=(), night=0):
    """A whole show; see `tables_of` and `account_of` for what it left.

    plan: see rooms.livestream.plan. seed: of the evening, a whole number. acts: what is done on air, a
    list of {"minute": 12, "do": "coupon", "yuan": 10}, {"minute": 12, "do": "show", "product": "honey"} and
    {"minute": 12, "do": "answer"}. night: the same conditions, but other people and other luck.

    >>> from coursekit.rooms.livestream import example_plan
    >>> show = run_show(example_plan(evening(7)), 7)
    >>> tables_of(show)["sessions"][["session", "minutes"]].to_numpy().tolist()
    [['S9901', 60]]
    """
    return show_of(plan, evening(seed), acts, night)


def show_of(plan, given, acts=(), night=0):
    """The same for an evening whose conditions are given."""
    plan = checked_plan(plan, given)
    acts = checked_acts(acts, plan, given)
    on_air = _for_the_audience(plan, given, acts)
    arrived, luck = _arrivals(
        given["seed"], night, on_air["people"], tuple(on_air["shares"]), on_air["minutes"], on_air["clicks"],
        tuple(on_air["wishes"].items()),
    )  # fmt: skip
    visits, made = audience.offer(on_air, arrived, stream(given["seed"], "room orders", night))
    visits["person"] = visits["person"] + 1
    pays, returns, days = (numbers[_which_order(made["visit"]), made["visit"]] for numbers in luck)
    made["paid"] = pays < audience.PAID_ORDERS
    sold = sales.orders_of_show(on_air, visits, made, given["shelf"], returns, days)
    return {"plan": plan, "acts": acts, "given": given, "on_air": on_air, "visits": visits, "made": made, "sold": sold}


@functools.lru_cache(maxsize=24)
def _arrivals(seed, night, people, shares, minutes, clicks, wishes):
    """Who comes, and the luck of the first and second order of each visit: to pay, to come back, and when."""
    plan = {"people": people, "shares": shares, "minutes": minutes, "clicks": clicks, "wishes": dict(wishes)}
    arrived = audience.arrive(plan, stream(seed, "room audience", night))
    rng, shape = stream(seed, "room returns", night), (2, len(arrived["person"]))
    return arrived, (rng.random(shape), rng.random(shape), rng.binomial(sales.RETURN_DAYS[1] - sales.RETURN_DAYS[0], 0.4, shape))


def _which_order(visit):
    """0 for the first order of a visit, 1 for its second."""
    again = np.ones(len(visit), int)
    again[np.unique(visit, return_index=True)[1]] = 0
    return again


def _for_the_audience(plan, given, acts):
    """The plan as `world.audience` knows it."""
    host = given["hosts"][plan["host"]]
    placed = np.array([given["names"].index(line["product"]) for line in plan["lineup"]])
    lineup = np.repeat(np.arange(len(placed)), [line["minutes"] for line in plan["lineup"]])
    ends = np.cumsum([line["minutes"] for line in plan["lineup"]])
    answers, coupons = [], [(c["minute"], c["yuan"]) for c in plan["coupons"]]
    for number, act in enumerate(acts):
        minute = act["minute"]
        if act["do"] == "show":  # until the next product of the plan comes on
            until = ends[np.searchsorted(ends, minute, side="right")]
            lineup[minute:until] = [line["product"] for line in plan["lineup"]].index(act["product"])
        elif act["do"] == "coupon":
            coupons.append((minute, act["yuan"]))
        else:
            question = open_question(given, acts[:number], minute)
            which = np.flatnonzero(placed == question[1])
            answers.append((minute, int(which[0]) if len(which) else -1))
    bought = int(NEAR * -np.expm1(-plan["traffic"] / given["traffic"] / NEAR))
    people = host["people"] + bought
    free = host["people"] / people
    shelf = given["shelf"]
    return {
        "session": session_name(1), "host": 0, "day": given["day"], "start": START, "minutes": given["minutes"], "people": people,
        "shares": [free * host["followers"], free * (1 - host["followers"]), 1 - free],
        "clicks": given["clicks"], "buys": given["buys"], "same_luck": True, "placed": placed, "lineup": lineup,
        "answers": answers, "coupons": [(minute, yuan, LASTS, LEAST * yuan) for minute, yuan in coupons],
        "wishes": {k: shelf["wish"][shelf["kind"] == k].max() for k in np.unique(shelf["kind"])},
        "goods": {
            "kind": shelf["kind"][placed], "wish": shelf["wish"][placed], "list_price": shelf["list_price"][placed],
            "price": np.array([line["price"] for line in plan["lineup"]]),
            "stock": np.array([line["stock"] for line in plan["lineup"]]),
        },
    }  # fmt: skip


# -- what is done on air ------------------------------------------------------------------


def checked_acts(acts, plan, given):
    """The acts in the order of their minutes; a plain sentence for one that cannot be."""
    parts = {"coupon": {"minute", "do", "yuan"}, "show": {"minute", "do", "product"}, "answer": {"minute", "do"}}
    if not isinstance(acts, (list, tuple)):
        raise Plain('What is done on air is a list, such as [{"minute": 12, "do": "answer"}].')
    for act in acts:
        if not isinstance(act, dict) or not isinstance(act.get("do"), str) or act["do"] not in parts:
            raise Plain(f'"coupon", "show" and "answer" can be done on air, not {act!r}.')
        if set(act) != parts[act["do"]]:
            raise Plain(f'To do "{act["do"]}" takes {", ".join(sorted(parts[act["do"]]))}; this one is {act!r}.')
    acts = [act | {"minute": whole(act["minute"], "The minute of an act", "", 0, given["minutes"] - 1)} for act in acts]
    done = []
    for act in sorted(acts, key=lambda act: act["minute"]):
        if act["do"] == "coupon":
            act = {"do": "coupon", **checked_coupon({"minute": act["minute"], "yuan": act["yuan"]}, given)}
            if len(plan["coupons"]) + sum(a["do"] == "coupon" for a in done) >= COUPONS:
                raise Plain(f"{COUPONS} coupons are all a show may give: those of the plan and those dropped on air.")
        elif act["do"] == "show":
            act = act | {"product": product_name(act["product"], given)}
            if act["product"] not in [line["product"] for line in plan["lineup"]]:
                raise Plain(f"Tonight's line-up has no {act['product']}, so it cannot be shown.")
        elif open_question(given, done, act["minute"]) is None:
            raise Plain("No question waits for an answer just now.")
        done.append(act)
    return done


def open_question(given, acts, minute):
    """The oldest question that waits in a minute, after these acts: (minute, place of the product, text), or None."""
    answered = set()
    for act in acts:
        if act["do"] == "answer":
            answered.add(_oldest(given, answered, act["minute"]))
    return _oldest(given, answered, minute)


def _oldest(given, answered, minute):
    waiting = [q for q in given["questions"] if q[0] <= minute < q[0] + OPEN_FOR and q not in answered]
    return waiting[0] if waiting else None


# -- what a show left ---------------------------------------------------------------------


def session_name(number):
    """The name of one's own show: S9901 is the first.

    >>> session_name(3)
    'S9903'
    """
    return f"S{9900 + number}"


def tables_of(show, number=1):
    """The show as the county's own tables, by name, with the same columns and types; and its stock.

    number: of the show, when one has several: their tables can be put together. sessions, lineups, minutes, visits, orders, returns, fees and products are as load() gives them; stock
    has the columns product, stock, sold, left, lost (yuan).
    """
    given, sold = show["given"], show["sold"]
    on_air, shift = show["on_air"] | {"session": session_name(number)}, number - 1
    visits = show["visits"] | {"person": show["visits"]["person"] + PEOPLE_EACH * shift}
    sold = sold | {
        "number": sold["number"] + sales.ORDERS_EACH * shift, "visit": sold["visit"] + shows.VISITS_EACH * shift,
        "person": sold["person"] + PEOPLE_EACH * shift,
    }  # fmt: skip
    seen = [(on_air, visits, show["made"])]
    names = names_of(len(given["products"]))
    made = {
        "sessions": shows.sessions_of(seen, ["H01"]),
        "lineups": shows.lineups_of([on_air], names),
        "minutes": shows.minutes_of(seen, names),
        "visits": shows.visits_of(seen),
        "orders": sales.orders_in_yuan(sold, np.full(len(sold["number"]), on_air["session"], dtype=object), names),
        "returns": sales.returns_in_yuan(sold),
        "fees": sales.fees_of([on_air], [fees_of(show)]),
    }
    tables = {name: typed(columns, TABLES[name]) for name, columns in made.items()} | {"products": given["products"].copy()}
    for name, table in tables.items():
        table.attrs["table"] = name
    return tables | {"stock": _stock(show)}


def _stock(show):
    # Column by column: with pandas it would take as long as the rest of a small show.
    on_air, goods = show["on_air"], show["given"]["products"]
    product, cost, recovered = (goods[name].array[on_air["placed"]] for name in ("product", "cost", "recovered"))
    stock, sold = on_air["goods"]["stock"], _pieces_paid(show)
    lost = np.round((stock - sold) * np.asarray(cost) * (1 - np.asarray(recovered)), 2)
    return pd.DataFrame({"product": product, "stock": stock, "sold": sold, "left": stock - sold, "lost": lost})


def _pieces_paid(show):
    made = show["made"]
    return np.bincount(made["product"], made["pieces"] * made["paid"], len(show["on_air"]["placed"])).astype(int)


def fees_of(show):
    """The fees of a show as the county keeps them: fixed yuan, share, whether it is given back."""
    plan, host = show["plan"], show["given"]["hosts"][show["plan"]["host"]]
    return {
        "slot": (host["fixed"], 0, False), "commission": (0, host["rate"], host["given_back"]),
        "agency": (0, host["agency"], False), "platform": (0, sales.PLATFORM_RATE, True),
        "traffic": (plan["traffic"], 0, False),
    }  # fmt: skip


def account_of(show):
    """Where the money of a show went, in yuan, from GMV to profit; every sum in whole cents.

    Goods that come back are lost but for what is recovered, and so are the goods that are left over.
    """
    sold, goods = show["sold"], show["given"]["shelf"]
    back = sold["back"] >= 0
    paid, kept = int(sold["amount"][sold["paid"]].sum()), int(sold["amount"][sold["paid"] & ~back].sum())
    owed = {name: round(100 * fixed + rate * (kept if given_back else paid))
            for name, (fixed, rate, given_back) in fees_of(show).items()}  # fmt: skip
    cost = sold["pieces"] * goods["cost"][sold["product"]] * 100
    left = show["on_air"]["goods"]["stock"] - _pieces_paid(show)
    placed = show["on_air"]["placed"]
    spent = {
        "goods": round(float(np.sum(np.where(back, 1 - goods["recovered"][sold["product"]], 1) * cost * sold["paid"]))),
        "freight": round(100 * float(goods["freight"][sold["product"]][sold["paid"]].sum())),
        "freight back": round(100 * float(goods["freight_back"][sold["product"]][back].sum())),
        "left over": round(100 * float(np.sum(left * goods["cost"][placed] * (1 - goods["recovered"][placed])))),
    }
    profit = kept - sum(owed.values()) - sum(spent.values())
    cents = {"GMV": int(sold["amount"].sum()), "paid sales": paid, "net sales": kept, **owed, **spent, "profit": profit}
    return {name: value / 100 for name, value in cents.items()}


def profit_of(show):
    """Yuan that a show left after returns, fees, freight, goods and what was left over."""
    return account_of(show)["profit"]
