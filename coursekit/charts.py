"""Pictures in the house style; each also says itself as a sentence and a table.

matplotlib is imported when the first chart is drawn, and without pyplot: its state would
make two charts depend on each other, and it costs 0.3 s.
"""

import base64
import html
import io

import pandas as pd

INK, GRID = "#222222", "#d5d5d5"
COLORS = ["#1f5f8b", "#b4531a", "#4c7a34", "#7a4b8c", "#8a6d1d"]  # dark enough for 4.5:1 on white
DPI = 96


class Picture:
    """A drawn chart: PNG bytes, the sentence that says it, the table behind it."""

    def __init__(self, png, says, table):
        self.png, self.says, self.table = png, says, table

    def __repr__(self):
        return f"{self.says}\n{self.table.to_string()}"

    def _repr_html_(self):
        data = base64.b64encode(self.png).decode()
        return (f'<figure style="margin:0"><img alt="{html.escape(self.says)}" src="data:image/png;base64,{data}" style="max-width:100%">'
                f'<figcaption style="max-width:46em">{html.escape(self.says)}</figcaption>'
                f"<details><summary>The same as a table</summary>{plain_table(self.table)}</details></figure>")  # fmt: skip


def plain_table(table):
    """A table as HTML with row and column headers that a screen reader can follow."""
    head = "".join(f'<th scope="col" style="text-align:right">{html.escape(str(c))}</th>' for c in table.columns)
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left">{html.escape(str(label))}</th>'
        + "".join(f'<td style="text-align:right">{html.escape(number(x))}</td>' for x in row) + "</tr>"
        for label, row in zip(table.index, table.to_numpy(dtype=object), strict=True)
    )  # fmt: skip
    return f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"


def number(x):
    """A number as people read it: thousands separated, no needless digits.

    >>> number(120000.0), number(83.3333), number(93.5), number(0.0234), number("tea")
    ('120,000', '83.33', '93.5', '0.0234', 'tea')
    """
    if not isinstance(x, (int, float)) and not hasattr(x, "dtype"):
        return str(x)
    if x == round(x):
        return f"{x:,.0f}"
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.2f}".rstrip("0") if abs(x) >= 1 else f"{x:.3g}"


def bars(values, *, title, unit, says):
    """Horizontal bars, the first on top, each with its number.

    values: a Series or dict of numbers; its labels name the bars. title: the finding, in a few words.
    unit: of the numbers. says: one sentence that tells the same to someone who cannot see it.

    >>> bars({"viewers": 120, "buyers": 3}, title="Few buy", unit="people", says="Of 120 viewers 3 buy.").says
    'Of 120 viewers 3 buy.'
    """
    values = pd.Series(values, dtype=float)
    drawing = Bars(values, title, unit)
    return Picture(drawing.png(), says, values.to_frame(unit))


class Bars:
    """A bar chart whose bars can be moved and drawn again without building it anew."""

    def __init__(self, values, title, unit, limit=None):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=(7.2, 0.9 + 0.5 * len(values)), dpi=DPI, layout="constrained")
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_subplot()
        self.limit = limit
        self.boxes = self.axes.barh(range(len(values)), values.to_numpy(float), color=COLORS[0], height=0.6)
        self.labels = [self.axes.text(0, i, "", va="center", ha="left", color=INK, fontsize=11) for i in range(len(values))]
        self.axes.set_yticks(range(len(values)), [str(x) for x in values.index], fontsize=11)
        self.axes.invert_yaxis()
        self.axes.set_title(title, loc="left", fontsize=12, color=INK)
        self.axes.set_xlabel(unit, color=INK)
        self.axes.xaxis.set_major_formatter(lambda x, _: number(x))
        self.axes.grid(axis="x", color=GRID)
        self.axes.set_axisbelow(True)
        for side in ("top", "right", "left"):
            self.axes.spines[side].set_visible(False)
        self.axes.tick_params(axis="y", length=0)
        self.move(values)

    def move(self, values):
        """Give the bars new lengths."""
        numbers = values.to_numpy(float)
        low, high = min(0, numbers.min()), self.limit or (numbers.max() if numbers.max() > 0 else 1)
        room = 0.16 * (high - low)  # for the numbers beside the bars
        self.axes.set_xlim(low - (room if low < 0 else 0), high + room)
        for box, label, x in zip(self.boxes, self.labels, numbers, strict=True):
            box.set_width(x)
            label.set_text(number(x))
            label.set_x(max(x, 0) + room * 0.08)

    def png(self):
        """The drawing as PNG bytes, the same bytes for the same drawing."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", metadata={"Software": None})
        return out.getvalue()


def live(change, *, title, unit, limit=None, **controls):
    """A bar chart with controls: moving one draws the picture and its sentence again.

    change: a function of the controls' values that returns (Series of numbers, sentence).
    controls: name=(label, lowest, highest, step, start). The picture, its sentence and its
    table change together. Without a notebook's front end the first state is shown.
    """
    import ipywidgets as widgets
    from IPython.display import display

    sliders = {
        name: widgets.FloatSlider(
            description=label, min=low, max=high, step=step, value=start, readout_format=",.0f",
            continuous_update=True, style={"description_width": "16em"}, layout={"width": "38em", "max_width": "100%"},
        )
        for name, (label, low, high, step, start) in controls.items()
    }  # fmt: skip
    values, says = change(**{name: s.value for name, s in sliders.items()})
    drawing = Bars(values, title, unit, limit)
    first = Picture(drawing.png(), says, values.to_frame(unit))
    view = widgets.HTML(first._repr_html_())

    def redraw(_):
        values, says = change(**{name: s.value for name, s in sliders.items()})
        drawing.move(values)
        view.value = Picture(drawing.png(), says, values.to_frame(unit))._repr_html_()

    for slider in sliders.values():
        slider.observe(redraw, names="value")
    box = widgets.VBox([*sliders.values(), view])
    # Both forms in one output: a front end shows the controls, a printed page the first state.
    display({**box._repr_mimebundle_(), "text/html": first._repr_html_(), "text/plain": repr(first)}, raw=True)
