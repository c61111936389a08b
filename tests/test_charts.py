"""Pictures say themselves in words; demonstrations stand every position of their controls."""

import inspect
import itertools
import re

import pandas as pd
import pytest

from coursekit import charts, demos
from coursekit.demos.livestream import headline_to_net
from coursekit.demos.start import up_and_down

PICTURE = charts.bars({"viewers": 120_000, "buyers": 35}, title="Few buy", unit="people", says="Of 120,000 viewers 35 buy.")


def test_a_picture_has_its_sentence_as_alternative_text_and_its_table():
    page = PICTURE._repr_html_()
    assert 'alt="Of 120,000 viewers 35 buy."' in page
    assert "<td" in page
    assert "120,000" in page
    assert repr(PICTURE).startswith("Of 120,000 viewers 35 buy.")
    assert PICTURE.png.startswith(b"\x89PNG")
    assert len(PICTURE.png) < 60_000


def test_the_same_picture_has_the_same_bytes():
    again = charts.bars({"viewers": 120_000, "buyers": 35}, title="Few buy", unit="people", says="Of 120,000 viewers 35 buy.")
    assert again.png == PICTURE.png


def test_words_in_a_picture_cannot_break_the_page():
    picture = charts.bars({'<b>"': 1}, title="t", unit="u", says='a "b" <script>')
    assert "<script>" not in picture._repr_html_()
    assert "<b>" not in picture._repr_html_()


def drawn_inside(drawing):
    """True when every text of a drawing lies inside it and no two numbers overlap."""
    drawing.png()
    whole = drawing.figure.bbox
    renderer = drawing.canvas.get_renderer()
    low, high = sorted(drawing.axes.get_ylim())
    ticks = [t for t in drawing.axes.get_yticklabels() if low <= t.get_position()[1] <= high]
    texts = [*drawing.labels, drawing.axes.title, drawing.axes.xaxis.label, drawing.axes.yaxis.label, *ticks]
    boxes = [t.get_window_extent(renderer) for t in texts if t.get_text()]
    apart = not any(a.overlaps(b) for a, b in itertools.combinations([x.get_window_extent(renderer) for x in drawing.labels], 2))
    return apart and all(
        b.x0 >= whole.x0 - 1 and b.x1 <= whole.x1 + 1 and b.y0 >= whole.y0 - 1 and b.y1 <= whole.y1 + 1 for b in boxes
    )


@pytest.mark.parametrize(
    "values", [{"a": 0, "b": 0}, {"a": -5, "b": 10}, {"a": 1e10, "b": 1e-3}, {"a very long name of a bar": 3}]
)
def test_nothing_is_clipped_or_overlaps(values):
    assert drawn_inside(charts.Bars(pd.Series(values, dtype=float), "A finding", "yuan"))


@pytest.mark.parametrize(
    "rows", [[(0.7, 0.5, 0.9)], [(0, 0, 0), (3, -2, 9)], [(1e-4, 0, 2e-4), (120_000, 1000, 300_000)], [(5, 1, 5)] * 8]
)
def test_intervals_are_not_clipped(rows):
    table = pd.DataFrame(rows, columns=["value", "low", "high"], index=[f"row {i} of a table" for i in range(len(rows))])
    drawing = charts.Ranges(table, "How sure", "percent of people")
    assert drawn_inside(drawing)
    low, high = drawing.axes.get_xlim()
    assert low < table["low"].min() <= table["high"].max() < high


@pytest.mark.parametrize("table", [
    pd.DataFrame({"a": [0, 0, 0]}), pd.DataFrame({"a": [-3, 2.0], "b": [1e6, 4]}), pd.DataFrame({"one": range(120), "two": range(120)}),
])  # fmt: skip
def test_lines_stay_inside_and_differ_by_their_marks(table):
    drawing = charts.Lines(table.rename_axis("minute"), "A finding", "people")
    assert drawn_inside(drawing)
    low, high = drawing.axes.get_ylim()
    assert low <= table.min(axis=None) <= table.max(axis=None) <= high
    assert len({c.get_marker() for c in drawing.curves}) == len(table.columns)


@pytest.mark.parametrize("last", [1, 2, 3, 4, 7, 20, 23, 60, 119])
def test_whole_numbers_below_a_picture_stay_whole(last):
    table = pd.DataFrame({"yuan": range(last + 1)}).rename_axis("coupons")
    places = charts.Lines(table, "A finding", "yuan").axes.xaxis.get_majorticklocs()
    assert all(x == round(x) for x in places)
    assert sum(0 <= x <= last for x in places) >= 2


@pytest.mark.parametrize("days", [2, 3, 6, 7, 8, 15, 31, 62, 100, 200, 366, 760])
@pytest.mark.parametrize("start", ["2017-06-28", "2025-12-30"])
def test_dates_below_a_picture_are_few_whole_days_and_do_not_touch(days, start):
    night = pd.date_range(start, periods=days, unit="s", name="night")
    table = pd.DataFrame({"sold": range(days), "forecast": range(1, days + 1)}, index=night)
    drawing = charts.Lines(table, "A finding", "room nights")
    assert drawn_inside(drawing)
    low, high = drawing.axes.get_xlim()
    places = drawing.axes.xaxis.get_majorticklocs()
    shown = [t for t, x in zip(drawing.axes.get_xticklabels(), places, strict=True) if low <= x <= high]
    assert 2 <= len(shown) <= charts.MOST_DATES + 1
    assert all(re.fullmatch(r"\d{1,2} [A-Z][a-z]{2} 20\d\d", t.get_text()) for t in shown)
    boxes = [t.get_window_extent(drawing.canvas.get_renderer()) for t in shown]
    assert all(a.x1 + 4 < b.x0 for a, b in itertools.pairwise(boxes))
    assert boxes[0].x0 >= 0
    assert boxes[-1].x1 <= drawing.figure.bbox.x1
    page = charts.lines(table, title="A finding", unit="room nights", says="It rises.")._repr_html_()
    assert charts.date(night[0]) + "</th>" in page
    assert "00:00" not in page


@pytest.mark.parametrize("kind", ["lines", "ranges"])
def test_other_pictures_say_themselves_too(kind):
    table = pd.DataFrame({"value": [0.7, 0.8], "low": [0.5, 0.4], "high": [0.9, 1]}, index=["old", "new"])
    picture = getattr(charts, kind)(table, title="A finding", unit="percent", says="0.7 and 0.8 percent, hardly told apart.")
    assert 'alt="0.7 and 0.8 percent' in picture._repr_html_()
    assert len(picture.png) < 60_000
    assert picture.png == getattr(charts, kind)(table, title="A finding", unit="percent", says="x").png


def test_the_check_for_clipping_bites():
    drawing = charts.Bars(pd.Series({"a": 1.0, "b": 2.0}), "A finding", "yuan")
    drawing.figure.set_layout_engine("none")
    drawing.labels[0].set_x(9)
    assert not drawn_inside(drawing)


DEMOS = {name: f for name, f in inspect.getmembers(demos, inspect.isfunction) if name.startswith("show_")}


@pytest.mark.parametrize("name", DEMOS)
def test_a_demo_stands_every_position_and_says_it(name, monkeypatch):
    """The extremes of every control, all together: the picture fits, the sentence names the numbers."""
    import ipywidgets

    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    made = []
    monkeypatch.setattr(ipywidgets, "VBox", lambda children: made.append(children) or Box())
    DEMOS[name]()
    *sliders, view = made[0]
    assert shown[0]["text/html"] == view.value  # without a front end the first state is shown
    seen = set()
    for positions in itertools.product(*[(s.min, s.value, s.max) for s in sliders]):
        for slider, x in zip(sliders, positions, strict=True):
            slider.value = x
        assert re.search(r'alt="[^"]{30,}"', view.value)
        seen.add(view.value)
    assert len(seen) > len(sliders)


class Box:
    def _repr_mimebundle_(self):
        return {}


@pytest.mark.parametrize("calculation", [up_and_down, headline_to_net])
@pytest.mark.parametrize("percents", [(0, 0), (100, 100), (0, 60), (60, 60), (25, 25)])
def test_demo_pictures_fit_at_the_extremes(calculation, percents):
    start = 100 if calculation is up_and_down else 10_000
    values, says = calculation(start, *percents)
    assert drawn_inside(charts.Bars(values, "A finding", "yuan", limit=2.2 * start))
    assert charts.number(values.iloc[-1]) in says
