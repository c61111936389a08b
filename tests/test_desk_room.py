"""The promotion desk: a search that is honest, a room that loses nothing, controls that refuse in a sentence."""

import itertools
import json

import numpy as np
import pandas as pd
import pytest
from bench import random_weekend
from conftest import ROOT
from test_desk_weekend import busy, run_busy
from test_livestream_room import press

from coursekit.course.outline import outline
from coursekit.errors import Plain
from coursekit.rooms import diary
from coursekit.rooms.desk import account_of, best, result, run_desk, tables_of
from coursekit.rooms.desk.controls import View
from coursekit.rooms.desk.debrief import debrief
from coursekit.rooms.desk.engine import choices_of, desk_of, result_of
from coursekit.rooms.desk.plan import example_plan
from coursekit.rooms.desk.room import PromotionDesk
from coursekit.rooms.desk.score import sentences_of
from coursekit.rooms.desk.weekend import PRODUCTS, STEPS, weekend

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


def test_a_floor_that_cannot_be_kept_is_told():
    """Twenty-five coupons are not five for each of 24 inns; one for each of a few is no floor that was asked for."""
    run = run_busy(2, nights={"coupons": 25, "value": 50, "allot": "best", "floor": 5})
    assert "The floor of 5 an inn could not be kept" in debrief(tables_of(run), account_of(run), run["given"], floor=5)[2][0]
    assert "floor" not in debrief(tables_of(run), account_of(run), run["given"])[2][0]


def test_the_fields_of_an_offer_are_shown_when_one_is_made(tmp_path):
    view = View(PromotionDesk(2, diary_file=tmp_path / "my weekends.json"))
    line = view.lines[view.room.given["names"][0]][0]
    assert [part.layout.display for part in line.parts] == [None, "none", "none", "none"]
    assert line.offer() is None
    line.has.value, line.kind.value = True, "threshold"
    assert [part.layout.display for part in line.parts] == [None] * 4
    line.has.value = False
    assert [part.layout.display for part in line.parts[1:]] == ["none"] * 3
    assert line.offer() is None


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
    line.has.value, line.numbers[0].value = True, 90
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
