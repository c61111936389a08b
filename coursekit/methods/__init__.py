"""The statistics and decisions that lessons use: plain functions, one room a kind of question.

Where scipy or statsmodels has the method, it does the work here; lessons show by hand what it does.
"""

from coursekit.methods.allotment import allot_best, allot_greedy, at_least, what_it_brings
from coursekit.methods.cancellations import cancel_rates
from coursekit.methods.censored import quantile, share_beyond
from coursekit.methods.holdout import cost_per_extra, mean_difference
from coursekit.methods.intervals import difference, ratio_of_sums, wilson
from coursekit.methods.lineup import cannibalization, lineup_earns
from coursekit.methods.overbooking import best_limit, late_losses, night_margin, outcomes
from coursekit.methods.pickup import booking_curves, nights_of, pickup_forecast
from coursekit.methods.pricing import rate_table
from coursekit.methods.response import count_by_night, response_of_test, two_way_response
from coursekit.methods.sold_out import full_nights, open_rooms, unconstrain, when_full
from coursekit.methods.stock import best_stock, demand_shares, stock_outcomes, stock_profits
from coursekit.methods.trial import people_needed, split_is_fair

__all__ = [
    "allot_best",
    "allot_greedy",
    "at_least",
    "best_limit",
    "best_stock",
    "booking_curves",
    "cancel_rates",
    "cannibalization",
    "cost_per_extra",
    "count_by_night",
    "demand_shares",
    "difference",
    "full_nights",
    "late_losses",
    "lineup_earns",
    "mean_difference",
    "night_margin",
    "nights_of",
    "open_rooms",
    "outcomes",
    "people_needed",
    "pickup_forecast",
    "quantile",
    "rate_table",
    "ratio_of_sums",
    "response_of_test",
    "share_beyond",
    "split_is_fair",
    "stock_outcomes",
    "stock_profits",
    "two_way_response",
    "unconstrain",
    "what_it_brings",
    "when_full",
    "wilson",
]
