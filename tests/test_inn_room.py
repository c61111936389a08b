"""The practice inn: one model with the county, days that stay as they were, a search that is honest."""

import itertools
import json
import re

import numpy as np
import pandas as pd
import pytest
from bench import random_card
from conftest import ROOT
from test_livestream_room import press

from coursekit import load, methods
from coursekit.course.outline import outline
from coursekit.errors import Plain
from coursekit.rooms import diary
from coursekit.rooms.inn import account_of, best, profit_of, run_inn, score, tables_of
from coursekit.rooms.inn.controls import View
from coursekit.rooms.inn.debrief import debrief
from coursekit.rooms.inn.engine import inn_of
from coursekit.rooms.inn.room import PracticeInn
from coursekit.rooms.inn.score import sentences_of
from coursekit.rooms.inn.takeover import NIGHTS, takeover
from coursekit.world import TABLES, described, typed
from coursekit.world.county import NOW, TODAY

BUSY = [
    {"day": 0, "set": "rate", "to": 200},
    {"day": 0, "set": "overbooking", "to": 2},
    {"day": 0, "set": "minimum", "to": 2, "nights": "weekend"},
    {"day": 20, "set": "deposit", "to": 0.5},
]

# -- the engine ---------------------------------------------------------------------------


def test_a_seed_brings_the_same_nights_and_another_luck_others():
    first, again = tables_of(run_inn(BUSY, 2)), tables_of(run_inn(BUSY, 2))
    for name, table in first.items():
        pd.testing.assert_frame_equal(table, again[name])
    assert not first["bookings"].equals(tables_of(run_inn(BUSY, 2, luck=1))["bookings"])


@pytest.mark.parametrize("name", ["bookings", "searches", "rates", "policies", "inns", "rooms", "closures", "calendar"])
def test_the_tables_are_the_countys_own(name):
    """Same columns, same types, the declared ranges, unique keys; on the last evening and on the fortieth."""
    for until in (NOW + 40, NOW + NIGHTS):
        table, description = tables_of(run_inn(BUSY, 2), until)[name], described(name)
        pd.testing.assert_frame_equal(table, typed(table, description))
        assert len(table)
        assert not table.duplicated(TABLES[name]["key"]).any()
        for field in description["fields"]:
            column, limits = table[field["name"]], field.get("constraints", {})
            assert column.notna().all() or not limits.get("required")
            assert "minimum" not in limits or column.min() >= limits["minimum"]
            assert "enum" not in limits or column.isin(limits["enum"]).all()


@pytest.mark.parametrize("seed", range(6))
def test_the_books_are_taken_over_as_the_county_left_them(seed):
    given = takeover(seed)
    county = load("bookings")
    county = county[(county["inn"] == given["inn"]) & (county["status"] == "open")]
    county = county[county["arrival"] <= given["days"]["date"].iloc[-1]].set_index("booking")
    mine = tables_of(run_inn([], seed), NOW)["bookings"].set_index("booking")
    assert (mine["status"] == "open").all()
    assert sorted(mine.index) == sorted(county.index)
    same = ["booked", "arrival", "guests", "channel", "repeat_guest", "deposit"]
    pd.testing.assert_frame_equal(mine.sort_index()[same], county.sort_index()[same])
    inside = county["arrival"] + pd.to_timedelta(county["nights"], unit="D") <= given["days"]["date"].iloc[-1] + pd.Timedelta(
        days=1
    )
    for column in ("nights", "price"):
        assert (mine[column].sort_index() == county[column].sort_index())[inside.sort_index()].all()


@pytest.mark.parametrize("one", [
    {"set": "rate", "to": 150}, {"set": "minimum", "to": 3}, {"set": "deposit", "to": 1.0}, {"set": "overbooking", "to": 3},
], ids=lambda one: one["set"])  # fmt: skip
def test_what_is_set_on_a_day_changes_nothing_before_it(one):
    settings = [{"day": 0, "set": "rate", "to": 190}]
    before, after = run_inn(settings, 2), run_inn([*settings, {"day": 30} | one], 2)
    for name in ("bookings", "searches", "policies"):
        old, new = (tables_of(inn, NOW + 30)[name] for inn in (before, after))
        if name == "policies":  # what was set this evening stands below
            new = new[new["since"] <= TODAY + 30]
        pd.testing.assert_frame_equal(old, new)
    assert not tables_of(before)["bookings"].equals(tables_of(after)["bookings"])


def test_an_evening_knows_nothing_of_the_days_to_come():
    """The bookings of an evening are those of the end that were made by then, told as they were known then."""
    inn = run_inn(BUSY, 2)
    end = tables_of(inn)["bookings"].set_index("booking")
    for day in (0, 17, 45, 80):
        evening = tables_of(inn, NOW + day)["bookings"].set_index("booking")
        date = pd.Timestamp(TODAY) + pd.Timedelta(days=day)
        assert list(evening.index) == list(end.index[end["booked"] <= date])
        later = end.loc[evening.index]
        gone = later["canceled"] <= date
        assert (evening["canceled"].notna() == gone).all()
        assert ((evening["status"] == "open") == (~gone & (evening["arrival"] > date))).all()
        known = evening["status"] != "open"
        assert (evening["status"] == later["status"])[known].all()


@pytest.mark.parametrize("seed", range(4))
def test_no_room_is_slept_in_twice_and_only_overbooked_inns_walk(seed):
    given = takeover(seed)
    for settings in ([], BUSY):
        bookings = tables_of(run_inn(settings, seed))["bookings"]
        inside = methods.nights_of(bookings[bookings["status"] == "stayed"]).groupby("night").size()
        assert (inside.reindex(given["days"]["date"], fill_value=0).to_numpy() <= given["rooms"]).all()
        assert not (bookings["status"] == "open").any()
        assert settings or not (bookings["status"] == "walked").any()
    walked = [(tables_of(run_inn(BUSY, s))["bookings"]["status"] == "walked").sum() for s in range(4)]
    assert sum(walked) > 0


def test_guests_answer_to_what_is_set():
    """Over some lucks: dearer rooms are booked less, deposits keep bookings, a shortest stay keeps short guests away."""

    def mean(measure, settings):
        return np.mean([measure(tables_of(run_inn(settings, 2, luck))["bookings"]) for luck in range(6)])

    def new(bookings):
        return bookings[bookings["booked"] > TODAY]

    def canceled(bookings):
        return (new(bookings)["status"] == "canceled").mean()

    cheap, dear = ([{"set": "rate", "to": rate}] for rate in (320, 480))
    ratio = mean(lambda b: len(new(b)), dear) / mean(lambda b: len(new(b)), cheap)
    assert 0.35 < ratio < 0.62  # 1.5 to the power of the planted elasticity is 0.48; full nights hide some of the demand
    deposit = [{"set": "deposit", "to": 1.0}]
    assert mean(canceled, deposit) < 0.5 * mean(canceled, [])
    longer = [{"set": "minimum", "to": 3}]
    assert mean(lambda b: len(new(b)), longer) < 0.6 * mean(lambda b: len(new(b)), [])
    assert mean(lambda b: new(b)["nights"].mean(), longer) > 2
    assert mean(lambda b: len(new(b)), [{"set": "rate", "to": 480, "nights": "weekend"}]) < mean(lambda b: len(new(b)), [])


def test_bookings_that_stand_keep_their_price_and_a_later_setting_counts():
    settings = [
        {"day": 0, "set": "rate", "to": 200},
        {"day": 10, "set": "rate", "to": 300},
        {"day": 10, "set": "rate", "to": 333, "nights": "weekday"},
    ]
    tables = tables_of(run_inn(settings, 2))
    kind = tables["calendar"].set_index("date")["night"]
    bookings = tables["bookings"][tables["bookings"]["booked"] > TODAY]
    day = (bookings["booked"] - pd.Timestamp(TODAY)).dt.days
    for row, passed in zip(bookings.itertuples(), day - 1, strict=True):
        nights = kind[row.arrival : row.arrival + pd.Timedelta(days=row.nights - 1)]
        rates = [200 if passed < 10 else 333 if k == "weekday" else 300 for k in nights]
        assert row.price == sum(rates)


def test_the_account_is_what_the_lessons_steps_give():
    for seed, luck in ((2, 0), (5, 1), (0, 2)):
        inn = run_inn(BUSY, seed, luck)
        account, bookings, given = account_of(inn), tables_of(inn)["bookings"], takeover(seed)
        stayed = bookings[bookings["status"] == "stayed"]
        platform = stayed[stayed["channel"] == "platform"]
        late = bookings[(bookings["status"] == "no-show") | (bookings["canceled"] == bookings["arrival"])]
        profit = (
            stayed["price"].sum() - given["commission"] * platform["price"].sum() - given["cost"] * stayed["nights"].sum()
            + (late["price"] * late["deposit"]).sum() - given["walk_cost"] * (bookings["status"] == "walked").sum()
        )  # fmt: skip
        assert account["profit"] == pytest.approx(profit, abs=0.05)
        assert account["rooms"] == stayed["price"].sum()


def test_people_who_found_no_room_are_counted():
    """The searches, made anew from the bookings: a night is full for whoever looks when as many rooms are sold as may be."""
    inn = run_inn([{"day": 0, "set": "rate", "to": 150}], 2)
    searches = tables_of(inn)["searches"]
    assert (searches["no_room"] <= searches["searches"]).all()
    assert searches["no_room"].sum() > 100
    none = run_inn([{"day": 0, "set": "rate", "to": 5000}], 2)
    held = methods.nights_of(tables_of(none)["bookings"])["night"].unique()
    few = tables_of(none)["searches"]
    assert (few["searches"] == searches["searches"]).all()
    assert few[~few["date"].isin(held)]["no_room"].sum() == 0


# -- what cannot be -----------------------------------------------------------------------


@pytest.mark.parametrize(("settings", "says"), [
    ("rate", "Settings are a list"),
    ([5], "can be set, such as"),
    ([{"set": "music", "to": 1}], "rate, minimum, deposit, overbooking can be set"),
    ([{"set": "rate"}], "To what shall the rate be set?"),
    ([{"set": "rate", "to": 0}], "A rate is 0; a number from 1 to 10,000 yuan"),
    ([{"set": "rate", "to": "300"}], "A rate is '300'"),
    ([{"set": "rate", "to": 300.5}], "a whole number of yuan"),
    ([{"set": "rate", "to": float("nan")}], "A rate is nan"),
    ([{"set": "rate", "to": 300, "nights": "Sunday"}], 'no nights of the kind "Sunday"'),
    ([{"set": "rate", "to": 300, "nights": ["weekend"]}], "no nights of the kind"),
    ([{"set": "rate", "to": 300, "first": "2026-04-01"}], "none of the ninety nights; they go from 2026-01-01 to 2026-03-31"),
    ([{"set": "rate", "to": 300, "first": "tomorrow"}], "none of the ninety nights"),
    ([{"set": "rate", "to": 300, "first": "2026-02-02", "last": "2026-02-01"}], "lies after the last"),
    ([{"set": "rate", "to": 300, "when": 3}], 'there is no "when"'),
    ([{"set": "deposit", "to": 20}], "The deposit, a part of the price such as 0.2 for 20 %, is 20; a number from 0 to 1"),
    ([{"set": "deposit", "to": 0.2, "nights": "all"}], 'there is no "nights"'),
    ([{"set": "minimum", "to": 8}], "The shortest stay is 8"),
    ([{"set": "overbooking", "to": True}], "Overbooking is True"),
    ([{"day": 91, "set": "overbooking", "to": 1}], "The day is 91"),
    ([{"day": -1, "set": "overbooking", "to": 1}], "The day is -1"),
])  # fmt: skip
def test_a_setting_that_cannot_be_is_refused_in_a_sentence(settings, says):
    with pytest.raises(Plain, match=re.escape(says)) as caught:
        run_inn(settings, 2)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("seed", [-1, 2.5, "two", True])
def test_a_seed_that_cannot_be_is_refused_in_a_sentence(seed):
    with pytest.raises(Plain, match="a whole number from 0"):
        takeover(seed)


def test_extremes_do_not_stop_an_inn():
    for rate, least, deposit, over in itertools.product((1, 10_000), (1, 7), (0, 1), (0, 3)):
        settings = [
            {"set": "rate", "to": rate},
            {"set": "minimum", "to": least},
            {"set": "deposit", "to": deposit},
            {"set": "overbooking", "to": over},
        ]
        inn = run_inn(settings, 2)
        assert np.isfinite(profit_of(inn))
        assert len(debrief(tables_of(inn), inn["given"])) == 6


# -- the search ---------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_the_search_finds_the_best_of_all_cards_when_they_are_few(seed, monkeypatch):
    """Three rates for three kinds of nights, two deposits, two limits: every card is tried."""
    monkeypatch.setattr(best, "LEVELS", np.array([0.9, 1.2, 1.6]))
    monkeypatch.setattr(best, "PLAIN", 0)
    monkeypatch.setattr(best, "WEEK", NIGHTS)
    monkeypatch.setattr(best, "SHORTEST", (1, 2))
    monkeypatch.setattr(best, "DEPOSITS", (0.0, 0.5))
    monkeypatch.setattr(best, "OVERBOOKING", (0, 1))
    given = takeover(seed)
    every = [
        best.Choice(levels, minimum, deposit, over)
        for levels, minimum, deposit, over in itertools.product(
            itertools.product(range(3), repeat=3), itertools.product((1, 2), repeat=3), best.DEPOSITS, best.OVERBOOKING
        )
    ]
    assert best.best_found(given)[1] == max(best.mean_yuan(every, given, NIGHTS, (0,)))


def test_the_search_beats_a_thousand_cards_by_chance():
    """`make bench` does the same for ten seeds."""
    given, rng = takeover(2), np.random.default_rng(2)
    by_chance = max(best.mean_yuan([random_card(given, rng) for _ in range(1000)], given, best.WEEK, (0,)))
    settings, yuan = best.best_found(given)
    assert yuan > by_chance
    assert profit_of(inn_of(settings, given)) == pytest.approx(yuan)


def test_the_steady_card_is_good_on_nights_it_has_not_seen():
    """Three rates that know only how guests are: better than one plain rate, and than the host before, on other ninety nights."""
    given = takeover(2)
    settings, _ = best.steady_found(given)

    def mean(these):
        return np.mean([profit_of(inn_of(these, given, luck)) for luck in range(1, 21)])

    assert sum(one["set"] == "rate" for one in settings) == 3
    assert mean(settings) > mean([{"set": "rate", "to": round(given["usual"])}])
    assert mean(settings) > mean([])


def test_a_score_in_words():
    own = {
        "profit": 500.0,
        "best": 480.0,
        "regret": -20.0,
        "other": list(range(20)),
        "best_other": [7] * 20,
        "steady_other": [9] * 20,
    }
    said = sentences_of(own)
    assert "You beat the best card that was found, which earns 480 yuan, by 20 yuan." in said[1]
    assert "leaves 7 yuan on average; your settings leave 10 yuan" in said[2]
    assert "leaves 9 yuan there" in said[3]
    assert "lost 3 yuan" in sentences_of(own | {"profit": -3.0})[0]


# -- the room -----------------------------------------------------------------------------


def test_an_inn_goes_on_where_it_stood(tmp_path):
    file = tmp_path / "my inns.json"
    inn = PracticeInn(2, file)
    inn.set_rate(398, nights="weekend")
    inn.go_on(12)
    assert inn.set_deposit(0.2) == "From day 12: guests who book pay 20 % of the price at once."
    again = PracticeInn(2, file)
    assert (again.day, again.settings, repr(again.now())) == (12, inn.settings, repr(inn.now()))
    assert PracticeInn(3, file).day == 0
    again.go_on(100)
    assert again.over
    assert again.account()["profit"] == again.now().news["profit so far, yuan"]
    other = PracticeInn(2, file)
    other.again()
    other.go_on(1)
    assert [(e["number"], e["day"]) for e in diary.entries(file)] == [(1, 90), (2, 1)]


@pytest.mark.parametrize("wrong", [
    {"settings": [{"set": "music"}]}, {"settings": 3}, {"settings": None}, {"day": -5}, {"day": 3.5}, {"day": 91}, {"number": [1]},
])  # fmt: skip
def test_an_entry_that_cannot_be_is_left_alone_and_told(tmp_path, capsys, wrong):
    file = tmp_path / "my inns.json"
    entry = {"number": 1, "seed": 2, "settings": [], "day": 20} | wrong
    file.write_text(json.dumps([entry]), encoding="utf-8")
    inn = PracticeInn(2, file)
    assert inn.day == 0
    assert "does not fit this room" in capsys.readouterr().out
    inn.go_on(1)
    assert diary.entries(file)[0] == entry


def test_nothing_is_told_before_the_own_nights_are_over(tmp_path):
    inn = PracticeInn(2, tmp_path / "d.json")
    inn.go_on(89)
    for step in (inn.score, inn.debrief, inn.account, inn.again):
        with pytest.raises(Plain, match="not over"):
            step()
    assert "regret" not in repr(inn.now())
    inn.go_on(1)
    assert len(inn.debrief()) == 6
    for step in (inn.go_on, lambda: inn.set_rate(300)):
        with pytest.raises(Plain, match="are over"):
            step()


def test_an_evening_counts_the_rooms_that_are_sold(tmp_path):
    inn = PracticeInn(2, tmp_path / "d.json")
    evening = inn.go_on(20)
    bookings = inn.tables()["bookings"]
    stands = methods.nights_of(bookings[bookings["status"].isin(["open", "stayed"])]).groupby("night").size()
    assert (evening.nights["sold"] == stands.reindex(evening.nights.index, fill_value=0)).all()
    assert f"{evening.ahead['sold'].sum()} are sold" in evening.says
    assert len(evening.table()) == 14


def test_the_controls_refuse_in_a_sentence_and_keep_what_was_typed(tmp_path):
    view = View(PracticeInn(2, tmp_path / "d.json"))
    view.first.value = "2027-01-01"
    press(view, "Set the rate")
    assert "2027-01-01 is none of the ninety nights" in view.messages.value
    assert view.inn.settings == []
    assert view.first.value == "2027-01-01"
    view.first.value, view.kind.value, view.rate.value = "2026-02-01", "weekend", 444
    press(view, "Set the rate")
    assert "the weekend nights from 2026-02-01 to 2026-03-31 cost 444 yuan" in view.messages.value
    assert (view.inn.now().nights.loc["2026-02-06", "rate"], view.inn.now().nights.loc["2026-01-30", "rate"]) != (444, 444)
    view.deposit.value = 300
    press(view, "Set the deposit")
    assert "The deposit" in view.messages.value
    press(view, "Seven days on")
    assert "7 of 90 nights are over" in view.messages.value
    press(view, "To the end")
    assert view.inn.over
    press(view, "Take the inn over again")
    assert (view.inn.day, view.inn.settings) == (0, [])


def test_the_score_is_shown_with_the_card_of_three_rates_and_a_fault_is_told(tmp_path, monkeypatch):
    """With cards that need no search; test_browser looks for them."""
    view = View(PracticeInn(2, tmp_path / "d.json"))
    given = view.inn.given
    press(view, "To the end")
    for name, span in (("best_found", best.WEEK), ("steady_found", NIGHTS)):
        card = best.settings_of(best.plain_choices(given, span)[1], given, span)
        monkeypatch.setattr(score, name, lambda given, say, card=card: (card, 1.0))
    monkeypatch.setattr(score, "_found", {})
    press(view, "What was the best card?")
    assert "The card of three rates" in view.result.value
    assert "on the holiday nights from 2026-01-01 to 2026-03-31 a stay of one night is enough" in view.result.value
    assert "regret" in view.messages.value or "beat" in view.messages.value
    monkeypatch.setattr(view.inn, "score", lambda say: 1 / 0)
    press(view, "What was the best card?")
    assert "a fault of the room (ZeroDivisionError: division by zero)" in view.messages.value


def test_a_folder_that_cannot_be_written_is_told_and_the_days_go_on(tmp_path, capsys):
    view = View(PracticeInn(2, tmp_path / "gone" / "my inns.json"))
    press(view, "One day on")
    assert "could not be written" in view.messages.value
    press(view, "To the end")
    assert view.inn.over
    assert "could not be written" in capsys.readouterr().out


def test_the_debrief_names_lessons_that_there_are_and_numbers_of_the_tables():
    inn = run_inn(BUSY, 2)
    tables = tables_of(inn)
    found = debrief(tables, inn["given"])
    assert {lesson for _, lesson in found} <= {lesson.title for lesson in outline(ROOT).lessons()}
    said, bookings = [sentence for sentence, _ in found], tables["bookings"]
    nights = bookings[bookings["status"] == "stayed"]["nights"].sum()
    assert f"{nights} of {inn['given']['rooms'].sum()} room nights" in said[0]
    assert f"{(bookings['status'] == 'canceled').sum()} of {len(bookings)} bookings" in said[2]
    assert f"{(bookings['status'] == 'walked').sum()} guest" in said[3]
    assert f"{tables['searches']['no_room'].sum():,} of the {tables['searches']['searches'].sum():,} people" in said[4]
