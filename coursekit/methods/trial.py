"""Planning a test and looking at its split before its result."""

import math

from coursekit.errors import Plain


def people_needed(rate, lift, *, power=0.8, level=0.95):
    """How many people each side of a test needs to see a lift, most of the time.

    rate: the share that does it without the change; lift: by what part of it the change adds, 0.2 is
    20 % more. power: how often such a lift is found when it is there; level: of the interval. Two
    sides of the same size. Source: the normal approximation (Fleiss, Levin & Paik 2003).

    >>> people_needed(0.007, 0.2), people_needed(0.007, 0.5)
    (61191, 11111)
    """
    from scipy.stats import norm

    if not (0 < rate < 1 and lift > 0 and rate * (1 + lift) < 1 and 0 < power < 1):
        raise Plain(
            f"rate is {rate}, lift {lift} and power {power}; shares are expected: 0.007 for 7 of 1,000, a lift of 0.2 for 20 % more, "
            "a power of 0.8 for 80 of 100 tests."
        )
    new = rate * (1 + lift)
    wide = norm.ppf(0.5 + level / 2) + norm.ppf(power)
    return math.ceil(wide**2 * (rate * (1 - rate) + new * (1 - new)) / (new - rate) ** 2)


def split_is_fair(count_new, count_old):
    """The chance that a fair coin splits people at least as unevenly as this.

    A chance below 0.001 says that people were lost on one side: a sample-ratio mismatch. Then the
    result must not be read. Source: the exact binomial test; scipy does the work.

    >>> round(split_is_fair(11_969, 12_031), 2), split_is_fair(11_500, 12_500) < 0.001
    (0.69, True)
    """
    from scipy.stats import binomtest

    return float(binomtest(int(count_new), int(count_new) + int(count_old)).pvalue)
