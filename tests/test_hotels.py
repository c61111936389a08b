"""The public hotel bookings: read as published, fetched once, and told plainly when they are not there."""

import hashlib
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import nbformat
import pandas as pd
import pytest
from conftest import ROOT

from coursekit import charts, hotels, load, measures, methods
from coursekit.errors import Plain

HEADER = (
    "hotel,is_canceled,lead_time,arrival_date_year,arrival_date_month,arrival_date_week_number,arrival_date_day_of_month,"
    "stays_in_weekend_nights,stays_in_week_nights,adr,is_repeated_guest,deposit_type,reservation_status,reservation_status_date"
)
ROWS = [
    "Resort Hotel,0,3,2016,February,9,27,2,1,100.5,0,No Deposit,Check-Out,2016-03-01",
    "Resort Hotel,1,40,2016,March,10,1,0,2,80,1,Non Refund,Canceled,2016-02-20",
    "City Hotel,1,0,2016,March,10,1,0,1,60,0,No Deposit,No-Show,2016-03-01",
    "City Hotel,0,5,2016,March,10,2,0,0,0,0,No Deposit,Check-Out,2016-03-02",
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "hotels.csv"
    path.write_text("\n".join([HEADER, *ROWS]) + "\n", encoding="utf-8")
    return path


def test_the_published_columns_are_read(file):
    table = hotels.hotel_bookings(file)
    assert table["arrival"].astype(str).to_list() == ["2016-02-27", "2016-03-01", "2016-03-01", "2016-03-02"]
    assert table["booked"].astype(str).to_list() == ["2016-02-24", "2016-01-21", "2016-03-01", "2016-02-26"]
    assert table["nights"].to_list() == [3, 2, 1, 0]
    assert table["status"].to_list() == ["stayed", "canceled", "no-show", "stayed"]
    assert table["canceled"].notna().to_list() == [False, True, False, False]
    assert table["price"].to_list() == [301.5, 160, 60, 0]


def test_the_courses_functions_work_on_it(file):
    table = hotels.hotel_bookings(file)
    stayed = table[table["status"] == "stayed"]
    nights = methods.nights_of(stayed)
    assert nights["night"].dt.strftime("%m-%d").to_list() == ["02-27", "02-28", "02-29"]
    assert measures.adr(stayed["price"].sum(), len(nights)) == 100.5
    curves = methods.booking_curves(methods.nights_of(table), [0, 20])
    assert curves.loc["2016-03-01"].to_list() == [1, 1]
    assert methods.cancel_rates(table, "2016-03-31")["canceled"].sum() == 1


def test_column_names_are_arguments(file):
    """The published columns themselves, without reading them into ours."""
    raw = pd.read_csv(file)
    month = raw["arrival_date_month"].map({"February": 2, "March": 3})
    raw["came"] = pd.to_datetime({"year": raw["arrival_date_year"], "month": month, "day": raw["arrival_date_day_of_month"]})
    raw["length"] = raw["stays_in_weekend_nights"] + raw["stays_in_week_nights"]
    assert len(methods.nights_of(raw, arrival="came", nights="length")) == 6


def test_what_is_missing_is_told_in_a_sentence(file, tmp_path, monkeypatch):
    file.write_text(file.read_text(encoding="utf-8").replace("adr", "rate"), encoding="utf-8")
    with pytest.raises(Plain, match="no column adr"):
        hotels.hotel_bookings(file)
    monkeypatch.setattr(hotels, "_folder", lambda: tmp_path / "nowhere")
    with pytest.raises(Plain, match="coursekit fetch hotel-bookings"):
        hotels.hotel_bookings()


def test_a_notebook_goes_on_without_the_table(file, monkeypatch, capsys):
    monkeypatch.setattr(hotels, "_folder", lambda: file.parent)
    empty = hotels.on_this_machine()
    assert "is not on this machine. With a line, hotels.fetch_hotel_bookings() gets it" in capsys.readouterr().out
    file.rename(file.parent / hotels.NAME)
    table = hotels.on_this_machine()
    assert capsys.readouterr().out == ""
    assert len(table) == 4
    assert len(empty[empty["hotel"] == "Resort Hotel"]) == 0
    assert list(empty.columns) == list(table.columns)


def as_published(bookings, days):
    """The county's bookings with the published columns, moved back by some days."""
    moved = bookings.assign(
        arrival=bookings["arrival"] - pd.Timedelta(days=days), canceled=bookings["canceled"] - pd.Timedelta(days=days)
    )
    status = moved["status"].map({"canceled": "Canceled", "no-show": "No-Show"}).fillna("Check-Out")
    return pd.DataFrame({
        "hotel": "Resort Hotel", "lead_time": (bookings["arrival"] - bookings["booked"]).dt.days, "arrival_date_year": moved["arrival"].dt.year,
        "arrival_date_month": moved["arrival"].dt.month_name(), "arrival_date_day_of_month": moved["arrival"].dt.day, "stays_in_weekend_nights": 0,
        "stays_in_week_nights": moved["nights"], "adr": moved["price"] / moved["nights"], "is_repeated_guest": 0, "deposit_type": "No Deposit",
        "reservation_status": status, "reservation_status_date": moved["canceled"].fillna(moved["arrival"]),
    })  # fmt: skip


def test_the_cells_of_the_lesson_run_with_a_table_and_without(tmp_path, monkeypatch, capsys):
    """Nobody has the table where tests run; bookings of the county stand in for it, with 2025 as 2016."""
    cells = [
        c
        for c in nbformat.read(ROOT / "curriculum" / "b_homestay" / "b2_pickup.ipynb", 4).cells
        if "own-machine" in c.metadata.get("tags", [])
    ]
    assert len(cells) == 3
    monkeypatch.setattr(hotels, "_folder", lambda: tmp_path)
    names = {"pd": pd, "methods": methods, "charts": charts}
    for cell in cells:
        exec(cell.source, names)
    said = capsys.readouterr().out
    assert "is not on this machine" in said
    assert "0 bookings of the resort hotel" in said
    assert names["picture"] == "No table, no picture."
    county = load("bookings")
    as_published(county, 3288).to_csv(tmp_path / hotels.NAME, index=False)
    for cell in cells:
        exec(cell.source, names)
    assert f"{len(county)} bookings of the resort hotel" in capsys.readouterr().out
    log = names["hotel_log"]
    assert (log["pick-up"] - log["sold"]).abs().mean() < (log["last week"] - log["sold"]).abs().mean()
    assert len(names["picture"].table) == 61


@pytest.fixture
def address(tmp_path):
    """A server on this machine that serves a folder."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "other.csv").write_text("not the table", encoding="utf-8")

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *args):
            super().__init__(*args, directory=folder)

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_what_came_is_kept_only_when_it_is_the_table(address, tmp_path, monkeypatch):
    monkeypatch.setattr(hotels, "_folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(hotels, "URL", f"{address}/other.csv")
    with pytest.raises(Plain, match="hash differs"):
        hotels.fetch_hotel_bookings()
    assert not (tmp_path / "kept" / hotels.NAME).exists()
    monkeypatch.setattr(hotels, "HASH", f"sha256:{hashlib.sha256(b'not the table').hexdigest()}")
    assert hotels.fetch_hotel_bookings().read_bytes() == b"not the table"
    monkeypatch.setattr(hotels, "URL", f"{address}/gone.csv")
    monkeypatch.setattr(hotels, "NAME", "another.csv")
    with pytest.raises(Plain, match="could not be fetched"):
        hotels.fetch_hotel_bookings()
