"""What happened in a show, in five sentences from its own tables; each names the lesson that teaches its number."""

from coursekit import measures, methods
from coursekit.charts import number


def debrief(tables, account):
    """Five sentences on a show, from headline to audience: a list of (sentence, title of the lesson).

    tables, account: as `tables_of` and `account_of` give them. Every number can be worked out from the tables
    with the steps of its lesson.

    >>> from coursekit.rooms.livestream import account_of, evening, example_plan, run_show, tables_of
    >>> show = run_show(example_plan(evening(7)), 7)
    >>> [lesson for _, lesson in debrief(tables_of(show), account_of(show))]
    ['Headline numbers', 'The profit of a show', 'The funnel', 'How sure are we?', 'The audience curve']
    """
    return [
        (_headline(tables), "Headline numbers"),
        (_profit(account), "The profit of a show"),
        (_funnel(tables), "The funnel"),
        (_how_sure(tables), "How sure are we?"),
        (_curve(tables), "The audience curve"),
    ]


def _headline(tables):
    orders, refunds = tables["orders"], tables["returns"]["refund"].sum()
    gmv = orders["amount"].sum()
    if not gmv:
        return "Nobody ordered: GMV is 0 yuan."
    net = measures.net_sales(gmv, gmv - orders[orders["paid"]]["amount"].sum(), refunds)
    return f"GMV was {number(gmv)} yuan; {number(net)} yuan of it were paid and not sent back: {number(100 * net / gmv)} % of the headline."


def _profit(account):
    largest = max(COSTS, key=account.get)
    end = (
        f"{number(account['profit'])} yuan were left"
        if account["profit"] >= 0
        else f"{number(-account['profit'])} yuan were lost"
    )
    if not account[largest]:
        return "Nothing was earned and nothing was spent."
    return f"After fees, goods, freight and leftover stock, {end}; the largest cost was {COSTS[largest]}, {number(account[largest])} yuan."


COSTS = {
    "slot": "the host's fixed fee", "commission": "the host's commission", "agency": "the agency", "platform": "the platform",
    "traffic": "paid traffic", "goods": "the goods", "freight": "freight to the buyers", "freight back": "freight back",
    "left over": "leftover stock",
}  # fmt: skip


def _funnel(tables):
    visits = tables["visits"]
    if not len(visits):
        return "Nobody came: there is no funnel."
    rates = 100 * visits.groupby("source")["opened_page"].mean()
    by_source = ", ".join(f"{number(rate)} % of the visits of {SOURCES[source]}" for source, rate in rates.items())
    ordered = tables["orders"]["visit"].nunique()
    return f"{number(100 * visits['opened_page'].mean())} % of the visits opened a page ({by_source}), and {ordered} of {len(visits):,} ordered."


SOURCES = {"followers": "followers", "recommended": "recommended viewers", "paid": "paid viewers"}


def _how_sure(tables):
    orders, viewers = tables["orders"], int(tables["sessions"]["viewers"].iloc[0])
    buyers = orders[orders["paid"]]["person"].nunique()
    if not viewers:
        return "With no viewers there is no rate to be sure of."
    rate, low, high = (100 * x for x in methods.wilson(buyers, viewers))
    return f"{buyers} of {viewers:,} viewers bought and paid: {number(rate)} %, and by chance alone anything from {number(low)} to {number(high)} % fits."


def _curve(tables):
    orders, watching = tables["orders"], tables["minutes"]["watching"]
    said = f"At most {watching.max():,} people were watching, in minute {watching.idxmax()}, and {number(round(watching.mean()))} on average"
    ordered = orders.groupby("product")["pieces"].sum()
    stock = tables["stock"].set_index("product")["stock"]
    gone = ordered[ordered >= stock[ordered.index]].index
    if not len(gone):
        return f"{said}; nothing was sold out."
    # Sold out is a product with its last piece: the first to go is told.
    last = orders[orders["product"].isin(gone)].groupby("product")["ordered"].max()
    minute = int((last.min() - tables["sessions"]["start"].iloc[0]).total_seconds() // 60)
    name = tables["products"].set_index("product")["name"][last.idxmin()]
    return f"{said}; sold out first: {name}, in minute {minute}."
