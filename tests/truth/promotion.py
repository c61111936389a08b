"""Module C: offers, coupons, stock and line-ups, against what was planted."""

import numpy as np
import pandas as pd
from scipy.stats import nbinom, t

from coursekit import world
from coursekit.measures import break_even_uplift
from coursekit.methods.censored import quantile
from coursekit.methods.holdout import cost_per_extra, mean_difference
from coursekit.methods.intervals import difference, wilson
from coursekit.methods.stock import best_stock, demand_shares, stock_profits
from coursekit.world import coupons, goods, promotions
from truth import row


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
        piece, p = products.loc[product], names.index(product)
        at_list = piece["list_price"] * (1 - COMMISSION) - piece["cost"] - piece["freight"]
        for offer in mine.itertuples():
            first, last = offer.first_day, offer.last_day
            during, late = (sold.index >= first) & (sold.index <= last), (sold.index > last) & (sold.index <= last + after)
            if special[during | late].any():
                continue
            near = ~touched & (sold.index >= first - WEEKS) & (sold.index <= last + after + WEEKS)
            base = sold.loc[near, product].mean()
            price = planted["price"][p][during][0]
            pays = SHOP_PAYS[offer.funded_by] * (piece["list_price"] - price)  # the platform's part reaches the shop
            each = at_list - pays * (1 - COMMISSION)
            usual, mean = planted["usual"][p], planted["mean"][p]
            truth = mean[during].sum() * each - usual[during].sum() * at_list + (mean - usual)[late].sum() * at_list
            many, days = sold.loc[during, product].sum(), during.sum()
            left = many * each - base * days * at_list
            pulled = (sold.loc[late, product].sum() - base * late.sum()) * at_list
            takings = many * (piece["list_price"] - pays) - base * days * piece["list_price"]
            own = many * (piece["list_price"] - price) * (1 - COMMISSION)
            paid_by.append(offer.funded_by)
            found.append((
                truth, left + pulled, takings, many * each, left,
                left + pulled + many * pays * (1 - COMMISSION) - own,
            ))  # fmt: skip
    truth, net, *wrong = np.array(found).T
    wide = t.ppf(0.975, len(net) - 1) * (net - truth).std(ddof=1) / np.sqrt(len(net))
    what = "what an offer adds to what is left to the shop (yuan)"
    yield row("c1", what, "against four weeks before and after, the ten days after it too", "", net.mean(), truth.mean(), net.mean() - wide, net.mean() + wide)  # fmt: skip
    ways = [
        ("revenue taken for what is left", "+"), ("baseline left out", "+"), ("pull-forward forgotten", "+"),
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


def uplift_needed(seed):
    """c1: by how much the pieces must rise, for the discounts the county's shops paid themselves, by trying pieces one by one."""
    shelf, found = goods.products(seed, False), []
    for p, _, _, _, off, _, _ in promotions.offers(seed, False):
        price, other = shelf["list_price"][p], shelf["cost"][p] + shelf["freight"][p]
        at_list, cut = price * (1 - COMMISSION) - other, price * (1 - off) * (1 - COMMISSION) - other
        if cut <= 0.02 * price or at_list <= 0:
            continue  # hardly any number of pieces is enough
        pieces = np.arange(1000, 100_000)
        enough = pieces[pieces * cut >= 1000 * at_list]
        if len(enough):
            found.append((
                enough[0] / 1000 - 1, break_even_uplift(off, at_list / price, COMMISSION), off / (1 - off),
                break_even_uplift(off, (price - other) / price), break_even_uplift(off, at_list / price),
            ))  # fmt: skip
    truth, right, revenue, none, listed = np.array(found).T
    what = "more pieces that an offer must sell, by its formula (share)"
    yield row("c1", what, "margin and discount after commission", "", right.mean(), truth.mean())
    yield row("c1", what, "revenue taken for what is left", "-", revenue.mean(), truth.mean())
    yield row("c1", what, "commission forgotten", "-", none.mean(), truth.mean())
    yield row("c1", what, "commission taken of the list price", "+", np.minimum(listed, 99).mean(), truth.mean())


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
    moved = got | table["redeemed"]
    yield row("c2", what, "controls who redeemed counted with the coupon", "+", effect(moved, ~moved)[0], truth)

    # What was there before the lottery: nothing to find between its arms.
    what, past = "orders in the year before, coupon against none", table["past_orders"]
    found = mean_difference(past[got], past[~got])
    yield row("c2", what, "arms of the lottery", "", found[0], 0, found[1], found[2])
    before = past[table["redeemed"]].mean() - past[~table["redeemed"]].mean()
    yield row("c2", what, "redeemers against the rest", "+", before, 0)

    # What this lottery's coupons cost is counted; how many orders they brought is not known.
    what, cost = "yuan the coupons cost for an extra order", orders["coupon"].sum()
    orders["got"] = orders["person"].map(table.set_index("person")["arm"]) == "coupon"
    own, bought = orders.loc[orders["got"], "coupon"].sum(), table["bought"]
    counts = bought[got].sum(), got.sum(), bought[~got].sum(), (~got).sum()
    truth = cost / (truth * got.sum())
    found = cost_per_extra(cost, *counts)
    yield row("c2", what, "all coupons by the extra orders", "", found[0], truth, found[1], found[2])
    yield row("c2", what, "redemption taken for lift", "+", cost / table["redeemed"].sum(), truth)
    yield row("c2", what, "every order with a coupon taken for extra", "-", cost / counts[0], truth)
    yield row("c2", what, "friends' coupons not counted as cost", "-", cost_per_extra(own, *counts)[0], truth)

    # Which shops should send 10,000 coupons again: those whose margin an order is above the cost of an extra one.
    what, expected = (
        "what a shop loses by sending 10,000 coupons or not, mean of margins of 1 to 20 yuan an order (yuan)",
        _cost_of_extra(),
    )
    for method, toward, says in (
        ("margin against the cost of an extra order", "", found[0]),
        ("redemption taken for lift", "+", cost / table["redeemed"].sum()),
        ("every order with a coupon taken for extra", "+", cost / counts[0]),
    ):
        wrong = [abs(m - expected) for m in range(1, 21) if (m > says) != (m > expected)]
        yield row("c2", what, method, toward, 10_000 * (promotions.WITH_COUPON - promotions.USUAL) * sum(wrong) / 20, 0)

    what, truth = "more yuan a person by the coupon", _more_yuan()
    paid = table["person"].map(orders.set_index("person")["amount"]).fillna(0)
    found = mean_difference(paid[got], paid[~got])
    yield row("c2", what, "mean of all people, whether they bought or not", "", found[0], truth, found[1], found[2])
    yield row(
        "c2", what, "redeemers against the rest", "+", paid[table["redeemed"]].mean() - paid[~table["redeemed"]].mean(), truth
    )


def _cost_of_extra():
    """Planted: what coupons cost for an extra order, friends' coupons among them, with arms of the same size."""
    redeemed = promotions.REDEEMED + promotions.PASSED_ON * promotions.USUAL
    return promotions.COUPON_YUAN * redeemed / (promotions.WITH_COUPON - promotions.USUAL)


def _more_yuan():
    """Planted: by how many yuan a person's mean payment rises, from who buys, how large a basket is, and what coupons take off."""
    past = np.arange(200)
    share = nbinom.pmf(past, 0.8, 0.8 / (0.8 + 1.5))  # orders in the year before: Poisson, by a gamma loyalty
    weight = 0.4 + 0.6 * (0.8 + past) / (0.8 + 1.5)  # of buying, given these orders
    basket = np.exp(4.4 + 0.5**2 / 2) * (share * weight * (1 + 0.1 * np.minimum(past, 5))).sum()
    redeemed = promotions.REDEEMED - promotions.PASSED_ON * promotions.USUAL
    return (promotions.WITH_COUPON - promotions.USUAL) * basket + (20 - promotions.COUPON_YUAN) * redeemed


def coupon_guests(seed):
    """c3: coupon guests who do not come."""
    past = world.make("past_coupons", seed)
    for k, night in enumerate(("weekday", "weekend")):
        mine = past[past["night"] == night]
        rate, low, high = wilson((~mine["came"]).sum(), len(mine))
        what, truth = f"coupon guests who do not come on a {night} (share)", coupons.no_show(seed)[k]
        yield row("c3", what, "share of that kind of night", "", rate, truth, low, high)
        yield row("c3", what, "no-shows ignored", "-", 0, truth)


def _fresh(seed):
    """Each fresh product with its working days like any other, and its planted middle pieces on such a day.

    Left out are days with an offer, the days after it, and days with a show of the product.
    """
    history, offers = world.make("demand_history", seed), world.make("promos", seed)
    products, calendar = world.make("products", seed), world.make("calendar")
    usual = promotions.daily(seed, False)["usual"]
    quiet = calendar.loc[~calendar["day_off"], "date"]
    shown = _days_shown(seed)
    for product in products[products["kind"] == "fresh"].itertuples():
        name = product.product
        mine = history[(history["product"] == name) & history["date"].isin(quiet) & (history["price"] == product.list_price)]
        mine = mine[~mine["date"].isin(shown.get(name, []))]
        for last in offers.loc[offers["product"] == name, "last_day"]:
            mine = mine[~mine["date"].between(last, last + pd.Timedelta(promotions.PULLED_DAYS, "D"))]
        yield product, mine, np.median(usual[int(name[1:]) - 1])


def stock(seed):
    """c4: how much of a fresh product a working day wants, in seven days of ten."""
    what, part = "pieces that are enough in seven days of ten", 0.7
    for _, mine, level in _fresh(seed):
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


def planted_demand(level):
    """The planted share of days by demand, of a product whose middle day wants so many pieces."""
    shape, pieces = promotions.DAY_VARIES, np.arange(int(12 * level) + 60)
    chance = nbinom.pmf(pieces, shape, shape / (shape + level))
    return pd.Series(chance / chance.sum(), pieces)


def stock_chosen(seed):
    """c4: what the stock that is chosen loses against the best stock for the planted demand."""
    what = "yuan a day lost by the stock of a fresh product that is chosen"
    for product, mine, level in _fresh(seed):
        # A leftover brings a fifth of the price; a product that leaves nothing when it is sold is not stocked.
        money = (product.list_price - product.freight, product.cost, product.list_price / 5)
        if mine.empty or mine["sold_out"].all() or money[0] <= money[1]:
            continue
        wanted, kept = demand_shares(mine["sold"], mine["sold_out"]), mine.loc[~mine["sold_out"], "sold"]
        chosen = {
            ("best stock, sold-out days shared out", ""): best_stock(wanted, *money),
            ("sold-out days taken as demand", "+"): best_stock(demand_shares(mine["sold"]), *money),
            ("sold-out days dropped", "+"): best_stock(demand_shares(kept), *money),
            ("salvage ignored", "+"): best_stock(wanted, *money[:2]),
            ("mean demand stocked", "+"): round((wanted * wanted.index).sum()),
            ("mean sold stocked", "+"): round(mine["sold"].mean()),
        }
        truth = planted_demand(level)
        left = stock_profits([best_stock(truth, *money), *chosen.values()], truth, *money).to_numpy()
        for (method, toward), yuan in zip(chosen, left[1:], strict=True):
            yield row("c4", what, method, toward, left[0] - yuan, 0)


ALL = [offers, offers_left, uplift_needed, coupon_lottery, coupon_guests, stock, stock_chosen]
