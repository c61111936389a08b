"""The picture of a practice inn: rooms sold and the rate of every night, before and after this evening."""

import numpy as np

from coursekit.charts import COLORS, GRID, Drawing, Picture, number
from coursekit.rooms.inn.takeover import NIGHTS


class Board(Drawing):
    """Two plots that are moved, not built anew."""

    def __init__(self, evening):
        super().__init__(4.2, "", "")
        self.figure.clear()
        self.figure.set_size_inches(7.2, 4.2)
        rooms, rates = self.figure.subplots(2, 1, height_ratios=[3, 2], sharex=True)
        self.limit = True  # the scales are set below; the layout stays
        nights, table = np.arange(NIGHTS), evening.nights
        for night in np.flatnonzero(table["night"] == "holiday"):
            for plot in (rooms, rates):
                plot.axvspan(night - 0.5, night + 0.5, color=GRID, alpha=0.6, linewidth=0)
        edges, colors = np.arange(NIGHTS + 1) - 0.5, (COLORS[0], "#9dbdd4")
        self.blocks = [rooms.stairs([0] * NIGHTS, edges, fill=True, color=color) for color in colors]
        rooms.step(nights, table["rooms"], where="mid", color=COLORS[1], linewidth=1.2)
        self.rate = rates.step(nights, table["rate"], where="mid", color=COLORS[3], linewidth=1.5)[0]
        self.today = [plot.axvline(0, color=COLORS[1], linewidth=1, linestyle="--") for plot in (rooms, rates)]
        rooms.set_ylim(0, table["rooms"].max() + 1.5)
        rooms.yaxis.get_major_locator().set_params(integer=True)
        firsts = np.flatnonzero((table.index.day == 1) | (table.index.day == 15))
        rates.set_xticks(firsts, [f"{table.index[n]:%-d %b}" for n in firsts])
        rates.set_xlim(-0.8, NIGHTS - 0.2)
        for plot, title in (
            (rooms, "rooms sold of each night (line: rooms there are)"),
            (rates, "rate of each night, yuan (gray: holidays)"),
        ):
            plot.set_title(title, loc="left", fontsize=10)
            plot.tick_params(labelsize=9, length=2)
            plot.yaxis.set_major_formatter(lambda y, _: number(y))
            for side in ("top", "right"):
                plot.spines[side].set_visible(False)
        self.plots = [rooms, rates]
        self.moving = [*self.blocks, self.rate, *self.today]
        self.move(evening)

    def move(self, evening):
        """The inn as it stands this evening: nights that are over are dark."""
        table = evening.nights
        over, sold = np.arange(NIGHTS) < evening.day, table["sold"].to_numpy()
        for block, values in zip(self.blocks, (sold * over, sold * ~over), strict=True):
            block.set_data(values)
        self.rate.set_ydata(table["rate"])
        top = 1.06 * table["rate"].max()
        step = 100 if top < 1000 else 1000
        self.plots[1].set_ylim(0, step * (top // step + 1))
        for line in self.today:
            line.set_xdata([evening.day - 0.5] * 2)


def picture_of(board, evening):
    """The board as it stands, with its words and the table of all nights."""
    table = evening.nights.copy()
    table.index = [f"{d:%a %Y-%m-%d}" for d in table.index]
    return Picture(board.frame(), evening.says, table)
