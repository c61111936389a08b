"""One form for every notebook, so that a diff shows what a person changed and nothing else."""

import base64
import re
import warnings

import nbformat

from coursekit.course.questions import is_mistake
from coursekit.errors import Plain

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
WIDGET = "application/vnd.jupyter.widget-view+json"
MOST_PNG = 60_000
# Cells whose results are not kept: where the reader is to guess first, and where they depend on what is on the machine.
NOT_KEPT = {"predict", "own-machine"}


def canonical(text, name, outputs):
    """A notebook's text in canonical form.

    name: the lesson's id. outputs: True keeps them (curriculum/), without widget views, the
    cells numbered as a run from top to bottom numbers them (nbval compares no cell that has
    no number); False drops them (solutions/, exercises/).
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # missing and doubled ids are mended or told below
            nb = nbformat.reads(text, as_version=4)
    except Exception as error:
        raise Plain(f"{name}: this is no notebook that can be read ({type(error).__name__}).") from None
    nb.nbformat, nb.nbformat_minor = 4, 5
    nb.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    short, taken, run = name.split("_")[0], set(), 0
    for n, cell in enumerate(nb.cells, 1):
        cell.id = _id(cell, short, n, taken)
        if cell.id in taken:
            raise Plain(
                f"{name}: two cells are named {cell.id}. Give the second another grade id or, for a mistake, another slug."
            )
        taken.add(cell.id)
        if "checksum" not in cell.metadata.get("nbgrader", {}):  # a released cell is sealed as it is
            cell.source = "\n".join(line.rstrip() for line in cell.source.strip("\n").split("\n"))
        kept = ("nbgrader", "tags", "editable", "deletable")
        cell.metadata = nbformat.from_dict({k: v for k, v in cell.metadata.items() if k in kept})
        if cell.cell_type == "code":
            run += 1
            keep = outputs and not NOT_KEPT & set(cell.metadata.get("tags", []))
            cell.execution_count = run if keep else None
            cell.outputs = [_output(o, run) for o in _joined(cell.outputs)] if keep else []
    return nbformat.writes(nb, version=4) + "\n"


def _id(cell, short, n, taken):
    """A readable id: the grade_id, the mistake's slug, the author's own, or the place."""
    graded = cell.metadata.get("nbgrader", {}).get("grade_id")
    if graded:
        return graded
    if is_mistake(cell):
        words = cell.source.split("\n")[0].split()
        numbers = [int(m[1]) for m in (re.match(rf"{short}-q(\d+)-", i) for i in taken) if m]
        if not numbers:
            raise Plain(
                f"{short}: a mistake stands before any question. Name a question's cells by grade ids such as {short}-q1-check."
            )
        return f"{short}-q{max(numbers)}-mistake-{words[2] if len(words) > 2 else n}"
    own = cell.get("id", "")
    if re.fullmatch(rf"{short}-[a-z0-9-]+", own) and own not in taken:
        return own
    while f"{short}-{n}" in taken:
        n += 1
    return f"{short}-{n}"


def _joined(outputs):
    """What was printed as one piece: a kernel sends it in pieces, cut where its clock cuts them."""
    joined = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output["output_type"] == "stream" == last.get("output_type") and output["name"] == last["name"]:
            joined[-1] = {**last, "text": last["text"] + output["text"]}
        else:
            joined.append(output)
    return joined


def _output(output, run):
    output = nbformat.from_dict({k: v for k, v in output.items() if k != "transient"})
    if "execution_count" in output:
        output.execution_count = run
    if output.output_type == "error":
        output.traceback = [f"{output.ename}: {output.evalue}"]
    if "data" in output:
        output.data.pop(WIDGET, None)
        output.metadata = {}
        png = output.data.get("image/png")
        if png and len(base64.b64decode(png)) > MOST_PNG:
            raise Plain(f"A figure has more than {MOST_PNG // 1000} kB; make it smaller.")
    return output
