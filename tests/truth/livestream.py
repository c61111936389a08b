"""Module A: rates, profits, stays and a live test, against what was planted."""

import numpy as np
import pandas as pd
from scipy.stats import norm

from coursekit import world
from coursekit.methods.censored import share_beyond
from coursekit.methods.intervals import difference, ratio_of_sums, wilson
from coursekit.world import audience, sales, shows
from coursekit.world.county import TODAY, stream
from truth import row


def again(seed, plan, times, **changes):
    """What a show does with its people many times over, drawn by chance of its own: what is to be expected of it."""
    many = plan | changes | {"people": int(plan["people"] * times)}
    return audience.watch(many, stream(seed, "expected", int(plan["session"][1:])))


def returns(seed):
    """a2: goods that have not come back yet are not goods that stay."""
    orders, back = world.make("orders", seed), world.make("returns", seed)
    chance = sales.orders(seed, False)["chance"]
    came = orders["order"].isin(back["order"])
    what = "share of paid orders that come back"
    age = (pd.Timestamp(TODAY) - orders["ordered"]).dt.days
    for method, toward, rows in (
        ("orders whose time to come back is over", "", orders["paid"] & (age > 15)),
        ("returns not yet in: orders of the last six days too", "-", orders["paid"] & (age < 6)),
    ):
        rate, low, high = wilson(came[rows].sum(), rows.sum())
        yield row("a2", what, method, toward, rate, chance[rows].mean(), low, high)


def profit(seed):
    """a2: what a show leaves, to the cent; the truth is what the platform paid out, less the costs."""
    orders, back, fees = (world.make(t, seed) for t in ("orders", "returns", "fees"))
    goods, paid_out = world.make("products", seed).set_index("product"), world.make("settlements", seed).set_index("session")
    orders = orders.join(goods[["cost", "freight", "freight_back", "recovered"]], on="product")
    orders["back"] = orders["order"].isin(back["order"])
    orders = orders[orders["paid"] & orders["session"].isin(paid_out.index)]
    goods_cost = orders["pieces"] * orders["cost"] * np.where(orders["back"], 1 - orders["recovered"], 1)
    freight = orders["freight"] + orders["back"] * orders["freight_back"]
    costs = (goods_cost + freight).groupby(orders["session"]).sum().reindex(paid_out.index, fill_value=0)
    fixed = fees.groupby("session")["fixed"].sum().reindex(paid_out.index)
    truth = paid_out["paid_out"] - costs - fixed

    sold = orders.groupby("session")["amount"].sum().reindex(paid_out.index, fill_value=0)
    kept = orders[~orders["back"]].groupby("session")["amount"].sum().reindex(paid_out.index, fill_value=0)
    shares = fees[fees["rate"] > 0].set_index("session")

    def after_shares(base, whole):
        owed = shares["rate"] * np.where(shares["given_back"], base.reindex(shares.index), whole.reindex(shares.index))
        return kept - owed.groupby(level=0).sum().reindex(kept.index, fill_value=0) - costs - fixed

    what = "profit of a show (yuan)"
    yield row("a2", what, "each fee on its own base", "", after_shares(kept, sold).mean(), truth.mean())
    yield row("a2", what, "commission on gross", "-", after_shares(sold, sold).mean(), truth.mean())
    hits = sold >= sold.quantile(0.75)
    yield row("a2", what, "average taken from hits", "+", truth[hits].mean(), truth.mean())


def break_even(seed):
    """a2: the returns a show can bear, before it is booked and while it runs."""
    from coursekit.measures.livestream import break_even_returns

    fees = world.make("fees", seed)
    fee = fees[fees["session"] == "S0114"].set_index("fee")
    orders = world.make("orders", seed)
    mine = orders[(orders["session"] == "S0114") & orders["paid"]].merge(world.make("products", seed), on="product")
    price, freight, back, saved = mine["amount"].mean(), mine["freight"].mean(), mine["freight_back"].mean(), 0.5
    cost, rate = (mine["cost"] * mine["pieces"]).mean(), fee["rate"].sum()
    slot = fee["fixed"].sum() / len(mine)
    # The truth is where the profit of a hundred thousand returns rates changes its sign.
    tried = np.linspace(-1, 1, 200_001)
    profit = (1 - tried) * (price * (1 - rate) - cost) - freight - tried * (back + (1 - saved) * cost)
    truth = tried[np.argmin(abs(profit))]
    given = {"price": price, "commission": rate, "cost": cost, "freight": freight, "freight_back": back, "recovered": saved}
    what = "returns a running show can bear (share)"
    yield row("a2", what, "the slot fee is paid already", "", break_even_returns(**given, fee=0), truth)
    yield row("a2", what, "fee already paid counted", "-", break_even_returns(**given, fee=slot), truth)


def funnel(seed):
    """a3: ratios of sums; sources kept apart; rows counted once."""
    plans = {p["session"]: p for p in shows.plans(seed, False)}
    visits = world.make("visits", seed)
    expected = {s: again(seed, plans[s], 40)[0] for s in ("S0113", "S0114")}
    rates = {s: [np.isfinite(v["clicked"])[v["source"] == k].mean() for k in range(3)] for s, v in expected.items()}
    one = visits[(visits["session"] == "S0113") & (visits["source"] == "recommended")]
    what = "recommended visits that open a page"
    yield row("a3", what, "ratio of sums", "", *_with_truth(wilson(one["opened_page"].sum(), len(one)), rates["S0113"][1]))
    orders = world.make("orders", seed)
    yield row("a3", what, "orders by views taken for it", "-", (orders["session"] == "S0113").sum() / len(one), rates["S0113"][1])

    both = visits.groupby(["session", "source"])["opened_page"].agg(["sum", "size"])
    a, b = both.loc["S0113"], both.loc["S0114"]
    mix = b["size"] / b["size"].sum()
    found = (mix * (a["sum"] / a["size"] - b["sum"] / b["size"])).sum()
    spread = np.sqrt(sum((mix**2 * s["sum"] / s["size"] ** 2 * (1 - s["sum"] / s["size"])).sum() for s in (a, b)))
    where = ["followers", "recommended", "paid"]
    truth = sum(mix[w] * (rates["S0113"][k] - rates["S0114"][k]) for k, w in enumerate(where))
    wide = norm.ppf(0.975) * spread
    what = "how much better S0113 opens pages than S0114 (share)"
    yield row("a3", what, "within each source", "", found, truth, found - wide, found + wide)
    pooled = a["sum"].sum() / a["size"].sum() - b["sum"].sum() / b["size"].sum()
    yield row("a3", what, "sources pooled", "-", pooled, truth)

    # Fewer of a large show's viewers are followers, so small shows do better: their rates must not count as much.
    table, bought = world.make("sessions", seed), orders.groupby("session")["person"].nunique()
    buyers = table["session"].map(bought).fillna(0)
    truth = _buyers(seed)
    what = "buyers a viewer, all shows (share)"
    yield row("a3", what, "ratio of sums", "", *_with_truth(ratio_of_sums(buyers, table["viewers"]), truth))
    yield row("a3", what, "mean of ratios", "+", (buyers / table["viewers"]).mean(), truth)
    rows = orders.groupby("session").size()
    doubled = table["session"].map(rows).fillna(0).sum() / table["viewers"].sum()
    yield row("a3", what, "rows doubled by a join", "+", doubled, truth)
    low, high = wilson(buyers.sum(), table["viewers"].sum())[1:]
    what = "buyers a viewer, over many evenings (share)"
    yield row("a4", what, "interval over shows", "", *_with_truth(ratio_of_sums(buyers, table["viewers"]), truth))
    yield row("a4", what, "viewers taken as independent", "narrow", buyers.sum() / table["viewers"].sum(), truth, low, high)
    views = wilson(buyers.sum(), table["views"].sum())
    yield row("a4", what, "interval for the wrong n", "-", *_with_truth(views, truth))


def _buyers(seed, times=6):
    """Expected buyers a viewer over all shows, on evenings of middling luck."""
    bought = came = 0
    for plan in shows.plans(seed, False):
        visits, orders = again(seed, plan, times, buys=1.0 if plan["host"] or int(plan["session"][3:]) < 13 else plan["buys"])
        bought += len(np.unique(visits["person"][orders["visit"]])) / times
        came += len(np.unique(visits["person"])) / times
    return bought / came


def _with_truth(found, truth):
    return found[0], truth, found[1], found[2]


def audience_curve(seed):
    """a5: people watching, how long they stay, and the moment they left."""
    plans = {p["session"]: p for p in shows.plans(seed, False)}
    minutes = world.make("minutes", seed)
    one = minutes[minutes["session"] == "S0114"]
    visits = shows.chosen(seed, False, ["S0114"])[0][1]
    length = 60 * plans["S0114"]["minutes"]
    truth = (np.minimum(visits["left"], length) - visits["entered"]).sum() / length
    what = "people watching on average"
    yield row("a5", what, "mean of the minutes", "", one["watching"].mean(), truth)
    yield row("a5", what, "peak for mean", "+", one["watching"].max(), truth)
    yield row("a5", what, "concurrency summed over minutes", "+", one["watching"].sum(), truth)

    table = world.make("visits", seed)
    table = table[table["session"] == "S0114"]
    end = pd.Timestamp(shows.starts(plans["S0114"])) + pd.Timedelta(length - shows.SECONDS_EAST, "s")
    late = table[(table["entered"] >= end - pd.Timedelta(1500, "s")) & (table["source"] == "recommended")]
    ended = late["left"].notna()
    stay = (late["left"].fillna(end) - late["entered"]).dt.total_seconds()
    short = audience.SHORT_SHARE[1]
    long = norm.sf(np.log(600 / audience.LONG_STAY) / audience.LONG_STAY_SD)
    truth = short * np.exp(-600 / audience.SHORT_STAY) + (1 - short) * long
    what = "late visits that last ten minutes (share)"
    yield row("a5", what, "still watching counted as unfinished", "", *_with_truth(share_beyond(stay, ended, 600), truth))
    yield row("a5", what, "still-watching dropped", "-", *_with_truth(wilson((stay[ended] > 600).sum(), ended.sum()), truth))

    at, _ = plans["S0115"]["leave"]
    truth = _leaves(again(seed, plans["S0115"], 20)[0], at)
    table = world.make("visits", seed)
    table = table[table["session"] == "S0115"]
    begin = pd.Timestamp(shows.starts(plans["S0115"]))
    what = "share of those there who left at the long talk"
    for method, toward, hours in (("times brought to the local clock", "", 8), ("time-zone shift forgotten", "-", 0)):
        clock = {k: (table[k] - begin).dt.total_seconds() + 3600 * hours for k in ("entered", "left")}
        there = (clock["entered"] < 60 * at) & ~(clock["left"] < 60 * at)
        left = there & (clock["left"] < 60 * (at + 1))
        found = wilson(left.sum(), there.sum()) if there.any() else (0, None, None)
        yield row("a5", what, method, toward, *_with_truth(found, truth))


def _leaves(visits, minute):
    """Of those there at a minute's start, the part that left in it; in whole seconds, as the table has them."""
    entered, left = np.floor(visits["entered"]), np.ceil(visits["left"])
    there = (entered < 60 * minute) & (left >= 60 * minute)
    return (left[there] < 60 * (minute + 1)).mean()


def live_test(seed):
    """a6: what the new card does, among all who were assigned."""
    plan = next(p for p in shows.plans(seed, False) if p["session"] == shows.TEST_SHOW)
    visits, orders = again(seed, plan, 12)
    people = np.bincount(visits["arm"][np.unique(visits["person"], return_index=True)[1]])
    first = np.unique(visits["person"][orders["visit"]], return_index=True)[1]
    buyers = np.bincount(visits["arm"][orders["visit"]][first])
    truth = (buyers[1] / people[1]) / (buyers[0] / people[0]) - 1

    table, made = world.make("assignments", seed), world.make("orders", seed)
    table["bought"] = table["person"].isin(made.loc[made["session"] == shows.TEST_SHOW, "person"])
    new = table["arm"] == "new card"
    what = "how many more buy by the new card (share)"

    def more(hits, n, other_hits, other_n):
        """The ratio of two rates less one, with the interval of its logarithm (Katz 1978)."""
        log, spread = np.log(hits / n * other_n / other_hits), np.sqrt(1 / hits - 1 / n + 1 / other_hits - 1 / other_n)
        return [np.exp(log + z * spread) - 1 for z in (0, -1.96, 1.96)]

    def effect(rows, weight):
        return more(*(x[rows & side].sum() for side in (new, ~new) for x in (table["bought"], weight)))

    everyone, one = pd.Series(True, table.index), pd.Series(1, table.index)
    yield row("a6", what, "everyone, as assigned", "", *_with_truth(effect(everyone, one), truth))
    yield row("a6", what, "visits counted as people", "-", effect(everyone, table["visits"])[0], truth)
    yield row("a6", what, "filtered after treatment: openers only", "-", effect(table["opened_page"], one)[0], truth)
    earlier, bought = world.make("sessions", seed).set_index("session"), made.groupby("session")["person"].nunique()
    earlier = earlier.assign(bought=bought).loc["S0113"]
    before = more(table.loc[new, "bought"].sum(), new.sum(), earlier["bought"], earlier["viewers"])[0]
    yield row("a6", what, "before/after taken for effect", "+", before, truth)

    # With no difference planted: the people of the old card, split by a coin; looked at once, and twenty times.
    old = table.loc[~new, "bought"].to_numpy()
    looks = np.linspace(len(old) / 20, len(old), 20).astype(int)
    what, rng = "a test without any effect finds one (share of tests)", stream(seed, "no effect")
    for _ in range(20):
        coin = rng.random(len(old)) < 0.5
        p = [_p_value(old[:n], coin[:n]) for n in looks]
        yield row("a6", what, "one look at the end", "", p[-1] < 0.05, 0.05)
        yield row("a6", what, "stopped early, twenty looks", "+", min(p) < 0.05, 0.05)
        n, hits = [coin.sum(), (~coin).sum()], [old[coin].sum(), old[~coin].sum()]
        found, low, high = difference(hits[0], n[0], hits[1], n[1])
        alike = "two rates that are alike are called different (share of times)"
        yield row("a4", alike, "interval of the difference", "", low > 0 or high < 0, 0.05)
        yield row("a4", alike, "no interval for a difference", "+", found != 0, 0.05)


def _p_value(bought, side):
    n, hits = [side.sum(), (~side).sum()], [bought[side].sum(), bought[~side].sum()]
    share = sum(hits) / sum(n)
    spread = np.sqrt(share * (1 - share) * (1 / n[0] + 1 / n[1]))
    return 1.0 if spread == 0 else 2 * norm.sf(abs(hits[0] / n[0] - hits[1] / n[1]) / spread)


ALL = [returns, profit, break_even, funnel, audience_curve, live_test]
