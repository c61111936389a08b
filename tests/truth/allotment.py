"""Truth of coupons within free rooms (c3): what a plan of coupons loses by each mistake, in yuan."""

import numpy as np

from coursekit import world
from coursekit.methods.allotment import allot_best, allot_greedy, what_it_brings
from coursekit.methods.intervals import wilson
from coursekit.world import coupons
from truth import row

PAYS = 0.6  # of the usual price, as in the lesson


def allotment(seed):
    """c3: what the coupons for the lake lose by their plan, against the best plan with a floor of 2 when the planted shares come."""
    nights = world.make("coupon_nights", seed).merge(world.make("coupon_inns", seed), on="inn")
    nights = nights.merge(world.make("calendar")[["date", "night"]], on="date")
    nights, sold = nights[nights["area"] == "lake"], world.make("coupons", seed)
    sold = sold[sold["area"] == "lake"]
    comes = world.make("past_coupons", seed).groupby("night")["came"].agg(["sum", "count"])
    show, planted = comes["sum"] / comes["count"], dict(zip(("weekday", "weekend"), 1 - coupons.no_show(seed), strict=True))

    def left(plan):
        return what_it_brings(plan, nights, planted, PAYS)["brings"]

    def lost(plan):
        return round(most - left(plan), 2)

    plan = allot_best(sold, nights, show, PAYS, floor=2)
    most = left(allot_best(sold, nights, planted, PAYS, floor=2))
    what = "what the coupons of one area lose by their plan, with a floor of 2 an inn (yuan)"
    yield row("c3", what, "linear program, with the shares of an earlier round", "", lost(plan), 0)
    everybody, first_come = dict.fromkeys(planted, 1.0), allot_greedy(sold, nights)
    for method, other in {
        "dumped on the first nights that suit": first_come,
        "every inn in turn, on the first nights that suit": allot_greedy(sold, nights, turn=True),
        "every inn in turn, rooms of expected guests left": allot_greedy(sold, nights, keep=True, turn=True),
        "no-shows ignored": allot_best(sold, nights, everybody, PAYS, floor=2),
    }.items():
        yield row("c3", what, method, "+", lost(other), 0)

    what, truth = "what first come, first served brings the inns of one area (yuan)", left(first_come)
    found = what_it_brings(first_come, nights, show, PAYS)
    yield row("c3", what, "shares of an earlier round, displaced guests taken off", "", found["brings"], truth)
    yield row("c3", what, "full-price guests left out", "+", found["guests_bring"], truth)

    what = "room nights that the coupon guests of one area use"
    held = what_it_brings(plan, nights, everybody, PAYS)["used"]
    truth = what_it_brings(plan, nights, planted, PAYS)["used"]
    # Two kinds of night: their distances to the middle add by squares.
    used, ends = what_it_brings(plan, nights, show, PAYS)["used"], []
    for kind in planted:
        only = what_it_brings(plan, nights, dict.fromkeys(planted, 0.0) | {kind: 1.0}, PAYS)["used"]
        rate, low, high = wilson(comes["sum"][kind], comes["count"][kind])
        ends.append((only * (rate - low), only * (high - rate)))
    down, up = np.hypot(*np.array(ends))
    yield row("c3", what, "nights by the share of their kind that comes", "", used, truth, used - down, used + up)
    yield row("c3", what, "no-shows ignored", "+", held, truth)
    yield row("c3", what, "coupons for nights", "-", used * plan["coupons"].sum() / held, truth)


ALL = [allotment]
