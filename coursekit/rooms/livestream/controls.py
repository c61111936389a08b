"""The livestream room in JupyterLab: controls, a live picture, a sentence and a table beside it.

Everything that happens is done by `LivestreamRoom`; here it only gets buttons. Buttons and fields, never
lists to choose from: in JupyterLab the arrow keys in a list move from cell to cell.
"""

import functools
import html

import ipywidgets as widgets

from coursekit.charts import number, plain_table
from coursekit.rooms.livestream.picture import Board, picture_of
from coursekit.rooms.livestream.plan import COUPONS
from coursekit.rooms.livestream.room import LivestreamRoom
from coursekit.rooms.livestream.score import plan_table, sentences_of
from coursekit.rooms.stage import STYLE, Clock, Messages, Words, beside, button, in_row, shown, stop_others

YUAN = [5, 10, 20]


def livestream_room(seed=1):
    """Open the livestream room of one evening in a notebook; returns the room, which also works without controls.

    seed: a whole number that chooses the evening. What you do is kept in "my shows.json" beside the notebook.
    """
    room = LivestreamRoom(seed)
    view = View(room)
    stop_others(view.clock, "livestream")
    shown(view.box, Words(view.intro()))
    return room


class View:
    """The controls of one room: a form before the show, a stage during it, the score after it."""

    def __init__(self, room):
        self.room, self.messages, self.box = room, Messages(), widgets.VBox()
        self.clock = Clock(self._tick)
        self.show_state()

    def intro(self):
        given = self.room.given
        return (f"The livestream room: a show of {given['minutes']} minutes with {len(given['products'])} products. "
                "Open this notebook in JupyterLab and run this cell to get its controls, "
                "or use the room without them: start(), go_on(), drop_coupon(10), tables().")  # fmt: skip

    def show_state(self):
        """The form, the stage or the score, as the room stands."""
        self.clock.stop()
        if self.room.minute is None:
            parts = self._form()
        elif self.room.over:
            parts = self._after()
        else:
            parts = self._stage()
        self.box.children = parts

    # -- before the show

    def _form(self):
        room, given = self.room, self.room.given
        self.host = widgets.ToggleButtons(
            description="host", options=[(_host_words(name, h), name) for name, h in given["hosts"].items()],
            value=room.plan["host"], style=STYLE | {"button_width": "auto"},
        )  # fmt: skip
        self.traffic = widgets.FloatText(description="yuan for paid viewers", value=room.plan["traffic"], style=STYLE)
        planned = {line["product"]: (place, line) for place, line in enumerate(room.plan["lineup"], 1)}
        self.lines = {}
        for product in given["products"].itertuples():
            place, line = planned.get(product.name, (len(planned) + 1, {"minutes": 0, "price": product.list_price, "stock": 0}))
            self.lines[product.name] = {
                "place": _int("place", place, product.name), "minutes": _int("minutes", line["minutes"], product.name),
                "price": widgets.FloatText(description="price", value=line["price"], tooltip=f"price of {product.name}",
                                           style=STYLE, layout={"width": "9em"}),
                "stock": _int("stock", line["stock"], product.name),
            }  # fmt: skip
        self.coupons = []
        for n in range(COUPONS):
            coupon = room.plan["coupons"][n] if n < len(room.plan["coupons"]) else {"minute": 15 + 20 * n, "yuan": 0}
            self.coupons.append(
                (_int("yuan", coupon["yuan"], f"coupon {n + 1}"), _int("in minute", coupon["minute"], f"coupon {n + 1}"))
            )
        rows = [
            in_row(_words(f"<b>{p.name}</b> ({p.kind}; list price {number(p.list_price)}, cost {number(p.cost)})", "23em"),
                   *self.lines[p.name].values())
            for p in given["products"].itertuples()
        ]  # fmt: skip
        return [
            _words(f"<h3>Plan a show of {given['minutes']} minutes</h3>"
                   f"<p>The first paid viewers cost {number(given['traffic'])} yuan each, the next ones more. A product with 0 minutes is not in the line-up; "
                   "the smallest place comes first. A coupon of 0 yuan is none.</p>"),
            self.host, self.traffic, *rows,
            *(in_row(_words(f"coupon {n}", "6em"), *pair) for n, pair in enumerate(self.coupons, 1)),
            in_row(button("Go on air", self._go_on_air, self.messages, "primary"),
                   button("Plain plan", self._plain_plan, self.messages)),
            self.messages,
        ]  # fmt: skip

    def _planned(self):
        used = [(line["place"].value, name, line) for name, line in self.lines.items() if line["minutes"].value]
        used.sort(key=lambda row: row[0])
        lineup = [
            {"product": name, "minutes": line["minutes"].value, "price": line["price"].value, "stock": line["stock"].value}
            for _, name, line in used
        ]
        coupons = [{"minute": minute.value, "yuan": yuan.value} for yuan, minute in self.coupons if yuan.value]
        return {"host": self.host.value, "traffic": self.traffic.value, "lineup": lineup, "coupons": coupons}

    def _go_on_air(self):
        self.room.set_plan(self._planned())
        self.room.start()
        self.show_state()
        return "You are on air. Start lets the minutes pass; Pause stops them."

    def _plain_plan(self):
        from coursekit.rooms.livestream.plan import example_plan

        self.room.set_plan(example_plan(self.room.given))
        self.show_state()
        return "All goods have the same time, at their list price."

    # -- on air

    def _stage(self):
        moment = self.room.now()
        self.board, self.picture, self.table = Board(moment), widgets.HTML(), widgets.HTML()
        self.question = widgets.HTML()
        self.seen_sold_out, self.seen_question = set(moment.sold_out), None
        self.run = button("Start", self._start_or_pause, self.messages, "primary")
        pace = widgets.BoundedFloatText(
            description="seconds a minute",
            value=self.clock.seconds,
            min=0.2,
            max=60,
            step=1,
            style=STYLE,
            layout={"width": "13em"},
        )
        pace.observe(lambda change: setattr(self.clock, "seconds", change["new"]), names="value")

        def act(do):
            def done():
                said = do()
                self._draw()
                self.seen_question = self.room.question()
                return said

            return done

        self._draw()
        return [
            _words("<h3>On air</h3>"),
            in_row(self.run, button("One minute on", lambda: self._pass(1), self.messages),
                   button("Ten minutes on", lambda: self._pass(10), self.messages),
                   button("To the end", lambda: self._pass(self.room.given["minutes"]), self.messages), pace),
            in_row(*(button(f"Coupon of {yuan} yuan", act(functools.partial(self.room.drop_coupon, yuan)), self.messages)
                     for yuan in YUAN), button("Answer the question", act(self.room.answer), self.messages)),
            in_row(*(button(f"Show {line['product']}", act(functools.partial(self.room.show_product, line["product"])), self.messages)
                     for line in self.room.plan["lineup"])),
            self.messages, self.question, beside(self.picture, self.table),
        ]  # fmt: skip

    def _start_or_pause(self):
        if self.clock.runs:
            self.clock.stop()
            self.run.description = "Start"
            return "Paused. Nothing happens until you start again."
        self.clock.start()
        self.run.description = "Pause"
        return "The minutes pass."

    def _pass(self, minutes):
        if not self.room.over:
            self.room.go_on(minutes)
        return self._after_minutes()

    def _tick(self):
        """One minute by the clock; False when the show is over."""
        if self.room.over:  # ended without the controls
            self.show_state()
            return False
        self.room.go_on(1)
        said = self._after_minutes()
        if said:
            self.messages.say(said)
        return not self.room.over

    def _after_minutes(self):
        """Draw what came; returns what deserves to be said aloud, and changes to the score at the end."""
        if self.room.over:
            self.show_state()
            return "The show is over."
        moment = self._draw()
        news = []
        gone = [name for name in moment.sold_out if name not in self.seen_sold_out]
        if gone:
            news.append(f"Sold out: {', '.join(gone)}.")
        self.seen_sold_out |= set(gone)
        question = self.room.question()
        if question and question != self.seen_question:
            news.append(f"A viewer asks: {question}")
        elif self.seen_question and not question:
            news.append("The question was not answered in time.")
        self.seen_question = question
        return " ".join([*news, self.room.warning]).strip()

    def _draw(self):
        moment = self.room.now()
        self.board.move(moment)
        self.picture.value = picture_of(self.board, moment)._repr_html_()
        self.table.value = plain_table(moment.numbers.to_frame())
        asked = self.room.question()
        self.question.value = f"<p><b>A viewer asks:</b> {html.escape(asked)}</p>" if asked else "<p>No question waits.</p>"
        return moment

    # -- after the show

    def _after(self):
        room = self.room
        moment = room.now()
        board = Board(moment)
        self.result = widgets.HTML()
        sentences = "".join(f"<li>{html.escape(said)} <i>({lesson})</i></li>" for said, lesson in room.debrief())
        return [
            _words("<h3>After the show</h3>"),
            beside(widgets.HTML(picture_of(board, moment)._repr_html_()), widgets.HTML(plain_table(room.account().to_frame()))),
            _words(f"<p>What happened, and the lesson that teaches each number:</p><ol>{sentences}</ol>"),
            in_row(button("What was the best plan?", self._score, self.messages, "primary"),
                   button("Plan another show", self._again, self.messages)),
            self.messages, self.result,
        ]  # fmt: skip

    def _score(self):
        most = []

        def say(found):
            most.append(found)
            self.messages.say(f"Looking for the best plan, which takes about half a minute: {number(max(most))} yuan so far.")

        score = self.room.score(say)
        said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in sentences_of(score))
        plan = score["best_plan"]
        how = f"<p>The plan that was found: host {plan['host']}, {number(plan['traffic'])} yuan for paid viewers, coupons: {_coupons(plan)}; questions answered: {len(score['best_acts'])}.</p>"
        self.result.value = said + how + plain_table(plan_table(plan))
        return sentences_of(score)[1]

    def _again(self):
        self.room.another()
        self.show_state()
        return "Your last plan is still in the form."


def _host_words(name, host):
    fee = f"{number(host['fixed'])} yuan" if host["fixed"] else "no fee"
    share = ""
    if host["rate"]:
        kind = "kept sales" if host["given_back"] else "paid sales"
        share = f" and {number(100 * host['rate'])} % of {kind}"
    share += f", {number(100 * host['followers'])} % followers"
    agency = f", agency {number(100 * host['agency'])} %" if host["agency"] else ""
    return f"{name}: about {number(round(host['people'], -2))} people, {fee}{share}{agency}"


def _coupons(plan):
    return ", ".join(f"{c['yuan']} yuan in minute {c['minute']}" for c in plan["coupons"]) or "none"


def _int(label, value, of):
    return widgets.IntText(description=label, value=value, tooltip=f"{label} of {of}", style=STYLE, layout={"width": "9em"})


def _words(text, width="auto"):
    return widgets.HTML(text, layout={"width": width})
