"""The live demonstrations of the lessons, one function each: move a control, see the idea.

Each has a plain calculation that can be tried without any widget.
"""

import pandas as pd

from coursekit.charts import live, number
from coursekit.measures import net_sales, paid_sales


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


def headline_to_net(gmv=10_000.0, unpaid=10.0, returned=20.0):
    """What is left of a headline when some orders are not paid and some goods come back.

    unpaid: percent of GMV never paid. returned: percent of the paid sales refunded.

    >>> headline_to_net(10_000, 10, 20)[0].to_list()
    [10000.0, 9000.0, 7200.0]
    """
    lost = gmv * unpaid / 100
    refunded = paid_sales(gmv, lost) * returned / 100
    kept = net_sales(gmv, lost, refunded)
    values = pd.Series([gmv, paid_sales(gmv, lost), kept], index=["GMV (ordered)", "paid", "net (kept)"], dtype=float)
    return values, (
        f"Of {number(gmv)} yuan ordered, {number(values['paid'])} yuan are paid and "
        f"{number(kept)} yuan are kept: {number(100 * kept / gmv)} % of the headline."
    )


def show_headline_to_net():
    """Demonstration: the same show as GMV, paid sales and net sales."""
    live(
        headline_to_net, title="One show, three sales figures", unit="yuan", limit=10_000,
        unpaid=("not paid, percent of GMV", 0, 60, 5, 10), returned=("returned, percent of paid", 0, 60, 5, 20),
    )  # fmt: skip
