"""One product over the weekend: who buys it, at which offer, and what is missed in the ten days after."""

import numpy as np

from coursekit.rooms.desk.weekend import COMMISSION, STEP, STEPS, people


def sell(p, deals, stock, given, luck, end):
    """The orders of one product, as a dictionary of arrays in the order of time, and its lines of the account, in cents.

    p: its place; deals: (first step, step after the last, what it takes off, see `plan.deal`); stock: pieces brought of fresh goods, or None;
    end: the hour from which on the desk pays nothing more. Pieces sold on the days after are in later.
    """
    people_ = people(given["seed"], luck, given["economy"])["goods"][p]
    price, cost, freight, salvage = given["cents"][p]
    time, wish = people_["time"], people_["wish"]
    step = np.minimum((time / STEP).astype(int), STEPS - 1)
    table = np.zeros((STEPS, 2, 4), int)
    for first, last, deal in deals:
        table[first:last] = deal
    table = table[step]
    table[time >= end] = 0
    off = table[:, :, 0] / (price * np.array([1, 2]))
    # Some who want one piece take a second when only that makes it cheaper.
    pieces = np.where((wish == 2) | (people_["tops"] & (off[:, 1] > off[:, 0] + 1e-9)), 2, 1)
    here = np.arange(len(time))
    wants = pieces * (people_["luck"] < (1 - off[here, pieces - 1]) ** given["response"])
    got = wants if stock is None else np.clip(stock - (np.cumsum(wants) - wants), 0, wants)
    usual = wish * (people_["luck"] < 1)
    sooner = np.where(people_["sooner"], np.minimum(np.maximum(got - usual, 0), people_["could"]), 0)
    later = people_["anyway"] + np.bincount(people_["later"], people_["could"] - sooner, len(people_["anyway"])).astype(int)
    made = got > 0
    taken, shop, desk, platform = table[here, np.maximum(got, 1) - 1][made].T
    sold, count = got[made], int(got.sum())
    receives = price * sold - shop
    left = 0 if stock is None else stock - count
    # What the shop keeps of a piece that is sold later, at its list price.
    keeps = price - round(COMMISSION * price) - cost - freight
    return {
        "time": time[made], "pieces": sold, "off": taken, "by_shop": shop, "by_desk": desk, "by_platform": platform,
        "later": later, "sooner": int(sooner.sum()), "left": left, "wanted": int(wants.sum()), "price": price,
        "account": {
            "goods at list price": int(price * count), "commission": -int(np.floor(COMMISSION * receives + 0.5).sum()),
            "goods": -cost * (count if stock is None else stock), "freight": -freight * int(made.sum()), "left over": salvage * left,
            "bought sooner": keeps * int(later.sum()), "paid by shops": -int(shop.sum()), "desk: offers": -int(desk.sum()),
        },
    }  # fmt: skip
