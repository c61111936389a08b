"""How well each method finds what was planted in a county, and how far each named mistake is off.

Every function takes a seed and gives rows: lesson, what is estimated and in which unit, the method,
the mistake's direction ("" for the right method), the estimate, the planted truth, and an interval
when the method gives one.
"""


def row(lesson, what, method, toward, estimate, truth, low=None, high=None):
    """One line of the table for one seed. toward: "" for the right method; for a mistake "+" or "-", the way it errs."""
    return {
        "lesson": lesson, "what": what, "method": method, "toward": toward,
        "estimate": float(estimate), "truth": float(truth), "low": low, "high": high,
    }  # fmt: skip
