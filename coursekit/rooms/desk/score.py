"""The score of a weekend: what it left, against the best plan found for the same people, and on other weekends."""

import numpy as np

from coursekit.charts import number
from coursekit.economies import economy as economy_of
from coursekit.rooms.desk.best import best_found
from coursekit.rooms.desk.engine import desk_of, result
from coursekit.rooms.stage import regret_in_words

OTHERS = 20
_found = {}  # the search takes a while, and finds the same each time


def score_of(run, say=None):
    """What a weekend left more than doing nothing, the best plan that was found for its people, and both plans elsewhere, in yuan.

    A dictionary: profit (the result), best, regret (best less profit; below zero when the plan found was beaten), best_plan,
    best_acts; other (results of the same plan with other people, on twenty other weekends), best_other (those of the plan that
    was found, on the same). say: see best_found.
    """
    given = run["given"]
    key = given["seed"], given["economy"]
    if key not in _found:
        _found[key] = best_found(given, say)
    plan, acts, best = _found[key]
    own = result(run)

    def elsewhere(plan, acts):
        return [result(desk_of(plan, given, acts, luck)) for luck in range(1, OTHERS + 1)]

    return {
        "profit": own, "best": best, "regret": round(best - own, 2), "best_plan": plan, "best_acts": acts,
        "other": elsewhere(run["plan"], run["acts"]), "best_other": elsewhere(plan, acts),
    }  # fmt: skip


def sentences_of(score, economy="china"):
    """The score in words: result, regret, and how much of it was luck."""
    money = economy_of(economy)["money"]["many"]
    low, high = np.sort(score["other"])[[2, -3]]
    left = (
        f"{number(score['profit'])} {money} more than doing nothing"
        if score["profit"] >= 0
        else f"{number(-score['profit'])} {money} less than doing nothing"
    )
    return [
        f"Your weekend left the county {left}.",
        regret_in_words(score, "plan", "these people").replace("yuan", money),
        f"With other people, on {len(score['other'])} other weekends, your plan leaves {number(round(np.mean(score['other'])))} {money} on average, and on 16 "
        f"of the {len(score['other'])} from {number(round(low))} to {number(round(high))}. The plan that was found knew who would come; on those weekends it "
        f"leaves {number(round(np.mean(score['best_other'])))} {money} on average. So look at these two means first: they say more about the plans than one weekend.",
    ]  # fmt: skip
