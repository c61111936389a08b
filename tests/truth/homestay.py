"""Module B, lessons 1 to 3: room nights, pick-up, cancellations and deposits, against what was planted."""

import numpy as np
import pandas as pd
import statsmodels.api as sm

from coursekit import world
from coursekit.methods.cancellations import EDGES
from coursekit.methods.intervals import wilson
from coursekit.methods.pickup import booking_curves, nights_of, pickup_forecast
from coursekit.world import guests, inns, stays
from coursekit.world.county import FIRST, NOW, TODAY
from coursekit.world.days import night_codes
from truth import row
from truth.shared import by_night, chances, with_truth


def ledger(seed):
    """b1: occupancy and ADR of 2025, from bookings."""
    bookings, year = world.make("bookings", seed), slice(366, NOW + 1)
    open_rooms = inns.capacity(seed, False)[:, year].sum()
    stayed = bookings[bookings["status"] == "stayed"]
    found = stays.requests(seed, False)[1]
    slept = found["accepted"] & (stays.status(found) == stays.STAYED)
    inside = np.zeros(NOW + 20, int)
    for step in range(guests.LONGEST):
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
        yield row("b2", what, "additive pick-up by weekday", "", *with_truth(found, sold))
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


def cancellations(seed):
    """b3: who cancels, by lead time, and what a deposit does."""
    bookings = world.make("bookings", seed)
    bookings["lead"] = (bookings["arrival"] - bookings["booked"]).dt.days
    bookings["chance"] = chances(bookings)
    gone = bookings["status"] == "canceled"
    over = bookings["arrival"] <= TODAY
    early = bookings["lead"].between(31, 60)
    what = "bookings made 31 to 60 days ahead that are canceled (share)"

    def rate(rows, lost=gone):
        return with_truth(wilson(lost[rows].sum(), rows.sum()), bookings.loc[rows, "chance"].mean())

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
        *with_truth(wilson((gone[over] == (known["chance"] > 0.5)).sum(), len(known)), possible),
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
        guests.CANCELS[1],
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
        guests.DEPOSIT_KEEPS,
        low,
        high,
    )


def deposits(seed):
    """b3: what a deposit of half the price keeps, and which guests it keeps from booking."""
    bookings = world.make("bookings", seed)
    known = bookings[bookings["arrival"] <= TODAY].assign(lead=lambda b: (b["arrival"] - b["booked"]).dt.days)
    lost, early = known["status"] == "canceled", known["lead"] >= 15
    none, half = ({"deposit": part} for part in (0.0, 0.5))
    truth = (chances(known.assign(**none)) - chances(known.assign(**half))).mean()
    group = np.searchsorted(EDGES, known["lead"], side="right")
    share = pd.Series(group).value_counts(normalize=True)

    def rate(part):
        rows = (known["deposit"] == part).to_numpy()
        return (lost[rows].groupby(group[rows]).mean() * share).sum()

    what = "canceled bookings that a deposit of half the price saves (share)"
    yield row("b3", what, "within lead times", "", rate(0.0) - rate(0.5), truth)
    asked, free = (known["deposit"] > 0) & early, (known["deposit"] == 0) & ~early
    yield row(
        "b3", what, "early bookings with a deposit against late ones without", "-", lost[free].mean() - lost[asked].mean(), truth
    )
    nights = by_night(seed)
    rest = nights[nights["found"] > 0]
    x = pd.get_dummies(rest["inn"]).astype(float).assign(rate=np.log(rest["rate"]), deposit=rest["deposit"])
    fit = sm.GLM(rest["taken"], x, family=sm.families.Poisson(), offset=np.log(rest["found"])).fit()
    low, high = np.exp(0.5 * fit.conf_int().loc["deposit"])
    what = "guests who still book when half the price is asked at once (share)"
    truth = np.exp(-0.5 * guests.DEPOSIT_DETERS)
    yield row(
        "b3", what, "bookings of those who found a room, within inns", "", np.exp(0.5 * fit.params["deposit"]), truth, low, high
    )
    yield row("b3", what, "judged by cancellations alone: everybody books", "+", 1.0, truth)


ALL = [ledger, pickup, cancellations, deposits]
