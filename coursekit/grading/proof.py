"""Whether the box holds on this machine: a handful of escapes, tried from inside before anything of a trainee's runs."""

import contextlib
import json
import os
import secrets
import socket
import tempfile
import time
from pathlib import Path

from coursekit.errors import Plain
from coursekit.grading.box import ISOLATED, LIMITS, OWN_SETTINGS, Over

# What a cell must not be able to do, and the lines that try; `told` holds what lies in reach of a process that is not shut in.
ESCAPES = {
    "read files of this machine": "open(told['file']).read()",
    "write files on this machine": "open(told['folder'] + '/written', 'w').close()",
    "change this package": "import coursekit\nopen(coursekit.__file__, 'a').close()",
    "see the settings of this session": "import os\nassert set(told['settings']) & set(os.environ)",
    "see other programs that run here": "import os\nassert len([n for n in os.listdir('/proc') if n.isdigit()]) > 5",
    "reach this machine's network": "import socket\nsocket.create_connection(('127.0.0.1', told['port']), 1)",
    "reach the network outside": "import socket\nassert [name for _, name in socket.if_nameindex() if name != 'lo']",
    "reach other programs' sockets": "import socket\nsocket.socket(socket.AF_UNIX).connect('\\0' + told['socket'])",
    "take rights": "import ctypes\nassert ctypes.CDLL(None).unshare(0x10000000) == 0 or ctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0",
}  # fmt: skip
# What must be ended: the lines, the limits, and what the end is called.
ENDLESS = {
    "run for ever": ("while True: pass", {"cell": 1.0}, {"time"}),
    "take all memory": ("x = []\nwhile True: x.append(b'1' * 1_000_000)", {"memory": 200 << 20}, {"memory", "raised"}),
    "start processes without end": ("import os, time\nfor _ in range(30): os.fork()\ntime.sleep(9)", {"processes": 20}, {"processes", "raised"}),
    "print without end": ("while True: print('x' * 1000)", {"printed": 100_000}, {"printed"}),
}  # fmt: skip


@contextlib.contextmanager
def in_reach():
    """What any process of this user can reach, for the time of a proof; yields {what: how it is reached}."""
    word = f"proof-{secrets.token_hex(8)}"
    home = Path.home() if os.access(Path.home(), os.W_OK) else None
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(dir=home))
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        other = stack.enter_context(socket.socket(socket.AF_UNIX))
        other.bind(f"\0{word}")
        other.listen()
        Path(folder, "file").write_text(word)
        yield {
            "folder": folder, "file": f"{folder}/file", "port": tcp.getsockname()[1], "socket": word, "word": word,
            "settings": sorted(set(os.environ) - OWN_SETTINGS),
        }  # fmt: skip


def escapes(box, told):
    """What a cell in a box could do of what it must not, in words; empty when the box holds.

    told: of `in_reach`.
    """
    done = []
    with box.start(LIMITS) as cells:
        cells.run(f"import json\ntold = json.loads({json.dumps(told)!r})")
        for what, lines in ESCAPES.items():
            body = lines.replace("\n", "\n    ")
            cells.run(f"done = False\ntry:\n    {body}\n    done = True\nexcept Exception:\n    pass")
            if cells.request({"value": "done"}).get("value") is not False:
                done.append(what)
    return done


def prove(box):
    """Raise Plain when a cell in this box can do what it must not."""
    if box.isolation != ISOLATED:
        return
    with in_reach() as told:
        done = escapes(box, told)
    if done:
        raise Plain(
            f"The box does not hold on this machine: a cell in it could {' and '.join(done)}. Nothing was graded. "
            "`coursekit doctor` tells more; grade on another machine, or accept the risk with --without-box."
        )


def endless(box):
    """What a cell in a box could do without end, in words; empty when its limits hold."""
    done = []
    for what, (lines, limits, ends) in ENDLESS.items():
        with box.start(LIMITS | limits) as cells:
            try:
                ended = "done" if cells.run(lines)[0] else "raised"
            except Over as over:
                ended = over.why
        if ended not in ends:
            done.append(what)
    return done


def left(box, word):
    """Whether a process that a cell began goes on after the notebook's end. word: one that no other process has."""
    with box.start(LIMITS) as cells:
        cells.run(
            f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)', {word!r}], start_new_session=True)"
        )
    time.sleep(0.5)  # until the kernel has ended them
    return any(word in text for text in _command_lines())


def _command_lines():
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            yield file.read_text(errors="replace")
