"""The field's own measures, as plain functions on numbers and pandas objects."""

from coursekit.measures.livestream import break_even_returns, gpm, in_dollars, net_sales, paid_sales, uv_value

__all__ = ["break_even_returns", "gpm", "in_dollars", "net_sales", "paid_sales", "uv_value"]
