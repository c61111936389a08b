"""Kernels that start warm: each is a fork of one process that has loaded what the course's notebooks load.

For those who ask for it: `coursekit lab --warm`, or JUPYTER_DEFAULT_PROVISIONER_NAME=coursekit-warm before any program that starts
kernels. Notebooks keep their kernel, python3. A kernel that cannot be forked (on another system than Linux, of another language
or another environment) starts as ever. When the package's own files change, the next kernel has them as they are then.
"""

import asyncio
import atexit
import contextlib
import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import weakref
from importlib.metadata import entry_points
from pathlib import Path

from jupyter_client.provisioning import LocalProvisioner

from coursekit.errors import Plain

NAME = "coursekit-warm"
# What notebooks of the course load, and what a kernel loads once it runs.
LOADED = ["coursekit", "coursekit.charts", "coursekit.measures", "coursekit.methods", "scipy.stats", "statsmodels.api", "ipywidgets",
          "matplotlib.pyplot", "matplotlib_inline.backend_inline", "ipykernel.kernelapp", "jedi", "IPython.extensions.storemagic"]  # fmt: skip
LONGEST = 10  # seconds that a kernel may take to say that it is there

_lines = {}  # how Python is called -> (state of the package's files, line to its warm process)
_ready = set()  # lines on which the warm process has said that all is loaded
_kept = []  # every line with its process, which ends when its line is closed, and then its kernels do
_one_asks = threading.Lock()


def choice():
    """What the environment of a program holds that shall start its kernels warm; raises Plain where this installation cannot.

    >>> choice()
    {'JUPYTER_DEFAULT_PROVISIONER_NAME': 'coursekit-warm'}
    """
    if not entry_points(group="jupyter_client.kernel_provisioners", name=NAME):
        raise Plain("This coursekit was installed before it had warm kernels: install it once more, as the README says.")
    return {"JUPYTER_DEFAULT_PROVISIONER_NAME": NAME}


class WarmProvisioner(LocalProvisioner):
    """Starts kernels as jupyter_client does, but for the moment in which a new process is made."""

    async def launch_kernel(self, cmd, **kwargs):
        made = await asyncio.to_thread(_fork, cmd, kwargs)
        if made is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid, self.cwd = made, made.pid, made.pid, kwargs.get("cwd") or Path.cwd()
        return self.connection_info


class Fork:
    """A process that is another's child, with those methods of a Popen that a provisioner calls."""

    stdin = stdout = stderr = None

    def __init__(self, pid):
        self.pid, self.handle = pid, os.pidfd_open(pid)
        weakref.finalize(self, os.close, self.handle)

    def poll(self):
        """None while it runs; how it ended only its mother knows."""
        return 0 if select.select([self.handle], [], [], 0)[0] else None

    def wait(self, timeout=None):
        select.select([self.handle], [], [], timeout)
        return self.poll()

    def send_signal(self, number):
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.handle, number)

    def kill(self):
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        self.send_signal(signal.SIGTERM)


def _fork(cmd, kwargs):
    """A new kernel of a warm process, or None when it must be started as ever."""
    shown = [1 if (one := kwargs.get(name)) is None else one for name in ("stdout", "stderr")]
    if not hasattr(os, "pidfd_open") or "ipykernel_launcher" not in cmd or any(one in (-1, -2, -3) for one in shown):
        return None
    at = cmd.index("ipykernel_launcher")
    request = {
        "arguments": cmd[at + 1 :],
        "env": kwargs.get("env") or dict(os.environ),
        "cwd": str(kwargs.get("cwd") or Path.cwd()),
    }
    with _one_asks:
        try:
            line = _line(tuple(cmd[: at - 1]))
            if line not in _ready:
                line.setblocking(False)
                line.recv(100)  # raises while the process still loads: nobody waits for it
                _ready.add(line)
            files = [one if isinstance(one, int) else one.fileno() for one in shown]
            line.settimeout(LONGEST)
            socket.send_fds(line, [json.dumps(request).encode() + b"\n"], files)
            return Fork(int(line.recv(100)))
        except BlockingIOError:
            return None
        except (OSError, ValueError):  # it has ended, or there is no such Python
            _lines.clear()
            return None


def _line(python):
    """The line to the warm process of this Python, which is made when there is none that is up to date."""
    state = _state()
    if _lines.get(python, (None, None))[0] != state:
        here, there = socket.socketpair()
        env = os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
        with there, contextlib.ExitStack() as failed:
            failed.callback(here.close)
            command = [*python, "-m", "coursekit.course.warm", str(there.fileno())]
            how = {"stdin": subprocess.DEVNULL, "pass_fds": [there.fileno()], "start_new_session": True}
            _kept.append((here, subprocess.Popen(command, env=env, **how)))
            failed.pop_all()
        _lines[python] = state, here
    return _lines[python][1]


@atexit.register
def _end():
    for line, process in _kept:
        line.close()
        process.kill()
        process.wait()


def _state():
    """When the files of the package were last changed: a kernel must have an author's newest lines."""
    return {str(path): path.stat().st_mtime_ns for path in Path(__file__).parents[1].rglob("*.py")}


# -- the warm process


def main(number):
    """Load what notebooks load, and fork a kernel for each request until the line is closed; number: of the line's file."""
    line = socket.socket(fileno=int(number))
    sys.path.pop(0)  # the folder in which it was started, which is no kernel's
    import ipykernel_launcher

    sys.argv[:] = [ipykernel_launcher.__file__]
    for name in LOADED:
        __import__(name)
    if threading.active_count() > 1:  # a fork would have only one of them
        raise SystemExit("a warm process must have no threads")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # kernels that have ended leave nothing behind
    gc.collect()
    gc.freeze()
    line.sendall(b"ready")
    waiting, files = b"", []
    while True:
        data, sent, _, _ = socket.recv_fds(line, 1 << 20, 8)
        if not data:
            return
        waiting, files = waiting + data, files + sent
        if waiting.endswith(b"\n"):
            mother = os.getpid()
            if not os.fork():
                _become_kernel(json.loads(waiting), files, line, mother)
            for file in files:
                os.close(file)
            waiting, files = b"", []


def _become_kernel(request, files, line, mother):
    os.setsid()
    for new, old in zip([os.open(os.devnull, os.O_RDONLY), *files], (0, 1, 2), strict=True):
        os.dup2(new, old)
        os.close(new)
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.SIG_DFL if number == signal.SIGCHLD else signal.default_int_handler)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ |= request["env"]
    sys.argv += request["arguments"]
    line.sendall(str(os.getpid()).encode())
    line.close()
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp
    from IPython.core.pylabtools import activate_matplotlib
    from matplotlib_inline.backend_inline import configure_inline_support

    from coursekit.checks import attend

    np.random.seed()  # or all kernels would draw the same
    kernel = IPKernelApp.instance(parent_handle=mother)  # it ends with this process
    kernel.initialize(request["arguments"])
    # Both do this when they are loaded, where there is a shell already.
    attend()
    activate_matplotlib(os.environ["MPLBACKEND"])
    configure_inline_support(kernel.shell, os.environ["MPLBACKEND"])
    kernel.start()
    os._exit(0)


if __name__ == "__main__":
    main(*sys.argv[1:])
