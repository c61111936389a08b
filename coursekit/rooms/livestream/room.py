"""One trainee's livestream room: a plan, a show that goes on minute by minute, and what it left.

The same methods serve the controls in JupyterLab and a person who types them. Everything that is planned
and done is kept in a diary beside the notebook; opened again, the room stands where it stood.
"""

from pathlib import Path

import pandas as pd

from coursekit.charts import number, plain_table
from coursekit.errors import Plain
from coursekit.rooms import diary
from coursekit.rooms.entries import whole
from coursekit.rooms.livestream.debrief import debrief
from coursekit.rooms.livestream.engine import account_of, checked_acts, open_question, show_of, tables_of
from coursekit.rooms.livestream.evening import evening
from coursekit.rooms.livestream.plan import LASTS, LEAST, checked_plan, example_plan, product_name
from coursekit.rooms.livestream.score import score_of

DIARY = "my shows.json"


class LivestreamRoom:
    """A room of one evening; seed chooses the evening. diary: the file that keeps what is done."""

    def __init__(self, seed=1, diary_file=DIARY):
        self.given, self.diary_file, self.warning = evening(seed), diary_file, ""
        self.plan, self.acts, self.minute, self._number, self._show = example_plan(self.given), [], None, None, None
        mine = [e for e in diary.entries(diary_file) if e.get("seed") == seed]
        if mine:
            self._open(mine[-1])

    def _open(self, entry):
        """Stand where an entry of the diary stood; one that cannot be, such as of an older course, is left alone."""
        try:
            plan = checked_plan(entry["plan"], self.given)
            acts = checked_acts(entry["acts"], plan, self.given)
            minute = whole(entry["minute"], "The minute", "", 0, self.given["minutes"])
            self._number = whole(entry["number"], "The number", "", 1, 10**6)
        except (Plain, KeyError, TypeError) as error:
            print(f"The last show in {Path(self.diary_file).name} does not fit this room ({error}), so a new one is planned.")
            return
        self.plan, self.acts, self.minute = plan, acts, minute
        self._play()

    def _next_number(self):
        numbers = [e.get("number") for e in diary.entries(self.diary_file)]
        return 1 + max((n for n in numbers if isinstance(n, int)), default=0)

    @property
    def over(self):
        return self.minute is not None and self.minute >= self.given["minutes"]

    # -- before the show

    def set_plan(self, plan):
        """Take over a plan, see `example_plan`; a plain sentence for one that cannot be."""
        if self.minute is not None:
            raise Plain("The show is on air: a plan cannot be changed any more, only what is done on air.")
        self.plan = checked_plan(plan, self.given)

    def start(self):
        """Go on air with the plan."""
        if self.minute is not None:
            raise Plain("This show has begun already.")
        plan = checked_plan(self.plan, self.given)
        self._number = self._next_number()
        self.plan, self.acts, self.minute = plan, [], 0
        self._play()
        self._keep()

    # -- on air

    def go_on(self, minutes=1):
        """Let so many minutes pass; returns what is seen then, see `now`."""
        self._on_air()
        self.minute = min(self.minute + whole(minutes, "The time that passes", "minutes", 1, 10**6), self.given["minutes"])
        self._keep()
        return self.now()

    def drop_coupon(self, yuan):
        """A coupon for the next five minutes, for orders of at least four times its worth."""
        self._act({"do": "coupon", "yuan": yuan})
        yuan = int(yuan)
        return f"A coupon of {yuan} yuan runs for {LASTS} minutes, for orders from {number(LEAST * yuan)} yuan."

    def show_product(self, product):
        """Show a product of the line-up from now until the plan's next product comes on."""
        self._act({"do": "show", "product": product})
        return f"On air now: {product_name(product, self.given)}."

    def answer(self):
        """Answer the question that waits: it takes this minute, and makes people surer of the product."""
        self._on_air()
        question = open_question(self.given, self.acts, self.minute)
        self._act({"do": "answer"})
        return f"Answered: {question[2]}"

    def _act(self, act):
        self._on_air()
        acts = [*self.acts, {"minute": self.minute} | act]
        self.acts = checked_acts(acts, self.plan, self.given)
        self._play()
        self._keep()

    def _on_air(self):
        if self.minute is None:
            raise Plain("The show has not begun. Start it first.")
        if self.over:
            raise Plain("The show is over. Plan another one.")

    def _play(self):
        self._show = show_of(self.plan, self.given, self.acts)
        self._tables = tables_of(self._show, self._number)

    def _keep(self):
        entry = {"number": self._number, "seed": self.given["seed"], "plan": self.plan, "acts": self.acts, "minute": self.minute}
        try:
            diary.keep(self.diary_file, entry)
            self.warning = ""
        except Plain as plain:  # the show goes on; only a restart would lose it
            self.warning = str(plain)
            print(self.warning)

    # -- what can be seen

    def now(self):
        """What the host sees after the minutes that have passed: see `Moment`."""
        if self.minute is None:
            raise Plain("The show has not begun. Start it first.")
        return Moment(self)

    def question(self):
        """The question that waits for an answer, or None."""
        if self.minute is None or self.over:
            return None
        found = open_question(self.given, self.acts, self.minute)
        return found and found[2]

    # -- after the show

    def tables(self):
        """The show as the county's tables, by name, and its stock; only when it is over."""
        self._finished()
        return {name: table.copy() for name, table in self._tables.items()}

    def account(self):
        """Where the money went, from GMV to profit, in yuan."""
        self._finished()
        return pd.Series(account_of(self._show), name="yuan")

    def score(self, say=None):
        """Profit and regret, see `score_of`; looks for the best plan only now, when your own show is over."""
        self._finished()
        return score_of(self._show, say)

    def debrief(self):
        """Five sentences on what happened, each with the lesson that teaches its number."""
        self._finished()
        return debrief(self._tables, account_of(self._show))

    def _finished(self):
        if not self.over:
            raise Plain("The show is not over yet. Run it to its end first.")

    def another(self):
        """Plan a new show for the same evening, with the last plan to begin with."""
        if self.minute is not None:
            self._finished()
        self._number, self.acts, self.minute, self._show = None, [], None, None


class Moment:
    """What the host sees at one moment of a show: a sentence, its numbers, the stock, and the minutes so far."""

    def __init__(self, room):
        tables, minute = room._tables, room.minute
        goods, start = room.given["products"], tables["sessions"]["start"].iloc[0]
        orders = tables["orders"]
        orders = orders[orders["ordered"] < start + pd.Timedelta(minutes=minute)]
        self.minute, self.of = minute, room.given["minutes"]
        self.minutes = tables["minutes"].head(minute)
        self.acts, self.coupons = [act for act in room.acts if act["minute"] <= minute], room.plan["coupons"]
        self.numbers = pd.Series(
            {
                "people watching": int(self.minutes["watching"].iloc[-1]) if minute else 0,
                "entered so far": int(self.minutes["entered"].sum()),
                "product pages opened": int(self.minutes["pages"].sum()),
                "orders": len(orders),
                "yuan ordered": orders["amount"].sum(),
            },
            name="so far",
        )
        names = goods.set_index("product")["name"]
        on_air = room._show["on_air"]
        now = int(on_air["lineup"][min(minute, self.of - 1)])
        pieces = orders.groupby("product")["pieces"].sum()
        stock = tables["stock"].set_index("product")["stock"]
        self.stock = pd.DataFrame({
            "price": [line["price"] for line in room.plan["lineup"]], "stock": stock,
            "ordered": pieces.reindex(stock.index, fill_value=0),
        })  # fmt: skip
        self.stock["left"] = self.stock["stock"] - self.stock["ordered"]
        self.stock.index = pd.Index([names[p] for p in self.stock.index], name="product")
        self.showing = self.stock.index[now]
        self.sold_out = list(self.stock.index[(self.stock["left"] == 0) & (self.stock["stock"] > 0)])

    @property
    def says(self):
        """The moment in a sentence."""
        n = self.numbers
        watching, orders = int(n["people watching"]), int(n["orders"])
        said = (
            f"Minute {self.minute} of {self.of}: {number(watching)} {'person is' if watching == 1 else 'people are'} watching; "
            f"{number(orders)} {'order' if orders == 1 else 'orders'} for {number(n['yuan ordered'])} yuan so far."
        )
        if self.minute >= self.of:
            return f"The show is over. {said}"
        gone = f" Sold out: {', '.join(self.sold_out)}." if self.sold_out else ""
        return f"{said} On air: {self.showing}.{gone}"

    def __repr__(self):
        return f"{self.says}\n{self.numbers.to_string()}\n{self.stock.to_string()}"

    def _repr_html_(self):
        return f"<p>{self.says}</p>{plain_table(self.numbers.to_frame())}{plain_table(self.stock)}"
