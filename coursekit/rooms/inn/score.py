"""The score of ninety nights: what they left, against the best card found for the same guests, and on other ninety nights."""

import numpy as np

from coursekit.charts import number
from coursekit.rooms.inn.best import best_found, steady_found
from coursekit.rooms.inn.engine import inn_of, profit_of
from coursekit.rooms.inn.takeover import takeover
from coursekit.rooms.stage import regret_in_words

OTHERS = 20


def score_of(inn, settings, say=None):
    """What ninety nights left, the best card that was found for their guests, and the same settings on other ninety nights, in yuan.

    A dictionary: profit, best, regret (best less profit; below zero when the card found was beaten), best_settings; other
    (profits of the same settings on twenty other ninety nights), best_other and steady_other (those of the card that
    was found, and of the best card for guests in general, on the same), steady_settings. say: see best_found.
    """
    given = inn["given"]
    (settings_found, best), (steady, _) = _cards(given["seed"], say)
    profit = profit_of(inn)

    def elsewhere(these):
        return [profit_of(inn_of(these, given, luck)) for luck in range(1, OTHERS + 1)]

    return {
        "profit": profit, "best": best, "regret": round(best - profit, 2), "best_settings": settings_found, "other": elsewhere(settings),
        "best_other": elsewhere(settings_found), "steady_other": elsewhere(steady), "steady_settings": steady,
    }  # fmt: skip


_found = {}  # the search takes a while, and finds the same each time


def _cards(seed, say):
    if seed not in _found:
        given = takeover(seed)
        _found[seed] = best_found(given, say), steady_found(given, say)
    return _found[seed]


def sentences_of(score):
    """The score in words: profit, regret, and how much of it was luck."""
    own = "Your ninety nights left" if score["profit"] >= 0 else "Your ninety nights lost"
    means = {k: number(round(np.mean(score[k]))) for k in ("other", "best_other", "steady_other")}
    low, high = np.sort(score["other"])[[2, -3]]
    return [
        f"{own} {number(abs(score['profit']))} yuan.",
        regret_in_words(score, "card", "these guests"),
        f"That card knew who would come. With other guests, on {len(score['other'])} other ninety nights, it leaves {means['best_other']} yuan "
        f"on average; your settings leave {means['other']} yuan, and on 16 of the {len(score['other'])} from {number(round(low))} to {number(round(high))}.",
        f"A card of three rates that knows only how guests are leaves {means['steady_other']} yuan there. Compare your mean with this one "
        "first: it says more about your settings than the luck of one season.",
    ]
