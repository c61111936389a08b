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
