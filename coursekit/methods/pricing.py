"""What a night leaves at each rate: the table of outcomes behind a rate card."""

import numpy as np
import pandas as pd

from coursekit.errors import Plain


def rate_table(rates, demand, *, at, elasticity, cost, commission=0.0, rooms=None):
    """What a night is expected to sell and to leave at each rate, as a table by rate.

    rates: the rates to try, in yuan. demand: room nights asked for on average at the rate `at`, whether
    or not there is a room: one number, or one for each of many like nights, of which the mean is taken.
    elasticity: by how many percent demand changes with one percent of the rate, such as -1.8; at
    another rate demand is demand · (rate / at) ** elasticity. cost: what one room night sold costs more
    than an empty one. commission: the part of the rate that the platform keeps. rooms: rooms there are,
    one number or one a night; None when they never run out.

    How many ask on one night varies by chance around the demand (Poisson), so that a night may be full
    although on average there is room. Returns the columns asked, sold (both in room nights), each (what
    one room night sold leaves, in yuan) and margin (sold · each). Source: the expected value of the
    smaller of a Poisson number and a limit; scipy does the work.

    >>> rate_table([200, 300], 3.0, at=200, elasticity=-2, cost=90, commission=0.1).round(2)
          asked  sold   each  margin
    rate
    200    3.00  3.00   90.0   270.0
    300    1.33  1.33  180.0   240.0
    >>> rate_table([200, 300], 12.0, at=200, elasticity=-2, cost=90, commission=0.1, rooms=5)["sold"].round(2).to_list()
    [4.99, 4.26]
    """
    from scipy.special import pdtr

    rates = np.asarray(list(rates) if isinstance(rates, range) else rates)
    demand = np.atleast_1d(np.asarray(demand, float))
    _plausible(rates, demand, at, elasticity, cost, commission)
    asked = demand * (np.atleast_1d(rates)[:, None] / at) ** elasticity
    sold = asked
    if rooms is not None:
        limit = np.broadcast_to(np.asarray(rooms, float), demand.shape)
        if not (limit >= 0).all() or (limit != np.floor(limit)).any():
            raise Plain(f"rooms is {rooms}; a whole number of rooms is expected, such as rooms=6.")
        # The smaller of D and n is D below n, and n from there on; D · P(D) is asked · P(D - 1). No room, nobody.
        below = np.where(limit > 1, pdtr(np.maximum(limit - 2, 0), asked), 0)
        sold = asked * below + limit * (1 - np.where(limit > 0, pdtr(np.maximum(limit - 1, 0), asked), 0))
    table = pd.DataFrame(
        {"asked": asked.mean(axis=1), "sold": sold.mean(axis=1)}, index=pd.Index(np.atleast_1d(rates), name="rate")
    )
    table["each"] = np.atleast_1d(rates) * (1 - commission) - cost
    return table.assign(margin=table["sold"] * table["each"])


def _plausible(rates, demand, at, elasticity, cost, commission):
    """Stop at numbers that cannot be meant."""
    if rates.size == 0 or not (rates > 0).all() or not at > 0:
        raise Plain(
            "A rate of 0 or less came, or none at all; rates in yuan are expected, such as range(208, 508, 10), and at=328."
        )
    if demand.size == 0 or not (demand >= 0).all():
        raise Plain(
            "The demand has no night, an empty place or a number below 0; room nights asked for are expected, such as 3.2."
        )
    if not elasticity < 0:
        raise Plain(f"elasticity is {elasticity}; a number below 0 is expected, such as -1.8: dearer rooms are asked for less.")
    if not 0 <= commission < 1:
        raise Plain(f"commission is {commission}; a share is expected, such as 0.15 for 15 %.")
    if not cost >= 0:
        raise Plain(f"cost is {cost}; what one room night sold costs is expected, in yuan, such as 114.")
