"""Demonstrations of module Start."""

import pandas as pd

from coursekit.charts import live, number
from coursekit.data import load


def up_and_down(price=100.0, up=25.0, down=25.0):
    """A price that goes up by one percentage and down by another, step by step.

    >>> up_and_down(100, 25, 20)[0].to_list()
    [100.0, 125.0, 100.0]
    """
    raised = price * (1 + up / 100)
    cut = raised * (1 - down / 100)
    values = pd.Series([price, raised, cut], index=["at the start", "after the rise", "after the cut"], dtype=float)
    return values, (
        f"The price starts at {number(price)} yuan, rises by {number(up)} % to {number(raised)} yuan, "
        f"and is cut by {number(down)} % to {number(cut)} yuan."
    )


def show_up_and_down():
    """Demonstration: a percentage is a part of what it is taken from."""
    live(
        up_and_down, title="A rise and a cut of the same percentage do not cancel", unit="yuan", limit=220,
        up=("rise in percent", 0, 100, 5, 25), down=("cut in percent", 0, 100, 5, 25),
    )  # fmt: skip


def smallest_order(at_least=1.0):
    """Pieces of each product of the practice shop, in the orders of at least so many pieces.

    >>> smallest_order(4)[0].to_list(), int(smallest_order(1)[0].sum())
    ([0, 4, 0, 0, 0, 0], 93)
    """
    shop = load("shop")
    stay = shop[shop["quantity"] >= at_least]
    everything = shop.groupby("product")["quantity"].sum().sort_values(ascending=False, kind="stable")
    values = stay.groupby("product")["quantity"].sum().reindex(everything.index, fill_value=0)
    best = values[values == values.max()]
    orders = "1 order holds" if len(stay) == 1 else f"{len(stay)} orders hold"
    return values, (
        f"{orders} at least {number(at_least)} {'piece' if at_least == 1 else 'pieces'}, {number(values.sum())} pieces together. "
        f"Most pieces: {', '.join(best.index)}, {number(best.iloc[0])}{' each' if len(best) > 1 else ''}."
    )


def show_smallest_order():
    """Demonstration: a question put to every row; only the rows that answer True stay."""
    live(
        smallest_order, title="Pieces in the orders that stay", unit="pieces", limit=21,
        at_least=("smallest number of pieces in an order", 1, 4, 1, 3),
    )  # fmt: skip
