"""What happened in a weekend, in five sentences from its own tables; each names the lesson that teaches its number."""

import pandas as pd

from coursekit import measures, methods
from coursekit.charts import number
from coursekit.economies import economy as economy_of
from coursekit.rooms.desk.weekend import COMMISSION, when


def debrief(tables, account, given, ended=None, floor=0):
    """Five sentences, from the offers to the money: a list of (sentence, title of the lesson).

    tables, account: as `tables_of` and `account_of` give them; given: the conditions, see `weekend`; ended: the hour after Friday
    noon in which the budget was used up, or None; floor: the coupons that every inn was to have. Every number can be worked out from the tables with the steps of its lesson.

    >>> from coursekit.rooms.desk import account_of, run_desk
    >>> from coursekit.rooms.desk.tables import tables_of
    >>> from coursekit.rooms.desk.weekend import weekend
    >>> run = run_desk({"offers": {}}, 7)
    >>> [lesson for _, lesson in debrief(tables_of(run), account_of(run), weekend(7))]
    ['The arithmetic of an offer', 'Did the coupon sell?', 'Coupons within free rooms', 'Stock for a show', 'The profit of a show']
    """
    money = economy_of(given["economy"])["money"]["many"]
    return [
        (_offer(tables, given, money), "The arithmetic of an offer"),
        (_coupon(tables), "Did the coupon sell?"),
        (_nights(tables, account, money, floor), "Coupons within free rooms"),
        (_stock(tables, money), "Stock for a show"),
        (_money(account, given, money, ended), "The profit of a show"),
    ]


def _offer(tables, given, money):
    """The offer that took most off: what was off, who paid, and how many more pieces it would have needed."""
    orders = tables["shop_orders"]
    off = orders.groupby("product")["off"].sum()
    if not off.sum():
        return "No order had an offer."
    product = off.idxmax()
    mine, goods = (
        orders[(orders["product"] == product) & (orders["off"] > 0)],
        tables["products"].set_index("product").loc[product],
    )
    list_price = (mine["price"] * mine["pieces"]).sum()
    # Shop and desk are both the county's: what the platform pays costs the county nothing.
    discount = (mine["by_shop"] + mine["by_desk"]).sum() / list_price
    margin = 1 - COMMISSION - (goods["cost"] + goods["freight"]) / goods["list_price"]
    needed = measures.break_even_uplift(min(discount, 1), margin) if margin > 0 else float("inf")
    enough = (
        f"{number(round(100 * needed))} % more pieces would leave as much as no offer"
        if needed < 100
        else "no number of pieces would leave as much as no offer"
    )
    return (
        f"The offer that took off most was that for {goods['name']}: {number(off[product])} {money} off {len(mine)} orders, {number(round(100 * discount))} % of their "
        f"list price paid by shop and desk, so that {enough}, even before what is bought sooner."
    )


def _coupon(tables):
    list_, orders = tables["coupon_assign"], tables["coupon_orders"]
    got = list_["arm"] == "coupon"
    if not got.any():
        return "No coupon was sent, so nothing can be said of what a coupon sells."
    bought = list_["person"].isin(orders["person"])
    used = 100 * list_.loc[got, "redeemed"].mean()
    said = f"{100 * bought[got].mean():.2f} % of the {int(got.sum()):,} people with the coupon bought, and {used:.2f} % used it"
    if got.all():
        return f"{said}; nobody was held out, so how many bought because of it cannot be known."
    lift, low, high = (100 * x for x in methods.difference(bought[got].sum(), got.sum(), bought[~got].sum(), (~got).sum()))
    return f"{said}; of those held out {100 * bought[~got].mean():.2f} % bought: the lift is {lift:.2f} points, and by chance alone anything from {low:.2f} to {high:.2f} fits."


def _nights(tables, account, money, floor):
    sold, came = len(tables["coupons"]), tables["past_coupons"]["came"]
    if not sold:
        return "No night coupon was sold."
    inns = tables["allotment"].groupby("inn")["coupons"].sum().reindex(tables["coupon_inns"]["inn"], fill_value=0)
    fewest = int(inns.min())
    lowered = (
        f" The floor of {floor} an inn could not be kept with these coupons and free rooms: some inns have {fewest or 'none'}."
        if fewest < floor
        else ""
    )
    return (
        f"{sold} night coupons were sold, {len(came)} found a room in {(inns > 0).sum()} of {len(inns)} inns, and {int(came.sum())} guests came; they "
        f"left the inns {number(account['coupon guests'])} {money}, and guests at full price who found no room would have left {number(abs(account['displaced guests']))}.{lowered}"
    )


def _stock(tables, money):
    stock, names = tables["stock"], tables["products"].set_index("product")["name"]
    gone = [names[p] for p in stock.loc[(stock["left"] == 0) & (stock["stock"] > 0), "product"]]
    end = f"sold out: {', '.join(gone)}" if gone else "nothing was sold out"
    return f"Of {stock['stock'].sum()} pieces of fresh goods {stock['left'].sum()} were left and brought a salvage of {number(stock['salvage'].sum())} {money}; {end}."


def _money(account, given, money, ended):
    spent = -sum(account[line] for line in account if line.startswith("desk") or line == "messages")
    more = account["result"] + spent
    end = (
        ""
        if ended is None
        else f" (used up on {pd.Timestamp(when(given, ended)):%A, %Y-%m-%d, at %H:%M}, when all that the desk paid for ended)"
    )
    return (
        f"Shops and inns had {number(abs(more))} {money} {'more' if more >= 0 else 'less'} than without the desk, after {number(abs(account['bought sooner']))} of purchases that only came "
        f"sooner; the desk spent {number(spent)} of {number(given['budget'])}{end}; the county {'gained' if account['result'] >= 0 else 'lost'} {number(abs(account['result']))}."
    )
