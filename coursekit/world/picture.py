"""The county on one page: twelve small pictures of its tables, each with the sentence that says it."""

import io

import numpy as np
import pandas as pd

from coursekit.charts import COLORS, DPI, GRID, INK
from coursekit.methods.intervals import wilson
from coursekit.methods.pickup import booking_curves, nights_of
from coursekit.world import make

MARKS = ["o", "s", "^"]  # nothing is told by color alone


def county_page():
    """The page as PNG bytes, and its sentences in the order of the pictures."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13.5, 13), dpi=DPI, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    sentences = []
    for axes, draw in zip(figure.subplots(4, 3).flat, PICTURES, strict=True):
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(colors=INK, labelsize=8)
        axes.grid(axis="y", color=GRID, linewidth=0.6)
        axes.set_axisbelow(True)
        title, x, y, says = draw(axes)
        axes.set_title(title, fontsize=10, color=INK, loc="left")
        axes.set_xlabel(x, fontsize=8, color=INK)
        axes.set_ylabel(y, fontsize=8, color=INK)
        sentences.append(says)
    figure.suptitle("A fictional county (synthetic data)", fontsize=12, color=INK, x=0.01, ha="left")
    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": None})
    del canvas
    return png.getvalue(), sentences


def _lines(axes, table, **look):
    for k, name in enumerate(table.columns):
        axes.plot(table.index, table[name], color=COLORS[k], marker=MARKS[k], label=name, linewidth=1.5, **look)
    axes.legend(fontsize=8, frameon=False)


def _bars(axes, values, form="{:.0f}"):
    drawn = axes.bar([str(i) for i in values.index], values, color=COLORS[0])
    axes.bar_label(drawn, [form.format(v) for v in values], fontsize=8, color=INK)
    axes.margins(y=0.15)


def audience(axes):
    minutes = make("minutes")
    talk = int(minutes.loc[minutes["event"].str.startswith("long talk"), "minute"].iloc[0])
    curves = minutes.pivot(index="minute", columns="session", values="watching")[["S0114", "S0115"]].dropna()
    _lines(axes, curves, markevery=12, markersize=4)
    axes.set_ylim(0)
    peak = curves.max().astype(int)
    drop = curves["S0115"].iloc[talk - 1] - curves["S0115"].iloc[talk + 1]
    return (
        "A long talk empties a show", "minute", "people watching",
        f"S0114 peaks at {peak['S0114']} people watching, S0115 at {peak['S0115']}; within two minutes of a long talk at "
        f"minute {talk} S0115 loses {drop:.0f} of {curves['S0115'].iloc[talk - 1]:.0f}.",
    )  # fmt: skip


def sizes(axes):
    viewers = make("sessions")["viewers"]
    axes.hist(viewers, bins=np.geomspace(30, 30_000, 19), color=COLORS[0], edgecolor="white")
    axes.set_xscale("log")
    axes.set_xticks([100, 1000, 10_000], ["100", "1,000", "10,000"])
    tenth = viewers.nlargest(len(viewers) // 10).sum() / viewers.sum()
    return (
        "Few shows are large", "viewers of a show", "shows",
        f"Half of the {len(viewers)} shows had fewer than {viewers.median():,.0f} viewers; the largest tenth drew {tenth:.0%} of all.",
    )  # fmt: skip


def sources(axes):
    visits = make("visits")
    rate = 100 * visits.groupby(["source", "session"])["opened_page"].mean().unstack()[["S0113", "S0114"]]
    rate.loc["all"] = 100 * visits.groupby("session")["opened_page"].mean()
    for k, name in enumerate(rate):
        drawn = axes.bar(
            np.arange(4) + 0.4 * k - 0.2, rate[name], 0.38, color=COLORS[k], label=name, hatch=[None, "//"][k], edgecolor="white"
        )
        axes.bar_label(drawn, [f"{v:.1f}" for v in rate[name]], fontsize=8, color=INK)
    axes.set_xticks(range(4), rate.index)
    axes.margins(y=0.15)
    axes.legend(fontsize=8, frameon=False)
    better = (rate["S0113"] > rate["S0114"])[:-1].sum()
    return (
        "Better by source, worse in all", "where viewers came from", "open a page (%)",
        f"S0113 opens more pages than S0114 in {better} of 3 sources, and fewer in all ({rate['S0113']['all']:.1f} against "
        f"{rate['S0114']['all']:.1f} %), for most of its viewers came by paid traffic.",
    )  # fmt: skip


def came_back(axes):
    orders = make("orders").merge(make("products")[["product", "kind"]], on="product")
    old = orders[orders["paid"] & (orders["ordered"] < "2025-12-15")]
    rate = 100 * old["order"].isin(make("returns")["order"]).groupby(old["kind"]).mean().sort_values()
    _bars(axes, rate)
    return (
        "Clothes come back, plums do not", "kind of goods", "paid orders returned (%)",
        f"Of paid orders made before 15 December, so that their time to come back is over, {rate.iloc[-1]:.0f} % of {rate.index[-1]} came back, {rate.iloc[0]:.0f} % of {rate.index[0]}.",
    )  # fmt: skip


def stays(axes):
    visits = make("visits")
    seconds = (visits["left"] - visits["entered"]).dt.total_seconds().dropna()
    axes.hist(seconds.clip(1), bins=np.geomspace(1, 7200, 30), color=COLORS[0], edgecolor="white")
    axes.set_xscale("log")
    axes.set_xticks([1, 10, 60, 600, 3600], ["1 s", "10 s", "1 min", "10 min", "1 h"])
    return (
        "Most visits are short", "length of a visit", "visits",
        f"{(seconds < 30).mean():.0%} of the visits that ended before the show did were shorter than 30 seconds; "
        f"{(seconds > 600).mean():.1%} were longer than ten minutes.",
    )  # fmt: skip


def live_test(axes):
    table, orders = make("assignments"), make("orders")
    bought = table["person"].isin(orders.loc[orders["session"] == "S0116", "person"])
    found = {arm: wilson(b.sum(), len(b)) for arm, b in bought.groupby(table["arm"])}
    for k, arm in enumerate(["old card", "new card"]):
        rate, low, high = (100 * v for v in found[arm])
        axes.errorbar(k, rate, [[rate - low], [high - rate]], fmt=MARKS[k], color=COLORS[k], capsize=5, markersize=8)
        axes.annotate(f"{rate:.2f}", (k, rate), (8, 0), textcoords="offset points", fontsize=8, color=INK)
    axes.set_xticks([0, 1], ["old card", "new card"])
    axes.set_xlim(-0.5, 1.5)
    axes.set_ylim(0)
    old, new = (100 * found[a][0] for a in ("old card", "new card"))
    return (
        "A coin shows what a card does", "product card", "people who ordered (%)",
        f"Of {len(table):,} people {old:.2f} % ordered, paid or not, with the old card and {new:.2f} % with the new one; bars are 95 % intervals.",
    )  # fmt: skip


def booked_ahead(axes):
    bookings = make("bookings").query("status == 'stayed'")
    nights = nights_of(bookings).merge(
        make("calendar")[["date", "night"]].rename(columns={"date": "night", "night": "kind"}), on="night"
    )
    ahead = [0, 1, 3, 7, 14, 30, 60, 90]
    share = pd.DataFrame(
        {kind: 100 * booking_curves(rows, ahead).sum() / len(rows) for kind, rows in nights.groupby("kind")}, index=ahead
    )
    _lines(axes, share[["weekday", "weekend", "holiday"]], markersize=4)
    axes.invert_xaxis()
    return (
        "Holidays are booked early", "days before the night", "nights on the books (%)",
        f"A week ahead {share['weekday'][7]:.0f} % of the weekday nights that were stayed in the end had been booked, "
        f"and {share['holiday'][7]:.0f} % of the holiday nights.",
    )  # fmt: skip


def rate_by_date(axes):
    rate = make("rates").groupby("date")["rate"].mean()["2025"]
    axes.plot(rate.index, rate, color=COLORS[0], linewidth=1)
    axes.set_ylim(0)
    from matplotlib.dates import DateFormatter, MonthLocator

    axes.xaxis.set_major_locator(MonthLocator(bymonth=[1, 4, 7, 10]))
    axes.xaxis.set_major_formatter(DateFormatter("%b"))
    top = rate.idxmax()
    return (
        "Rates follow weekends and holidays", "night of 2025", "mean rate (yuan)",
        f"The mean rate of 2025 is {rate.mean():.0f} yuan a night, {rate.min():.0f} at the lowest and {rate.max():.0f} on "
        f"{top.day} {top:%B}.",
    )  # fmt: skip


def canceled(axes):
    bookings = make("bookings")
    over = bookings[bookings["arrival"] <= "2025-12-31"]
    lead = (over["arrival"] - over["booked"]).dt.days
    names = ["0", "1–3", "4–7", "8–14", "15–30", "31–60", "over 60"]
    rate = (
        100
        * (over["status"] == "canceled").groupby(pd.cut(lead, [-1, 0, 3, 7, 14, 30, 60, 999], labels=names), observed=True).mean()
    )
    _bars(axes, rate)
    return (
        "Early bookings are canceled more", "days booked ahead", "bookings canceled (%)",
        f"{rate.iloc[0]:.0f} % of the bookings made on the day of arrival are canceled, {rate.iloc[-1]:.0f} % of those made "
        "more than 60 days ahead.",
    )  # fmt: skip


def price_trap(axes):
    taken = make("bookings").groupby(["inn", "arrival"]).size().rename_axis(["inn", "date"]).rename("taken")
    nights = make("rates").merge(make("searches"), on=["inn", "date"]).join(taken, on=["inn", "date"]).fillna({"taken": 0})
    nights["level"] = nights["rate"] / nights.groupby("inn")["rate"].transform("mean")
    nights["found"] = nights["searches"] - nights["no_room"]
    groups = nights.groupby(pd.qcut(nights["level"], 8, duplicates="drop"), observed=True)
    sums = groups[["taken", "found"]].sum()
    table = pd.DataFrame({
        "bookings a night": groups["taken"].mean(), "bookings of 20 who found a room": 20 * sums["taken"] / sums["found"],
    })  # fmt: skip
    table.index = groups["level"].mean()
    _lines(axes, table, markersize=4)
    axes.set_ylim(0, 1.25 * table.max(axis=None))
    a, b = table.columns
    return (
        "Dear nights are busy nights", "rate against the inn's mean", "bookings",
        f"From the cheapest to the dearest eighth of the nights bookings a night go from {table[a].iloc[0]:.1f} to "
        f"{table[a].iloc[-1]:.1f}, but of twenty people who found a room from {table[b].iloc[0]:.1f} to {table[b].iloc[-1]:.1f}.",
    )  # fmt: skip


def coupon(axes):
    table, orders = make("coupon_assign"), make("coupon_orders")
    bought = table["person"].isin(orders["person"]).groupby(table["arm"]).mean()
    used = table.loc[table["arm"] == "coupon", "redeemed"].mean()
    shares = 100 * pd.Series({"bought\nwithout": bought["no coupon"], "bought\nwith": bought["coupon"], "redeemed": used})
    _bars(axes, shares, "{:.2f}")
    return (
        "A coupon works on those who do not use it", "", "people of the lottery (%)",
        f"{shares.iloc[0]:.2f} % bought without a coupon, {shares.iloc[1]:.2f} % with one; only {shares.iloc[2]:.2f} % redeemed it.",
    )  # fmt: skip


def offer(axes):
    history, promos = make("demand_history"), make("promos")
    daily = history.pivot(index="date", columns="product", values="sold")
    index = daily / daily.mean()
    days = np.arange(-7, 15)
    after = [
        index[p].reindex(last + pd.to_timedelta(days, unit="D")).to_numpy()
        for p, last in zip(promos["product"], promos["last_day"], strict=True)
    ]
    mean = 100 * np.nanmean(after, axis=0)
    axes.plot(days, mean, color=COLORS[0], marker="o", markersize=4)
    axes.axhline(100, color=INK, linewidth=0.8)
    axes.axvline(0, color=INK, linewidth=0.8, linestyle=":")
    axes.set_ylim(0)
    return (
        "What an offer sells is partly missing later", "days after the offer's last day", "sales (mean day = 100)",
        f"On the last day of an offer a product sells {mean[7]:.0f} % of its mean day; in the ten days after it {mean[8:18].mean():.0f} %.",
    )  # fmt: skip


PICTURES = [
    audience, sizes, sources, stays, live_test, came_back, booked_ahead, rate_by_date, canceled, price_trap, coupon, offer,
]  # fmt: skip
