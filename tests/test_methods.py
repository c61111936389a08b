"""The methods against a second way to the same number."""

import itertools

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from coursekit import world
from coursekit.errors import Plain
from coursekit.measures import elasticity
from coursekit.methods.cancellations import cancel_rates
from coursekit.methods.censored import quantile, share_beyond
from coursekit.methods.intervals import difference, ratio_of_sums, wilson
from coursekit.methods.overbooking import best_limit, late_losses, night_margin, outcomes
from coursekit.methods.pickup import booking_curves, nights_of, pickup_forecast
from coursekit.methods.pricing import rate_table
from coursekit.methods.response import count_by_night, response_of_test, two_way_response
from coursekit.methods.sold_out import full_nights, open_rooms, unconstrain, when_full


@pytest.mark.parametrize(("hits", "count"), [(0, 50), (3, 400), (27, 4000), (50, 50)])
def test_wilson_by_its_formula(hits, count):
    z, p = 1.959963984540054, hits / count
    middle = (p + z * z / 2 / count) / (1 + z * z / count)
    wide = z / (1 + z * z / count) * np.sqrt(p * (1 - p) / count + z * z / 4 / count**2)
    assert wilson(hits, count) == pytest.approx((p, middle - wide, middle + wide), abs=1e-12)


def test_a_difference_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(3)
    held = 0
    for _ in range(400):
        a, b = rng.binomial(3000, 0.03), rng.binomial(3000, 0.02)
        _, low, high = difference(a, 3000, b, 3000)
        held += low <= 0.01 <= high
    assert 0.92 <= held / 400 <= 0.98


def test_shows_are_drawn_again_not_people():
    """With luck that a whole show shares, an interval by people is far too narrow; the one by shows is not."""
    rng = np.random.default_rng(5)
    held, narrow = 0, 0
    for _ in range(200):
        viewers = np.round(np.exp(rng.normal(7, 0.5, 40)))
        buyers = rng.poisson(viewers * 0.02 * rng.gamma(4, 1 / 4, 40))
        _, low, high = ratio_of_sums(buyers, viewers, rounds=300)
        held += low <= 0.02 <= high
        _, low, high = wilson(buyers.sum(), viewers.sum())
        narrow += low <= 0.02 <= high
    assert held / 200 > 0.88
    assert narrow / 200 < 0.7


def test_what_is_cut_off_counts_as_at_least():
    values, ended = [1, 2, 2, 3, 4, 4, 5, 6], [True, True, False, True, False, True, True, False]
    # By hand: 7/8; two sold out at 2, one ended there: 6/7 of it; then the six of 7 that are left …
    share = 7 / 8 * (1 - 1 / 6)
    assert share_beyond(values, ended, 2)[0] == pytest.approx(share)
    assert share_beyond(values, ended, 0.5) == (1.0, 1.0, 1.0)
    assert np.isnan(quantile([4, 4, 5, 5], [True, True, False, False], 0.9)[0])
    assert quantile(np.arange(1, 102), np.ones(101, bool), 0.5)[0] == 51


def _brute(bookings, night, day):
    """Room nights of a night on the books at the end of a day, counted one by one."""
    return sum(
        b.arrival <= night < b.arrival + pd.Timedelta(b.nights, "D") and b.booked <= day and not b.canceled <= day
        for b in bookings.itertuples()
    )


def test_booking_curves_count_what_was_known_then():
    bookings = world.make("bookings", 1).query("inn == 'I004' and arrival < '2024-04-01'")
    curves = booking_curves(nights_of(bookings), [0, 3, 20])
    for night in curves.index[5:60:6]:
        for ahead in (0, 3, 20):
            assert curves.loc[night, ahead] == _brute(bookings, night, night - pd.Timedelta(ahead, "D"))
    assert (curves[3] >= 0).all()
    forecast, low, high = pickup_forecast(curves, "2024-03-20", 3, past=6)
    over = [pd.Timestamp("2024-03-23") - pd.Timedelta(7 * k, "D") for k in range(1, 7)]
    gains = [curves.loc[d, 0] - curves.loc[d, 3] for d in over]
    assert forecast == pytest.approx(curves.loc["2024-03-23", 3] + np.mean(gains))
    assert low < forecast < high


def test_the_forecast_knows_nothing_of_the_future():
    bookings = world.make("bookings", 1)
    curves = booking_curves(nights_of(bookings), [0, 7])
    later = curves.copy()
    later.loc["2025-06-11":, 0] += 1000
    assert pickup_forecast(curves, "2025-06-10", 7) == pickup_forecast(later, "2025-06-10", 7)


def test_curves_of_many_inns_are_the_curves_of_each():
    nights = nights_of(world.make("bookings", 1))
    every = booking_curves(nights, [30, 0, 7], by="inn")
    assert every.columns.to_list() == [30, 0, 7]
    for inn in ("I003", "I020"):
        one = booking_curves(nights[nights["inn"] == inn], [30, 0, 7])
        pd.testing.assert_frame_equal(every.loc[inn].loc[one.index], one, check_freq=False)
    # A cancellation dated before its booking: never on the books.
    odd = pd.DataFrame({"night": ["2025-05-09"], "booked": ["2025-05-04"], "canceled": ["2025-05-01"]}).astype("datetime64[s]")
    assert booking_curves(odd, [0, 6]).to_numpy().tolist() == [[0, 0]]


def test_open_rooms_are_those_the_front_desk_sells():
    for seed in (None, 3):
        found = open_rooms(world.make("rooms", seed), world.make("closures", seed), "2024-01-01", "2026-01-31")
        there = world.inns.capacity(seed, False)[:, : 731 + 31]
        assert (found.unstack(fill_value=0).to_numpy() == there).all()
        assert (found > 0).all()


def test_full_nights_by_hand():
    """One room; five nights that were never full tell that half of the guests book on the day and half the day before."""
    day = pd.Timestamp("2025-05-05")
    rows = [(day + pd.Timedelta(n, "D"), n_booked) for n in range(5) for n_booked in (0, 1)]
    rows += [(pd.Timestamp("2025-05-20"), 1), (pd.Timestamp("2025-05-21"), 3)]
    bookings = pd.DataFrame({"arrival": [a for a, _ in rows], "booked": [a - pd.Timedelta(n, "D") for a, n in rows], "nights": 1})
    bookings["canceled"] = pd.NaT
    bookings.loc[11, "canceled"] = pd.Timestamp("2025-05-20")  # full three days ahead, free again a day ahead
    nights = pd.date_range("2025-05-01", "2025-05-22")
    rooms = pd.Series(3, nights).where(nights < pd.Timestamp("2025-05-15"), 1)
    table = full_nights(bookings, rooms, pd.Series("weekday", nights), days=5)
    assert table["taken"].sum() == len(bookings)
    assert table.loc["2025-05-20", ["since", "closed"]].to_list() == [1.0, 0.75]  # half of the day before, and the day
    assert table.loc["2025-05-21", ["since", "closed"]].to_list() == [3.0, 0.25]  # half of the day on which the room came back
    assert table["since"].notna().sum() == 2
    assert (table["closed"] > 0).sum() == 2
    with pytest.raises(Plain, match="no day"):
        when_full(pd.DataFrame({0: [1], 2: [1]}), pd.Series([1]))
    with pytest.raises(Plain, match="2025-05-22"):
        full_nights(bookings, rooms, pd.Series("weekday", nights[:-1]))
    with pytest.raises(Plain, match="by inn and night"):
        full_nights(bookings.assign(inn="I1"), rooms, pd.Series("weekday", nights), by="inn")
    with pytest.raises(Plain, match="open night of the kind weekday"):
        full_nights(bookings.tail(1), rooms[rooms == 1], pd.Series("weekday", nights))


def _nights(rng, count=4000, alike=2.5, usual=3.0, rooms=4):
    """Nights whose guests come one after the other, evenly over a time of 1, until the house is full; and those who came too late."""
    wanted = rng.poisson(usual * rng.gamma(alike, 1 / alike, count))
    when = np.sort(np.where(np.arange(wanted.max()) < wanted[:, None], rng.random((count, wanted.max())), np.inf), axis=1)
    filled = when[:, rooms - 1]
    closed = np.where(np.isfinite(filled), 1 - filled, 0.0)
    return pd.DataFrame({"kind": "night", "taken": np.minimum(wanted, rooms), "closed": closed}), wanted


def test_what_was_shut_out_is_found_again():
    table, wanted = _nights(np.random.default_rng(4))
    found = unconstrain(table)
    assert found["usual"].iloc[0] == pytest.approx(3.0, abs=0.12)
    full = found["closed"] > 0
    assert found.loc[full, "demand"].mean() == pytest.approx(wanted[full].mean(), abs=0.15)
    inside = (wanted - found["taken"]).between(found["low"], found["high"])[full].mean()
    assert 0.94 < inside < 0.995
    assert found.loc[full, "chance"].mean() == pytest.approx((wanted > table["taken"])[full].mean(), abs=0.03)
    assert (found.loc[~full, ["hidden", "low", "high", "chance"]] == 0).all(axis=None)
    # The two simple ways miss on either side.
    added = table["taken"] + table["closed"] * table.loc[~full, "taken"].mean()
    assert added[full].mean() < wanted[full].mean() - 0.5
    assert (table["taken"] / (1 - table["closed"]))[full].mean() > wanted[full].mean() + 0.5


def test_what_is_usual_and_how_alike_nights_are_is_the_likeliest():
    table, _ = _nights(np.random.default_rng(9), count=1500)
    open_part = 1 - table["closed"]
    fit = sm.NegativeBinomial(table["taken"], np.ones(len(table)), exposure=open_part).fit(disp=0)
    found = unconstrain(table)
    usual, alike = np.exp(fit.params["const"]), 1 / fit.params["alpha"]
    assert found["usual"].iloc[0] == pytest.approx(usual, rel=1e-3)
    seen = open_part * usual
    assert found["weight"].to_numpy() == pytest.approx((seen / (seen + alike)).to_numpy(), rel=1e-2)
    own = found["weight"] * table["taken"] / open_part + (1 - found["weight"]) * found["usual"]
    assert found["hidden"].to_numpy() == pytest.approx((table["closed"] * own).to_numpy(), abs=1e-6)
    # Two groups keep their own means, and an index level can name a group.
    double = pd.concat([table, table.assign(kind="other", taken=table["taken"] // 2)], keys=["a", "b"], names=["inn", None])
    two = unconstrain(double, groups=["inn"])
    assert two.loc["a", "usual"].nunique() == 1
    assert two.loc["b", "usual"].iloc[0] < two.loc["a", "usual"].iloc[0]
    with pytest.raises(Plain, match="shares from 0 to 1"):
        unconstrain(table.assign(closed=30))


def test_two_way_effects_are_those_of_the_full_regression():
    rng = np.random.default_rng(2)
    inn, date = np.repeat(np.arange(6), 25), np.tile(np.arange(25), 6)
    log_rate = 0.3 * rng.normal(size=150) + 0.2 * (inn - 2) + 0.02 * date
    lookers = rng.integers(0, 30, 150)
    counts = rng.poisson(lookers * np.exp(-1.6 * log_rate + 0.1 * inn + 0.3 * np.sin(date)) * 0.4)
    seen = lookers > 0
    dummies = pd.get_dummies(pd.DataFrame({"inn": inn, "date": date}).astype(str), drop_first=True).astype(float)
    x = sm.add_constant(pd.concat([pd.Series(log_rate, name="log"), dummies], axis=1))[seen]
    fit = sm.GLM(counts[seen], x, family=sm.families.Poisson(), offset=np.log(lookers[seen])).fit()
    found = two_way_response(counts, np.exp(log_rate), inn, date, lookers=lookers)
    assert found[0] == pytest.approx(fit.params["log"], abs=1e-4)
    assert found[1] < found[0] < found[2]


def test_a_price_test_needs_no_two_way_table():
    rng = np.random.default_rng(8)
    arm = rng.random(4000) < 0.5
    rates = np.where(arm, 240.0, 180.0) * np.exp(0.1 * rng.normal(size=4000))
    counts = rng.poisson(2 * (rates / 200) ** -1.7)
    found = response_of_test(counts, rates, arm, np.arange(4000) // 200)
    assert found[1] < -1.7 < found[2]
    assert found[2] - found[1] < 0.6


def test_bookings_are_counted_beside_the_nights_that_have_none():
    nights = world.make("rates", 1).query("date < '2024-03-01'").sort_values(["date", "inn"])
    bookings = world.make("bookings", 1)
    counted = count_by_night(nights, bookings)
    assert counted.drop(columns="arrivals").equals(nights)
    assert counted["arrivals"].dtype.kind == "i"
    assert (counted["arrivals"] == 0).any()
    for row in counted[::97].itertuples():
        assert row.arrivals == ((bookings["inn"] == row.inn) & (bookings["arrival"] == row.date)).sum()
    slept = nights_of(bookings)
    assert (
        count_by_night(nights, slept, day="night", name="rooms_taken")["rooms_taken"].sum()
        == (slept["night"] < "2024-03-01").sum()
    )
    with pytest.raises(Plain, match="no column 'arrival'"):
        count_by_night(bookings.rename(columns={"arrival": "date"}), nights)


@pytest.mark.parametrize("method", [nights_of, lambda b: cancel_rates(b, "2025-01-01"), lambda b: late_losses(b, "2025-01-01")])
def test_a_column_that_is_missing_is_named_with_those_there_are(method):
    bookings = world.make("bookings", 1).rename(columns={"arrival": "check_in"})
    with pytest.raises(Plain, match="no column 'arrival'; it has .*check_in.*arrival=") as told:
        method(bookings)
    assert len(str(told.value).split(". ")) == 2


def test_booking_curves_ask_for_room_nights():
    with pytest.raises(Plain, match="make room nights of the bookings first"):
        booking_curves(world.make("bookings", 1), [0, 7])


def test_an_elasticity_is_near_the_ratio_of_logs_and_the_same_both_ways():
    for price, demand in (((280, 360), (1.6, 1.05)), ((100, 101), (10, 9.83)), ((258, 450), (1.9, 2.6))):
        logs = np.log(demand[1] / demand[0]) / np.log(price[1] / price[0])
        assert elasticity(*price, *demand) == pytest.approx(logs, rel=0.02)
        assert elasticity(*price[::-1], *demand[::-1]) == pytest.approx(elasticity(*price, *demand))
    both = elasticity(pd.Series([270.0, 100]), pd.Series([330.0, 300]), 115, 85)
    assert both.round(3).to_list() == [-1.5, -0.3]
    with pytest.raises(Plain, match="Both prices are the same"):
        elasticity(300, 300, 5, 4)


def test_what_is_no_price_test_is_told():
    night = np.arange(40)
    arm, counts, rates = night % 2 == 1, 5 + night % 3, 200 + 60 * (night % 2)
    for words, change in (
        ("True or False", {"arm": np.where(arm, "higher", "lower")}),
        ("True or False", {"arm": arm | True}),
        ("at least two groups", {"groups": night * 0}),
        ("First come the bookings", {"counts": rates, "rates": counts - 5}),
    ):
        given = {"counts": counts, "rates": rates, "arm": arm, "groups": night // 8} | change
        with pytest.raises(Plain, match=words):
            response_of_test(**given)
    with pytest.raises(Plain, match="First come the bookings"):
        two_way_response(rates, counts - 5, night // 8, night % 8)
    with pytest.raises(Plain, match="two rows for the same date"):
        two_way_response(counts, rates, night // 8, night % 4)


def test_the_limit_follows_the_critical_ratio():
    """One more booking is worth it while P(come < rooms, given one more) beats walk / (price + walk): by formula, not by trial."""
    from scipy.stats import binom

    for rooms, show, price, walk in ((5, 0.9, 300, 300), (12, 0.85, 250, 400), (40, 0.93, 300, 150), (100, 0.95, 280, 280)):
        limit = rooms
        # The guest added comes with chance `show`; he is walked when the others fill the house.
        while price * show * binom.cdf(rooms - 1, limit, show) > walk * show * binom.sf(rooms - 1, limit, show):
            limit += 1
        assert best_limit(rooms, show, price, walk) == limit
    assert night_margin(5, 5, 1.0, 100, 50) == pytest.approx(500)


def test_outcomes_by_counting_every_way():
    """Six bookings, five rooms: all 64 ways to come or not, one by one."""
    ways = dict.fromkeys(range(7), 0.0)
    for who in itertools.product([True, False], repeat=6):
        ways[sum(who)] += np.prod([0.9 if comes else 0.1 for comes in who])
    table = outcomes(6, 5, 0.9, 150, 490)
    assert table["chance"].to_dict() == pytest.approx(ways)
    assert (table["stay"] + table["empty"] == 5).all()
    assert (table["stay"] + table["walked"] == table.index).all()
    assert table["left"].to_list() == [0, 150, 300, 450, 600, 750, 260]
    assert (table["chance"] * table["left"]).sum() == pytest.approx(night_margin(6, 5, 0.9, 150, 490))


def test_the_best_limit_is_the_best_of_all():
    for rooms, show, price, walk in (
        (5, 0.967, 153, 490),
        (5, 0.4, 300, 20),
        (1, 0.5, 10, 1),
        (100, 0.95, 280, 280),
        (30, 1.0, 10, 5),
    ):
        tried = [night_margin(limit, rooms, show, price, walk) for limit in range(rooms, 8 * rooms + 20)]
        assert best_limit(rooms, show, price, walk) == rooms + int(np.argmax(tried))


def test_late_losses_are_counted_one_by_one():
    bookings = world.make("bookings", 3)
    eve, lost = 0, 0
    for b in bookings[bookings["inn"] == "I002"].itertuples():
        day_before = b.arrival - pd.Timedelta(1, "D")
        if b.arrival <= pd.Timestamp("2025-12-31") and b.booked < day_before and not b.canceled <= day_before:
            eve, lost = eve + 1, lost + (b.status in ("canceled", "no-show"))
    assert late_losses(bookings[bookings["inn"] == "I002"], "2025-12-31") == wilson(lost, eve)
    named = bookings.rename(columns={"arrival": "from", "status": "end"}).replace({"end": {"no-show": "absent"}})
    assert late_losses(named, "2025-12-31", arrival="from", status="end", no_show="absent") == late_losses(bookings, "2025-12-31")
    with pytest.raises(Plain, match="later day"):
        late_losses(bookings, "2020-01-01")


@pytest.mark.parametrize(
    ("numbers", "match"),
    [((5.5, 5, 0.9, 1, 1), "whole number from 0"), ((5, 0, 0.9, 1, 1), "whole number from 1"), ((5, 5, 95, 1, 1), "0.95 for 95 %"),
     ((5, 5, 0.9, -1, 1), "from 0 up"), ((5, 5, 0.9, 1, float("nan")), "from 0 up"), ((5, 5, 0.9, pd.Series([1, 2]), 1), "choose one inn")],
)  # fmt: skip
def test_what_is_no_night_is_told(numbers, match):
    with pytest.raises(Plain, match=match):
        outcomes(*numbers)
    with pytest.raises(Plain, match=match):
        night_margin(*numbers)


@pytest.mark.parametrize(("show", "walk", "match"), [(0.9, 0, "costs nothing"), (0, 1, "nobody")])
def test_a_limit_without_end_is_told(show, walk, match):
    with pytest.raises(Plain, match=match):
        best_limit(5, show, 100, walk)


TERMS = {"at": 250, "elasticity": -1.7, "cost": 90, "commission": 0.12}


def test_rooms_sold_are_the_smaller_of_those_asked_for_and_those_there_are():
    """The mean of the smaller of the two, summed over all numbers that may be asked for, night by night."""
    from scipy.stats import poisson

    demand, rooms = np.array([0.0, 0.4, 3.0, 9.0, 40.0]), np.array([5, 0, 1, 5, 12])
    number = np.arange(400)
    for rate in (180, 250, 610):
        chance = poisson.pmf(number, (demand * (rate / 250) ** -1.7)[:, None])
        sold = (chance * np.minimum(number, rooms[:, None])).sum(axis=1).mean()
        row = rate_table([rate], demand, rooms=rooms, **TERMS).loc[rate]
        assert row["sold"] == pytest.approx(sold)
        assert row["margin"] == pytest.approx(sold * (0.88 * rate - 90))


def test_the_best_rate_without_a_full_house_follows_the_rule_and_rises_with_a_full_one():
    rates, rule = np.arange(100, 1200), 90 / 0.88 * 1.7 / 0.7
    best = [rate_table(rates, asked, rooms=6, **TERMS)["margin"].idxmax() for asked in (0.1, 2, 6, 20)]
    assert rate_table(rates, 20.0, **TERMS)["margin"].idxmax() == pytest.approx(rule, abs=1)
    assert best[0] == pytest.approx(rule, abs=1)
    assert best == sorted(set(best))


@pytest.mark.parametrize("wrong", [
    {"elasticity": 1.7}, {"commission": 12}, {"at": 0}, {"cost": -1}, {"cost": np.nan}, {"rooms": 2.5}, {"rooms": -1}, {"demand": [1, np.nan]},
    {"demand": []}, {"rates": []}, {"rates": [0, 100]},
])  # fmt: skip
def test_numbers_that_cannot_be_meant_are_told_in_a_sentence(wrong):
    with pytest.raises(Plain, match="expected"):
        rate_table(**({"rates": [200, 300], "demand": 3.0} | TERMS | wrong))
