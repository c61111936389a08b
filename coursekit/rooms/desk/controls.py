"""The promotion desk in JupyterLab: a form, a weekend that passes, a picture, a sentence and tables beside it.

Everything that happens is done by `PromotionDesk`; here it only gets fields and buttons. Buttons and fields, never lists to
choose from: in JupyterLab the arrow keys in a list move from cell to cell.
"""

import html

import ipywidgets as widgets

from coursekit.charts import number, plain_table
from coursekit.rooms.desk.fields import OfferFields, plan_in_words
from coursekit.rooms.desk.picture import Board, picture_of
from coursekit.rooms.desk.plan import ALLOT, FOR, example_plan
from coursekit.rooms.desk.room import PromotionDesk
from coursekit.rooms.desk.score import sentences_of
from coursekit.rooms.desk.weekend import AFTER, FORTNIGHT, INNS, STEPS, VISITORS
from coursekit.rooms.stage import STYLE, Clock, Messages, Words, beside, button, in_row, shown, stop_others


def promotion_desk(seed=1, economy="china"):
    """Open the desk of one weekend in a notebook; returns the desk, which also works without controls.

    seed: a whole number that chooses the weekend. economy: "china" or "mexico". What you do is kept in "my weekends.json"
    beside the notebook.
    """
    room = PromotionDesk(seed, economy)
    view = View(room)
    stop_others(view.clock, "desk")
    shown(view.box, Words(view.intro()))
    return room


class View:
    """The controls of one desk: a form before the weekend, a stage during it, the score after it."""

    def __init__(self, room):
        self.room, self.messages, self.box = room, Messages(), widgets.VBox()
        self.clock = Clock(self._tick)
        self.show_state()

    def intro(self):
        given = self.room.given
        return (f"The promotion desk: a weekend from Friday, {given['days']['date'].iloc[0]:%Y-%m-%d}, with a budget of {number(given['budget'])} {self.room.money}. "
                "Open this notebook in JupyterLab and run this cell to get its controls, or use the desk without them: "
                "set_plan(…), start(), go_on(), now().")  # fmt: skip

    def show_state(self):
        """The form, the stage or the score, as the desk stands."""
        self.clock.stop()
        self.box.children = self._form() if self.room.step is None else self._after() if self.room.over else self._stage()

    # -- before the weekend

    def _form(self):
        room, given, plan = self.room, self.room.given, self.room.plan
        self.lines, rows = {}, []
        for place, product in enumerate(given["shelf"].itertuples()):
            line = OfferFields(product.name, given["economy"], plan["offers"].get(product.name))
            stock = [_int("pieces brought", plan["stock"][product.name], product.name)] if given["fresh"][place] else []
            self.lines[product.name] = (line, *stock)
            paid = f"{product.payer} pay" if " and " in product.payer else "the desk pays"
            rows.append(in_row(_words(f"<b>{html.escape(product.name)}</b> ({product.kind}; list price {number(product.list_price)}, cost {number(product.cost)}, freight "
                                      f"{number(product.freight)}; {paid}{f'; usual stock {product.usual}, salvage {number(product.salvage)}' if stock else ''})", "100%"),
                               *line.parts, *stock))  # fmt: skip
        nights, message = plan["nights"] or {}, plan["message"]
        self.coupons, self.value = (
            _int("night coupons", nights.get("coupons", 0), "number"),
            _int(f"{room.money} off a night", nights.get("value", 60), "night coupon"),
        )
        self.kind, self.allot = (
            _choice("for nights", FOR, nights.get("for", "any")),
            _choice("placed", ALLOT, nights.get("allot", "first come")),
        )
        self.floor = _int("coupons every inn gets at least", nights.get("floor", 0), "floor")
        self.send = _choice("message", ["no message", "send it"], "send it" if message else "no message")
        self.past = _int("to people with so many past orders", (message or {}).get("past_orders", 0), "least")
        self.holdout = _int("held out, percent", round(100 * (message or {}).get("holdout", 0.2)), "holdout")
        return [
            _words(_conditions(room)), *rows, in_row(self.coupons, self.value, self.kind), in_row(self.allot, self.floor),
            in_row(self.send, self.past, self.holdout),
            in_row(button("Begin the weekend", self._begin, self.messages, "primary"), button("Nothing planned", self._nothing, self.messages)),
            self.messages,
        ]  # fmt: skip

    def _planned(self):
        offers = {name: offer for name, (line, *_) in self.lines.items() if (offer := line.offer())}
        stock = {name: rest[0].value for name, (_, *rest) in self.lines.items() if rest}
        nights = {
            "coupons": self.coupons.value, "value": self.value.value, "for": self.kind.value, "allot": self.allot.value, "floor": self.floor.value,
        }  # fmt: skip
        message = {"past_orders": self.past.value, "holdout": self.holdout.value / 100}
        return {
            "offers": offers, "stock": stock, "nights": nights if self.coupons.value else None, "message": message if self.send.value == "send it" else None,
        }  # fmt: skip

    def _begin(self):
        self.room.set_plan(self._planned())
        self.room.start()
        self.show_state()
        return (
            f"It is Friday noon. Start lets the weekend pass by steps of two hours; Pause stops it. {self.room.warning}".strip()
        )

    def _nothing(self):
        self.room.set_plan(example_plan(self.room.given))
        self.show_state()
        return "No offer, the usual stock, no coupon, no message."

    # -- during the weekend

    def _stage(self):
        room, moment = self.room, self.room.now()
        self.board, self.picture, self.goods, self.table = Board(moment), widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.seen_sold_out, self.seen_end = set(moment.sold_out), moment.ended
        self.run = button("Start", self._start_or_pause, self.messages, "primary")
        pace = widgets.BoundedFloatText(
            description="seconds a step", value=self.clock.seconds, min=0.2, max=60, step=1, style=STYLE, layout={"width": "12em"}
        )
        pace.observe(lambda change: setattr(self.clock, "seconds", change["new"]), names="value")
        self.product = widgets.Text(description="product", value=room.given["names"][0], style=STYLE, layout={"width": "16em"})
        self.change = OfferFields("the change", room.given["economy"], {"kind": "percent", "off": 10}, always=True)
        self.more = _int("further night coupons", 10, "number")
        self._draw()
        return [
            _words(f"<h3>The weekend</h3><p>Products: {html.escape(', '.join(room.given['names']))}.</p>"),
            in_row(self.run, button("One step on", lambda: self._pass(1), self.messages), button("Six steps on", lambda: self._pass(6), self.messages),
                   button("To the end", lambda: self._pass(STEPS), self.messages), pace),
            in_row(self.product, *self.change.parts),
            in_row(self._setter("Start or change the offer", lambda: room.set_offer(self.product.value, self.change.offer())),
                   self._setter("Stop the offer", lambda: room.stop_offer(self.product.value)),
                   self.more, self._setter("Open night coupons", lambda: room.add_coupons(self.more.value))),
            self.messages, beside(self.picture, self.table), self.goods,
        ]  # fmt: skip

    def _setter(self, label, act):
        def done():
            said = act()
            self._draw()
            return f"{said} {self.room.warning}".strip()

        return button(label, done, self.messages)

    def _start_or_pause(self):
        if self.clock.runs:
            self.clock.stop()
            self.run.description = "Start"
            return "Paused. Nothing happens until you start again."
        self.clock.start()
        self.run.description = "Pause"
        return "The weekend passes."

    def _pass(self, steps):
        if not self.room.over:
            self.room.go_on(steps)
        return self._after_steps(steps)

    def _tick(self):
        """One step by the clock; False when the weekend is over."""
        if self.room.over:  # ended without the controls
            self.show_state()
            return False
        self.room.go_on(1)
        said = self._after_steps(1)
        if said:
            self.messages.say(said)
        return not self.room.over

    def _after_steps(self, steps):
        """Draw what came; returns what deserves to be said aloud, and changes to the score at the end."""
        if self.room.over:
            self.show_state()
            return f"The weekend is over. {self.room.warning}".strip()
        moment, news = self._draw(), []
        gone = [name for name in moment.sold_out if name not in self.seen_sold_out]
        if gone:
            news.append(f"Sold out: {', '.join(gone)}.")
        if moment.ended and not self.seen_end:
            news.append("The budget is used up: the desk's offers have ended.")
        self.seen_sold_out, self.seen_end = self.seen_sold_out | set(gone), moment.ended
        if steps > 1:
            news = [moment.says]
        return " ".join([*news, self.room.warning]).strip()

    def _draw(self):
        moment = self.room.now()
        self.board.move(moment)
        self.picture.value = picture_of(self.board, moment)._repr_html_()
        self.table.value, self.goods.value = plain_table(moment.numbers.to_frame()), plain_table(moment.goods)
        return moment

    # -- after the weekend

    def _after(self):
        room = self.room
        moment = room.now()
        self.result = widgets.HTML()
        sentences = "".join(f"<li>{html.escape(said)} <i>({lesson})</i></li>" for said, lesson in room.debrief())
        return [
            _words(f"<h3>After the weekend</h3><p>Counted with the {AFTER} days after it for the shops, and {FORTNIGHT} days for the coupons.</p>"),
            beside(widgets.HTML(picture_of(Board(moment), moment)._repr_html_()),
                   widgets.VBox([widgets.HTML(plain_table(room.account().to_frame())), widgets.HTML(plain_table(room.budget().to_frame()))])),
            _words(f"<p>What happened, and the lesson that teaches each number:</p><ol>{sentences}</ol>"),
            in_row(button("What was the best plan?", self._score, self.messages, "primary"), button("Plan the weekend again", self._again, self.messages)),
            self.messages, self.result,
        ]  # fmt: skip

    def _score(self):
        most, money, economy = [], self.room.money, self.room.given["economy"]

        def say(found):
            most.append(found)
            self.messages.say(
                f"Looking for the best plan, which takes up to a minute: {number(round(max(most)))} {money} so far."
            )

        score = self.room.score(say)
        said = sentences_of(score, economy)
        lines = "".join(
            f"<li>{html.escape(line)}</li>" for line in plan_in_words(score["best_plan"], score["best_acts"], economy)
        )
        self.result.value = (
            "".join(f"<p>{html.escape(one)}</p>" for one in said) + f"<p>The plan that was found:</p><ul>{lines}</ul>"
        )
        return said[1]

    def _again(self):
        self.room.another()
        self.show_state()
        return "The same people come again. Your last plan is still in the form. What will you do differently?"


def _conditions(room):
    given, money = room.given, room.money
    days, free = given["days"]["date"], int(given["nights"]["free_rooms"].sum())
    off = [name for name in given["days"]["holiday"].unique() if name]
    holiday = f" Holidays in these days: {html.escape(', '.join(off))}; no coupon holds on their nights." if off else ""
    return (
        f"<h3>Plan the weekend from Friday noon, {days.iloc[0]:%Y-%m-%d}, to Sunday midnight</h3>"
        f"<p>The desk has {number(given['budget'])} {money}. About {VISITORS:g} times the usual buyers are expected. The platform keeps 10 % of what a shop receives. "
        f'Where "platform and desk" pay for an offer, the platform pays 70 % of it; shop and desk pay half each. A flash price ends after six hours.</p>'
        f"<p>{INNS} inns have {number(free)} free room nights in the two weeks after. The list has {len(given['past']):,} people; a message costs {number(given['message'])} {money}, "
        f"and a coupon that is used 15.{holiday}</p>"
    )


def _int(label, value, of):
    return widgets.IntText(
        description=label, value=value, tooltip=f"{label}, {of}", style=STYLE, layout={"width": "auto", "max_width": "20em"}
    )


def _choice(label, options, value):
    return widgets.ToggleButtons(options=options, value=value, description=label, style=STYLE | {"button_width": "auto"})


def _words(text, width="auto"):
    return widgets.HTML(text, layout={"width": width})
