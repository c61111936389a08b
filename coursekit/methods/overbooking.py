"""How many rooms to sell beyond those there are."""

import numpy as np


def night_margin(limit, rooms, show, price, walk_cost):
    """What a night sold up to a limit is expected to leave, in yuan.

    limit: bookings taken; rooms: rooms there are; show: the share of bookings that come; price: what a
    guest who stays leaves; walk_cost: what a guest who comes to a full house costs. Bookings come or
    not independently of each other (binomial). A no-show pays nothing.

    >>> round(night_margin(5, 5, 0.95, 280, 560), 1), round(night_margin(6, 5, 0.95, 280, 560), 1)
    (1330.0, 978.5)
    """
    from scipy.stats import binom

    come = np.arange(limit + 1)
    chance = binom.pmf(come, limit, show)
    return float((chance * (price * np.minimum(come, rooms) - walk_cost * np.maximum(come - rooms, 0))).sum())


def best_limit(rooms, show, price, walk_cost):
    """The number of bookings to take for a night, by trying one after the other.

    One more is worth it while the chance that it is not walked is worth more than the walk.

    >>> [best_limit(n, 0.95, 280, 280) for n in (5, 10, 100)]
    [5, 10, 105]
    """
    limits = np.arange(rooms, 2 * rooms + 2)
    return int(limits[np.argmax([night_margin(k, rooms, show, price, walk_cost) for k in limits])])
