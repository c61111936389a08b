"""What several tests need: the course's folder, and a copy of it to spoil."""

import shutil
from pathlib import Path

import pytest

from coursekit.course.outline import outline

ROOT = Path(__file__).parents[1]
READY = outline(ROOT).ready()


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture
def copy(tmp_path):
    """A copy of the course, without what a class produced."""
    target = tmp_path / "course"
    left_out = shutil.ignore_patterns(".git", ".venv", "class", "work", "coursekit", "tests", "__pycache__", ".release-*")
    shutil.copytree(ROOT, target, ignore=left_out)
    # The library is the installed one; only a marker file keeps the stamp of its sources.
    return target


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items):
    """Which tests share a worker: those of a file; in the files that take every assignment, those of one."""
    for item in items:
        group = item.path.name
        if group in ("test_questions.py", "test_attacks.py") and hasattr(item, "callspec"):
            values = item.callspec.params
            group += str(values.get("name") if group == "test_questions.py" else values.get("prefix"))
        item.add_marker(pytest.mark.xdist_group(group))
