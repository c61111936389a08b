"""What differs from one economy to another: money, the names of offers, holidays.

All of it stands in the table ECONOMIES below: a further economy is a further entry, and no code. A
holiday is a rule: a name, then how to find its first day, then how many days it has.

- ("fixed", month, day): the same date every year.
- ("monday", month, number, shift): the first, second … Monday of a month, moved by so many days.
- ("easter", shift): Easter Sunday, moved by so many days.
- ("announced", country): as the government announces it year by year (kept by the library `holidays`).
"""

import datetime as dt

import pandas as pd

from coursekit.errors import Plain

ECONOMIES = {
    "china": {
        "money": {"one": "yuan", "many": "yuan", "sign": "¥", "decimals": 2},
        "offers": {
            "threshold": "threshold", "percent": "percentage", "presale": "presale", "flash": "flash price", "coupon": "coupon",
        },
        "local": {
            "threshold": "满减", "percent": "折扣", "presale": "预售", "flash": "限时抢购", "coupon": "优惠券",
        },
        "own": {},
        # The county's calendar holds these three years; later ones are not announced yet.
        "years": (2024, 2026),
        "holidays": [(None, ("announced", "CN"), None)],
    },
    "mexico": {
        "money": {"one": "peso", "many": "pesos", "sign": "$", "decimals": 2},
        "offers": {
            "threshold": "descuento por monto", "percent": "descuento", "presale": "preventa", "flash": "oferta relámpago",
            "coupon": "cupón",
        },
        "local": {
            "threshold": "descuento por monto", "percent": "descuento", "presale": "preventa", "flash": "oferta relámpago",
            "coupon": "cupón",
        },
        "own": {
            "meses sin intereses": "The buyer pays the price in equal monthly parts, without interest. The shop gets its money from the "
            "bank, less a fee that the shop pays: for the shop it is a discount that no price tag shows.",
        },
        "years": (1970, 2199),
        "holidays": [
            ("Año Nuevo", ("fixed", 1, 1), 1),
            ("Puente de febrero", ("monday", 2, 1, -2), 3),
            ("Puente de marzo", ("monday", 3, 3, -2), 3),
            ("Semana Santa", ("easter", -7), 8),
            ("Día del Trabajo", ("fixed", 5, 1), 1),
            ("Día de la Independencia", ("fixed", 9, 16), 1),
            ("Buen Fin", ("monday", 11, 3, -3), 4),
            ("Puente de noviembre", ("monday", 11, 3, -2), 3),
            ("Navidad", ("fixed", 12, 25), 1),
        ],
    },
}  # fmt: skip


def economy(name):
    """Everything the course knows about an economy: its money, the names of offers, its own kinds of offer, its holidays.

    >>> sorted(ECONOMIES), economy("mexico")["money"]["many"]
    (['china', 'mexico'], 'pesos')
    """
    if name not in ECONOMIES:
        raise Plain(f"The economy {name!r} is not known; there are {', '.join(sorted(ECONOMIES))}.")
    return ECONOMIES[name]


def money(cents, economy_="china", sign=False):
    """A whole number of cents as people write it: with the word of the currency, or with its sign.

    >>> money(123450), money(3000), money(100, "mexico"), money(123450, "mexico", sign=True)
    ('1,234.50 yuan', '30 yuan', '1 peso', '$1,234.50')
    """
    its = economy(economy_)["money"]
    if cents != int(cents):
        raise Plain(f"Money is a whole number of cents here; {cents!r} was given.")
    whole = 10 ** its["decimals"]
    amount, minus = abs(int(cents)), "-" if cents < 0 else ""
    text = f"{amount // whole:,}" + (f".{amount % whole:0{its['decimals']}d}" if amount % whole else "")
    if sign:
        return f"{minus}{its['sign']}{text}"
    return f"{minus}{text} {its['one'] if amount == whole else its['many']}"


def called(kind, economy_="china", local=False):
    """What an offer is called there; for China in English, or with local=True as its platforms write it.

    >>> called("presale", "mexico"), called("presale"), called("presale", local=True)
    ('preventa', 'presale', '预售')
    """
    names = economy(economy_)["local" if local else "offers"]
    if kind not in names:
        raise Plain(f"An offer of the kind {kind!r} is not known; there are {', '.join(names)}.")
    return names[kind]


def holidays(year, economy_="china"):
    """The holidays of a year: a table of name, first and last day.

    China: the days off that the State Council announced; a run of days off is called by its longest
    holiday, as in the table calendar. Mexico: the days off of the labor law, with the weekend before
    each Monday (puente); Semana Santa from Palm Sunday to Easter Sunday; Buen Fin by a rule, the
    Friday to the Monday of the November puente (its organizers may announce more days).

    >>> holidays(2026, "mexico").set_index("name").loc[["Semana Santa", "Buen Fin"]]
                      first       last
    name
    Semana Santa 2026-03-29 2026-04-05
    Buen Fin     2026-11-13 2026-11-16
    """
    its = economy(economy_)
    first, last = its["years"]
    if year != int(year) or not first <= year <= last:
        raise Plain(f"The holidays of {economy_} are known for the years {first} to {last}; {year!r} was given.")
    found = []
    for name, rule, days in its["holidays"]:
        if rule[0] == "announced":
            found += _announced(int(year), rule[1])
        else:
            start = _first_day(int(year), *rule)
            found.append((name, start, start + dt.timedelta(days - 1)))
    table = pd.DataFrame(found, columns=["name", "first", "last"])
    table = table.assign(first=pd.to_datetime(table["first"]), last=pd.to_datetime(table["last"]))
    return table.sort_values("first", kind="stable", ignore_index=True)


def _first_day(year, rule, *args):
    if rule == "fixed":
        return dt.date(year, *args)
    if rule == "monday":
        month, number, shift = args
        start = dt.date(year, month, 1)
        return start + dt.timedelta(-start.weekday() % 7 + 7 * (number - 1) + shift)
    if rule == "easter":
        from dateutil.easter import easter

        return easter(year) + dt.timedelta(args[0])
    raise Plain(f"The rule {rule!r} of a holiday is not known; there are fixed, monday, easter and announced.")


def _announced(year, country):
    """Runs of days off that hold a named day and end in this year, as the county's calendar names them."""
    import holidays as kept

    from coursekit.world.days import _short

    days = pd.date_range(f"{year - 1}-12-25", f"{year + 1}-01-07")
    named = kept.country_holidays(country, years=[year - 1, year, year + 1], language="en_US")
    off = pd.Series([d.date() in named or (d.day_of_week >= 5 and d.date() not in named.weekend_workdays) for d in days], days)
    runs = off[off].groupby((~off).cumsum()[off])
    found = []
    for _, run in runs:
        name = next((n for n in (_short(named.get(d.date(), "")) for d in run.index) if n), "")
        if name and run.index[-1].year == year:
            found.append((name, run.index[0], run.index[-1]))
    return found
