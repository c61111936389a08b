"""What the rooms of module B share: planted chances, nights with their rates and guests, the answer to price."""

import functools

import numpy as np
import pandas as pd

from coursekit import world
from coursekit.methods.pickup import nights_of
from coursekit.methods.response import two_way_response
from coursekit.world import guests


def chances(rows):
    """Planted: the chance that each booking is canceled."""
    level, slope = guests.CANCELS
    logit = level + slope * np.log1p(rows["lead"]) + guests.DEPOSIT_KEEPS * rows["deposit"]
    return np.where(rows["repeat_guest"], guests.REPEAT_CANCELS, 1) / (1 + np.exp(-logit))


@functools.lru_cache(maxsize=1)
def by_night(seed):
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
    nights["rooms_taken"] = nights.join(sold.rename("sold"), on=["inn", "date"])["sold"].fillna(0)
    nights["occupancy"] = nights["rooms_taken"] / nights["inn"].map(size)
    return nights


@functools.lru_cache(maxsize=1)
def response(seed):
    """Elasticity, low and high, of all inns together."""
    nights = by_night(seed)
    return two_way_response(nights["taken"], nights["rate"], nights["inn"], nights["date"], lookers=nights["found"])


def with_truth(found, truth):
    return found[0], truth, found[1], found[2]
