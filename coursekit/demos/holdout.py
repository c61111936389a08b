"""Demonstration of module C: the same coupon, tried by many lotteries."""

import functools

import numpy as np
import pandas as pd

from coursekit.charts import Ranges, live, number

PEOPLE, USUAL, LOTTERIES, SHOWN = 20_000, 0.01, 200, 5


@functools.cache
def _luck():
    """How lucky each lottery is, in the arm with the coupon and in the holdout, drawn once."""
    return np.random.default_rng(5).random((2, LOTTERIES))


def many_lotteries(held_out=1000.0, lift=50.0):
    """The interval of the difference in the first of 200 lotteries of one coupon, and what the others say.

    held_out: people without a coupon, of 20,000, of whom 1 % buy; lift: by how many percent more of
    those with a coupon buy. The luck of every lottery is drawn once, so that only the controls change.

    >>> many_lotteries(1000, 50)[0].to_numpy().tolist()[:2]
    [[0.97, 0.25, 1.35], [0.08, -0.9, 0.7]]
    """
    from scipy.stats import binom
    from statsmodels.stats.proportion import confint_proportions_2indep

    held, given, rate = int(held_out), PEOPLE - int(held_out), USUAL * (1 + lift / 100)
    with_it, without = binom.ppf(_luck()[0], given, rate), binom.ppf(_luck()[1], held, USUAL)
    # As methods.difference does it, for all lotteries at once.
    low, high = confint_proportions_2indep(with_it, given, without, held, method="newcomb")
    rows = 100 * pd.DataFrame({"value": with_it / given - without / held, "low": low, "high": high})
    table = rows.head(SHOWN).round(2).set_axis([f"lottery {i + 1}" for i in range(SHOWN)])
    planted = 100 * (rate - USUAL)
    sees, holds = int((rows["low"] > 0).sum()), int(rows["low"].le(planted).mul(rows["high"].ge(planted)).sum())
    return table, (
        f"{number(held)} people are held out, {number(given)} get a coupon. It lifts buying by {number(lift)} %, that is by "
        f"{number(round(planted, 6))} percentage points. In {sees} of {LOTTERIES} lotteries the whole interval lies above zero. "
        f"In {holds} of {LOTTERIES} the interval holds the true difference."
    )


class Lotteries(Ranges):
    """Intervals on one scale for every position of the controls: they can be compared, and only they are drawn again."""

    def move(self, table):
        super().move(table)
        self.axes.set_xlim(-2.6, 2.8)


def show_many_lotteries():
    """Demonstration: how many people must be held out, before most lotteries see what the coupon does."""
    live(
        many_lotteries, title="Five lotteries of the same coupon, 20,000 people", limit=2.7, kind=Lotteries,
        unit="more buyers with the coupon, percentage points",
        held_out=("people held out", 500, 10_000, 500, 1000), lift=("the coupon lifts buying by percent", 0, 150, 10, 50),
    )  # fmt: skip
