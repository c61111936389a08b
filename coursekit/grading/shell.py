"""Running cells as a notebook does, without a kernel: IPython's own shell, whose outputs are sent on as they come.

What a cell prints, shows and raises becomes the outputs that the notebook format knows, as a kernel would write them.
"""

import builtins
import contextlib
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import StdinNotImplementedError
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Any

INLINE = "module://matplotlib_inline.backend_inline"


class Stream:
    """What a cell prints; joined until something else is shown."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self, name, send):
        self.name, self.send, self.waiting = name, send, []

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self.waiting.append(text)
        if len(self.waiting) > 100 or len(text) > 10_000:
            self.flush()
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        text, self.waiting = "".join(self.waiting), []
        if text:
            self.send({"output_type": "stream", "name": self.name, "text": text})

    def isatty(self):
        return False

    def writable(self):
        return True

    def readable(self):
        return False

    def fileno(self):
        return 1 if self.name == "stdout" else 2


class Hook(DisplayHook):
    """The value of a cell's last line."""

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        self.shell.put_out("execute_result", format_dict, md_dict, execution_count=self.prompt_count)

    def finish_displayhook(self):
        pass


class Publisher(DisplayPublisher):
    """What display() shows."""

    def publish(self, data, metadata=None, source=None, *, transient=None, update=False, **kwargs):
        shell = InteractiveShell.instance()
        name = (transient or {}).get("display_id")
        shell.put_out(
            "update_display_data" if update else "display_data", data, metadata, **({"display_id": name} if name else {})
        )

    def clear_output(self, wait=False):
        InteractiveShell.instance().tell({"output_type": "clear_output", "wait": bool(wait)})


class Shell(InteractiveShell):
    """IPython's shell; `told` is called with each output as a dictionary."""

    displayhook_class = Any(Hook)
    display_pub_class = Any(Publisher)
    told = Any(None)

    def tell(self, output):
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, Stream):
                stream.flush()
        self.told(output)

    def put_out(self, kind, data, metadata, **more):
        from ipykernel.jsonutil import encode_images, json_clean

        self.tell({"output_type": kind, "data": json_clean(encode_images(data)), "metadata": json_clean(metadata or {}), **more})

    def _showtraceback(self, etype, evalue, stb):
        self.tell(
            {
                "output_type": "error",
                "ename": str(getattr(etype, "__name__", etype)),
                "evalue": _says(evalue),
                "traceback": [str(line) for line in stb],
            }
        )

    def init_history(self):
        from IPython.core.history import HistoryManager

        HistoryManager.enabled = False  # nothing is kept, and no thread is started
        super().init_history()

    def enable_gui(self, gui=None):
        """There is no window to draw in."""

    def ask_exit(self):
        """exit() ends a cell's work, never the process that is watched."""


def _says(value):
    try:
        return str(value)
    except Exception:  # an error with a will of its own
        return "an error that cannot be said"


def shell(told):
    """A new shell, as a fresh notebook has it, whose outputs are given to told."""
    made = Shell.instance(told=told)
    made.colors = "nocolor"
    made.set_hook("show_in_pager", lambda *_, **__: None)  # what a front end shows beside the notebook
    sys.stdout, sys.stderr = Stream("stdout", told), Stream("stderr", told)
    builtins.input = _no_input
    if "matplotlib" in sys.modules:
        from IPython.core.pylabtools import activate_matplotlib
        from matplotlib_inline.backend_inline import configure_inline_support

        activate_matplotlib(INLINE)  # what was drawn is shown when its cell ends
        configure_inline_support(made, INLINE)
    if "coursekit.checks" in sys.modules:  # loaded before there was a shell to attend
        sys.modules["coursekit.checks"].attend()
    return made


FIRST = [  # cells that have the shell load what it loads late
    "1 / 0",
    "import pandas as pd\npd.DataFrame({'a': [1.5]})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])",
    "print(1)",
]


def warm(made, sources):
    """Run cells of the instructor's once, so that what they load is there in every fork; then begin anew."""
    made.told = lambda output: None
    for source in sources:
        run(made, source)
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
    made.reset(new_session=True)
    made.execution_count = 1
    if "coursekit.checks" in sys.modules:
        sys.modules["coursekit.checks"].ran.clear()
        sys.modules["coursekit.checks"]._stopped.clear()


@contextlib.contextmanager
def unseen(made):
    """What cells show inside is not even made."""
    formatter = made.display_formatter
    kinds, formatter.active_types = formatter.active_types, []
    try:
        yield
    finally:
        formatter.active_types = kinds


def _no_input(prompt=""):
    raise StdinNotImplementedError("Nobody is there to type something in while a notebook is graded.")


def run(made, source):
    """Run one cell; True when it went through to its end."""
    result = made.run_cell(source, store_history=True)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, Stream):
            stream.flush()
    return bool(result.success)
