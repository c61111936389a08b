"""Whatever wrote a notebook, it is read; what is none is told in one plain sentence."""

import json
import os
import tempfile
import time
from pathlib import Path

import pytest
from submitted import ANSWERS, MASTER, RELEASED, answers, code, handed_in, part, run, sources, text

from coursekit.errors import Plain
from coursekit.grading import submission
from coursekit.grading.rebuild import notebook_of, rebuilt
from coursekit.grading.submission import read_file


@pytest.mark.parametrize(("settings", "told"), [
    *[({"nbformat_minor": minor}, []) for minor in (0, 1, 2, 3, 4, 5, 99, None, "five")],
    *[({"nbformat": number}, ["The notebook does not say that its format is 4, and was read as if it did."]) for number in (5, 99, None, "4", [4], 2, 3)],
], ids=str)  # fmt: skip
def test_any_format_that_has_cells_is_read(settings, told):
    steps, said = run(handed_in() | settings)
    assert said == told
    assert answers(steps) == ANSWERS


@pytest.mark.parametrize("number", [2, 3])
def test_an_old_format_is_read(number):
    listed = handed_in()["cells"]
    for cell in listed:
        del cell["id"]
        if cell["cell_type"] == "code":
            cell["input"] = cell.pop("source")
    listed[0] |= {"cell_type": "heading", "level": 1}
    sheets = [{"cells": listed[:4]}, {"cells": listed[4:]}, {"cells": 7}, {}, None]
    steps, told = run({"nbformat": number, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": sheets})
    assert told == ["The notebook was saved in an old format, and was read all the same."]
    assert answers(steps) == ANSWERS


@pytest.mark.parametrize(("source", "taken", "told"), [
    (["total = ", "6\n", "total"], "total = 6\ntotal", []), ([], "", []), (None, "", []), ("a\r\nb", "a\nb", []),
    (["total = ", 6], "", ["Cells whose text could not be read were taken as empty."]), (6, "", ["Cells whose text could not be read were taken as empty."]),
    ({"a": 1}, "", ["Cells whose text could not be read were taken as empty."]),
    ("#" * 1_000_001, "", ["Cells with more than 1,000,000 characters were taken as empty."]),
    ("a = '\0'", "a = '�'", ["Characters that could not be read were replaced by �."]), ("\ud800 \udfff", "� �", ["Characters that could not be read were replaced by �."]),
    ("'💰净利'", "'💰净利'", []),
], ids=range(11))  # fmt: skip
def test_a_source_of_any_shape_is_taken(source, taken, told):
    made = handed_in()
    part(made, "total")["source"] = source
    steps, said = run(made)
    assert said == told
    assert sources(steps)["total"] == taken


def test_a_source_that_is_not_there_is_empty():
    made = handed_in()
    del part(made, "total")["source"]
    steps, told = run(made)
    assert (told, sources(steps)["total"]) == ([], "")


@pytest.mark.parametrize("kind", [None, 5, [], {}, "sql", "html", "Code"], ids=str)
def test_a_cell_of_an_unknown_kind_is_text(kind):
    made = handed_in()
    made["cells"] += [{"cell_type": kind, "source": "rm", "metadata": {}}]
    part(made, "total")["cell_type"] = kind
    steps, told = run(made)
    assert told == ["Cells of an unknown kind were taken as raw text.", "The cell total had become raw text, and is code again."]
    assert answers(steps) == ANSWERS
    assert steps[-1].kind == "text"


def test_parts_that_are_no_cells_are_left_out():
    made = handed_in()
    made["cells"][3:3] = [None, 5, "total = 6", [code("x")], True]
    steps, told = run(made)
    assert told == ["Parts of the notebook that are not cells were left out."]
    assert answers(steps) == ANSWERS


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        [],
        "x",
        5,
        {"nbgrader": []},
        {"nbgrader": None},
        {"nbgrader": {"grade_id": ["total"]}},
        {"nbgrader": {"grade_id": {}}},
    ],
    ids=str,
)
def test_metadata_of_any_shape_are_borne(metadata):
    made = handed_in()
    for cell in made["cells"]:
        cell |= {"metadata": metadata, "attachments": metadata, "outputs": metadata}
    steps, _ = run(made)
    assert answers(steps) == ANSWERS  # by their ids


@pytest.mark.parametrize("name", [None, 5, [], {}, "", "x" * 70, "ö"], ids=str)
def test_an_id_of_any_shape_is_borne(name):
    made = handed_in()
    for cell in made["cells"]:
        cell["id"] = name
    steps, told = run(made)
    assert (told, answers(steps)) == ([], ANSWERS)
    del part(made, "total")["metadata"]
    assert answers(run(made)[0]) == ANSWERS


@pytest.mark.parametrize("metadata", [
    {"kernelspec": {"name": "ir", "language": "R"}}, {"language_info": {"name": "julia"}}, {"kernelspec": {"name": "x"}, "language_info": {"name": "R"}},
])  # fmt: skip
def test_another_language_is_told(metadata):
    assert run(handed_in() | {"metadata": metadata})[1] == [
        "The notebook was set to another language than Python, and was run as Python, as given out."
    ]


@pytest.mark.parametrize("metadata", [
    {"kernelspec": {"name": "conda-env-course-py", "language": "python"}}, {"language_info": {"name": "Python"}}, {"kernelspec": []}, {"kernelspec": {"language": []}},
    {}, None, "x",
], ids=str)  # fmt: skip
def test_another_kernel_of_the_language_is_not_told(metadata):
    assert run(handed_in() | {"metadata": metadata})[1] == []


HONEST = json.dumps(handed_in(), ensure_ascii=False)


@pytest.mark.parametrize(("data", "told"), [
    (HONEST.encode("utf-8-sig"), "The file was saved as UTF-8 with a byte order mark, and was read all the same."),
    (HONEST.encode("utf-16"), "The file was saved as UTF-16, and was read all the same."),
    (b"\xfe\xff" + HONEST.encode("utf-16-be"), "The file was saved as UTF-16, and was read all the same."),
    (HONEST.encode("utf-16-le"), "The file was saved as UTF-16, and was read all the same."),
    (HONEST.encode("utf-16-be"), "The file was saved as UTF-16, and was read all the same."),
    (HONEST.encode("utf-32"), "The file was saved as UTF-32, and was read all the same."),
    (HONEST.replace("The end", "Bis später").encode("latin-1"), "Characters that could not be read were replaced by �."),
    (HONEST.replace("The end", "完了").encode("gb18030"), "Characters that could not be read were replaced by �."),
], ids=["bom", "utf-16", "utf-16 be", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "gb18030"])  # fmt: skip
def test_a_file_in_another_encoding_is_read(data, told):
    steps, said = run(data)
    assert said == [told]
    assert answers(steps) == ANSWERS


def test_a_character_that_was_lost_leaves_a_mark():
    made = handed_in()
    part(made, "total")["source"] = "name = 'Café'"
    steps, _ = run(json.dumps(made, ensure_ascii=False).encode("latin-1"))
    assert sources(steps)["total"] == "name = 'Caf�'"


def spliced(what):
    """The honest notebook with a piece of JSON in its first cell's metadata."""
    return HONEST.replace('"metadata": {}', f'"metadata": {{"x": {what}}}', 1).encode()


@pytest.mark.parametrize("data", [
    spliced("1" * 100_000), spliced("-1e999999"), spliced("NaN"), spliced("[" * 400 + "]" * 400), spliced('{"a":' * 400 + "1" + "}" * 400), spliced('1, "x": 2, "x": 3'),
    HONEST.replace("\n", "\r\n").encode(), json.dumps(handed_in(), indent=1).replace("\n", "\r\n").encode(), b"  \n\t" + HONEST.encode() + b"\r\n",
], ids=["digits", "exponent", "nan", "lists", "dicts", "keys", "crlf", "crlf indented", "blanks"])  # fmt: skip
def test_odd_json_is_read(data):
    steps, told = run(data)
    assert (told, answers(steps)) == ([], ANSWERS)


NOT_JSON = "The file is not a notebook, or only a part of one: it cannot be read as JSON. Open it in JupyterLab, save it, and hand it in again."


@pytest.mark.parametrize(("data", "says"), [
    (b"", "The file is empty. Save the notebook in JupyterLab, and hand it in again."), (b" \r\n ", "The file is empty. Save the notebook in JupyterLab, and hand it in again."),
    (b"%PDF-1.7 \xe2\xe3", "The file is not a notebook but a PDF. Hand in the notebook itself."),
    (b"PK\x03\x04\x14", "The file is not a notebook but an archive (ZIP) or an Office document. Hand in the notebook itself."),
    (b"<!DOCTYPE html>", "The file is not a notebook but a web page. Hand in the notebook itself."),
    (b"total = 6", NOT_JSON), (HONEST.encode()[:-900], NOT_JSON), (b"\0" * 4000, NOT_JSON), (b"\xef\xbb\xbf", NOT_JSON), (HONEST.encode().replace(b"total", b"tot\0l", 1), NOT_JSON),
    (b"[" * 100_000, NOT_JSON), (spliced("[" * 100_000 + "]" * 100_000), NOT_JSON), (spliced('{"a":' * 100_000 + "1" + "}" * 100_000), NOT_JSON),
    (b"[]", "The file is not a notebook: it holds no cells."), (b'"cells"', "The file is not a notebook: it holds no cells."), (b"null", "The file is not a notebook: it holds no cells."),
    (b"{}", "The file is not a notebook: it has no list of cells."), (b'{"cells": {}}', "The file is not a notebook: it has no list of cells."),
    (b'{"cells": null, "worksheets": []}', "The file is not a notebook: it has no list of cells."), (b'{"worksheets": 5}', "The file is not a notebook: it has no list of cells."),
    (json.dumps({"cells": [{}] * 2001}).encode(), "The notebook has 2,001 cells, more than 2,000."),
    (b'{"cells": [' + b"[]," * 1_000_000 + b"[]]}", "The notebook has more than 1,000,000 parts. Clear its outputs and hand it in again."),
], ids=range(22))  # fmt: skip
def test_what_is_no_notebook_is_told_in_one_sentence(data, says):
    with pytest.raises(Plain) as plain:
        rebuilt(data, MASTER, RELEASED)
    assert str(plain.value) == says


def test_nothing_but_text_and_pictures_is_taken():
    made = handed_in()
    script = "<script>alert(1)</script>"
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {
                    "output_type": "display_data",
                    "data": {"text/html": script, "application/javascript": script},
                    "metadata": {"x": script},
                }
            ]
        cell["metadata"] |= {"script": script, "jupyter": {"source_hidden": True}, "collapsed": True}
    good, bad = (
        {"image/png": "iVBOR w0KGgo=\n"},
        {"text/html": script, "image/svg+xml": "<svg onload=x>", "application/javascript": script},
    )
    attachments = {
        "a.png": good | bad,
        "b.svg": bad,
        "c.png": {"image/png": '"><script>'},
        "d.gif": {"image/gif": ["R0l", "GOD"]},
        "e": None,
        "f": {"image/png": 5},
        "g": {"text/html": "PHNjcmlwdD4="},
        "\ud800": good,
    }
    part(made, "why")["attachments"] = attachments
    made["cells"] += [
        text("![](attachment:a.png)", attachments=attachments),
        {"cell_type": "raw", "source": script, "metadata": {"raw_mimetype": "text/html"}},
    ]
    steps, _ = run(made)
    kept = {"a.png": good, "d.gif": {"image/gif": "R0lGOD"}, "�": good}
    assert [step.cell.attachments for step in steps if "attachments" in step.cell] == [kept, kept]
    assert json.dumps(notebook_of(steps, MASTER)).count("script") == json.dumps(script).count("script")  # the raw cell's own text
    assert steps[-1].cell.metadata == {"raw_mimetype": "text/plain"}  # so that it is shown in no page


# -- the file


def test_a_plain_file_is_read(tmp_path):
    path = tmp_path / "a.ipynb"
    path.write_bytes(b"\0\r\n")
    assert read_file(path) == b"\0\r\n"


def refused(path):
    started = time.monotonic()
    before = len(os.listdir("/proc/self/fd")) if Path("/proc/self/fd").exists() else 0
    with pytest.raises(Plain) as plain:
        read_file(path)
    assert time.monotonic() - started < 1
    assert (len(os.listdir("/proc/self/fd")) if before else 0) == before  # no open file is left
    return str(plain.value)


def test_only_a_plain_file_is_read(tmp_path, monkeypatch):
    secret = tmp_path / "secret"
    secret.write_text("key")
    path = tmp_path / "a.ipynb"
    assert refused(path) == "a.ipynb was not handed in."
    for target in (secret, tmp_path, tmp_path / "nowhere", path):
        path.symlink_to(target)
        assert refused(path) == "a.ipynb is a link to another file, not a file."
        path.unlink()
    os.mkfifo(path)
    assert refused(path) == "a.ipynb is not a plain file."
    path.unlink()
    path.mkdir()
    assert refused(path) == "a.ipynb is not a plain file."
    assert refused(Path("/dev/zero")) == "zero is not a plain file."
    monkeypatch.setattr(submission, "LARGEST", 2)
    assert refused(secret) == "secret has more than 2 bytes. Clear its outputs and hand it in again."


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="Windows asks nobody who may read a file")
def test_a_file_that_may_not_be_read_is_told():
    me = os.geteuid()
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        path = Path(folder) / "a.ipynb"
        path.write_text("{}")
        path.chmod(0)
        try:
            if me == 0:  # who may read every file
                os.seteuid(65534)
            assert refused(path) == "a.ipynb cannot be read (Permission denied)."
        finally:
            os.seteuid(me)


def test_a_file_that_fails_while_it_is_read_is_told(tmp_path, monkeypatch):
    def broken(*_):
        raise OSError(5, "Input/output error")

    path = tmp_path / "a.ipynb"
    path.write_text("{}")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fdopen", broken)
        with pytest.raises(Plain, match=r"^a.ipynb cannot be read \(Input/output error\).$"):
            read_file(path)
        patched.setattr(os, "open", broken)
        with pytest.raises(Plain, match=r"^a.ipynb cannot be read \(Input/output error\).$"):
            read_file(path)
