"""The days of the county: weekends, holidays that move with the moon, seasons, good and bad weeks.

Facts: days off and working weekends are those the State Council announced (kept by the library
`holidays`). A resort's prices follow the season by 0.57 to 2.10 (hotel booking demand, doi
10.1016/j.dib.2018.11.126). Assumptions: the season's exact shape, what a weekend and a holiday
add, and a county-wide mood (weather, talk of the town) that lasts about a week.
"""

import functools

import holidays
import numpy as np
import pandas as pd

from coursekit.world.county import DAYS, FIRST, LAST_NIGHT, dates, pick, stream
from coursekit.world.fields import field

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NIGHTS = ["weekday", "weekend", "holiday"]
NAMES = {
    "New Year": "New Year",
    "Chinese New Year": "Spring Festival",
    "Tomb-Sweeping": "Qingming",
    "Labor Day": "Labor Day",
    "Dragon Boat": "Dragon Boat Festival",
    "National Day": "Golden Week",
    "Mid-Autumn": "Mid-Autumn Festival",
}
# Demand of a night at an unchanged price, against a night before a working day.
NIGHT_DEMAND = np.array([1.0, 1.9, 4.6])
MOOD_SD, MOOD_LASTS = 0.47, 0.85  # log size of the county's mood; share kept from day to day


@functools.cache
def calendar():
    """Every day: its weekday, whether it is a day off, the holiday, and what kind of night follows.

    A night is called by the day after it: the night before a day off is a weekend's or a holiday's.
    """
    days = pd.date_range(FIRST - 7, LAST_NIGHT + 7)
    china = holidays.country_holidays("CN", years=sorted(set(days.year)), language="en_US")
    named = np.array([d.date() in china for d in days])
    working = np.array([d.date() in china.weekend_workdays for d in days])
    off = named | ((days.day_of_week >= 5) & ~working)
    # A holiday is a run of days off that holds a named day; it is called by its first name.
    run = np.cumsum(np.r_[True, off[1:] != off[:-1]])
    name = pd.Series([_short(china.get(d.date(), "")) for d in days])
    holiday = name.where(name != "").groupby(run).transform("first").where(off, "").fillna("")
    night = np.where(holiday.shift(-1, fill_value="") != "", 2, np.where(np.r_[off[1:], False], 1, 0))
    table = pd.DataFrame({
        "date": days, "weekday": pick(WEEKDAYS, days.day_of_week), "day_off": off, "holiday": holiday,
        "night": pick(NIGHTS, night)})  # fmt: skip
    return table[(table["date"] >= FIRST) & (table["date"] <= LAST_NIGHT)].reset_index(drop=True)


def _short(name):
    """The course's name of a holiday; of several that fall together, the longest holiday's."""
    return next((ours for theirs, ours in NAMES.items() if name.startswith(theirs)), "")


@functools.cache
def night_codes():
    """The kind of each night, as its place in NIGHTS."""
    return calendar()["night"].map(NIGHTS.index).to_numpy()


def season():
    """Demand of each day against the year's middle, without weekends and holidays: two highs, spring-summer and autumn."""
    day = (dates(np.arange(DAYS)) - dates(np.arange(DAYS)).astype("datetime64[Y]")).astype(int)
    turn = 2 * np.pi * day / 365.25
    return np.exp(0.3 * np.cos(turn - 2 * np.pi * 200 / 365) + 0.18 * np.cos(2 * turn - 4 * np.pi * 110 / 365))


@functools.lru_cache(maxsize=2)
def mood(seed):
    """The county-wide mood of each day, as the log of demand."""
    step = stream(seed, "mood").normal(size=DAYS) * MOOD_SD
    step[1:] *= np.sqrt(1 - MOOD_LASTS**2)
    level = np.empty(DAYS)
    level[0] = step[0]
    for day in range(1, DAYS):
        level[day] = MOOD_LASTS * level[day - 1] + step[day]
    return level


def demand(seed):
    """Demand of each night at an unchanged price, as a multiple of a middling weekday."""
    return season() * NIGHT_DEMAND[night_codes()] * np.exp(mood(seed))


TABLES = {
    "calendar": {
        "title": "The days: days off, holidays, kinds of nights",
        "module": "b_homestay",
        "synthetic": False,
        "key": ["date"],
        "make": lambda seed, full: calendar(),
        "fields": [
            field("date", "date", "The day", required=True, unique=True),
            field("weekday", "string", "Its day of the week", required=True, enum=WEEKDAYS),
            field("day_off", "boolean", "True when most people need not work", required=True),
            field("holiday", "string", "The public holiday it belongs to, or empty"),
            field("night", "string", "The night that starts on this day", required=True, enum=NIGHTS),
        ],
    },
}
