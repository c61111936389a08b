"""The weekend itself: a plain function of a plan, what is done meanwhile, and a seed. No widgets here.

People behave as in the county, and everybody has a luck of their own, drawn once. So the weekend can be made anew whenever
something is done: what happened before stays as it was. When the desk's budget is used up, its offers end with the first
thing it could not pay. All sums are whole cents.
"""

import numpy as np

from coursekit.rooms.desk.goods import sell
from coursekit.rooms.desk.message import send
from coursekit.rooms.desk.nights import let
from coursekit.rooms.desk.plan import checked_acts, checked_plan, deal, example_plan, in_force, key_of, terms_of
from coursekit.rooms.desk.weekend import weekend

NEVER = np.inf
LINES = [
    "goods at list price", "commission", "goods", "freight", "left over", "bought sooner", "paid by shops", "coupon guests", "displaced guests",
    "orders by message", "messages", "desk: offers", "desk: night coupons", "desk: message coupons",
]  # fmt: skip
OF_DESK = ["messages", "desk: offers", "desk: night coupons", "desk: message coupons"]


def run_desk(plan, seed, acts=(), luck=0, economy="china"):
    """A whole weekend; see `tables_of` and `account_of` for what it left.

    plan, acts: see rooms.desk.plan. seed: of the weekend, a whole number. luck: 0 for the room's own people; 1, 2, … for
    others under the same conditions. economy: "china" or "mexico": its money, the names of offers, its holidays.

    >>> run = run_desk({"offers": {}}, 7)
    >>> account_of(run)["result"]
    0.0
    """
    return desk_of(plan, weekend(seed, economy), acts, luck)


def desk_of(plan, given, acts=(), luck=0):
    """The same for conditions that are given."""
    plan = checked_plan(plan, given)
    acts = checked_acts(acts, plan, given)
    return {"plan": plan, "acts": acts, "given": given, "luck": luck} | played(choices_of(plan, acts, given), given, luck)


def choices_of(plan, acts, given):
    """What is decided, in the form in which it is played: by product the deals with their steps, and the stock; nights; message."""
    lines = []
    for name, line in zip(given["names"], in_force(plan, acts, given), strict=True):
        terms = terms_of(name, given)
        lines.append((tuple((start, end, deal(key_of(offer), *terms)) for start, end, offer in line), plan["stock"].get(name)))
    opened = tuple((act["step"], act["more"]) for act in acts if act["do"] == "coupons")
    nights = plan["nights"] and (*plan["nights"].values(), opened)
    return {"goods": tuple(lines), "nights": nights, "message": plan["message"] and tuple(plan["message"].values())}


def played(choices, given, luck, memory=None):
    """All parts of a weekend, first as if the budget were enough; when it is not, once more with its end.

    memory: a dictionary in which a search keeps parts that were played before.
    """
    found = _parts(choices, given, luck, NEVER, memory)
    time, cost, _ = spending(found)
    over = np.flatnonzero(np.cumsum(cost) > 100 * given["budget"])
    end = float(time[over[0]]) if len(over) else NEVER
    if len(over):
        found = _parts(choices, given, luck, end, memory)
    return {"parts": found, "end": end}


def _parts(choices, given, luck, end, memory):
    def part(name, make, *what):
        if memory is None:
            return make(*what, given, luck, end)
        key = (name, what, end)
        if key not in memory:
            memory[key] = make(*what, given, luck, end)
        return memory[key]

    shelves = [part("goods", sell, p, *choice) for p, choice in enumerate(choices["goods"])]
    return {
        "goods": shelves,
        "nights": part("nights", let, choices["nights"]),
        "message": part("message", send, choices["message"]),
    }


def spending(parts):
    """What the desk pays or sets aside, in the order of time: hours after Friday noon, cents, and for what."""
    lists = [(shelf["time"], shelf["by_desk"], "offers") for shelf in parts["goods"]]
    lists += [(parts["nights"]["time"], parts["nights"]["set_aside"], "night coupons")]
    lists += [
        (parts["message"]["sent_at"], parts["message"]["fee"], "messages"),
        (parts["message"]["time"], parts["message"]["by_desk"], "message coupons"),
    ]
    time, cost = np.concatenate([t for t, _, _ in lists]), np.concatenate([c for _, c, _ in lists])
    what = np.repeat([w for _, _, w in lists], [len(t) for t, _, _ in lists])
    order = np.argsort(time, kind="stable")
    return time[order], cost[order], what[order]


# -- what a weekend left ----------------------------------------------------------------------


def cents_of(parts):
    """What all parts left, by line of the account, in cents."""
    found = dict.fromkeys(LINES, 0)
    for part in (*parts["goods"], parts["nights"], parts["message"]):
        for name, cents in part["account"].items():
            found[name] += cents
    return found


def result_of(choices, given, luck=0, memory=None):
    """What a plan leaves more than doing nothing, in cents: the same as in the account."""
    return sum(cents_of(played(choices, given, luck, memory)["parts"]).values()) - nothing(given, luck)[1]


_nothing = {}


def nothing(given, luck):
    """The same weekend with nothing done, for the same people: the lines of its account and their sum, in cents."""
    key = given["seed"], given["economy"], luck
    if key not in _nothing:
        lines = cents_of(played(choices_of(example_plan(given), [], given), given, luck)["parts"])
        _nothing[key] = lines, sum(lines.values())
    return _nothing[key]


def account_of(run):
    """What the weekend left the county more than doing nothing, with the same people: line by line, and the result, in yuan.

    Shops and inns receive more or less; what they pay for themselves and what the desk pays is taken off. "bought sooner" is
    what the shops miss in the ten days after.
    """
    before = nothing(run["given"], run["luck"])[0]
    cents = {name: value - before[name] for name, value in cents_of(run["parts"]).items()}
    return {name: value / 100 for name, value in (cents | {"result": sum(cents.values())}).items()}


def result(run):
    """Yuan that the weekend left the county more than doing nothing."""
    return account_of(run)["result"]


def budget_of(run):
    """The desk's money, in yuan: budget, used, left; and what the platform paid for offers. ended: the hour in which it was used up, or None."""
    lines = cents_of(run["parts"])
    used = -sum(lines[name] for name in OF_DESK)
    return {
        "budget": float(run["given"]["budget"]), "used": used / 100, "left": run["given"]["budget"] - used / 100,
        "by platform": sum(int(shelf["by_platform"].sum()) for shelf in run["parts"]["goods"]) / 100,
        "ended": None if run["end"] == NEVER else run["end"],
    }  # fmt: skip
