"""Measures of an inn. Every function takes numbers or pandas Series and returns the same."""

import numpy as np

from coursekit.errors import Plain


def adr(revenue, nights):
    """Average daily rate, in the currency of revenue: room revenue / room nights sold.

    >>> adr(9_000, 30)
    300.0
    """
    return revenue / nights


def net_adr(revenue, nights, commission):
    """ADR after the platform's commission: revenue × (1 − commission) / room nights sold.

    commission: as a share of revenue.

    >>> net_adr(9_000, 30, 0.15)
    255.0
    """
    return revenue * (1 - commission) / nights


def occupancy(nights, available):
    """Share of the rooms that could be sold which were: room nights sold / room nights available.

    A room that is closed, for repair or for the family, is not available.

    >>> occupancy(90, 120)
    0.75
    """
    return nights / available


def revpar(revenue, available):
    """Revenue per available room night: revenue / room nights available, which is ADR × occupancy.

    >>> revpar(27_000, 120), adr(27_000, 90) * occupancy(90, 120)
    (225.0, 225.0)
    """
    return revenue / available


def elasticity(price, new_price, demand, new_demand):
    """By how many percent demand changes with one percent of price, between two prices.

    Both changes are taken in percent of the middle of the two values, so that it does not matter
    which of the two comes first (the arc elasticity of Allen, 1934). demand: guests, bookings or room
    nights at the two prices, counted alike. Raises a plain sentence when the two prices are the same.

    >>> round(elasticity(270, 330, 115, 85), 3), round(elasticity(330, 270, 85, 115), 3)
    (-1.5, -1.5)
    """
    if np.any(np.asarray(price) == np.asarray(new_price)):
        raise Plain("Both prices are the same; an elasticity needs two prices that differ.")
    return _of_the_middle(demand, new_demand) / _of_the_middle(price, new_price)


def _of_the_middle(first, second):
    """The change from the first to the second, as a share of the middle of the two."""
    return (second - first) / ((first + second) / 2)
