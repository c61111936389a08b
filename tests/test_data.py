"""Tables: exact types, the same bytes, other numbers with a seed, plain sentences."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from coursekit import catalog, describe, load, world
from coursekit.errors import Plain
from coursekit.world.store import write_datasets

TABLES = list(world.TABLES)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """datasets/, made anew beside a copy of its hand-written page."""
    folder = tmp_path_factory.mktemp("datasets")
    shutil.copy(ROOT / "datasets" / "README.md", folder)
    write_datasets(folder)
    return folder


def test_datasets_are_what_the_world_makes(made):
    names = {path.name for path in made.iterdir()}
    assert names == {path.name for path in (ROOT / "datasets").iterdir()}
    for name in names:
        assert (made / name).read_bytes() == (ROOT / "datasets" / name).read_bytes(), name
    assert write_datasets(made) == []
    (made / "fx.csv").write_text("spoiled")
    (made / "README.md").write_text(
        (made / "README.md").read_text(encoding="utf-8").replace("| `fx` | 3 |", "| `fx` | 4 |"), encoding="utf-8"
    )
    (made / ".fx.csv.ready").write_text("left by a run that was killed")
    assert sorted(p.name for p in write_datasets(made)) == ["README.md", "fx.csv"]
    assert {path.name for path in made.iterdir()} == names


@pytest.mark.parametrize("fails_at", ["write_bytes", "replace"])
def test_a_full_disk_leaves_the_old_tables_whole(made, monkeypatch, fails_at):
    before = {path.name: path.read_bytes() for path in made.iterdir()}
    for name in ("fx.csv", "claims.csv"):
        (made / name).write_text("old")
    old = {path.name: path.read_bytes() for path in made.iterdir()}
    real = getattr(Path, fails_at)

    def full(path, *args):
        if path.name == ".fx.csv.ready":
            raise OSError(28, "No space left on device")
        return real(path, *args)

    monkeypatch.setattr(Path, fails_at, full)
    with pytest.raises(Plain, match="No space left"):
        write_datasets(made)
    monkeypatch.undo()
    # Either nothing has changed, or what has changed is whole.
    now = {path.name: path.read_bytes() for path in made.iterdir()}
    assert set(now) == set(old)
    assert all(now[name] in (old[name], before[name]) for name in now)
    if fails_at == "write_bytes":
        assert now == old
    write_datasets(made)
    assert {path.name: path.read_bytes() for path in made.iterdir()} == before


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_declared_types_from_file_and_from_seed(table):
    declared = {f["name"]: pd.api.types.pandas_dtype(world.DTYPES[f["type"]]) for f in world.TABLES[table]["fields"]}
    for frame in (load(table), load(table, seed=5), world.make(table)):
        assert dict(frame.dtypes) == declared
        assert not frame.duplicated(world.TABLES[table]["key"]).any()
        for f in world.TABLES[table]["fields"]:
            rules, column = f["constraints"], frame[f["name"]]
            assert "minimum" not in rules or (column >= rules["minimum"]).all()
            assert "enum" not in rules or column.isin(rules["enum"]).all()
            assert not rules.get("required") or (column.notna() & column.astype(str).str.len().gt(0)).all()
            assert not rules.get("unique") or column.is_unique
    pd.testing.assert_frame_equal(load(table), world.make(table))


@pytest.mark.parametrize("table", sorted(set(TABLES) - {"calendar"}))
@pytest.mark.parametrize("seed", range(2))
def test_a_seed_gives_other_numbers_and_always_the_same(table, seed):
    assert load(table, seed=seed).equals(load(table, seed=seed))
    assert not load(table, seed=seed).equals(load(table))
    assert not load(table, seed=seed).equals(load(table, seed=seed + 1))


@pytest.mark.parametrize("seed", range(50))
def test_made_up_claims_hold_together_and_say_that_they_are_made_up(seed):
    claims, fx = load("claims", seed=seed), load("fx", seed=seed).set_index("case")["yuan_per_dollar"]
    value = claims.set_index("claim")["value"]
    for case, claim in [
        ("Zhejiang alliance", "alliance_sales"),
        ("Pearl village", "pearl_sales"),
        ("Host from Sichuan", "host_sales"),
    ]:
        assert value[claim] / fx[case] == pytest.approx(value[claim + "_usd"], abs=1)
    assert value["pearl_live"] < value["pearl_sales"]
    assert claims["source"].str.endswith("(this figure is made up for practice)").all()
    assert fx.is_unique
    assert fx.min() < fx["Pearl village"] < fx.max()
    assert value.max() ** 2 < 2**63  # whole numbers may be multiplied without running over


def test_published_figures_keep_their_source_and_qualifier():
    claims = load("claims").set_index("claim")
    assert claims.loc["host_viewers", ["qualifier", "value", "unit"]].to_list() == ["almost", 120_000, "viewer"]
    assert load("fx").set_index("case")["yuan_per_dollar"].to_dict() == {
        "Zhejiang alliance": 7.09, "Pearl village": 6.94, "Host from Sichuan": 6.97}  # fmt: skip


@pytest.mark.parametrize(("table", "seed", "says"), [
    ("claim", None, 'Did you mean "claims"'), ("zzz", None, "catalog() lists"), ("fx", -1, "whole number from 0"),
    ("fx", 1.5, "whole number from 0"), ("fx", True, "whole number from 0"),
])  # fmt: skip
def test_bad_requests_are_one_sentence(table, seed, says):
    with pytest.raises(Plain) as caught:
        load(table, seed=seed)
    assert says in str(caught.value)


def test_a_damaged_table_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("coursekit.data.datasets", lambda: tmp_path)
    whole = (ROOT / "datasets" / "bookings.csv").read_bytes()
    (tmp_path / "bookings.csv").write_bytes(whole)
    with pytest.raises(Plain, match="damaged"):  # no dictionary beside it
        load("bookings")
    shutil.copy(ROOT / "datasets" / "datapackage.json", tmp_path)
    assert len(load("bookings")) > 20_000
    # Cut short at the end of a line, as by a line that broke: nothing but its length tells.
    (tmp_path / "bookings.csv").write_bytes(whole[: whole.rindex(b"\n", 0, -2) + 1])
    with pytest.raises(Plain, match=r"damaged .*bytes.*make data"):
        load("bookings")
    (tmp_path / "bookings.csv").write_bytes(whole.replace(b",2,", b",x,", 1))
    with pytest.raises(Plain, match="damaged"):
        load("bookings")


def test_without_datasets_a_table_is_generated(tmp_path, monkeypatch):
    expected = load("shop")
    monkeypatch.setattr("coursekit.data.datasets", lambda: tmp_path)
    pd.testing.assert_frame_equal(load("shop"), expected)


def test_every_table_and_column_has_its_meaning():
    for table in TABLES:
        assert list(describe(table).index) == list(load(table).columns)
        assert describe(table)["meaning"].str.len().between(5, 50).all()  # pandas cuts longer ones
        assert len(world.TABLES[table]["title"]) <= 50
    assert sorted(catalog().index) == sorted(TABLES)
    assert list(catalog()["module"].unique()) == ["start", "a_livestream", "b_homestay", "c_promotion"]


def test_the_data_package_names_every_table_and_license():
    package = json.loads((ROOT / "datasets" / "datapackage.json").read_text(encoding="utf-8"))
    assert [r["path"] for r in package["resources"]] == [f"{t}.csv" for t in TABLES]
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert len(package["sources"]) >= 5
    for r in package["resources"]:
        assert r["schema"]["primaryKey"]
        for f in r["schema"]["fields"]:
            # Counts and names need no unit; every measured number has one, and a meaning.
            assert f["description"]
            assert f["type"] != "number" or f["unit"], (r["name"], f["name"])


def test_a_trainee_imports_no_instructor_room():
    """`import coursekit` loads neither pyplot nor notebooks' machinery; bench.py measures the time."""
    code = "import sys, coursekit; print(*sorted(sys.modules))"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    heavy = {
        "matplotlib",
        "matplotlib.pyplot",
        "IPython",
        "nbformat",
        "nbgrader",
        "scipy",
        "pydantic",
        "ipywidgets",
        "jsonschema",
    }
    assert not loaded & heavy
    assert not [m for m in loaded if m.startswith(("coursekit.course", "coursekit.grading"))]
