"""What several tests need: the course's folder, and a copy of it to spoil."""

import re
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


def pytest_xdist_make_scheduler(config, log):
    """Which tests share a worker: those of a file; in the files that take every assignment, those of one."""
    from xdist.scheduler import LoadScopeScheduling

    class ByAssignment(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            path = nodeid.split("::")[0]
            one = re.search(r"\[([a-z]\d)[-_]", nodeid) if path.endswith(("test_questions.py", "test_attacks.py")) else None
            return f"{path} {one[1]}" if one else path

    return ByAssignment(config, log) if config.getvalue("dist") == "loadscope" else None
