"""`bring` on bookings: exports of platforms in three languages become load("bookings"); no guest is in them."""

import json

import pandas as pd
import pytest
from test_own import traces, write

from coursekit import bring, load, measures, methods
from coursekit.bookings import COLUMNS, STATUSES
from coursekit.errors import Plain
from coursekit.headers import BOOKINGS, HELPERS, KINDS, PRIVATE, STAYS
from coursekit.reading import plain

CTRIP = """酒店订单明细,,,,,,,,,,,,,,,
订单号,酒店名称,房型,入住人,入住日期,离店日期,间数,间夜,卖价,佣金,订单状态,预订时间,取消时间,联系电话,身份证号,备注
'30112233445,山居,大床房,王秀兰,2025/11/14,2025/11/16,1,2,￥776.00,116.40,已离店,2025/11/02 20:03:11,,13912345678,330106199001011234,晚到
'30112233446,山居,双床房,陈阿珍,2025/11/15,2025/11/18,2,6,"￥2,328.00",349.20,待入住,2025/11/13 00:10:00,,13800001111,330106199202021235,
'30112233447,山居,大床房,王秀兰,2025/11/20,2025/11/21,1,1,￥388.00,0,已取消,2025/11/03 09:00:00,2025/11/10 23:59:00,13912345678,330106199001011234,改日再来
'30112233448,山居,大床房,李小莲,2025/11/12,2025/11/13,1,1,￥388.00,58.20,未入住,2025/11/11 09:00:00,,13700002222,330106199303031236,
"""

TUJIA = """订单编号,房源名称,房客姓名,手机号,下单时间,入住日期,离店日期,间夜,入住人数,订单总额(元),定金,订单状态,取消时间
A01,竹里,王秀兰,13912345678,2025-11-02 20:03,2025-11-14,2025-11-16,2,3,800,160,已入住,
A02,竹里,陈阿珍,13800001111,2025-11-05 08:00,2025-11-15,2025-11-16,1,2,400,80,客人取消,2025-11-09 10:00
A03,松间,李小莲,13700002222,2025-11-06 08:00,2025-12-01,2025-12-02,1,2,400,0,已确认,
"""

BOOKING = """Book number,Booked by,Guest name(s),Check-in,Check-out,Booked on,Status,Rooms,Persons,Adults,Children,Price,Commission %,Commission amount,Payment status,Remarks,Booker country,Unit type,Duration (nights),Cancellation date,Address,Phone number
3817740346,Quinn Patrick,Patrick Quinn,2025-11-14,2025-11-16,2025-10-01 08:00:12,ok,1,2,2,0,280.5 EUR,15,42.08 EUR,,Late arrival,ie,Double Room,2,,"5 Mill Lane, Cork",+353 87 123 4567
3817740347,Núñez José,José Núñez,2025-11-20,2025-11-22,2025-10-02 09:00:00,cancelled_by_guest,1,2,2,0,300 EUR,15,0 EUR,,,mx,Double Room,2,2025-11-19 07:00:00,"Calle Alhóndiga 5, Guanajuato",+52 477 765 4321
3817740348,Quinn Patrick,Patrick Quinn,2025-11-10,2025-11-11,2025-11-09 10:00:00,no_show,1,1,1,0,150 EUR,15,22.5 EUR,,,ie,Double Room,1,,"5 Mill Lane, Cork",+353 87 123 4567
3817740349,Wang Xiulan,Wang Xiulan,2025-12-24,2025-12-27,2025-11-18 10:00:00,ok,2,5,5,0,900 EUR,15,135 EUR,,,cn,Double Room,3,,"1 Pearl Road, Zhuji",13912345678
"""

AIRBNB = """Confirmation code,Status,Guest name,Contact,# of adults,# of children,# of infants,Start date,End date,# of nights,Booked,Listing,Earnings
HMABC1,Past guest,Patrick Quinn,+353 87 123 4567,2,1,0,03/04/2025,03/06/2025,2,2025-02-20,Lemon room,"$1,180.00"
HMABC2,Canceled by guest,Wang Xiulan,13912345678,2,0,0,03/15/2025,03/18/2025,3,2025-02-21,Lemon room,$0.00
HMABC3,Arriving in 3 days,José Núñez,+52 477 765 4321,1,0,0,03/25/2025,03/26/2025,1,2025-03-20,Rose room,$95.50
"""

AIRBNB_ES = """Código de confirmación;Estado;Nombre del huésped;Contacto;# de adultos;# de niños;Fecha de inicio;Fecha de finalización;# de noches;Reservado;Anuncio;Ganancias
HMX1;Huésped anterior;María López;+52 477 123 4567;2;0;04/11/2025;06/11/2025;2;20/10/2025;Casa Alhóndiga 2;$1.180,50
HMX2;Cancelada por el huésped;José Núñez;+52 477 765 4321;2;0;25/11/2025;26/11/2025;1;1/11/2025;Casa Alhóndiga 2;$0,00
"""

SPANISH = """Número de reserva;Reservado por;Huésped;Teléfono;Fecha de entrada;Fecha de salida;Fecha de reserva;Estado;Habitaciones;Huéspedes;Precio total;Comisión;Fecha de cancelación;Comentarios
R-1;María López;María López;+52 477 123 4567;14 nov 2025;16 nov 2025;2 nov 2025 20:03;Alojado;1;2;1.176,50;176,48;;llegan tarde
R-2;José Núñez;José Núñez;+52 477 765 4321;20 nov 2025;21 nov 2025;3 nov 2025 8:05 p. m.;Cancelada;1;2;600,00;0,00;10 nov 2025;
R-3;José Núñez;José Núñez;+52 477 765 4321;12 nov 2025;13 nov 2025;11 nov 2025;No presentado;1;1;600,00;90,00;;
R-4;María López;María López;+52 477 123 4567;20 dic 2025;22 dic 2025;12 nov 2025;Confirmada;1;2;1.400,00;210,00;;
"""

DIARY = """入住日期,天数,人数,房费,姓名,电话
2025年11月14日,2,3,776元,王秀兰,13912345678
2025年11月15日,1,2,388元,陈阿珍,13800001111
合计,3,5,1164元,,
"""

EXPORTS = {
    "Ctrip": (CTRIP, "gb18030", ["stayed", "open", "open", "canceled", "no-show"]),
    "Tujia": (TUJIA, "utf-8-sig", ["stayed", "canceled", "open"]),
    "Booking.com": (BOOKING, "utf-8", ["stayed", "canceled", "no-show", "open", "open"]),
    "Airbnb": (AIRBNB, "utf-8", ["stayed", "canceled", "open"]),
    "Airbnb in Spanish": (AIRBNB_ES, "cp1252", ["stayed", "canceled"]),
    "in Spanish": (SPANISH, "utf-8", ["stayed", "canceled", "no-show", "open"]),
    "a diary": (DIARY, "gb18030", ["stayed", "stayed"]),
}
PEOPLE = ["王秀兰", "陈阿珍", "李小莲", "139123", "138000", "137000", "330106", "Quinn", "Patrick", "Núñez", "José", "María", "López", "Xiulan", "477",
          "353", "Mill Lane", "Pearl Road", "晚到", "改日", "Late arrival", "llegan"]  # fmt: skip


def brought(tmp_path, text, encoding="utf-8", **settings):
    return bring(write(tmp_path, text, encoding, "bookings.csv"), as_="bookings", **settings)


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_become_bookings_and_no_guest_is_in_them(tmp_path, capsys, name):
    text, encoding, statuses = EXPORTS[name]
    table = brought(tmp_path, text, encoding)
    said = capsys.readouterr().out
    assert table["status"].to_list() == statuses
    for person in PEOPLE:
        assert person not in traces(tmp_path, table, said), person
    assert "left out before anything else" in said
    county = load("bookings")
    assert list(table.columns) == [c for c in COLUMNS if c in table]
    for column in table.columns.drop(["booking", "price", "commission"], errors="ignore"):
        assert table[column].dtype == county[column].dtype, column
    stayed = table[table["status"] == "stayed"]
    assert len(methods.nights_of(stayed)) == stayed["nights"].sum() > 0
    assert measures.adr(stayed["price"].sum(), stayed["nights"].sum()) > 0
    if "booked" in table:
        assert methods.booking_curves(methods.nights_of(table), [0, 7]).loc[stayed["arrival"].iloc[0], 0] > 0
        rates = methods.cancel_rates(table, table["arrival"].max())
        assert rates["canceled"].sum() == (table["status"] == "canceled").sum()


def test_ctrip(tmp_path, capsys):
    table = brought(tmp_path, CTRIP, "gb18030")
    assert table["booking"].to_list() == ["30112233445", "30112233446", "30112233446", "30112233447", "30112233448"]
    assert table["nights"].to_list() == [2, 3, 3, 1, 1]  # two rooms, three nights: a row a room
    assert table["price"].to_list() == [776, 1164, 1164, 388, 388]
    assert table["commission"].sum() == pytest.approx(116.4 + 349.2 + 58.2)
    assert table["booked"].astype(str).to_list()[1] == "2025-11-13"
    assert table["canceled"].astype(str).to_list()[3] == "2025-11-10"
    said = capsys.readouterr().out
    assert "rooms: several in 1 booking (line 4); each room has a row" in said
    assert "入住人, 联系电话, 身份证号, 备注" in said


def test_tujia_has_deposits_as_parts_of_the_price_and_several_houses(tmp_path):
    table = brought(tmp_path, TUJIA, "utf-8-sig")
    assert table["deposit"].to_list() == [0.2, 0.2, 0]
    assert table["inn"].to_list() == ["竹里", "竹里", "松间"]
    assert table["guests"].to_list() == [3, 2, 2]
    assert table["nights"].to_list() == [2, 1, 1]


def test_booking_com(tmp_path, capsys):
    table = brought(tmp_path, BOOKING)
    assert table["price"].to_list() == [280.5, 300, 150, 450, 450]
    assert table["commission"].to_list() == [42.08, 0, 22.5, 67.5, 67.5]  # the amount, not the percent
    assert table["guests"].to_list() == [2, 2, 1, 3, 2]
    assert "2025-11-19 is the last day" in capsys.readouterr().out


def test_airbnb_pays_out_after_its_commission(tmp_path, capsys):
    table = brought(tmp_path, AIRBNB)
    assert table["arrival"].dt.month.to_list() == [3, 3, 3]  # the other dates say that 03/04 is in March
    assert table["price"].to_list() == [1180, 0, 95.5]
    said = capsys.readouterr().out
    assert "its commission is already taken off" in said
    assert "no day of cancellation in 1 booking (line 3)" in said
    assert table["canceled"].dropna().astype(str).to_list() == ["2025-03-15"]
    table = brought(tmp_path, AIRBNB_ES, "cp1252")
    assert table["price"].iloc[0] == 1180.5
    assert table["arrival"].astype(str).to_list() == ["2025-11-04", "2025-11-25"]


def test_a_diary_without_numbers_or_statuses(tmp_path, capsys):
    table = brought(tmp_path, DIARY, "gb18030")
    assert table["nights"].to_list() == [2, 1]
    assert table["inn"].unique().tolist() == ["my inn"]
    assert table["booking"].to_list() == ["2", "3"]
    said = capsys.readouterr().out
    assert "missing or cannot be: 1 booking (line 4)" in said  # the sum at the end
    assert "no day of booking" in said
    assert "is today; of those not canceled, what arrives later is open" in said


HEAD = "booking number,check-in,check-out,booked on,status,price,cancellation date\n"


@pytest.mark.parametrize(("rows", "says", "left"), [
    ("1,2025-11-16,2025-11-14,2025-11-01,ok,100,\n", "departure is not after the arrival: 1 booking (line 2)", 1),
    ("1,2025-11-16,2025-11-16,2025-11-01,ok,100,\n", "departure is not after the arrival: 1 booking (line 2)", 1),
    ("1,soon,2025-11-16,2025-11-01,ok,100,\n", "missing or cannot be: 1 booking (line 2)", 1),
    ("1,2025-11-16,2052-11-17,2025-11-01,ok,100,\n", "missing or cannot be: 1 booking (line 2)", 1),
    ("1,2025-11-16,2025-11-17,2025-11-18,ok,100,\n", "booked: after the arrival in 1 booking (line 2)", 2),
    ("1,2025-11-16,2025-11-17,,ok,100,\n", "booked: no day of booking in 1 booking (line 2)", 2),
    ("1,2025-11-16,2025-11-17,2025-11-01,ok,100,2025-11-02\n", "but another status", 2),
    ("1,2025-11-16,2025-11-17,2025-11-01,cancelled,100,\n", "no day of cancellation in 1 booking (line 2)", 2),
    ("1,2025-11-16,2025-11-17,2025-11-01,Bestätigt,100,\n", 'what these mean: Bestätigt. Say so with words={"Bestätigt": "stayed"}', 2),
    ("1,2025-11-16,2025-11-17,2025-11-01,ok,abc,\n", 'price: not understood and left empty in 1 of 2 rows (line 2: "…")', 2),
    ("1,2025-11-16,2025-11-17,2025-11-01,ok,1,000,,Wang Xiulan\n", "more cells than there are columns: line 2", 1),
    ("9,2025-11-16,2025-11-17,2025-11-01,ok,100,\n", "the number of 2 bookings (lines 2, 3) stands in another line", 2),
])  # fmt: skip
def test_every_mistake_of_a_file_is_told(tmp_path, capsys, rows, says, left):
    table = brought(tmp_path, HEAD + rows + "9,2025-11-20,2025-11-21,2025-11-19,ok,100,\n")
    said = capsys.readouterr().out
    assert says in said
    assert "Wang" not in said
    assert len(table) == left
    assert table["nights"].dtype == "int64"
    methods.booking_curves(methods.nights_of(table), [0, 7])
    assert methods.cancel_rates(table, "2025-12-31")["bookings"].sum() == table["booked"].notna().sum()


def test_a_file_of_which_nothing_is_left_is_one_error(tmp_path):
    with pytest.raises(Plain, match="(?s)departure is not after the arrival: 1 booking.*No line of bookings.csv is left"):
        brought(tmp_path, HEAD + "1,2025-11-16,2025-11-14,2025-11-01,ok,100,\n")


def test_a_last_column_without_a_name_is_no_shift(tmp_path, capsys):
    table = brought(tmp_path, "check-in,nights,price,deposit\n2025-11-16,2,100,20,Wang Xiulan\n2025-11-17,1,100,0,Wang Xiulan\n")
    assert table["deposit"].to_list() == [0.2, 0]
    assert "Wang" not in traces(tmp_path, table, capsys.readouterr().out)
    assert "deposit" not in brought(tmp_path, "check-in,nights,deposit\n2025-11-16,2,20\n")


def test_a_status_is_taught_once(tmp_path, capsys):
    text = HEAD + "1,2025-11-16,2025-11-17,2025-11-01,Bestätigt,100,\n2,2025-12-30,2025-12-31,2025-11-19,Bestätigt,100,\n"
    assert brought(tmp_path, text)["status"].isna().all()
    for taught, statuses in [("walked", ["walked", "walked"]), ("confirmed", ["stayed", "open"])]:
        assert brought(tmp_path, text, words={"Bestätigt": taught})["status"].to_list() == statuses
        assert brought(tmp_path, text)["status"].to_list() == statuses
    with pytest.raises(Plain, match='words says "True" for "ok"; one of stayed, confirmed, open'):
        brought(tmp_path, text, words={"ok": True})


def test_columns_are_taught_and_one_of_several_is_enough(tmp_path):
    text = "Gast,Ankunft,Abreise,Betrag\nWang,2025-11-16,2025-11-18,100\n"
    with pytest.raises(Plain, match='looks like "arrival"'):
        brought(tmp_path, text)
    with pytest.raises(Plain, match='looks like "nights", nor like "departure". Its columns are: Gast, Ankunft, Abreise, Betrag'):
        brought(tmp_path, text, columns={"arrival": "Ankunft"})
    told = {"arrival": "Ankunft", "departure": "Abreise", "price": "Betrag"}
    assert brought(tmp_path, text, columns=told)["nights"].to_list() == [2]
    assert brought(tmp_path, text)["price"].to_list() == [100]
    with pytest.raises(Plain, match="the columns of bookings are booking, inn"):
        brought(tmp_path, text, columns={"ordered": "Ankunft"})


@pytest.mark.parametrize(("columns", "values", "says", "made"), [
    ("间夜", "2", "nights of one room", {"nights": [2]}),
    ("间夜,间数", "6,2", "rooms: several in", {"nights": [3, 3]}),
    ("间夜,离店日期", "6,2025-11-19", "rooms: several in", {"nights": [3, 3]}),
    ("间夜,离店日期", "5,2025-11-19", "not one that fits the nights, in 1 booking (line 2)", {"nights": [3]}),
    ("晚数,间数", "2,99999", "not a number of rooms that can be", {"nights": [2]}),
    ("晚数,离店日期", "2,2025-11-19", "the days were taken", {"nights": [3]}),
    ("晚数,间数,离店日期", "6,2,2025-11-19", "rooms: several in", {"nights": [3, 3]}),  # room nights under another name
    ("晚数,房费,佣金率", "1,200,15", "became amounts", {"commission": [30]}),
    ("晚数,房费,佣金", "1,200,15%", "became amounts", {"commission": [30]}),
    ("晚数,房费,佣金", "1,200,30", "", {"commission": [30]}),
    ("晚数,房费,定金", "1,200,20%", "", {"deposit": [0.2]}),
    ("晚数,间数,房费,定金,佣金", "1,2,200,40,30", "parts of the price", {"price": [100, 100], "deposit": [0.2, 0.2], "commission": [15, 15]}),
    ("晚数,房费,结算价", "1,200,170", "less what the platform pays out", {"commission": [30]}),
    ("晚数,结算价,佣金", "1,170,30", "what the platform pays out, and its commission", {"price": [200]}),
    ("晚数,间数,结算价", "1,2,170", "already taken off", {"price": [85, 85]}),
])  # fmt: skip
def test_nights_and_money_are_made_from_what_there_is(tmp_path, capsys, columns, values, says, made):
    table = brought(tmp_path, f"入住日期,{columns}\n2025-11-16,{values}\n")
    assert says in capsys.readouterr().out
    for column, numbers in made.items():
        assert table[column].to_list() == pytest.approx(numbers), column


def test_guests_that_are_names_are_not_shown(tmp_path, capsys):
    """A column that should hold a number holds names: neither the table nor a sentence repeats them."""
    table = brought(tmp_path, "check-in,nights,guests\n2025-11-16,2,Wang Xiulan\n2025-11-17,2,王秀兰 13912345678\n")
    assert table["guests"].isna().all()
    left = traces(tmp_path, table, capsys.readouterr().out)
    assert not any(p in left for p in PEOPLE)


def test_a_phone_number_in_a_channel_is_left_out(tmp_path, capsys):
    table = brought(tmp_path, "check-in,nights,channel,property\n2025-11-16,2,phone 13912345678,Barn a@b.cn\n")
    assert "139" not in traces(tmp_path, table, capsys.readouterr().out)
    assert table["inn"].iloc[0].startswith("Barn")


def test_excel_is_read_like_csv(tmp_path):
    path = tmp_path / "bookings.xlsx"
    days = pd.to_datetime(["2025-11-14", "2025-11-16"])
    pd.DataFrame({"入住日期": days, "离店日期": days + pd.Timedelta(days=2), "总价": [776, 388], "客人姓名": "王秀兰"}).to_excel(
        path, index=False
    )
    table = bring(path, as_="bookings")
    assert table["nights"].to_list() == [2, 2]
    assert table["price"].sum() == 1164


def test_every_known_name_and_state_means_one_thing():
    names = [plain(n) for _, _, names in BOOKINGS.values() for n in names.split(",")]
    assert len(set(names)) == len(names)
    states = [plain(n) for names in STAYS.values() for n in names.split(",")]
    assert len(set(states)) == len(states)
    assert set(STATUSES) | {"confirmed"} == set(STAYS)
    assert set(COLUMNS) - set(load("bookings").columns) == {"commission"}
    assert set(HELPERS) <= set(BOOKINGS)
    private = {plain(n) for n in PRIVATE.split(",")}
    for kind in (KINDS["orders"], BOOKINGS):
        assert not private & {plain(n) for _, _, ours in kind.values() for n in ours.split(",")}


@pytest.fixture(scope="module")
def example():
    from coursekit.world.export import example_bookings

    return example_bookings()


def test_the_example_is_what_the_county_makes_and_no_guest_of_it_stays(tmp_path, capsys, example):
    from conftest import ROOT

    assert (ROOT / "curriculum" / "b_homestay" / "example_export.csv").read_bytes() == example
    path = tmp_path / "example_export.csv"
    path.write_bytes(example)
    table = bring(path, as_="bookings")
    left = traces(tmp_path, table, capsys.readouterr().out)
    for line in example.decode("gb18030").splitlines()[2:]:
        name, phone, identity = line.split(",")[13:16]
        assert not any(x in left for x in (name, phone, identity))
    assert "People's own, left out before anything else: 入住人, 联系电话, 身份证号, 备注." in left
    assert json.loads(next(tmp_path.glob("*.json")).read_text(encoding="utf-8"))


def test_the_steps_of_the_module_give_the_same_on_the_example_as_on_the_countys_table(tmp_path, example):
    path = tmp_path / "example_export.csv"
    path.write_bytes(example)
    own = bring(path, as_="bookings")
    county = load("bookings")
    county = county[(county["inn"] == "I002") & (county["arrival"] >= "2025-01-01")].reset_index(drop=True)
    for column in ["booked", "arrival", "nights", "guests", "deposit", "price", "status", "canceled"]:
        assert (own[column].isna() == county[column].isna()).all(), column
        assert (own[column].dropna() == county[column].dropna()).all(), column
    of_own, of_county = methods.nights_of(own), methods.nights_of(county)
    pd.testing.assert_series_equal(of_own["night"], of_county["night"])
    curves = methods.booking_curves(of_own, [0, 7, 14])
    pd.testing.assert_frame_equal(curves, methods.booking_curves(of_county, [0, 7, 14]))
    assert methods.pickup_forecast(curves, "2025-11-21", 7) == methods.pickup_forecast(
        methods.booking_curves(of_county, [0, 7]), "2025-11-21", 7
    )
    pd.testing.assert_frame_equal(methods.cancel_rates(own, "2025-12-31"), methods.cancel_rates(county, "2025-12-31"))
    stayed = own[own["status"] == "stayed"]
    revenue, sold = stayed["price"].sum(), stayed["nights"].sum()
    platform = stayed[stayed["channel"] == "平台"]
    assert platform["commission"].sum() == pytest.approx(0.15 * platform["price"].sum())
    assert measures.net_adr(revenue, sold, stayed["commission"].sum() / revenue) < measures.adr(revenue, sold)
