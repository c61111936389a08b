"""The county holds together: keys, calendars, rooms, stock and money; parts equal their part of the whole."""

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import realism
from conftest import ROOT

from coursekit import load, world
from coursekit.errors import Plain
from coursekit.world import audience, shows
from coursekit.world.county import DAYS, LAST_NIGHT, NOW, TODAY
from coursekit.world.desk import serve

SEEDS = [None, *range(8)]
TABLES = list(world.TABLES)


@pytest.fixture(scope="module", params=SEEDS)
def county(request):
    return world.world(request.param, full=False)[0]


@pytest.fixture(scope="module")
def whole():
    return world.world(3, full=True)[0]


# --- keys, calendars


def test_every_key_is_one_and_every_link_leads_somewhere(county):
    for name, table in world.TABLES.items():
        assert not county[name].duplicated(table["key"]).any(), name
        for column, other in table.get("links", {}).items():
            (key,) = world.TABLES[other]["key"]
            assert county[name][column].isin(county[other][key]).all(), (name, column)


def test_every_rule_of_a_field_is_kept(county):
    for name, table in world.TABLES.items():
        for f in table["fields"]:
            rules, column = f["constraints"], county[name][f["name"]]
            assert "minimum" not in rules or (column >= rules["minimum"]).all(), (name, f["name"])
            assert "maximum" not in rules or (column <= rules["maximum"]).all(), (name, f["name"])
            assert "enum" not in rules or column.isin(rules["enum"]).all(), (name, f["name"])


def test_the_calendar_is_the_announced_one():
    days = world.make("calendar").set_index("date")
    named = (
        days[days["holiday"] != ""]
        .reset_index()
        .groupby(["holiday", days[days["holiday"] != ""].index.year])["date"]
        .agg(["min", "max"])
    )
    for holiday, year, first, last in (
        ("Spring Festival", 2024, "2024-02-10", "2024-02-17"), ("Spring Festival", 2025, "2025-01-28", "2025-02-04"),
        ("Golden Week", 2025, "2025-10-01", "2025-10-08"), ("Labor Day", 2025, "2025-05-01", "2025-05-05"),
        ("Dragon Boat Festival", 2024, "2024-06-08", "2024-06-10"), ("Mid-Autumn Festival", 2024, "2024-09-15", "2024-09-17"),
        ("Qingming", 2025, "2025-04-04", "2025-04-06"), ("Spring Festival", 2026, "2026-02-15", "2026-02-23"),
    ):  # fmt: skip
        assert [str(d.date()) for d in named.loc[(holiday, year)]] == [first, last]
    assert not days.loc["2025-02-08", "day_off"]  # a working Saturday
    assert days.loc["2025-02-08", "night"] == "weekend"  # but Sunday is off
    assert days.loc["2025-09-30", "night"] == "holiday"
    assert days.loc["2025-10-08", "night"] == "weekday"
    assert len(days) == DAYS
    assert (days.index[1:] - days.index[:-1] == pd.Timedelta(1, "D")).all()


# --- inns


def test_nobody_sleeps_in_a_room_that_is_not_there(county):
    """From the tables alone: rooms, closures, bookings."""
    first = pd.Timestamp("2024-01-01")
    names = list(county["inns"]["inn"])
    rooms = np.zeros((len(names), DAYS), int)
    for inn, since in zip(county["rooms"]["inn"], county["rooms"]["since"], strict=True):
        rooms[names.index(inn), max((since - first).days, 0) :] += 1
    for room, start, nights in county["closures"][["room", "first_night", "nights"]].itertuples(index=False):
        start = (start - first).days
        rooms[names.index(room.split("-")[0]), start : start + nights] -= 1
    slept = np.zeros((len(names), DAYS + 20), int)
    stayed = county["bookings"].query("status == 'stayed'")
    for inn, arrival, nights in zip(stayed["inn"], (stayed["arrival"] - first).dt.days, stayed["nights"], strict=True):
        slept[names.index(inn), arrival : arrival + nights] += 1
    assert (slept[:, :DAYS] <= rooms).all()
    assert (rooms >= 0).all()
    walked = county["bookings"].query("status == 'walked'")
    overbooking = county["policies"].groupby("inn")["overbooking"].max()
    assert (walked["inn"].map(overbooking) > 0).all()
    assert len(walked) > 0


def test_a_booking_tells_one_story(county):
    b = county["bookings"]
    assert (b["booked"] <= b["arrival"]).all()
    assert (b["booked"] <= TODAY).all()
    assert (b["canceled"].notna() == (b["status"] == "canceled")).all()
    assert ((b["checked_in"] != "") == (b["status"] == "stayed")).all()
    gone = b[b["status"] == "canceled"]
    assert ((gone["booked"] <= gone["canceled"]) & (gone["canceled"] <= gone["arrival"]) & (gone["canceled"] <= TODAY)).all()
    assert ((b["arrival"] > TODAY) == b["status"].eq("open"))[b["status"] != "canceled"].all()
    assert (b["arrival"] + pd.to_timedelta(b["nights"], unit="D") <= LAST_NIGHT + 1).all()
    total = county["rates"].set_index(["inn", "date"])["rate"]
    for row in b.sample(200, random_state=1).itertuples():
        nights = pd.date_range(row.arrival, periods=row.nights)
        assert sum(total[row.inn, night] for night in nights) == row.price
    policy = county["policies"].sort_values("since")
    asked = pd.merge_asof(
        b.sort_values("booked"), policy[["inn", "since", "deposit"]], left_on="booked", right_on="since", by="inn"
    )
    assert (asked["deposit_x"] == asked["deposit_y"]).all()


def test_searches_and_tests_agree_with_the_rest(county):
    s = county["searches"]
    assert (s["no_room"] <= s["searches"]).all()
    taken = county["bookings"].groupby(["inn", "arrival"]).size().rename_axis(["inn", "date"])
    found = (s.set_index(["inn", "date"])["searches"]).reindex(taken.index).dropna()
    assert (found >= taken.reindex(found.index)).all()
    t = county["price_test"].merge(county["rates"], on=["inn", "date"])
    assert (t["rate_x"] == t["rate_y"]).all()
    means = county["price_test"].groupby("arm")["rate"].mean()
    assert 1.15 < means["higher"] / means["lower"] < 1.55
    kinds = county["price_test"].merge(county["calendar"], on="date")["night"]
    assert "holiday" not in set(kinds)


def test_the_desk_serves_in_order_and_never_twice():
    """Against a plain loop over events, for random requests."""
    rng = np.random.default_rng(4)
    for case in range(20):
        n, days = 60, 12
        night = rng.integers(0, days - 3, n)
        booked = night - rng.exponential(4, n)
        r = {"inn": np.sort(rng.integers(0, 3, n)), "night": night, "nights": rng.integers(1, 4, n), "booked": booked,
             "cancelled": np.where(rng.random(n) < 0.3, booked + (night + 0.9 - booked) * rng.random(n), np.inf),
             "comes": rng.random(n) < 0.9}  # fmt: skip
        capacity, over = rng.integers(0, 3, (3, days)), rng.integers(0, 2, n)
        until = int(rng.integers(4, days))
        assert [list(x) for x in serve(r, capacity, over, until)] == [list(x) for x in _plainly(r, capacity, over, until)], case


def _plainly(r, capacity, over, until):
    n = len(r["inn"])
    events = [(r["booked"][i], "ask", i) for i in range(n)] + [
        (r["night"][i] + 0.999, "in", i) for i in range(n) if r["night"][i] <= until
    ]
    events += [(r["cancelled"][i], "off", i) for i in range(n) if r["cancelled"][i] < until + 1]
    sold, inside = np.zeros(capacity.shape, int), np.zeros(capacity.shape, int)
    got, walked, gone = np.zeros(n, int), np.zeros(n, bool), np.zeros(n, bool)
    for _, what, i in sorted(events):
        inn, first = r["inn"][i], r["night"][i]
        limit = np.where(capacity[inn] == 0, 0, capacity[inn] + over[i])
        if what == "ask":
            while got[i] < r["nights"][i] and sold[inn, first + got[i]] < limit[first + got[i]]:
                got[i] += 1
            sold[inn, first : first + got[i]] += 1
            continue
        nights = slice(first, first + got[i])
        if got[i] and what == "off":
            gone[i], sold[inn, nights] = True, sold[inn, nights] - 1
        elif got[i] and not gone[i]:
            free = (inside[inn] < capacity[inn])[nights].all()
            walked[i] = r["comes"][i] and not free
            inside[inn, nights] += r["comes"][i] and free
            sold[inn, nights] -= not (r["comes"][i] and free)
    return got, walked


# --- shows, money


def test_money_adds_up_to_the_cent(county):
    cents = lambda column: (column * 100).round().astype(int)  # noqa: E731
    o, back, fees, paid_out = (county[t] for t in ("orders", "returns", "fees", "settlements"))
    assert (cents(o["price"]) * o["pieces"] - cents(o["coupon"]) == cents(o["amount"])).all()
    assert (o["amount"] > 0).all()
    merged = back.merge(o, on="order")
    assert (cents(merged["refund"]) == cents(merged["amount"])).all()
    assert merged["paid"].all()
    days = (merged["returned"] - merged["ordered"].dt.normalize()).dt.days
    assert days.between(2, 14).all()
    assert (back["returned"] <= TODAY).all()
    s = county["sessions"].set_index("session")
    assert (cents(o.groupby("session")["amount"].sum()).reindex(s.index, fill_value=0) == cents(s["gmv"])).all()
    assert (o.groupby("session").size().reindex(s.index, fill_value=0) == s["orders"]).all()
    for row in paid_out.itertuples():
        mine = o[(o["session"] == row.session) & o["paid"]]
        sold, refunds = cents(mine["amount"]).sum(), cents(back[back["order"].isin(mine["order"])]["refund"]).sum()
        assert (sold, refunds) == (round(100 * row.sales), round(100 * row.refunds))
        kept = 0
        for fee in fees[(fees["session"] == row.session) & (fees["rate"] > 0)].itertuples():
            share = round(fee.rate * (sold - refunds if fee.given_back else sold))
            assert share == round(100 * getattr(row, fee.fee))
            kept += share
        assert round(100 * row.paid_out) == sold - refunds - kept
    # A show is settled when no order of it can come back any more, and only when that day is past.
    assert set(paid_out["session"]) == set(s.index[s["start"].dt.normalize() + pd.Timedelta(16, "D") <= TODAY])


def test_people_who_come_and_go_add_up(county):
    m, v, s = county["minutes"], county["visits"], county["sessions"].set_index("session")
    flow = m.assign(change=m["entered"] - m["left"]).groupby("session")["change"].cumsum()
    assert (flow == m["watching"]).all()
    assert (m["watching"] >= 0).all()
    by = m.groupby("session")
    assert (by["entered"].sum() == s["views"].reindex(by.size().index)).all()
    assert (by["orders"].sum() == s["orders"].reindex(by.size().index)).all()
    one = v.groupby("session")
    for name, column in (("views", one.size()), ("viewers", one["person"].nunique()), ("comments", one["comments"].sum()),
                         ("pages", one["opened_page"].sum()), ("new_followers", one["followed"].sum())):  # fmt: skip
        assert (column == s[name].reindex(column.index)).all(), name
    # Visits keep UTC, people the time of the place: eight hours later.
    local = v["entered"] + pd.Timedelta(8, "h")
    start = v["session"].map(s["start"])
    assert ((local >= start) & (local < start + pd.to_timedelta(v["session"].map(s["minutes"]), unit="min"))).all()
    assert ~(v["left"] < v["entered"]).any()
    o = county["orders"]
    in_visits = o[o["session"].isin(v["session"])].merge(v, on="visit", suffixes=("", "_of_visit"))
    assert len(in_visits) == o["session"].isin(v["session"]).sum()
    assert (in_visits["person"] == in_visits["person_of_visit"]).all()
    assert in_visits["opened_page"].all()
    test = county["assignments"]
    assert o.loc[o["session"] == shows.TEST_SHOW, "person"].isin(test["person"]).all()
    assert len(test) == s.loc[shows.TEST_SHOW, "viewers"]
    assert abs((test["arm"] == "new card").mean() - 0.5) < 0.015


def test_stock_is_never_negative_and_tells_when_it_ran_out(county):
    h = county["demand_history"]
    assert (h["sold"] <= h["stocked"]).all()
    assert (h["sold_out"] == (h["sold"] == h["stocked"])).all()
    kinds = h["product"].map(county["products"].set_index("product")["kind"])
    assert h[kinds != "fresh"]["sold_out"].mean() < 0.01
    assert 0.1 < h[kinds == "fresh"]["sold_out"].mean() < 0.5


def test_offers_do_not_meet_and_are_written_in_full(county):
    p = county["promos"].sort_values(["product", "first_day"])
    same = p["product"].eq(p["product"].shift())
    assert (p["first_day"] > p["last_day"].shift())[same].all()
    says = {"percent": ["percent_off"], "flash": ["percent_off"], "threshold": ["least", "yuan_off"],
            "coupon": ["least", "yuan_off"], "presale": ["deposit", "counts_as"]}  # fmt: skip
    for kind, rows in p.groupby("kind"):
        given = [c for c in ("least", "yuan_off", "percent_off", "deposit", "counts_as") if (rows[c] > 0).any()]
        assert given == says[kind]
        assert (rows[says[kind]] > 0).all(axis=None)
    presale = p[p["kind"] == "presale"]
    assert (presale["counts_as"] == 2 * presale["deposit"]).all()


# --- one seed, parts, wholes


@pytest.mark.parametrize("table", TABLES)
def test_a_part_made_alone_equals_its_part_of_the_whole(table, whole):
    part = world.make(table, 3)
    same = part.merge(whole[table], how="left", indicator=True)
    assert (same["_merge"] == "both").all()
    assert len(same) == len(part)


def test_a_table_does_not_depend_on_what_was_made_before_it():
    code = "from coursekit import world; print(world.make({0!r}, 5).to_csv())"
    for table in ("orders", "searches"):
        alone = subprocess.run([sys.executable, "-c", code.format(table)], capture_output=True, text=True, check=True).stdout
        world.make("demand_history", 5)
        assert alone.strip() == world.make(table, 5).to_csv().strip()


def test_a_trainee_who_changes_a_table_changes_only_his_own():
    first = load("calendar", seed=1)
    first["night"] = "gone"
    inns_of_one = world.make("inns", 1)
    inns_of_one["rating"] += 1
    assert set(load("calendar", seed=1)["night"]) == {"weekday", "weekend", "holiday"}
    assert world.make("inns", 1)["rating"].max() <= 5


def test_the_whole_county_has_its_size(whole):
    assert [len(whole[t]) for t in ("townships", "villages", "inns", "hosts", "products")] == [19, 100, 200, 60, 360]
    assert whole["townships"]["residents"].sum() == 380_000
    villages = whole["villages"].groupby("township")["residents"].sum()
    assert (villages <= whole["townships"].set_index("township")["residents"].reindex(villages.index)).all()
    assert [len(whole[t]) for t in ("coupons", "coupon_inns")] == [4_000, 1_000]


@pytest.mark.parametrize("table", ["bookings", "visits", "demand_history"])
def test_load_gives_the_whole_on_request(table):
    assert len(load(table, full=True)) > 2 * len(load(table))


# --- truth, realism


@pytest.mark.parametrize("seed", SEEDS)
def test_stylized_facts_hold(seed):
    facts = realism.facts(seed)
    wrong = facts[(facts["county"] < facts["from"]) | (facts["county"] > facts["to"])]
    assert wrong.empty, wrong.to_string()
    assert len(facts) > 40


def test_planted_truth_is_not_in_any_table():
    _, truth = world.world(2, full=False)
    names = {f["name"] for t in world.TABLES.values() for f in t["fields"]}
    assert not names & {"elasticity", "wanted", "mood", "clicks", "buys", "back", "size"}
    assert truth["wanted"].shape == (30, DAYS)
    assert (truth["wanted"][:, : NOW + 1] >= 0).all()


def test_a_show_goes_on_without_goods_anyone_wishes_for_and_with_one_viewer():
    goods = {"kind": np.array([1]), "wish": np.array([1.0]), "price": np.array([10.0]), "list_price": np.array([10.0])}
    plan = {"people": 500, "shares": [0.3, 0.5, 0.2], "minutes": 5, "lineup": np.zeros(5, int), "goods": goods,
            "wishes": {0: 1.0}, "clicks": 1, "buys": 1}  # fmt: skip
    visits, orders = audience.watch(plan, np.random.default_rng(1))
    assert not np.isfinite(visits["clicked"]).any()
    assert len(orders["visit"]) == 0
    for people in (0, 1):
        visits, _ = audience.watch(plan | {"people": people}, np.random.default_rng(1))
        assert len(set(visits["person"])) <= people


def test_lower_prices_and_coupons_sell_more_pieces():
    plan = dict(shows.plans(1, False)[0]) | {"people": 40_000}
    plan.pop("coupons", None)

    def pieces(**changes):
        return audience.watch(plan | changes, np.random.default_rng(7))[1]["pieces"].sum()

    cheap = plan["goods"] | {"price": plan["goods"]["price"] * 0.7}
    assert pieces(goods=cheap) > 1.5 * pieces()
    assert pieces(coupons=[(0, 10, plan["minutes"], 0)]) > 1.1 * pieces()


# --- bad input


@pytest.mark.parametrize(("call", "says"), [
    (lambda: world.make("orders", -1), "whole number from 0"), (lambda: world.world("x"), "whole number from 0"),
    (lambda: world.make("ordrs"), 'Did you mean "orders"'), (lambda: load("bookings", seed=2.0), "whole number"),
])  # fmt: skip
def test_bad_requests_are_one_sentence(call, says):
    with pytest.raises(Plain, match=says):
        call()


def test_the_committed_tables_are_small_and_named_in_the_data_package():
    package = json.loads((ROOT / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
    assert sum(r["bytes"] for r in package["resources"]) < 10_000_000
    assert [r["name"] for r in package["resources"]] == TABLES


def test_frictionless_finds_no_error_and_would_find_one(tmp_path):
    from frictionless import validate

    assert validate(str(ROOT / "datasets" / "datapackage.json")).valid
    for path in (ROOT / "datasets").glob("*.*"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    spoiled = {"returns.csv": b"9,2025-01-01,5.0\n", "hosts.csv": b"H01,Twin,Nowhere,30,2023-01-01,5\n"}
    for name, line in spoiled.items():
        (tmp_path / name).write_bytes((tmp_path / name).read_bytes() + line)
    found = validate(str(tmp_path / "datapackage.json"))
    kinds = {e.type for task in found.tasks for e in task.errors}
    assert {"foreign-key", "primary-key"} <= kinds
