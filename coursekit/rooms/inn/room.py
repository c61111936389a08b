"""One reader's practice inn: what is set, nights that come day by day, and what they left.

The same methods serve the controls in JupyterLab and a person who types them. Everything that is set
is kept in a diary beside the notebook; opened again, the inn stands where it stood.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from coursekit import methods
from coursekit.charts import number, plain_table
from coursekit.errors import Plain
from coursekit.rooms import diary
from coursekit.rooms.entries import whole
from coursekit.rooms.inn.debrief import debrief
from coursekit.rooms.inn.engine import account_of, inn_of, tables_of
from coursekit.rooms.inn.score import score_of
from coursekit.rooms.inn.settings import checked_settings, in_words
from coursekit.rooms.inn.takeover import NIGHTS, takeover
from coursekit.world.county import NOW

DIARY = "my inns.json"
AHEAD = 14  # nights that are looked ahead to


class PracticeInn:
    """The inn of one seed. diary_file: the file that keeps what is set."""

    def __init__(self, seed=1, diary_file=DIARY):
        self.given, self.diary_file, self.warning = takeover(seed), diary_file, ""
        self.settings, self.day, self._number = [], 0, None
        mine = [e for e in diary.entries(diary_file) if e.get("seed") == seed]
        if mine:
            self._open(mine[-1])
        self._play()

    def _open(self, entry):
        """Stand where an entry of the diary stood; one that cannot be, such as of an older course, is left alone."""
        try:
            settings = checked_settings(entry["settings"], self.given)
            day = whole(entry["day"], "The day", "", 0, NIGHTS)
            self._number = whole(entry["number"], "The number", "", 1, 10**6)
        except (Plain, KeyError, TypeError) as error:
            print(f"The last inn in {Path(self.diary_file).name} does not fit this room ({error}), so it is taken over anew.")
            return
        self.settings, self.day = settings, day

    @property
    def over(self):
        return self.day >= NIGHTS

    # -- what a host sets

    def set_rate(self, rate, first=None, last=None, nights="all"):
        """The rate in yuan for those who book from now on. first, last: nights, such as "2026-02-14"; nights: "all", "weekday", "weekend" or "holiday"."""
        return self._set({"set": "rate", "to": rate, "first": first, "last": last, "nights": nights})

    def set_minimum(self, stay, first=None, last=None, nights="all"):
        """The shortest stay, in nights, that can begin on a night; the rest as for `set_rate`."""
        return self._set({"set": "minimum", "to": stay, "first": first, "last": last, "nights": nights})

    def set_deposit(self, part):
        """The part of the price that guests pay when they book from now on, such as 0.2 for 20 %."""
        return self._set({"set": "deposit", "to": part})

    def set_overbooking(self, rooms):
        """How many rooms are sold from now on beyond those there are."""
        return self._set({"set": "overbooking", "to": rooms})

    def _set(self, one):
        self._not_over()
        one = {"day": self.day} | {k: v for k, v in one.items() if v is not None}
        self.settings = checked_settings([*self.settings, one], self.given)
        self._play()
        self._keep()
        return in_words(self.settings[-1])

    # -- the days

    def go_on(self, days=1):
        """Let so many days pass; returns what is seen then, see `now`."""
        self._not_over()
        self.day = min(self.day + whole(days, "The time that passes", "days", 1, 10**6), NIGHTS)
        self._keep()
        return self.now()

    def _not_over(self):
        if self.over:
            raise Plain("The ninety nights are over. Take the inn over again.")

    def _play(self):
        self._inn = inn_of(self.settings, self.given)

    def _keep(self):
        if self._number is None:
            numbers = [e.get("number") for e in diary.entries(self.diary_file)]
            self._number = 1 + max((n for n in numbers if isinstance(n, int)), default=0)
        entry = {"number": self._number, "seed": self.given["seed"], "settings": self.settings, "day": self.day}
        try:
            diary.keep(self.diary_file, entry)
            self.warning = ""
        except Plain as plain:  # the days go on; only a restart would lose them
            self.warning = str(plain)
            print(self.warning)

    # -- what can be seen

    def now(self):
        """What the host sees this evening: see `Evening`."""
        return Evening(self)

    def tables(self):
        """The inn as the county's tables, by name, as they stand this evening."""
        return tables_of(self._inn, NOW + self.day)

    # -- after the ninety nights

    def account(self):
        """Where the money went, from what was paid for rooms to the profit, in yuan."""
        self._finished()
        return pd.Series(account_of(self._inn), name="yuan")

    def score(self, say=None):
        """Profit and regret, see `score_of`; looks for the best cards only now, when your own nights are over."""
        self._finished()
        return score_of(self._inn, self.settings, say)

    def debrief(self):
        """Six sentences on what happened, each with the lesson that teaches its number."""
        self._finished()
        return debrief(tables_of(self._inn), self.given)

    def _finished(self):
        if not self.over:
            raise Plain("The ninety nights are not over yet. Let the days pass first.")

    def again(self):
        """Take the same inn over once more, with the same guests, and nothing set."""
        if self.day:
            self._finished()
        self.settings, self.day, self._number = [], 0, None
        self._play()


class Evening:
    """What the host sees one evening: a sentence, the money so far, and every night with its rate and its rooms."""

    def __init__(self, inn):
        given, day, tables = inn.given, inn.day, inn.tables()
        self.day, self.name = day, given["name"]
        bookings, days = tables["bookings"], tables["calendar"]
        self.date = days["date"].iloc[0] + pd.Timedelta(days=day - 1)
        stands = bookings[bookings["status"].isin(["open", "stayed"])]
        night = (methods.nights_of(stands)["night"] - days["date"].iloc[0]).dt.days
        held = inn._inn["held"]
        self.nights = pd.DataFrame({
            "night": days["night"].to_numpy(), "rate": tables["rates"]["rate"].to_numpy(),
            "shortest stay": held["minimum"][min(day, NIGHTS)], "sold": np.bincount(night, minlength=NIGHTS), "rooms": given["rooms"],
        }, index=pd.Index(days["date"], name="date"))  # fmt: skip
        self.deposit, self.overbooking = float(held["deposit"][day]), int(held["overbooking"][day])
        account = account_of(inn._inn, NOW + day)
        today = bookings["booked"] == self.date
        self.news = pd.Series({
            "booked today": int(today.sum()), "canceled today": int((bookings["canceled"] == self.date).sum()),
            "stayed so far": int((bookings["status"] == "stayed").sum()), "no-shows so far": int((bookings["status"] == "no-show").sum()),
            "walked so far": int((bookings["status"] == "walked").sum()),
            "yuan for rooms so far": account["rooms"], "profit so far, yuan": account["profit"],
        }, name="this evening")  # fmt: skip
        self.ahead = self.nights.iloc[day : day + AHEAD]
        self.settings = [in_words(one) for one in inn.settings]

    @property
    def says(self):
        """The evening in a sentence."""
        if self.day >= NIGHTS:
            return f"The ninety nights of {self.name} are over: a profit of {number(self.news['profit so far, yuan'])} yuan."
        sold, rooms = int(self.ahead["sold"].sum()), int(self.ahead["rooms"].sum())
        return (
            f"Evening of {self.date:%Y-%m-%d}, {self.day} of {NIGHTS} nights are over. Of the {rooms} room nights of the next "
            f"{len(self.ahead)} nights {sold} are sold. Profit so far: {number(self.news['profit so far, yuan'])} yuan."
        )

    def table(self):
        """The nights ahead, as a table to be read."""
        shown = self.ahead.copy()
        shown.index = pd.Index([f"{d:%a %Y-%m-%d}" for d in shown.index], name="night")
        return shown.rename(columns={"night": "kind"})

    def __repr__(self):
        return f"{self.says}\n{self.news.to_string()}\n{self.table().to_string()}"

    def _repr_html_(self):
        return f"<p>{self.says}</p>{plain_table(self.news.to_frame())}{plain_table(self.table())}"
