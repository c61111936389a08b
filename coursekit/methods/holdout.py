"""Reading a holdout: what an extra order cost, and how much more a person paid."""

import numpy as np

from coursekit.errors import Plain
from coursekit.methods.intervals import difference


def cost_per_extra(cost, hits_new, count_new, hits_old, count_old, level=0.95):
    """What each extra order cost: those that would not have come without the coupon.

    cost: yuan, all that the coupons cost, whoever redeemed them. hits_new of count_new people with a
    coupon bought, hits_old of count_old without one, everybody in the arm the lottery chose. Returns
    cost of an extra order, low, high, in yuan: the cost divided by the extra orders, which are the
    difference of the two shares times the people with a coupon. The ends come from the ends of
    Newcombe's interval of that difference (`difference`); the cost is taken as counted. Where the
    difference may be zero or less, no cost is high enough: then high is inf, and so is a cost
    without any extra order.

    >>> [round(x, 2) for x in cost_per_extra(900, 250, 10_000, 100, 10_000)]
    [6.0, 4.81, 7.89]
    >>> [round(x, 2) for x in cost_per_extra(90, 12, 500, 8, 500)]
    [22.5, 6.63, inf]
    """
    if np.ndim(cost) or not 0 <= cost < np.inf:
        came = "a whole column" if np.ndim(cost) else cost
        raise Plain(f"cost is {came}; one number of yuan is expected, 0 or more: all that the coupons cost together.")
    more, low, high = difference(hits_new, count_new, hits_old, count_old, level)
    return tuple(float(cost / (x * count_new)) if x > 0 else np.inf for x in (more, high, low))


def mean_difference(new, old, level=0.95):
    """How much higher the mean of the new group is than that of the old, with Welch's interval.

    new, old: one number a person, such as the yuan each paid, 0 for who bought nothing; people are
    independent of each other. Returns difference, low, high, in the unit of the numbers. Source:
    Welch (1947); scipy does the work.

    >>> [round(x, 2) for x in mean_difference([0, 0, 90, 0, 120, 0], [0, 60, 0, 0, 0, 0])]
    [25.0, -33.32, 83.32]
    """
    from scipy.stats import ttest_ind

    new, old = (np.asarray(x) for x in (new, old))
    if any(x.ndim != 1 or len(x) < 2 or x.dtype.kind not in "biuf" for x in (new, old)):
        raise Plain(
            "Two columns of numbers are expected, one number a person: first the new group, then the old. Give each as a column."
        )
    new, old = new.astype(float), old.astype(float)
    if not (np.isfinite(new).all() and np.isfinite(old).all()):
        raise Plain(
            "Some people have no number; a mean needs one for everybody. Who bought nothing paid 0: write fillna(0) behind the column."
        )
    more = float(new.mean() - old.mean())
    if new.std() == old.std() == 0:
        return more, more, more
    found = ttest_ind(new, old, equal_var=False).confidence_interval(level)
    return more, float(found.low), float(found.high)
