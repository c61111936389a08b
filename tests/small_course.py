"""A small nbgrader course of one assignment, released as an instructor releases it, and submissions to it."""

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

NAME = "ps1"


def cell(name, source, make=new_code_cell, **settings):
    made = {"schema_version": 3, "grade_id": name, "grade": False, "solution": False, "locked": True, "task": False} | settings
    return make(source, metadata={"nbgrader": made}, id=name)


def source_of(*cells):
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(metadata={"kernelspec": kernel}, cells=list(cells))


def released(root, config, source):
    """The course's folder, with its configuration, its source and the release that nbgrader makes of it."""
    from test_nbgrader import nbgrader

    (root / "source" / NAME).mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(config)
    nbformat.write(source, root / "source" / NAME / "paper.ipynb")
    log = nbgrader(root, "generate_assignment", NAME)
    assert (root / "release" / NAME / "paper.ipynb").exists(), log[-3000:]
    return root


def hand_in(root, student, answers, timestamp=None):
    """Hand in the release with answers, by the names of their cells."""
    notebook = nbformat.read(root / "release" / NAME / "paper.ipynb", as_version=4)
    for one in notebook.cells:
        one.source = answers.get(one.metadata.get("nbgrader", {}).get("grade_id"), one.source)
    folder = root / "submitted" / student / NAME
    folder.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, folder / "paper.ipynb")
    if timestamp:
        (folder / "timestamp.txt").write_text(timestamp)
