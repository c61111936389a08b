"""Measures of an offer. Every function takes numbers, arrays or pandas Series and returns the same."""

import numpy as np
import pandas as pd

from coursekit.errors import Plain


def break_even_uplift(discount, margin, commission=0):
    """By what share the pieces must rise so that an offer leaves as much money as no offer.

    discount, margin: shares of the list price; margin: what is left of it at the list price, after
    the goods, freight and the commission. commission: the share of the price paid that the platform
    keeps, so that it falls with the price. With discount d, margin m, commission k: d(1-k) / (m - d(1-k)), and
    d / (m - d) without commission. math.inf when a piece sold with the offer leaves nothing: then no
    number of pieces is enough. Of a discount that another pays in part, give the shop's part only.
    Raises a plain sentence for percentages in place of shares, or a margin that is not above zero.

    >>> round(break_even_uplift(0.15, 0.35, 0.1), 3), break_even_uplift(0.2, 0.4), break_even_uplift(0.4, 0.35, 0.1)
    (0.628, 1.0, inf)
    """
    d, m, k = (np.asarray(x, dtype=float) for x in (discount, margin, commission))
    for name, x in (("discount", d), ("margin", m), ("commission", k)):
        wrong = x[(x < 0) | (x > 1)]
        if wrong.size:
            raise Plain(f"The {name} is a share, between 0 and 1, for instance 0.15 for 15 %; {wrong[0]:g} was given.")
    if (m == 0).any():
        raise Plain("A margin of 0 leaves nothing even without an offer; the margin must be above 0.")
    given = d * (1 - k)
    left = m - given
    # A margin and a discount that are equal on paper may differ in the last bit.
    nothing = left <= 1e-12
    found = np.where(nothing, np.inf, given / np.where(nothing, 1, left))
    for like in (discount, margin, commission):
        if isinstance(like, pd.Series):
            return pd.Series(found, like.index)
    return found if found.ndim else float(found)
