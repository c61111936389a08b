"""The first command on a fresh machine: what is missing is one plain sentence, nothing is left half made."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections import namedtuple
from pathlib import Path

import pytest
import yaml
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from coursekit import ready

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A course folder of its own, with the lock and the project file."""
    for name in ("requirements.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    monkeypatch.setattr(ready, "ROOT", str(tmp_path))
    monkeypatch.setattr(ready, "VENV", str(tmp_path / ".venv"))
    monkeypatch.setattr(ready, "MARK", str(tmp_path / ".venv" / "ready"))
    return tmp_path


def said(capsys, call=ready.main):
    with pytest.raises(SystemExit) as stopped:
        call()
    assert stopped.value.code == 1
    return capsys.readouterr().err


def test_a_python_too_old_is_told(place, monkeypatch, capsys):
    Info = namedtuple("Info", "major minor micro releaselevel serial")
    monkeypatch.setattr(ready.sys, "version_info", Info(3, 9, 1, "final", 0))
    monkeypatch.setattr(ready, "other_python", lambda: None)
    assert "This is Python 3.9; the course needs Python 3.11" in said(capsys)


def test_another_python_that_fits_is_taken(place, monkeypatch):
    Info = namedtuple("Info", "major minor micro releaselevel serial")
    monkeypatch.setattr(ready.sys, "version_info", Info(3, 9, 1, "final", 0))
    monkeypatch.setattr(ready, "other_python", lambda: "/usr/bin/python3.12")
    monkeypatch.delenv("COURSEKIT_READY_AGAIN", raising=False)
    called = []
    monkeypatch.setattr(ready.subprocess, "call", lambda command: called.append(command) or 0)
    with pytest.raises(SystemExit) as stopped:
        ready.main()
    assert (stopped.value.code, called[0][0]) == (0, "/usr/bin/python3.12")
    os.environ.pop("COURSEKIT_READY_AGAIN", None)


def test_a_missing_venv_module_is_told(place, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert "sudo apt install python3" in said(capsys)


def test_a_full_disk_is_told_before_anything_is_fetched(place, monkeypatch, capsys):
    Usage = namedtuple("Usage", "total used free")
    monkeypatch.setattr(ready.shutil, "disk_usage", lambda _: Usage(9, 9, 50_000_000))
    assert "The disk has 50 MB free" in said(capsys)


def test_a_folder_that_cannot_be_written_is_told(place, monkeypatch, capsys):
    monkeypatch.setattr(ready.os, "access", lambda *_: False)
    assert "cannot be written to" in said(capsys)


@pytest.mark.parametrize(("output", "says"), [
    ("OSError: [Errno 28] No space left on device", "The disk is full"),
    ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one the course was tested with"),
    ("Max retries exceeded with url", "The line to the package index broke"),
    ("something else", "could not be made"),
])  # fmt: skip
def test_a_step_that_fails_says_why_and_leaves_nothing(place, capsys, output, says):
    (place / ".venv").mkdir()
    command = [sys.executable, "-c", f"print({output!r}); raise SystemExit(1)"]
    words = said(capsys, lambda: ready.step(1, "trying", command))
    assert says in words
    assert output in words
    assert not (place / ".venv").exists()


def test_a_half_made_environment_is_made_again_and_a_ready_one_is_left(place, monkeypatch):
    steps = []

    def step(number, words, command):
        steps.append(number)
        Path(ready.python_of_venv()).parent.mkdir(parents=True, exist_ok=True)
        Path(ready.python_of_venv()).touch()

    monkeypatch.setattr(ready, "step", step)
    (place / ".venv").mkdir()
    (place / ".venv" / "half").touch()
    ready.main()
    assert steps == [1, 2, 3]
    assert not (place / ".venv" / "half").exists()
    ready.main()
    assert steps == [1, 2, 3]
    with (place / "pyproject.toml").open("a") as file:
        file.write("[tool.other]\n")  # settings of tools install nothing
    ready.main()
    assert steps == [1, 2, 3]
    (place / "requirements.txt").write_text(LOCK + "# changed\n")
    ready.main()
    assert steps == [1, 2, 3] * 2


def test_an_interrupted_set_up_leaves_nothing(place, monkeypatch, capsys):
    def step(*_):
        (place / ".venv").mkdir(exist_ok=True)
        raise KeyboardInterrupt

    monkeypatch.setattr(ready, "step", step)
    assert "Stopped; nothing was left behind" in said(capsys)
    assert not (place / ".venv").exists()


def test_an_old_python_understands_the_script():
    """No syntax that came after Python 3.4, so that any Python can at least say that it is too old."""
    ast.parse((ROOT / "coursekit" / "ready.py").read_text(encoding="utf-8"), feature_version=(3, 4))


def test_when_it_is_ready_the_script_returns_at_once():
    assert ready.is_ready(), "run `make ready` first"
    done = subprocess.run([sys.executable, "coursekit/ready.py"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "")


# -- the lock, the project file and the conda file say the same ----------------------------


def test_the_lock_holds_versions_and_hashes_only():
    for line in LOCK.splitlines():
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?", line), line


def test_every_dependency_is_locked_in_a_version_that_fits():
    locked = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.]+)", LOCK, re.M):
        locked.setdefault(name.lower(), []).append(Version(version))
    extras = PROJECT["project"]["optional-dependencies"].values()
    for text in [*PROJECT["project"]["dependencies"], *(d for extra in extras for d in extra)]:
        requirement = Requirement(text)
        versions = locked[requirement.name.lower()]
        assert all(v in requirement.specifier for v in versions), (text, versions)


def test_the_pythons_are_the_same_everywhere():
    allowed = SpecifierSet(PROJECT["project"]["requires-python"])
    fits = [(3, minor) for minor in range(20) if f"3.{minor}.1" in allowed]
    assert (fits[0], fits[-1]) == (ready.OLDEST, ready.NEWEST)
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    python = next(d for d in conda["dependencies"] if isinstance(d, str) and d.startswith("python="))
    assert f"{python.removeprefix('python=')}.1" in allowed
    pip = next(d["pip"] for d in conda["dependencies"] if isinstance(d, dict))
    assert pip == ["-r requirements.txt"]
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text(encoding="utf-8"))
    tried = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    assert tried == [f"3.{minor}" for _, minor in fits]
