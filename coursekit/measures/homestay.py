"""Measures of an inn. Every function takes numbers or pandas Series and returns the same."""


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
