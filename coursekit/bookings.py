"""What `bring` makes of a platform's bookings: the columns of load("bookings"), and every step told.

The functions of module B need a day of arrival and nights in every row; a row without them is left out
by its line. What the file does not say is taken in the usual way and said.
"""

import numpy as np
import pandas as pd

from coursekit.headers import BOOKINGS, HELPERS
from coursekit.reading import places

LONGEST, LARGEST = 365, 200  # nights and rooms of a booking; more is a slip of the pen
COLUMNS = [name for name in BOOKINGS if name not in HELPERS]
STATUSES = ["open", "stayed", "canceled", "no-show", "walked"]


def completed(table, said, first):
    """The bookings with what follows from other columns. first: the line of the file that holds row 0."""
    said = _Teller(said, first)
    if "booking" in table:
        again = table["booking"].duplicated(keep=False) & (table["booking"] != "")
        said.rows(again, "booking: the number of {} stands in another line, too; each line is taken as one booking.")
    table = _with_nights(table, said)
    table = _known_books(table, said)
    table = _one_room_a_row(table, said)
    table = _with_money(table, said)
    table = _with_status(table, said)
    if "inn" not in table:
        table["inn"] = "my inn"
        said.add("inn: there is no such column, so all bookings are taken as one inn's.")
    if "booking" not in table:
        table["booking"] = [str(i + first) for i in table.index]
        said.add("booking: there is no such column, so each booking has the number of its line.")
    return table[[name for name in COLUMNS if name in table]].reset_index(drop=True)


class _Teller:
    """Sentences about rows, with their lines in the file."""

    def __init__(self, said, first):
        self.said, self.first = said, first

    def add(self, sentence):
        self.said.append(sentence)

    def rows(self, which, sentence):
        """Say a sentence when it is true of some rows; {} in it becomes their number and their lines."""
        rows = list(dict.fromkeys(which.index[which.fillna(False).astype(bool)]))
        if rows:
            self.add(sentence.format(f"{len(rows)} booking{'s' if len(rows) > 1 else ''} ({places(rows, self.first)})"))


def _with_nights(table, said):
    """Nights from the dates where there are two, else as the file says; rows without a night are left out."""
    empty = pd.Series(np.nan, index=table.index)
    column = {name: table[name].astype("float") if name in table else empty for name in ("nights", "rooms", "room_nights")}
    rooms = column["rooms"].where(column["rooms"] >= 1)
    dates = (table["departure"] - table["arrival"]).dt.days if "departure" in table else empty
    nights = dates.fillna(column["nights"]).fillna(column["room_nights"] / rooms.fillna(1))
    guess = dates.isna() & column["nights"].isna() & nights.notna() & rooms.isna()
    said.rows(guess, "nights: the room nights were taken as the nights of one room in {}.")
    other = column["nights"].notna() & (dates >= 1) & (column["nights"] != dates) & (column["nights"] != dates * rooms)
    said.rows(other, "nights: not the days from arrival to departure in {}; the days were taken.")
    rooms = rooms.fillna((column["room_nights"] / nights).where(nights >= 1)).fillna(1)
    odd = (rooms % 1 > 0) | ~rooms.between(1, LARGEST)
    said.rows(odd, "rooms: not a number of rooms that can be, or not one that fits the nights, in {}; one room was taken.")
    back, bad = dates < 1, table["arrival"].isna() | nights.isna() | (nights % 1 > 0) | ~nights.between(1, LONGEST)
    said.rows(back, "Left out, because the departure is not after the arrival: {}.")
    said.rows(bad & ~back, "Left out, because the arrival or the number of nights is missing or cannot be: {}.")
    keep = ~(bad | back)
    return table.assign(nights=nights, rooms=rooms.mask(odd, 1))[keep].astype({"nights": "int64", "rooms": "int64"})


def _known_books(table, said):
    """The day of booking is not after the arrival."""
    if "booked" not in table:
        said.add("booked: there is no day of booking, so there is nothing about lead times and what was on the books.")
        return table
    late = table["booked"] > table["arrival"]
    said.rows(late, "booked: after the arrival in {}; taken as booked on the day of arrival.")
    said.rows(
        table["booked"].isna(),
        "booked: no day of booking in {}: counted in nights and money, but not on the books and in no lead time.",
    )
    return table.assign(booked=table["booked"].mask(late, table["arrival"]))


def _one_room_a_row(table, said):
    """A booking of several rooms becomes as many rows, each with its part of the guests and the money."""
    rooms = table["rooms"]
    said.rows(rooms > 1, "rooms: several in {}; each room has a row of its own, with its part of the money.")
    for name in ("price", "commission", "earned"):
        if name in table and not _shares(table[name]):
            table[name] = table[name] / rooms
    if "deposit" in table and not _shares(table["deposit"]):
        table["deposit"] = table["deposit"] / rooms
    parts = table.loc[table.index.repeat(rooms)]
    if "guests" in parts:
        number = parts.groupby(level=0).cumcount()
        parts["guests"] = parts["guests"] // parts["rooms"] + (number < parts["guests"] % parts["rooms"]).astype("Int64")
    return parts


def _shares(values):
    """True when a column holds parts of the price, such as 0.2, and not money."""
    return not (values > 1).any()


def _with_money(table, said):
    """Price, commission in money, deposit as a part of the price."""
    if "earned" in table and "price" not in table:
        if "commission" in table and not _shares(table["commission"]):
            table["price"] = table["earned"] + table["commission"]
            said.add("price: what the platform pays out, and its commission.")
        else:
            table["price"] = table["earned"]
            said.add("price: what the platform pays out, for there is no other; its commission is already taken off.")
    elif "earned" in table and "commission" not in table:
        table["commission"] = (table["price"] - table["earned"]).where(table["earned"] > 0, 0.0)
        said.add("commission: the price less what the platform pays out.")
    if "price" not in table:
        return table.drop(columns=["deposit", "commission"], errors="ignore")  # parts of nothing
    if "commission" in table and _shares(table["commission"]):
        table["commission"] = table["commission"] * table["price"]
        said.add("commission: parts of the price became amounts.")
    if "deposit" in table and not _shares(table["deposit"]):
        table["deposit"] = (table["deposit"] / table["price"].where(table["price"] > 0)).clip(0, 1)
        said.add("deposit: amounts became parts of the price.")
    return table


def _with_status(table, said):
    """Statuses of ours; a day of cancellation for canceled bookings and for no other."""
    known = "status" in table
    days = table["canceled"] if "canceled" in table else pd.Series(pd.NaT, index=table.index, dtype="datetime64[s]")
    status = table["status"] if known else pd.Series("confirmed", index=table.index, dtype="str").mask(days.notna(), "canceled")
    if not known:
        said.add("status: there is no such column; what has no day of cancellation is taken as not canceled.")
    last = pd.concat([table["booked"], days]).max() if "booked" in table else pd.NaT
    what = "the last day on which something was booked or canceled"
    if pd.isna(last):
        last, what = pd.Timestamp.now().normalize(), "today"
    # A guest who is still to come has not stayed away.
    sure, ahead = status == "confirmed", table["arrival"] > last
    unsure = sure | (status == "no-show") & ahead
    if unsure.any():
        said.add(f"status: {last:%Y-%m-%d} is {what}; of those not canceled, what arrives later is open.")
    status = status.mask(unsure & ahead, "open").mask(sure & ~ahead, "stayed")
    gone = status == "canceled"
    other = days.notna() & ~gone & status.notna()
    said.rows(other, "canceled: a day of cancellation, but another status, in {}; the status was taken.")
    without = gone & days.isna()
    said.rows(
        without, "canceled: no day of cancellation in {}; the day of arrival was taken, so they stay on the books too long."
    )
    return table.assign(status=status, canceled=days.mask(other).mask(without, table["arrival"]))
