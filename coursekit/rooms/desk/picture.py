"""The picture of a weekend as it goes on: the desk's money, the pieces sold, and what is left of the fresh goods."""

import numpy as np

from coursekit.charts import COLORS, Drawing, Picture, number
from coursekit.rooms.desk.weekend import STEPS

DAYS = [(0, "Fri noon"), (6, "Sat 0:00"), (12, "Sat noon"), (18, "Sun 0:00"), (24, "Sun noon"), (30, "midnight")]


class Board(Drawing):
    """Three plots that are moved, not built anew."""

    def __init__(self, moment):
        super().__init__(4.6, "", "")
        self.figure.clear()
        self.figure.set_size_inches(6.4, 4.6)
        fresh = moment.goods.dropna(subset="left")
        money, sold, stock = self.figure.subplots(3, 1, height_ratios=[2.4, 1.8, 0.5 + 0.45 * len(fresh)])
        self.limit = True  # the scales are set below; the layout stays
        self.spent = money.plot([], [], color=COLORS[0], linewidth=2)[0]
        money.axhline(moment.budget, color=COLORS[1], linewidth=1.2, linestyle="--")
        money.set_ylim(0, 1.12 * moment.budget)
        self.bars = sold.bar(np.arange(STEPS) + 0.5, [0] * STEPS, color=COLORS[1], width=0.8)
        self.left = stock.barh(range(len(fresh)), fresh["left"], color=COLORS[2], height=0.6)
        self.counts = [stock.text(0, row, "", va="center", ha="left", fontsize=9) for row in range(len(fresh))]
        stock.set_yticks(range(len(fresh)), list(fresh.index), fontsize=9)
        stock.invert_yaxis()
        self.most = max((fresh["left"] + fresh["pieces"]).max(), 1)
        stock.set_xlim(0, 1.15 * self.most)
        for plot in (money, sold):
            plot.set_xlim(0, STEPS)
            plot.set_xticks([k for k, _ in DAYS], [name for _, name in DAYS])
        titles = (
            f"spent or set aside, {moment.money} (dashed: the budget)", "pieces sold in two hours", "pieces left of the fresh goods",
        )  # fmt: skip
        self.plots = [money, sold, stock]
        for plot, title in zip(self.plots, titles, strict=True):
            plot.set_title(title, loc="left", fontsize=10)
            plot.tick_params(labelsize=8.5, length=2)
            for side in ("top", "right"):
                plot.spines[side].set_visible(False)
        for axis in (sold.yaxis, stock.xaxis):
            axis.get_major_locator().set_params(integer=True)
        for axis in (money.yaxis, sold.yaxis, stock.xaxis):
            axis.set_major_formatter(lambda x, _: number(x))
        self.moving = [self.spent, *self.bars, *self.left, *self.counts]
        self.move(moment)

    def move(self, moment):
        """The weekend as it stands now."""
        self.spent.set_data(range(moment.step + 1), moment.spent_by_step)
        for bar, height in zip(self.bars, moment.pieces_by_step, strict=False):
            bar.set_height(height)
        top = max(moment.pieces_by_step, default=0)
        self.plots[1].set_ylim(0, 20 * (top // 20 + 1))
        fresh = moment.goods.dropna(subset="left")
        for bar, label, left, sold in zip(self.left, self.counts, fresh["left"], fresh["pieces"], strict=True):
            bar.set_width(left)
            label.set_text(f"{left:,.0f}" if left or not sold else "sold out")
            label.set_x(left + 0.01 * self.most)


def picture_of(board, moment):
    """The board as it stands, with its words and its table."""
    return Picture(board.frame(), moment.says, moment.goods)
