"""Measures of a live show. Every function takes numbers or pandas Series and returns the same."""


def paid_sales(gmv, unpaid):
    """Sales that were paid, in the currency of gmv: GMV less orders never paid or cancelled before payment.

    >>> paid_sales(10_000, 1_200)
    8800
    """
    return gmv - unpaid


def net_sales(gmv, unpaid, refunded):
    """Sales that stay, in the currency of gmv: paid sales less what was refunded.

    >>> net_sales(10_000, 1_200, 2_300)
    6500
    """
    return paid_sales(gmv, unpaid) - refunded


def gpm(gmv, views):
    """Sales per thousand views (gross merchandise value per mille): 1000 × GMV / views.

    A viewer who opens the show three times makes three views, so GPM is at most the same
    figure per thousand viewers.

    >>> gpm(10_000, 250_000)
    40.0
    """
    return 1000 * gmv / views


def uv_value(gmv, viewers):
    """Sales per unique viewer (UV value), in the currency of gmv: GMV / viewers.

    >>> uv_value(9_000, 120_000)
    0.075
    """
    return gmv / viewers


def in_dollars(yuan, yuan_per_dollar):
    """An amount of yuan in dollars, at the rate of its own date: yuan / (yuan a dollar).

    >>> in_dollars(709, 7.09)
    100.0
    """
    return yuan / yuan_per_dollar


def break_even_returns(price, commission, cost, freight, freight_back, recovered, fee, commission_kept=False):
    """The share of orders that may come back before a show loses money.

    For one order, in yuan: price; commission as a share of it; cost of the goods; freight out and
    freight_back; recovered: the part of the cost saved on a return; fee: fixed fees an order. The
    commission is given back for returns unless commission_kept. A result below zero: the show loses
    money even without a return. With F fees, h and b freight, s recovered:
    (P(1-k) - c - h - F) / (P(1-k) - c + b + (1-s)c), or with P in place of P(1-k) below the line.

    >>> break_even_returns(100, 0.2, 40, 6, 8, 0.5, 10), round(break_even_returns(100, 0.2, 40, 6, 8, 0.5, 10, True), 2)
    (0.35294117647058826, 0.27)
    """
    left = price * (1 - commission) - cost - freight - fee
    lost = (price if commission_kept else price * (1 - commission)) - cost + freight_back + (1 - recovered) * cost
    return left / lost
