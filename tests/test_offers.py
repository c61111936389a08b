"""Offers: sums that agree to the cent, rules that hold for every order, and sentences for what cannot be."""

import itertools

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import economies, offers
from coursekit.data import load
from coursekit.errors import Plain
from coursekit.measures import break_even_uplift
from coursekit.world.days import calendar

NAMES = ["tea", "plums", "honey"]
yuan = st.integers(1, 50_000).map(lambda x: x / 100)


@st.composite
def any_offer(draw):
    common = {
        "funded_by": draw(st.sampled_from(["shop", "platform", "half each", 0.3])), "stacks": draw(st.booleans()),
        "level": draw(st.sampled_from(offers.LEVELS)), "product": draw(st.sampled_from([None, None, *NAMES])),
    }  # fmt: skip
    kind, a, b = draw(st.sampled_from(["threshold", "percent", "presale", "flash", "coupon"])), *sorted([draw(yuan), draw(yuan)])
    if kind == "threshold":
        return offers.threshold(b, a, draw(st.booleans()), **common)
    if kind == "percent":
        return offers.percent(draw(st.integers(1, 100)), draw(st.none() | yuan), **common)
    if kind == "presale":
        return offers.presale(a, b, **common)
    return offers.flash(a, **common) if kind == "flash" else offers.coupon(a, draw(st.just(0) | yuan), **common)


@st.composite
def any_basket(draw):
    count = draw(st.integers(1, 4))
    return pd.DataFrame({
        "product": [draw(st.sampled_from(NAMES)) for _ in range(count)], "price": [draw(yuan) for _ in range(count)],
        "pieces": [draw(st.integers(0, 4)) for _ in range(count)],
    })  # fmt: skip


def in_cents(series):
    return (series * 100).round().astype(int)


@settings(max_examples=100, deadline=None)
@given(any_basket(), st.lists(any_offer(), max_size=4))
def test_every_sum_agrees_to_the_cent(basket, some):
    steps, lines = offers.settle(basket, some), offers.by_line(basket, some)
    before, off, after = (in_cents(steps[c]) for c in ("before", "off", "after"))
    assert (before - off == after).all()
    assert (before.iloc[1:].to_numpy() == after.iloc[:-1].to_numpy()).all()
    assert (in_cents(steps["by_shop"]) + in_cents(steps["by_platform"]) == off).all()
    assert (steps[["before", "off", "after", "by_shop", "by_platform"]] >= 0).all(axis=None)
    assert in_cents(lines["paid"]).sum() == after.iloc[-1] == round(100 * offers.paid(basket, some))
    assert in_cents(lines["off"]).sum() == off.sum()
    assert (lines["paid"] >= 0).all()
    assert (in_cents(lines["paid"]) + in_cents(lines["off"]) == in_cents(lines["amount"])).all()
    assert len(steps) <= len(some) + 1


@settings(max_examples=100, deadline=None)
@given(any_basket(), st.lists(any_offer(), max_size=3), any_offer())
def test_one_more_offer_never_makes_the_buyer_pay_more(basket, some, more):
    assert offers.paid(basket, [*some, more]) <= offers.paid(basket, some)


@settings(max_examples=50, deadline=None)
@given(any_basket(), st.lists(any_offer(), max_size=3))
def test_the_order_of_the_list_does_not_matter(basket, some):
    first = offers.settle(basket, some)
    for other in itertools.permutations(some):
        pd.testing.assert_frame_equal(offers.settle(basket, list(other)), first)


@settings(max_examples=50, deadline=None)
@given(any_basket(), st.lists(any_offer(), max_size=3))
def test_one_offer_counts_in_each_level_of_a_line(basket, some):
    used, _ = offers._best(offers._lines(basket, "product", "price", "pieces"), some)
    for a, b in itertools.combinations(used, 2):
        apart = a.product is not None and b.product is not None and a.product != b.product
        assert apart or (a.step != b.step and a.stacks and b.stacks)


def test_levels_in_their_order_by_hand():
    all_three = [offers.presale(20, 40), offers.threshold(200, 30), offers.percent(10)]
    steps = offers.settle(300, all_three)
    assert steps["step"].to_list() == ["list price", "item", "shop", "deposit"]
    assert steps["after"].to_list() == [300, 270, 240, 220]
    # A floor is tested after the levels before: 189 does not reach it, so the buyer leaves the percentage.
    assert offers.paid(210, [offers.percent(10), offers.threshold(200, 30)]) == 180
    assert offers.paid(205, [offers.percent(20), offers.threshold(200, 30)]) == 164
    # The deposit comes last, so it pulls no order below a floor.
    assert offers.paid(220, [offers.presale(20, 40), offers.threshold(200, 30)]) == 170
    # Of two offers of one level the better one; a platform's coupon on top.
    shop = [offers.threshold(200, 30), offers.coupon(40, 250), offers.coupon(15, level="platform")]
    assert offers.paid(240, shop) == 195
    assert offers.paid(260, shop) == 205


def test_an_offer_that_does_not_stack_stands_alone_on_its_lines():
    basket = pd.DataFrame({"product": ["tea", "plums"], "price": [230, 50], "pieces": [1, 2]})
    flash = offers.flash(179, product="tea")
    assert offers.paid(basket, [flash]) == 279
    assert offers.paid(basket, [flash, offers.percent(10, product="plums")]) == 269
    assert offers.paid(basket, [flash, offers.threshold(300, 40)]) == 279
    assert offers.paid(basket, [flash, offers.threshold(300, 60)]) == 270


def test_every_price_is_rounded_once_and_half_up():
    assert offers.paid(0.05, [offers.percent(10)]) == 0.04  # half a cent off is a cent off
    assert offers.paid(33.33, [offers.percent(15)]) == 28.33
    assert offers.settle(0.03, [offers.coupon(0.03, funded_by="half each")])[["by_shop", "by_platform"]].iloc[-1].to_list() == [
        0.02,
        0.01,
    ]


def test_a_deposit_that_counts_as_more_than_the_order_is_still_paid():
    assert offers.paid(30, [offers.presale(20, 40)]) == 20
    assert offers.paid(15, [offers.presale(20, 40)]) == 15


def test_a_basket_with_names_of_its_own():
    mine = pd.DataFrame({"商品": ["tea"], "单价": [120], "件数": [2]})
    names = {"product": "商品", "price": "单价", "pieces": "件数"}
    assert offers.paid(mine, offers.threshold(200, 30), **names) == 210
    assert offers.by_line(mine, [], **names)["paid"].to_list() == [240]


def test_the_county_s_offers_leave_the_price_its_shops_show():
    promos, history = load("promos"), load("demand_history")
    listed = load("products").set_index("product")["list_price"]
    made = offers.from_promos(promos, listed)
    for row, offer in zip(promos.itertuples(), made, strict=True):
        pieces = 2 if row.kind == "threshold" else 1
        basket = pd.DataFrame({"product": [row.product], "price": [listed[row.product]], "pieces": [pieces]})
        shown = history[(history["product"] == row.product) & (history["date"] == row.first_day)]["price"].iloc[0]
        # The table writes offers in whole yuan, half a yuan a piece from the planted share at most.
        assert offers.paid(basket, offer) / pieces == pytest.approx(shown, abs=0.51)
        assert offer.stacks == row.stacks
        assert offers.in_words(offer).endswith(f"for {row.product} only")


WRONG = [
    (lambda: offers.threshold(30, 200), "30 yuan is more than the order"),
    (lambda: offers.threshold(200, 0), "takes something off"),
    (lambda: offers.percent(0.2), "percent(20)"),
    (lambda: offers.percent(120), "between 1 and 100"),
    (lambda: offers.percent("many"), "must be a number"),
    (lambda: offers.presale(40, 20), "counts as itself or more"),
    (lambda: offers.flash(-1), "less than zero"),
    (lambda: offers.flash(float("nan")), "must be a number"),
    (lambda: offers.coupon(0), "takes something off"),
    (lambda: offers.coupon(5, level="cart"), "item, shop or platform"),
    (lambda: offers.coupon(5, funded_by="bank"), "share that the shop pays"),
    (lambda: offers.coupon(5, funded_by=30), "share that the shop pays"),
    (lambda: offers.paid(100, [30]), "threshold(200, 30)"),
    (lambda: offers.paid("100 yuan", []), "A basket is"),
    (lambda: offers.paid(pd.DataFrame({"price": [1]}), []), "no column 'product'"),
    (lambda: offers.paid(pd.DataFrame({"product": ["a"], "price": [1], "pieces": [1.5]}), []), "whole number"),
    (lambda: offers.paid(pd.DataFrame({"product": ["a"], "price": [float("nan")], "pieces": [1]}), []), "must be a number"),
    (lambda: offers.from_promos(pd.Series({"product": "P1", "kind": "flash", "percent_off": 10, "funded_by": "shop", "stacks": False})), "list price"),
    (lambda: offers.from_promos(pd.Series({"product": "P1", "kind": "gift", "funded_by": "shop", "stacks": False})), "not known"),
    (lambda: offers.paid(pd.DataFrame({"product": range(20), "price": 100, "pieces": 1}), [offers.coupon(5, product=k) for k in range(20)]), "too many ways"),
    (lambda: economies.economy("mars"), "china, mexico"),
    (lambda: economies.money(0.5), "whole number of cents"),
    (lambda: economies.called("gift"), "not known"),
    (lambda: economies.holidays(2027), "2024 to 2026"),
    (lambda: economies.holidays(1900, "mexico"), "1970 to 2199"),
    (lambda: break_even_uplift(15, 0.35), "between 0 and 1"),
    (lambda: break_even_uplift(0.15, 35), "between 0 and 1"),
    (lambda: break_even_uplift(0.1, 0), "above 0"),
]  # fmt: skip


@pytest.mark.parametrize(("wrong", "says"), WRONG, ids=[says for _, says in WRONG])
def test_what_cannot_be_is_one_plain_sentence(wrong, says):
    with pytest.raises(Plain) as told:
        wrong()
    assert says in str(told.value)
    assert "\n" not in str(told.value)


# -- economies ----------------------------------------------------------------------------


def test_chinese_holidays_are_those_of_the_county_s_calendar():
    days = calendar().set_index("date")["holiday"]
    for year in (2024, 2025, 2026):
        for row in economies.holidays(year).itertuples():
            if row.last <= days.index[-1]:
                assert (days.loc[row.first : row.last] == row.name).all()


def test_mexican_holidays_by_the_calendar():
    table = economies.holidays(2025, "mexico").set_index("name")
    assert table.loc["Semana Santa", "last"] == pd.Timestamp("2025-04-20")  # Easter Sunday
    assert table.loc["Puente de febrero", "last"] == pd.Timestamp("2025-02-03")
    assert table.loc["Puente de marzo", "last"] == pd.Timestamp("2025-03-17")
    assert table.loc["Puente de noviembre", "last"] == pd.Timestamp("2025-11-17")
    for year in range(2020, 2040):
        table = economies.holidays(year, "mexico")
        buen_fin = table.set_index("name").loc["Buen Fin"]
        assert (buen_fin["first"].day_name(), buen_fin["last"].day_name()) == ("Friday", "Monday")
        assert (table["first"] <= table["last"]).all()
        assert table["first"].is_monotonic_increasing


def test_a_further_economy_is_data_only(monkeypatch):
    won = {
        "money": {"one": "won", "many": "won", "sign": "₩", "decimals": 0}, "offers": {"coupon": "kupon"}, "local": {"coupon": "쿠폰"},
        "own": {}, "years": (2000, 2100), "holidays": [("Hangul Day", ("fixed", 10, 9), 1)],
    }  # fmt: skip
    monkeypatch.setitem(economies.ECONOMIES, "korea", won)
    assert economies.money(12_000, "korea") == "12,000 won"
    assert economies.called("coupon", "korea", local=True) == "쿠폰"
    assert economies.holidays(2026, "korea")["first"].to_list() == [pd.Timestamp("2026-10-09")]


# -- the break-even uplift ----------------------------------------------------------------


@given(st.floats(0.01, 0.9), st.floats(0.01, 1), st.floats(0, 0.5))
def test_at_the_break_even_uplift_both_leave_the_same(discount, margin, commission):
    uplift = break_even_uplift(discount, margin, commission)
    with_offer = margin - discount * (1 - commission)
    if uplift == float("inf"):
        assert with_offer <= 1e-12
    else:
        assert (1 + uplift) * with_offer == pytest.approx(margin)


def test_a_column_of_discounts_gives_a_column():
    found = break_even_uplift(pd.Series([0.1, 0.2, 0.5], index=list("abc")), 0.4)
    assert found.round(2).to_dict() == {"a": 0.33, "b": 1.0, "c": float("inf")}
    assert break_even_uplift([0.1, 0.2], [0.4, 0.4]).round(2).tolist() == [0.33, 1.0]
