"""Demonstration of module C: what a star adds when it takes from its substitutes."""

import pandas as pd

from coursekit.charts import live, number

SELLS, OTHERS_LEAVE = 2.34, 31  # pieces of the star for a thousand viewers; yuan that a piece of a substitute leaves


def star_net(left=55.0, taken=55.0):
    """Yuan for a thousand viewers: what a star brings, what its substitutes lose, and what is gained on balance.

    left: yuan that a piece of the star leaves; taken: of 100 pieces of the star, those taken from substitutes. The
    star sells 2.34 pieces, and a piece of a substitute leaves 31 yuan, as in the lesson.

    >>> star_net(15, 50)[0].round(2).to_list()
    [35.1, 36.27, -1.17]
    >>> star_net(15, 45)[1][-32:]
    'On balance 2.46 yuan are gained.'
    """
    brings, lost = SELLS * left, SELLS * taken / 100 * OTHERS_LEAVE
    gain = round(brings - lost, 6)
    values = pd.Series([brings, lost, gain], index=["the star brings", "the others lose", "gained on balance"]).round(6)
    end = f"{gain:.2f} yuan are gained" if gain > 0 else f"{-gain:.2f} yuan are lost" if gain < 0 else "nothing is gained"
    return values, (
        f"The star leaves {number(left)} yuan a piece and brings {brings:.2f} yuan. Of 100 of its pieces {number(taken)} "
        f"are taken from substitutes, which lose {lost:.2f} yuan. On balance {end}."
    )


def show_star_net():
    """Demonstration: a star on offer that takes from dearer goods can cost more than it brings."""
    live(
        star_net, title="A star and those it takes from", unit="yuan for a thousand viewers", limit=190,
        left=("a piece of the star leaves, yuan", 0, 80, 5, 55), taken=("taken from others, of 100 pieces", 0, 120, 5, 55),
    )  # fmt: skip
