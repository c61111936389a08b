"""An export as a Chinese platform writes it, for those who have none of their own yet. Made up."""

import numpy as np

from coursekit.world import make
from coursekit.world.county import stream

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
