"""Errors that speak to the person at the keyboard: one sentence, no traceback."""

import textwrap


class Plain(Exception):
    """An error whose message says what came, what was expected and what to do."""

    def _render_traceback_(self):
        """What IPython shows: the message only, in lines short enough for `nbgrader validate`."""
        return [line for part in str(self).split("\n") for line in textwrap.wrap(part, 70, break_on_hyphens=False) or [""]]


def want_columns(table, which="", /, **names):
    """Stop with a plain sentence when a column that an argument names is not in a table.

    >>> import pandas as pd
    >>> want_columns(pd.DataFrame({"day": [1]}), arrival="arrival")
    Traceback (most recent call last):
    coursekit.errors.Plain: The table has no column 'arrival'; it has day. Say which is meant, as arrival="…".
    """
    for argument, name in names.items():
        if name not in table:
            has = ", ".join(map(str, table.columns))
            the = f"The table {which}".strip()
            raise Plain(f'{the} has no column {name!r}; it has {has}. Say which is meant, as {argument}="…".')
