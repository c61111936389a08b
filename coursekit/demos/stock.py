"""Demonstration of the best stock."""

import pandas as pd

from coursekit.charts import Lines, live, number
from coursekit.methods import best_stock, demand_shares, stock_profits

TEN_DAYS = [6, 9, 12, 14, 16, 18, 21, 24, 28, 32]  # boxes wanted, as in the lesson; 18 on average


def best_of_ten_days(salvage=16.0, cost=23.0):
    """What each stock of plums would have left on the ten days of the lesson, in yuan a day, and the best stock.

    salvage: yuan for a box that is left over; cost: yuan for a box. A box sold brings 45 yuan. Where a stock
    would lose money the curve is not drawn, so that the scale stays.

    >>> [int(best_of_ten_days(s)[0]["best stock"].idxmax()) for s in (0, 16, 21)]
    [16, 24, 32]
    >>> best_of_ten_days(16, 31)[1].split('. ')[-2]
    'Best are 16 boxes: they leave 157 yuan a day'
    """
    shares = demand_shares(TEN_DAYS)
    left = stock_profits(range(41), shares, 45, cost, salvage).round(6)
    best = best_stock(shares, 45, cost, salvage)
    drawn = left.where(left >= 0)
    curve = pd.DataFrame({"mean of ten days": drawn, "best stock": drawn.where(left.index == best)}).rename_axis(
        "boxes in the morning"
    )
    return curve, (
        f"A box sold leaves {number(45 - cost)} yuan, a box left over loses {number(cost - salvage)}. "
        f"Best are {best} boxes: they leave {number(round(left[best]))} yuan a day. Bringing the mean, 18, leaves {number(round(left[18]))}."
    )


def show_best_of_ten_days():
    """Demonstration: the dearer a leftover, the fewer boxes to bring; the mean has nothing to do with it."""
    live(
        best_of_ten_days, title="What a day leaves, by the boxes in the morning", unit="yuan a day", limit=460, kind=Lines,
        salvage=("a box left over still brings, in yuan", 0, 22, 1, 16), cost=("a box costs, in yuan", 23, 45, 1, 23),
    )  # fmt: skip
