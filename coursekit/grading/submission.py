"""A submitted file, read: its cells as plain dictionaries, whatever wrote it, or one plain sentence for what is no notebook.

Nothing of it is trusted: only a regular file is opened, its size and the number of its cells are bounded, and each part is
looked at before it is taken.
"""

import json
import os
import re
import stat

from coursekit.errors import Plain

LARGEST = 20_000_000  # bytes of a submission
MOST_CELLS, LONGEST = 2_000, 1_000_000  # cells of a notebook; characters of one
MOST_PARTS = 1_000_000  # lists and dictionaries of a notebook: a million take a second to read, and 300 MB
KINDS = {"code": "code", "markdown": "Markdown", "raw": "raw text"}
NO_NOTEBOOK = {b"%PDF": "a PDF", b"PK\x03\x04": "an archive (ZIP) or an Office document", b"<": "a web page"}

# -- what is told
OLD = "The notebook was saved in an old format, and was read all the same."
FORMAT = "The notebook does not say that its format is 4, and was read as if it did."
LANGUAGE = "The notebook was set to another language than {language}, and was run as {language}, as given out."
UNKNOWN = "Parts of the notebook that are not cells were left out."
UNKNOWN_KIND = "Cells of an unknown kind were taken as raw text."
NO_TEXT = "Cells whose text could not be read were taken as empty."
TOO_LONG = f"Cells with more than {LONGEST:,} characters were taken as empty."
CHARACTERS = "Characters that could not be read were replaced by �."


class Told:
    """What was put right, in sentences: one for each kind of repair, with the names of the cells."""

    def __init__(self):
        self.found = {}

    def add(self, sentence, name=None):
        names = self.found.setdefault(sentence, [])
        if name and name not in names:
            names.append(name)

    def sentences(self):
        return [_said(sentence, names) if names else sentence for sentence, names in self.found.items()]


def _said(sentence, names):
    one = len(names) == 1
    listed = names[0] if one else f"{', '.join(names[:-1])} and {names[-1]}"
    words = ("cell", "was", "is", "it", "its") if one else ("cells", "were", "are", "they", "their")
    return sentence.format(names=listed, **dict(zip(("cell", "was", "is", "it", "its"), words, strict=True)))


class NotHandedIn(Plain):
    """There is no such file."""


def read_file(path):
    """The bytes of a submitted file; a plain sentence for what is no file or too large. No link and no pipe is followed."""
    try:
        file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY)
    except FileNotFoundError:
        raise NotHandedIn(f"{path.name} was not handed in.") from None
    except OSError as error:
        if path.is_symlink():
            raise Plain(f"{path.name} is a link to another file, not a file.") from None
        raise Plain(f"{path.name} cannot be read ({error.strerror}).") from None
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):  # before it is opened as a file: that fails for a folder
            raise Plain(f"{path.name} is not a plain file.")
        with os.fdopen(os.dup(file), "rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise Plain(f"{path.name} cannot be read ({error.strerror}).") from None
    finally:
        os.close(file)
    if len(data) > LARGEST:
        raise Plain(f"{path.name} has more than {LARGEST:,} bytes. Clear its outputs and hand it in again.")
    return data


def cells_of(data, master, told):
    """The submission's cells as plain dictionaries of cell_type, source, metadata, id and attachments."""
    found = _json(data, told)
    if not isinstance(found, dict):
        raise Plain("The file is not a notebook: it holds no cells.")
    _language(found, master, told)
    listed, sheets = found.get("cells"), found.get("worksheets")
    if "cells" not in found and isinstance(sheets, list):
        told.add(OLD)
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        listed = [cell for one in lists if isinstance(one, list) for cell in one]
    elif found.get("nbformat") != 4:
        told.add(FORMAT)
    if not isinstance(listed, list):
        raise Plain("The file is not a notebook: it has no list of cells.")
    if len(listed) > MOST_CELLS:
        raise Plain(f"The notebook has {len(listed):,} cells, more than {MOST_CELLS:,}.")
    if not all(isinstance(one, dict) for one in listed):
        told.add(UNKNOWN)
    return [_cell(one, told) for one in listed if isinstance(one, dict)]


def _json(data, told):
    if not data.strip():
        raise Plain("The file is empty. Save the notebook in JupyterLab, and hand it in again.")
    for start, what in NO_NOTEBOOK.items():
        if data.startswith(start):
            raise Plain(f"The file is not a notebook but {what}. Hand in the notebook itself.")
    encoding = json.detect_encoding(data)
    if encoding != "utf-8":
        name = "UTF-8 with a byte order mark" if encoding == "utf-8-sig" else encoding.upper()[:6]
        told.add(f"The file was saved as {name}, and was read all the same.")
    try:
        text = data.decode(encoding)
    except ValueError:
        text = data.decode(encoding, "replace")
        told.add(CHARACTERS)
    if text.count("[") + text.count("{") > MOST_PARTS:
        raise Plain(f"The notebook has more than {MOST_PARTS:,} parts. Clear its outputs and hand it in again.")
    try:
        # No number of a submission is used; as a whole number, one of many digits would take its time or be refused.
        return json.loads(text, parse_int=float)
    except (ValueError, RecursionError):
        raise Plain(
            "The file is not a notebook, or only a part of one: it cannot be read as JSON. "
            "Open it in JupyterLab, save it, and hand it in again."
        ) from None


def _language(found, master, told):
    """Tell when a notebook was set to another language; it is run with the master's kernel all the same."""

    def language(metadata):
        for kind, key in (("kernelspec", "language"), ("language_info", "name")):
            part = metadata.get(kind) if isinstance(metadata, dict) else None
            if isinstance(part, dict) and isinstance(part.get(key), str):
                return part[key]
        return None

    given, wanted = language(found.get("metadata")), language(master.metadata) or "python"
    if given and given.lower() != wanted.lower():
        told.add(LANGUAGE.format(language=wanted.capitalize()))


def _cell(one, told):
    kind = "markdown" if one.get("cell_type") == "heading" else one.get("cell_type")  # headings: until format 3
    if not isinstance(kind, str) or kind not in KINDS:
        told.add(UNKNOWN_KIND)
        kind = "raw"
    metadata = one.get("metadata") if isinstance(one.get("metadata"), dict) else {}
    return {
        "cell_type": kind,
        "source": _source(one, told),
        "metadata": metadata,
        "id": one.get("id"),
        "attachments": one.get("attachments"),
    }


def _source(one, told):
    source = one.get("source")
    if source is None:
        source = one.get("input")  # until format 3
    if source is None:
        return ""
    if isinstance(source, list) and all(isinstance(part, str) for part in source):
        source = "".join(source)
    if not isinstance(source, str):
        told.add(NO_TEXT)
        return ""
    if len(source) > LONGEST:
        told.add(TOO_LONG)
        return ""
    readable = clean(source)
    if readable != source:
        told.add(CHARACTERS)
    return readable.replace("\r\n", "\n")


def clean(text):
    """A text without what cannot be run or written to a file: NUL, and halves of characters."""
    return re.sub("[\0\ud800-\udfff]", "�", text)
