"""Writing datasets/: the tables as CSV and their dictionary as a data package."""

import hashlib
import json

from coursekit.errors import Plain
from coursekit.world import TABLES, make
from coursekit.world.picture import county_page

LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
# Where the county's stylized facts come from; the published cases carry their sources row by row.
SOURCES = [
    {"title": "Antonio, de Almeida & Nunes (2019), Hotel booking demand datasets, doi 10.1016/j.dib.2018.11.126"},
    {"title": "Purchases and product pages in live commerce, a natural experiment, SSRN 4847854"},
    {"title": "No lasting effect of a show beyond its day, SSRN 5018972"},
    {"title": "Women of China: Women boost digital economy in E China's Zhejiang (24 June 2020)"},
    {"title": "Public holidays of China as the State Council announced them, from the library holidays"},
]
READY = ".ready"  # ends the name of a file that is written but not yet in its place


def write_datasets(folder):
    """Write every table and datapackage.json; returns the files that changed.

    The same code writes the same bytes. All files are written beside the old ones first and then
    put in their places at once, so that a full disk or an interrupt leaves the old tables whole.
    """
    made = {f"{name}.csv": csv(make(name)) for name in TABLES}
    made["datapackage.json"] = (json.dumps(data_package(made), indent=2, ensure_ascii=False) + "\n").encode()
    made["county.png"], sentences = county_page()
    if (folder / "README.md").exists():
        text = (folder / "README.md").read_text(encoding="utf-8")
        text = filled(text, "the tables", _list_of_tables(made))
        made["README.md"] = filled(text, "the picture", "\n".join(f"{n}. {says}" for n, says in enumerate(sentences, 1))).encode()
    try:
        folder.mkdir(exist_ok=True)
        for left in folder.glob(f".*{READY}"):
            left.unlink()
        changed = [name for name, data in made.items() if not _holds(folder / name, data)]
        try:
            for name in changed:
                (folder / f".{name}{READY}").write_bytes(made[name])
            for name in changed:
                (folder / f".{name}{READY}").replace(folder / name)
        finally:
            for left in folder.glob(f".*{READY}"):
                left.unlink()
    except OSError as error:
        raise Plain(
            f"The tables could not be written into {folder.name}/ ({error.strerror}). Make room or ask for the right to write there; "
            "then run the command again: the old tables are as they were."
        ) from None
    return [folder / name for name in changed]


def _holds(path, data):
    return path.exists() and path.read_bytes() == data


def filled(text, name, lines):
    """A text in which what stands between the marks of a made part is replaced."""
    begin, end = f"<!-- made: {name} -->", f"<!-- end of {name} -->"
    before, rest = text.split(begin)
    return f"{before}{begin}\n\n{lines}\n\n{end}{rest.split(end)[1]}"


def _list_of_tables(made):
    lines = ["| module | table | rows | size | what |", "|---|---|---|---|---|"]
    for name, table in TABLES.items():
        data = made[f"{name}.csv"]
        size = f"{len(data) / 1e6:.1f} MB" if len(data) > 1e5 else f"{max(len(data) / 1e3, 1):.0f} kB"
        rows = data.count(b"\n") - 1
        lines.append(f"| {table['module']} | `{name}` | {rows:,} | {size} | {table['title']} |")
    return "\n".join(lines)


def csv(frame):
    """A table as the bytes of its file."""
    return frame.to_csv(index=False, lineterminator="\n").encode()


def data_package(made):
    """The dictionary of all tables, after the Data Package standard; made: the bytes of each file."""
    return {
        "name": "county",
        "title": "Tables of the course: published cases, and a fictional county",
        "licenses": [LICENSE],
        "sources": SOURCES,
        "resources": [_resource(name, table, made[f"{name}.csv"]) for name, table in TABLES.items()],
    }


def _resource(name, table, data):
    links = table.get("links", {})
    return {
        "name": name,
        "path": f"{name}.csv",
        "title": table["title"],
        "module": table["module"],
        "synthetic": table["synthetic"],
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        "schema": {
            "fields": [_field(f) for f in table["fields"]],
            "primaryKey": table["key"],
            "foreignKeys": [
                {"fields": [column], "reference": {"resource": other, "fields": TABLES[other]["key"]}}
                for column, other in links.items()
            ],
            # An empty text is a text in a required column; elsewhere nothing is known.
            "missingValues": [""],
        },
    }


def _field(described):
    field = {k: v for k, v in described.items() if v}
    if described["type"] == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    if described["type"] == "datetime":
        field["format"] = "%Y-%m-%d %H:%M:%S"
    return field
