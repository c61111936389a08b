"""What an evening gives before anybody plans: the shop's goods, three hosts to choose from, traffic, questions.

The shop is that of the county's first host. The county of the same seed is the shop's past:
`load("orders", seed=…)` holds what it sold, so that a plan can be made from numbers. Assumptions:
what the hosts bring and take, and how often people ask.
"""

import functools

import numpy as np
import pandas as pd

from coursekit.world.county import FIRST, stream
from coursekit.world.goods import PRODUCTS_EACH, make_products, products
from coursekit.world.shows import LUCK_SD

DAY, START = "2025-12-12", 1200  # of the show: its day, minutes after midnight
MINUTES = 60
QUESTIONS = 0.12  # questions a minute
OPEN_FOR = 5  # minutes a question waits for its answer
# Who can go on air: middle number of people, share of followers, fixed yuan a person, share of sales, whether
# it is given back for returns, the agency's share.
HOSTS = {
    "yourself": (4000, 0.45, 0.0, 0.0, True, 0.0),
    "a host of the county": (7000, 0.3, 0.02, 0.12, True, 0.0),
    "a known host": (15_000, 0.15, 0.03, 0.18, False, 0.04),
}
ASKED = {
    "tea": ["How should I store the {name}?", "How much {name} is in one parcel?"],
    "pantry": ["Was sugar added to the {name}?", "From which village is the {name}?"],
    "fresh": ["Will the {name} arrive fresh after two days on the road?", "From which village are the {name}?"],
    "clothes": ["Which size of the {name} should I take?", "At how many degrees may I wash the {name}?"],
    "craft": ["Was the {name} made by hand?", "How is the {name} packed for the road?"],
}


@functools.lru_cache(maxsize=64)
def evening(seed):
    """The conditions of the evening of one seed, as a dictionary.

    minutes: of the show; products: the shop's table, as in load("products"); names: its goods; hosts: by name, with
    people, followers (share), fixed (yuan), rate, given_back, agency; traffic: yuan for each of the first paid viewers;
    questions: (minute, place of the product, text). clicks, buys, shelf and questions are not told: see `conditions`.

    >>> evening(7)["products"]["product"].to_list() == ["P001", "P002", "P003", "P004", "P005", "P006"]
    True
    """
    from coursekit.world import TABLES, typed, whole_seed

    rng = stream(whole_seed(seed), "evening")
    shelf = {k: v[:PRODUCTS_EACH] for k, v in products(seed, False).items()}
    table = typed(make_products(seed, False), TABLES["products"]).head(PRODUCTS_EACH)
    hosts = {}
    for name, (people, followers, fixed, rate, given_back, agency) in HOSTS.items():
        count = int(people * np.exp(0.25 * rng.normal()))
        hosts[name] = {"people": count, "followers": followers, "fixed": float(round(count * fixed, -1)), "rate": rate,
                       "given_back": given_back, "agency": agency}  # fmt: skip
    asked = np.flatnonzero(rng.random(MINUTES) < QUESTIONS)
    about = rng.choice(PRODUCTS_EACH, len(asked), p=shelf["wish"] / shelf["wish"].sum())
    return {
        "seed": seed, "minutes": MINUTES, "products": table, "names": table["name"].to_list(), "shelf": shelf, "hosts": hosts,
        "traffic": round(float(rng.uniform(0.04, 0.14)), 2),
        "clicks": float(np.exp(0.15 * rng.normal())), "buys": float(np.exp(LUCK_SD * rng.normal() - LUCK_SD**2 / 2)),
        "questions": [(int(m), int(p), _text(table, int(p), int(m) % 2)) for m, p in zip(asked, about, strict=True)],
        "day": int((np.datetime64(DAY) - FIRST).astype(int)),
    }  # fmt: skip


def conditions(seed):
    """What a planner knows of an evening, as a dictionary of one's own to look at.

    minutes: of the show; products: the shop's table, as in load("products"); hosts: a table by name with
    people, followers (share of them), fixed (yuan), rate, given_back, agency; traffic: yuan for each of the
    first paid viewers.

    >>> sorted(conditions(7))
    ['hosts', 'minutes', 'products', 'traffic']
    """
    given = evening(seed)
    hosts = pd.DataFrame.from_dict(given["hosts"], orient="index").rename_axis("host")
    return {"minutes": given["minutes"], "products": given["products"].copy(), "hosts": hosts, "traffic": given["traffic"]}


def _text(table, place, which):
    return ASKED[table["kind"][place]][which].format(name=table["name"][place])
