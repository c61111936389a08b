"""The promotion desk: offers, stock, night coupons and a message for a weekend of the county, under a budget."""

from coursekit.rooms.desk.engine import account_of, budget_of, result, run_desk
from coursekit.rooms.desk.plan import example_plan
from coursekit.rooms.desk.tables import tables_of
from coursekit.rooms.desk.weekend import conditions

__all__ = ["account_of", "budget_of", "conditions", "example_plan", "result", "run_desk", "tables_of"]
