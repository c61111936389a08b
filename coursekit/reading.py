"""Values as platforms write them: money, dates, counts, durations, states of an order or a booking.

Every reader takes texts and clues, and gives the values, the places that could not be read, and a
sentence about how it read them ("" when nothing needs saying).
"""

import re
import unicodedata

import numpy as np
import pandas as pd

PEOPLE = re.compile(r"[\w.+-]+@[\w-]+\.\w+|(?<![\d.])(?:\+?\d[\s-]?){10,18}(?![\d.])")  # mail, phone and identity numbers
HIDDEN = "(left out)"


def plain(name):
    """A name or a word without case, accents, spaces, marks and what stands in brackets.

    >>> plain("Fecha de creación"), plain("订单金额（元）"), plain("Order_ID")
    ('fechadecreacion', '订单金额', 'orderid')
    """
    name = unicodedata.normalize("NFKC", name).lower()
    name = re.sub(r"[(\[【].*?[)\]】]", "", name)
    name = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]", "", name)


def places(rows, first):
    """Lines of a file, a few of them named: rows counted from 0, of which the first stands in line `first`.

    >>> places([0, 4], 2)
    'lines 2, 6'
    """
    return f"line{'s' if len(rows) > 1 else ''} {', '.join(str(i + first) for i in rows[:5])}" + (" …" if len(rows) > 5 else "")


def _split(texts, values):
    """Values with the places where a text said something that was not understood."""
    return values, np.flatnonzero(pd.isna(values).to_numpy() & ~texts.str.fullmatch(r"[-–—/]*").to_numpy())


def money(texts, clues):
    """Amounts such as ¥1,234.50, 1.234,50 or 1.2万, as numbers.

    >>> money(pd.Series(["¥1,234.50", "12.00元", "1.2万", "(3.00)"]), {})[0].to_list()
    [1234.5, 12.0, 12000.0, -3.0]
    >>> money(pd.Series(["$ 1.234,50", "99,00"]), {})[0].to_list()
    [1234.5, 99.0]
    >>> money(pd.Series(["HKD 500", "500 DKK", "1.5k", "13912345678"]), {})[0].to_list()
    [500.0, 500.0, 1500.0, nan]
    """
    bare = texts.mask(texts.str.contains(PEOPLE), "")  # a phone number is no amount
    bare = bare.str.normalize("NFKC").str.replace(r"[A-Za-z]{2,}", "", regex=True)  # codes of currencies
    bare = bare.str.replace(r"[^\d.,()万千kK+-]", "", regex=True).str.rstrip(".")
    comma = _decimal_comma(bare)
    factor = np.where(bare.str.endswith("万"), 1e4, np.where(bare.str.contains(r"[千kK]$"), 1e3, 1.0))
    minus = np.where(bare.str.contains(r"^\(|^-"), -1.0, 1.0)
    digits = bare.str.replace(r"[^\d.,]", "", regex=True)
    digits = (
        digits.str.replace(".", "", regex=False).str.replace(",", ".", regex=False)
        if comma
        else digits.str.replace(",", "", regex=False)
    )
    values = pd.to_numeric(digits, errors="coerce") * factor * minus
    return *_split(texts, values), "a comma was read as the decimal mark." if comma else ""


def _decimal_comma(bare):
    """True when the values of a column are written 1.234,50 rather than 1,234.50."""
    both = bare[bare.str.contains(",", regex=False) & bare.str.contains(".", regex=False)]
    if len(both):
        return bool((both.str.rindex(",") > both.str.rindex(".")).mean() > 0.5)
    commas = bare[bare.str.contains(",", regex=False)]
    return bool(len(commas)) and bool(commas.str.contains(r",\d{1,2}\D*$").all())


def part(texts, clues):
    """Money; or a part of the price, such as 20 % (then no value of the column is above 1).

    >>> part(pd.Series(["20%", "0"]), {})[0].to_list(), part(pd.Series(["15"]), {"header": "Commission %"})[0].to_list()
    ([0.2, 0.0], [0.15])
    """
    values, not_read, note = money(texts, clues)
    percent = texts.str.contains("[%％]", regex=True) | bool(re.search("[%％率]", clues.get("header", "")))
    return values.where(~percent, values / 100), not_read, note


def threshold(texts, clues):
    """The least amount an offer needs, such as 200, 满200减30 or 无门槛 (none).

    >>> threshold(pd.Series(["满200减30", "满99元可用", "无门槛", "Desde $1,200.00", "sin mínimo", ""]), {})[0].to_list()
    [200.0, 99.0, 0.0, 1200.0, 0.0, nan]
    """
    free = texts.map(plain).str.fullmatch("无门槛|无限制|none|nominimum|sinminimo|ninguno")
    values, not_read, note = money(texts.str.replace("减.*", "", regex=True).mask(free, "0"), clues)
    return values, not_read, note


def count(texts, clues):
    """Whole numbers such as 1,234 or 2.4万.

    >>> count(pd.Series(["1,234", "2.4万", ""]), {})[0].to_list()
    [1234, 24000, <NA>]
    """
    values, not_read, _ = money(texts.str.replace(r"[,.](?=\d{3}(\D|$))", "", regex=True), clues)
    whole = values.round()
    not_whole = ((values - whole).abs() > 1e-6) | (values.abs() > 1e12)
    whole[not_whole] = np.nan
    return whole.astype("Int64"), np.union1d(not_read, np.flatnonzero(not_whole)), ""


DAY_AND_MONTH = r"^(\d{1,2})-(\d{1,2})-\d{2,4}\b"
MONTHS = {
    "jan": 1, "ene": 1, "feb": 2, "mar": 3, "apr": 4, "abr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "ago": 8, "sep": 9, "oct": 10,
    "nov": 11, "dec": 12, "dic": 12,
}  # fmt: skip
TIMES = [
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%d-%m-%Y",
    "%d-%m-%y %H:%M", "%d-%m-%y", "%Y%m%d%H%M%S", "%Y%m%d",
]  # fmt: skip


def time(texts, clues):
    """Dates and times as platforms write them, with the day before the month or after it.

    >>> time(pd.Series(["2025年11月4日 20:03", "2025/11/5 08:00"]), {})[0].dt.day.to_list()
    [4, 5]
    >>> time(pd.Series(["25/11/2025 8:03 p.m."]), {})[0].dt.hour.to_list()
    [20]
    >>> time(pd.Series(["Nov 4, 2025", "4 de noviembre de 2025", "04-ene-2025"]), {})[0].dt.month.to_list()
    [11, 11, 1]
    """
    said = ""
    bare = _months_as_numbers(texts.str.normalize("NFKC").str.lower())
    bare = bare.str.replace(r"[年月]", "-", regex=True).str.replace("日", " ", regex=False)
    bare = bare.str.replace(r"[/.](?=\d)", "-", regex=True).str.replace("t", " ", regex=False)
    evening = bare.str.contains(r"p\.? ?m\.?|下午|晚上")
    morning = bare.str.contains(r"a\.? ?m\.?|上午")
    bare = bare.str.replace(r"[^\d: -]", "", regex=True).str.replace(r"\s+", " ", regex=True).str.strip()
    parts = bare.str.extract(DAY_AND_MONTH).astype("float")
    month_first = False
    if parts[0].notna().any():
        month_first = clues.get("dates") == "month first" or (clues.get("dates") is None and bool((parts[1] > 12).any()))
        clear = bool((parts > 12).any(axis=None)) or clues.get("dates") or clues.get("spanish")
        order = "month first" if month_first else "day first"
        other = "day first" if month_first else "month first"
        said = (
            ""
            if clear
            else f'dates such as {texts[parts[0].first_valid_index()]} were read {order}; if that is wrong, add dates="{other}".'
        )
    if month_first:
        bare = bare.str.replace(r"^(\d{1,2})-(\d{1,2})-", r"\2-\1-", regex=True)
    values = pd.Series(pd.NaT, index=texts.index, dtype="datetime64[s]")
    for form in TIMES:
        left = values.isna()
        if not left.any():
            break
        values[left] = pd.to_datetime(bare[left], format=form, errors="coerce").astype("datetime64[s]")
    serial = values.isna() & bare.str.fullmatch(r"[34]\d{4}")  # days as Excel counts them
    values[serial] = pd.Timestamp("1899-12-30") + pd.to_timedelta(bare[serial].astype("float"), unit="D")
    values += pd.to_timedelta(
        np.where(evening & (values.dt.hour < 12), 12, np.where(morning & (values.dt.hour == 12), -12, 0)), unit="h"
    )
    return *_split(texts, values.astype("datetime64[s]")), said


def _months_as_numbers(texts):
    """Dates whose month is a word, such as 4 November 2025, Nov 4, 2025 or 4 de noviembre de 2025, as 2025-11-4."""
    if not texts.str.contains("[a-z]{3}").any():
        return texts
    month = f"({'|'.join(MONTHS)})[a-z]*\\.?"
    texts = texts.str.replace(
        rf"(\d{{1,2}})[a-z.]*[\s-]*(?:de )?{month},?[\s-]*(?:de )?(\d{{4}})",
        lambda m: f"{m[3]}-{MONTHS[m[2]]}-{m[1]}",
        regex=True,
    )
    return texts.str.replace(rf"{month} (\d{{1,2}})[a-z]*,? (\d{{4}})", lambda m: f"{m[3]}-{MONTHS[m[1]]}-{m[2]}", regex=True)


def day_order(columns):
    """What the dates of an export say about each other: "day first", "month first", or None when they do not.

    >>> day_order([pd.Series(["03/04/2025"]), pd.Series(["03/22/2025"])])
    'month first'
    """
    parts = pd.concat(columns).str.replace(r"[/.]", "-", regex=True).str.extract(DAY_AND_MONTH).astype("float")
    day, month = (parts[0] > 12).any(), (parts[1] > 12).any()
    return None if day == month else "day first" if day else "month first"


def day(texts, clues):
    """Dates, without the time of day.

    >>> day(pd.Series(["2025-11-04 20:03"]), {})[0].astype(str).to_list()
    ['2025-11-04']
    """
    values, not_read, note = time(texts, clues)
    return values.dt.normalize(), not_read, note


def minutes(texts, clues):
    """Lengths such as 01:30:00, 90, 90分钟 or 1小时30分, in minutes.

    >>> minutes(pd.Series(["01:30:00", "90", "1小时30分", "2 h"]), {})[0].to_list()
    [90.0, 90.0, 90.0, 120.0]
    """
    clock = texts.str.extract(r"^(\d+):(\d{1,2})(?::(\d{1,2}))?$").astype("float")
    by_clock = clock[0] * 60 + clock[1] + clock[2].fillna(0) / 60
    hours = texts.str.extract(r"(\d+(?:\.\d+)?)\s*(?:小时|时|h)")[0].astype("float")
    rest = texts.str.extract(r"(\d+(?:\.\d+)?)\s*(?:分|min|m\b)")[0].astype("float")
    by_words = hours.fillna(0) * 60 + rest.fillna(0)
    plain = pd.to_numeric(texts.str.replace(",", ".", regex=False), errors="coerce")
    values = by_clock.where(by_clock.notna(), by_words.where(hours.notna() | rest.notna(), plain))
    return *_split(texts, values), ""


def status(texts, clues):
    """States of payment as True and False; a state nobody named is asked about.

    >>> status(pd.Series(["已付款", "等待买家付款"]), {"words": {"已付款": True, "等待买家付款": False}})[0].to_list()
    [True, False]
    """
    values = texts.map(lambda text: clues["words"].get(plain(text))).astype("boolean")
    return *_split(texts, values), _unknown(texts, values, "whether these are paid", "True}, or False when not")


def stay(texts, clues):
    """What became of bookings, in our words; numbers in a state, such as "Arriving in 3 days", do not count.

    >>> stay(pd.Series(["已离店", "Arriving in 3 days"]), {"words": {"已离店": "stayed", "arrivingindays": "open"}})[0].to_list()
    ['stayed', 'open']
    """
    values = texts.map(lambda text: clues["words"].get(plain(text)) or clues["words"].get(plain(re.sub(r"\d", "", text)))).astype(
        "str"
    )
    return *_split(texts, values), _unknown(
        texts, values, "what these mean", '"stayed"}; or "canceled", "no-show", "open" or "walked"'
    )


def coupon_state(texts, clues):
    """What has become of coupons, in our words; nothing where nothing is said.

    >>> coupon_state(pd.Series(["已核销", "Vencido", "-"]), {"words": {"已核销": "used", "vencido": "expired"}})[0].to_list()
    ['used', 'expired', '']
    """
    values = texts.map(lambda text: clues["words"].get(plain(text)) if plain(text) else "").astype("str")
    return *_split(texts, values), _unknown(
        texts, values, "what these mean", '"used"}; or "unused", "expired", "refunded" or "no coupon"'
    )


def _unknown(texts, values, what, say):
    """The sentence that asks about states nobody named."""
    unknown = sorted({PEOPLE.sub(HIDDEN, text) for text in texts[values.isna() & (texts != "")]})
    return f'it is not known {what}: {", ".join(unknown[:5])}. Say so with words={{"{unknown[0]}": {say}.' if unknown else ""


def person(texts, clues):
    """People as numbers, in the order they first come; nobody can tell from them who it was.

    >>> person(pd.Series(["Ana", "Bo", "Ana", ""]), {})[0].to_list()
    [1, 2, 1, <NA>]
    """
    codes, _ = pd.factorize(texts.where(texts != ""))
    return (
        pd.Series(codes + 1, index=texts.index).replace(0, pd.NA).astype("Int64"),
        np.array([], int),
        "names of buyers became numbers.",
    )


def label(texts, clues):
    """Words as they are."""
    return texts, np.array([], int), ""


READERS = {f.__name__: f for f in (money, part, threshold, count, time, day, minutes, status, stay, coupon_state, person, label)}
