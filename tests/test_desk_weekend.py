"""The weekend of the promotion desk: one model with the county, steps that stay as they were, money to the cent."""

import itertools
import re

import numpy as np
import pandas as pd
import pytest

from coursekit import load, methods, offers
from coursekit.errors import Plain
from coursekit.rooms.desk import account_of, budget_of, result, run_desk, tables_of
from coursekit.rooms.desk.debrief import debrief
from coursekit.rooms.desk.engine import desk_of, nothing
from coursekit.rooms.desk.nights import nights_table
from coursekit.rooms.desk.plan import checked_plan, example_plan
from coursekit.rooms.desk.weekend import INNS, PRODUCTS, STEP, weekend
from coursekit.world import TABLES, described, promotions, typed


def busy(given, off=20, holdout=0.3, **changed):
    """A plan with something of everything."""
    kinds = [
        lambda price: {"kind": "percent", "off": off},
        lambda price: {"kind": "threshold", "least": 2 * price, "off": int(2 * price * off / 100)},
        lambda price: {"kind": "coupon", "least": price, "off": int(price * off / 100)},
        lambda price: {"kind": "presale", "deposit": 2, "counts_as": 2 + int(price * off / 100)},
        lambda price: {"kind": "flash", "price": int(np.ceil(price * (1 - off / 100)))},
    ]
    made = {name: kinds[p % 5](given["terms"][p][0]) for p, name in enumerate(given["names"])}
    return {
        "offers": made, "nights": {"coupons": 25, "value": 50, "allot": "best", "floor": 0}, "message": {"past_orders": 3, "holdout": holdout},
    } | changed  # fmt: skip


def run_busy(seed, acts=(), luck=0, **changed):
    return run_desk(busy(weekend(seed), **changed), seed, acts, luck)


# -- the engine ---------------------------------------------------------------------------


def test_a_seed_brings_the_same_weekend_and_another_luck_another():
    first, again = tables_of(run_busy(2)), tables_of(run_busy(2))
    for name, table in first.items():
        pd.testing.assert_frame_equal(table, again[name])
    assert not first["shop_orders"].equals(tables_of(run_busy(2, luck=1))["shop_orders"])


@pytest.mark.parametrize("name", [
    "products", "calendar", "promos", "demand_history", "coupon_inns", "coupon_nights", "coupons", "past_coupons", "coupon_assign", "coupon_orders",
])  # fmt: skip
def test_the_tables_are_the_countys_own(name):
    """Same columns, same types, the declared ranges, unique keys; also when nothing is done."""
    for plan in (busy(weekend(3)), {}):
        table, description = tables_of(run_desk(plan, 3))[name], described(name)
        pd.testing.assert_frame_equal(table, typed(table, description))
        assert len(table) or not plan
        assert not table.duplicated(TABLES[name]["key"]).any()
        for field in description["fields"]:
            column, limits = table[field["name"]], field.get("constraints", {})
            assert column.notna().all() or not limits.get("required")
            assert "minimum" not in limits or not len(column) or column.min() >= limits["minimum"]
            assert "enum" not in limits or column.isin(limits["enum"]).all()


@pytest.mark.parametrize("seed", range(8))
def test_a_weekend_can_be_planned(seed):
    for economy in ("china", "mexico"):
        given = weekend(seed, economy)
        names = given["names"]
        assert len(names) == len(set(names)) == PRODUCTS
        assert given["fresh"].sum() >= 2
        assert given["shelf"]["host"].nunique() >= 3
        assert len(given["inns"]) == INNS
        assert given["days"]["weekday"].iloc[0] == "Friday"
        assert given["days"]["day_off"].to_list()[:3] == [False, True, True]
        assert (given["shelf"]["payer"] == "platform and desk").sum() >= 3
        assert (given["shelf"]["salvage"] < given["shelf"]["cost"]).all()
        assert given["products"]["product"].isin(load("products")["product"]).all()


def test_what_is_usual_is_the_countys():
    """The same products, as the county's planted daily sales have them on days without a show."""
    given = weekend(2)
    county = promotions.daily(None, False)["usual"]
    places = [int(p[1:]) - 1 for p in given["shelf"]["product"]]
    middle = np.median(county[places], axis=1)
    assert np.allclose(given["usual"][:, 3:8].mean(axis=1) / middle, 1, atol=0.3)


ACTS = [
    {"do": "offer", "offer": {"kind": "percent", "off": 35}}, {"do": "offer", "offer": {"kind": "flash", "price": 1}}, {"do": "stop"}, {"do": "coupons", "more": 30},
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: f"{act['do']} {act.get('offer', {}).get('kind', '')}".strip())
@pytest.mark.parametrize("step", [1, 13, 26])
def test_what_is_done_in_a_step_changes_nothing_before_it(act, step):
    changed = False
    for seed, name in itertools.product((2, 5), range(3)):
        given = weekend(seed)
        one = dict(act)
        if act["do"] != "coupons":
            one["product"] = given["names"][name]
        if act.get("offer", {}).get("kind") == "flash":
            one["offer"] = {"kind": "flash", "price": round(given["terms"][name][0] * 0.65)}
        before, after = run_busy(seed, off=10), run_busy(seed, [{"step": step} | one], off=10)
        hours = STEP * step
        old, new = (tables_of(run) for run in (before, after))
        start = given["days"]["date"].iloc[0] + pd.Timedelta(hours=12 + hours)
        pd.testing.assert_frame_equal(*(t["shop_orders"][t["shop_orders"]["ordered"] < start] for t in (old, new)))
        pd.testing.assert_frame_equal(*(t["coupons"][t["coupons"]["second"] < 3600 * hours] for t in (old, new)))
        assert all(run["end"] >= hours for run in (before, after)) or before["end"] == after["end"]
        pd.testing.assert_frame_equal(*(t["coupon_orders"][t["coupon_orders"]["date"] < start.normalize()] for t in (old, new)))
        changed |= not old["shop_orders"].equals(new["shop_orders"]) or not old["coupons"].equals(new["coupons"])
    assert changed


def test_people_answer_to_price_as_in_the_county():
    """Over many lucks: pieces follow the planted response, and a third of what an offer adds is missed on the days after."""
    given = weekend(2)
    for off in (0.2, 0.4):
        plan = {
            "offers": {n: {"kind": "percent", "off": 100 * off} for n in given["names"]},
            "stock": dict.fromkeys(example_plan(given)["stock"], 2000),
        }
        given_rich = given | {"budget": 10**7}
        none = {"offers": {}, "stock": plan["stock"]}
        sold = np.zeros((2, 2))
        for luck in range(60):
            for row, this in enumerate((none, plan)):
                shelves = desk_of(this, given_rich, luck=luck)["parts"]["goods"]
                sold[row] += sum(s["pieces"].sum() for s in shelves), sum(s["later"].sum() for s in shelves)
        assert sold[1, 0] / sold[0, 0] == pytest.approx((1 - off) ** given["response"], rel=0.06)
        extra, missed = sold[1, 0] - sold[0, 0], sold[0, 1] - sold[1, 1]
        assert missed / extra == pytest.approx(promotions.PULLED, abs=0.04)
        assert sold[0, 0] / 60 == pytest.approx(given["weekend"].sum() * 3, rel=0.06)
        assert sold[0, 1] / 60 == pytest.approx(given["usual"][:, 3:].sum(), rel=0.1)


def test_the_message_works_as_in_the_county():
    given = weekend(2)
    rates = np.zeros(4)
    for luck in range(40):
        sent = run_desk({"message": {"past_orders": 0, "holdout": 0.5}}, 2, luck=luck)["parts"]["message"]
        got = sent["sent"]
        rates += (
            sent["buys"][~got].mean(),
            sent["buys"][got].mean(),
            sent["redeems"][got].mean(),
            sent["redeems"][~got].sum() / sent["buys"][~got].sum(),
        )
    weight = (0.4 + 0.6 * given["loyal"]).mean()
    planted = np.array(
        [promotions.USUAL * weight, promotions.WITH_COUPON * weight, promotions.REDEEMED * weight, promotions.PASSED_ON]
    )
    assert rates / 40 == pytest.approx(planted, rel=0.12)


@pytest.mark.parametrize("seed", range(3))
def test_the_holdout_changes_nobody_it_does_not_touch(seed):
    few, many = (run_busy(seed, holdout=part)["parts"]["message"] for part in (0.1, 0.6))
    both = few["sent"] & many["sent"]
    assert (few["buys"] == many["buys"])[both].all()
    assert (many["sent"] <= few["sent"]).all()


# -- the money ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_the_account_is_what_the_tables_give(seed):
    """Every line, made anew from the tables of the weekend and of the weekend with nothing done, to the cent."""
    acts = [{"step": 8, "do": "offer", "product": weekend(seed)["names"][0], "offer": {"kind": "percent", "off": 30}}]
    run, none = run_busy(seed, acts), run_desk({}, seed)
    account, given = account_of(run), run["given"]
    found = dict.fromkeys(account, 0)
    for sign, here in ((1, run), (-1, none)):
        tables = tables_of(here)
        goods = given["shelf"].set_index("product")
        orders = tables["shop_orders"].join(goods, on="product")
        full = orders["price"] * orders["pieces"]
        found["goods at list price"] += sign * full.sum()
        found["commission"] -= sign * (np.floor(10 * (full - orders["by_shop"]) + 0.5 + 1e-6) / 100).sum()
        found["freight"] -= sign * orders["freight"].sum()
        stock = tables["stock"].join(goods[["cost"]], on="product")
        keeps = orders[orders["kind"] != "fresh"]
        found["goods"] -= sign * ((keeps["cost"] * keeps["pieces"]).sum() + (stock["cost"] * stock["stock"]).sum())
        found["left over"] += sign * tables["stock"]["salvage"].sum()
        found["paid by shops"] -= sign * orders["by_shop"].sum()
        found["desk: offers"] -= sign * orders["by_desk"].sum()
        history = tables["demand_history"].join(goods, on="product")
        later = history[history["date"] > given["days"]["date"].iloc[2]]
        margin = later["list_price"] - (0.1 * later["list_price"]).round(2) - later["cost"] - later["freight"]
        found["bought sooner"] += sign * (margin * later["sold"]).sum()
        assert (orders["off"] - orders[["by_shop", "by_desk", "by_platform"]].sum(axis=1)).abs().max() < 1e-9
    tables = tables_of(run)
    orders, list_ = tables["coupon_orders"], tables["coupon_assign"]
    found["desk: message coupons"] = -orders["coupon"].sum()
    found["messages"] = -round(given["message"] * (list_["arm"] == "coupon").sum(), 2)
    assert orders["coupon"].gt(0).sum() == list_["redeemed"].sum()
    stays, coupons = tables["coupon_stays"], tables["coupons"].set_index("coupon")
    assert (stays[["coupon", "came"]].to_numpy() == tables["past_coupons"][["coupon", "came"]].to_numpy()).all()
    assert (coupons.loc[stays["coupon"], "nights"].to_numpy() == stays["nights"]).all()
    assert tables["night_guests"]["held"].sum() == stays["nights"].sum()
    found["desk: night coupons"] = -50 * coupons.loc[stays.loc[stays["came"], "coupon"], "nights"].sum()
    nights = tables["night_guests"].merge(tables["coupon_inns"], on="inn")
    left = nights["rate"] - nights["variable_cost"]
    found["coupon guests"], found["displaced guests"] = (left * nights["used"]).sum(), -(left * nights["displaced"]).sum()
    before = tables_of(none)["night_guests"]
    assert (nights["guests"] + nights["displaced"] == before["guests"]).all()
    # Those on the list as they are when nobody gets a coupon: the same people, all of them held out.
    plain = tables_of(run_busy(seed, holdout=1.0))["coupon_orders"]
    found["orders by message"] = 0.4 * ((orders["amount"] + orders["coupon"]).sum() - plain["amount"].sum())
    for line in set(found) - {"result"}:
        assert account[line] == pytest.approx(found[line], abs=0.005), line
    assert round(sum(v for k, v in account.items() if k != "result"), 2) == account["result"] == result(run)


def test_nothing_done_leaves_nothing_more():
    for seed in range(4):
        assert set(account_of(run_desk({}, seed, luck=seed)).values()) == {0.0}
        assert nothing(weekend(seed), 0)[1] > 0


@pytest.mark.parametrize("seed", range(6))
def test_the_budget_is_never_overdrawn_and_its_end_is_told(seed):
    given = weekend(seed)
    for luck, off in itertools.product(range(3), (20, 40)):
        plan = busy(given, off, nights={"coupons": 300, "value": 100})
        money = budget_of(desk_of(plan, given, luck=luck))
        assert 0 <= money["used"] <= money["budget"]
        assert money["left"] == pytest.approx(money["budget"] - money["used"])
        assert money["ended"] is not None
    run = run_desk(plan, seed)
    orders = tables_of(run)["shop_orders"]
    told = debrief(tables_of(run), account_of(run), given, run["end"])[-1][0]
    assert "used up on" in told
    late = orders["ordered"] > given["days"]["date"].iloc[0] + pd.Timedelta(hours=12 + run["end"])
    assert orders.loc[late, "off"].sum() == 0
    assert tables_of(run)["coupons"]["second"].max() <= 3600 * run["end"]


def test_what_is_off_an_order_is_what_the_lessons_steps_give():
    """Each order, settled anew from the table of offers; step by step where an offer changes."""
    for seed in (2, 4):
        run = run_busy(seed)
        tables = tables_of(run)
        prices = tables["products"].set_index("product")["list_price"]
        promos = tables["promos"].set_index("product")
        for order in tables["shop_orders"].itertuples():
            if order.off and order.product in promos.index:
                offer = offers.from_promos(
                    promos.loc[order.product].rename(None).to_frame().T.assign(product=order.product).iloc[0], prices
                )
                basket = pd.DataFrame({"product": [order.product], "price": [order.price], "pieces": [order.pieces]})
                steps = offers.settle(basket, offer)
                assert order.amount == pytest.approx(steps["after"].iloc[-1])
                assert order.by_shop == pytest.approx(steps["by_shop"].sum())


def test_the_lessons_methods_work_on_the_tables():
    run = run_busy(2)
    tables = tables_of(run)
    nights = nights_table(run["given"])
    brings = methods.what_it_brings(tables["allotment"], nights, {"weekday": 0.8, "weekend": 0.9}, 0.8)
    assert brings["coupons"] == len(tables["past_coupons"])
    best_plan = methods.allot_best(tables["coupons"], nights, {"weekday": 0.8, "weekend": 0.9}, 0.8)
    assert best_plan["coupons"].sum() > 0
    held = methods.what_it_brings(best_plan, nights, {"weekday": 0.8, "weekend": 0.9}, 0.8)
    assert held["room_nights"] >= held["coupons"]
    fresh = tables["demand_history"].merge(tables["stock"][["product"]])
    assert len(fresh) == 13 * len(tables["stock"])
    assert 0 < methods.quantile(fresh["sold"], ~fresh["sold_out"], 0.5)[0] < np.inf


def test_no_night_has_more_coupons_than_free_rooms_and_none_on_a_blackout_date():
    for seed, allot in itertools.product(range(4), ("first come", "best")):
        run = run_busy(seed, nights={"coupons": 200, "value": 40, "allot": allot})
        plan, nights = tables_of(run)["allotment"], run["given"]["nights"].set_index(["inn", "date"])
        held = pd.concat([plan.assign(date=plan["date"] + pd.Timedelta(n, "D"))[plan["nights"] > n] for n in range(2)])
        held = held.groupby(["inn", "date"])["coupons"].sum()
        assert (held <= nights["free_rooms"].reindex(held.index)).all()
        assert not nights["blackout"].reindex(held.index).any()


# -- what cannot be -----------------------------------------------------------------------


@pytest.mark.parametrize(("plan", "says"), [
    ("plan", "A plan is a dictionary"),
    ({"music": 1}, 'no part "music"'),
    ({"offers": []}, "are a dictionary by product"),
    ({"offers": {"tea bagz": {"kind": "percent", "off": 20}}}, 'Did you mean "tea bags"?'),
    ({"offers": {"tea bags": 20}}, "The offer for tea bags is 20; expected is one such as"),
    ({"offers": {"tea bags": {"kind": "gift"}}}, "kinds are percent, threshold"),
    ({"offers": {"tea bags": {"kind": "percent"}}}, "An offer of the kind percent has off"),
    ({"offers": {"tea bags": {"kind": "percent", "off": "20"}}}, "off is '20'"),
    ({"offers": {"tea bags": {"kind": "percent", "off": float("nan")}}}, "off is nan"),
    ({"offers": {"tea bags": {"kind": "percent", "off": 60}}}, "takes 60 % off the list price of 94 yuan; 40 % is the most"),
    ({"offers": {"tea bags": {"kind": "threshold", "least": 30, "off": 200}}}, "more than the order"),
    ({"offers": {"tea bags": {"kind": "threshold", "least": 500, "off": 20}}}, "takes nothing off one piece or two"),
    ({"offers": {"tea bags": {"kind": "flash", "price": 200}}}, "takes nothing off"),
    ({"offers": {"tea bags": {"kind": "presale", "deposit": 20, "counts_as": 10}}}, "A deposit counts as itself or more"),
    ({"offers": {"tea bags": {"kind": "percent", "off": 20}, "P002": {"kind": "percent", "off": 10}}}, "tea bags has two offers"),
    ({"stock": {"tea bags": 20}}, "tea bags keeps, so no stock is chosen for it"),
    ({"stock": {"zongzi": -4}}, "The stock of zongzi is -4"),
    ({"stock": {"zongzi": 2.5}}, "a whole number of pieces"),
    ({"nights": 20}, "The night coupons are written as"),
    ({"nights": {"coupons": 20}}, "The night coupons are written as"),
    ({"nights": {"coupons": 20, "value": 0}}, "The value of a night coupon is 0"),
    ({"nights": {"coupons": 20, "value": 60, "for": "Monday"}}, "can be any or weekday or weekend"),
    ({"nights": {"coupons": 20, "value": 60, "floor": 1}}, 'A floor needs "allot": "best"'),
    ({"message": {"past_orders": 1}}, "The message is written as"),
    ({"message": {"past_orders": 1, "holdout": 20}}, "The holdout, a part of the list such as 0.2 for 20 %, is 20"),
    ({"message": {"past_orders": True, "holdout": 0}}, "The least number of past orders is True"),
])  # fmt: skip
def test_a_plan_that_cannot_be_is_refused_in_a_sentence(plan, says):
    with pytest.raises(Plain, match=re.escape(says)) as caught:
        run_desk(plan, 2)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("acts", "says"), [
    ("stop", "What is done meanwhile is a list"),
    ([5], '"offer", "stop" and "coupons" can be done'),
    ([{"do": "sing", "step": 3}], "can be done during the weekend"),
    ([{"do": "stop", "step": 3}], 'To do "stop" takes do, product, step'),
    ([{"do": "stop", "step": 30, "product": "zongzi"}], "The step of an act is 30"),
    ([{"do": "stop", "step": 3, "product": "pearls"}], 'The desk has no product "pearls"'),
    ([{"do": "offer", "step": 3, "product": "zongzi", "offer": {"kind": "percent", "off": 90}}], "40 % is the most"),
    ([{"do": "coupons", "step": 3, "more": 10}], "The plan has no night coupons"),
])  # fmt: skip
def test_an_act_that_cannot_be_is_refused_in_a_sentence(acts, says):
    with pytest.raises(Plain, match=re.escape(says)) as caught:
        run_desk({}, 2, acts)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("seed", [-1, 2.5, "two", True])
def test_a_seed_that_cannot_be_is_refused_in_a_sentence(seed):
    with pytest.raises(Plain, match="a whole number from 0"):
        weekend(seed)


def test_messages_that_cost_more_than_the_budget_are_refused():
    given = weekend(2) | {"budget": 100}
    with pytest.raises(Plain, match="The messages alone may cost"):
        checked_plan({"message": {"past_orders": 0, "holdout": 0}}, given)


def test_extremes_do_not_stop_a_weekend():
    given = weekend(2)
    for off, stock, many, holdout in itertools.product((1, 40), (0, 2000), (0, 400), (0.0, 1.0)):
        plan = busy(
            given,
            nights={"coupons": many, "value": 150, "allot": "best", "floor": 5},
            message={"past_orders": 20, "holdout": holdout},
        )
        plan["offers"] = {n: {"kind": "percent", "off": off} for n in given["names"]}
        run = desk_of(plan | {"stock": dict.fromkeys(example_plan(given)["stock"], stock)}, given)
        assert np.isfinite(result(run))
        assert len(debrief(tables_of(run), account_of(run), given)) == 5
