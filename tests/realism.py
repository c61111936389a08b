"""Is the county like the world? Each stylized fact with what was measured, a band, and the county's own value.

The facts and their sources are in the docstrings of `coursekit.world`; where a homestay's level is an
assumption, the band is around the assumption and the shape around what was measured.
"""

import numpy as np
import pandas as pd
from scipy.stats import gamma

from coursekit import world
from coursekit.methods.pickup import booking_curves, nights_of
from coursekit.world import inns, stays
from coursekit.world.county import DAYS, NOW, TODAY
from coursekit.world.days import night_codes

HOTELS, LISTINGS, SHOWS = "hotel bookings", "listings", "shows"


def bookings_facts(seed):
    table = world.make("bookings", seed)
    past = table[table["arrival"] <= TODAY]
    lead = (past["arrival"] - past["booked"]).dt.days
    gone = past["status"] == "canceled"
    kind = past["arrival"].map(world.make("calendar").set_index("date")["night"])
    yield HOTELS, "booked on the day of arrival (share)", "0.081, 0.039; homestays 0.15 assumed", 0.11, 0.18, (lead == 0).mean()
    usual = lead[(lead > 0) & (kind != "holiday")]
    yield HOTELS, "Gamma shape of longer lead times", "0.77, 0.88", 0.65, 0.95, gamma.fit(usual - 0.5, floc=0)[0]
    yield HOTELS, "bookings canceled (share)", "0.24, 0.29 at longer leads", 0.11, 0.2, gone.mean()
    for low, high, measured, a, b in (
        (0, 0, "0.04, 0.06", 0.03, 0.1),
        (1, 3, "0.06, 0.09", 0.055, 0.13),
        (8, 14, "0.15, 0.23", 0.11, 0.23),
        (31, 60, "0.29, 0.32", 0.19, 0.33),
    ):
        name = "same day" if high == 0 else f"{low} to {high} days ahead"
        yield HOTELS, f"canceled when booked {name} (share)", measured, a, b, gone[lead.between(low, high)].mean()
    canceled = past[gone]
    stood = (canceled["canceled"] - canceled["booked"]).dt.days[lead[gone] >= 7]
    yield HOTELS, "cancellations within a day of booking (share)", "0.18, 0.20", 0.17, 0.32, (stood <= 1).mean()
    late = (canceled["arrival"] - canceled["canceled"]).dt.days[lead[gone] > 45]
    yield HOTELS, "early bookings' cancellations that come in the last week (share)", "0.05, 0.10", 0.05, 0.16, (late <= 7).mean()
    kept = past[~gone]
    yield HOTELS, "no-shows among the kept (share)", "0.009, 0.019", 0.009, 0.022, (kept["status"] == "no-show").mean()
    yield HOTELS, "repeat guests (share)", "0.05, 0.03", 0.03, 0.04, past["repeat_guest"].mean()
    again = gone[past["repeat_guest"]].mean() / gone[~past["repeat_guest"]].mean()
    yield HOTELS, "their cancellations against others'", "0.23, 0.60", 0.1, 0.45, again
    yield HOTELS, "nights a stay", "3 to 4; homestays 1.7 assumed", 1.55, 1.8, past["nights"].mean()
    share = past["nights"].value_counts(normalize=True)
    yield HOTELS, "stays of one night (share)", "0.19, 0.17; homestays 0.6 assumed", 0.5, 0.68, share[1]
    yield HOTELS, "stays of two nights (share)", "0.16, 0.27", 0.16, 0.3, share[2]
    daily = past.groupby("arrival").size().reindex(pd.date_range("2024-01-01", TODAY), fill_value=0)
    yield HOTELS, "variance by mean of arrivals a day", "6.7 to 12.7 in large hotels", 3, 14, daily.var() / daily.mean()
    within = daily.groupby([daily.index.month, daily.index.day_of_week])
    yield HOTELS, "the same within weekday and month", "4.5 to 7.7", 2.5, 9, (within.var() / within.mean()).mean()
    room_nights = nights_of(table[table["status"] == "stayed"])
    books = booking_curves(room_nights, [1, 7, 30]).sum() / len(room_nights)
    for ahead, measured, a, b in ((1, "0.87", 0.78, 0.93), (7, "0.67", 0.45, 0.68), (30, "0.47", 0.08, 0.25)):
        yield HOTELS, f"nights on the books {ahead} days ahead (share)", f"{measured}; shorter here", a, b, books[ahead]


def demand_facts(seed):
    nights = world.make("rates", seed).merge(world.make("searches", seed), on=["inn", "date"])
    table = world.make("bookings", seed)
    taken = table.groupby(["inn", "arrival"]).size().rename_axis(["inn", "date"]).rename("taken")
    nights = nights.join(taken, on=["inn", "date"]).fillna({"taken": 0})
    nights["kind"] = nights["date"].map(world.make("calendar").set_index("date")["night"])
    asked = np.zeros((inns.inns_in(False), DAYS), int)
    found = stays.requests(seed, False)[1]
    np.add.at(asked, (found["inn"], found["night"]), 1)
    by_kind = [asked[:, : NOW + 1][:, night_codes()[: NOW + 1] == k].mean() for k in range(3)]
    yield HOTELS, "weekend nights asked for, against weekdays", "1.3 assumed", 1.15, 1.6, by_kind[1] / by_kind[0]
    yield HOTELS, "holiday nights asked for, against weekdays", "1.8 to 2.2 assumed", 1.5, 2.7, by_kind[2] / by_kind[0]
    some = nights[nights["taken"] > 0]
    for name, measured, groups in (
        ("naive slope of log bookings on log rate", "+0.5, +1.5", ["inn"]),
        ("the same within a month", "+0.7, +0.9", ["inn", some["date"].dt.month]),
    ):
        x, y = (
            np.log(some[c]) - np.log(some[c]).groupby([some["inn"], *groups[1:]]).transform("mean") for c in ("rate", "taken")
        )
        yield HOTELS, name, measured, 0.05, 1.5, (x * y).sum() / (x * x).sum()
    yield HOTELS, "elasticity that was planted", "-1.2 to -2 assumed", -2.0, -1.3, inns.elasticity(seed)
    within = np.log(nights["rate"]).groupby(nights["inn"]).std().mean()
    yield HOTELS, "log standard deviation of the rates of one inn", "0.59, 0.36 with many kinds of rooms", 0.15, 0.45, within
    month = nights.groupby(nights["date"].dt.month)["rate"].mean() / nights["rate"].mean()
    yield HOTELS, "lowest month's rate against the year's", "0.57, 0.80", 0.57, 0.97, month.min()
    yield HOTELS, "highest month's rate against the year's", "2.10, 1.17", 1.05, 2.1, month.max()
    yield HOTELS, "nights that filled (share)", "0.31 to 0.44 near the maximum", 0.08, 0.3, (nights["no_room"] > 0).mean()
    table = pd.DataFrame(inns.inns(seed, True))
    best = table["variable_cost"] / (1 - table["commission"]) / (1 + 1 / inns.elasticity(seed))
    rates = nights.groupby("inn")["rate"].agg(["min", "max"])
    best = best[: len(rates)].to_numpy()
    yield (
        HOTELS,
        "inns whose best rate lies within those seen (share)",
        "all",
        0.9,
        1,
        ((best > rates["min"]) & (best < rates["max"])).mean(),
    )
    table["township"] = table["village"].map(world.make("villages", seed).set_index("village")["township"])
    usual = np.log(table["price"])
    groups = usual.groupby([table["township"], table["kind"]])
    spread = np.sqrt(((usual - groups.transform("mean")) ** 2).sum() / (len(usual) - groups.ngroups))
    yield LISTINGS, "log standard deviation of prices within kind and township", "0.55 to 0.64", 0.48, 0.68, spread
    yield LISTINGS, "inns without a review in a year (share)", "0.12 to 0.25", 0.1, 0.26, (table["asks"] == 0).mean()


def show_facts(seed):
    shows, orders, visits = (world.make(t, seed) for t in ("sessions", "orders", "visits"))
    pages = shows["pages"].sum() / shows["viewers"].sum()
    yield SHOWS, "product pages a viewer", "0.0915", 0.06, 0.12, pages
    buyers = orders.groupby("session")["person"].nunique().sum() / shows["viewers"].sum()
    yield SHOWS, "buyers a viewer", "0.0067", 0.0045, 0.0085, buyers
    ordinary = shows[~shows["session"].isin(["S0113", "S0114", "S0115", "S0116"])]
    yield SHOWS, "sigma of log views of a show", "1.3 to 1.6", 0.95, 1.75, np.log(ordinary["views"]).std()
    seconds = (visits["left"] - visits["entered"]).dt.total_seconds()
    yield SHOWS, "visits shorter than half a minute (share)", "most", 0.5, 0.7, (seconds < 30).mean()
    yield (
        SHOWS,
        "the longest hundredth against the middle visit",
        "a heavy tail",
        30,
        300,
        seconds.quantile(0.99) / seconds.median(),
    )
    top = ordinary["comments"].nlargest(len(ordinary) // 10).sum() / ordinary["comments"].sum()
    yield SHOWS, "comments of the top tenth of shows (share)", "0.61 to 0.77", 0.42, 0.82, top
    per_view = visits["comments"].mean() ** 2 / max(visits["comments"].var() - visits["comments"].mean(), 1e-9)
    yield SHOWS, "negative binomial k of comments", "about 0.2", 0.005, 0.3, per_view
    ratio = shows["orders"] / shows["viewers"]
    yield (
        SHOWS,
        "mean of ratios against ratio of sums, orders a viewer",
        "they differ",
        1.0,
        1.6,
        ratio.mean() / (shows["orders"].sum() / shows["viewers"].sum()),
    )
    history = world.make("demand_history", seed).merge(
        world.make("products", seed)[["product", "host", "list_price"]], on="product"
    )
    plain = history[history["price"] == history["list_price"]]
    level = plain["sold"] / plain.groupby("product")["sold"].transform("mean")
    air = set(zip(shows["host"], shows["start"].dt.normalize(), strict=True))
    after = [
        (h, d - pd.Timedelta(1, "D")) in air and (h, d) not in air for h, d in zip(plain["host"], plain["date"], strict=True)
    ]
    yield (
        SHOWS,
        "a shop's sales on the day after a show, against its mean day",
        "no lasting effect: 1",
        0.88,
        1.12,
        level[after].mean(),
    )


def coupon_facts(seed):
    table, orders, promos = (world.make(t, seed) for t in ("coupon_assign", "coupon_orders", "promos"))
    bought = table["person"].isin(orders["person"]).groupby(table["arm"]).mean()
    yield "coupons", "people who bought without a coupon (share)", "0.0100", 0.007, 0.013, bought["no coupon"]
    yield "coupons", "people who bought with one (share)", "0.0257", 0.0205, 0.031, bought["coupon"]
    yield (
        "coupons",
        "people who redeemed it (share)",
        "0.0052",
        0.003,
        0.0075,
        table.loc[table["arm"] == "coupon", "redeemed"].mean(),
    )
    spent = orders.groupby("person")["amount"].sum().reindex(table["person"], fill_value=0).to_numpy()
    contrast = spent[table["redeemed"]].mean() / spent[~table["redeemed"]].mean()
    yield "coupons", "redeemers' spending against the rest's", "many times", 10, 300, contrast
    yield (
        "coupons",
        "middle discount of offers in percent (percent)",
        "24",
        14,
        26,
        promos.loc[promos["percent_off"] > 0, "percent_off"].median(),
    )
    sold = world.make("coupons", seed)
    yield "coupons", "coupons sold a second in the coupon show", "13.3", 13, 13.7, len(sold) / (sold["second"].max() + 1)


ALL = [bookings_facts, demand_facts, show_facts, coupon_facts]


def facts(seed=None):
    """One row a fact: where it was measured, what, the measured values, the band, the county's value."""
    rows = [row for part in ALL for row in part(seed)]
    return pd.DataFrame(rows, columns=["where", "fact", "measured", "from", "to", "county"])


def markdown(table):
    """The facts as a Markdown table."""
    lines = ["| measured in | fact | measured | band | this county |", "|---|---|---|---|---|"]
    for f in table.itertuples(index=False):
        lines.append(f"| {f.where} | {f.fact} | {f.measured} | {f[3]:g} to {f.to:g} | {f.county:.3g} |")
    return "\n".join(lines)
