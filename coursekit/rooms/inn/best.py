"""The best cards that are found for ninety nights, to measure a reader's settings against.

A card has one rate for each kind of night in each span of days, a shortest stay for each kind of night, one deposit and
one number of rooms to overbook, all set on the evening of the takeover. Two are looked for. The first knows what no host
can: who will look, and what each of them would pay; it has other rates every week. The second only knows how guests are: it
is the best on average over many other ninety nights. The search starts from plain cards, never from the reader's, and changes one decision at a time.
"""

import functools
from typing import NamedTuple

import numpy as np
import pandas as pd

from coursekit.rooms.inn.engine import stays_of, yuan_of
from coursekit.rooms.inn.takeover import NIGHTS
from coursekit.rooms.search import search
from coursekit.world.county import stream

LEVELS = 0.55 * 1.09 ** np.arange(21)  # rates that are tried, as parts of the usual price: from 0.55 to 3.1
PLAIN = 7  # the level at the usual price
SHORTEST = (1, 2, 3)
DEPOSITS = (0.0, 0.1, 0.2, 0.3, 0.5, 1.0)
OVERBOOKING = (0, 1, 2)
KICKS = 2
WEEK = 7  # days that share a rate for each kind of night on the first card; on the second all ninety do
TRIED_ON = range(101, 131)  # the lucks on which the second card is tried


class Choice(NamedTuple):
    """What is decided, as the search changes it."""

    levels: tuple  # of each cell of the card, a place in LEVELS; see `cells`
    minimum: tuple  # of each kind of night, in the order of KINDS
    deposit: float
    overbooking: int


KINDS = ["weekday", "weekend", "holiday"]


def cells(given, span):
    """For each night its cell of the card, its kind in its span of days: a number from 0, in the order in which they come."""
    return pd.factorize(np.arange(NIGHTS) // span * len(KINDS) + _kinds(given))[0]


def _kinds(given):
    return given["days"]["night"].map(KINDS.index).to_numpy()


def best_found(given, say=None):
    """The best card found for the very people who come, as settings, and what it earns in yuan: (settings, yuan).

    given: the conditions, see `takeover`. say is called after each round with the best profit so far.
    """
    choice, yuan = _found(given, WEEK, (0,), KICKS, say)
    return settings_of(choice, given, WEEK), yuan


def steady_found(given, say=None):
    """The best card found over some other ninety nights, as settings, and what it earns there on average: (settings, yuan)."""
    choice, yuan = _found(given, NIGHTS, TRIED_ON, 0, say)
    return settings_of(choice, given, NIGHTS), yuan


def _found(given, span, lucks, kicks, say):
    values = functools.partial(mean_yuan, given=given, span=span, lucks=lucks)
    return search(values, plain_choices(given, span), decisions(given, span), kicks, stream(given["seed"], "search"), say)


def mean_yuan(choices, given, span, lucks):
    """What each of several choices earns, on average over several lucks, in yuan."""
    if not choices:
        return []
    cell, kind = cells(given, span), _kinds(given)
    held = {
        "rate": rates_of(given)[np.array([c.levels for c in choices])[:, cell]][:, None],
        "minimum": np.array([c.minimum for c in choices])[:, kind][:, None],
        "deposit": np.array([[c.deposit] for c in choices]), "overbooking": np.array([[c.overbooking] for c in choices]),
    }  # fmt: skip
    cents = yuan_of(stays_of(held, given, lucks), given, runs=len(choices) * len(lucks))["profit"]
    return (cents.reshape(len(lucks), -1).mean(axis=0) / 100).tolist()


def rates_of(given):
    """The rates that are tried, in whole yuan."""
    return np.maximum(np.round(LEVELS * given["usual"]), 1).astype(int)


def plain_choices(given, span):
    """Two cards to start from: one rate for all nights, and dearer weekends and holidays."""
    first = np.unique(cells(given, span), return_index=True)[1]
    dearer = np.array([0, 3, 8])[_kinds(given)[first]]
    return [
        Choice(tuple(np.minimum(PLAIN + part * dearer, len(LEVELS) - 1).tolist()), (1,) * len(KINDS), 0.0, 0) for part in (0, 1)
    ]


def settings_of(choice, given, span):
    """A choice as settings: a line for each rate of its card, and for each shortest stay of more than a night."""
    dates, rates, cell, kind = given["days"]["date"].dt.strftime("%Y-%m-%d"), rates_of(given), cells(given, span), _kinds(given)
    lines = []
    for place, level in enumerate(choice.levels):
        nights = np.flatnonzero(cell == place)
        these = {"first": dates[nights[0]], "last": dates[nights[-1]], "nights": KINDS[kind[nights[0]]]}
        lines.append({"day": 0, "set": "rate", "to": int(rates[level])} | these)
    span_of_all = {"first": dates.iloc[0], "last": dates.iloc[-1]}
    lines += [
        {"day": 0, "set": "minimum", "to": least, "nights": name} | span_of_all
        for name, least in zip(KINDS, choice.minimum, strict=True)
    ]
    return [
        *lines,
        {"day": 0, "set": "deposit", "to": choice.deposit},
        {"day": 0, "set": "overbooking", "to": choice.overbooking},
    ]


def decisions(given, span):
    """The decisions of a card: functions from a choice to the choices that differ from it in that one."""
    first = np.unique(cells(given, span), return_index=True)[1]
    kinds = _kinds(given)[first]
    parts = [np.ones(len(first), bool), *(kinds == kind for kind in range(len(KINDS)))]
    return [
        *(functools.partial(_shift, part=part) for part in parts),
        lambda c: [c._replace(deposit=part) for part in DEPOSITS],
        lambda c: [c._replace(overbooking=rooms) for rooms in OVERBOOKING],
        *(functools.partial(_shortest, kind=kind) for kind in range(len(KINDS))),
        *(functools.partial(_rate, place=place) for place in range(len(first))),
    ]


def _shift(choice, part):
    """Some of the rates a few levels up or down."""
    for step in (-3, -2, -1, 1, 2, 3):
        levels = np.clip(np.array(choice.levels) + step * part, 0, len(LEVELS) - 1)
        yield choice._replace(levels=tuple(levels.tolist()))


def _shortest(choice, kind):
    for least in SHORTEST:
        yield choice._replace(minimum=(*choice.minimum[:kind], least, *choice.minimum[kind + 1 :]))


def _rate(choice, place):
    for level in range(len(LEVELS)):
        yield choice._replace(levels=(*choice.levels[:place], level, *choice.levels[place + 1 :]))
