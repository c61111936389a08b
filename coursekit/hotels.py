"""A real hotel's bookings, for those with a line: the public table of two Portuguese hotels.

Antonio, de Almeida & Nunes (2019), "Hotel booking demand datasets", Data in Brief 22, 41-49, doi
10.1016/j.dib.2018.11.126, license CC BY 4.0: 119,390 bookings, arrivals from July 2015 to August 2017.
It is fetched when it is asked for, checked by its hash, and kept outside the course.
"""

import io
from pathlib import Path

import pandas as pd

from coursekit.errors import Plain

NAME = "hotel_bookings.csv"
URL = "https://raw.githubusercontent.com/rfordatascience/tidytuesday/2c423bacc57e4632ff8550557e0bc823eefa31ab/data/2020/2020-02-11/hotels.csv"
HASH = "sha256:7c2ae42a7353905ea136e5c2287f17c92c5435826598bfbb8491c6f0c7b1fc06"
SOURCE = (
    "Antonio, de Almeida & Nunes (2019), Hotel booking demand datasets, doi 10.1016/j.dib.2018.11.126. License: CC BY 4.0 "
    "(you may use and share it when you name the authors)."
)
DATE = {"year": "arrival_date_year", "month": "arrival_date_month", "day": "arrival_date_day_of_month"}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
STATUSES = {"Check-Out": "stayed", "Canceled": "canceled", "No-Show": "no-show"}
NEEDED = [
    "hotel", "lead_time", *DATE.values(), "stays_in_weekend_nights", "stays_in_week_nights", "adr", "is_repeated_guest",
    "deposit_type", "reservation_status", "reservation_status_date",
]  # fmt: skip


def fetch_hotel_bookings():
    """Fetch the table once, 17 MB; returns where it is kept. A plain sentence when there is no line or the file is another."""
    import pooch

    try:
        return Path(pooch.retrieve(URL, HASH, fname=NAME, path=_folder(), progressbar=False))
    except ValueError:
        raise Plain(
            "What came is not the table that this course knows (its hash differs), so it was not kept. Try again later."
        ) from None
    except Exception as error:  # a line fails in many ways
        raise Plain(
            f"The table could not be fetched ({type(error).__name__}). Try again when there is a line; nothing was changed."
        ) from None


def _folder():
    import pooch

    return pooch.os_cache("coursekit")


def hotel_bookings(file=None):
    """The public bookings as a table like load("bookings"); one row a booking.

    file: the CSV with its columns as published; without it, what `coursekit fetch hotel-bookings` kept.
    Columns: hotel, booked, arrival, nights, price (of the whole stay, euro), status (stayed, canceled,
    no-show), canceled (date or empty), repeat_guest, deposit. Raises a plain sentence when the table is not
    there, or lacks a column.
    """
    file = Path(file) if file else _folder() / NAME
    if not file.exists():
        raise Plain(f'{file.name} is not on this machine. With a line, "coursekit fetch hotel-bookings" gets it (17 MB).')
    header = pd.read_csv(file, nrows=0).columns
    missing = [name for name in NEEDED if name not in header]
    if missing:
        raise Plain(f"{file.name} has no column {missing[0]}; the columns of the published table are expected.")
    return _ours(pd.read_csv(file, usecols=NEEDED, keep_default_na=False))


def on_this_machine():
    """hotel_bookings() where the table was fetched; else the same columns without a row, and a sentence that says so.

    For notebooks, which must run without a line, too.
    """
    if (_folder() / NAME).exists():
        return hotel_bookings()
    print("The table of the two hotels is not on this machine. With a line, hotels.fetch_hotel_bookings() gets it (17 MB).")
    return _ours(pd.read_csv(io.StringIO(",".join(NEEDED)), dtype=dict.fromkeys(DATE.values(), "int64")))


def _ours(raw):
    """The published columns as ours."""
    month = raw[DATE["month"]].map({name: n for n, name in enumerate(MONTHS, 1)})
    arrival = pd.to_datetime({"year": raw[DATE["year"]], "month": month, "day": raw[DATE["day"]]}).astype("datetime64[s]")
    nights = raw["stays_in_weekend_nights"] + raw["stays_in_week_nights"]
    status = raw["reservation_status"].map(STATUSES)
    left = pd.to_datetime(raw["reservation_status_date"]).astype("datetime64[s]")
    return pd.DataFrame({
        "hotel": raw["hotel"], "booked": (arrival - pd.to_timedelta(raw["lead_time"], unit="D")).astype("datetime64[s]"), "arrival": arrival, "nights": nights,
        "price": (raw["adr"] * nights).round(2), "status": status, "canceled": left.where(status == "canceled"),
        "repeat_guest": raw["is_repeated_guest"] == 1, "deposit": raw["deposit_type"],
    })  # fmt: skip
