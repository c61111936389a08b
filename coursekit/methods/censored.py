"""Numbers that were cut off: a visit that outlasts the show, a demand that outlasts the stock."""

import numpy as np


def share_beyond(values, ended, at, level=0.95):
    """The share of values beyond a point, when some are known only to be at least what was seen.

    values: such as seconds watched or pieces sold; ended: False where the true value is larger or
    equal (still watching, sold out). Returns share, low, high. Source: Kaplan & Meier (1958);
    statsmodels does the work.

    >>> [round(x, 2) for x in share_beyond([10, 20, 30, 40, 40, 15], [True, True, True, False, False, True], 25)]
    [0.5, 0.1, 0.9]
    """
    curve = _curve(values, ended)
    place = np.searchsorted(curve.surv_times, at, side="right") - 1
    if place < 0:
        return 1.0, 1.0, 1.0
    from scipy.stats import norm

    share, spread = curve.surv_prob[place], curve.surv_prob_se[place]
    wide = norm.ppf(0.5 + level / 2) * spread
    return float(share), float(max(share - wide, 0)), float(min(share + wide, 1))


def quantile(values, ended, part, level=0.95):
    """The value below which a part of the true values lie; see `share_beyond`. Not a number when so large a value was never seen to its end.

    Returns quantile, low, high. Source: Brookmeyer & Crowley (1982); statsmodels does the work.

    >>> quantile([3, 5, 6, 6, 7, 8, 9, 9, 9, 12], [True] * 6 + [False, False, True, True], 0.5)
    (8.0, 3.0, 12.0)
    """
    curve = _curve(values, ended)
    with np.errstate(all="ignore"):  # the ends of the curve have no logarithm
        low, high = curve.quantile_ci(part, alpha=1 - level)
    return float(curve.quantile(part)), float(low), float(high)


def _curve(values, ended):
    from statsmodels.duration.survfunc import SurvfuncRight

    ended = np.asarray(ended, bool)
    # What was cut off at a value may have ended there exactly: it leaves just before.
    return SurvfuncRight(np.asarray(values, float) - np.where(ended, 0, 1e-9), ended.astype(int))
