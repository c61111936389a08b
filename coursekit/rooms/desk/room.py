"""One trainee's promotion desk: a plan, a weekend that goes on by steps of two hours, and what it left.

The same methods serve the controls in JupyterLab and a person who types them. Everything that is planned
and done is kept in a diary beside the notebook; opened again, the desk stands where it stood.
"""

from pathlib import Path

import pandas as pd

from coursekit.charts import number, plain_table
from coursekit.economies import economy as economy_of
from coursekit.errors import Plain
from coursekit.rooms import diary
from coursekit.rooms.desk.debrief import debrief
from coursekit.rooms.desk.engine import account_of, budget_of, desk_of, spending
from coursekit.rooms.desk.message import so_far
from coursekit.rooms.desk.plan import checked_acts, checked_plan, example_plan, in_force, offer_in_words, product_name
from coursekit.rooms.desk.score import score_of
from coursekit.rooms.desk.tables import tables_of
from coursekit.rooms.desk.weekend import STEP, STEPS, weekend, when
from coursekit.rooms.entries import whole

DIARY = "my weekends.json"


class PromotionDesk:
    """The desk of one weekend; seed chooses it. economy: "china" or "mexico". diary_file: the file that keeps what is done."""

    def __init__(self, seed=1, economy="china", diary_file=DIARY):
        self.given, self.diary_file, self.warning = weekend(seed, economy), diary_file, ""
        self.money = economy_of(economy)["money"]["many"]
        self.plan, self.acts, self.step, self._number, self._run = example_plan(self.given), [], None, None, None
        mine = [e for e in diary.entries(diary_file) if e.get("seed") == seed and e.get("economy") == economy]
        if mine:
            self._open(mine[-1])

    def _open(self, entry):
        """Stand where an entry of the diary stood; one that cannot be, such as of an older course, is left alone."""
        try:
            plan = checked_plan(entry["plan"], self.given)
            acts = checked_acts(entry["acts"], plan, self.given)
            step = whole(entry["step"], "The step", "", 0, STEPS)
            self._number = whole(entry["number"], "The number", "", 1, 10**6)
        except (Plain, KeyError, TypeError) as error:
            print(f"The last weekend in {Path(self.diary_file).name} does not fit this room ({error}), so a new one is planned.")
            return
        self.plan, self.acts, self.step = plan, acts, step
        self._play()

    @property
    def over(self):
        return self.step is not None and self.step >= STEPS

    # -- before the weekend

    def set_plan(self, plan):
        """Take over a plan, see `example_plan`; a plain sentence for one that cannot be."""
        if self.step is not None:
            raise Plain("The weekend has begun: the plan cannot be changed any more, only what is done meanwhile.")
        self.plan = checked_plan(plan, self.given)

    def start(self):
        """Begin the weekend with the plan."""
        if self.step is not None:
            raise Plain("This weekend has begun already.")
        numbers = [e.get("number") for e in diary.entries(self.diary_file)]
        self._number = 1 + max((n for n in numbers if isinstance(n, int)), default=0)
        self.acts, self.step = [], 0
        self._play()
        self._keep()

    # -- during the weekend

    def go_on(self, steps=1):
        """Let so many steps of two hours pass; returns what is seen then, see `now`."""
        self._running()
        self.step = min(self.step + whole(steps, "The time that passes", "steps", 1, 10**6), STEPS)
        self._keep()
        return self.now()

    def set_offer(self, product, offer):
        """Start an offer for a product, or put another in its place, such as {"kind": "percent", "off": 20}."""
        self._act({"do": "offer", "product": product, "offer": offer})
        return f"From now on {self.acts[-1]['product']}: {offer_in_words(self.acts[-1]['offer'], self.given['economy'])}.{self._used_up()}"

    def stop_offer(self, product):
        """End the offer for a product."""
        self._running()
        name = product_name(product, self.given)
        if self.standing()[name] is None:
            raise Plain(f"No offer stands for {name} just now.")
        self._act({"do": "stop", "product": product})
        return f"From now on {name} has no offer."

    def add_coupons(self, more):
        """Open so many further night coupons."""
        self._act({"do": "coupons", "more": more})
        return f"{self.acts[-1]['more']} further night coupons can be bought.{self._used_up()}"

    def _act(self, act):
        self._running()
        # What is done later in the same step counts.
        self.acts = checked_acts([*self.acts, {"step": self.step} | act], self.plan, self.given)
        self._play()
        self._keep()

    def _used_up(self):
        return " But the budget is used up: the desk pays for nothing more." if self._run["end"] < STEP * self.step else ""

    def _running(self):
        if self.step is None:
            raise Plain("The weekend has not begun. Start it first.")
        if self.over:
            raise Plain("The weekend is over. Plan another one.")

    def _play(self):
        self._run = desk_of(self.plan, self.given, self.acts)

    def _keep(self):
        entry = {
            "number": self._number, "seed": self.given["seed"], "economy": self.given["economy"], "plan": self.plan, "acts": self.acts, "step": self.step,
        }  # fmt: skip
        try:
            diary.keep(self.diary_file, entry)
            self.warning = ""
        except Plain as plain:  # the weekend goes on; only a restart would lose it
            self.warning = str(plain)
            print(self.warning)

    # -- what can be seen

    def standing(self):
        """The offer that stands for each product just now, or None, by name."""
        step = min(self.step or 0, STEPS - 1)
        lines = in_force(self.plan, self.acts, self.given)
        return {
            name: next((offer for first, last, offer in line if first <= step < last), None)
            for name, line in zip(self.given["names"], lines, strict=True)
        }

    def now(self):
        """What the desk sees after the time that has passed: see `Moment`."""
        if self.step is None:
            raise Plain("The weekend has not begun. Start it first.")
        return Moment(self)

    # -- after the weekend

    def tables(self):
        """The weekend and the two weeks after it as the county's tables, by name; only when it is over."""
        self._finished()
        return tables_of(self._run)

    def account(self):
        """What the weekend left more than doing nothing, line by line."""
        self._finished()
        return pd.Series(account_of(self._run), name=self.money)

    def budget(self):
        """The desk's money: budget, used, left, and what the platform paid."""
        self._finished()
        found = budget_of(self._run)
        return pd.Series({name: found[name] for name in ("budget", "used", "left", "by platform")}, name=self.money)

    def score(self, say=None):
        """Result and regret, see `score_of`; looks for the best plan only now, when your own weekend is over."""
        self._finished()
        return score_of(self._run, say)

    def debrief(self):
        """Five sentences on what happened, each with the lesson that teaches its number."""
        self._finished()
        floor = (self.plan["nights"] or {"floor": 0})["floor"]
        return debrief(tables_of(self._run), account_of(self._run), self.given, budget_of(self._run)["ended"], floor)

    def _finished(self):
        if not self.over:
            raise Plain("The weekend is not over yet. Run it to its end first.")

    def another(self):
        """Plan the same weekend once more, with the last plan to begin with; the same people come."""
        if self.step is not None:
            self._finished()
        self._number, self.acts, self.step, self._run = None, [], None, None


class Moment:
    """What the desk sees at one moment: a sentence, its numbers, the products, and the money spent so far."""

    def __init__(self, room):
        given, step, parts = room.given, room.step, room._run["parts"]
        self.step, self.of, self.money, self.over = step, STEPS, room.money, step >= STEPS
        hours = STEP * step
        self.time = pd.Timestamp(when(given, hours))
        seen = [shelf["time"] < hours for shelf in parts["goods"]]
        pieces = [int(shelf["pieces"][there].sum()) for shelf, there in zip(parts["goods"], seen, strict=True)]
        left = [
            room.plan["stock"][name] - n if fresh else float("nan")
            for name, n, fresh in zip(given["names"], pieces, given["fresh"], strict=True)
        ]
        self.ended = room._run["end"] < hours
        offers = [offer_in_words(offer, given["economy"]) if offer else "" for offer in room.standing().values()]
        self.goods = pd.DataFrame({
            "offer": ["ended" if self.ended and offer else offer for offer in offers], "orders": [int(there.sum()) for there in seen], "pieces": pieces, "left": left,
        }, index=pd.Index(given["names"], name="product"))  # fmt: skip
        self.sold_out = [name for name, n in zip(given["names"], left, strict=True) if n == 0]
        time, cost, _ = spending(parts)
        self.spent_by_step = [float(cost[time <= STEP * k].sum()) / 100 for k in range(step + 1)]
        self.pieces_by_step = [
            sum(int(s["pieces"][(s["time"] >= STEP * k) & (s["time"] < STEP * (k + 1))].sum()) for s in parts["goods"])
            for k in range(step)
        ]
        self.budget, self.spent = given["budget"], self.spent_by_step[-1]
        bought, redeemed = so_far(parts["message"], hours)
        self.numbers = pd.Series({
            f"budget, {self.money}": self.budget, f"spent or set aside, {self.money}": self.spent, f"left, {self.money}": self.budget - self.spent,
            "orders": int(sum(there.sum() for there in seen)), "night coupons sold": int((parts["nights"]["time"] < hours).sum()),
            "orders from the list": bought, "coupons redeemed": redeemed,
        }, name="so far")  # fmt: skip

    @property
    def says(self):
        """The moment in a sentence."""
        orders, nights = int(self.numbers["orders"]), int(self.numbers["night coupons sold"])
        said = (
            f"{'Sunday midnight' if self.over else f'{self.time:%A, %H:%M}'}, step {self.step} of {self.of}: {number(orders)} orders, {number(nights)} night coupons sold; "
            f"{number(self.spent)} of {number(self.budget)} {self.money} spent or set aside."
        )
        if self.over:
            said = f"The weekend is over. {said}"
        if self.ended:
            said += " The budget is used up: the desk's offers have ended."
        return said + (f" Sold out: {', '.join(self.sold_out)}." if self.sold_out else "")

    def __repr__(self):
        return f"{self.says}\n{self.numbers.to_string()}\n{self.goods.to_string()}"

    def _repr_html_(self):
        return f"<p>{self.says}</p>{plain_table(self.numbers.to_frame())}{plain_table(self.goods)}"
