"""The practice shop: one day of orders, synthetic, for a first table.

Assumptions (no source claims them): prices are ordinary prices for such goods in yuan; most
orders are for one or two pieces; goods bought in the live show come back more often than
goods bought in the shop.
"""

import numpy as np

from coursekit.world.fields import field

PRODUCTS = {"white tea": 88, "dried bamboo": 36, "plum wine": 58, "rice cake": 22, "honey": 65, "embroidery": 120}
ORDERS = 60
OPENS, CLOSES = 9, 22  # hours of the day
RETURN_RATE = {"live show": 0.22, "shop page": 0.07}
SEED = 20_240_506


def make_shop(seed=None, full=False):
    """One day of orders: about half from the evening's live show, half from the shop page."""
    rng = np.random.default_rng(SEED if seed is None else [seed, 3])
    names = list(PRODUCTS)
    product = rng.choice(names, size=ORDERS, p=[0.24, 0.2, 0.14, 0.2, 0.14, 0.08])
    channel = rng.choice(["live show", "shop page"], size=ORDERS, p=[0.55, 0.45])
    # The live show runs from 20 to 22 o'clock; the shop page is open all day.
    minute = np.where(
        channel == "live show",
        rng.integers(20 * 60, CLOSES * 60, ORDERS),
        rng.integers(OPENS * 60, CLOSES * 60, ORDERS),
    )
    order = np.argsort(minute, kind="stable")
    product, channel, minute = product[order], channel[order], minute[order]
    price = np.array([PRODUCTS[p] for p in product], dtype=float)
    price = np.where(channel == "live show", np.round(price * 0.9, 0), price)  # the show's price
    return {
        "order": np.arange(1, ORDERS + 1),
        "time": [f"{m // 60:02d}:{m % 60:02d}" for m in minute],
        "product": product,
        "channel": channel,
        "price": price,
        "quantity": 1 + rng.poisson(0.6, ORDERS),
        "returned": rng.random(ORDERS) < np.array([RETURN_RATE[c] for c in channel]),
    }


TABLES = {
    "shop": {
        "title": "One day of orders in the practice shop",
        "module": "start",
        "synthetic": True,
        "key": ["order"],
        "make": make_shop,
        "fields": [
            field("order", "integer", "Number of the order, in order of time", required=True, unique=True, minimum=1),
            field("time", "string", "Time of the order, hours and minutes", "local time", required=True),
            field("product", "string", "What was bought", required=True, enum=list(PRODUCTS)),
            field("channel", "string", "Where it was bought", required=True, enum=list(RETURN_RATE)),
            field("price", "number", "Price of one piece", "yuan", required=True, minimum=0),
            field("quantity", "integer", "Pieces in the order", "piece", required=True, minimum=1),
            field("returned", "boolean", "True when the goods came back", required=True),
        ],
    },
}
