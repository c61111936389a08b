"""The rooms: places to try on a practice show, inn or weekend what the lessons teach."""

from coursekit.rooms import desk, inn
from coursekit.rooms.livestream import account_of, conditions, example_plan, profit_of, run_show, tables_of


def livestream_room(seed=1):
    """Open the livestream room of one evening in a notebook; see rooms.livestream.controls."""
    from coursekit.rooms.livestream.controls import livestream_room as opened

    return opened(seed)


def practice_inn(seed=1):
    """Open the practice inn of one seed in a notebook; see rooms.inn.controls."""
    from coursekit.rooms.inn.controls import practice_inn as opened

    return opened(seed)


def promotion_desk(seed=1, economy="china"):
    """Open the promotion desk of one weekend in a notebook; see rooms.desk.controls."""
    from coursekit.rooms.desk.controls import promotion_desk as opened

    return opened(seed, economy)


__all__ = [
    "account_of", "conditions", "desk", "example_plan", "inn", "livestream_room", "practice_inn", "profit_of", "promotion_desk", "run_show",
    "tables_of",
]  # fmt: skip
