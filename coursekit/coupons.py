"""What `bring` makes of a platform's coupons: one row an order or a coupon, who bore it, and every step told.

What the file does not say is made from what it says, or left out; nothing is made up. Who bears a coupon is
taken as the file says it: a platform that does not say so leaves both columns away.
"""

import numpy as np
import pandas as pd

from coursekit.headers import COUPONS
from coursekit.reading import places, plain

TOTALS = ["合计", "总计", "小计", "total", "totals", "sum", "suma", "totales"]  # in place of an order's number
CENT = 0.011  # amounts that differ by less are the same


def completed(table, said, first):
    """The coupons with what follows from other columns. first: the line of the file that holds row 0."""

    def tell(which, sentence):
        """Say a sentence when it is true of some rows; {} in it becomes their number and their lines."""
        rows = list(which.index[which.fillna(False).astype(bool)])
        if rows:
            said.append(sentence.format(f"{len(rows)} row{'s' if len(rows) > 1 else ''} ({places(rows, first)})"))

    table = _without_sums(table, tell)
    table = _with_status(table, said)
    table = _with_amounts(table, said, tell)
    table = _with_payers(table, said, tell)
    if "order" in table:
        again = table["order"].duplicated(keep=False) & (table["order"] != "")
        tell(
            again,
            "order: the number of {} stands in another line, too; each line is taken as one coupon, so do not add its amount twice.",
        )
    return table[[name for name in COUPONS if name in table]].reset_index(drop=True)


def _without_sums(table, tell):
    """Rows that are neither an order nor a coupon, such as the sum at the end, are left out."""
    total = table["order"].map(plain).isin(TOTALS) if "order" in table else pd.Series(False, index=table.index)
    tell(total, "Left out, because {} holds a sum.")
    empty = ~_says(table, "order", "date", "issued", "status") & ~total
    tell(empty, "Left out, because neither an order, a day nor a status stands in {}.")
    return table[~(empty | total)]


def _says(table, *names):
    """True where a row has something in one of these columns; everywhere, when the table has none of them."""
    there = [table[name].notna() & (table[name].astype("str").str.strip() != "") for name in names if name in table]
    return pd.concat(there, axis=1).any(axis=1) if there else pd.Series(True, index=table.index)


def _with_status(table, said):
    """Where no status stands: an order from which money was taken off used a coupon; a coupon without an order is unused."""
    status = table["status"] if "status" in table else pd.Series("", index=table.index)
    off = [table[name].abs() > 0 for name in ("coupon", "shop_pays", "platform_pays") if name in table]
    off = pd.concat(off, axis=1).any(axis=1) if off else True
    guess = np.where(~_says(table, "order", "date"), "unused", np.where(off, "used", "no coupon"))
    if "status" not in table:
        said.append("status: there is no such column; an order from which something was taken off is taken as one with a coupon.")
    return table.assign(status=status.mask(status == "", pd.Series(guess, index=table.index)).astype("str"))


def _with_amounts(table, said, tell):
    """before, amount and coupon: of three the third; a face value stands in for a coupon that was used."""
    has, idle = set(table.columns), table["status"].isin(["unused", "expired", "no coupon"])
    if "coupon" not in has:
        if {"shop_pays", "platform_pays"} <= has:
            table["coupon"] = table["shop_pays"].fillna(0) + table["platform_pays"].fillna(0)
            said.append("coupon: what the shop and the platform bear together.")
        elif {"before", "amount"} <= has:
            table["coupon"] = table["before"] - table["amount"]
            said.append("coupon: the order before the coupon less what the buyer paid.")
        elif "yuan_off" in has:
            table["coupon"] = table["yuan_off"]
            said.append("coupon: there is no column for what was taken off, so the face value was taken for the used ones.")
        else:
            said.append("coupon: the file does not say what was taken off.")
            return table
    tell(table["coupon"] < 0, "coupon: below zero in {}, taken without the minus sign.")
    table["coupon"] = table["coupon"].abs()
    tell(idle & (table["coupon"] > 0), "coupon: 0 in {}, for a coupon that was not used took nothing off.")
    table["coupon"] = table["coupon"].mask(idle, 0.0)
    if "before" in has and "amount" not in has:
        table["amount"] = table["before"] - table["coupon"]
        said.append("amount: the order before the coupon less what was taken off.")
    elif "amount" in has and "before" not in has:
        table["before"] = table["amount"] + table["coupon"]
        said.append("before: what the buyer paid and what was taken off together.")
    elif "before" in has:
        odd = (table["before"] - table["coupon"] - table["amount"]).abs() > CENT
        tell(odd & ~idle, "amount: before less coupon is not what was paid, in {}; perhaps freight or another offer is in it.")
    return table


def _with_payers(table, said, tell):
    """Who bears the coupon: of shop and platform the one that is missing is the rest."""
    for one, other in (("shop_pays", "platform_pays"), ("platform_pays", "shop_pays")):
        if one in table and other not in table and "coupon" in table:
            table[one] = table[one].abs().where(table["coupon"] > 0, 0.0)
            table[other] = (table["coupon"] - table[one]).clip(lower=0).round(2)
            said.append(f"{other}: what was taken off less what the other side bears.")
            break
    if "shop_pays" not in table:
        said.append("shop_pays, platform_pays: the file does not say who bears the coupon; your contract does.")
    elif "coupon" in table:
        for name in ("shop_pays", "platform_pays"):
            table[name] = table[name].abs().where(table["coupon"] > 0, 0.0)
        odd = (table["shop_pays"] + table["platform_pays"] - table["coupon"]).abs() > CENT
        tell(odd, "shop_pays, platform_pays: together not what was taken off, in {}.")
    return table
