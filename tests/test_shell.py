"""A cell's outputs are what a kernel would have written.

What differs, and why: the time a cell took, where an object lies and the name of a cell's file are never the same twice. In a
traceback the lines of source are not indented as in a kernel, because feedback has no use for colors; the error and what it says
are the same. When nobody is there to type something in, this is said in our own words. A kernel cannot send half a character.
"""

import json
import os
import re

import nbformat
import pytest
from boxed import needs_box
from nbclient import NotebookClient

from coursekit.grading import box as boxes
from coursekit.grading.outputs import joined

pytestmark = needs_box
CELLS = [
    "print('a')\nprint('b', end='')\nprint('ä ✔')",
    "1 + 1",
    "'text'",
    "x = 3;",
    "x;",
    "import pandas as pd\ntable = pd.DataFrame({'a': [1.5, None], 'b': ['x', 'y']})\ntable",
    "from IPython.display import HTML, Image, Markdown, clear_output, display\ndisplay(1, 'two', HTML('<b>three</b>'))\nprint('after')\nMarkdown('*four*')",
    "import sys\nprint('out')\nprint('err', file=sys.stderr)\nprint('out again')",
    "import warnings\nwarnings.warn('careful')",
    "shown = display('first', display_id='one')\nprint('between')\nshown.update('second')",
    "shown.update('third, from another cell')",
    "print('gone')\nclear_output()\nprint('stays')",
    "print('gone later')\nclear_output(wait=True)\nprint('stays too')",
    "print('stays, nothing follows')\nclear_output(wait=True)",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title('Up')",
    "plt.plot([1, 2]);",
    "figure, axes = plt.subplots()\naxes.bar(['a'], [1])\nprint('drawn')",
    "plt.show()",
    "figure",
    "plt.plot([3]); plt.show(); print('shown'); plt.plot([4])",
    "def f(n):\n    return 1 / n\n\nf(0)",
    "raise ValueError('one\\ntwo')",
    "this is not Python",
    "unknown_name",
    "print('before'); assert 1 == 2, 'because'",
    "%time y = sum(range(10))",
    "%%time\nprint('timed')\n7",
    "!echo from bash",
    "%%bash\necho out; echo err >&2",
    "z = !echo caught\nz",
    "_",
    "In[2], Out[2]",
    "import os\nos.system('echo past Python');",  # of its result a kernel may tell before or after
    "async def g():\n    return 5\nawait g()",
    "class Odd:\n    def _repr_html_(self):\n        return '<i>odd</i>'\n    def __repr__(self):\n        return 'odd'\nOdd()",
    "class Broken:\n    def __repr__(self):\n        raise RuntimeError('no')\nBroken()",
    "object()",
    "input('name? ')",
    "?len",
    "display(display_id=True); None",
    "import numpy as np\nnp.arange(3), {'b': 1, 'a': {2, 1}}, float('nan')",
    "%matplotlib inline\nplt.plot([1, 2])",
    "exit()",
]  # fmt: skip


def the_same(output):
    """An output without what is never the same twice."""
    text = json.dumps(output, sort_keys=True, ensure_ascii=False)
    text = re.sub(r"0x[0-9a-f]+", "0x…", text)
    text = re.sub(r"/tmp/ipykernel_\d+/\d+\.py|<ipython-input-[\w-]+>", "cell", text)
    text = re.sub(r"(CPU times|Wall time)[^\\]*", r"\1", text)
    return json.loads(text, object_hook=lambda one: {k: v for k, v in one.items() if k != "traceback"})


@pytest.fixture(scope="module")
def both():
    """The outputs of all cells, of a kernel and of the box."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # with it a kernel does not look at what programs print
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in CELLS])
    NotebookClient(made, kernel_name="python3", allow_errors=True, timeout=120).execute()
    with boxes.Box().load() as box, box.start(boxes.LIMITS) as cells:
        ours = joined([cells.run(source)[1] for source in CELLS])
    return [(source, cell.outputs, own) for source, cell, own in zip(CELLS, made.cells, ours, strict=True)]


@pytest.mark.parametrize("number", range(len(CELLS)), ids=[source.splitlines()[0][:30] for source in CELLS])
def test_outputs_are_those_of_a_kernel(both, number):
    source, kernel, own = both[number]
    found, wanted = the_same(own), the_same(kernel)
    if source.startswith("input("):
        assert [(o.pop("evalue"), o)[1] for o in found] == [(o.pop("evalue"), o)[1] for o in wanted]
    assert found == wanted
