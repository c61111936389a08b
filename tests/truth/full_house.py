"""Module B, lessons 4 and 5: overbooking and sold-out nights, against what was planted."""

import numpy as np
import pandas as pd
import statsmodels.api as sm

from coursekit import methods, world
from coursekit.methods.intervals import wilson
from coursekit.methods.overbooking import best_limit, night_margin
from coursekit.methods.pickup import booking_curves, nights_of
from coursekit.methods.sold_out import full_nights, open_rooms, unconstrain
from coursekit.world import guests, inns, rates, stays
from coursekit.world.county import FIRST, NOW, TODAY
from coursekit.world.desk import serve
from truth import row
from truth.shared import by_night, chances, with_truth


def late_losses(seed):
    """b4: rooms lost too late to sell again."""
    bookings = world.make("bookings", seed)
    lead = (bookings["arrival"] - bookings["booked"]).dt.days
    every = (bookings["arrival"] <= TODAY) & (lead >= 2)
    on_the_eve = every & ~((bookings["arrival"] - bookings["canceled"]).dt.days >= 1)
    # Planted: a fifth go within a day of booking, the others at any time until the evening of arrival.
    found = stays.requests(seed, False)[1]
    got = {k: v[found["accepted"]] for k, v in found.items()}
    chance, wait = chances(bookings.assign(lead=lead)), got["night"] - got["booked"]
    before = guests.AT_ONCE + (1 - guests.AT_ONCE) * wait / (wait + 0.95)
    here = on_the_eve.to_numpy()
    truth = ((chance * (1 - before) + (1 - chance) * guests.NO_SHOW) / (1 - chance * before))[here].mean()
    what = "bookings of the eve lost on the day (share)"
    yield row("b4", what, "late cancellations and no-shows", "", *with_truth(methods.late_losses(bookings, TODAY), truth))
    gone = every & bookings["status"].isin(["canceled", "no-show"])
    yield row("b4", what, "early cancellations counted as loss", "+", *with_truth(wilson(gone.sum(), every.sum()), truth))


def _costs(seed):
    """What a sold night leaves after commission and variable cost, on average over stays, and what a walk costs."""
    bookings, table = world.make("bookings", seed), world.make("inns", seed).set_index("inn")
    stayed = bookings[bookings["status"] == "stayed"]
    own = table.loc[stayed["inn"]].set_index(stayed.index)
    share = own["commission"].where(stayed["channel"] == "platform", 0)
    left = stayed["price"] / stayed["nights"] * (1 - share) - own["variable_cost"]
    return left.mean(), own["walk_cost"].mean()


def overbooking(seed):
    """b4: what a full night of a five-room inn, and of twenty such inns as one, loses by its limit, against the best one."""
    right, all_lost = late_losses(seed)
    price, walk = _costs(seed)
    found, planted = 1 - right["estimate"], 1 - right["truth"]
    early = 1 - all_lost["estimate"]

    def lost(rooms, limit):
        best = night_margin(best_limit(rooms, planted, price, walk), rooms, planted, price, walk)
        return best - night_margin(limit, rooms, planted, price, walk)

    def limits(what, rooms, others):
        limit = best_limit(rooms, found, price, walk)
        yield row("b4", what, "critical ratio, from late losses and walk cost", "", lost(rooms, limit), 0)
        for method, limit in others.items():
            yield row("b4", what, method, "+", lost(rooms, limit), 0)

    hotel = best_limit(100, found, price, walk)
    yield from limits("what a full night of five rooms loses by its limit (yuan)", 5, {
        "walk cost left out": 2 * 5 + 1,  # no limit at all: twice the rooms and one stands for it
        "treated as a hundred-room hotel": int(np.ceil(5 * hotel / 100)),
        "early cancellations counted as loss, rooms by the share that comes": int(5 / early),
    })  # fmt: skip
    yield from limits("what a full night of twenty pooled inns of five rooms loses by its limit (yuan)", 100, {
        "every inn for itself": 100,
        "early cancellations counted as loss": best_limit(100, early, price, walk),
        "as many as come on average": int(100 / found),
    })  # fmt: skip


def oversold(seed):
    """b4: what one room more left the inns that sell it, in two years: the same guests come again, and none is sold."""
    found, terms = stays.requests(seed, False)[1], inns.policies(seed, False)
    table, caps = inns.inns(seed, False), inns.capacity(seed, False)
    some = np.flatnonzero(terms["overbooking"])
    if not len(some):
        return
    own = np.isin(found["inn"], some)
    asked = {k: v[own] for k, v in found.items()}
    asked["inn"] = np.searchsorted(some, asked["inn"])
    total = np.pad(np.cumsum(rates.rates(seed, False)[some], axis=1), ((0, 0), (1, 0)))
    share = np.where(asked["channel"] == 0, table["commission"][some][asked["inn"]], 0)

    def left(nights, walked):
        slept = (nights > 0) & (asked["night"] <= NOW) & (asked["cancelled"] >= NOW + 1) & asked["comes"] & ~walked
        price = total[asked["inn"], asked["night"] + nights] - total[asked["inn"], asked["night"]]
        stays_leave = price * (1 - share) - nights * table["variable_cost"][some][asked["inn"]]
        return stays_leave[slept].sum() - table["walk_cost"][some][asked["inn"]][walked].sum()

    really = left(asked["nights"], asked["walked"])
    none = left(*serve(asked | {"nights": asked["asked"]}, caps[some], 0, NOW))
    what = "what the inns that sell one room more lose by it in two years (yuan)"
    bookings, cost = world.make("bookings", seed), world.make("inns", seed).set_index("inn")["walk_cost"]
    walks = bookings.loc[bookings["status"] == "walked", "inn"].map(cost)
    yield row("b4", what, "guests walked by what a walk costs", "", walks.sum(), none - really)
    yield row("b4", what, "rooms filled, walks left out", "-", 0, none - really)


def sold_out(seed):
    """b5: bookings that nights which filled would have had."""
    nights = by_night(seed).copy()
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


ALL = [late_losses, overbooking, oversold, sold_out, full_by_the_books]
