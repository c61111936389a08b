"""Demonstration of the lesson on the arithmetic of an offer."""

import math

import numpy as np
import pandas as pd

from coursekit.charts import Lines, live, number
from coursekit.measures import break_even_uplift

DISCOUNTS = np.arange(0, 65, 5)  # percent of the list price
MOST = 400  # percent; what lies above is said, not drawn


def uplift_curve(discount=15.0, margin=35.0, commission=10.0):
    """By how many percent the pieces must rise, by discount: for the same money left, and for the same revenue.

    discount, margin: percent of the list price, the margin after commission; commission: percent of
    the price paid.

    >>> table, says = uplift_curve(15, 35, 10)
    >>> table.loc[15].round(1).to_list()
    [62.8, 17.6, 62.8]
    >>> says
    'A discount of 15 %, a margin of 35 %, a commission of 10 %: 62.8 % more pieces leave the same money; 17.6 % more bring the same revenue.'
    >>> uplift_curve(40, 35, 10)[1][-78:]
    'no number of pieces leaves the same money; 66.7 % more bring the same revenue.'
    """
    same_left = pd.Series(
        100 * break_even_uplift(DISCOUNTS / 100, np.full(len(DISCOUNTS), margin / 100), commission / 100), DISCOUNTS
    )
    same_revenue = pd.Series(100 * DISCOUNTS / (100 - DISCOUNTS), DISCOUNTS)
    mine, revenue = float(same_left[discount]), float(same_revenue[discount])
    drawn = same_left.where(same_left <= MOST)
    # Level from the left edge to the curve: at which height it is met.
    this = pd.Series(mine if mine <= MOST else np.nan, DISCOUNTS).where(DISCOUNTS <= discount)
    table = pd.DataFrame({
        "the same money left": drawn, "the same revenue": same_revenue, "this offer": this,
    }).rename_axis("discount in percent of the list price")  # fmt: skip
    enough = "no number of pieces leaves" if math.isinf(mine) else f"{_more(mine)} more pieces leave"
    return table, (
        f"A discount of {number(discount)} %, a margin of {number(margin)} %, a commission of {number(commission)} %: "
        f"{enough} the same money; {_more(revenue)} more bring the same revenue."
    )


def _more(percent):
    return f"{percent:,.1f} %"


def show_uplift_curve():
    """Demonstration: the thinner the margin, the steeper the way back, until no way leads back."""
    live(
        uplift_curve, title="How many more pieces an offer needs", unit="percent more pieces", limit=MOST, kind=Lines,
        discount=("discount, percent of the list price", 0, 60, 5, 15), margin=("margin, percent of the list price", 5, 70, 5, 35),
        commission=("commission, percent of the price paid", 0, 30, 5, 10),
    )  # fmt: skip
