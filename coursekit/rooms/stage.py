"""What the rooms' controls share: a place for messages, a clock, a frame for a picture and its words."""

import asyncio
import html

import ipywidgets as widgets

from coursekit.again import brief
from coursekit.charts import number
from coursekit.errors import Plain

STYLE = {"description_width": "initial"}


class Messages(widgets.HTML):
    """The last thing that was said, where a screen reader hears it."""

    def say(self, text, wrong=False):
        color, paper = ("#8a2b06", "#fdf1ea") if wrong else ("#1a1a1a", "#eef3f7")
        self.value = (f'<div role="status" style="background:{paper};color:{color};padding:.4em .8em;max-width:60em;line-height:1.45">'
                      f"{html.escape(text)}</div>")  # fmt: skip


def button(label, act, messages, style=""):
    """A button; what its act returns is said, and a plain refusal is said instead of shown as an error."""
    made = widgets.Button(description=label, button_style=style, layout={"width": "auto"})

    def clicked(_):
        try:
            said = act()
            if said:
                messages.say(said)
        except Plain as plain:
            messages.say(str(plain), wrong=True)
        except Exception as error:  # a front end shows nothing of it, and the reader would wait for ever
            messages.say(
                f"This did not work; it is a fault of the room ({brief(error)}). Run the cell again: you stand where you stood.",
                wrong=True,
            )
            raise

    made.on_click(clicked)
    return made


class Clock:
    """Calls a function again and again while it runs; the notebook stays free in between."""

    def __init__(self, tick):
        self.tick, self.seconds, self._task = tick, 2.0, None

    @property
    def runs(self):
        return self._task is not None and not self._task.done()

    def start(self):
        if not self.runs:
            self._task = asyncio.ensure_future(self._run())

    def stop(self):
        if self._task is not None:
            self._task.cancel()
        self._task = None

    async def _run(self):
        while True:
            await asyncio.sleep(self.seconds)
            if not self.tick():
                self._task = None
                return


_clocks = {}


def stop_others(clock, room):
    """Stop the clock that an earlier run of the cell left going, unseen."""
    if room in _clocks:
        _clocks[room].stop()
    _clocks[room] = clock


class Words:
    """A few sentences, for a page without a front end."""

    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text

    def _repr_html_(self):
        return f"<p>{html.escape(self.text)}</p>"


def beside(*parts):
    """Parts next to each other; below each other where there is no room."""
    return widgets.HBox(list(parts), layout={"flex_flow": "row wrap", "align_items": "flex-start", "grid_gap": "0 1.2em"})


def in_row(*parts):
    """Controls in a row, aligned, with a little room between them."""
    return widgets.HBox(list(parts), layout={"flex_flow": "row wrap", "align_items": "center", "grid_gap": "0 .6em"})


def shown(box, first):
    """Show a box of controls in a notebook; where there is no front end, its first state in words."""
    from IPython.display import display

    display({**box._repr_mimebundle_(), "text/html": first._repr_html_(), "text/plain": repr(first)}, raw=True)


def regret_in_words(score, what, when):
    """What a reader's own result is against the best that was found; score: with profit, best and regret, in yuan."""
    best, regret = number(score["best"]), score["regret"]
    if regret > 0:
        return (
            f"The best {what} that was found for {when} earns {best} yuan. Your regret is the difference: {number(regret)} yuan."
        )
    if regret < 0:
        return f"You beat the best {what} that was found, which earns {best} yuan, by {number(-regret)} yuan."
    return f"The best {what} that was found earns the same: your regret is 0 yuan."
