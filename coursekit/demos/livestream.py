"""Demonstrations of module A."""

import numpy as np
import pandas as pd

from coursekit.charts import Lines, Ranges, live, number
from coursekit.measures import net_sales, paid_sales
from coursekit.methods import difference, people_needed, wilson


def order_left(returned=20.0, commission=20.0):
    """What is left of an order of 100 yuan, on average, when some orders come back.

    returned: percent of orders. commission: percent of kept sales. Goods cost 40 yuan, half of that is
    saved on a return; freight is 6 yuan out and 8 back; fixed fees are 10 yuan an order.

    >>> [order_left(returned, 20)[0].to_list()[-1] for returned in (0, 35, 40)]
    [24.0, 0.2, -3.2]
    >>> [order_left(returned, 30)[0].to_list()[-1] for returned in (20, 25)]
    [2.4, -0.5]
    """
    back = returned / 100
    kept = 100 * (1 - back)
    steps = [kept * commission / 100, 40 * (1 - back) + 20 * back, 6 + 8 * back, 10]
    left = [100.0, kept]
    for cost in steps:
        left.append(round(left[-1] - cost, 6))
    names = ["paid", "kept", "after commission", "after goods", "after freight", "after fixed fees"]
    values = pd.Series(left, index=names, dtype=float)
    last = left[-1]
    end = f"{number(last)} yuan are left" if last > 0 else f"{number(-last)} yuan are lost" if last < 0 else "nothing is left"
    return values, (
        f"With {number(returned)} % returned and a commission of {number(commission)} %: "
        f"of an order of 100 yuan {number(kept)} yuan are kept on average, and in the end {end}."
    )


def show_order_left():
    """Demonstration: how many returns an order can bear."""
    live(
        order_left, title="What is left of an order of 100 yuan", unit="yuan, mean of all paid orders", limit=100,
        returned=("returned, percent of orders", 0, 80, 5, 20), commission=("commission, percent of kept", 0, 50, 5, 20),
    )  # fmt: skip


def headline_to_net(gmv=10_000.0, unpaid=10.0, returned=20.0):
    """What is left of a headline when some orders are not paid and some goods come back.

    unpaid: percent of GMV never paid. returned: percent of the paid sales refunded.

    >>> headline_to_net(10_000, 10, 20)[0].to_list()
    [10000.0, 9000.0, 7200.0]
    """
    lost = gmv * unpaid / 100
    refunded = paid_sales(gmv, lost) * returned / 100
    kept = net_sales(gmv, lost, refunded)
    values = pd.Series([gmv, paid_sales(gmv, lost), kept], index=["GMV (ordered)", "paid", "net (kept)"], dtype=float)
    return values, (
        f"Of {number(gmv)} yuan ordered, {number(values['paid'])} yuan are paid and "
        f"{number(kept)} yuan are kept: {number(100 * kept / gmv)} % of the headline."
    )


def show_headline_to_net():
    """Demonstration: the same show as GMV, paid sales and net sales."""
    live(
        headline_to_net, title="One show, three sales figures", unit="yuan", limit=10_000,
        unpaid=("not paid, percent of GMV", 0, 60, 5, 10), returned=("returned, percent of paid", 0, 60, 5, 20),
    )  # fmt: skip


def traffic_mix(paid=70.0):
    """Two shows whose rates by source stay, while the share of paid traffic of show A moves.

    paid: percent of A's visits that are paid; a third of the others are followers. B: 30 % followers,
    60 % recommended, 10 % paid. Rates in percent of visits, as in the lesson's two shows.

    >>> traffic_mix(70)[0][["A in all", "B in all"]].round(2).to_list()
    [5.6, 7.93]
    """
    sources = ["followers", "recommended", "paid"]
    rate_a = pd.Series([16.5, 8.2, 3.3], index=sources)
    rate_b = pd.Series([14.1, 5.8, 2.2], index=sources)
    free = 1 - paid / 100
    total_a = free * (rate_a["followers"] + 2 * rate_a["recommended"]) / 3 + (1 - free) * rate_a["paid"]
    total_b = 0.3 * rate_b["followers"] + 0.6 * rate_b["recommended"] + 0.1 * rate_b["paid"]
    values = {f"{show} {source}": rate[source] for source in sources for show, rate in (("A", rate_a), ("B", rate_b))}
    values = pd.Series(values | {"A in all": total_a, "B in all": total_b})
    order = "more" if total_a > total_b else "fewer"
    return values, (
        f"With {number(paid)} % paid traffic show A opens a page in {total_a:.2f} % of its visits and show B in {total_b:.2f} %. "
        f"A opens more within followers, recommended and paid viewers, and {order} in all."
    )


def show_traffic_mix():
    """Demonstration: the total of a show depends on who came, not only on how good it is."""
    live(
        traffic_mix, title="Show A is better within each source", unit="visits that opened a page, percent", limit=17,
        paid=("paid traffic of A, percent", 0, 100, 5, 70),
    )  # fmt: skip


def two_evenings(viewers=1000.0):
    """How sure two rates and their difference are, when 0.9 % and 1.2 % of so many viewers bought.

    >>> two_evenings(1000)[0].round(2).to_numpy().tolist()
    [[0.9, 0.47, 1.7], [1.2, 0.69, 2.09], [0.3, -0.65, 1.28]]
    """
    old, new = 0.009 * viewers, 0.012 * viewers
    rows = [wilson(old, viewers), wilson(new, viewers), difference(new, viewers, old, viewers)]
    table = 100 * pd.DataFrame(rows, columns=["value", "low", "high"], index=["last night", "tonight", "difference"])
    low, high = table.loc["difference", ["low", "high"]]
    zero = "zero lies inside" if low <= 0 <= high else "zero lies outside"
    apart = "overlap" if table.loc["tonight", "low"] <= table.loc["last night", "high"] else "have parted"
    return table, (
        f"With {number(viewers)} viewers each evening the difference lies between {low:.3f} and {high:.3f} percentage points: {zero}. "
        f"The intervals of the two evenings {apart}."
    )


def show_two_evenings():
    """Demonstration: intervals shrink with the number of viewers, and the difference is sure before they part."""
    live(
        two_evenings, title="How many viewers does it take?", unit="percent of the viewers; difference in percentage points",
        limit=2.6, kind=Ranges, viewers=("viewers of each evening", 500, 50_000, 500, 1000),
    )  # fmt: skip


def audience_level(enter=50.0, stay=2.0):
    """People watching minute by minute, when as many enter every minute and stay for a while on average.

    enter: people a minute; stay: mean minutes. In the end the curve stands at their product.

    >>> audience_level(50, 2)[0].round().iloc[[0, 1, 30]]["people watching"].to_list()
    [0.0, 39.0, 100.0]
    """
    minute = pd.Index(range(31), name="minute")
    values = pd.DataFrame({"people watching": enter * stay * (1 - np.exp(-minute / stay))}, index=minute)
    return values, (
        f"{number(enter)} people enter every minute and stay {number(stay)} min on average: the number watching "
        f"rises to {number(enter)} × {number(stay)} = {number(enter * stay)}. This is Little's law."
    )


def show_audience_level():
    """Demonstration: people watching are those who enter a minute times the minutes they stay."""
    live(
        audience_level, title="The curve rises to a level and stands there", unit="people watching", limit=400, kind=Lines,
        enter=("people who enter a minute", 10, 100, 10, 50), stay=("mean stay in minutes", 1, 4, 1, 2),
    )  # fmt: skip


def people_for_a_test(rate=7.0, lift=50.0):
    """How many people each arm of a test needs, to see a lift in 80 and in 90 of 100 tests.

    rate: of 1,000 people so many buy without the change; lift: by how many percent more with it.

    >>> people_for_a_test(7, 50)[0].to_list()
    [11111.0, 14875.0]
    """
    needed = {f"{power} of 100 tests": people_needed(rate / 1000, lift / 100, power=power / 100) for power in (80, 90)}
    values = pd.Series(needed, dtype=float)
    return values, (
        f"Of 1,000 people {number(rate)} buy. To see {number(lift)} % more, each arm needs "
        f"{number(values.iloc[0])} people for 80 of 100 tests, and {number(values.iloc[1])} for 90 of 100."
    )


def show_people_needed():
    """Demonstration: few buyers and small lifts need many people."""
    live(
        people_for_a_test, title="People in each arm, to see the lift in", unit="people", limit=120_000,
        rate=("buyers of 1,000 people", 5, 20, 1, 7), lift=("lift in percent", 20, 100, 10, 50),
    )  # fmt: skip
