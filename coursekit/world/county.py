"""What every part of the county shares: its time, its sizes, its random streams.

The county is fictional. It is made from one whole number, the seed; every inn, host and show
has a random stream of its own, so that a part of the county, made alone, equals its part of the
whole.
"""

import zlib

import numpy as np

FIRST = np.datetime64("2024-01-01")  # the first night and the first show
TODAY = np.datetime64("2025-12-31")  # the day the tables were taken: nothing later has happened
LAST_NIGHT = np.datetime64("2026-06-30")  # the last night that could be booked by then
DAYS = int((LAST_NIGHT - FIRST).astype(int)) + 1
NOW = int((TODAY - FIRST).astype(int))  # TODAY, counted from FIRST

TOWNSHIPS, VILLAGES = 19, 100
INNS, HOSTS = 200, 60
# What is committed: the inns and hosts of the training program, who come first in the county.
PROGRAM_INNS, PROGRAM_HOSTS = 30, 12


def stream(seed, part, number=0):
    """The random numbers of one part of the county, such as the ninth inn's guests.

    seed None is the committed county; other counties are the whole numbers from 0.

    >>> stream(7, "guests", 9).integers(100) == stream(7, "guests", 9).integers(100)
    np.True_
    """
    return np.random.default_rng([0 if seed is None else seed + 1, zlib.crc32(part.encode()), number])


def inns_in(full):
    return INNS if full else PROGRAM_INNS


def hosts_in(full):
    return HOSTS if full else PROGRAM_HOSTS


def dates(days):
    """Whole days counted from FIRST, as dates."""
    return FIRST + np.asarray(days).astype("timedelta64[D]")


def pick(words, numbers):
    """Words by number: a column of text from a column of codes."""
    return np.array(words, dtype=object)[numbers]
