"""Numbers that a person gives a room: taken when they can be, refused in a plain sentence otherwise."""

import math

import numpy as np

from coursekit.errors import Plain


def between(value, what, unit, low, high):
    """A number between two others, as a float; a plain sentence for anything else.

    >>> between("12", "The price", "yuan", 1, 100)
    Traceback (most recent call last):
    coursekit.errors.Plain: The price is '12'; a number from 1 to 100 yuan is expected.
    """
    try:
        number = math.nan if isinstance(value, (bool, str, bytes, np.bool_)) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = math.nan
    if not low <= number <= high:
        raise Plain(f"{what} is {value!r}; a number from {low:,} to {high:,}{f' {unit}' if unit else ''} is expected.")
    return number


def whole(value, what, unit, low, high):
    """A whole number between two others, as an int; a plain sentence for anything else."""
    number = between(value, what, unit, low, high)
    if number != int(number):
        raise Plain(f"{what} is {value!r}; a whole number{f' of {unit}' if unit else ''} is expected.")
    return int(number)
