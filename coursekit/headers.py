"""What platforms call the columns of their exports, in Chinese, Spanish and English.

Names are compared without case, accents, spaces, marks, and what stands in brackets. Each column of
ours has a kind: how its values are read. Columns that nobody here names are left out; those in
PRIVATE are people's own and are told apart so that it can be said that they were not read.
"""

# column: (kind, must be there, names)
ORDERS = {
    "order": (
        "label",
        True,
        "order, order id, order number, order no, 订单编号, 订单号, 主订单编号, 子订单编号, pedido, numero de pedido, id de pedido, no de pedido, folio",
    ),  # fmt: skip
    "ordered": (
        "time",
        True,
        "ordered, order time, order date, created time, created at, date, paid time, 订单创建时间, 下单时间, 订单提交时间, 创建时间, 支付时间, 付款时间, fecha, fecha de pedido, fecha del pedido, fecha de compra, creado, fecha de creacion",
    ),  # fmt: skip
    "amount": (
        "money",
        True,
        "amount, order amount, total, order total, total price, gmv, 订单金额, 订单应付金额, 买家应付货款, 实付金额, 应付金额, 总金额, 买家实际支付金额, importe, importe total, total del pedido, monto, monto total",
    ),  # fmt: skip
    "product": (
        "label",
        False,
        "product, product name, item, item name, title, 商品, 商品名称, 宝贝标题, 选购商品, 商品标题, producto, nombre del producto, articulo, titulo",
    ),  # fmt: skip
    "pieces": (
        "count",
        False,
        "pieces, quantity, qty, units, 数量, 商品数量, 购买数量, 宝贝总数量, 件数, cantidad, unidades, piezas",
    ),
    "price": ("money", False, "price, unit price, item price, 单价, 商品单价, 价格, precio, precio unitario"),
    "coupon": (
        "money",
        False,
        "coupon, discount, seller discount, platform discount, 优惠, 优惠金额, 优惠券, 优惠券金额, 店铺优惠, 平台优惠, 满减, descuento, cupon",
    ),  # fmt: skip
    "refund": (
        "money",
        False,
        "refund, refund amount, refunded, 退款, 退款金额, 售后金额, reembolso, importe reembolsado, monto reembolsado, devolucion",
    ),  # fmt: skip
    "paid": (
        "status",
        False,
        "paid, status, order status, payment status, 订单状态, 交易状态, 支付状态, 状态, estado, estado del pedido, estatus, estado de pago",
    ),  # fmt: skip
    "person": (
        "person",
        False,
        "person, buyer, buyer id, buyer username, customer, customer id, user id, 买家会员名, 买家昵称, 买家, 用户id, 会员名, 买家id, comprador, cliente, id de cliente, usuario",
    ),  # fmt: skip
    "session": (
        "label",
        False,
        "session, live, live id, live session, live room, 直播间, 直播场次, 场次, 直播id, 直播间id, sesion, en vivo, transmision",
    ),  # fmt: skip
}

SESSIONS = {
    "session": (
        "label",
        False,
        "session, live, live id, title, live title, 直播场次, 场次, 直播id, 直播间id, 直播标题, 场次名称, sesion, transmision, titulo",
    ),  # fmt: skip
    "start": (
        "time",
        True,
        "start, start time, live start time, started, date, 开播时间, 直播开始时间, 开始时间, 日期, inicio, hora de inicio, fecha, fecha de inicio",
    ),  # fmt: skip
    "viewers": (
        "count",
        True,
        "viewers, unique viewers, uv, 观看人数, 累计观看人数, 观众人数, 直播间观看人数, 访客数, espectadores, espectadores unicos, audiencia",
    ),  # fmt: skip
    "minutes": ("minutes", False, "minutes, duration, live duration, length, 直播时长, 时长, 开播时长, duracion, minutos"),
    "views": (
        "count",
        False,
        "views, pv, impressions, 观看次数, 累计观看次数, 浏览量, 直播间浏览量, vistas, visualizaciones, reproducciones",
    ),
    "comments": ("count", False, "comments, 评论数, 评论次数, 互动次数, comentarios"),
    "new_followers": (
        "count",
        False,
        "new followers, followers gained, 新增粉丝数, 新增粉丝, 涨粉数, 新增关注, nuevos seguidores, seguidores nuevos",
    ),
    "orders": ("count", False, "orders, order count, 订单数, 成交订单数, 支付订单数, 下单数, pedidos, numero de pedidos"),
    "gmv": ("money", False, "gmv, sales, amount, 成交金额, 销售额, 支付金额, 直播间成交金额, ventas, importe, monto"),
}

KINDS = {"orders": ORDERS, "sessions": SESSIONS}

PRIVATE = (
    "name, full name, first name, last name, recipient, receiver, consignee, phone, mobile, telephone, email, mail, address, street, city, "
    "zip, postcode, wechat, id card, message, note, notes, remark, "
    "姓名, 收货人, 收货人姓名, 收件人, 真实姓名, 联系人, 联系电话, 联系手机, 手机, 手机号, 手机号码, 电话, 收货地址, 收件地址, 地址, 省, 市, 区, 街道, 邮编, 邮箱, "
    "微信, 微信号, 身份证, 身份证号, 支付宝账号, 买家支付宝账号, 买家留言, 留言, 备注, 卖家备注, "
    "nombre, nombre completo, apellido, apellidos, destinatario, telefono, celular, movil, correo, correo electronico, direccion, calle, "
    "colonia, ciudad, codigo postal, rfc, curp, mensaje, nota, notas, comentario del comprador"
)

# Parts of names that say the same, such as 收货人电话 or recipient_phone_2.
PRIVATE_PARTS = r"电话|手机|地址|姓名|收货人|收件人|邮箱|微信|身份证|留言|phone|mobile|address|mail|recipient|receiver|telefono|celular|direccion|correo|nombre|apellid"

# What a status says about payment. A word that is not here is asked about.
PAID = (
    "paid, completed, complete, shipped, delivered, success, yes, true, 1, to ship, awaiting shipment, refunded, returned, "
    "已付款, 交易成功, 已完成, 已发货, 待发货, 买家已付款, 等待卖家发货, 卖家已发货, 已签收, 已退款, 退款成功, 已支付, 是, "
    "pagado, pagada, completado, completada, enviado, enviada, entregado, entregada, reembolsado, devuelto, si"
)
UNPAID = (
    "unpaid, pending, awaiting payment, cancelled, canceled, closed, expired, no, false, 0, "
    "待付款, 等待买家付款, 未付款, 已取消, 交易关闭, 已关闭, 未支付, 否, "
    "pendiente, pendiente de pago, no pagado, no pagada, cancelado, cancelada, vencido, cerrado"
)
