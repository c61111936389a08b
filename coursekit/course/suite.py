"""Everything CI checks, in the order in which a failure is told soonest."""

import os
import subprocess
import sys

from coursekit.course.warm import choice

STEPS = [
    ("style", ["-m", "ruff", "check", "."]),
    ("format", ["-m", "ruff", "format", "--check", "coursekit", "tests", "nbgrader_config.py"]),
    ("spelling", ["-m", "codespell_lib"]),
    ("notebooks agree with the outline", ["-m", "coursekit", "lint"]),
    ("canonical form", ["-m", "coursekit", "canonical", "--check"]),
    # By file: a notebook's cells share one kernel, so they must stay on one worker.
    ("every notebook runs", ["-m", "pytest", "-q", "--nbval-lax", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider",
                             "curriculum", "solutions", "exercises"]),
    ("tests", ["-m", "pytest", "-q", "-n", "2", "--dist", "loadscope"]),
]  # fmt: skip


# Two workers on two cores: a linear algebra that starts threads of its own makes all of them wait.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
MORE = {"every notebook runs": choice}


def run(folder):
    """Run every step; 0 when all pass. A failed step does not hide the ones after it."""
    failed = []
    for name, command in STEPS:
        print(f"— {name}", flush=True)
        if subprocess.call([sys.executable, *command], cwd=folder, env=os.environ | ONE_THREAD | MORE.get(name, dict)()):
            failed.append(name)
    print("All checks passed." if not failed else f"Failed: {', '.join(failed)}.", flush=True)
    return 1 if failed else 0
