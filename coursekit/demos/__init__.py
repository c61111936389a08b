"""The live demonstrations of the lessons, one function each: move a control, see the idea.

Each has a plain calculation beside it, in the file of its module, that can be tried without any widget.
"""

from coursekit.demos.fair_share import show_fair_share
from coursekit.demos.holdout import show_many_lotteries
from coursekit.demos.homestay import (
    show_deposit,
    show_forecast_ahead,
    show_host_follows,
    show_inn_month,
    show_one_more,
    show_rate_curve,
    show_smaller_house,
)
from coursekit.demos.livestream import (
    show_audience_level,
    show_headline_to_net,
    show_order_left,
    show_people_needed,
    show_traffic_mix,
    show_two_evenings,
)
from coursekit.demos.promotion_arithmetic import show_uplift_curve
from coursekit.demos.star import show_star_net
from coursekit.demos.start import show_smallest_order, show_up_and_down
from coursekit.demos.stock import show_best_of_ten_days

__all__ = [
    "show_audience_level",
    "show_best_of_ten_days",
    "show_deposit",
    "show_fair_share",
    "show_forecast_ahead",
    "show_headline_to_net",
    "show_host_follows",
    "show_inn_month",
    "show_many_lotteries",
    "show_one_more",
    "show_order_left",
    "show_people_needed",
    "show_rate_curve",
    "show_smaller_house",
    "show_smallest_order",
    "show_star_net",
    "show_traffic_mix",
    "show_two_evenings",
    "show_up_and_down",
    "show_uplift_curve",
]
