"""Pictures in the house style; each also says itself as a sentence and a table.

matplotlib is imported when the first chart is drawn, and without pyplot: its state would
make two charts depend on each other, and it costs 0.3 s.
"""

import base64
import html
import io

import numpy as np
import pandas as pd

INK, GRID = "#222222", "#d5d5d5"
COLORS = ["#1f5f8b", "#b4531a", "#4c7a34", "#7a4b8c", "#8a6d1d"]  # dark enough for 4.5:1 on white
MARKS = ["o", "s", "^", "D", "v"]  # lines are not told apart by color alone
DPI = 96
MOST_DATES = 6  # written below a picture


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
        f'<tr><th scope="row" style="text-align:left">{html.escape(date(label))}</th>'
        + "".join(f'<td style="text-align:right">{html.escape(number(x))}</td>' for x in row) + "</tr>"
        for label, row in zip(table.index, table.to_numpy(dtype=object), strict=True)
    )  # fmt: skip
    return f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>"


def number(x):
    """A number as people read it: thousands separated, no needless digits.

    >>> number(120000.0), number(83.3333), number(93.5), number(0.0234), number(1.0000001), number("tea"), number(float("nan"))
    ('120,000', '83.33', '93.5', '0.0234', '1', 'tea', '')
    """
    if not isinstance(x, (int, float)) and not hasattr(x, "dtype"):
        return str(x)
    if x != x:
        return ""  # an empty place of a table
    if x == round(x):
        return f"{x:,.0f}"
    return f"{x:,.0f}" if abs(x) >= 1000 else f"{x:.2f}".rstrip("0").rstrip(".") if abs(x) >= 1 else f"{x:.3g}"


def date(x):
    """A label as text; a day without its time, as people write it.

    >>> date(pd.Timestamp("2017-07-03")), date("tea")
    ('3 Jul 2017', 'tea')
    """
    return f"{x.day} {x:%b %Y}" if isinstance(x, pd.Timestamp) and x == x.normalize() else str(x)


def bars(values, *, title, unit, says):
    """Horizontal bars, the first on top, each with its number.

    values: a Series or dict of numbers; its labels name the bars. title: the finding, in a few words.
    unit: of the numbers. says: one sentence that tells the same to someone who cannot see it.

    >>> bars({"viewers": 120, "buyers": 3}, title="Few buy", unit="people", says="Of 120 viewers 3 buy.").says
    'Of 120 viewers 3 buy.'
    """
    values = pd.Series(values, dtype=float)
    return Picture(Bars(values, title, unit).png(), says, values.to_frame(unit))


def lines(table, *, title, unit, says):
    """Lines over what the index counts, such as minutes or days, or over dates; each line has its own mark.

    table: a Series or a DataFrame of numbers, one line a column; the name of its index names the
    axis. title, unit, says: as for bars.

    >>> watching = pd.Series([0, 40, 30], index=pd.Index([0, 1, 2], name="minute"), name="people")
    >>> lines(watching, title="They leave", unit="people watching", says="From 40 to 30.").table.shape
    (3, 1)
    """
    table = pd.DataFrame(table)
    return Picture(Lines(table, title, unit).png(), says, table)


def ranges(table, *, title, unit, says):
    """Points with intervals, one a row: how sure a number is.

    table: a DataFrame with the columns value, low and high; its index names the rows. title, unit,
    says: as for bars.

    >>> sure = pd.DataFrame({"value": [0.7], "low": [0.5], "high": [0.9]}, index=["tonight"])
    >>> ranges(sure, title="Not very sure", unit="percent", says="0.7 %, from 0.5 to 0.9.").says
    '0.7 %, from 0.5 to 0.9.'
    """
    return Picture(Ranges(table, title, unit).png(), says, table)


class Drawing:
    """A figure in the house style; its kinds say how numbers are drawn and moved."""

    def __init__(self, height, title, unit):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=(7.2, height), dpi=DPI, layout="constrained")
        self.canvas = FigureCanvasAgg(self.figure)
        self.axes = self.figure.add_subplot()
        self.axes.set_title(title, loc="left", fontsize=12, color=INK)
        self.axes.set_axisbelow(True)
        for side in ("top", "right", "left"):
            self.axes.spines[side].set_visible(False)
        self.axes.tick_params(axis="y", length=0)
        self.unit = unit
        self.moving, self._still, self._scales = [], None, None

    def name_rows(self, names):
        """One row a name, the first on top, with the unit below."""
        self.axes.set_yticks(range(len(names)), [str(x) for x in names], fontsize=11)
        self.axes.invert_yaxis()
        self.axes.set_xlabel(self.unit, color=INK)
        self.axes.xaxis.set_major_formatter(lambda x, _: number(x))
        self.axes.grid(axis="x", color=GRID)

    def png(self):
        """The drawing as PNG bytes, the same bytes for the same drawing."""
        out = io.BytesIO()
        self.figure.savefig(out, format="png", metadata={"Software": None})
        if self.limit:
            # With a fixed scale everything keeps its place; to lay it out anew takes half of the time.
            self.figure.set_layout_engine("none")
        return out.getvalue()

    def frame(self):
        """The drawing as PNG bytes for a live picture: only what moves is drawn again while the scales stay."""
        from PIL import Image

        scales = [(axes.get_xlim(), axes.get_ylim()) for axes in self.figure.axes]
        if scales != self._scales:
            for artist in self.moving:
                artist.set_animated(True)
            self.canvas.draw()
            self._still, self._scales = self.canvas.copy_from_bbox(self.figure.bbox), scales
        self.canvas.restore_region(self._still)
        for artist in self.moving:
            self.figure.draw_artist(artist)
        out = io.BytesIO()
        Image.fromarray(np.asarray(self.canvas.buffer_rgba())).save(out, format="png", compress_level=1)
        return out.getvalue()


class Bars(Drawing):
    """A bar chart whose bars can be moved and drawn again without building it anew."""

    def __init__(self, values, title, unit, limit=None):
        super().__init__(0.9 + 0.5 * len(values), title, unit)
        self.limit = limit
        self.boxes = self.axes.barh(range(len(values)), values.to_numpy(float), color=COLORS[0], height=0.6)
        self.labels = [self.axes.text(0, i, "", va="center", ha="left", color=INK, fontsize=11) for i in range(len(values))]
        self.name_rows(values.index)
        self.moving = [*self.boxes, *self.labels]
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


class Ranges(Drawing):
    """Points with intervals that can be moved; each says its number above it."""

    def __init__(self, table, title, unit, limit=None):
        super().__init__(1.0 + 0.6 * len(table), title, unit)
        self.limit = limit
        rows = range(len(table))
        self.bands = [self.axes.plot([0, 0], [i, i], color=COLORS[0], linewidth=3, marker="|", markersize=14)[0] for i in rows]
        self.points = [self.axes.plot([0], [i], color=COLORS[1], marker="o", markersize=8, linestyle="")[0] for i in rows]
        self.labels = [self.axes.text(0, i - 0.22, "", va="bottom", ha="center", color=INK, fontsize=11) for i in rows]
        self.name_rows(table.index)
        self.axes.set_ylim(len(table) - 0.5, -0.75)
        self.moving = [*self.bands, *self.points, *self.labels]
        self.move(table)

    def move(self, table):
        """Give the points and their intervals new places."""
        low, high = min(0, table["low"].min()), self.limit or max(table["high"].max(), 1e-9)
        room = 0.08 * (high - low)
        self.axes.set_xlim(low - room, high + room)
        for band, point, label, row in zip(self.bands, self.points, self.labels, table.itertuples(), strict=True):
            band.set_xdata([row.low, row.high])
            point.set_xdata([row.value])
            label.set_text(number(row.value))
            label.set_x(min(max(row.value, low + 0.3 * room), high - 0.3 * room))


class Lines(Drawing):
    """Lines that can be moved; marks tell them apart without their colors."""

    def __init__(self, table, title, unit, limit=None):
        super().__init__(3.4, title, unit)
        self.limit = limit
        every = {name: max(int(table[name].count()) // 12, 1) for name in table.columns}  # a single point keeps its mark
        self.curves = [
            self.axes.plot(
                table.index, table[name], color=COLORS[k], marker=MARKS[k], markevery=every[name], markersize=5, label=str(name)
            )[0]
            for k, name in enumerate(table.columns)
        ]
        self.axes.set_xlabel(str(table.index.name or ""), color=INK)
        if isinstance(table.index, pd.DatetimeIndex):
            self.name_dates(table.index)
        elif pd.api.types.is_integer_dtype(table.index):
            self.axes.xaxis.get_major_locator().set_params(integer=True)  # half a coupon is no place on the axis
        self.axes.set_ylabel(unit, color=INK)
        self.axes.yaxis.set_major_formatter(lambda y, _: number(y))
        self.axes.grid(axis="y", color=GRID)
        if len(table.columns) > 1:
            self.axes.legend(frameon=False)
        self.moving, self.labels = self.curves, []
        self.move(table)

    def name_dates(self, index):
        """A few days below, each written in full, so that none touches the next."""
        from matplotlib import dates, ticker

        few = len(index) <= MOST_DATES
        self.axes.xaxis.set_major_locator(
            ticker.FixedLocator(dates.date2num(index)) if few else dates.AutoDateLocator(minticks=3, maxticks=MOST_DATES)
        )
        self.axes.xaxis.set_major_formatter(lambda x, _: date(pd.Timestamp(dates.num2date(x)).tz_localize(None)))

    def move(self, table):
        """Give the lines new heights."""
        for curve, name in zip(self.curves, table.columns, strict=True):
            curve.set_data(table.index, table[name])
        top = self.limit or table.max(axis=None)
        low = min(0, table.min(axis=None))
        # A mark at the very edge would be cut in half.
        self.axes.set_ylim(1.08 * low, top * 1.08 if top > 0 else 1)


def live(change, *, title, unit, limit=None, kind=Bars, **controls):
    """A picture with controls: moving one draws the picture and its sentence again.

    change: a function of the controls' values that returns (numbers, sentence). kind: Bars (a Series),
    Ranges (a table of value, low, high) or Lines (a table, one line a column).
    controls: name=(label, lowest, highest, step, start). The picture, its sentence and its
    table change together. Without a notebook's front end the first state is shown.
    """
    import ipywidgets as widgets
    from IPython.display import display

    sliders = {
        name: widgets.FloatSlider(
            description=label, min=low, max=high, step=step, value=start, readout_format=",.0f",
            continuous_update=True, style={"description_width": "initial"}, layout={"width": "42em", "max_width": "100%"},
        )
        for name, (label, low, high, step, start) in controls.items()
    }  # fmt: skip
    values, says = change(**{name: s.value for name, s in sliders.items()})
    drawing = kind(values, title, unit, limit)
    first = Picture(drawing.png(), says, _table(values, unit))
    view = widgets.HTML(first._repr_html_())

    def redraw(_):
        values, says = change(**{name: s.value for name, s in sliders.items()})
        drawing.move(values)
        view.value = Picture(drawing.frame(), says, _table(values, unit))._repr_html_()

    for slider in sliders.values():
        slider.observe(redraw, names="value")
    box = widgets.VBox([*sliders.values(), view])
    # Both forms in one output: a front end shows the controls, a printed page the first state.
    display({**box._repr_mimebundle_(), "text/html": first._repr_html_(), "text/plain": repr(first)}, raw=True)


def _table(values, unit):
    return values.to_frame(unit) if isinstance(values, pd.Series) else values
