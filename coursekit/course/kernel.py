"""A Jupyter kernel to run cells in, as a trainee's or an author's notebook would."""

import contextlib
import os

import nbformat
from nbclient import NotebookClient


class Session:
    """A running kernel; ``run`` gives back what a cell put out."""

    def __init__(self, client):
        self.client = client

    def run(self, source):
        """The outputs of one cell; an error is an output of type "error"."""
        cell = nbformat.v4.new_code_cell(source)
        self.client.execute_cell(cell, 0)
        return cell.outputs


@contextlib.contextmanager
def session(folder, timeout=120, **env):
    """A kernel started in a folder, without nbgrader's variables and with those given."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("NBGRADER_", "COURSEKIT_"))}
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("")])
    client = NotebookClient(notebook, timeout=timeout, kernel_name="python3", allow_errors=True,
                            extra_arguments=["--log-level=ERROR"],
                            resources={"metadata": {"path": str(folder)}})  # fmt: skip
    with client.setup_kernel(env={**clean, **env}):
        yield Session(client)


def error_of(outputs):
    """The error among a cell's outputs, in one line, or None."""
    for output in outputs:
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}"
    return None


def text_of(outputs):
    """What a cell shows as plain text, errors included."""
    parts = []
    for output in outputs:
        if output.output_type == "stream":
            parts.append(output.text)
        elif output.output_type == "error":
            parts.append("\n".join(output.traceback) or f"{output.ename}: {output.evalue}")
        else:
            parts.append(output.data.get("text/plain", ""))
    return "\n".join(parts)
