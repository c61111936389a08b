"""How sure is a rate: intervals for one rate, for a difference, and for rates that come in groups."""

import numpy as np

from coursekit.errors import Plain


def wilson(hits, count, level=0.95):
    """The rate and its Wilson interval: hits of count, each independent of the others.

    Returns rate, low, high. Source: Wilson (1927); statsmodels does the work.

    >>> [round(x, 4) for x in wilson(27, 4000)]
    [0.0067, 0.0046, 0.0098]
    """
    from statsmodels.stats.proportion import proportion_confint

    _counts(hits, count)
    low, high = proportion_confint(hits, count, alpha=1 - level, method="wilson")
    return hits / count, float(low), float(high)


def difference(hits_new, count_new, hits_old, count_old, level=0.95):
    """How much higher the new rate is than the old, with Newcombe's interval.

    Returns difference, low, high, as shares. Source: Newcombe (1998), method 10; statsmodels.

    >>> [round(1000 * x, 2) for x in difference(121, 12000, 79, 12000)]
    [3.5, 1.2, 5.84]
    """
    from statsmodels.stats.proportion import confint_proportions_2indep

    _counts(hits_new, count_new)
    _counts(hits_old, count_old)
    low, high = confint_proportions_2indep(hits_new, count_new, hits_old, count_old, method="newcomb", alpha=1 - level)
    return hits_new / count_new - hits_old / count_old, float(low), float(high)


def _counts(hits, count):
    """Stop when these are no hits of a count."""
    if np.ndim(hits) or np.ndim(count) or not 0 <= hits <= count or count == 0:
        one = "a whole column" if np.ndim(hits) or np.ndim(count) else f"{hits} of {count}"
        raise Plain(f"{one} came; two numbers are expected: how many did it, then how many there were, such as 27 of 4000.")


def ratio_of_sums(parts, wholes, rounds=1000, level=0.95, seed=0):
    """The sum of the parts by the sum of the wholes, with an interval that takes each pair as one.

    parts, wholes: one number a group, such as orders and viewers of each show. People of one show
    have the same evening, so the shows are drawn again, not the people (bootstrap over groups,
    Davison & Hinkley 1997; intervals by the studentized ratio). Returns ratio, low, high.

    >>> [round(x, 3) for x in ratio_of_sums([2, 9, 4, 5, 1, 7], [300, 900, 350, 800, 90, 640])]
    [0.009, 0.003, 0.012]
    """
    parts, wholes = np.asarray(parts, float), np.asarray(wholes, float)
    if parts.ndim != 1 or parts.shape != wholes.shape or len(parts) < 2:
        raise Plain(
            "ratio_of_sums wants two columns of the same length, one number a group, such as the orders and the viewers of each show."
        )
    drawn = np.random.default_rng(seed).integers(0, len(parts), (rounds, len(parts)))
    ratio, spread = _ratio(parts, wholes)
    ratios, spreads = _ratio(parts[drawn], wholes[drawn])
    tail = (1 - level) / 2
    low, high = np.quantile((ratios - ratio) / spreads, [1 - tail, tail])
    return float(ratio), float(ratio - low * spread), float(ratio - high * spread)


def _ratio(parts, wholes):
    """A ratio of sums and its standard error, along the last axis."""
    ratio = parts.sum(axis=-1) / wholes.sum(axis=-1)
    left = parts - ratio[..., None] * wholes
    spread = np.sqrt((left**2).sum(axis=-1)) / wholes.sum(axis=-1)
    return ratio, np.maximum(spread, 1e-12)
