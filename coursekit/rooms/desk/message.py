"""The coupon that is sent to a list of people: who gets it, who buys, who redeems it, as in the county's coupon lottery."""

import numpy as np

from coursekit.rooms.desk.weekend import BASKET_MARGIN, HOURS, people
from coursekit.world.promotions import COUPON_YUAN, PASSED_ON, REDEEMED, USUAL, WITH_COUPON

NOBODY = {
    "person": np.empty(0, int), "sent": np.empty(0, bool), "redeems": np.empty(0, bool), "buys": np.empty(0, bool),
    "basket": np.empty(0), "hour": np.empty(0), "sent_at": np.empty(0), "fee": np.empty(0, int), "time": np.empty(0),
    "by_desk": np.empty(0, int), "account": {},
}  # fmt: skip


def send(message, given, luck, end):
    """Everybody on the list: sent or held out, buys, redeems; and the lines of the account, in cents.

    message: least number of past orders and the part held out, or None; end: the hour from which on no coupon is paid. A code
    that no longer works is an order that is not made, unless the person would have bought anyway.
    """
    if message is None:
        return NOBODY
    least, holdout = message
    found, listed = people(given["seed"], luck, given["economy"])["message"], np.flatnonzero(given["past"] >= least)
    luck_of = {k: v[listed] for k, v in found.items()}
    loyal, past = given["loyal"][listed], given["past"][listed]
    sent = luck_of["arm"] >= holdout
    weight, eager = 0.4 + 0.6 * given["loyal"], 0.3 + 0.7 * given["loyal"]
    mean = np.average(eager, weights=weight)  # over the whole list, so that a choice of people changes nobody
    weight, eager = 0.4 + 0.6 * loyal, 0.3 + 0.7 * loyal
    anyway = luck_of["buys"] < np.minimum(USUAL * weight, 1)
    buys = np.where(sent, luck_of["buys"] < np.minimum(WITH_COUPON * weight, 1), anyway)
    passed = PASSED_ON if sent.any() else 0
    redeems = buys & (luck_of["redeems"] < np.where(sent, REDEEMED / WITH_COUPON * eager / mean, passed))
    too_late = redeems & (luck_of["time"] >= end)
    buys, redeems = buys & (~too_late | anyway), redeems & ~too_late
    plain = np.round(np.exp(luck_of["basket"]) * (1 + 0.1 * np.minimum(past, 5)))
    basket = plain + 20 * redeems
    order = np.argsort(luck_of["time"], kind="stable")
    used = order[redeems[order]]
    fee = round(100 * given["message"] * int(sent.sum()))
    return {
        "person": listed, "sent": sent, "redeems": redeems, "buys": buys, "basket": basket, "hour": luck_of["time"],
        "sent_at": np.zeros(1), "fee": np.array([fee]), "time": luck_of["time"][used], "by_desk": np.full(len(used), 100 * COUPON_YUAN),
        "account": {
            "orders by message": round(100 * BASKET_MARGIN) * int(basket[buys].sum() - plain[anyway].sum()), "messages": -fee,
            "desk: message coupons": -100 * COUPON_YUAN * len(used),
        },
    }  # fmt: skip


def so_far(sent, hours=HOURS):
    """How many ordered, and how many redeemed, by an hour after Friday noon."""
    there = sent["hour"] < hours
    return int((sent["buys"] & there).sum()), int((sent["redeems"] & there).sum())
