"""Writing datasets/: the tables as CSV and their dictionary as a data package."""

import json

from coursekit.world import TABLES, make

LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def write_datasets(folder):
    """Write every table and datapackage.json; returns the files that changed.

    The same code writes the same bytes.
    """
    folder.mkdir(exist_ok=True)
    made = {f"{name}.csv": make(name).to_csv(index=False, lineterminator="\n") for name in TABLES}
    made["datapackage.json"] = json.dumps(data_package(), indent=2, ensure_ascii=False) + "\n"
    changed = []
    for name, text in made.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != text.encode():
            fresh = folder / f".{name}.new"
            fresh.write_bytes(text.encode())
            fresh.replace(path)
            changed.append(path)
    return changed


def data_package():
    """The dictionary of all tables, after the Data Package standard."""
    return {
        "name": "county",
        "title": "Tables of the course: published cases, and a fictional county",
        "licenses": [LICENSE],
        "resources": [
            {
                "name": name,
                "path": f"{name}.csv",
                "title": table["title"],
                "synthetic": table["synthetic"],
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {
                    "fields": [_field(f) for f in table["fields"]],
                    "primaryKey": table["key"],
                    "missingValues": [],
                },
            }
            for name, table in TABLES.items()
        ],
    }


def _field(described):
    field = {k: v for k, v in described.items() if v}
    if described["type"] == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    return field
