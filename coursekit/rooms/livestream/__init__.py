"""The livestream room: plan a show, run it minute by minute, read what it left."""

from coursekit.rooms.livestream.engine import account_of, profit_of, run_show, tables_of
from coursekit.rooms.livestream.evening import conditions, evening
from coursekit.rooms.livestream.plan import example_plan

__all__ = ["account_of", "conditions", "evening", "example_plan", "profit_of", "run_show", "tables_of"]
