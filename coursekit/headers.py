"""What platforms call the columns of their exports, in Chinese, Spanish and English.

Names are compared without case, accents, spaces, marks, and what stands in brackets. Each column of
ours has a kind: how its values are read. Columns that nobody here names are left out; those in
PRIVATE are people's own and are told apart so that it can be said that they were not read.
"""

# column: (kind, must be there or the columns that do as well, names)
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

# The first of these are the columns of load("bookings"); the steps come from them, and from HELPERS.
BOOKINGS = {
    "booking": (
        "label",
        False,
        "booking, booking number, booking id, book number, reservation, reservation id, reservation number, confirmation code, confirmation number, confirmation, "
        "order, order id, order number, 订单号, 订单编号, 预订单号, 预订号, 平台订单号, 确认号, "
        "reserva, numero de reserva, id de reserva, no de reserva, localizador, codigo de confirmacion, codigo de reserva",
    ),  # fmt: skip
    "inn": (
        "label",
        False,
        "inn, property, property name, house, hotel, hotel name, listing, listing name, 房源, 房源名称, 房源标题, 酒店, 酒店名称, 民宿, 民宿名称, 门店, 门店名称, "
        "房屋名称, alojamiento, nombre del alojamiento, anuncio, propiedad, establecimiento, hotel nombre",
    ),  # fmt: skip
    "booked": (
        "day",
        False,
        "booked, booked on, booking date, date booked, created, created at, created on, reservation date, order time, "
        "下单时间, 下单日期, 预订时间, 预订日期, 预定时间, 预定日期, 创建时间, 提交时间, "
        "reservado el, reservada el, fecha de reserva, fecha de la reserva, fecha de creacion, fecha de reservacion, reservado",
    ),  # fmt: skip
    "arrival": (
        "day",
        True,
        "arrival, arrival date, check-in, check-in date, start date, from, 入住日期, 入住时间, 入住, 到店日期, 到店时间, 抵店日期, 抵达日期, "
        "entrada, fecha de entrada, llegada, fecha de llegada, fecha de inicio, check-in fecha",
    ),  # fmt: skip
    "nights": (
        "count",
        ("departure", "room_nights"),
        "nights, # of nights, number of nights, duration, length of stay, 晚数, 入住晚数, 入住天数, 天数, 夜数, noches, numero de noches, # de noches, duracion, estancia",
    ),  # fmt: skip
    "guests": (
        "count",
        False,
        "guests, number of guests, # of guests, persons, people, adults, # of adults, 入住人数, 人数, 客人数, 成人数, "
        "huespedes, numero de huespedes, personas, adultos, # de adultos",
    ),  # fmt: skip
    "channel": (
        "label",
        False,
        "channel, source, booking source, platform, 渠道, 订单渠道, 预订渠道, 来源, 订单来源, 来源渠道, 平台, canal, canal de reserva, origen, plataforma",
    ),  # fmt: skip
    "deposit": ("part", False, "deposit, down payment, prepayment, 定金, 订金, 预付金额, 预付款, 预付定金, deposito, anticipo, sena"),
    "price": (
        "money",
        False,
        "price, total price, total, total amount, booking amount, reservation amount, gross, gross amount, amount, "
        "订单金额, 订单总额, 订单总价, 总价, 总金额, 房费, 房费总额, 总房价, 房价总额, 卖价, 实付金额, "
        "precio, precio total, importe, importe total, importe de la reserva, monto, monto total, tarifa total",
    ),  # fmt: skip
    "status": (
        "stay",
        False,
        "status, booking status, reservation status, order status, 订单状态, 预订状态, 入住状态, 状态, estado, estado de la reserva, estatus, situacion",
    ),  # fmt: skip
    "canceled": (
        "day",
        False,
        "canceled, cancelled, canceled on, cancelled on, cancellation date, cancelation date, date cancelled, "
        "取消时间, 取消日期, 退订时间, 退订日期, fecha de cancelacion, cancelada el, cancelado el, cancelacion",
    ),  # fmt: skip
    "commission": (
        "part",
        False,
        "commission amount, commission, service fee, host fee, host service fee, 佣金, 佣金金额, 平台佣金, 平台服务费, 服务费, 佣金比例, 佣金率, "
        "importe de la comision, comision, tarifa de servicio",
    ),  # fmt: skip
    "departure": (
        "day",
        False,
        "departure, departure date, check-out, check-out date, end date, to, 离店日期, 离店时间, 离店, 离开日期, 退房日期, 退房时间, "
        "salida, fecha de salida, fecha de finalizacion, fecha final",
    ),  # fmt: skip
    "rooms": ("count", False, "rooms, number of rooms, # of rooms, units, 房间数, 间数, 房数, 预订间数, habitaciones, numero de habitaciones"),
    "room_nights": ("count", False, "room nights, 间夜, 间夜数, 间夜量, 总间夜, noches de habitacion, habitaciones noche"),
    "earned": ("money", False, "earnings, payout, net, net amount, host payout, 结算价, 结算金额, 底价, 应结金额, 商家收入, 预计收入, ganancias, ingresos, pago neto, neto"),
}  # fmt: skip
HELPERS = ["departure", "rooms", "room_nights", "earned"]

# order, person, date, amount and coupon are those of load("coupon_orders"), least and yuan_off those of load("promos").
COUPONS = {
    "order": (
        "label",
        False,
        "order, order id, order number, order no, 订单编号, 订单号, 主订单编号, 子订单编号, 核销订单号, 使用订单号, pedido, numero de pedido, id de pedido, no de pedido, folio",
    ),  # fmt: skip
    "date": (
        "day",
        False,
        "date, used on, used at, date used, redeemed on, redeemed at, redemption date, redemption time, order date, order time, created at, "
        "核销时间, 核销日期, 使用时间, 使用日期, 用券时间, 下单时间, 订单创建时间, 订单提交时间, 支付时间, 日期, "
        "fecha de uso, fecha de canje, canjeado el, usado el, fecha, fecha de pedido, fecha del pedido, fecha de compra",
    ),  # fmt: skip
    "issued": (
        "day",
        False,
        "issued, issued on, issued at, issue date, claimed on, claimed at, collected at, 领取时间, 领取日期, 领券时间, 发放时间, 发放日期, 发券时间, "
        "emitido el, emitido, fecha de emision, fecha de entrega, recibido el",
    ),  # fmt: skip
    "person": (
        "person",
        False,
        "person, buyer, buyer id, buyer username, customer, customer id, user id, 买家会员名, 买家昵称, 买家, 用户id, 会员名, 买家id, 用户昵称, comprador, cliente, id de cliente, usuario",
    ),  # fmt: skip
    "offer": (
        "label",
        False,
        "offer, coupon name, coupon title, promotion, promotion name, campaign, campaign name, voucher name, 优惠券名称, 券名称, 优惠名称, 活动名称, 卡券名称, 优惠券类型, 满减券, 店铺优惠券, 平台优惠券, "
        "nombre del cupon, promocion, nombre de la promocion, campana",
    ),  # fmt: skip
    "product": (
        "label",
        False,
        "product, product name, item, item name, 商品, 商品名称, 宝贝标题, 商品标题, producto, nombre del producto, articulo",
    ),
    "least": (
        "threshold",
        False,
        "least, minimum spend, minimum order, minimum amount, min spend, threshold, 使用门槛, 门槛, 满减门槛, 门槛金额, 满, monto minimo, importe minimo, compra minima, pedido minimo, minimo",
    ),  # fmt: skip
    "yuan_off": (
        "money",
        False,
        "yuan off, face value, coupon value, voucher value, value, 面值, 面额, 券面额, 优惠券面额, 优惠券面值, 减, valor, valor del cupon, valor nominal",
    ),  # fmt: skip
    "before": (
        "money",
        False,
        "before, amount before coupon, amount before discount, original amount, subtotal, order total, 原价, 订单原价, 商品总额, 优惠前金额, 订单总额, 商品金额, "
        "importe antes del cupon, importe antes del descuento, importe original, total del pedido",
    ),  # fmt: skip
    "amount": (
        "money",
        False,
        "amount, order amount, paid, paid amount, paid by buyer, total paid, total, 实付金额, 实付, 买家实付, 买家实付金额, 用户实付, 订单金额, 订单实付金额, "
        "importe, importe pagado, monto, monto pagado, pagado por el comprador, total pagado, pagado",
    ),  # fmt: skip
    "coupon": (
        "money",
        ("yuan_off", "before", "shop_pays", "platform_pays"),
        "coupon, discount, coupon amount, discount amount, coupon discount, 优惠金额, 优惠券金额, 抵扣金额, 优惠券抵扣, 减免金额, 优惠, 满减金额, "
        "cupon, descuento, importe del cupon, importe del descuento, monto del descuento",
    ),  # fmt: skip
    "shop_pays": (
        "money",
        False,
        "shop pays, shop share, borne by shop, borne by seller, funded by shop, funded by seller, seller discount, seller funded, shop coupon, "
        "商家承担, 商家承担金额, 店铺承担, 店铺承担金额, 商家优惠, 商家补贴, 店铺优惠, 店铺优惠金额, "
        "aportado por la tienda, a cargo de la tienda, pagado por la tienda, aporte de la tienda, a cargo del vendedor, descuento del vendedor",
    ),  # fmt: skip
    "platform_pays": (
        "money",
        False,
        "platform pays, platform share, borne by platform, funded by platform, platform discount, platform subsidy, platform funded, platform coupon, "
        "平台承担, 平台承担金额, 平台补贴, 平台补贴金额, 平台优惠, 平台优惠金额, "
        "aportado por la plataforma, a cargo de la plataforma, pagado por la plataforma, aporte de la plataforma, subsidio de la plataforma, descuento de la plataforma",
    ),  # fmt: skip
    "status": (
        "coupon_state",
        False,
        "status, coupon status, state, order status, 状态, 券状态, 优惠券状态, 使用状态, 核销状态, 订单状态, estado, estado del cupon, estatus",
    ),  # fmt: skip
}

KINDS = {"orders": ORDERS, "sessions": SESSIONS, "bookings": BOOKINGS, "coupons": COUPONS}

PRIVATE = (
    "name, full name, first name, last name, recipient, receiver, consignee, phone, mobile, telephone, email, mail, address, street, city, "
    "zip, postcode, wechat, id card, message, note, notes, remark, remarks, guest, guest name, guest names, booked by, booker, contact, passport, special requests, "
    "姓名, 收货人, 收货人姓名, 收件人, 真实姓名, 联系人, 联系电话, 联系手机, 手机, 手机号, 手机号码, 电话, 收货地址, 收件地址, 地址, 省, 市, 区, 街道, 邮编, 邮箱, "
    "微信, 微信号, 身份证, 身份证号, 支付宝账号, 买家支付宝账号, 买家留言, 留言, 备注, 卖家备注, "
    "入住人, 入住人姓名, 客人, 客人姓名, 预订人, 预订人姓名, 证件号, 证件号码, 护照号, 特殊要求, 客人备注, "
    "nombre, nombre completo, apellido, apellidos, destinatario, telefono, celular, movil, correo, correo electronico, direccion, calle, "
    "colonia, ciudad, codigo postal, rfc, curp, mensaje, nota, notas, comentario del comprador, "
    "huesped, nombre del huesped, nombre del cliente, reservado por, titular, contacto, pasaporte, peticiones especiales, comentarios, observaciones"
)

# Parts of names that say the same, such as 收货人电话 or recipient_phone_2.
PRIVATE_PARTS = r"电话|手机|地址|姓名|收货人|收件人|入住人|预订人|客人|证件|护照|邮箱|微信|身份证|留言|备注|guestname|passport|phone|mobile|address|mail|recipient|receiver|telefono|celular|direccion|correo|nombre|apellid"

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

# What a status says about a booking. "Confirmed" says only that it was not canceled: whether the guest was there, the day of arrival tells.
STAYS = {
    "stayed": "stayed, checked in, checked out, completed, complete, in house, post stay, past guest, currently hosting, awaiting guest review, review guest, "
    "已入住, 入住中, 在住, 已离店, 已退房, 已离开, 已完成, 已结束, 已消费, 交易成功, 待评价, 已评价, "
    "alojado, alojada, hospedado, hospedada, completada, completado, finalizada, finalizado, estancia completada, huesped anterior, salida realizada",
    "confirmed": "ok, confirmed, booked, accepted, paid, 已确认, 确认, 已接单, 已预订, 预订成功, 已付款, 已支付, confirmada, confirmado, aceptada, aceptado, pagada, pagado",
    "open": "open, upcoming, pending, pre stay, to arrive, arriving in days, arriving today, arriving tomorrow, awaiting payment, "
    "待入住, 待确认, 待接单, 待支付, 待付款, 未支付, pendiente, pendiente de pago, proxima, proximamente, por llegar",
    "canceled": "canceled, cancelled, canceled by guest, cancelled by guest, canceled by hotel, cancelled by hotel, canceled by host, cancelled by host, "
    "canceled by you, cancelled by you, canceled by partner, cancelled by partner, canceled by airbnb, cancelled by airbnb, "
    "已取消, 取消, 用户取消, 客人取消, 商家取消, 已退订, 已关闭, 交易关闭, 已退款, 全额退款, "
    "cancelada, cancelado, cancelada por el huesped, cancelada por el cliente, cancelada por el alojamiento, cancelada por ti, anulada, anulado",
    "no-show": "no-show, did not arrive, 未入住, 未到店, 未到, 客人未到, 爽约, no presentado, no presentada, no se presento",
    "walked": "walked, relocated, 到店无房, 已转店, 转走, reubicado, reubicada, desviado",
}

# What has become of a coupon. "Refunded" is one whose order was given back; "no coupon" an order without one.
COUPON_STATES = {
    "used": "used, redeemed, applied, paid, completed, complete, success, 已使用, 已核销, 核销成功, 已用, 使用成功, 交易成功, 已完成, 已付款, 已发货, 已签收, "
    "usado, usada, canjeado, canjeada, aplicado, aplicada, completado, completada, entregado",
    "no coupon": "no coupon, without coupon, none, 未用券, 无优惠券, 未使用优惠券, 无, sin cupon, ninguno",
    "unused": "unused, not used, available, active, issued, claimed, collected, 未使用, 未核销, 待使用, 已领取, 可使用, 未用, sin usar, no usado, disponible, activo, vigente",
    "expired": "expired, lapsed, 已过期, 过期, 已失效, 失效, 已作废, 作废, vencido, vencida, expirado, expirada, caducado, caducada",
    "refunded": "refunded, returned, canceled, cancelled, closed, 已退款, 退款成功, 已退券, 已退回, 已取消, 交易关闭, 已关闭, "
    "reembolsado, reembolsada, devuelto, devuelta, cancelado, cancelada, anulado, anulada",
}
