"""Module C: offers, coupons, stock and line-ups, against what was planted."""

import numpy as np
import pandas as pd
from scipy.stats import nbinom, t

from coursekit import world
from coursekit.methods.censored import quantile
from coursekit.methods.intervals import difference, ratio_of_sums, wilson
from coursekit.world import coupons, goods, promotions, shows
from coursekit.world.county import stream
from truth import row
from truth.livestream import again


def offers(seed):
    """c1: what an offer adds, once what was bought sooner is taken off and what is sold anyway is not counted."""
    history, promos = world.make("demand_history", seed), world.make("promos", seed)
    products = world.make("products", seed).set_index("product")
    sold = history.pivot(index="date", columns="product", values="sold")
    planted, names = promotions.daily(seed, False), list(products.index)
    off_day = world.make("calendar").set_index("date")["day_off"].reindex(sold.index)
    shown, after = _days_shown(seed), pd.Timedelta(promotions.PULLED_DAYS, "D")
    campaigns, found = pd.DatetimeIndex(promotions.CAMPAIGNS), []
    for product, mine in promos[promos["product"].map(products["kind"]) != "fresh"].groupby("product"):
        # Days like any other: no offer, none in the ten days before, no show of this product, no campaign.
        special = sold.index.isin(shown.get(product, campaigns)) | sold.index.isin(campaigns)
        touched = special.copy()
        for first, last in zip(mine["first_day"], mine["last_day"], strict=True):
            touched |= (sold.index >= first) & (sold.index <= last + after)
        for first, last in zip(mine["first_day"], mine["last_day"], strict=True):
            during, whole = (sold.index >= first) & (sold.index <= last), (sold.index >= first) & (sold.index <= last + after)
            if special[whole].any():
                continue
            near = ~touched & (abs((sold.index - first).days) <= 60)  # a shop's sales change with the season
            base = off_day.map(sold.loc[near, product].groupby(off_day[near]).mean())
            extra = planted["mean"][names.index(product)] - planted["usual"][names.index(product)]
            gain = sold[product] - base
            found.append((sold.loc[during, product].sum(), gain[during].sum(), gain[whole].sum(), extra[whole].sum()))
    credited, during, net, truth = np.array(found).T
    wide = t.ppf(0.975, len(net) - 1) * (net - truth).std(ddof=1) / np.sqrt(len(net))
    what = "pieces an offer adds"
    yield row(
        "c1",
        what,
        "against usual days, the days after it too",
        "",
        net.mean(),
        truth.mean(),
        net.mean() - wide,
        net.mean() + wide,
    )
    yield row("c1", what, "baseline left out", "+", credited.mean(), truth.mean())
    yield row("c1", what, "pull-forward forgotten", "+", during.mean(), truth.mean())


COMMISSION = 0.1  # the platform's part in the lesson's examples
SHOP_PAYS = {"shop": 1, "platform": 0, "half each": 0.5}
WEEKS = pd.Timedelta(28, "D")


def offers_left(seed):
    """c1: what an offer leaves the shop, in yuan: during it and in the ten days after, against four weeks before and after."""
    history, promos = world.make("demand_history", seed), world.make("promos", seed)
    products = world.make("products", seed).set_index("product")
    sold = history.pivot(index="date", columns="product", values="sold")
    planted, names = promotions.daily(seed, False), list(products.index)
    shown, after = _days_shown(seed), pd.Timedelta(promotions.PULLED_DAYS, "D")
    campaigns, found, paid_by = pd.DatetimeIndex(promotions.CAMPAIGNS), [], []
    for product, mine in promos[promos["product"].map(products["kind"]) != "fresh"].groupby("product"):
        special = sold.index.isin(shown.get(product, campaigns)) | sold.index.isin(campaigns)
        touched = special.copy()
        for first, last in zip(mine["first_day"], mine["last_day"], strict=True):
            touched |= (sold.index >= first) & (sold.index <= last + after)
        goods, p = products.loc[product], names.index(product)
        at_list = goods["list_price"] * (1 - COMMISSION) - goods["cost"] - goods["freight"]
        for offer in mine.itertuples():
            first, last = offer.first_day, offer.last_day
            during, late = (sold.index >= first) & (sold.index <= last), (sold.index > last) & (sold.index <= last + after)
            if special[during | late].any():
                continue
            near = ~touched & (sold.index >= first - WEEKS) & (sold.index <= last + after + WEEKS)
            base = sold.loc[near, product].mean()
            price = planted["price"][p][during][0]
            pays = SHOP_PAYS[offer.funded_by] * (goods["list_price"] - price)  # the platform's part reaches the shop
            each = at_list - pays * (1 - COMMISSION)
            usual, mean = planted["usual"][p], planted["mean"][p]
            truth = mean[during].sum() * each - usual[during].sum() * at_list + (mean - usual)[late].sum() * at_list
            many, days = sold.loc[during, product].sum(), during.sum()
            left = many * each - base * days * at_list
            pulled = (sold.loc[late, product].sum() - base * late.sum()) * at_list
            takings = many * (goods["list_price"] - pays) - base * days * goods["list_price"]
            back = (sold.loc[late, product].sum() - base * late.sum()) * goods["list_price"]
            own = many * (goods["list_price"] - price) * (1 - COMMISSION)
            paid_by.append(offer.funded_by)
            found.append((
                truth, left + pulled, takings, many * each, left, left + pulled + COMMISSION * (takings + back),
                left + pulled + many * pays * (1 - COMMISSION) - own,
            ))  # fmt: skip
    truth, net, *wrong = np.array(found).T
    wide = t.ppf(0.975, len(net) - 1) * (net - truth).std(ddof=1) / np.sqrt(len(net))
    what = "what an offer adds to what is left to the shop (yuan)"
    yield row("c1", what, "against four weeks before and after, the ten days after it too", "", net.mean(), truth.mean(), net.mean() - wide, net.mean() + wide)  # fmt: skip
    ways = [
        ("revenue taken for what is left", "+"), ("baseline left out", "+"), ("pull-forward forgotten", "+"), ("commission forgotten", "+"),
        ("the platform's part charged to the shop", "-"),
    ]  # fmt: skip
    for (method, toward), estimate in zip(ways, wrong, strict=True):
        yield row("c1", what, method, toward, estimate.mean(), truth.mean())
    what, paid_by = "what is lost an offer by choosing who must pay for one (yuan)", np.array(paid_by)
    for method, toward, estimate in (
        ("offers of those payers that left more in all", "", net),
        ("offers of those payers whose revenue rose", "+", wrong[0]),
    ):
        lost = 0
        for payer in SHOP_PAYS:
            mine = paid_by == payer
            if mine.any():
                lost += max(truth[mine].sum(), 0) - truth[mine].sum() * (estimate[mine].mean() > 0)
        yield row("c1", what, method, toward, lost / len(truth), 0)


def _days_shown(seed):
    """The days on which each product was in a show."""
    rows = world.make("lineups", seed).merge(world.make("sessions", seed)[["session", "start"]], on="session")
    return {product: pd.DatetimeIndex(days.dt.normalize()) for product, days in rows.groupby("product")["start"]}


def coupon_lottery(seed):
    """c2: what a coupon does, among all who got one."""
    table, orders = world.make("coupon_assign", seed), world.make("coupon_orders", seed)
    table["bought"] = table["person"].isin(orders["person"])
    got = table["arm"] == "coupon"
    truth = promotions.WITH_COUPON - promotions.USUAL

    def effect(new, old):
        return difference(table.loc[new, "bought"].sum(), new.sum(), table.loc[old, "bought"].sum(), old.sum())

    what = "more buyers a person by the coupon (share)"
    found = effect(got, ~got)
    yield row("c2", what, "intention to treat", "", found[0], truth, found[1], found[2])
    yield row("c2", what, "redeemers against the rest", "+", effect(table["redeemed"], ~table["redeemed"])[0], truth)
    yield row("c2", what, "redemption taken for lift", "-", table.loc[got, "redeemed"].mean(), truth)
    yield row("c2", what, "controls who redeemed dropped", "+", effect(got, ~got & ~table["redeemed"])[0], truth)


def coupon_guests(seed):
    """c3: coupon guests who do not come."""
    past = world.make("past_coupons", seed)
    for k, night in enumerate(("weekday", "weekend")):
        mine = past[past["night"] == night]
        rate, low, high = wilson((~mine["came"]).sum(), len(mine))
        what, truth = f"coupon guests who do not come on a {night} (share)", coupons.no_show(seed)[k]
        yield row("c3", what, "share of that kind of night", "", rate, truth, low, high)
        yield row("c3", what, "no-shows ignored", "-", 0, truth)


def stock(seed):
    """c4: how much of a fresh product a working day wants, in seven days of ten."""
    history = world.make("demand_history", seed)
    products = world.make("products", seed)
    usual = promotions.daily(seed, False)["usual"]
    calendar = world.make("calendar")
    quiet = calendar.loc[~calendar["day_off"], "date"]
    shown = _days_shown(seed)
    listed = products.set_index("product")["list_price"]
    what, part = "pieces that are enough in seven days of ten", 0.7
    for product in products.loc[products["kind"] == "fresh", "product"]:
        mine = history[(history["product"] == product) & history["date"].isin(quiet) & (history["price"] == listed[product])]
        mine = mine[~mine["date"].isin(shown.get(product, []))]
        offers = world.make("promos", seed)
        for last in offers.loc[offers["product"] == product, "last_day"]:
            mine = mine[~mine["date"].between(last, last + pd.Timedelta(promotions.PULLED_DAYS, "D"))]
        level = np.median(usual[int(product[1:]) - 1])
        shape = promotions.DAY_VARIES
        truth = nbinom.ppf(part, shape, shape / (shape + level))
        found, low, high = quantile(mine["sold"], ~mine["sold_out"], part)
        if np.isfinite(found):
            yield row("c4", what, "days sold out as at least", "", found, truth, low, high)
            yield row("c4", what, "sold-out days taken as demand", "-", mine["sold"].quantile(part), truth)
            yield row("c4", what, "sold-out days dropped", "-", mine.loc[~mine["sold_out"], "sold"].quantile(part), truth)
            # With salvage a fifth of the price and a cost of 44 %, seven in ten; without it, 56 in a hundred.
            yield row("c4", what, "salvage ignored", "-", quantile(mine["sold"], ~mine["sold_out"], 0.56)[0], truth)
            yield row("c4", what, "mean stocked", "-", mine["sold"].mean(), truth)


def _substitutes(plan):
    """The other products of the star's kind."""
    star = plan["host"] * goods.PRODUCTS_EACH
    return [f"P{star + 2:03d}", f"P{star + 3:03d}"]


def lineup(seed):
    """c5: what the star takes from its substitutes."""
    with_star, without = [], []
    truth = np.zeros(4)
    orders = world.make("orders", seed).groupby(["session", "product"])["pieces"].sum()
    viewers = world.make("sessions", seed).set_index("session")["viewers"]
    for plan in shows.plans(seed, False):
        pieces = sum(orders.get((plan["session"], name), 0) for name in _substitutes(plan))
        shown = plan["host"] * goods.PRODUCTS_EACH in plan["placed"]
        (with_star if shown else without).append((pieces, viewers[plan["session"]]))
    # What is to be expected: many more evenings of the same hosts.
    everyone, shelf = goods.hosts(seed, False), goods.products(seed, False)
    for host, many in enumerate(np.bincount([p["host"] for p in shows.plans(seed, False)])):
        for k in range(100, 100 + 5 * many):
            plan = shows._plan(everyone, shelf, host, k, 0, stream(seed, f"show {k}", host))
            visits, made = again(seed, plan, 1)
            sold = made["pieces"][
                np.isin(goods.names_of(len(shelf["kind"]))[plan["placed"][made["product"]]], _substitutes(plan))
            ].sum()
            shown = host * goods.PRODUCTS_EACH in plan["placed"]
            truth[[0, 1] if shown else [2, 3]] += sold, len(np.unique(visits["person"]))
    what = "pieces of substitutes a thousand viewers lose to the star"
    truth = 1000 * (truth[2] / truth[3] - truth[0] / truth[1])
    (p1, v1), (p0, v0) = (np.array(rows).T for rows in (with_star, without))
    a, b = (ratio_of_sums(1000 * p, v, seed=1) for p, v in ((p1, v1), (p0, v0)))
    # Two independent intervals: their distances to the middle add by squares.
    low = b[0] - a[0] - np.hypot(b[0] - b[1], a[2] - a[0])
    high = b[0] - a[0] + np.hypot(b[2] - b[0], a[0] - a[1])
    yield row("c5", what, "shows without it against shows with it", "", b[0] - a[0], truth, low, high)
    yield row("c5", what, "best-seller credited with all sales", "-", 0, truth)


ALL = [offers, offers_left, coupon_lottery, coupon_guests, stock, lineup]
