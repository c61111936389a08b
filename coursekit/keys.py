"""Keys: what a check stores of the right answer, so that it can judge without holding it.

A key is one line of text. For every cell of the right answer it holds a place *within* a
grid step, in eighths, and a keyed hash of the step's number, never the step's number. Eighths
are just fine enough: the answer then lies within a sixteenth of mid-step, so the last digit
may still be rounded either way, and even who knows the denominator of a fraction is left
with an eighth of all fractions.
A named mistake is stored as hashes too, and its message is enciphered with the mistaken
answer itself, so that the list of mistakes cannot be read from a release.

This guards against reading, not against guessing: a single number can be found by trying,
and the check itself is an oracle. Grades therefore rest on replay with unseen data.
"""

import base64
import hashlib
import json
import math

from coursekit.answers import Form, Unclear, read

VERSION = 1
PARTS = 8  # of a step
STEPS_APART = 1.5  # three tolerances: a tolerance is half a step


# -- places on a grid ---------------------------------------------------------------------


def place(value, grid):
    """A value's sign or text, and its place measured in steps of the grid.

    A step is 1.2 units of the last digit asked, so that a rounded answer stays in it.

    >>> place(0.25, ["digits", 2])[1] - place(0.24, ["digits", 2])[1]  # doctest: +ELLIPSIS
    0.83333...
    >>> place("net", ["text"]), place(None, ["whole"]), place(7.0, ["whole"])
    (('net', None), ('empty', None), ('', 7.0))
    """
    if value is None:
        return "empty", None
    if isinstance(value, (str, bool)):
        return str(value), None
    if abs(value) > 1e100:
        return "huge", None
    if grid[0] == "whole":
        whole = math.isclose(value, round(value), rel_tol=1e-12, abs_tol=1e-9)
        return ("", float(round(value))) if whole else ("part", value / 0.012)
    if grid[0] == "digits":
        return "", value / (1.2 * 10.0 ** -grid[1])
    if value == 0:
        return "zero", None
    # Wider by the sixteenth on each side by which the answer may miss mid-step.
    step = (math.log1p(grid[1]) - math.log1p(-grid[1])) * PARTS / (PARTS - 1)
    return "-" if value < 0 else "", math.log(abs(value)) / step


def offset(value, grid):
    """Where the steps must begin, in eighths, for a value to lie mid-step."""
    tag, u = place(value, grid)
    return 0 if u is None or (grid[0] == "whole" and not tag) else round((u - 0.5) % 1 * PARTS) % PARTS


def step(value, grid, off, error=0.0):
    """All steps a value may lie in, the likeliest first; more than one for short floats."""
    tag, u = place(value, grid)
    if u is None:
        return [tag]
    if grid[0] == "whole" and not tag:
        return [f"{int(u)}"]
    if not error:
        return [f"{tag}{math.floor(u - off / PARTS)}"]
    low, high = (place(value * (1 + s * error), grid)[1] - off / PARTS for s in (-1, 1))
    first, last = sorted((math.floor(low), math.floor(high)))
    return [f"{tag}{q}" for q in range(first, min(last, first + 255) + 1)]


def neighbor(value, grid, off):
    """The nearer neighbor of a value's step, or None where steps have no neighbors."""
    tag, u = place(value, grid)
    if u is None or (grid[0] == "whole" and not tag):
        return None
    u -= off / PARTS
    return f"{tag}{math.floor(u) + (1 if u % 1 >= 0.5 else -1)}"


def apart(a, b, grids):
    """True when two answers differ by more than three tolerances somewhere."""
    if a.keys() != b.keys():
        return True
    for (label, column), value in a.items():
        (tag, u), (tag2, u2) = place(value, grids[column]), place(b[label, column], grids[column])
        if tag != tag2 or (u is not None and abs(u - u2) > (0.5 if grids[column][0] == "whole" and not tag else STEPS_APART)):
            return True
    return False


# -- hashes and ciphers -------------------------------------------------------------------


def _hash(size, *parts):
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=size).hexdigest()


def _cipher(secret, data):
    stream = hashlib.shake_256(b"stream" + secret.encode()).digest(len(data))
    return bytes(a ^ b for a, b in zip(data, stream, strict=True))


def _hide(secret, text):
    return base64.b64encode(_cipher(secret, text.encode())).decode()


def _reveal(secret, hidden):
    return _cipher(secret, base64.b64decode(hidden)).decode()


# -- making a key -------------------------------------------------------------------------


def make_key(name, cells, shape, mistakes=()):
    """The key of a question from its right answer and named mistakes.

    ``mistakes`` are ``(slug, message, cells)``. Raises Unclear when two answers cannot be
    told apart.
    """
    grids = shape["grids"]
    answers = [("the right answer", cells), *((slug, wrong) for slug, _, wrong in mistakes)]
    for i, (one, a) in enumerate(answers):
        for other, b in answers[:i]:
            if not apart(a, b, grids):
                raise Unclear(f"`{name}`: {one} and {other} are the same within three tolerances: "
                              "change the numbers of the question.")  # fmt: skip
    labels = list(dict.fromkeys(label for label, _ in cells))
    digests = {label: _hash(16, name, "label", label) for label in labels}
    offsets = {at: offset(value, grids[at[1]]) for at, value in cells.items()}
    body = {
        "kind": shape["kind"],
        "keys": shape["keys"],
        "columns": shape["columns"],
        "grids": grids,
        "rows": [
            [
                _hash(4, digests[label]),
                _hide(digests[label], label),
                [offsets[label, c] for c in shape["columns"]],
                [_hash(5, name, label, c, step(cells[label, c], grids[c], offsets[label, c])[0]) for c in shape["columns"]],
            ]
            for label in sorted(labels, key=digests.get)
        ],
        "all": f"{_xor(digests.values()):032x}",
        "mistakes": [_stored_mistake(name, slug, message, wrong, grids, offsets) for slug, message, wrong in mistakes],
    }  # fmt: skip
    text = json.dumps(body, ensure_ascii=True, separators=(",", ":"))
    return f"{VERSION}:" + base64.b64encode(text.encode()).decode()


def _stored_mistake(name, slug, message, wrong, grids, offsets):
    near, steps = [], []
    for at in sorted(wrong):
        steps.append(step(wrong[at], grids[at[1]], offsets.get(at, 0))[0])
        near.append(_hash(2, name, *at, steps[-1]))
    secret = _secret(name, sorted(wrong), steps)
    return {"id": _hash(8, secret), "near": "".join(near), "says": _hide(secret, f"{slug}\n{message}")}


def _secret(name, places, steps):
    return _hash(32, name, *(f"{label}\1{column}\1{s}" for (label, column), s in zip(places, steps, strict=True)))


def _xor(digests):
    total = 0
    for digest in digests:
        total ^= int(digest, 16)
    return total


def open_key(key):
    """The contents of a key, or None when this version cannot read it."""
    version, _, text = key.partition(":")
    return json.loads(base64.b64decode(text)) if version == str(VERSION) else None


# -- judging an answer --------------------------------------------------------------------


def judge(name, value, key):
    """The verdict on an answer, as data: ``{"status": …, …}``; pure in its arguments.

    Statuses: right, unanswered, mistake (slug, message), slip (code), form (code),
    rows (missing, extra), cells (wrong places), wrong.
    """
    body = open_key(key)
    if body is None:
        return {"status": "form", "code": "unknown-key"}
    rows = {row[0]: row for row in body["rows"]}
    try:
        cells, spreads = cells_of(name, value, body)
    except Form as form:
        if form.code == "unanswered":
            return {"status": "unanswered", **({"code": "unanswered-one", **form.fields} if form.fields else {})}
        return {"status": "form", "code": form.code, **form.fields}
    grids, columns = body["grids"], body["columns"]
    stored = {}  # (label, column) -> (offset, hash) for the rows that were asked
    for label in {label for label, _ in cells}:
        row = rows.get(_hash(4, _hash(16, name, "label", label)))
        for c, off, hashed in zip(columns, row[2], row[3], strict=True) if row else ():
            stored[label, c] = off, hashed

    def fits(at, x, error=0.0):
        off, hashed = stored[at]
        return any(_hash(5, name, *at, s) == hashed for s in step(x, grids[at[1]], off, error))

    # An extra row that holds nothing says nothing.
    for label in {label for label, _ in cells if (label, columns[0]) not in stored}:
        if all(cells[label, c] is None for c in columns):
            for c in columns:
                del cells[label, c]
    right = {at: at in stored and fits(at, x, spreads[at]) for at, x in cells.items()}
    complete = cells.keys() == stored.keys() and len(cells) == len(rows) * len(columns)
    if complete and all(right.values()):
        return {"status": "right"}
    if complete and _all_rounded_early(cells, right, fits, grids):
        return {"status": "slip", "code": "rounded-early"}  # first: it may lie close to a mistake
    for entry in body["mistakes"]:
        found = _matches(name, entry, cells, grids, stored)
        if found:
            slug, _, message = found.partition("\n")
            return {"status": "mistake", "slug": slug, "message": message}
    if not complete:
        return _rows_verdict(name, body, rows, cells, stored)
    slip = _slip(cells, right, fits)
    if slip:
        return {"status": "slip", "code": slip}
    wrong = [at for at, ok in right.items() if not ok]
    if body["kind"] == "one":
        whole = grids[""] == ["whole"] and place(cells["", ""], grids[""])[0] == "part"
        if grids[""] == ["text"]:
            return {"status": "wrong", "code": "wrong-text"}
        return {"status": "form", "code": "not-whole"} if whole else {"status": "wrong"}
    empty = [at for at in wrong if cells[at] is None]
    filled = [at for at in wrong if fits(at, None)]
    places = filled or empty or wrong
    return {
        "status": "cells",
        "code": "filled" if filled else "empty" if empty else "differs",
        "label": min(places)[0],
        "column": min(places)[1],
        "wrong": len({label for label, _ in wrong}),
        "rows": len(rows),
        "text": grids[min(places)[1]] == ["text"],
    }


def cells_of(name, value, body):
    """The cells of an answer and their spreads, read as the contents of a key ask; raises Form, see answers.read."""
    rows = {row[0] for row in body["rows"]}
    return read(value, {**body, "knows": lambda label: _hash(4, _hash(16, name, "label", label)) in rows})


def _matches(name, entry, cells, grids, stored):
    places = sorted(cells)
    if len(entry["near"]) != 4 * len(places):
        return None
    steps = []
    for i, at in enumerate(places):
        near, off = entry["near"][4 * i : 4 * i + 4], stored.get(at, (0,))[0]
        tries = step(cells[at], grids[at[1]], off) + [neighbor(cells[at], grids[at[1]], off)]
        s = next((s for s in tries if s is not None and _hash(2, name, *at, s) == near), None)
        if s is None:
            return None
        steps.append(s)
    secret = _secret(name, places, steps)
    return _reveal(secret, entry["says"]) if _hash(8, secret) == entry["id"] else None


def _rows_verdict(name, body, rows, cells, stored):
    columns = body["columns"]
    extra = sorted({label for label, c in cells if (label, c) not in stored})
    there = {label for label, _ in stored}
    missing = len(rows) - len(there)
    named = None
    if missing == 1:  # the one digest that is not there opens its own label
        left = int(body["all"], 16) ^ _xor(_hash(16, name, "label", label) for label in there)
        digest = f"{left:032x}"
        row = rows.get(_hash(4, digest))
        named = _reveal(digest, row[1]) if row else None
    return {"status": "rows", "missing": missing, "missing_label": named, "extra": len(extra),
            "extra_label": extra[0] if extra else None, "kind": body["kind"],
            "rows": len(rows), "came": len(cells) // len(columns)}  # fmt: skip


FACTORS = [("sign", -1), ("times-100", 1 / 100), ("over-100", 100), ("times-1000", 1 / 1000),
           ("over-1000", 1000), ("times-10000", 1 / 10_000), ("over-10000", 10_000)]  # fmt: skip


def _numbers(cells):
    return [at for at, x in cells.items() if isinstance(x, float)]


def _slip(cells, right, fits):
    """A slip that any number may suffer: a factor or a sign."""
    numbers = _numbers(cells)
    if not numbers or not all(right[at] for at in cells if at not in numbers) or all(cells[at] == 0 for at in numbers):
        return None
    return next((code for code, factor in FACTORS if all(fits(at, cells[at] * factor) for at in numbers)), None)


def _all_rounded_early(cells, right, fits, grids):
    """True when every number that is not right has fewer digits than asked and the right one rounds to it."""
    return all(right[at] or (isinstance(x, float) and _rounded_early(at, x, fits, grids[at[1]])) for at, x in cells.items())


def _rounded_early(at, x, fits, grid):
    """True when fewer digits came than asked and the right answer rounds to them."""
    if grid[0] != "digits":
        return False
    for fewer in range(grid[1] - 1, max(grid[1] - 4, -1), -1):
        if math.isclose(x, round(x, fewer), rel_tol=1e-12, abs_tol=1e-12):
            half, fine = 0.5 * 10.0**-fewer, 10.0 ** -grid[1]
            count = round(2 * half / fine)
            if any(fits(at, x - half + i * fine) for i in range(count + 1)):
                return True
    return False
