"""A weekend as tables: the county's own, by name, with its columns and types; and what the county has no table for."""

import numpy as np
import pandas as pd

from coursekit.rooms.desk.plan import in_force
from coursekit.rooms.desk.weekend import AFTER, STEP, STEPS, day_of, people, when
from coursekit.world import TABLES, coupons, typed
from coursekit.world.county import dates, pick
from coursekit.world.promotions import COUPON_YUAN

MANY = 1_000  # on hand of goods that keep


def tables_of(run):
    """The weekend as tables, by name; columns and types of the first ten as load() gives them.

    products, calendar; promos: a row for each offer that stood; demand_history: the three days and the ten after (Friday from
    noon on; price: what a piece cost on average, offers included); coupon_inns; coupon_nights: as known on Friday noon;
    coupons: the night coupons that were sold (second: since Friday noon); past_coupons: those that were placed, and who came;
    coupon_assign, coupon_orders: the list and what it bought in fourteen days. shop_orders: order by order, with who paid for
    what was off. stock: of the fresh goods. allotment: which night of which inn each row of coupons holds. coupon_stays:
    the same, coupon by coupon, and whether anybody came. night_guests: by inn and night the rooms held for coupons, those that
    were used, the guests at full price, and those of them who found no room.
    """
    given, parts = run["given"], run["parts"]
    made = {
        "promos": _promos(run), "demand_history": _history(given, parts["goods"]), "coupons": _coupons(given, run["luck"], parts["nights"]),
        "past_coupons": _past(given, parts["nights"]), "coupon_assign": _assign(given, parts["message"]),
        "coupon_orders": _message_orders(given, parts["message"]),
    }  # fmt: skip
    tables = {name: typed(columns, TABLES[name]) for name, columns in made.items()}
    tables |= {"products": given["products"].copy(), "calendar": given["days"].copy()}
    tables |= {"coupon_inns": given["inns"].copy(), "coupon_nights": given["nights"].copy()}
    for name, table in tables.items():
        table.attrs["table"] = name
    return tables | {
        "shop_orders": _orders(given, parts["goods"]),
        "stock": _stock(run),
        "allotment": parts["nights"]["plan"].copy(),
        "coupon_stays": _stays(parts["nights"]),
        "night_guests": _guests(run),
    }


def _promos(run):
    """Offers as platforms write them: one row for each time that an offer stood."""
    given, rows = run["given"], []
    last = STEPS if run["end"] == np.inf else min(int(np.ceil(run["end"] / STEP)), STEPS)
    for p, line in enumerate(in_force(run["plan"], run["acts"], given)):
        line = [one for one in line if one[0] < last]
        for number, (start, stop, offer) in enumerate(line, 1):
            stop = min(stop, last)
            days = dates(given["friday"] + day_of([STEP * start, STEP * stop - 1]))
            price = given["shelf"]["list_price"][p]
            # The table writes a flash price as a percentage off.
            percent = 100 * (1 - offer["price"] / price) if offer["kind"] == "flash" else 0
            percent = offer["off"] if offer["kind"] == "percent" else percent
            yuan = offer["off"] if offer["kind"] in ("threshold", "coupon") else 0
            product = given["shelf"]["product"][p]
            rows.append((f"{product}-W{number}", product, offer["kind"], *days, offer.get("least", 0), yuan, percent, offer.get("deposit", 0),
                         offer.get("counts_as", 0), "half each" if given["terms"][p][1] else "platform", offer["kind"] != "flash"))  # fmt: skip
    names = [field["name"] for field in TABLES["promos"]["fields"]]
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {name: [] for name in names}


def _history(given, shelves):
    """Pieces on hand and sold, and the mean price of a piece, by product and day."""
    days, rows = 3 + AFTER, []
    for p, shelf in enumerate(shelves):
        day, price = day_of(shelf["time"]), shelf["price"]
        sold = np.r_[np.bincount(day, shelf["pieces"], 3).astype(int), shelf["later"]]
        off = np.r_[np.bincount(day, shelf["off"], 3), np.zeros(AFTER)]
        mean = np.round(np.where(sold > 0, price - off / np.maximum(sold, 1), price)) / 100
        stocked = np.full(days, MANY)
        if given["fresh"][p]:
            stocked[:3] = sold[:3].sum() + shelf["left"] - np.r_[0, np.cumsum(sold[:2])]
        rows.append({
            "product": np.full(days, given["shelf"]["product"][p], dtype=object), "date": dates(given["friday"] + np.arange(days)), "price": mean,
            "stocked": stocked, "sold": sold, "sold_out": sold == stocked,
        })  # fmt: skip
    return {k: np.concatenate([r[k] for r in rows]) for k in rows[0]}


def _coupons(given, luck, nights):
    asks, buyers = people(given["seed"], luck, given["economy"])["nights"], nights["buyers"]
    return {
        "coupon": np.arange(1, len(buyers) + 1), "second": np.floor(3600 * asks["time"][buyers]), "area": pick(coupons.AREAS, asks["area"][buyers]),
        "wish": pick(coupons.WISHES, asks["wish"][buyers]), "nights": asks["nights"][buyers],
    }  # fmt: skip


def _past(given, nights):
    """Coupons that hold a night: the kind of their first night, and whether anybody came."""
    stays = nights["stays"] or []
    number = {int(buyer): n for n, buyer in enumerate(nights["buyers"], 1)}
    kind = given["calendar"].set_index("date")["night"]
    first = [kind[nights["plan"]["date"][row]] for _, row, _ in stays]
    return {"coupon": [number[int(b)] for b, _, _ in stays], "night": first, "came": [came for _, _, came in stays]}


def _assign(given, sent):
    return {
        "person": 9_000_000 + sent["person"], "arm": pick(["no coupon", "coupon"], sent["sent"].astype(int)),
        "past_orders": given["past"][sent["person"]], "redeemed": sent["redeems"],
    }  # fmt: skip


def _message_orders(given, sent):
    who = np.flatnonzero(sent["buys"])
    who = who[np.argsort(sent["hour"][who], kind="stable")]
    off = COUPON_YUAN * sent["redeems"][who]
    return {
        "order": 9_000_000 + np.arange(1, len(who) + 1), "person": 9_000_000 + sent["person"][who],
        "date": dates(given["friday"] + day_of(sent["hour"][who])), "amount": sent["basket"][who] - off, "coupon": off,
    }  # fmt: skip


def _orders(given, shelves):
    """Every order of the weekend in the order of time, in yuan."""
    product = np.repeat(np.arange(len(shelves)), [len(s["time"]) for s in shelves])
    found = {k: np.concatenate([s[k] for s in shelves]) for k in ("time", "pieces", "off", "by_shop", "by_desk", "by_platform")}
    price = np.array([s["price"] for s in shelves])[product]
    order = np.argsort(found["time"], kind="stable")
    table = pd.DataFrame({
        "order": 0, "ordered": when(given, found["time"]), "product": pick(given["shelf"]["product"], product), "pieces": found["pieces"],
        "price": price / 100, "off": found["off"] / 100, "amount": (price * found["pieces"] - found["off"]) / 100,
        **{k: found[k] / 100 for k in ("by_shop", "by_desk", "by_platform")},
    }).iloc[order].reset_index(drop=True)  # fmt: skip
    return table.assign(order=np.arange(1, len(table) + 1))


def _stock(run):
    """The fresh goods: brought, sold, left, and the salvage of what is left, in yuan."""
    given, rows = run["given"], []
    for p, shelf in enumerate(run["parts"]["goods"]):
        if given["fresh"][p]:
            sold, salvage = int(shelf["pieces"].sum()), given["shelf"]["salvage"][p]
            rows.append((given["shelf"]["product"][p], sold + shelf["left"], sold, shelf["left"], shelf["left"] * salvage))
    return pd.DataFrame(rows, columns=["product", "stock", "sold", "left", "salvage"])


def _stays(nights):
    """Which inn and night each placed coupon holds."""
    number = {int(buyer): n for n, buyer in enumerate(nights["buyers"], 1)}
    stays, plan = nights["stays"] or [], nights["plan"]
    rows = plan.iloc[[row for _, row, _ in stays]][["inn", "date", "nights"]].reset_index(drop=True)
    rows.insert(0, "coupon", [number[int(buyer)] for buyer, _, _ in stays])
    return rows.assign(came=np.array([came for _, _, came in stays], bool))


def _guests(run):
    """Each night of each inn as it came: rooms held and used, guests at full price, those displaced."""
    given, found = run["given"], run["parts"]["nights"]["nights"]
    if found is None:
        guests = np.minimum(people(given["seed"], run["luck"], given["economy"])["guests"], given["nights"]["free_rooms"])
        found = pd.DataFrame({"held": 0, "used": 0, "guests": guests.to_numpy(), "displaced": 0})
    return pd.concat([given["nights"][["inn", "date"]], found], axis=1)
