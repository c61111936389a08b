"""What a cell showed, as a notebook file keeps it; whatever a trainee's process sent, it can be written and read again."""

import math

import nbformat


def joined(cells):
    """The outputs of cells that ran in one process as a notebook keeps them: pieces of one stream joined, what was cleared or
    updated, also by a later cell, done.
    """
    shown = {}
    merged = [_merged(outputs, shown) for outputs in cells]
    return [[one for output in made if (one := _valid(output))] for made in merged]


def _merged(outputs, shown):
    made, clear = [], False
    for output in outputs:
        kind = output.get("output_type")
        if kind == "clear_output":
            clear = bool(output.get("wait"))
            made = made if clear else []
            continue
        name = str(output.pop("display_id", ""))
        if kind == "update_display_data":
            for one in shown.get(name, ()):
                one.update(data=output.get("data"), metadata=output.get("metadata"))
            continue
        if clear:
            made, clear = [], False
        if kind == "stream" and made and made[-1].get("output_type") == "stream" and made[-1].get("name") == output.get("name"):
            made[-1]["text"] = str(made[-1].get("text")) + str(output.get("text"))
            continue
        made.append(output)
        if name:
            shown.setdefault(name, []).append(output)
    return made


def _valid(output):
    """An output as the notebook format wants it, or None for what it does not know."""
    kind, new = output.get("output_type"), nbformat.from_dict
    if kind == "stream" and output.get("name") in ("stdout", "stderr"):
        return new({"output_type": kind, "name": output["name"], "text": _text(output.get("text"))})
    if kind == "error":
        lines = output.get("traceback")
        lines = [_text(line) for line in lines] if isinstance(lines, list) else []
        names = {name: _text(output.get(name)) for name in ("ename", "evalue")}
        return new({"output_type": kind, **names, "traceback": lines})
    if kind in ("display_data", "execute_result"):
        data, more = _bundle(output.get("data")), output.get("metadata")
        count = {"execution_count": output.get("execution_count")} if kind == "execute_result" else {}
        if count and type(count["execution_count"]) is not int:
            count["execution_count"] = None
        return new({"output_type": kind, "data": data, "metadata": _plain(more) if isinstance(more, dict) else {}, **count})
    return None


def _bundle(data):
    """What is shown, by its kind: text, or data in JSON for the kinds that are."""
    found = {_text(kind): shown for kind, shown in data.items()} if isinstance(data, dict) else {}
    return {kind: _plain(shown) if kind.endswith("json") else _text(shown) for kind, shown in found.items()}


def _text(value):
    """Text that can be written to a file: without halves of characters."""
    return str(value).encode("utf-8", "replace").decode()


def _plain(value, depth=0):
    """Data that can be written as JSON, without text or numbers that cannot."""
    if isinstance(value, dict) and depth < 50:
        return {_text(k): _plain(v, depth + 1) for k, v in value.items()}
    if isinstance(value, list) and depth < 50:
        return [_plain(v, depth + 1) for v in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, (bool, int)) else _text(value)
