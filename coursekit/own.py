"""`bring`: a reader's own export, read into the course's columns on this machine and nowhere else.

The header is looked at first; of the rows only columns that are ours are kept, so that names, phone
numbers and addresses never reach a table. Buyers become numbers.
"""

import csv
import io
import json
import re
from pathlib import Path

import pandas as pd

from coursekit import bookings, coupons
from coursekit.errors import Plain
from coursekit.headers import COUPON_STATES, HELPERS, KINDS, PAID, PRIVATE, PRIVATE_PARTS, STAYS, UNPAID
from coursekit.reading import HIDDEN, PEOPLE, READERS, day_order, places, plain

MEMORY = "columns of my exports.json"  # beside the export: which column is which, and what a status means
HEADER_WITHIN = 10  # lines of title that a platform may write above the header
ENCODINGS = ["utf-8-sig", "utf-16", "gb18030", "cp1252"]


def bring(file, *, as_, columns=None, words=None, dates=None):
    """A reader's own export as one of the course's tables; nothing leaves this machine.

    file: a CSV or Excel file (.xlsx) as a platform writes it, with Chinese, Spanish or English headers.
    as_: "orders", "sessions", "bookings" or "coupons". columns: what a column of ours is called in the file, such as
    {"amount": "Total"}, or None when it is not in the file; words: what a status means, such as
    {"Entregado": True} for a paid order, {"Abgereist": "stayed"} for a booking, {"Eingelöst": "used"} for a
    coupon. Both are remembered beside the file. dates: "day first" or "month first", when 3/4 could be either.

    Of bookings also departure, rooms, room_nights and earned (what the platform pays out) may be named in
    columns; nights, price and commission are made from them. A booking of several rooms becomes a row for each room.

    Coupons have one row an order or a coupon, with those of these columns that the file has: order, date (of
    use), issued, person, offer (the coupon's name), product, least and yuan_off (as promised), before (the order
    without the coupon), amount (what the buyer paid), coupon (taken off), shop_pays and platform_pays (who bears
    it), all in yuan, and status: "used", "unused", "expired" or "refunded". Of before, amount and coupon, and of
    coupon and who bears it, the one that is missing is made from the others.

    Says in sentences what was read, left out and not understood; a value that could not be read is
    left empty. Raises a plain sentence when the file or a needed column is not there.
    """
    file = Path(file)
    if as_ not in KINDS:
        raise Plain(f'as_ is "{as_}"; one of {", ".join(KINDS)} is expected.')
    if dates not in (None, "day first", "month first"):
        raise Plain(f'dates is "{dates}"; "day first" or "month first" is expected.')
    first, header, rows = _grid(file, as_)
    memory = _memory(file.parent)
    known = memory.get(_print_of(header, as_), {})
    columns, words = known.get("columns", {}) | (columns or {}), known.get("words", {}) | (words or {})
    found = _match(header, as_, columns)
    for ours, (_, needed, _) in KINDS[as_].items():
        others = needed if isinstance(needed, tuple) else ()
        if needed and all(found.get(name) is None for name in (ours, *others)):
            also = f', nor like "{others[0]}"' if others else ""
            raise Plain(
                f'No column of {file.name} looks like "{ours}"{also}. Its columns are: {_listed(header)}. Say which one '
                f'it is: bring("{file.name}", as_="{as_}", columns={{"{ours}": "…"}}).'
            )
    remembered = {ours: header[at] if at is not None else None for ours, at in found.items()}
    found = {ours: at for ours, at in found.items() if at is not None}
    kept = {
        ours: pd.Series([row[at].strip() if at < len(row) else "" for row in rows], dtype="str") for ours, at in found.items()
    }
    said = [_kept(file, as_, len(rows), found, header), *_left_out(header, found)]
    # In a line with too many cells something stands under another's name, perhaps a person's.
    shifted = [i for i, row in enumerate(rows) if any(row[len(header) :])]
    if 0 < len(shifted) < len(rows):  # in all of them it is a column without a name
        said.append(f"Left out, because they have more cells than there are columns: {places(shifted, first)}.")
        kept = {ours: texts.drop(shifted) for ours, texts in kept.items()}
    del rows
    absent = [
        ours
        for ours, (_, needed, _) in KINDS[as_].items()
        if ours not in found and not (as_ in ("bookings", "coupons") and (ours in HELPERS or needed))
    ]
    if absent:
        said.append(f"Not found in the file: {', '.join(absent)}.")
    usual = {ours: header[at] for ours, at in _match(header, as_, {}).items()}
    if known and (known.get("columns", {}) != usual or known.get("words")):
        said.append(
            f'Remembered from last time: which column is which. To change one, name it in columns=, or None for "not in the file"; '
            f'to begin anew, delete the file "{MEMORY}".'
        )
    table = pd.DataFrame(index=next(iter(kept.values())).index)
    clues = {"words": _statuses(as_, words), "spanish": _spanish(header)}
    clues["dates"] = dates or day_order(
        [pd.Series(dtype="str"), *(t for ours, t in kept.items() if KINDS[as_][ours][0] in ("day", "time"))]
    )
    for ours, texts in kept.items():
        kind = KINDS[as_][ours][0]
        table[ours], not_read, note = READERS[kind](texts, clues | {"header": header[found[ours]]})
        if note:
            said.append(f"{ours}: {note}")
        if len(not_read):
            examples = ", ".join(f'"{_shown(texts.iloc[i], kind)}"' for i in not_read[:3])
            where = places(list(texts.index[not_read]), first)
            said.append(f"{ours}: not understood and left empty in {len(not_read)} of {len(texts)} rows ({where}: {examples}).")
    table = _completed(table, as_, said, first)
    if table.empty:
        raise Plain("\n".join([*said, f"No line of {file.name} is left."]))
    memory[_print_of(header, as_)] = {"columns": remembered, "words": words}
    _remember(file.parent, memory)
    print("\n".join(said))
    return table


def _grid(file, as_):
    """The line of the file that holds the first data, the names of the columns, and the rows below, as texts."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise Plain(
            f'There is no file "{file}". Upload it beside this notebook and write its name as the list of files shows it.'
        ) from None
    except OSError as error:
        raise Plain(f'"{file.name}" could not be opened ({error.strerror}). Close it in other programs and try again.') from None
    if data[:4] == b"PK\x03\x04":
        readings = [_sheet(data, file)]
    elif data[:4] == b"\xd0\xcf\x11\xe0":
        raise Plain(f'"{file.name}" is an old Excel file. Open it, save it as .xlsx or as CSV, and bring that.')
    else:
        readings = list(_texts(data))
    # The bytes of one language can often be read as another: the right reading is the one whose header is understood best.
    places = [
        (_understood(row, as_), -number, -line)
        for number, rows in enumerate(readings)
        for line, row in enumerate(rows[:HEADER_WITHIN])
        if sum(map(bool, row)) > 1
    ]
    if not places:
        raise Plain(f'"{file.name}" holds no table: a line of column names and lines of data below it are expected.')
    _, number, line = max(places)
    header, *rows = readings[-number][-line:]
    rows = [row for row in rows if any(row)]
    if not rows:
        raise Plain(f'"{file.name}" has column names but no rows below them.')
    return 2 - line, [cell.strip() for cell in header], rows


def _texts(data):
    """The rows of a CSV in each encoding that can be."""
    for encoding in ENCODINGS:
        if encoding == "utf-16" and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            text = data.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
        lines = text.splitlines()[:HEADER_WITHIN]
        mark = max(",;\t|", key=lambda m: max((line.count(m) for line in lines), default=0))
        yield [
            [cell.strip().strip("\t'=\"") for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        ]


def _sheet(data, file):
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [
            ["" if cell is None else str(cell).strip() for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)
        ]
    except Exception as error:  # a broken file fails in many ways
        raise Plain(
            f'"{file.name}" could not be read as Excel ({type(error).__name__}). Open it, save it as CSV, and bring that.'
        ) from None


def _listed(header):
    return PEOPLE.sub(HIDDEN, ", ".join(filter(None, header)))


def _names(text):
    return {plain(name) for name in text.split(",")}


def _match(header, as_, columns):
    """Where each of our columns stands in the header: as told (None: nowhere), or by its names in their order."""
    at = {plain(name): place for place, name in reversed(list(enumerate(header))) if name}
    found = {}
    for ours, theirs in columns.items():
        if ours not in KINDS[as_]:
            raise Plain(f'columns names "{ours}"; the columns of {as_} are {", ".join(KINDS[as_])}.')
        if theirs is not None and plain(theirs) not in at:
            raise Plain(f'There is no column "{theirs}". The columns are: {_listed(header)}.')
        found[ours] = None if theirs is None else at[plain(theirs)]
    for ours, (_, _, names) in KINDS[as_].items():
        places = [at[n] for n in map(plain, names.split(",")) if n in at and at[n] not in found.values()]
        if ours not in found and places:
            found[ours] = places[0]
    return found


def _understood(row, as_):
    """How many cells of a line are names that are known here."""
    names = _names(",".join(names for _, _, names in KINDS[as_].values())) | _names(PRIVATE)
    return sum(plain(cell) in names for cell in row if cell)


def _spanish(header):
    spanish = re.compile(
        r"fecha|pedido|importe|monto|producto|cantidad|estado|inicio|ventas|espectadores|entrada|salida|noches|huesped|cupon|descuento"
    )
    return any(spanish.search(plain(name)) for name in header)


def _statuses(as_, words):
    """What a status says: True or False about payment, or what became of a booking or a coupon; those told by the reader come first."""
    if as_ in ("bookings", "coupons"):
        states = STAYS if as_ == "bookings" else COUPON_STATES
        for word, meaning in words.items():
            if meaning not in states:
                raise Plain(f'words says "{meaning}" for "{word}"; one of {", ".join(states)} is expected.')
        known = {name: meaning for meaning, names in states.items() for name in _names(names)}
        return known | {plain(word): meaning for word, meaning in words.items()}
    return {
        **dict.fromkeys(_names(PAID), True),
        **dict.fromkeys(_names(UNPAID), False),
        **{plain(w): bool(v) for w, v in words.items()},
    }


def _shown(text, kind):
    """An example of what was not understood, without what could be a person's: letters are shown of a status only."""
    text = PEOPLE.sub(HIDDEN, text)
    return text if kind in ("status", "stay", "coupon_state") else re.sub(r"[^\W\d_年月日时分秒元万]+", "…", text)


def _kept(file, as_, count, found, header):
    pairs = ", ".join(f"{ours} from “{header[at]}”" for ours, at in found.items())
    return f"{file.name}: {count:,} {'rows of coupons' if as_ == 'coupons' else as_} were read. {pairs[0].upper() + pairs[1:]}."


def _left_out(header, found):
    others = [name for at, name in enumerate(header) if name and at not in found.values()]
    people = [name for name in others if plain(name) in _names(PRIVATE) or re.search(PRIVATE_PARTS, plain(name))]
    unknown = [name for name in others if name not in people]
    if people:
        yield f"People's own, left out before anything else: {', '.join(people)}."
    if unknown:
        yield f"Not needed or not known, left out: {', '.join(unknown)}."


def _completed(table, as_, said, first):
    """What follows from other columns, or is usual; every such step is said."""
    for name in table.columns.intersection(["product", "session", "inn", "channel", "offer"]):
        hidden = table[name].astype("str").str.replace(PEOPLE, HIDDEN, regex=True)
        if (hidden != table[name].astype("str")).any():
            said.append(f"{name}: phone numbers or mail addresses in it were left out.")
            table[name] = hidden
    if as_ == "bookings":
        table = bookings.completed(table, said, first)
    if as_ == "coupons":
        table = coupons.completed(table, said, first)
    if as_ == "orders":
        if "paid" not in table:
            table["paid"] = True
            said.append("paid: there is no status, so every order is taken as paid.")
        if "pieces" not in table:
            table["pieces"] = 1
            said.append("pieces: there is no such column, so every order is taken as one piece.")
        if "refund" not in table:
            said.append(
                'refund: there is no such column, so nothing is taken as given back; if your file has one, name it: columns={"refund": "…"}.'
            )
        for name in ("coupon", "refund"):
            table[name] = table[name].fillna(0.0) if name in table else 0.0
    # Columns without a gap have the types that the course's own tables have.
    whole = {
        name: {"Int64": "int64", "boolean": "bool"}.get(str(t)) for name, t in table.dtypes.items() if table[name].notna().all()
    }
    return table.astype({name: t for name, t in whole.items() if t})


def _print_of(header, as_):
    """The same columns mean the same next month, whatever the file is called."""
    return as_ + ": " + " | ".join(plain(name) for name in header)


def _memory(folder):
    try:
        return json.loads((folder / MEMORY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _remember(folder, memory):
    """Keep the mapping beside the export; a folder that cannot be written costs only the memory."""
    fresh = folder / f".{MEMORY}.new"
    try:
        fresh.write_text(json.dumps(memory, indent=2, ensure_ascii=False), encoding="utf-8")
        fresh.replace(folder / MEMORY)
    except OSError:
        print("The columns could not be remembered, for this folder cannot be written to.")
