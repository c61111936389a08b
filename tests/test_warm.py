"""Warm kernels: the same outputs as any kernel's, sooner; nothing shared, nothing left behind, and as ever where they cannot be."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from coursekit.course import warm
from coursekit.course.kernel import session, text_of
from coursekit.errors import Plain

pytestmark = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="kernels are forked on Linux only")
MOTHER = "open(f'/proc/{__import__(\"os\").getppid()}/cmdline').read().replace(chr(0), ' ')"
CELLS = [
    "import numpy as np\nimport pandas as pd\nimport matplotlib.pyplot as plt\nfrom coursekit import check, load",
    "pd.DataFrame({'night': pd.date_range('2025-05-01', periods=3), 'rate': [1.5, 2, 3]})",
    "plt.plot([1, 3, 2])\nplt.title('一二')\nplt.show()",
    "print('a')\nimport sys\nprint('b', file=sys.stderr)",
    "1 / 0",
    "late",
    "from ipywidgets import IntSlider\nIntSlider(3).value",
    "!echo $((6*7))",
    "import subprocess, os, signal\nsubprocess.run(['sh', '-c', 'exit 3']).returncode, os.getcwd() == os.environ['PWD'], "
    "signal.getsignal(signal.SIGINT) is signal.default_int_handler, sys.argv[0].endswith('ipykernel_launcher.py')",
    "import coursekit.checks\n[cell.source for cell in coursekit.checks.ran][:1]",
    "%timeit -n1 -r1 pass\n",
    "import random\nsorted(m for m in ('os', 'json') if m in globals())",
]


@pytest.fixture
def asked(monkeypatch):
    """Warm kernels are asked for; jupyter_client reads that once."""
    for name, value in warm.choice().items():
        monkeypatch.setenv(name, value)
    KernelProvisionerFactory.clear_instance()
    yield
    KernelProvisionerFactory.clear_instance()


@contextmanager
def forked(folder):
    """A session in a kernel that was forked: the warm process is loaded when somebody needs it, and nobody waits for it."""
    for _ in range(60):
        with session(folder, PWD=str(folder)) as kernel:
            if "coursekit.course.warm" in text_of(kernel.run(MOTHER)):
                yield kernel
                return
        time.sleep(1)
    pytest.fail("No kernel was forked within a minute.")


def outputs(kernel):
    return [json.loads(json.dumps(kernel.run(cell))) for cell in CELLS]


def test_a_warm_kernel_shows_what_any_kernel_shows(tmp_path, asked, monkeypatch):
    with forked(tmp_path) as kernel:
        ours = outputs(kernel)
    for name in warm.choice():
        monkeypatch.delenv(name)
    KernelProvisionerFactory.clear_instance()
    with session(tmp_path, PWD=str(tmp_path)) as kernel:
        assert "coursekit.course.warm" not in text_of(kernel.run(MOTHER))
        theirs = outputs(kernel)
    for cell, one, other in zip(CELLS, ours, theirs, strict=True):
        if "%timeit" in cell:  # it says how long it took
            one, other = len(one), len(other)
        assert one == other, cell
    assert any("image/png" in output.get("data", {}) for output in ours[2])


def test_two_kernels_share_nothing_and_draw_their_own_numbers(tmp_path, asked):
    draw = "import numpy as np, random\n(np.random.rand(), random.random(), np.random.default_rng().random())"
    with forked(tmp_path) as one, forked(tmp_path) as other:
        one.run("import pandas as pd\npd.left_behind = 1")
        assert text_of(other.run("import pandas as pd\nhasattr(pd, 'left_behind')")) == "False"
        here, there = (text_of(kernel.run(draw)).strip("()").split(", ") for kernel in (one, other))
        assert not set(here) & set(there)


def test_a_warm_kernel_is_interrupted_restarted_and_ended_as_any(tmp_path, asked):
    with forked(tmp_path):
        pass
    manager = KernelManager()
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        first = manager.provisioner.pid
        assert isinstance(manager.provisioner.process, warm.Fork)
        client.execute("import time\nprint('begun', flush=True)\nfor _ in range(600): time.sleep(0.1)")
        while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
            pass
        manager.interrupt_kernel()
        assert client.get_shell_msg(timeout=20)["content"]["ename"] == "KeyboardInterrupt"
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=60)
        second = manager.provisioner.pid
        assert isinstance(manager.provisioner.process, warm.Fork)
        assert second != first
        assert ended(first)
        os.kill(second, 9)
        assert ended(second)
        assert not manager.is_alive()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def ended(number):
    """True when a process ends within some seconds."""
    for _ in range(100):
        if not Path(f"/proc/{number}").exists():
            return True
        time.sleep(0.1)
    return False


SERVER = """
import sys, time
from coursekit.course.kernel import session, text_of
for _ in range(60):
    with session(sys.argv[1]) as kernel:
        command, mother, own = eval(text_of(kernel.run("import os\\n(open(f'/proc/{os.getppid()}/cmdline').read(), os.getppid(), os.getpid())")))
        if "coursekit.course.warm" in command:
            print(mother, own, flush=True)
            time.sleep(600)
    time.sleep(1)
"""


def test_a_server_that_is_killed_leaves_no_kernel_and_no_warm_process(tmp_path, asked):
    with subprocess.Popen([sys.executable, "-c", SERVER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as server:
        mother, own = map(int, server.stdout.readline().split())
        server.kill()
    assert ended(own)
    assert ended(mother)


def test_after_a_change_of_the_package_a_kernel_is_not_a_fork_of_what_was(tmp_path, asked, monkeypatch):
    with forked(tmp_path) as before:
        old = text_of(before.run("import os; os.getppid()"))
        changed = warm._state() | {"a file": 1}
        monkeypatch.setattr(warm, "_state", lambda: changed)
        with session(tmp_path) as kernel:
            assert text_of(kernel.run("import os; os.getppid()")) != old
        with forked(tmp_path) as kernel:
            assert text_of(kernel.run("import os; os.getppid()")) != old
        assert text_of(before.run("1 + 1")) == "2"


def test_an_older_installation_says_so(monkeypatch):
    monkeypatch.setattr(warm, "NAME", "coursekit-warm of another day")
    with pytest.raises(Plain, match="install it once more"):
        warm.choice()


@pytest.mark.parametrize(
    ("command", "more"),
    [
        (["ir", "-f", "x"], {}),
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "x"], {"stdout": subprocess.PIPE}),
        (["/no/such/python", "-m", "ipykernel_launcher", "-f", "x"], {}),
        (["false", "-m", "ipykernel_launcher", "-f", "x"], {}),
    ],
)
def test_what_cannot_be_forked_starts_as_ever(command, more):
    assert warm._fork(command, more) is None
    time.sleep(0.2)
    assert warm._fork(command, more) is None
