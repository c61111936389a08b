"""What several tests need: the course's folder, and a copy of it to spoil."""

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READY = [
    "s1_first_numbers", "s2_first_table", "a1_headline_numbers", "a2_session_profit", "a3_funnel", "a4_how_sure",
    "a5_audience_curve", "a6_live_test", "b1_room_nights", "b2_pickup", "b3_cancellations",
]  # fmt: skip


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
