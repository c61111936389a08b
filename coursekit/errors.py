"""Errors that speak to the person at the keyboard: one sentence, no traceback."""

import textwrap


class Plain(Exception):
    """An error whose message says what came, what was expected and what to do."""

    def _render_traceback_(self):
        """What IPython shows: the message only, in lines short enough for `nbgrader validate`."""
        return [line for part in str(self).split("\n") for line in textwrap.wrap(part, 70, break_on_hyphens=False) or [""]]
