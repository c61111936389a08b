"""Exports as Chinese platforms write them, for those who have none of their own yet. Made up."""

import numpy as np

from coursekit.world import make
from coursekit.world.county import TODAY, stream

GOODS = {
    "plums": "鲜李子", "bamboo shoots": "鲜笋", "zongzi": "手工粽子", "kiwis": "猕猴桃", "free-range eggs": "散养鸡蛋",
    "white tea": "白茶", "green tea": "绿茶", "black tea": "红茶", "tea gift box": "茶叶礼盒", "tea bags": "袋泡茶",
    "dried bamboo": "笋干", "honey": "土蜂蜜", "rice cake": "年糕", "plum wine": "青梅酒", "chili sauce": "辣椒酱",
    "blue-print dress": "蓝印花布裙", "linen shirt": "亚麻衬衫", "embroidered scarf": "绣花围巾", "quilted vest": "棉马甲", "cloth shoes": "布鞋",
    "bamboo basket": "竹篮", "tea cup": "茶杯", "paper lamp": "纸灯笼", "wooden comb": "木梳", "guitar stand": "吉他架",
}  # fmt: skip
FAMILIES = ["王", "陈", "林", "周", "吴", "徐", "朱", "何"]
HEADER = "订单编号,商品名称,商品数量,商品单价,订单金额（元）,优惠金额,退款金额,订单状态,订单提交时间,直播场次,买家昵称,收货人,收货人电话,收货地址,买家留言"
SHOWS = ["S0112", "S0113", "S0114", "S0115"]
INN, HOUSE = "I002", "萤火谷仓"  # Firefly Barn
CHANNELS = {"platform": "平台", "phone": "电话", "live show": "直播间"}
STATUSES = {"stayed": "已离店", "canceled": "已取消", "no-show": "未入住", "open": "待入住", "walked": "到店无房"}
BOOKINGS_HEADER = "订单号,房源名称,渠道,下单时间,入住日期,离店日期,间夜,入住人数,订单金额（元）,定金,佣金,订单状态,取消时间,入住人,联系电话,身份证号,备注"
COUPONS_HEADER = (
    "订单号,下单时间,优惠券名称,使用门槛,面值,券状态,优惠前金额,优惠金额,买家实付,商家承担,平台承担,买家昵称,收货人,联系电话,备注"
)
# A coupon's name, its rule as the platform writes it, least amount, yuan off, and how many of them the shop bears.
COUPON_KINDS = {"shop": ("店铺优惠券", "无门槛", 0, 15, 15), "platform": ("平台满减券", "满100减10", 100, 10, 5)}
UNUSED = 40  # coupons of the example that nobody used


def example_export():
    """Orders of four shows as the bytes of a CSV in GB18030, with a line of title; people in it are nobody."""
    rng = stream(None, "export")
    orders, back = make("orders"), make("returns").set_index("order")["refund"]
    names = make("products").set_index("product")["name"].map(GOODS)
    mine = orders[orders["session"].isin(SHOWS)]
    lines = ["店铺订单导出（练习用，非真实数据）", HEADER]
    for o in mine.itertuples():
        refund = back.get(o.order, 0.0)
        state = "已退款" if refund else "交易成功" if o.paid else "交易关闭"
        family, number = FAMILIES[rng.integers(len(FAMILIES))], rng.integers(10_000)
        lines.append(
            f"'20250000{o.order},{names[o.product]},{o.pieces},￥{o.price:.2f},￥{o.amount:.2f},{o.coupon:.2f},{refund:.2f},{state},"
            f"{o.ordered:%Y/%m/%d %H:%M:%S},{o.session},{family}女士{number % 97},{family}某,1390000{number:04d},某省某县某镇{1 + number % 60}号,"
            f"{np.where(number % 9 == 0, '请尽快发货', '')}"
        )
    return ("\n".join(lines) + "\n").encode("gb18030")


def example_bookings():
    """Bookings of one inn, arrivals since 2025, as the bytes of a CSV in GB18030, with a line of title; guests in it are nobody."""
    rng = stream(None, "export of bookings")
    bookings, inns = make("bookings"), make("inns").set_index("inn")
    mine = bookings[(bookings["inn"] == INN) & (bookings["arrival"] >= "2025-01-01")]
    lines = ["房源订单导出（练习用，非真实数据）", BOOKINGS_HEADER]
    for b in mine.itertuples():
        family, number = FAMILIES[rng.integers(len(FAMILIES))], rng.integers(10_000)
        # Nobody cancels before the booking: bookings are made by day, cancellations come in the evening.
        made, gone = (
            f"{h:02d}:{m:02d}:{s:02d}"
            for h, m, s in zip(rng.integers((8, 21), (21, 24)), *rng.integers(60, size=(2, 2)), strict=True)
        )
        leaves = b.arrival + np.timedelta64(b.nights, "D")
        state = "已入住" if b.status == "stayed" and leaves > TODAY else STATUSES[b.status]
        paid = b.channel == "platform" and b.status != "canceled"
        canceled = f"{b.canceled:%Y/%m/%d} {gone}" if b.status == "canceled" else ""
        lines.append(
            f"'2025{b.booking},{HOUSE},{CHANNELS[b.channel]},{b.booked:%Y/%m/%d} {made},{b.arrival:%Y/%m/%d},{leaves:%Y/%m/%d},{b.nights},{b.guests},"
            f"￥{b.price:.2f},{b.price * b.deposit:.2f},{b.price * inns['commission'][INN] * paid:.2f},{state},{canceled},"
            f"{family}某,1390000{number:04d},00000019000101{number:04d},{np.where(number % 9 == 0, '晚到', '')}"
        )
    return ("\n".join(lines) + "\n").encode("gb18030")


def example_coupons():
    """Orders with and without a coupon, and coupons nobody used, as the bytes of a CSV in GB18030; people in it are nobody.

    The orders are those of the coupon lottery, with its shop coupon; a platform's coupon, which needs a large order
    and is borne by both halves, is made up beside it.
    """
    rng = stream(None, "export of coupons")
    lines = ["订单优惠明细（练习用，非真实数据）", COUPONS_HEADER]
    for o in make("coupon_orders").itertuples():
        of_platform, refunded, number = rng.random() < 0.5, rng.random() < 0.05, rng.integers(10_000)
        before = o.amount + o.coupon
        kind = "shop" if o.coupon else "platform" if of_platform and before >= COUPON_KINDS["platform"][2] else None
        name, rule, _, off, shop = COUPON_KINDS.get(kind, ("", "", 0, 0, 0))
        state = "未用券" if kind is None else "已退款" if refunded else "已核销"
        face = f"{off:.2f}" if kind else ""
        lines.append(
            f"'2025{o.order},{o.date:%Y/%m/%d} {8 + number % 14:02d}:{number % 60:02d}:00,{name},{rule},{face},{state},"
            f"￥{before:.2f},{off:.2f},￥{before - off:.2f},{shop:.2f},{off - shop:.2f},"
            f"{FAMILIES[number % 8]}女士{number % 97},{FAMILIES[number % 8]}某,1390000{number:04d},{np.where(number % 9 == 0, '请尽快发货', '')}"
        )
    for k in range(UNUSED):
        name, rule, _, off, _ = COUPON_KINDS["platform" if k % 3 == 0 else "shop"]
        lines.append(f",,{name},{rule},{off:.2f},{'已过期' if k % 5 else '未使用'},,0.00,,0.00,0.00,,,,")
    return ("\n".join(lines) + "\n").encode("gb18030")


EXAMPLES = {
    "a_livestream/example_export.csv": example_export,
    "b_homestay/example_export.csv": example_bookings,
    "c_promotion/example_coupons.csv": example_coupons,
}  # in curriculum/
