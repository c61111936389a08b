"""The picture of a show as it goes on: people watching, orders, and what is left of the stock."""

from coursekit.charts import COLORS, Drawing, Picture, number


class Board(Drawing):
    """Three plots that are moved, not built anew: a minute takes far less than 100 ms."""

    def __init__(self, moment):
        super().__init__(4.4, "", "")
        self.figure.clear()
        self.figure.set_size_inches(6.0, 4.4)
        people, orders, stock = self.figure.subplots(3, 1, height_ratios=[2.6, 1.6, 0.5 + 0.45 * len(moment.stock)])
        self.limit, self.of = True, moment.of  # the scales are set below; the layout stays
        minutes = range(moment.of)
        self.watching = people.plot([], [], color=COLORS[0], linewidth=2)[0]
        self.bars = orders.bar(minutes, [0] * moment.of, color=COLORS[1], width=0.8)
        self.marks = orders.plot([], [], color=COLORS[3], marker="v", linestyle="", markersize=7)[0]
        self.left = stock.barh(range(len(moment.stock)), moment.stock["left"], color=COLORS[2], height=0.6)
        self.counts = [stock.text(0, i, "", va="center", ha="left", fontsize=9) for i in range(len(moment.stock))]
        stock.set_yticks(range(len(moment.stock)), list(moment.stock.index), fontsize=9)
        stock.invert_yaxis()
        for axis in (stock.xaxis, orders.yaxis):
            axis.get_major_locator().set_params(integer=True)
        for axis in (stock.xaxis, orders.yaxis, people.yaxis):
            axis.set_major_formatter(lambda x, _: number(x))
        self.plots = [people, orders, stock]
        self.moving = [self.watching, *self.bars, self.marks, *self.left, *self.counts]
        for plot, title in zip(
            self.plots, ("people watching", "orders a minute (▼ coupon or answer)", "pieces left"), strict=True
        ):
            plot.set_title(title, loc="left", fontsize=10)
            plot.tick_params(labelsize=9, length=2)
            for side in ("top", "right"):
                plot.spines[side].set_visible(False)
        for plot in (people, orders):
            plot.set_xlim(-0.5, moment.of + 0.5)
        orders.set_xlabel("minute", fontsize=9)
        self.move(moment)

    def move(self, moment):
        """The show as it stands now."""
        people, orders, stock = self.plots
        table = moment.minutes
        self.watching.set_data(table["minute"], table["watching"])
        people.set_ylim(0, _round_up(table["watching"].max() if len(table) else 1))
        top = _round_up(max(table["orders"].max() if len(table) else 0, 4))
        orders.set_ylim(0, top)
        for bar, height in zip(self.bars, table["orders"], strict=False):
            bar.set_height(height)
        done = sorted({a["minute"] for a in moment.acts if a["do"] != "show"} | {c["minute"] for c in moment.coupons})
        done = [minute for minute in done if minute <= moment.minute]
        self.marks.set_data(done, [0.92 * top] * len(done))
        most = max(moment.stock["stock"].max(), 1)
        stock.set_xlim(0, 1.12 * most)
        rows = zip(self.left, self.counts, moment.stock["left"], moment.stock["stock"], strict=True)
        for bar, label, left, stock_there in rows:
            bar.set_width(left)
            label.set_text(f"{left:,}" if left or not stock_there else "sold out")
            label.set_x(left + 0.01 * most)


def _round_up(most):
    """A round end of a scale, so that it moves only now and then."""
    step = 10 ** (len(str(int(most))) - 1)
    return max(step * (int(most) // step + 1), 5)


def picture_of(board, moment):
    """The board as it stands, with its words and its table."""
    return Picture(board.frame(), moment.says, moment.stock)
