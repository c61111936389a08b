"""The practice inn in JupyterLab: fields to set, days that pass, a picture, a sentence and tables beside it.

Everything that happens is done by `PracticeInn`; here it only gets fields and buttons.
"""

import html

import ipywidgets as widgets

from coursekit.charts import number, plain_table
from coursekit.rooms.inn.picture import Board, picture_of
from coursekit.rooms.inn.room import PracticeInn
from coursekit.rooms.inn.score import sentences_of
from coursekit.rooms.inn.settings import KINDS, in_words
from coursekit.rooms.inn.takeover import NIGHTS
from coursekit.rooms.stage import STYLE, Clock, Messages, Words, beside, button, in_row, shown, stop_others


def practice_inn(seed=1):
    """Open the practice inn of one seed in a notebook; returns the inn, which also works without controls.

    seed: a whole number that chooses the inn and its guests. What you set is kept in "my inns.json" beside the notebook.
    """
    inn = PracticeInn(seed)
    view = View(inn)
    stop_others(view.clock, "inn")
    shown(view.box, Words(view.intro()))
    return inn


class View:
    """The controls of one inn: what can be set and the days while it goes on, the score after it."""

    def __init__(self, inn):
        self.inn, self.messages, self.box = inn, Messages(), widgets.VBox()
        self.clock = Clock(self._tick)
        self.show_state()

    def intro(self):
        given = self.inn.given
        return (f"The practice inn: {given['name']}, {given['size']} rooms, ninety nights from 1 January 2026. "
                "Open this notebook in JupyterLab and run this cell to get its controls, "
                'or use the inn without them: set_rate(298, nights="weekend"), set_deposit(0.2), go_on(7), now().')  # fmt: skip

    def show_state(self):
        """The evening or the score, as the inn stands."""
        self.clock.stop()
        self.box.children = self._after() if self.inn.over else self._evening()

    # -- while the nights come

    def _evening(self):
        inn, given = self.inn, self.inn.given
        evening = inn.now()
        self.board, self.picture = Board(evening), widgets.HTML()
        self.news, self.ahead = widgets.HTML(), widgets.HTML()
        dates = given["days"]["date"]
        self.first = _text("from", f"{dates.iloc[0]:%Y-%m-%d}", "first night")
        self.last = _text("to", f"{dates.iloc[-1]:%Y-%m-%d}", "last night")
        self.kind = widgets.ToggleButtons(
            options=KINDS, value="all", description="nights", style=STYLE | {"button_width": "auto"}
        )
        self.rate, self.stay = _int("yuan", round(given["usual"]), "rate"), _int("nights", 1, "shortest stay")
        self.deposit = _int("percent", round(100 * evening.deposit), "deposit")
        self.over = _int("rooms", evening.overbooking, "overbooking")
        self.run = button("Start", self._start_or_pause, self.messages, "primary")
        pace = widgets.BoundedFloatText(
            description="seconds a day", value=self.clock.seconds, min=0.2, max=60, step=1, style=STYLE, layout={"width": "12em"}
        )
        pace.observe(lambda change: setattr(self.clock, "seconds", change["new"]), names="value")
        self._draw()
        return [
            widgets.HTML(_conditions(given)),
            in_row(self.first, self.last, self.kind),
            in_row(self.rate, self._setter("Set the rate", lambda: inn.set_rate(self.rate.value, **self._span())),
                   self.stay, self._setter("Set the shortest stay", lambda: inn.set_minimum(self.stay.value, **self._span()))),
            in_row(self.deposit, self._setter("Set the deposit", lambda: inn.set_deposit(self.deposit.value / 100)),
                   self.over, self._setter("Set overbooking", lambda: inn.set_overbooking(self.over.value))),
            in_row(self.run, button("One day on", lambda: self._pass(1), self.messages),
                   button("Seven days on", lambda: self._pass(7), self.messages),
                   button("To the end", lambda: self._pass(NIGHTS), self.messages), pace),
            self.messages, self.picture, beside(self.news, self.ahead),
        ]  # fmt: skip

    def _span(self):
        return {"first": self.first.value.strip(), "last": self.last.value.strip(), "nights": self.kind.value}

    def _setter(self, label, act):
        def done():
            said = act()
            self._draw()
            return f"{said} {self.inn.warning}".strip()

        return button(label, done, self.messages)

    def _start_or_pause(self):
        if self.clock.runs:
            self.clock.stop()
            self.run.description = "Start"
            return "Paused. Nothing happens until you start again."
        self.clock.start()
        self.run.description = "Pause"
        return "The days pass."

    def _pass(self, days):
        if not self.inn.over:
            self.inn.go_on(days)
        return self._after_days(days)

    def _tick(self):
        """One day by the clock; False when the nights are over."""
        if self.inn.over:  # ended without the controls
            self.show_state()
            return False
        self.inn.go_on(1)
        said = self._after_days(1)
        if said:
            self.messages.say(said)
        return not self.inn.over

    def _after_days(self, days):
        """Draw what came; returns what deserves to be said aloud, and changes to the score at the end."""
        if self.inn.over:
            self.show_state()
            return "The ninety nights are over."
        walked = self._walked
        evening = self._draw()
        if self._walked > walked:
            return f"A guest came to a full house and was walked. {self.inn.warning}".strip()
        return evening.says if days > 1 else self.inn.warning

    def _draw(self):
        evening = self.inn.now()
        self.board.move(evening)
        self.picture.value = picture_of(self.board, evening)._repr_html_()
        self.news.value = plain_table(evening.news.to_frame())
        self.ahead.value = plain_table(evening.table())
        self._walked = int(evening.news["walked so far"])
        return evening

    # -- after the ninety nights

    def _after(self):
        inn = self.inn
        evening = inn.now()
        self.result = widgets.HTML()
        sentences = "".join(f"<li>{html.escape(said)} <i>({lesson})</i></li>" for said, lesson in inn.debrief())
        settings = "".join(f"<li>{html.escape(said)}</li>" for said in evening.settings) or "<li>Nothing was set.</li>"
        return [
            widgets.HTML("<h3>After ninety nights</h3>"),
            beside(widgets.HTML(picture_of(Board(evening), evening)._repr_html_()), widgets.HTML(plain_table(inn.account().to_frame()))),
            widgets.HTML(f"<p>What happened, and the lesson that teaches each number:</p><ol>{sentences}</ol>"),
            widgets.HTML(f"<p>What you set:</p><ul>{settings}</ul>"),
            in_row(button("What was the best card?", self._score, self.messages, "primary"),
                   button("Take the inn over again", self._again, self.messages)),
            self.messages, self.result,
        ]  # fmt: skip

    def _score(self):
        def say(found):
            self.messages.say(f"Looking for the best cards, which takes up to a minute: {number(round(found))} yuan so far.")

        score = self.inn.score(say)
        said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences_of(score))
        card = "".join(f"<li>{html.escape(in_words(one))}</li>" for one in score["steady_settings"])
        self.result.value = f"{said}<p>The card of three rates:</p><ul>{card}</ul>"
        return sentences_of(score)[1]

    def _again(self):
        self.inn.again()
        self.show_state()
        return "The same guests come again, and nothing is set. What will you do differently?"


def _conditions(given):
    kinds = given["days"]["night"].value_counts()
    return (
        f"<h3>{html.escape(given['name'])}: {given['size']} rooms, ninety nights from 1 January 2026</h3>"
        f"<p>{kinds['weekday']} weekday, {kinds['weekend']} weekend and {kinds['holiday']} holiday nights. Its usual price is "
        f"{number(round(given['usual']))} yuan; a room night costs you {number(given['cost'])} yuan, the platform keeps "
        f"{number(100 * given['commission'])} % of what is booked there, and a walked guest costs {number(given['walk_cost'])} yuan. "
        f"What the host before asked holds until you set something else. A setting holds for those who book after it.</p>"
    )


def _text(label, value, of):
    return widgets.Text(description=label, value=value, tooltip=of, style=STYLE, layout={"width": "11em"})


def _int(label, value, of):
    return widgets.IntText(description=f"{of}, {label}", value=value, tooltip=of, style=STYLE, layout={"width": "15em"})
