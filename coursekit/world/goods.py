"""The hosts of the county and what their shops sell.

Facts: fresh goods need not be taken back (seven days' return without reason excepts perishable
goods; Beijing government FAQ); trade press speaks of 30 to 60 % returns for clothes, which is
hearsay and here only the upper end of a range. Assumptions: prices, costs, weights, freight, and
by how much goods of one kind come back. Names of hosts are made up.
"""

import functools

import numpy as np

from coursekit.world.county import NOW, TODAY, VILLAGES, hosts_in, pick, stream
from coursekit.world.fields import field
from coursekit.world.places import places

SURNAMES = ["Chen", "Lin", "Wang", "Zhang", "Zhou", "Wu", "Xu", "Sun", "Zhu", "He", "Guo", "Luo"]
GIVEN = ["Meihua", "Guilan", "Xiulan", "Fengying", "Yulan", "Chunmei", "Lihua", "Aizhen", "Qiuyue", "Xiaoyan", "Jianguo", "Weimin", "Suzhen", "Hongxia"]  # fmt: skip
# Kind of goods: names, middle price (yuan), weight (kilogram), share that comes back, share of the cost saved then.
GOODS = {
    "tea": (["white tea", "green tea", "black tea", "tea gift box", "tea bags"], 88, 0.5, 0.07, 0.9),
    "pantry": (["dried bamboo", "honey", "rice cake", "plum wine", "chili sauce"], 46, 1.2, 0.05, 0.6),
    "fresh": (["plums", "bamboo shoots", "zongzi", "kiwis", "free-range eggs"], 39, 2.5, 0.02, 0.0),
    "clothes": (["blue-print dress", "linen shirt", "embroidered scarf", "quilted vest", "cloth shoes"], 128, 0.6, 0.32, 0.8),
    "craft": (["bamboo basket", "tea cup", "paper lamp", "wooden comb", "guitar stand"], 75, 0.9, 0.14, 0.7),
}
KINDS = list(GOODS)
PRODUCTS_EACH = 6  # three of the host's first kind (the first is the star, the others its substitutes), three others


@functools.lru_cache(maxsize=2)
def hosts(seed, full):
    """One row a host; appeal, followers met in a show, and the first kind of goods stay hidden."""
    rngs = [stream(seed, "host", h) for h in range(hosts_in(full))]
    names = stream(seed, "host names").permutation([f"{s} {g}" for s in SURNAMES for g in GIVEN])[: len(rngs)].astype(object)
    size = np.array([r.normal(0, 1.0) for r in rngs])
    return {
        "host": [f"H{h + 1:02d}" for h in range(len(rngs))],
        "name": names,
        "village": places(seed)[1]["village"][[r.integers(VILLAGES) for r in rngs]],
        "age": np.array([int(np.clip(r.normal(42, 11), 20, 66)) for r in rngs]),
        "trained": TODAY - np.array([r.integers(NOW + 10, NOW + 700) for r in rngs]).astype("timedelta64[D]"),
        "size": size,
        "reach": np.array([np.exp(r.normal(0, 0.3)) for r in rngs]),
        "clicks": np.array([np.exp(r.normal(0, 0.15)) for r in rngs]),
        "kind": np.array([r.choice(len(KINDS), p=[0.3, 0.22, 0.2, 0.15, 0.13]) for r in rngs]),
    }


@functools.lru_cache(maxsize=2)
def products(seed, full):
    """One row a product, host by host; the share that comes back stays hidden."""
    rows = []
    for h, first in enumerate(hosts(seed, full)["kind"]):
        rng = stream(seed, "products", h)
        others = rng.permutation([k for k in range(len(KINDS)) if k != first])[:3]
        kinds = np.r_[np.full(3, first), others]
        names = list(rng.permutation(GOODS[KINDS[first]][0])[:3]) + [rng.choice(GOODS[KINDS[k]][0]) for k in others]
        middle, weight, back, saved = (np.array([GOODS[KINDS[k]][j] for k in kinds]) for j in (1, 2, 3, 4))
        price = np.round(middle * np.exp(0.3 * rng.normal(size=PRODUCTS_EACH)), 0)
        cost = np.round(price * rng.uniform(0.28, 0.45, PRODUCTS_EACH), 1)
        freight = np.round(3.5 + 1.6 * weight + rng.uniform(0, 1.5, PRODUCTS_EACH), 1)
        rows.append({
            "host": np.full(PRODUCTS_EACH, h), "product_name": names, "kind": kinds, "list_price": price, "cost": cost,
            "freight": freight, "freight_back": np.round(freight * rng.uniform(1.1, 1.5, PRODUCTS_EACH), 1), "recovered": saved,
            "back": np.clip(back * np.exp(0.25 * rng.normal(size=PRODUCTS_EACH)), 0, 0.6),
            "wish": np.r_[3.0, 1.2, 1.0, rng.uniform(0.7, 1.6, 3)],
        })  # fmt: skip
    return {k: np.concatenate([r[k] for r in rows]) for k in rows[0]}


def make_products(seed, full):
    found = products(seed, full)
    kind = pick(KINDS, found["kind"])
    return {
        "product": names_of(len(kind)),
        "host": pick(hosts(seed, full)["host"], found["host"]),
        "name": found["product_name"],
        "kind": kind,
        "list_price": found["list_price"],
        "cost": found["cost"],
        "freight": found["freight"],
        "freight_back": found["freight_back"],
        "recovered": found["recovered"],
        "returnable": kind != "fresh",
    }


def names_of(count):
    return np.array([f"P{p + 1:03d}" for p in range(count)], dtype=object)


YUAN = {"unit": "yuan", "required": True, "minimum": 0}

TABLES = {
    "products": {
        "title": "What the hosts' shops sell: prices, costs, freight",
        "module": "a_livestream",
        "synthetic": True,
        "key": ["product"],
        "links": {"host": "hosts"},
        "make": make_products,
        "fields": [
            field("product", "string", "Number of the product", required=True, unique=True),
            field("host", "string", "The host whose shop sells it", required=True),
            field("name", "string", "What it is", required=True),
            field("kind", "string", "Kind of goods", required=True, enum=KINDS),
            field("list_price", "number", "Price without any offer", **YUAN),
            field("cost", "number", "What one piece costs the shop", **YUAN),
            field("freight", "number", "Freight of one order to the buyer", **YUAN),
            field("freight_back", "number", "Freight of one order back", **YUAN),
            field("recovered", "number", "Part of the cost saved on return", "share", required=True, minimum=0, maximum=1),
            field("returnable", "boolean", "False when the law needs no return", required=True),
        ],
    },
}
