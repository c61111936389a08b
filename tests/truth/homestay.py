"""Module B: room nights, pick-up, cancellations, sold-out nights, prices, against what was planted."""

import numpy as np
import pandas as pd
import statsmodels.api as sm

from coursekit import world
from coursekit.methods.intervals import wilson
from coursekit.methods.overbooking import best_limit, night_margin
from coursekit.methods.pickup import booking_curves, nights_of, pickup_forecast
from coursekit.methods.response import response_of_test, two_way_response
from coursekit.methods.sold_out import full_nights, open_rooms, unconstrain
from coursekit.world import inns, stays
from coursekit.world.county import FIRST, NOW, TODAY
from coursekit.world.days import night_codes
from truth import row


def ledger(seed):
    """b1: occupancy and ADR of 2025, from bookings."""
    bookings, year = world.make("bookings", seed), slice(366, NOW + 1)
    open_rooms = inns.capacity(seed, False)[:, year].sum()
    stayed = bookings[bookings["status"] == "stayed"]
    found = stays.requests(seed, False)[1]
    slept = found["accepted"] & (stays.status(found) == stays.STAYED)
    inside = np.zeros(NOW + 20, int)
    for step in range(stays.LONGEST):
        here = slept & (found["nights"] > step)
        np.add.at(inside, found["night"][here] + step, 1)
    truth = inside[year].sum() / open_rooms

    def nights(rows, more=0):
        some = nights_of(rows.assign(nights=rows["nights"] + more))
        return some[some["night"].between("2025-01-01", "2025-12-31")]

    what = "occupancy of 2025 (share)"
    yield row("b1", what, "nights stayed by nights available", "", len(nights(stayed)) / open_rooms, truth)
    yield row("b1", what, "checkout night counted", "+", len(nights(stayed, 1)) / open_rooms, truth)
    rooms = 365 * len(world.make("rooms", seed))
    yield row("b1", what, "blocked rooms in the denominator", "-", len(nights(stayed)) / rooms, truth)
    taken = bookings[bookings["status"].isin(["stayed", "canceled"])]
    yield row("b1", what, "cancelled included", "+", len(nights(taken)) / open_rooms, truth)
    each = stayed[stayed["arrival"].dt.year == 2025]
    rate = world.make("rates", seed).set_index(["inn", "date"])["rate"]
    charged = nights_of(each)
    truth = rate.loc[list(zip(charged["inn"], charged["night"], strict=True))].mean()
    what = "ADR of 2025 (yuan)"
    yield row("b1", what, "revenue by nights sold", "", each["price"].sum() / each["nights"].sum(), truth)
    by_month = each.groupby(each["arrival"].dt.month)[["price", "nights"]].sum()
    yield row("b1", what, "mean of the months' ADRs", "-", (by_month["price"] / by_month["nights"]).mean(), truth)


def pickup(seed):
    """b2: the nights of one week ahead, forecast every thirteenth day of 2025."""
    bookings, ahead = world.make("bookings", seed), 7
    room_nights = nights_of(bookings[bookings["arrival"] >= "2024-09-01"])
    kind = pd.Series(night_codes(), index=FIRST + np.arange(len(night_codes())))

    def curves_of(rows):
        """Booking curves without holidays, which are not like the last nights of their weekday."""
        curves = booking_curves(rows, [0, ahead])
        return curves[kind.reindex(curves.index) < 2]

    curves = curves_of(room_nights)
    gross = curves_of(room_nights.assign(canceled=pd.NaT))
    final = curves_of(room_nights[room_nights["canceled"].isna()])
    for day in pd.date_range("2025-02-20", "2025-12-24", freq="13D"):
        night = day + pd.Timedelta(ahead, "D")
        if night not in curves.index:
            continue
        sold, now = curves.loc[night, 0], curves.loc[night, ahead]
        over = curves.index[curves.index <= day]
        before = over[over.day_of_week == night.day_of_week][-10:]
        what = "room nights sold a week ahead"
        found = pickup_forecast(curves, day, ahead)
        yield row("b2", what, "additive pick-up by weekday", "", *_with_truth(found, sold))
        outside = "nights that come out otherwise than was said (share)"
        yield row("b2", outside, "additive pick-up by weekday", "", not found[1] <= sold <= found[2], 0.05)
        yield row("b2", outside, "no interval", "+", round(found[0]) != sold, 0.05)
        yield row("b2", what, "gross of cancellations", "+", now + (gross[0] - gross[ahead])[before].mean(), sold)
        # Bookings that were canceled later seem never to have been there, and the pick-up too large.
        yield row("b2", what, "future leaks in: final status used", "+", now + (final[0] - final[ahead])[before].mean(), sold)
        if kind[night] == 1:
            others = over[over.day_of_week < 4][-40:]
            what = "room nights of a weekend night sold a week ahead"
            yield row("b2", what, "additive pick-up by weekday", "", found[0], sold)
            yield row("b2", what, "not the same weekday", "-", now + (curves[0] - curves[ahead])[others].mean(), sold)


def _chances(rows):
    """Planted: the chance that each booking is canceled."""
    level, slope = stays.CANCELS
    logit = level + slope * np.log1p(rows["lead"]) + stays.DEPOSIT_KEEPS * rows["deposit"]
    return np.where(rows["repeat_guest"], stays.REPEAT_CANCELS, 1) / (1 + np.exp(-logit))


def cancellations(seed):
    """b3: who cancels, by lead time, and what a deposit does."""
    bookings = world.make("bookings", seed)
    bookings["lead"] = (bookings["arrival"] - bookings["booked"]).dt.days
    bookings["chance"] = _chances(bookings)
    gone = bookings["status"] == "canceled"
    over = bookings["arrival"] <= TODAY
    early = bookings["lead"].between(31, 60)
    what = "bookings made 31 to 60 days ahead that are canceled (share)"

    def rate(rows, lost=gone):
        return _with_truth(wilson(lost[rows].sum(), rows.sum()), bookings.loc[rows, "chance"].mean())

    yield row("b3", what, "bookings whose arrival is over", "", *rate(early & over))
    young = early & (bookings["booked"] > pd.Timestamp(TODAY) - pd.Timedelta(45, "D"))
    yield row("b3", what, "young bookings counted as kept", "-", *rate(young))
    yield row("b3", what, "no-show taken for cancellation", "+", *rate(early & over, gone | (bookings["status"] == "no-show")))
    known = bookings[over]
    what = "cancellations foretold right on the day of booking (share)"
    possible = np.maximum(known["chance"], 1 - known["chance"]).mean()
    yield row(
        "b3",
        what,
        "the lead time used",
        "",
        *_with_truth(wilson((gone[over] == (known["chance"] > 0.5)).sum(), len(known)), possible),
    )
    leak = ((known["checked_in"] == "") == gone[over]).mean()
    yield row("b3", what, "a column recorded after the stay used", "+", leak, possible)

    once = known[~known["repeat_guest"]]
    fit = sm.GLM(gone[once.index].astype(float), sm.add_constant(pd.DataFrame({"lead": np.log1p(once["lead"]), "deposit": once["deposit"]})),
                 family=sm.families.Binomial()).fit()  # fmt: skip
    low, high = fit.conf_int().loc["lead"]
    yield row(
        "b3",
        "slope of the logit of canceling on ln(1 + lead)",
        "logistic regression",
        "",
        fit.params["lead"],
        stays.CANCELS[1],
        low,
        high,
    )
    low, high = fit.conf_int().loc["deposit"]
    yield row(
        "b3",
        "what a deposit of the whole price does to the logit",
        "logistic regression",
        "",
        fit.params["deposit"],
        stays.DEPOSIT_KEEPS,
        low,
        high,
    )


def late_losses(seed):
    """b4: rooms lost too late to sell again."""
    bookings = world.make("bookings", seed)
    bookings["lead"] = (bookings["arrival"] - bookings["booked"]).dt.days
    over, early = bookings["arrival"] <= TODAY, bookings["lead"] >= 2
    canceled_ahead = (bookings["arrival"] - bookings["canceled"]).dt.days
    on_the_eve = over & early & ~(canceled_ahead >= 1)
    lost = on_the_eve & bookings["status"].isin(["canceled", "no-show"])
    # Planted: a fifth go within a day of booking, the others at any time until the evening of arrival.
    found = stays.requests(seed, False)[1]
    got = {k: v[found["accepted"]] for k, v in found.items()}
    chance, wait = _chances(bookings), got["night"] - got["booked"]
    before = stays.AT_ONCE + (1 - stays.AT_ONCE) * wait / (wait + 0.95)
    here = on_the_eve.to_numpy()
    truth = ((chance * (1 - before) + (1 - chance) * stays.NO_SHOW) / (1 - chance * before))[here].mean()
    what = "bookings of the eve lost on the day (share)"
    yield row("b4", what, "late cancellations and no-shows", "", *_with_truth(wilson(lost.sum(), on_the_eve.sum()), truth))
    every = over & early
    all_lost = wilson((every & bookings["status"].isin(["canceled", "no-show"])).sum(), every.sum())
    yield row("b4", what, "early cancellations counted as loss", "+", *_with_truth(all_lost, truth))


def overbooking(seed):
    """b4: what a night of a five-room inn loses by its limit, against the best one."""
    loss, bookings = [r for r in late_losses(seed) if r["toward"] == ""][0], world.make("bookings", seed)
    rooms, table = 5, world.make("inns", seed)
    price = (bookings["price"] / bookings["nights"]).mean() - table["variable_cost"].mean()
    walk = table["walk_cost"].mean()
    found, planted = 1 - loss["estimate"], 1 - loss["truth"]
    best = night_margin(best_limit(rooms, planted, price, walk), rooms, planted, price, walk)
    hotel = best_limit(100, found, price, walk) / 100
    what = "what a full night of five rooms loses by its limit (yuan)"
    for method, toward, limit in (
        ("critical ratio, from late losses and walk cost", "", best_limit(rooms, found, price, walk)),
        ("walk cost left out", "+", best_limit(rooms, found, price, 0)),
        ("treated as a hundred-room hotel", "+", int(np.ceil(rooms * hotel))),
    ):
        yield row("b4", what, method, toward, best - night_margin(limit, rooms, planted, price, walk), 0)


def _by_night(seed):
    """One row an inn and night: rate, bookings that arrive, people who looked, those who found a room."""
    taken = world.make("bookings", seed).groupby(["inn", "arrival"]).size().rename_axis(["inn", "date"]).rename("taken")
    nights = world.make("rates", seed).merge(world.make("searches", seed), on=["inn", "date"])
    nights = (
        nights.merge(world.make("calendar")[["date", "night"]], on="date").join(taken, on=["inn", "date"]).fillna({"taken": 0})
    )
    nights["found"] = nights["searches"] - nights["no_room"]
    policies = world.make("policies", seed).sort_values("since")
    nights = pd.merge_asof(
        nights.sort_values("date"), policies[["inn", "since", "deposit"]], left_on="date", right_on="since", by="inn"
    )
    nights = nights.sort_values(["inn", "date"], ignore_index=True)
    bookings = world.make("bookings", seed)
    sold = nights_of(bookings[bookings["status"] == "stayed"]).groupby(["inn", "night"]).size().rename_axis(["inn", "date"])
    size = world.make("rooms", seed).groupby("inn").size()
    nights["occupancy"] = nights.join(sold.rename("sold"), on=["inn", "date"])["sold"].fillna(0) / nights["inn"].map(size)
    return nights


def sold_out(seed):
    """b5: bookings that nights which filled would have had."""
    nights = _by_night(seed)
    found = stays.requests(seed, False)[1]
    asked = np.zeros((len(nights["inn"].unique()), NOW + 1), int)
    past = found["night"] <= NOW
    np.add.at(asked, (found["inn"][past], found["night"][past]), 1)
    nights["asked"] = asked.ravel()
    full = nights["no_room"] > 0
    what = "arrivals asked for on nights that filled"
    truth = nights.loc[full, "asked"].mean()
    # Of those who found a room, how many book depends on the inn, on its rate that night, and on the deposit it asks.
    x = pd.get_dummies(nights["inn"]).astype(float).assign(rate=np.log(nights["rate"]), deposit=nights["deposit"])
    rest = nights["found"] > 0
    family = sm.families.Poisson()
    fit = sm.GLM(nights.loc[rest, "taken"], x[rest], family=family, offset=np.log(nights.loc[rest, "found"])).fit()
    # Those who found none would have booked as often.
    more = np.exp(x.to_numpy() @ fit.params.to_numpy()) * nights["no_room"]
    # Their number varies by chance (Poisson), and how many book is not known exactly (delta method).
    slope = (more.to_numpy()[:, None] * x.to_numpy()).sum(axis=0)
    variance = more.sum() + slope @ fit.cov_params().to_numpy() @ slope
    filled = nights["taken"] + more
    wide = 1.96 * np.sqrt(variance) / full.sum()
    middle = filled[full].mean()
    yield row("b5", what, "taken, and those who found none at the usual rate", "", middle, truth, middle - wide, middle + wide)
    yield row("b5", what, "sold taken for demand", "-", nights.loc[full, "taken"].mean(), truth)
    yield row("b5", what, "filled twice", "+", (filled + more)[full].mean(), truth)
    what = "arrivals asked for a night, all nights"
    yield row("b5", what, "full nights filled up", "", filled.mean(), nights["asked"].mean())
    yield row("b5", what, "full nights dropped", "-", nights.loc[~full, "taken"].mean(), nights["asked"].mean())


def full_by_the_books(seed):
    """b5: the same from the books alone, night by night: which nights filled, and what they would have had."""
    bookings = world.make("bookings", seed)
    rooms = open_rooms(world.make("rooms", seed), world.make("closures", seed), "2024-03-01", TODAY)
    limit = rooms + world.make("policies", seed).groupby("inn")["overbooking"].first()
    kind = world.make("calendar").set_index("date")["night"]
    nights = full_nights(bookings, limit, kind, by="inn")
    filled = unconstrain(nights, groups=["inn", "kind"])

    found = stays.requests(seed, False)[1]
    asked, shut = np.zeros((inns.inns_in(False), NOW + 1), int), stays.full_share(seed, False)[:, : NOW + 1]
    past = found["night"] <= NOW
    np.add.at(asked, (found["inn"][past], found["night"][past]), 1)
    place = (
        rooms.index.get_level_values("inn").str[1:].astype(int) - 1,
        (rooms.index.get_level_values("night") - pd.Timestamp(FIRST)).days,
    )
    filled = filled.assign(asked=asked[place], shut=shut[place] > 0)
    full = filled[filled["since"].notna()]

    what = "nights that were full at some time (share)"
    yield row("b5", what, "the books reached the rooms on some day ahead", "", len(full) / len(filled), filled["shut"].mean())
    books = booking_curves(nights_of(bookings), [0], by="inn")[0].reindex(limit.index, fill_value=0)
    yield row("b5", what, "full in the end only", "-", (books >= limit).mean(), filled["shut"].mean())

    what, truth = "bookings asked for on a night that was full", full["asked"].mean()
    weighted = "late guests of open nights, weighted with the night's own"
    yield row("b5", what, weighted, "", full["demand"].mean(), truth)
    yield row("b5", what, "sold taken for demand", "-", full["taken"].mean(), truth)
    usual = filled[filled["since"].isna()].groupby(["inn", "kind"])["taken"].mean()
    added = full["taken"] + full["closed"] * full.join(usual.rename("open"), on=["inn", "kind"])["open"]
    yield row("b5", what, "late guests of open nights added", "-", added.mean(), truth)
    kept = full[full["closed"] < 0.99]
    yield row("b5", what, "taken by the part that was not shut out", "+", (kept["taken"] / (1 - kept["closed"])).mean(), truth)
    # The second witness, as simply as the lesson has it: one rate for an inn and a kind of night.
    looked = world.make("searches", seed).rename(columns={"date": "night"}).set_index(["inn", "night"]).reindex(filled.index)
    both = filled.assign(no_room=looked["no_room"], found=looked["searches"] - looked["no_room"])
    rate = both.groupby(["inn", "kind"])[["taken", "found"]].sum()
    refused = (both["no_room"] * both.join((rate["taken"] / rate["found"]).rename("rate"), on=["inn", "kind"])["rate"])[
        full.index
    ]
    yield row(
        "b5", what, "those who found none at the usual rate of the kind of night", "", (full["taken"] + refused).mean(), truth
    )
    yield row("b5", what, "filled twice: by the books and by those who found none", "+", (full["demand"] + refused).mean(), truth)

    for one in full[::17].itertuples():
        hidden = one.asked - one.taken
        yield row("b5", "bookings that one full night could not take", weighted, "", one.hidden, hidden, one.low, one.high)

    year = full[full.index.get_level_values("night") >= "2025-01-01"].assign(missed=full["asked"] - full["taken"]).groupby("inn")
    sums = year[["hidden", "missed"]].sum()[year.size() >= 40]
    what = "how far off one inn's year is, with 40 full nights or more (share of the bookings it could not take)"
    if len(sums):  # a quiet county may have no such inn
        yield row("b5", what, weighted, "", (sums["hidden"] / sums["missed"] - 1).abs().mean(), 0)
        yield row("b5", what, "sold taken for demand", "+", 1, 0)

    what, truth = "full nights that one more room would have been asked for (share)", (full["asked"] > full["taken"]).mean()
    yield row("b5", what, "chance of one guest at least", "", full["chance"].mean(), truth)
    yield row("b5", what, "every guest who could not book counted", "+", full["hidden"].mean(), truth)
    yield row("b5", what, "every full night counted", "+", 1, truth)

    what, truth = "bookings asked for a night, all nights, by the books", filled["asked"].mean()
    yield row("b5", what, "full nights filled up", "", filled["demand"].mean(), truth)
    yield row("b5", what, "full nights dropped", "-", filled.loc[filled["since"].isna(), "taken"].mean(), truth)


def prices(seed):
    """b6 and b7: how guests answer to price."""
    nights, truth = _by_night(seed), inns.elasticity(seed)
    what = "elasticity of demand in the rate"
    test = world.make("price_test", seed).merge(nights.drop(columns="rate"), on=["inn", "date"])
    week = test["date"].dt.isocalendar().week
    found = response_of_test(test["taken"], test["rate"], test["arm"] == "higher", week, lookers=test["found"])
    yield row("b6", what, "the price test", "", *_with_truth(found, truth))

    def slope(rows, *others):
        """Ordinary least squares of log bookings on log rate within inns."""
        x = np.column_stack([np.log(rows["rate"]), *others])
        x, y = (
            v - pd.DataFrame(v, index=rows.index).groupby(rows["inn"]).transform("mean").to_numpy().reshape(v.shape)
            for v in (x, np.log(rows["taken"].to_numpy()))
        )
        return np.linalg.lstsq(x, y, rcond=None)[0][0]

    some = nights[nights["taken"] > 0]
    yield row("b6", what, "upward slope believed", "+", slope(some), truth)
    yield row("b6", what, "occupancy 'controlled for'", "+", slope(some, some["occupancy"]), truth)
    some = test[test["taken"] > 0]
    arms = some.groupby("arm")[["taken", "rate"]].agg(taken=("taken", "mean"), rate=("rate", lambda r: np.exp(np.log(r).mean())))
    dropped = np.log(arms.loc["higher", "taken"] / arms.loc["lower", "taken"]) / np.log(
        arms.loc["higher", "rate"] / arms.loc["lower", "rate"]
    )
    yield row("b6", what, "nights with no sale dropped by a log", "+", dropped, truth)
    found = two_way_response(nights["taken"], nights["rate"], nights["inn"], nights["date"], lookers=nights["found"])
    yield row("b7", what, "Poisson with inn and date effects", "", *_with_truth(found, truth))
    # The best rate follows from the elasticity, the cost of a night and the commission.
    table = world.make("inns", seed)
    table = table[table["variable_cost"] > 10]
    what = "best rate of an inn without a full house (yuan)"
    share = 1 + 1 / truth
    right = (table["variable_cost"] / (1 - table["commission"]) / share).mean()
    yield row(
        "b7",
        what,
        "elasticity as found",
        "",
        (table["variable_cost"] / (1 - table["commission"]) / (1 + 1 / found[0])).mean(),
        right,
    )
    yield row("b7", what, "gross price optimized instead of net", "-", (table["variable_cost"] / share).mean(), right)


def _with_truth(found, truth):
    return found[0], truth, found[1], found[2]


ALL = [ledger, pickup, cancellations, late_losses, overbooking, sold_out, full_by_the_books, prices]
