"""How well the steps of *The line-up* find what is planted: what a star takes from its substitutes, and the price of a minute."""

import numpy as np
import pandas as pd

from coursekit import world
from coursekit.methods.lineup import cannibalization
from coursekit.world import audience, goods, shows
from coursekit.world.county import stream
from truth import row
from truth.livestream import again


def _shop(plan):
    """The star of a plan's host, and the other products of its kind."""
    star = plan["host"] * goods.PRODUCTS_EACH
    return f"P{star + 1:03d}", [f"P{star + 2:03d}", f"P{star + 3:03d}"]


def lineup(seed):
    """c5: what the star sells, what it takes from its substitutes, and what is gained on balance."""
    orders = world.make("orders", seed).groupby(["session", "product"])["pieces"].sum()
    viewers, rows = world.make("sessions", seed).set_index("session")["viewers"], []
    for plan in shows.plans(seed, False):
        star, others = _shop(plan)
        shown = plan["host"] * goods.PRODUCTS_EACH in plan["placed"]
        sold = [orders.get((plan["session"], name), 0) for name in (star, *others)]
        rows.append({"shown": shown, "star": sold[0], "substitutes": sum(sold[1:]), "viewers": viewers[plan["session"]]})
    found = cannibalization(pd.DataFrame(rows))
    # What is to be expected: many more evenings of the same hosts.
    everyone, shelf, truth = goods.hosts(seed, False), goods.products(seed, False), np.zeros((2, 3))
    names = goods.names_of(len(shelf["kind"]))
    for host, many in enumerate(np.bincount([p["host"] for p in shows.plans(seed, False)])):
        for k in range(100, 100 + 5 * many):
            plan = shows._plan(everyone, shelf, host, k, 0, stream(seed, f"show {k}", host))
            visits, made = again(seed, plan, 1)
            star, others = _shop(plan)
            sold = names[plan["placed"][made["product"]]]
            pieces = [made["pieces"][np.isin(sold, which)].sum() for which in ([star], others)]
            truth[int(host * goods.PRODUCTS_EACH in plan["placed"])] += *pieces, len(np.unique(visits["person"]))
    rates = 1000 * truth[:, :2] / truth[:, 2:]
    own, lost = rates[1, 0], rates[0, 1] - rates[1, 1]
    seen = found["value"]

    def against(name, true):
        return seen[name], true, found.loc[name, "low"], found.loc[name, "high"]

    what = "pieces of substitutes a thousand viewers lose to the star"
    yield row("c5", what, "shows without it against shows with it", "", *against("others lose", lost))
    yield row("c5", what, "best-seller credited with all sales", "-", 0, lost)
    what = "pieces that a star gains on balance, a thousand viewers"
    yield row("c5", what, "its own less what the others lose", "", *against("net gain", own - lost))
    yield row("c5", what, "best-seller credited with all sales", "+", seen["the star sells"], own - lost)
    yield row("c5", what, "substitutes counted twice", "-", seen["net gain"] - seen["others lose"], own - lost)
    what = "part of a star's pieces that it takes from its substitutes (share)"
    yield row("c5", what, "what the others lose by what the star sells", "", *against("share taken", lost / own))


ENOUGH = 100  # paid orders of a shop whose minutes can be compared at all


def minute(seed):
    """c5: to which product of its shop one more minute should go; what the choice loses against the best one, in shops that know."""
    shelf, everyone = goods.products(seed, False), goods.hosts(seed, False)
    shop = _worth(seed)
    shop["truth"] = [_minute_earns(p, shelf, everyone) for p in range(len(shelf["kind"]))]
    what = "yuan in a thousand viewer-minutes lost by the product chosen for one more minute, in shops with 100 orders"
    shop = shop[shop.groupby("host")["orders"].transform("sum") >= ENOUGH]
    best = shop.groupby("host")["truth"].max()
    for method, toward in (
        ("orders of its kind while on the air, times what one leaves", ""),
        ("sales divided by minutes", "+"),
        ("minutes not priced: the product with the most sales", "+"),
        ("the product whose order leaves most", "+"),
    ):
        chosen = shop.loc[shop.groupby("host")[method].idxmax()].set_index("host")["truth"]
        yield row("c5", what, method, toward, (best - chosen).mean(), 0)


def _worth(seed):
    """For each product by which each method chooses, as in the lesson: per shop, from its own evenings."""
    table = pd.DataFrame(shows.minutes_of(shows.seen(seed, False), goods.names_of(len(goods.products(seed, False)["kind"]))))
    products = world.make("products", seed).set_index("product")
    orders, back = world.make("orders", seed), world.make("returns", seed)
    fees = world.make("fees", seed)
    shares = fees.groupby(["session", "given_back"])["rate"].sum().unstack(fill_value=0)
    sold = orders[orders["paid"]].merge(world.make("sessions", seed)[["session", "start"]], on="session")
    sold["minute"] = (sold["ordered"] - sold["start"]).dt.seconds // 60
    sold = sold.merge(table[["session", "minute", "product"]].rename(columns={"product": "on_air"}), on=["session", "minute"])
    item, gone = sold["product"], sold["order"].isin(back["order"])
    kept, used = sold["amount"] * ~gone, 1 - gone * item.map(products["recovered"])
    shares = sold[["session"]].join(shares, on="session")
    sold["left"] = (
        kept * (1 - shares[True]) - sold["amount"] * shares[False] - sold["pieces"] * item.map(products["cost"]) * used
        - item.map(products["freight"]) - gone * item.map(products["freight_back"])
    )  # fmt: skip
    sold["host"], sold["kind"], sold["air_kind"] = (
        item.map(products["host"]), item.map(products["kind"]), sold["on_air"].map(products["kind"])
    )  # fmt: skip
    table["host"], table["kind"] = (table["product"].map(products[c]) for c in ("host", "kind"))
    on_air = sold[sold["kind"] == sold["air_kind"]].groupby(["host", "kind"]).size()
    rate = 1000 * (on_air / table.groupby(["host", "kind"])["watching"].sum()).fillna(0)
    old = sold[sold["ordered"] < "2025-12-17"]
    shop = products[["host", "kind"]].join(old.groupby("product")["left"].mean().rename("leaves")).fillna({"leaves": 0})
    shop["orders"] = sold.groupby("product").size()
    sales = sold.groupby("product")["amount"].sum().reindex(shop.index, fill_value=0)
    shop["orders of its kind while on the air, times what one leaves"] = (
        shop.join(rate.rename("rate"), on=["host", "kind"])["rate"].fillna(0) * shop["leaves"]
    )
    shop["sales divided by minutes"] = (sales / table.groupby("product").size()).fillna(0)
    shop["minutes not priced: the product with the most sales"] = sales
    shop["the product whose order leaves most"] = shop["leaves"]
    return shop


def _minute_earns(p, shelf, everyone):
    """Planted: yuan by which a thousand viewer-minutes on the air of a product raise what the shop is left with.

    Pages of its kind are opened faster, and are its own; without it they are those of the kind's goods in the list.
    """
    host = p // goods.PRODUCTS_EACH
    mine = np.arange(host * goods.PRODUCTS_EACH, (host + 1) * goods.PRODUCTS_EACH)
    kinds, wish = shelf["kind"][mine], shelf["wish"][mine]
    weight = {kind: wish[kinds == kind].max() for kind in np.unique(kinds)}

    def leaves(i):
        off = np.array(shows.DISCOUNTS)
        price, back, pieces = np.round(shelf["list_price"][i] * (1 - off)), shelf["back"][i], 1 + audience.PIECES
        left = pieces * (price * (1 - back) * 0.82 - shelf["cost"][i] * (1 - back * shelf["recovered"][i]))
        left -= shelf["freight"][i] + back * shelf["freight_back"][i]
        return ((price / shelf["list_price"][i]) ** audience.PRICE_RESPONSE * left).mean()

    alike = mine[kinds == shelf["kind"][p]]
    listed = np.average([leaves(i) for i in alike], weights=shelf["wish"][alike])
    wished = weight[shelf["kind"][p]] / sum(weight.values())
    opened = 1000 * audience.LOOKS * everyone["clicks"][host] * wished
    return opened * audience.BUYS * (leaves(p) - audience.ASIDE * listed)


ALL = [lineup, minute]
