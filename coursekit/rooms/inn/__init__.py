"""The practice inn: set rates, shortest stays, a deposit and overbooking; ninety nights come day by day."""

from coursekit.rooms.inn.engine import account_of, profit_of, run_inn, tables_of
from coursekit.rooms.inn.takeover import terms

__all__ = ["account_of", "profit_of", "run_inn", "tables_of", "terms"]
