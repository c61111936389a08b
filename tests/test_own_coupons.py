"""`bring` on coupons: who bore them, from exports in three languages; no buyer is in them."""

import json

import pandas as pd
import pytest
from test_own import traces, write

from coursekit import bring, load
from coursekit.errors import Plain
from coursekit.headers import COUPON_STATES, COUPONS, PRIVATE
from coursekit.own import MEMORY
from coursekit.reading import plain

TMALL = """优惠券核销明细 2025-11-30,,,,,,,,,,,,,
订单编号,核销时间,优惠券名称,使用门槛,优惠券面额,券状态,优惠前金额,优惠金额,买家实付,商家承担,平台补贴,买家昵称,收货人,收货人手机号
'4123456789012345678,2025/11/14 20:03:11,满200减30,满200元可用,30.00,已核销,￥228.00,￥30.00,￥198.00,￥15.00,￥15.00,小莲,王秀兰,13912345678
'4123456789012345679,2025/11/14 20:05:40,店铺新客券,无门槛,10.00,已核销,￥75.00,-￥10.00,￥65.00,￥10.00,￥0.00,阿珍,陈阿珍,13800001111
'4123456789012345680,2025/11/15 09:12:00,满200减30,满200减30,30.00,已退款,￥210.00,￥30.00,￥180.00,￥15.00,￥15.00,小莲,王秀兰,13912345678
'4123456789012345681,2025/11/15 10:00:00,,,,未用券,￥60.00,￥0.00,￥60.00,￥0.00,￥0.00,阿珍,陈阿珍,13800001111
,,店铺新客券,无门槛,10.00,已过期,,￥10.00,,￥10.00,￥0.00,,,
合计,,,,,,￥573.00,￥80.00,￥503.00,￥50.00,￥30.00,,,
"""

SPANISH = """Número de pedido;Fecha de uso;Nombre del cupón;Monto mínimo;Valor del cupón;Estado del cupón;Importe antes del cupón;Descuento;Pagado por el comprador;Aportado por la tienda;Nombre;Teléfono;Correo electrónico
A-1;04/11/2025 20:03;BUENFIN50;500,00;50,00;Canjeado;1.176,50;50,00;1.126,50;20,00;María López;+52 477 123 4567;maria@example.mx
A-2;25/11/2025 8:05 p. m.;BUENFIN50;500,00;50,00;Reembolsado;600,00;50,00;550,00;20,00;José Núñez;+52 477 765 4321;jose@example.mx
A-3;26/11/2025 9:15 a. m.;;;;Sin cupón;75,00;0,00;75,00;0,00;José Núñez;+52 477 765 4321;jose@example.mx
"""

ENGLISH = """Order ID,Order date,Coupon name,Minimum spend,Product,Discount amount,Paid by buyer,Platform subsidy,Buyer Username,Recipient,Phone
576460752303423488,11/14/2025 8:03:11 PM,HELLO10,none,White tea,$10.00,"$1,166.00",$4.00,lotus88,Wang Xiulan,13912345678
576460752303423489,11/14/2025 8:05:40 PM,,,Bamboo basket,$0.00,$70.00,$0.00,zhen_66,Chen Azhen,13800001111
"""

# One row a coupon, with no order in it.
LIST = """优惠券名称,面值,领取时间,使用状态,手机号
店铺优惠券,15,2025-11-01,已使用,13912345678
店铺优惠券,15,2025-11-01,未使用,13800001111
店铺优惠券,15,2025-10-01,已过期,13700002222
"""

EXPORTS = {
    "Tmall": (TMALL, "gb18030", ["used", "used", "refunded", "no coupon", "expired"]),
    "in Spanish": (SPANISH, "cp1252", ["used", "refunded", "no coupon"]),
    "in English": (ENGLISH, "utf-8-sig", ["used", "no coupon"]),
    "a list of coupons": (LIST, "gb18030", ["used", "unused", "expired"]),
}
PEOPLE = [
    "王秀兰",
    "陈阿珍",
    "小莲",
    "阿珍",
    "139123",
    "138000",
    "137000",
    "María",
    "José",
    "477",
    "example.mx",
    "lotus88",
    "zhen_66",
    "Xiulan",
]


def brought(tmp_path, text, encoding="utf-8", **settings):
    return bring(write(tmp_path, text, encoding, "coupons.csv"), as_="coupons", **settings)


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_become_coupons_and_no_buyer_is_in_them(tmp_path, capsys, name):
    text, encoding, statuses = EXPORTS[name]
    table = brought(tmp_path, text, encoding)
    said = capsys.readouterr().out
    assert table["status"].to_list() == statuses
    for person in PEOPLE:
        assert person not in traces(tmp_path, table, said), person
    assert "left out before anything else" in said
    assert list(table.columns) == [c for c in COUPONS if c in table]
    idle = table["status"].isin(["unused", "expired", "no coupon"])
    assert (table.loc[idle, "coupon"] == 0).all()
    assert (table.loc[~idle, "coupon"] > 0).all()
    if "shop_pays" in table:
        assert (table["shop_pays"] + table["platform_pays"]).to_list() == table["coupon"].to_list()
    if "amount" in table:
        orders = table[table["amount"].notna()]
        assert (orders["before"] - orders["coupon"]).to_list() == orders["amount"].to_list()


def test_tmall(tmp_path, capsys):
    table = brought(tmp_path, TMALL, "gb18030")
    assert table["order"].iloc[0] == "4123456789012345678"
    assert table["date"].astype(str).to_list()[:2] == ["2025-11-14", "2025-11-14"]
    assert table["least"].to_list()[:3] == [200, 0, 200]
    assert table["coupon"].to_list() == [30, 10, 30, 0, 0]
    assert table["shop_pays"].to_list() == [15, 10, 15, 0, 0]
    assert table["person"].to_list()[:4] == [1, 2, 1, 2]
    said = capsys.readouterr().out
    assert "coupon: 0 in 1 row (line 7), for a coupon that was not used took nothing off." in said
    assert "below zero in 1 row (line 4), taken without the minus sign" in said
    used = table[table["status"] == "used"]
    assert (used["shop_pays"].sum(), used["platform_pays"].sum(), len(used)) == (25, 15, 2)


def test_the_sum_at_the_end_is_no_coupon(tmp_path, capsys):
    assert len(brought(tmp_path, TMALL, "gb18030")) == 5
    assert "because 1 row (line 8) holds a sum" in capsys.readouterr().out
    table = brought(tmp_path, TMALL.replace("合计,,", ",,"), "gb18030")
    assert len(table) == 5
    assert "neither an order, a day nor a status stands in 1 row (line 8)" in capsys.readouterr().out


def test_what_is_missing_is_made_from_the_rest_and_said(tmp_path, capsys):
    table = brought(tmp_path, SPANISH, "cp1252")
    assert table["before"].iloc[0] == 1176.5
    assert table["platform_pays"].to_list() == [30, 30, 0]
    said = capsys.readouterr().out
    assert "platform_pays: what was taken off less what the other side bears." in said
    table = brought(tmp_path, ENGLISH, "utf-8-sig")
    assert table["before"].to_list() == [1176, 70]
    assert table["shop_pays"].to_list() == [6, 0]
    assert table["product"].to_list() == ["White tea", "Bamboo basket"]
    said = capsys.readouterr().out
    assert "before: what the buyer paid and what was taken off together." in said
    assert "status: there is no such column" in said
    brought(tmp_path, LIST, "gb18030")
    said = capsys.readouterr().out
    assert "the face value was taken for the used ones" in said
    assert "the file does not say who bears the coupon; your contract does" in said


@pytest.mark.parametrize(("columns", "values", "made", "says"), [
    ("优惠前金额,实付金额", "100,85", {"coupon": [15]}, "the order before the coupon less what the buyer paid"),
    ("优惠前金额,商家承担,平台承担", "100,10,5", {"coupon": [15], "amount": [85]}, "what the shop and the platform bear together"),
    ("优惠前金额,优惠金额", "100,15", {"amount": [85]}, "less what was taken off"),
    ("优惠金额,平台承担", "15,20", {"shop_pays": [0]}, "together not what was taken off, in 1 row (line 2)"),
    ("优惠前金额,优惠金额,实付金额", "100,15,91", {"amount": [91]}, "perhaps freight or another offer is in it"),
    ("优惠金额", "0", {"status": ["no coupon"]}, "taken as one with a coupon"),
])  # fmt: skip
def test_money_is_made_from_what_there_is(tmp_path, capsys, columns, values, made, says):
    table = brought(tmp_path, f"订单号,{columns}\n7,{values}\n")
    assert says in capsys.readouterr().out
    for column, expected in made.items():
        assert table[column].to_list() == expected, column


def test_an_order_in_two_lines_is_told(tmp_path, capsys):
    brought(tmp_path, "order id,coupon amount,paid\n7,10,90\n7,5,90\n8,5,40\n")
    assert "the number of 2 rows (lines 2, 3) stands in another line, too" in capsys.readouterr().out


def test_a_status_and_a_column_are_taught_once(tmp_path, capsys):
    text = "Bestellung,Rabatt,Stand\n7,10,Eingelöst\n8,10,Abgelaufen\n"
    with pytest.raises(Plain, match='looks like "coupon", nor like "yuan_off". Its columns are: Bestellung, Rabatt, Stand'):
        brought(tmp_path, text)
    told = {"order": "Bestellung", "coupon": "Rabatt", "status": "Stand"}
    assert brought(tmp_path, text, columns=told)["status"].isna().all()
    said = capsys.readouterr().out
    assert 'what these mean: Abgelaufen, Eingelöst. Say so with words={"Abgelaufen": "used"}; or "unused", "expired"' in said
    words = {"Eingelöst": "used", "Abgelaufen": "expired"}
    assert brought(tmp_path, text, words=words)["status"].to_list() == ["used", "expired"]
    assert brought(tmp_path, text)["coupon"].to_list() == [10, 0]
    assert json.loads((tmp_path / MEMORY).read_text(encoding="utf-8"))
    with pytest.raises(Plain, match='words says "True" for "x"; one of used, no coupon, unused, expired, refunded'):
        brought(tmp_path, text, words={"x": True})


def test_a_phone_number_in_a_coupons_name_is_left_out(tmp_path, capsys):
    table = brought(tmp_path, "order id,coupon name,coupon amount,paid\n7,for 13912345678,10,90\n8,for a@b.cn,10,90\n")
    left = traces(tmp_path, table, capsys.readouterr().out)
    assert "139" not in left
    assert "a@b" not in left


def test_excel_is_read_like_csv(tmp_path):
    path = tmp_path / "coupons.xlsx"
    pd.DataFrame({"订单号": ["7", "8"], "使用时间": pd.to_datetime(["2025-11-14", "2025-11-16"]), "优惠金额": [10, 0], "实付": [90, 40],
                  "收货人": "王秀兰"}).to_excel(path, index=False)  # fmt: skip
    table = bring(path, as_="coupons")
    assert table["before"].to_list() == [100, 40]
    assert table["status"].to_list() == ["used", "no coupon"]


def test_every_known_name_and_state_means_one_thing():
    names = [plain(n) for _, _, names in COUPONS.values() for n in names.split(",")]
    assert len(set(names)) == len(names)
    states = [plain(n) for names in COUPON_STATES.values() for n in names.split(",")]
    assert len(set(states)) == len(states)
    assert set(load("coupon_orders").columns) <= set(COUPONS)
    assert not {plain(n) for n in PRIVATE.split(",")} & set(names)


def test_the_example_is_what_the_county_makes_and_no_buyer_of_it_stays(tmp_path, capsys):
    from conftest import ROOT

    from coursekit.world.export import example_coupons

    example = example_coupons()
    assert (ROOT / "curriculum" / "c_promotion" / "example_coupons.csv").read_bytes() == example
    path = tmp_path / "example_coupons.csv"
    path.write_bytes(example)
    table = bring(path, as_="coupons")
    left = traces(tmp_path, table, capsys.readouterr().out)
    lines = example.decode("gb18030").splitlines()
    assert "非真实数据" in lines[0]
    for line in lines[2:]:
        buyer, name, phone = line.split(",")[11:14]
        assert not any(x and x in left for x in (buyer, name, phone))
    orders, redeemed = load("coupon_orders"), load("coupon_orders")["coupon"] > 0
    own = table[table["order"] != ""]
    assert len(own) == len(orders)
    assert own["amount"][redeemed.to_numpy()].to_list() == orders["amount"][redeemed].to_list()
    for name in ("date", "person"):
        assert own[name].dtype in (orders[name].dtype, "Int64")
    assert (table["shop_pays"] + table["platform_pays"]).to_list() == table["coupon"].to_list()
