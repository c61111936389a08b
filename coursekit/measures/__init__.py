"""The field's own measures, as plain functions on numbers and pandas objects."""

from coursekit.measures.homestay import adr, elasticity, net_adr, occupancy, revpar
from coursekit.measures.livestream import break_even_returns, gpm, in_dollars, net_sales, paid_sales, uv_value
from coursekit.measures.promotion import break_even_uplift

__all__ = [
    "adr", "break_even_returns", "break_even_uplift", "elasticity", "gpm", "in_dollars", "net_adr", "net_sales", "occupancy", "paid_sales", "revpar", "uv_value",
]  # fmt: skip
