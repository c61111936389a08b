"""The score of a show: what it earned, against the best plan found for the same people, and on other evenings."""

import numpy as np
import pandas as pd

from coursekit.charts import number
from coursekit.rooms.livestream.best import best_found
from coursekit.rooms.livestream.engine import profit_of, show_of
from coursekit.rooms.livestream.evening import evening
from coursekit.rooms.stage import regret_in_words

OTHER_EVENINGS = 20


def score_of(show, say=None):
    """What a show earned, the best that was found for its evening, and the same plan on other evenings, in yuan.

    A dictionary: profit, best, regret (best less profit; below zero when the plan found was beaten), other
    (profits of the same plan and acts on twenty other evenings), best_other (those of the plan that was found on the
    same evenings), best_plan, best_acts. say: see best_found.
    """
    given = show["given"]
    plan, acts, best = _best(given["seed"], say)
    profit = profit_of(show)

    def elsewhere(plan, acts):
        return [profit_of(show_of(plan, given, acts, night)) for night in range(1, OTHER_EVENINGS + 1)]

    return {
        "profit": profit, "best": best, "regret": round(best - profit, 2), "best_plan": plan, "best_acts": acts,
        "other": elsewhere(show["plan"], show["acts"]), "best_other": elsewhere(plan, acts),
    }  # fmt: skip


_found = {}  # the search takes half a minute, and finds the same each time


def _best(seed, say):
    if seed not in _found:
        _found[seed] = best_found(evening(seed), say)
    return _found[seed]


def sentences_of(score):
    """The score in words: profit, regret, and how much of it was the evening."""
    profit = score["profit"]
    own = f"Your show left {number(profit)} yuan." if profit >= 0 else f"Your show lost {number(-profit)} yuan."
    low, high = np.sort(score["other"])[[2, -3]]
    luck = (
        f"With other people, on {len(score['other'])} other evenings, your plan leaves {number(round(np.mean(score['other'])))} yuan "
        f"on average, and on 16 of the {len(score['other'])} from {number(round(low))} to {number(round(high))}. "
        f"The plan that was found knew who would come tonight; on those evenings it leaves "
        f"{number(round(np.mean(score['best_other'])))} yuan on average. So look at these two means first: they say more about the "
        "plans than one evening."
    )
    return [own, regret_in_words(score, "plan", "tonight"), luck]


def plan_table(plan):
    """The line-up of a plan as a table."""
    table = pd.DataFrame(plan["lineup"])[["product", "minutes", "price", "stock"]]
    return table.set_index("product")
