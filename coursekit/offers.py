"""Offers as platforms write them, and what they leave of an order: who pays what, to the cent.

An offer is made by a plain function, such as `threshold(200, 30)`. Amounts go in and come out in the
currency of the order (yuan, pesos); inside, money is counted in cents, and every step is rounded once,
half up, as platforms do.

The rules, as on the big platforms:

- Levels follow each other: item, shop, platform; a deposit is settled last, whatever its level.
- In one level one offer counts for each line of an order. An offer is for the whole order, or for
  one product. (Offers for different products do not touch each other.)
- An offer that does not stack stands alone on its lines.
- A least amount is tested on what stands after the levels before.
- Of all combinations that these rules allow, the buyer gets the one that leaves the least to pay; of
  equal ones the one with fewest offers, then the one that costs the shop least. So no offer that is
  added makes an order dearer, and the order of a list of offers does not matter.
- Nothing falls below zero, and no offer pays out money.
"""

import itertools
import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction

import pandas as pd

from coursekit.economies import called, money
from coursekit.errors import Plain

LEVELS = ["item", "shop", "platform"]
LAST = "deposit"  # the step in which a presale is settled
FUNDED = {"shop": 1.0, "platform": 0.0, "half each": 0.5}
MOST_COMBINATIONS = 20_000


@dataclass(frozen=True)
class Offer:
    """One offer. Amounts are in cents; made by threshold, percent, presale, flash and coupon, not by hand.

    shop_share: the part of it that the shop pays, 0 to 1. product: the only product it is for, or
    None for the whole order.
    """

    kind: str
    level: str
    shop_share: float
    stacks: bool
    product: object = None
    off: int = 0
    least: int = 0
    each: bool = False
    rate: Fraction = Fraction(0)
    most: int | None = None
    price: int = 0
    deposit: int = 0
    counts_as: int = 0

    @property
    def step(self):
        """The level in which it is settled: its own, or the deposit's, which is last."""
        return LAST if self.kind == "presale" else self.level

    def __repr__(self):
        return f"<offer: {in_words(self)}>"


def threshold(least, off, each=False, *, funded_by="shop", stacks=True, level="shop", product=None):
    """So much off an order of a least amount: "200 off 30". each: so much for every 200.

    funded_by: "shop", "platform", "half each", or the share that the shop pays, 0 to 1. stacks: False
    when no other offer may be added. level: "item", "shop" or "platform". product: the only product
    it is for; without it, the whole order.

    >>> paid(450, [threshold(200, 30)]), paid(450, [threshold(200, 30, each=True)]), paid(199, [threshold(200, 30)])
    (420.0, 390.0, 199.0)
    """
    least, off = cents(least, "The least amount"), cents(off, "What is taken off")
    if not off:
        raise Plain("An offer takes something off; 0 was given.")
    if off > least:
        raise Plain(
            f"{money(off)} off an order of {money(least)} is more than the order; give the least amount first, then what is off."
        )
    return Offer("threshold", _level(level), _share(funded_by), bool(stacks), product, off=off, least=least, each=bool(each))


def percent(off, most=None, *, funded_by="shop", stacks=True, level="item", product=None):
    """A percentage off: percent(20) is 20 % off. most: the most it takes off, in the currency. The rest as for threshold.

    >>> paid(230, [percent(20)]), paid(230, [percent(20, most=40)])
    (184.0, 190.0)
    """
    rate = _decimal(off, "The percentage")
    if not 1 <= rate <= 100:
        raise Plain(f"A percentage off lies between 1 and 100, for instance percent(20) for 20 % off; {off!r} was given.")
    most = None if most is None else cents(most, "The most it takes off")
    return Offer("percent", _level(level), _share(funded_by), bool(stacks), product, rate=Fraction(rate) / 100, most=most)


def presale(deposit, counts_as, *, funded_by="shop", stacks=True, level="shop", product=None):
    """A deposit, paid first, that counts as more when the order is settled, after all other offers. The rest as for threshold.

    >>> paid(190, [presale(20, 40)])
    170.0
    """
    deposit, counts_as = cents(deposit, "The deposit"), cents(counts_as, "What the deposit counts as")
    if not 0 < deposit <= counts_as:
        raise Plain(f"A deposit counts as itself or more; {money(deposit)} that count as {money(counts_as)} were given.")
    return Offer("presale", _level(level), _share(funded_by), bool(stacks), product, deposit=deposit, counts_as=counts_as)


def flash(price, *, funded_by="shop", stacks=False, level="item", product=None):
    """A flash price of one piece, in place of the list price. It does not stack unless told. The rest as for threshold.

    >>> paid(230, [flash(179), threshold(150, 20)]), paid(230, [flash(179, stacks=True), threshold(150, 20)])
    (179.0, 159.0)
    """
    return Offer("flash", _level(level), _share(funded_by), bool(stacks), product, price=cents(price, "A flash price"))


def coupon(off, least=0, *, funded_by="shop", stacks=True, level="shop", product=None):
    """A coupon, and the least amount it needs. The rest as for threshold.

    >>> paid(99, [coupon(20, least=100)]), paid(100, [coupon(20, least=100)]), paid(5, [coupon(20)])
    (99.0, 80.0, 0.0)
    """
    off, least = cents(off, "A coupon"), cents(least, "The least amount")
    if not off:
        raise Plain("A coupon takes something off; 0 was given.")
    return Offer("coupon", _level(level), _share(funded_by), bool(stacks), product, off=off, least=least)


# -- what an order comes to ---------------------------------------------------------------


def settle(basket, offers_, *, economy="china", product="product", price="price", pieces="pieces"):
    """An order, step by step: before, off and after, and who pays for what is off.

    basket: the price of one piece, or a table with the columns product, price (of one piece) and
    pieces. offers_: a list of offers, or one. product, price, pieces: the names of these columns in
    your own table. Returns a table: step, offer (in words), before, off, after, by_shop,
    by_platform, in the currency, to the cent. Its first step is the list price. Offers that are not
    used do not stand in it.

    >>> steps = settle(300, [percent(10), threshold(200, 30, funded_by="half each")])
    >>> steps[["step", "before", "off", "after", "by_shop", "by_platform"]]
             step  before   off  after  by_shop  by_platform
    0  list price   300.0   0.0  300.0      0.0          0.0
    1        item   300.0  30.0  270.0     30.0          0.0
    2        shop   270.0  30.0  240.0     15.0         15.0
    """
    lines = _lines(basket, product, price, pieces)
    used, _ = _best(lines, _offers(offers_))
    amounts = [line.amount for line in lines]
    before = sum(amounts)
    rows = [("list price", "", before, 0, before, 0, 0)]
    for offer, offs in _steps(lines, used):
        off = sum(offs)
        by_shop = _of_shop(offer, off)
        rows.append((offer.step, in_words(offer, economy), before, off, before - off, by_shop, off - by_shop))
        before -= off
    table = pd.DataFrame(rows, columns=["step", "offer", "before", "off", "after", "by_shop", "by_platform"])
    return table.assign(**{name: table[name] / 100 for name in table.columns[2:]})


def paid(basket, offers_, *, product="product", price="price", pieces="pieces"):
    """What the buyer pays for an order in all, any deposit included, in the currency. Arguments as for settle.

    >>> paid(210, [percent(10)]), paid(210, [percent(10), threshold(200, 30)])
    (189.0, 180.0)
    """
    return _best(_lines(basket, product, price, pieces), _offers(offers_))[1] / 100


def by_line(basket, offers_, *, product="product", price="price", pieces="pieces"):
    """What is off an order, shared over its lines in proportion: what a line that comes back was paid for.

    What does not come out even goes, cent by cent, to the lines with the largest remainder. Arguments
    as for settle. Returns the basket's product, price and pieces with amount (at list price), off and
    paid, in the currency; off and paid add up to those of settle, to the cent.

    >>> basket = pd.DataFrame({"product": ["tea", "plums"], "price": [120, 100], "pieces": [1, 1]})
    >>> by_line(basket, [threshold(200, 30)])
      product  price  pieces  amount    off    paid
    0     tea  120.0       1   120.0  16.36  103.64
    1   plums  100.0       1   100.0  13.64   86.36
    """
    lines = _lines(basket, product, price, pieces)
    used, _ = _best(lines, _offers(offers_))
    off = [sum(offs) for offs in zip(*(offs for _, offs in _steps(lines, used)), strict=True)] or [0] * len(lines)
    return pd.DataFrame({
        "product": [x.product for x in lines], "price": [x.price / 100 for x in lines], "pieces": [x.pieces for x in lines],
        "amount": [x.amount / 100 for x in lines], "off": [o / 100 for o in off],
        "paid": [(x.amount - o) / 100 for x, o in zip(lines, off, strict=True)],
    })  # fmt: skip


def from_promos(promos, list_price=None):
    """The offers of the table promos, exactly as its columns say: one offer for a row, a list for a table.

    list_price: of one piece, needed for a flash price only, which the table writes as a percentage
    off: a number, or a Series by product. Every offer is for its own product.

    >>> row = pd.Series({"product": "P1", "kind": "coupon", "least": 92, "yuan_off": 19, "funded_by": "half each", "stacks": True})
    >>> from_promos(row)
    <offer: coupon, 19 yuan off from 92 yuan, for P1 only>
    """
    if isinstance(promos, pd.DataFrame):
        return [from_promos(row, list_price) for _, row in promos.iterrows()]
    row = promos
    more = {"funded_by": row["funded_by"], "stacks": row["stacks"], "product": row["product"]}
    if row["kind"] == "threshold":
        return threshold(row["least"], row["yuan_off"], **more)
    if row["kind"] == "coupon":
        return coupon(row["yuan_off"], row["least"], **more)
    if row["kind"] == "presale":
        return presale(row["deposit"], row["counts_as"], **more)
    if row["kind"] == "percent":
        return percent(row["percent_off"], **more)
    if row["kind"] == "flash":
        price = list_price.get(row["product"]) if isinstance(list_price, pd.Series) else list_price
        if price is None:
            raise Plain(
                f"The flash price of {row['product']} is written as a percentage off; give its list price, for instance list_price=97."
            )
        # One piece, rounded once, half up: the price that the shop's table shows.
        full = cents(price, "The list price")
        return flash((full - _half_up(full * Fraction(_decimal(row["percent_off"], "The percentage")) / 100)) / 100, **more)
    raise Plain(f"An offer of the kind {row['kind']!r} is not known; there are threshold, coupon, presale, percent and flash.")


def in_words(offer, economy="china"):
    """An offer as a line of text, with the money of an economy and the name it has there.

    >>> in_words(threshold(200, 30)), in_words(threshold(200, 30), "mexico")
    ('threshold, 30 yuan off from 200 yuan', 'descuento por monto, 30 pesos off from 200 pesos')
    """

    def m(x):
        return money(x, economy)

    text = {
        "threshold": lambda o: f"{m(o.off)} off {'for every' if o.each else 'from'} {m(o.least)}",
        "coupon": lambda o: f"{m(o.off)} off" + (f" from {m(o.least)}" if o.least else ""),
        "percent": lambda o: f"{float(o.rate * 100):g} % off" + (f", {m(o.most)} at most" if o.most is not None else ""),
        "presale": lambda o: f"a deposit of {m(o.deposit)} counts as {m(o.counts_as)}",
        "flash": lambda o: f"{m(o.price)} a piece",
    }[offer.kind](offer)
    return f"{called(offer.kind, economy)}, {text}" + ("" if offer.product is None else f", for {offer.product} only")


# -- the rules ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Line:
    product: object
    price: int
    pieces: int

    @property
    def amount(self):
        return self.price * self.pieces


def _fits(a, b):
    """True when two offers may be used in one order: on different lines, or both stack and their levels differ."""
    if a.product is not None and b.product is not None and a.product != b.product:
        return True
    return a.stacks and b.stacks and a.step != b.step


def _best(lines, offers_):
    """The offers that count, in the order in which they are settled, and what is left to pay, in cents."""
    offers_ = sorted((o for o in set(offers_) if o.product is None or any(o.product == x.product for x in lines)), key=_place)
    rank, best = None, None
    for used in _combinations(offers_):
        steps = [(offer, sum(offs)) for offer, offs in _steps(lines, used)]
        if used and not all(off for _, off in steps):
            continue  # the same without the one that does nothing
        left = sum(x.amount for x in lines) - sum(off for _, off in steps)
        here = (left, len(used), sum(_of_shop(offer, off) for offer, off in steps), tuple(map(_place, used)))
        if rank is None or here < rank:
            rank, best = here, (used, left)
    return best


def _place(offer):
    """Where an offer stands among others: by its level, then by what it is; the same for every order of a list."""
    return (
        [*LEVELS, LAST].index(offer.step), str(offer.product or ""), offer.kind, offer.level, offer.off, offer.least, offer.each, offer.rate,
        -1 if offer.most is None else offer.most, offer.price, offer.deposit, offer.counts_as, offer.shop_share, offer.stacks,
    )  # fmt: skip


def _combinations(offers_):
    """Every set of offers that may be used together, the empty one too."""
    found = [()]
    for offer in offers_:
        found += [(*used, offer) for used in found if all(_fits(offer, other) for other in used)]
        if len(found) > MOST_COMBINATIONS:
            raise Plain(
                f"{len(offers_)} offers can be combined in too many ways; give only those that hold on the day of this order."
            )
    return found


def _steps(lines, used):
    """Each offer with what it takes off every line, in cents."""
    left = [x.amount for x in lines]
    for offer in used:
        mine = [i for i, x in enumerate(lines) if offer.product is None or offer.product == x.product]
        offs = [0] * len(lines)
        if offer.kind == "flash":
            for i in mine:
                offs[i] = max(left[i] - lines[i].pieces * offer.price, 0)
        else:
            stands = sum(left[i] for i in mine)
            parts = _shared(_off(offer, stands), [left[i] for i in mine])
            for i, part in zip(mine, parts, strict=True):
                offs[i] = part
        left = [a - off for a, off in zip(left, offs, strict=True)]
        yield offer, offs


def _off(offer, stands):
    """What an offer takes off an amount, in cents."""
    if offer.kind == "percent":
        off = _half_up(stands * offer.rate)
        return off if offer.most is None else min(off, offer.most)
    if offer.kind == "presale":
        return max(stands - offer.deposit - max(stands - offer.counts_as, 0), 0)
    if stands < offer.least:
        return 0
    return min(offer.off * (stands // offer.least if offer.each else 1), stands)


def _shared(whole, weights):
    """A whole number of cents shared in proportion, the largest remainders first; no part is more than its weight."""
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    parts = [whole * w // total for w in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(whole * weights[i] % total), i))
    for i in itertools.islice(order, whole - sum(parts)):
        parts[i] += 1
    return parts


def _of_shop(offer, off):
    return _half_up(off * Fraction(offer.shop_share))


# -- what was given -----------------------------------------------------------------------


def cents(amount, what="An amount"):
    """An amount of money as a whole number of cents, rounded half up.

    >>> cents(19.9), cents("0.125"), cents(1.005)
    (1990, 13, 101)
    """
    number = _decimal(amount, what)
    if number < 0:
        raise Plain(f"{what} cannot be less than zero; {amount!r} was given.")
    return int((number * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _half_up(x):
    return math.floor(x + Fraction(1, 2))


def _decimal(x, what):
    """A number as it is written, so that 1.005 is not a little less."""
    try:
        number = Decimal(str(x))
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite():
        raise Plain(f"{what} must be a number; {x!r} was given.")
    return number


def _level(level):
    if level not in LEVELS:
        raise Plain(f"The level of an offer is item, shop or platform; {level!r} was given.")
    return level


def _share(funded_by):
    if isinstance(funded_by, str) and funded_by in FUNDED:
        return FUNDED[funded_by]
    if isinstance(funded_by, str) or not 0 <= funded_by <= 1:
        raise Plain(f"funded_by is shop, platform, half each, or the share that the shop pays, 0 to 1; {funded_by!r} was given.")
    return float(funded_by)


def _offers(offers_):
    found = [offers_] if isinstance(offers_, Offer) else list(offers_)
    for offer in found:
        if not isinstance(offer, Offer):
            raise Plain(f"Offers are made by functions such as threshold(200, 30); {offer!r} was given.")
    return found


def _lines(basket, product, price, pieces):
    if not isinstance(basket, pd.DataFrame):
        if isinstance(basket, pd.Series) or not hasattr(basket, "__float__"):
            raise Plain("A basket is one price, or a table with the columns product, price and pieces.")
        return [_Line(None, cents(basket, "A price"), 1)]
    for column in (product, price, pieces):
        if column not in basket.columns:
            raise Plain(f"The basket has no column {column!r}; it needs product, price and pieces, or their names in your table.")
    lines = []
    for name, each, many in zip(basket[product], basket[price], basket[pieces], strict=True):
        count = _decimal(many, "The number of pieces")
        if count < 0 or count != int(count):
            raise Plain(f"Pieces are a whole number, 0 or more; {many!r} was given.")
        lines.append(_Line(name, cents(each, "A price"), int(count)))
    return lines
