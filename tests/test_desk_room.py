"""The promotion desk: one model with the county, steps that stay as they were, a search that is honest."""

import itertools
import json
import re

import numpy as np
import pandas as pd
import pytest
from bench import random_weekend
from conftest import ROOT
from test_livestream_room import press

from coursekit import load, methods, offers
from coursekit.course.outline import outline
from coursekit.errors import Plain
from coursekit.rooms import diary
from coursekit.rooms.desk import account_of, best, budget_of, result, run_desk, tables_of
from coursekit.rooms.desk.controls import View
from coursekit.rooms.desk.debrief import debrief
from coursekit.rooms.desk.engine import choices_of, desk_of, nothing, result_of
from coursekit.rooms.desk.nights import nights_table
from coursekit.rooms.desk.plan import checked_plan, example_plan
from coursekit.rooms.desk.room import PromotionDesk
from coursekit.rooms.desk.score import sentences_of
from coursekit.rooms.desk.weekend import INNS, PRODUCTS, STEP, STEPS, weekend
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


# -- the search ---------------------------------------------------------------------------


def test_the_search_finds_the_best_of_all_plans_when_they_are_few(monkeypatch):
    """Two products, two depths, two counts of coupons, with and without a message, under a budget that does not reach for all."""
    for name, few in {
        "DEPTHS": (15, 30),
        "STARTS": (0,),
        "ENDS": (STEPS,),
        "COUPONS": (10, 30),
        "VALUES": (60,),
        "LEAST": (2,),
        "STOCKS": (1.0,),
    }.items():
        monkeypatch.setattr(best, name, few)
    given = weekend(2) | {"budget": 900}
    usual = tuple(example_plan(given)["stock"].get(name) for name in given["names"])
    goods = [None, *(("percent", off, 0, STEPS) for off in (15, 30)), *(("threshold", off, 0, STEPS) for off in (15, 30))]
    two = [p for p in range(PRODUCTS) if not given["fresh"][p]][:2]
    made = best.decisions(given, {})
    monkeypatch.setattr(best, "decisions", lambda given, memory: [made[p] for p in two] + made[-4:])
    nights = [
        None,
        *(
            (n, 60, kind, allot, 0)
            for n in (10, 20, 30)
            for kind in ("any", "weekday", "weekend")
            for allot in ("first come", "best")
        ),
    ]
    memory, every = {}, []
    for a, b, night, message in itertools.product(goods, goods, nights, (None, (2, 0.0))):
        offers_ = [None] * PRODUCTS
        offers_[two[0]], offers_[two[1]] = a, b
        choice = best.Choice(tuple(offers_), usual, night, message)
        every.append(result_of(best._played_as(choice, given), given, 0, memory) / 100)
    assert best.best_found(given)[2] == max(every)


def test_the_search_beats_plans_by_chance_and_plain_ones(monkeypatch):
    """`make bench` tries 1,000 plans by chance on ten seeds."""
    monkeypatch.setattr(best, "KICKS", 0)
    given, rng = weekend(2), np.random.default_rng(2)
    plan, acts, yuan = best.best_found(given)
    by_chance = [result(desk_of(random_weekend(given, rng), given)) for _ in range(25)]
    assert yuan > max(by_chance)
    assert result(desk_of(plan, given, acts)) == yuan
    for choice in best.plain_choices(given):
        assert yuan >= result(desk_of(*_swapped(best.as_plan(choice, given), given)))
    assert yuan > max(0, result(desk_of(busy(given), given)))


def _swapped(plan_and_acts, given):
    plan, acts = plan_and_acts
    return plan, given, acts


def test_a_choice_of_the_search_is_the_same_weekend_as_its_plan():
    given, rng = weekend(3), np.random.default_rng(3)
    for choice in best.plain_choices(given):
        for change in best.decisions(given, {}):
            others = list(change(choice))
            if others:
                choice = others[rng.integers(len(others))]
        plan, acts = best.as_plan(choice, given)
        assert result_of(best._played_as(choice, given), given) == result_of(choices_of(plan, acts, given), given)


def test_a_score_in_words():
    own = {"profit": 500.0, "best": 480.0, "regret": -20.0, "other": list(range(20)), "best_other": [7] * 20}
    said = sentences_of(own)
    assert "You beat the best plan that was found, which earns 480 yuan, by 20 yuan." in said[1]
    assert "it leaves 7 yuan on average" in said[2]
    assert "3 pesos less than doing nothing" in sentences_of(own | {"profit": -3.0}, "mexico")[0]
    assert "pesos" in sentences_of(own, "mexico")[1]


def test_the_debrief_names_lessons_that_there_are_and_numbers_of_the_tables():
    run = run_busy(2)
    tables, account = tables_of(run), account_of(run)
    found = debrief(tables, account, run["given"])
    assert {lesson for _, lesson in found} <= {lesson.title for lesson in outline(ROOT).lessons()}
    said = [sentence for sentence, _ in found]
    list_ = tables["coupon_assign"]
    assert f"{(list_['arm'] == 'coupon').sum():,} people with the coupon" in said[1]
    assert f"{len(tables['coupons'])} night coupons were sold, {len(tables['past_coupons'])} found a room" in said[2]
    assert f"Of {tables['stock']['stock'].sum()} pieces of fresh goods {tables['stock']['left'].sum()} were left" in said[3]


# -- the room -----------------------------------------------------------------------------


def test_a_weekend_goes_on_where_it_stood(tmp_path):
    file = tmp_path / "my weekends.json"
    room = PromotionDesk(2, diary_file=file)
    room.set_plan(busy(room.given))
    room.start()
    room.go_on(3)
    assert "further night coupons" in room.add_coupons(10)
    assert room.set_offer("ZONGZI", {"kind": "percent", "off": 30}) == "From now on zongzi: percentage, 30 % off."
    again = PromotionDesk(2, diary_file=file)
    assert (again.step, again.plan, again.acts, repr(again.now())) == (3, room.plan, room.acts, repr(room.now()))
    assert PromotionDesk(3, diary_file=file).step is None
    assert PromotionDesk(2, "mexico", file).step is None
    again.go_on(100)
    assert again.over
    assert again.account()["result"] == result(run_desk(room.plan, 2, room.acts))
    other = PromotionDesk(2, diary_file=file)
    other.another()
    other.start()
    assert [(e["number"], e["step"]) for e in diary.entries(file)] == [(1, STEPS), (2, 0)]


@pytest.mark.parametrize("wrong", [
    {"plan": 3}, {"plan": {"music": 1}}, {"acts": [{"do": "sing"}]}, {"acts": None}, {"step": -5}, {"step": 3.5}, {"step": 31}, {"number": [1]},
])  # fmt: skip
def test_an_entry_that_cannot_be_is_left_alone_and_told(tmp_path, capsys, wrong):
    file = tmp_path / "my weekends.json"
    entry = {"number": 1, "seed": 2, "economy": "china", "plan": {}, "acts": [], "step": 20} | wrong
    file.write_text(json.dumps([entry]), encoding="utf-8")
    room = PromotionDesk(2, diary_file=file)
    assert room.step is None
    assert "does not fit this room" in capsys.readouterr().out
    room.start()
    assert diary.entries(file)[0] == entry or wrong == {"number": [1]}


def test_a_damaged_diary_is_set_aside(tmp_path, capsys):
    file = tmp_path / "my weekends.json"
    file.write_text('[{"number": 1, "se', encoding="utf-8")
    PromotionDesk(2, diary_file=file).start()
    assert "could not be read" in capsys.readouterr().out
    assert (tmp_path / "my weekends (damaged 1).json").exists()
    assert len(diary.entries(file)) == 1


def test_nothing_is_told_before_the_own_weekend_is_over(tmp_path):
    room = PromotionDesk(2, diary_file=tmp_path / "d.json")
    for step in (room.go_on, room.now, lambda: room.stop_offer("zongzi")):
        with pytest.raises(Plain, match="has not begun"):
            step()
    room.start()
    room.go_on(STEPS - 1)
    for step in (room.score, room.debrief, room.account, room.budget, room.tables, room.another):
        with pytest.raises(Plain, match="not over"):
            step()
    for step in (room.start, lambda: room.set_plan({})):
        with pytest.raises(Plain, match="has begun"):
            step()
    assert "regret" not in repr(room.now())
    room.go_on(1)
    assert len(room.debrief()) == 5
    for step in (room.go_on, lambda: room.add_coupons(3)):
        with pytest.raises(Plain, match="is over"):
            step()


def test_a_moment_counts_what_has_happened(tmp_path):
    room = PromotionDesk(2, diary_file=tmp_path / "d.json")
    room.set_plan(busy(room.given))
    room.start()
    moment = room.go_on(12)
    spent = moment.spent
    assert "Saturday, 12:00, step 12 of 30" in moment.says
    room.go_on(STEPS)
    orders = room.tables()["shop_orders"]
    early = orders[orders["ordered"] < room.given["days"]["date"].iloc[0] + pd.Timedelta(hours=36)]
    assert moment.goods["pieces"].sum() == early["pieces"].sum() == sum(moment.pieces_by_step)
    assert moment.numbers["orders"] == len(early)
    assert 0 <= spent <= room.now().spent <= room.given["budget"]


def test_the_controls_refuse_in_a_sentence_and_keep_what_was_typed(tmp_path):
    view = View(PromotionDesk(2, diary_file=tmp_path / "d.json"))
    name = view.room.given["names"][0]
    line = view.lines[name][0]
    line.kind.value, line.numbers[0].value = "percent", 90
    press(view, "Begin the weekend")
    assert "40 % is the most" in view.messages.value
    assert view.room.step is None
    assert line.numbers[0].value == 90
    line.numbers[0].value = 20
    view.coupons.value, view.send.value = 10, "send it"
    press(view, "Begin the weekend")
    assert "It is Friday noon" in view.messages.value
    assert view.room.plan["offers"] == {name: {"kind": "percent", "off": 20.0}}
    press(view, "Stop the offer")
    assert "has no offer" in view.messages.value
    view.product.value = "pearls"
    press(view, "Start or change the offer")
    assert "no product" in view.messages.value
    press(view, "Open night coupons")
    assert "10 further night coupons" in view.messages.value
    press(view, "Six steps on")
    assert "step 6 of 30" in view.messages.value
    press(view, "To the end")
    assert view.room.over
    press(view, "Plan the weekend again")
    assert (view.room.step, view.lines[name][0].numbers[0].value) == (None, 20)
    press(view, "Nothing planned")
    assert view.room.plan["offers"] == {}


def test_a_folder_that_cannot_be_written_is_told_and_the_weekend_goes_on(tmp_path, capsys):
    view = View(PromotionDesk(2, diary_file=tmp_path / "gone" / "my weekends.json"))
    press(view, "Begin the weekend")
    assert "could not be written" in view.messages.value
    press(view, "To the end")
    assert view.room.over
    assert "could not be written" in capsys.readouterr().out


def test_another_economy_has_its_money_its_offers_and_its_holidays(tmp_path):
    view = View(PromotionDesk(2, "mexico", tmp_path / "d.json"))
    assert "pesos" in view.intro()
    assert "yuan" not in " ".join(str(part.value) for part in view.box.children if isinstance(getattr(part, "value", None), str))
    assert ("descuento", "percent") in view.lines[view.room.given["names"][0]][0].kind.options
    view.room.start()
    view.room.go_on(STEPS)
    assert not any("yuan" in said for said, _ in view.room.debrief())
    assert any("Semana Santa" in set(weekend(seed, "mexico")["days"]["holiday"]) for seed in range(12))
