"""coursekit: data, measures, charts and checks for a course on selling, hosting and promoting online."""

from coursekit.checks import check
from coursekit.data import catalog, describe, load
from coursekit.own import bring

__all__ = ["bring", "catalog", "check", "describe", "load"]
__version__ = "0.1.0"
