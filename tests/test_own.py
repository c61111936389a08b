"""`bring`: exports in three languages become the course's tables; nobody's name, number or address stays."""

import io
import json

import numpy as np
import pandas as pd
import pytest

from coursekit import bring, reading
from coursekit.errors import Plain
from coursekit.headers import KINDS
from coursekit.own import MEMORY

CHINESE = """店铺订单导出 2025-11-30,,,,,,,,,
主订单编号,商品名称,商品数量,商品单价(元),订单应付金额（元）,优惠金额,订单状态,订单提交时间,买家昵称,收货人,收件人手机号,收货地址,买家留言
'4123456789012345678,安吉白茶 250克,2,￥88.00,"￥1,176.00",0.00,交易成功,2025/11/14 20:03:11,小莲,王秀兰,13912345678,浙江省诸暨市山下湖镇1号,请尽快
'4123456789012345679,竹篮,1,￥75.00,￥70.00,5.00,等待买家付款,2025/11/14 20:05:40,阿珍,陈阿珍,13800001111,浙江省新昌县,
'4123456789012345680,安吉白茶 250克,1,￥88.00,￥88.00,0.00,已退款,2025/11/15 09:12:00,小莲,王秀兰,13912345678,浙江省诸暨市山下湖镇1号,电话13912345678
"""

SPANISH = """Número de pedido;Fecha de creación;Producto;Cantidad;Importe total;Descuento;Reembolso;Estado del pedido;Nombre;Teléfono;Dirección;Correo electrónico
A-1;04/11/2025 20:03;Té blanco;2;1.176,50;0,00;0,00;Entregado;María López;+52 477 123 4567;Calle Alhóndiga 5, Guanajuato;maria@example.mx
A-2;25/11/2025 8:05 p. m.;Canasta;1;70,00;5,00;70,00;Reembolsado;José Núñez;+52 477 765 4321;León;jose@example.mx
A-3;26/11/2025 9:15 a. m.;Canasta;1;75,00;0,00;0,00;Pendiente de pago;José Núñez;+52 477 765 4321;León;jose@example.mx
"""

ENGLISH = """Order ID,Created Time,Product Name,Quantity,Order Amount,Status,Buyer Username,Recipient,Phone,Address
576460752303423488,11/14/2025 8:03:11 PM,"White tea, 250 g",2,"$1,176.00",Shipped,lotus88,Wang Xiulan,13912345678,"1 Pearl Road, Zhuji"
576460752303423489,11/14/2025 8:05:40 PM,Bamboo basket,1,$70.00,Unpaid,zhen_66,Chen Azhen,13800001111,Xinchang
"""

PEOPLE = ["王秀兰", "陈阿珍", "小莲", "阿珍", "13912345678", "13800001111", "山下湖", "María", "José", "477", "Alhóndiga", "example.mx", "lotus88",
          "Xiulan", "Pearl Road"]  # fmt: skip


def write(tmp_path, text, encoding, name="orders.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def traces(tmp_path, table, said):
    """Everything that is left of an export after it was brought, but the export itself."""
    left = [p.read_text(encoding="utf-8") for p in tmp_path.iterdir() if p.suffix == ".json"]
    return table.to_csv() + said + repr(table.attrs) + "".join(left)


@pytest.mark.parametrize(("text", "encoding"), [
    (CHINESE, "gb18030"), (CHINESE, "utf-8"), (CHINESE, "utf-8-sig"), (CHINESE, "utf-16"), (SPANISH, "cp1252"), (SPANISH, "utf-8"),
    (ENGLISH, "utf-8-sig"), (ENGLISH, "utf-16"),
])  # fmt: skip
def test_exports_become_orders_and_nobody_is_in_them(tmp_path, capsys, text, encoding):
    table = bring(write(tmp_path, text, encoding), as_="orders")
    said = capsys.readouterr().out
    assert table["amount"].iloc[0] == (1176.5 if text is SPANISH else 1176)
    assert table["pieces"].iloc[:2].to_list() == [2, 1]
    assert table["paid"].iloc[:2].to_list() == [True, text is SPANISH]
    assert str(table["ordered"].iloc[0]) == ("2025-11-04 20:03:00" if text is SPANISH else "2025-11-14 20:03:11")
    for person in PEOPLE:
        assert person not in traces(tmp_path, table, said), person
    assert "left out before anything else" in said
    if text is SPANISH:
        assert table["refund"].to_list() == [0, 70, 0]
        assert table["ordered"].dt.hour.to_list() == [20, 20, 9]
        assert not table["paid"].iloc[2]
    elif text is CHINESE:
        assert table["person"].to_list() == [1, 2, 1]
        assert table["order"].iloc[0] == "4123456789012345678"  # a long number loses no digit


def test_excel_is_read_like_csv(tmp_path, capsys):
    rows = [
        line.split(",") for line in ENGLISH.replace('"White tea, 250 g"', "White tea").replace('"$1,176.00"', "1176").splitlines()
    ]
    path = tmp_path / "orders.xlsx"
    pd.DataFrame([r[:10] for r in rows[1:]], columns=rows[0]).assign(
        **{"Created Time": pd.to_datetime(["2025-11-14 20:03:11"] * 2)}
    ).to_excel(path, index=False)
    table = bring(path, as_="orders")
    assert table["amount"].to_list() == [1176, 70]
    assert str(table["ordered"].iloc[0]) == "2025-11-14 20:03:11"
    assert not any(p in traces(tmp_path, table, capsys.readouterr().out) for p in PEOPLE)


def test_shows_are_read_with_their_lengths_and_counts(tmp_path):
    text = '开播时间,直播时长,观看人数,观看次数,成交金额,新增粉丝\n2025年11月14日 20:00,2小时,1.2万,"15,300","¥8,345.50",31\n2025-11-21 19:30,01:30:00,980,1300,¥412,2\n'
    table = bring(write(tmp_path, text, "gb18030"), as_="sessions")
    assert table["viewers"].to_list() == [12_000, 980]
    assert table["minutes"].to_list() == [120, 90]
    assert table["gmv"].sum() == pytest.approx(8757.5)
    assert table["start"].dt.day.to_list() == [14, 21]


def test_what_a_column_is_is_told_once_and_remembered(tmp_path, capsys):
    text = "Nr,When,Kwota,Uwagi\n1,2025-11-14,10.50,x\n2,2025-11-15,abc,x\n"
    path = write(tmp_path, text, "utf-8")
    with pytest.raises(Plain, match='looks like "order".*Nr, When, Kwota'):
        bring(path, as_="orders")
    told = {"order": "Nr", "ordered": "When", "amount": "Kwota"}
    first = bring(path, as_="orders", columns=told)
    assert "left empty in 1 of 2 rows (line 3" in capsys.readouterr().out
    again = bring(write(tmp_path, text, "utf-8", "december.csv"), as_="orders")
    pd.testing.assert_frame_equal(first, again)
    assert np.isnan(again["amount"].iloc[1])
    assert json.loads((tmp_path / MEMORY).read_text(encoding="utf-8"))
    (tmp_path / MEMORY).write_text("{ broken", encoding="utf-8")
    with pytest.raises(Plain, match="looks like"):
        bring(path, as_="orders")


def test_a_wrong_column_that_was_remembered_can_be_changed_taken_back_and_forgotten(tmp_path, capsys):
    path = write(tmp_path, "order,date,amount,Back,Gift\n1,2025-11-14,10,4,3\n", "utf-8")
    assert bring(path, as_="orders", columns={"refund": "Gift"})["refund"].to_list() == [3]
    assert "Remembered" not in capsys.readouterr().out
    assert bring(path, as_="orders")["refund"].to_list() == [3]
    assert MEMORY in capsys.readouterr().out
    assert bring(path, as_="orders", columns={"refund": "Back"})["refund"].to_list() == [4]
    assert bring(path, as_="orders", columns={"refund": None})["refund"].to_list() == [0]
    capsys.readouterr()
    assert bring(path, as_="orders")["refund"].to_list() == [0]
    assert "Not found in the file: product, pieces" in capsys.readouterr().out
    with pytest.raises(Plain, match='looks like "amount"'):
        bring(path, as_="orders", columns={"amount": None})
    (tmp_path / MEMORY).unlink()
    bring(path, as_="orders")
    assert "Remembered" not in capsys.readouterr().out


def test_an_unknown_status_is_asked_about_and_its_meaning_remembered(tmp_path, capsys):
    text = "order,date,amount,status\n1,2025-11-14,10,Betalt\n2,2025-11-14,20,unpaid\n"
    path = write(tmp_path, text, "utf-8")
    table = bring(path, as_="orders")
    assert "Betalt" in capsys.readouterr().out
    assert table["paid"].isna().to_list() == [True, False]
    bring(path, as_="orders", words={"Betalt": True})
    assert bring(path, as_="orders")["paid"].to_list() == [True, False]


@pytest.mark.parametrize(("dates", "month"), [(None, 4), ("day first", 4), ("month first", 3)])
def test_dates_that_could_be_either_are_told(tmp_path, capsys, dates, month):
    path = write(tmp_path, "order,date,amount\n1,03/04/2025,5\n", "utf-8")
    assert bring(path, as_="orders", dates=dates)["ordered"].dt.month.to_list() == [month]
    assert ("were read day first" in capsys.readouterr().out) == (dates is None)


def test_a_phone_number_in_a_product_is_left_out(tmp_path, capsys):
    path = write(tmp_path, "order,date,amount,product\n1,2025-11-14,5,tea for 13912345678 or a@b.cn\n", "utf-8")
    table = bring(path, as_="orders")
    assert "139" not in traces(tmp_path, table, capsys.readouterr().out)
    assert "tea for" in table["product"].iloc[0]


@pytest.mark.parametrize(("data", "says"), [
    (None, "There is no file"), (b"", "holds no table"), (b"order,date,amount\n", "no rows below"), (b"PK\x03\x04nothing", "as Excel"),
    (b"\xd0\xcf\x11\xe0old", "old Excel"), (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 9, "holds no table|looks like|no rows"),
])  # fmt: skip
def test_what_is_no_export_is_one_plain_sentence(tmp_path, data, says):
    path = tmp_path / "orders.csv"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(Plain, match=says):
        bring(path, as_="orders")


@pytest.mark.parametrize("bad", [{"as_": "order"}, {"as_": "orders", "dates": "us"}, {"as_": "orders", "columns": {"sum": "amount"}},
                                 {"as_": "orders", "columns": {"amount": "nothing"}}])  # fmt: skip
def test_bad_requests_are_one_plain_sentence(tmp_path, bad):
    with pytest.raises(Plain):
        bring(write(tmp_path, "order,date,amount\n1,2025-01-01,3\n", "utf-8"), **bad)


def test_the_modules_steps_run_on_ones_own_orders(tmp_path):
    from coursekit import measures, methods

    table = bring(write(tmp_path, SPANISH, "cp1252"), as_="orders")
    gmv, unpaid = table["amount"].sum(), table.loc[~table["paid"].astype(bool), "amount"].sum()
    assert measures.net_sales(gmv, unpaid, table["refund"].sum()) == pytest.approx(1176.5)
    assert len(methods.wilson(int(table["paid"].sum()), len(table))) == 3


def test_every_known_name_means_one_column_of_a_kind():
    from coursekit.reading import plain

    for kind in KINDS.values():
        for ours, (reader, _, names) in kind.items():
            assert reader in reading.READERS
            assert len({plain(n) for n in names.split(",")}) == len(names.split(",")), ours


def test_a_folder_that_cannot_be_written_costs_only_the_memory(tmp_path, capsys, monkeypatch):
    from pathlib import Path

    path = write(tmp_path, ENGLISH, "utf-8")
    monkeypatch.setattr(Path, "write_text", lambda *a, **k: (_ for _ in ()).throw(OSError(30, "Read-only file system")))
    assert len(bring(path, as_="orders")) == 2
    assert "could not be remembered" in capsys.readouterr().out


def test_a_large_export_is_read_in_seconds(tmp_path):
    rng = np.random.default_rng(1)
    big = pd.DataFrame({"order id": np.arange(60_000), "order time": pd.Timestamp("2025-01-01") + pd.to_timedelta(rng.integers(0, 3e7, 60_000), unit="s"),
                        "order amount": rng.integers(100, 9999, 60_000) / 100, "status": "paid"})  # fmt: skip
    out = io.StringIO()
    big.to_csv(out, index=False)
    table = bring(write(tmp_path, out.getvalue(), "utf-8"), as_="orders")
    assert table["amount"].sum() == pytest.approx(big["order amount"].sum())
    assert table["ordered"].notna().all()


def test_the_example_is_what_the_county_makes_and_nobody_of_it_stays(tmp_path, capsys):
    from conftest import ROOT

    from coursekit.world.export import HEADER, example_export

    committed = ROOT / "curriculum" / "a_livestream" / "example_export.csv"
    assert committed.read_bytes() == example_export()
    path = tmp_path / "example_export.csv"
    path.write_bytes(example_export())
    table = bring(path, as_="orders")
    said = capsys.readouterr().out
    assert len(table) > 50
    assert table["refund"].gt(0).sum() > 3
    assert not table["paid"].all()
    assert {str(t) for t in table.dtypes} == {"str", "datetime64[s]", "float64", "int64", "bool"}
    left = traces(tmp_path, table, said)
    # The names of the private columns are told; what stood in them is nowhere.
    for line in example_export().decode("gb18030").splitlines()[2:]:
        buyer, name, phone, address = line.split(",")[10:14]
        assert not any(x in left for x in (buyer, name, phone, address))
    assert "收货人电话" in said.split("left out before anything else: ")[1].split("\n")[0]
    assert HEADER.count(",") == 14
