"""How guests of an inn behave: how many look, who books, for when, who cancels, who comes.

The county's inns and the practice inn both take it from here.

Facts (hotel booking demand, doi 10.1016/j.dib.2018.11.126, resort): lead times are a zero-inflated
Gamma of shape 0.77; logit P(cancel) = -2.66 + 0.403 ln(1 + lead); about a fifth of cancellations
come within a day of booking, and for early bookings few in the last week; 1 to 2 % of the kept do
not show up; 3 to 4 % are repeat guests, who cancel a third to a fifth as often; arrivals vary more
than chance. Assumptions: a homestay's level (15 % book on the day; Gamma scale 18 days, 45 before
Golden Week and other long holidays; 1.7 nights a stay), what a deposit does, who books where.
"""

import numpy as np

LOOKS_PER_ROOM = 5.5  # people who look at an inn for a middling weekday, for each of its rooms
BOOKS = 0.05  # of those who look at an inn at its usual price
LOOKS_VARY = 3.0  # gamma shape of an inn's luck with a night: small is wild
SAME_DAY, LEAD_SHAPE, LEAD_SCALE, HOLIDAY_LEAD_SCALE = 0.15, 0.75, 18, 45
MORE_NIGHTS, NIGHTS_SIZE, LONGEST = 0.7, 1.5, 10  # nights beyond the first: negative binomial
CANCELS = (-2.5, 0.403)  # logit of cancelling: level, and slope on ln(1 + lead)
AT_ONCE = 0.2  # of the cancellations: within a day of booking
DEPOSIT_KEEPS = -2.0  # logit of cancelling for a deposit of the whole price
DEPOSIT_DETERS = 0.25  # log of bookings lost by a deposit of the whole price
NO_SHOW, REPEAT, REPEAT_CANCELS = 0.016, 0.035, 0.25
CHANNELS, CHANNEL_SHARES = ["platform", "phone", "live show"], [0.72, 0.2, 0.08]


def lookers(rng, rooms, fame, want):
    """People who look at an inn, night by night; want: demand of each night at an unchanged rate."""
    luck = rng.gamma(LOOKS_VARY, 1 / LOOKS_VARY, len(want))
    return rng.poisson(LOOKS_PER_ROOM * rooms * fame * want * luck)


def chance_to_book(rate, usual, elasticity, deposit):
    """Of those who look, the share that books at a rate and a deposit; usual: the inn's usual price."""
    return np.minimum(BOOKS * (rate / usual) ** elasticity * np.exp(-DEPOSIT_DETERS * deposit), 1)


def wishes(rng, night, holiday):
    """For each person, by the night of arrival: days ahead, time of that day, further nights, and the luck of everything later.

    holiday: True for nights that people book long before.
    """
    n = len(night)
    scale = np.where(holiday, HOLIDAY_LEAD_SCALE, LEAD_SCALE)
    lead = np.where(rng.random(n) < SAME_DAY, 0, np.ceil(rng.gamma(LEAD_SHAPE, scale))).astype(int)
    more = rng.negative_binomial(NIGHTS_SIZE, NIGHTS_SIZE / (NIGHTS_SIZE + MORE_NIGHTS), n)
    time, late = rng.random((2, n))
    cancel, once, show, repeat, channel = rng.random((5, n))
    return {
        "night": night, "lead": lead, "more": more, "time": time, "late": late,
        "cancel": cancel, "once": once, "show": show, "repeat": repeat, "channel": channel,
    }  # fmt: skip


def outcomes(people, deposit):
    """What becomes of bookings: when they are made and given back, and whether the guest comes.

    people: as from `wishes`; deposit: the part of the price paid when booking. Times are days; cancelled is
    infinite for those who never do.
    """
    night, lead, repeat = people["night"], people["lead"], people["repeat"] < REPEAT
    logit = CANCELS[0] + CANCELS[1] * np.log1p(lead) + DEPOSIT_KEEPS * deposit
    cancels = people["cancel"] < np.where(repeat, REPEAT_CANCELS, 1) / (1 + np.exp(-logit))
    booked = night - lead + 0.9 * people["time"]
    # A fifth think better of it within a day; the others at any time until the evening of arrival.
    end = night + 0.95
    left = booked + people["late"] * np.where(people["once"] < AT_ONCE, np.minimum(1, end - booked), end - booked)
    return {
        "night": night, "nights": np.minimum(1 + people["more"], LONGEST), "lead": lead, "booked": booked,
        "cancelled": np.where(cancels, left, np.inf), "comes": people["show"] >= NO_SHOW, "repeat": repeat, "deposit": deposit,
        "channel": np.searchsorted(np.cumsum(CHANNEL_SHARES)[:-1], people["channel"]),
    }  # fmt: skip


def arrivals(rng, count, beds):
    """How many people come with each booking, and their minute of the day; beds: of the inn's largest room."""
    return {
        "guests": np.minimum(1 + rng.binomial(3, 0.4, count), beds),
        "clock": np.minimum(14 * 60 + rng.gamma(2.2, 75, count), 24 * 60 - 1).astype(int),
    }
