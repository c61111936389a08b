"""How much of a perishable to bring: a table of outcomes, its mean by stock, and the best stock.

The question is known as the newsvendor problem (Arrow, Harris & Marschak 1951): whoever brings too
much loses on what is left, whoever brings too little loses the sale. A day that sold out tells only
that at least so many were wanted; Kaplan & Meier (1958) share such days out to the demands that are as large or larger.
"""

import numpy as np
import pandas as pd

from coursekit.errors import Plain
from coursekit.methods.censored import _curve


def stock_outcomes(stocks, demand, brings, cost, salvage=0, *, instead=0):
    """What each stock would have left on each day, in yuan: one row a day, one column a stock.

    stocks: the stocks to compare, in pieces; demand: what was wanted on each day, in pieces. brings: what a
    piece sold brings, after freight and commission; cost: what a piece costs, sold or not; salvage: what a
    leftover still brings; instead: what somebody who finds none leaves all the same on average, such as by
    buying another fruit (all in yuan). The rows are named by the demand, in the order in which it came.

    >>> stock_outcomes([10, 20], [14, 26], 45, 23, 16)
    stock    10   20
    demand
    14      220  266
    26      220  440
    """
    stocks, days = _pieces(stocks, "stocks"), _pieces(demand, "demand")
    _money(brings, cost, salvage, instead)
    table = _left(stocks, days, brings, cost, salvage, instead)
    return pd.DataFrame(table, index=pd.Index(days, name="demand"), columns=pd.Index(stocks, name="stock"))


def demand_shares(sold, sold_out=None):
    """The share of days that want each number of pieces, when some days sold out and so wanted at least what they sold.

    sold: pieces sold, one a day; sold_out: True for a day on which none was left (None: no such day). Each
    sold-out day is shared out to the demands that are as large or larger, as the days that did not sell out
    tell how common these are. That is right when the stock of a day did not follow what was expected of that
    day, so give days of one kind. What nobody can tell, because no day with so much on hand is left, stands at the largest number
    sold and means: so many or more. Returns a Series by demand; its values add up to 1. Source: Kaplan &
    Meier (1958); statsmodels does the work.

    >>> demand_shares([8, 12, 15, 16, 20, 25], [False, True, False, True, False, False]).round(4).to_dict()
    {8: 0.1667, 15: 0.2083, 20: 0.3125, 25: 0.3125}
    """
    pieces = _pieces(sold, "sold")
    out = np.zeros(len(pieces), bool) if sold_out is None else np.asarray(sold_out)
    if out.shape != pieces.shape:
        raise Plain(f"sold has {len(pieces)} days and sold_out has {out.size}. Give both columns of the same rows.")
    if not set(out.tolist()) <= {True, False}:
        raise Plain("sold_out must say True or False for each day: True when none was left.")
    out = out.astype(bool)
    if out.all():
        raise Plain(
            "Every day was sold out, so nothing tells how much more was wanted. Give days on which something was left, too."
        )
    curve = _curve(pieces, ~out)
    share = pd.Series(-np.diff(curve.surv_prob, prepend=1), curve.surv_times, name="share")
    share = share[share > 1e-12]
    share.index = share.index.astype(pieces.dtype)
    rest = max(1 - share.sum(), 0)
    if rest > 1e-9:
        share.loc[pieces.max()] = share.get(pieces.max(), 0) + rest
    return share.rename_axis("demand")


def stock_profits(stocks, shares, brings, cost, salvage=0, *, instead=0):
    """What each stock leaves a day on average, in yuan: the profit of each demand times its share, added up.

    stocks: the stocks to compare; shares: the share of days by demand, as from `demand_shares`. A stock
    larger than any demand of shares is judged as if no day ever wanted more. The other arguments are those
    of `stock_outcomes`. Returns a Series by stock.

    >>> stock_profits([14, 20], pd.Series({14: 0.5, 26: 0.5}), 45, 23, 16).to_dict()
    {14: 308.0, 20: 353.0}
    """
    stocks, demand, weight = _pieces(stocks, "stocks"), *_distribution(shares)
    _money(brings, cost, salvage, instead)
    profits = weight @ _left(stocks, demand, brings, cost, salvage, instead)
    return pd.Series(profits, pd.Index(stocks, name="stock"), name="yuan a day")


def best_stock(shares, brings, cost, salvage=0, *, instead=0):
    """The stock that leaves most on average; the smaller one when two leave the same.

    The arguments are those of `stock_profits`. It is 0 when no piece pays, and never more than the largest
    demand in shares: what was never on hand nobody can judge.

    >>> best_stock(demand_shares([6, 9, 12, 14, 16, 18, 21, 24, 28, 32]), 45, 23, 16)
    24
    """
    demand, _ = _distribution(shares)
    _money(brings, cost, salvage, instead)
    if salvage >= cost:
        raise Plain(
            f"A leftover brings {salvage} yuan and costs {cost}, so every further piece seems to pay and there is no best stock. "
            "Check both numbers."
        )
    # Between two demands the mean changes along a straight line: its top lies at a demand, or at nothing.
    profits = stock_profits(np.unique([0, *demand]), shares, brings, cost, salvage, instead=instead).round(9)
    return profits.idxmax().item()


def _left(stocks, demand, brings, cost, salvage, instead):
    """Yuan by demand (rows) and stock (columns)."""
    sold = np.minimum(demand[:, None], stocks)
    return brings * sold + salvage * (stocks - sold) + instead * (demand[:, None] - sold) - cost * stocks


def _pieces(numbers, what):
    """A column of pieces as an array; a plain sentence when it is none."""
    try:
        found = np.atleast_1d(np.asarray(numbers))
        whole = found.astype(float)
    except (TypeError, ValueError):
        raise Plain(f"{what} must hold numbers of pieces, such as 18.") from None
    if found.ndim != 1 or not len(found):
        raise Plain(f"{what} must be a list or one column of a table, with at least one number.")
    if found.dtype == bool or not np.isfinite(whole).all() or (whole < 0).any():
        raise Plain(f"{what} must hold numbers from 0 up, with no empty place.")
    return whole.astype(int) if (whole == whole.round()).all() else whole


def _distribution(shares):
    if not isinstance(shares, pd.Series):
        raise Plain("shares must be the share of days by demand, such as methods.demand_shares(sold, sold_out) gives.")
    demand, weight = _pieces(shares.index, "the index of shares"), shares.to_numpy(float)
    if not (weight >= 0).all() or abs(weight.sum() - 1) > 1e-6:
        raise Plain(
            f"The shares add up to {weight.sum():.3g}; shares of days are 0 or more and add up to 1. "
            "For a plain column of demands, use methods.demand_shares(column) first."
        )
    return demand, weight


def _money(brings, cost, salvage, instead):
    for what, number in (("brings", brings), ("cost", cost), ("salvage", salvage), ("instead", instead)):
        if np.ndim(number) or isinstance(number, str) or number is None or number is Ellipsis or not np.isfinite(number):
            raise Plain(f"{what} must be one number of yuan, such as 45; choose one product.")
    for what, number in (("brings", brings), ("cost", cost)):
        if number < 0:
            raise Plain(f"{what} is {number}. It must be a number of yuan from 0 up.")
