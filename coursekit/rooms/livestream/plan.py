"""A plan for a show: a dictionary that a person can write, read and change; and what cannot be.

{"host": "yourself",
 "traffic": 0,                                       # yuan for paid viewers
 "lineup": [{"product": "honey", "minutes": 30, "price": 60, "stock": 40}, …],   # in its order
 "coupons": [{"minute": 20, "yuan": 10}]}            # at most two
"""

from coursekit.errors import Plain
from coursekit.rooms.entries import between, whole

COUPONS = 2
LASTS = 5  # minutes
LEAST = 4  # a coupon is for orders of so many times its worth, as "10 off 40"
MOST_YUAN, MOST_PIECES = 100_000, 100_000
PARTS = ["host", "traffic", "lineup", "coupons"]
LINE = ["product", "minutes", "price", "stock"]


def example_plan(evening):
    """A plan to begin with: all goods for the same time at their list price, by yourself, without offers.

    >>> from coursekit.rooms.livestream.evening import evening
    >>> sum(line["minutes"] for line in example_plan(evening(7))["lineup"])
    60
    """
    goods = evening["products"]
    each, rest = divmod(evening["minutes"], len(goods))
    lineup = [
        {"product": name, "minutes": each + (place < rest), "price": price, "stock": 20}
        for place, (name, price) in enumerate(zip(goods["name"], goods["list_price"], strict=True))
    ]
    return {"host": "yourself", "traffic": 0, "lineup": lineup, "coupons": []}


def checked_plan(plan, evening):
    """The plan with whole numbers where they belong; a plain sentence for one that cannot be."""
    if not isinstance(plan, dict):
        raise Plain('A plan is a dictionary with "host", "traffic", "lineup" and "coupons"; see rooms.example_plan.')
    for part in plan:
        if part not in PARTS:
            raise Plain(f'A plan has no part "{part}"; its parts are {", ".join(PARTS)}.')
    lines, asked = plan.get("lineup"), plan.get("coupons", [])
    for part, given_ in (("line-up", lines), ("coupons", asked)):
        if not isinstance(given_, (list, tuple)):
            raise Plain(f"The {part} of a plan: a list in square brackets is expected, not {type(given_).__name__}.")
    if not lines:
        raise Plain("The line-up is empty. Give at least one product some minutes.")
    host = plan.get("host", "yourself")
    if not isinstance(host, str) or host not in evening["hosts"]:
        raise Plain(f'There is no host "{host}". Choose one of: {", ".join(evening["hosts"])}.')
    lineup = [_line(line, evening) for line in lines]
    names = [line["product"] for line in lineup]
    for name in names:
        if names.count(name) > 1:
            raise Plain(
                f'"{name}" stands in the line-up twice. Give it all its minutes at once; you can show it again during the show.'
            )
    given, minutes = sum(line["minutes"] for line in lineup), evening["minutes"]
    if given > minutes:
        raise Plain(f"The line-up takes {given} minutes, but the show has {minutes}. That is {given - minutes} too many.")
    if given < minutes:
        raise Plain(f"The line-up fills {given} of {minutes} minutes. Give all of them to products.")
    coupons = [checked_coupon(coupon, evening) for coupon in asked]
    if len(coupons) > COUPONS:
        raise Plain(f"The plan has {len(coupons)} coupons; at most {COUPONS} can be given in a show.")
    traffic = between(plan.get("traffic", 0), "The traffic", "yuan", 0, MOST_YUAN)
    return {"host": host, "traffic": traffic, "lineup": lineup, "coupons": coupons}


def checked_coupon(coupon, evening):
    if not isinstance(coupon, dict) or set(coupon) != {"minute", "yuan"}:
        raise Plain(f'A coupon is written as {{"minute": 20, "yuan": 10}}, not as {coupon!r}.')
    return {
        "minute": whole(coupon["minute"], "The minute of a coupon", "", 0, evening["minutes"] - 1),
        "yuan": whole(coupon["yuan"], "A coupon", "yuan", 1, 500),
    }


def product_name(name, evening):
    """A product of the shop by its name or number, however it is capitalized; a plain sentence for others."""
    if isinstance(name, str) and name in evening["names"]:
        return name
    numbers = evening["products"]["product"]
    for number, own in zip(numbers, evening["names"], strict=True):
        if str(name).strip().casefold() in (own.casefold(), number.casefold()):
            return own
    raise Plain(f'The shop has no "{name}". It has: {", ".join(evening["names"])}.')


def _line(line, evening):
    if not isinstance(line, dict) or set(line) != set(LINE):
        raise Plain(f'A line of the line-up has "product", "minutes", "price" and "stock"; this one is {line!r}.')
    name = product_name(line["product"], evening)
    return {
        "product": name,
        "minutes": whole(line["minutes"], f"The time of {name}", "minutes", 1, evening["minutes"]),
        "price": round(between(line["price"], f"The price of {name}", "yuan", 0.01, MOST_YUAN), 2),
        "stock": whole(line["stock"], f"The stock of {name}", "pieces", 0, MOST_PIECES),
    }
