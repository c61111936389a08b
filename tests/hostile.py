"""What a submission may try: the cell of its first question, and what it is to get for it.

Whatever reaches something it should not sets `answer = 42`, which is right: a score then shows that it got through.
"""

from typing import NamedTuple

SHORT = {"cell": 2.0, "notebook": 20.0, "memory": 300 << 20, "processes": 20, "printed": 200_000, "disk": 5_000_000}
ALL, REST, NOTHING = (2, 2, 2), (0, 2, 2), (0, 0, 0)  # points of the three questions


class Attack(NamedTuple):
    """One submission: the first cell, the second where it is not the honest one, the status and the points."""

    name: str
    answer: str
    status: str = "graded"
    points: tuple = REST
    double: str = "def double(x):\n    return 2 * x"


SLOW = "import time\ntime.sleep(.4)\ndef double(x):\n    return 2 * x"
OUT, FULL, CUT = "timed out", "out of memory", "partly graded"
SOCKETS = """import os, stat, json
def _socket(n):
    try:
        return stat.S_ISSOCK(os.fstat(n).st_mode)
    except OSError:
        return False
lines = [n for n in range(3, 256) if _socket(n)]
"""
EQUAL = """class Any:
    def __eq__(self, other): return True
    __ge__ = __le__ = __lt__ = __gt__ = __contains__ = __bool__ = lambda self, *_: True
    __ne__ = lambda self, other: False
    __sub__ = __rsub__ = __add__ = __radd__ = __mul__ = __round__ = lambda self, *_: Any()
    __abs__ = __float__ = __int__ = __index__ = lambda self: 0
    __len__ = lambda self: 1
    __hash__ = lambda self: hash(42)
    __getitem__ = lambda self, key: Any()
    __call__ = lambda self, *_, **__: True
    def __iter__(self): yield Any()
    def __getattr__(self, name):
        if name.startswith('__'): raise AttributeError
        return lambda *_, **__: Any() if name in ('abs', 'sub', 'round') else 0.0 if name in ('max', 'mean', 'sum') else True
"""
TRY = "answer = None\ntry:\n    {}\n    answer = 42\nexcept Exception as error:\n    print(type(error).__name__, error)"


def attempt(*lines):
    """A cell that is right only when all its lines go through."""
    return TRY.format("\n    ".join(lines))


def calls(body):
    """A submission whose function is hostile when a test calls it; the first question is honest."""
    return f"def double(x):\n    {body}"


HOSTILE = [
    # time
    Attack("loop", "while True: pass", OUT),
    Attack("deaf loop", "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True:\n    try:\n        while True: pass\n    except BaseException: pass", OUT),
    Attack("sleep", "import time\ntime.sleep(1000)", OUT),
    Attack("long C call", "10 ** 10 ** 9", OUT),
    Attack("right, then a loop", "answer = 42\nwhile True: pass", OUT),
    Attack("stops itself", "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"),
    Attack("regular expression", "import re\nre.match(r'(a+)+$', 'a' * 40 + 'b')", OUT),
    Attack("join of a thread", "import threading\nt = threading.Thread(target=lambda: threading.Event().wait())\nt.start()\nt.join()", OUT),
    # output
    Attack("endless print", "while True: print('x' * 1000)", CUT),
    Attack("one huge print", "print('x' * 10_000_000)", CUT),
    Attack("past Python", "import os\nwhile True: os.write(1, b'y' * 60000)", CUT),
    Attack("yes", "!yes", CUT),
    Attack("many displays", "from IPython.display import display, HTML\nfor i in range(10**6): display(HTML('<b>x</b>'))", CUT),
    Attack("updates of one display", "h = display('x', display_id=True)\nwhile True: h.update('y' * 1000)", CUT),
    Attack("surrogates", "print('\\ud800', '\\udfff')\nanswer = '\\ud800'"),
    Attack("not text", "import os\nos.write(1, bytes(range(256)))"),
    Attack("ANSI", "print('\\x1b[2J\\x1b]0;title\\x07' * 100, '\\x00\\x08')"),
    Attack("script", "from IPython.display import HTML, Javascript, display\ndisplay(HTML('<script>alert(1)</script>'), Javascript('alert(1)'))"),
    Attack("display of junk", "from IPython.display import publish_display_data\npublish_display_data({'text/plain': object(), 3: {1: {2}}, 'image/png': b'x'})"),
    Attack("error with a will", "class E(Exception):\n    def __str__(self): raise E\n    __repr__ = __str__\nraise E"),
    Attack("huge error", "raise ValueError('x' * 10_000_000)", CUT),
    # memory, disk, processes
    Attack("list", "x = []\nwhile True: x.append(b'1' * 1_000_000)", FULL),
    Attack("numpy", "import numpy as np\nx = [np.ones(10_000_000) for _ in range(100)]", FULL),
    Attack("mmap", "import mmap\nx = [mmap.mmap(-1, 50 << 20) for _ in range(40)]\nfor m in x: m.write(b'1' * (50 << 20))\nwhile True: pass", FULL),
    Attack("children", "import os, time\nfor _ in range(6):\n    if not os.fork():\n        x = b'1' * (90 << 20)\n        time.sleep(9)\ntime.sleep(9)", FULL),
    Attack("programs", "import subprocess, sys, time\np = [subprocess.Popen([sys.executable, '-c', 'x = b\"1\" * (60 << 20)\\nimport time; time.sleep(9)']) for _ in range(8)]\ntime.sleep(9)", FULL),
    Attack("file in memory", attempt("import os", "os.memfd_create('x')")),
    Attack("shared segment", attempt("import ctypes", "assert ctypes.CDLL(None).shmget(0, 1 << 28, 0o1600) >= 0")),
    Attack("disk", attempt("for i in range(20): open(f'/tmp/{i}', 'wb').write(b'1' * 1_000_000)")),
    Attack("shared memory", attempt("for i in range(20): open(f'/dev/shm/{i}', 'wb').write(b'1' * 1_000_000)")),
    Attack("sparse file", attempt("open('x', 'wb').truncate(1 << 40)")),
    Attack("a million files", attempt("import os", "for i in range(50_000): os.mkdir(f'/tmp/d{i}')"), ),
    Attack("fork bomb", "import os, time\nfor _ in range(8): os.fork()\ntime.sleep(9)", FULL),
    Attack("children in a loop", "import os, time\nn = 0\nwhile n < 300:\n    n += 1\n    if not os.fork():\n        os.setsid()\n        time.sleep(9)\n        os._exit(0)\ntime.sleep(9)", FULL),
    Attack("threads", "import threading, time\nfor _ in range(3000): threading.Thread(target=time.sleep, args=(9,)).start()\ntime.sleep(9)", None),
    Attack("open files", attempt("x = [open('/dev/null') for _ in range(5000)]")),
    # its own end
    Attack("os._exit", "import os\nos._exit(0)", CUT),
    Attack("os._exit(97)", "import os\nos._exit(97)", CUT),
    Attack("sys.exit", "import sys\nsys.exit()"),
    Attack("exit", "exit()"),
    Attack("quit", "get_ipython().ask_exit()\nraise SystemExit(3)"),
    Attack("SIGKILL", "import os\nos.kill(os.getpid(), 9)"),
    Attack("SIGSEGV", "import ctypes\nctypes.string_at(0)", CUT),
    Attack("abort", "import os\nos.abort()", CUT),
    Attack("recursion in C", "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f()\nf()", None),
    Attack("kill all", "import os\ntry:\n    os.kill(-1, 9)\nexcept OSError: pass\nfor n in range(1, 200):\n    if n != os.getpid():\n        try:\n            os.kill(n, 9)\n        except OSError: pass"),
    Attack("kill the parent", "import os, signal\nfor s in (9, 2, 15, 19):\n    os.kill(os.getppid(), s)\n    os.kill(1, s)"),
    Attack("interrupt", "raise KeyboardInterrupt"),
    Attack("exec", "import os\nos.execv('/bin/true', ['true'])", CUT),
    Attack("closes all", "import os\nos.closerange(0, 256)", CUT),
    Attack("atexit", "import atexit, os\natexit.register(lambda: os._exit(3))\natexit._run_exitfuncs()", CUT),
    # what goes on after its cell
    Attack("daemon", "import os, time\nif not os.fork():\n    os.setsid()\n    if os.fork(): os._exit(0)\n    while True: time.sleep(1)"),
    Attack("background line", "import os\nos.system('sleep 60 & (setsid sleep 60 &)')\nget_ipython().system('sleep 61 &')"),
    Attack("bash cell", "%%bash\nnohup sleep 62 >/dev/null 2>&1 &\necho started"),
    Attack("thread", "import threading, time\ndef go():\n    while True: time.sleep(.01); print('still here')\nthreading.Thread(target=go, daemon=True).start()"),
    Attack("thread that ends it", "import threading, os\nthreading.Timer(.2, os._exit, [1]).start()", CUT, REST, SLOW),
    Attack("thread that ends it later", "import threading, os\nthreading.Timer(.2, os._exit, [1]).start()", CUT, REST, "def double(x):\n    import time\n    time.sleep(.2)\n    return 2 * x"),
    Attack("thread that takes all memory", "import threading, time\ndef go():\n    time.sleep(.2)\n    x = []\n    while True: x.append(b'1' * 1_000_000)\nthreading.Thread(target=go).start()", None, REST, SLOW),
    Attack("child that ends it", "import os, time\nif not os.fork():\n    time.sleep(.2)\n    os.kill(os.getppid(), 9)\n    os._exit(0)", "graded", REST, SLOW),
    Attack("alarm", "import signal\nsignal.setitimer(signal.ITIMER_REAL, .01, .01)"),
    Attack("alarm that raises", "import signal\ndef go(*_): raise KeyboardInterrupt\nsignal.signal(signal.SIGALRM, go)\nsignal.setitimer(signal.ITIMER_REAL, .2, .01)"),
    Attack("hook of the collector", "import gc\ngc.callbacks.append(lambda *_: 1 / 0)\ngc.collect()"),
    Attack("trace", "import sys\ndef go(*_): raise ValueError\nsys.settrace(go)\nsys.setprofile(go)"),
    Attack("shallow stack", "import sys\nsys.setrecursionlimit(90)"),
    Attack("faulthandler", "import faulthandler\nfaulthandler.dump_traceback_later(.2, exit=True)", "graded", REST, SLOW),
    # tests that see nothing
    Attack("no asserts", "import ast\nclass No(ast.NodeTransformer):\n    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)\nget_ipython().ast_transformers.append(No())\nanswer = 1"),
    Attack("no lines", "get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])\nanswer = 1", points=NOTHING),
    Attack("hook", "def go(*_):\n    get_ipython().user_ns['answer'] = 42 if any('assert' in x for x in get_ipython().user_ns['In']) else 1\nget_ipython().events.register('pre_run_cell', go)\nanswer = 1"),
    Attack("run_cell", "ip = get_ipython()\nip.run_cell = lambda *a, **k: type('R', (), {'success': True})()\nanswer = 1", points=NOTHING),
    Attack("builtins", "import builtins\nbuiltins.len = builtins.abs = lambda *_: 0\nbuiltins.isinstance = lambda *_: True\nbuiltins.AssertionError = Warning\nanswer = 1", None),
    Attack("no builtins", "import builtins\nfor n in ('isinstance', 'type', 'hasattr', 'getattr', 'str', 'dict'): delattr(builtins, n)\nanswer = 1", None),
    Attack("numpy compares", "import numpy as np, pandas as pd\nnp.isclose = np.allclose = np.array_equal = lambda *a, **k: True\npd.DataFrame.equals = lambda *a: True\nanswer = 1"),
    Attack("lookups", "import builtins\nbuiltins.getattr = lambda *_: 5\nanswer = 1", CUT),
    Attack("equals all", EQUAL + "answer = Any()"),
    Attack("float that equals all", "class F(float):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0\n    __hash__ = float.__hash__\nanswer = F(1)"),
    Attack("int that equals all", "class I(int):\n    def __eq__(self, other): return True\n    def __sub__(self, other): return 0\n    __hash__ = int.__hash__\nanswer = I(1)"),
    Attack("text that equals all", "class S(str):\n    def __eq__(self, other): return True\n    __hash__ = str.__hash__\nanswer = S('x')"),
    Attack("table that equals all", "import pandas as pd\nclass T(pd.DataFrame):\n    def __eq__(self, other): return True\nanswer = T({'a': [1]})"),
    Attack("array of such", EQUAL + "import numpy as np\nanswer = np.array([Any()], dtype=object)"),
    Attack("list of such", EQUAL + "answer = [Any()]"),
    Attack("metaclass", "class M(type):\n    def __eq__(self, other): return True\n    __hash__ = type.__hash__\nclass answer(metaclass=M): pass"),
    Attack("false class", EQUAL + "class Liar(Any):\n    @property\n    def __class__(self): return int\nanswer = Liar()"),
    Attack("mock", "from unittest.mock import ANY\nanswer = ANY"),
    Attack("pyplot as an answer", "import matplotlib.pyplot as answer\nanswer.__class__ = type('M', (type(answer),), {'__eq__': lambda a, b: True})"),
    Attack("a missing file as an answer", "class E(FileNotFoundError): pass\ndef answer(): raise E(2, 'No such file or directory', 'double.py')"),
    Attack("modules in the folder", "for n in ('pandas', 'json', 'coursekit', 'numpy', 'ast'):\n    open(f'{n}.py', 'w').write('import builtins\\nbuiltins.abs = lambda *_: 0')\nanswer = 1"),
    Attack("sys.modules", "import sys\nfor n in list(sys.modules):\n    if n.split('.')[0] in ('json', 'pandas', 'numpy', 'coursekit'): sys.modules[n] = None\nanswer = 1", points=None),
    Attack("module of its own", "import sys, types\nm = types.ModuleType('os')\nm.__eq__ = lambda *_: True\nanswer = m"),
    Attack("key and checks", "import coursekit.checks as c, coursekit.keys as k\nk.judge = c.verdict = lambda *a, **k: {'status': 'right', 'code': 'right'}\nc._tell = lambda *a: None\nc._stopped.clear()\nanswer = 1"),
    # its line to the grader
    Attack("worker", "import gc\nfrom coursekit.grading.worker import Worker\nfor w in gc.get_objects():\n    if type(w) is Worker: w.answer = lambda request: {'value': 42, 'ran': True, 'names': {'answer': 'value'}}", CUT),
    Attack("worker that raises", "from coursekit.grading.worker import Worker\ndef no(*_): raise SystemExit\nWorker.told = no", points=NOTHING),
    Attack("forged answer", SOCKETS + "for n in lines: os.write(n, b'{\"ran\": true}\\n{\"value\": 42}\\n')", CUT),
    Attack("forged with its number", SOCKETS + "for n in lines: os.write(n, b''.join(b'{\"ran\": true, \"id\": %d}\\n' % i for i in range(40)))", None, None),
    Attack("forged names", SOCKETS + "for n in lines: os.write(n, b'{\"bind\": \"answer\", \"value\": 42}\\n')", CUT),
    Attack("forged outputs", SOCKETS + "for n in lines:\n    for out in (b'3', b'null', b'{}', b'[]', b'{\"output_type\": 7}'): os.write(n, b'{\"out\": ' + out + b'}\\n')", CUT),
    Attack("odd outputs", SOCKETS + "for n in lines:\n    for out in (b'{}', b'{\"output_type\": 7}', b'{\"output_type\": \"stream\", \"name\": [], \"text\": {}}', b'{\"output_type\": \"error\", \"traceback\": 3}', b'{\"output_type\": \"update_display_data\", \"display_id\": {}}', b'{\"output_type\": \"display_data\", \"data\": {\"text/plain\": 1e400}}', b'{\"output_type\": \"execute_result\", \"data\": [[]], \"metadata\": 0}'):\n        os.write(n, b'{\"out\": ' + out + b'}\\n')"),
    Attack("asks", SOCKETS + "for n in lines: os.write(n, b'{\"ask\": {\"do\": \"getattr\", \"on\": 1}}\\n{\"ask\": {\"do\": \"call\", \"on\": -1, \"given\": [], \"named\": {}}}\\n{\"ask\": 7}\\n')", None, REST),
    Attack("half a line", SOCKETS + "for n in lines: os.write(n, b'{\"ran\"')", CUT),
    Attack("no JSON", SOCKETS + "for n in lines: os.write(n, b'\\xff\\xfe\\x00\\n')", CUT),
    Attack("deep JSON", SOCKETS + "for n in lines: os.write(n, b'[' * 100_000 + b'\\n')", CUT),
    Attack("no end of a line", SOCKETS + "while True:\n    for n in lines: os.write(n, b'x' * 1_000_000)", None),
    Attack("many parts", SOCKETS + "text = memoryview(b'{\"value\": [' + b'[],' * 4_100_000 + b'1]}\\n')\nwhile text:\n    for n in lines: text = text[os.write(n, text):]", CUT),
    Attack("reads the line", SOCKETS + "for n in lines:\n    if not os.fork():\n        while os.read(n, 1): pass", CUT),
    Attack("closes the line", SOCKETS + "for n in lines: os.close(n)", CUT),
    # values
    Attack("cycle", "answer = []\nanswer.append(answer)"),
    Attack("deep", "answer = []\nfor _ in range(10**5): answer = [answer]"),
    Attack("wide", "answer = list(range(10**7))", FULL),
    Attack("holds just too much", "answer = bytearray(b'1') * (350 << 20)", FULL),
    Attack("huge number", "answer = 1 << 10**6"),
    Attack("NaN", "answer = float('nan')"),
    Attack("endless generator", "import itertools\nanswer = itertools.count()"),
    Attack("lambda", "answer = lambda *_: 42"),
    Attack("getattr that loops", "class A:\n    def __getattribute__(self, name):\n        while True: pass\nanswer = A()", None),
    Attack("keys that collide", "class K(int):\n    def __hash__(self): return 1\nanswer = {K(i): i for i in range(3000)}"),
    # functions that a test calls
    Attack("never returns", "answer = 42", OUT, (2, 0, 2), calls("while True: pass")),
    Attack("returns what equals all", EQUAL + "answer = 42", "graded", (2, 0, 2), calls("return Any()")),
    Attack("raises SystemExit", "answer = 42", "graded", (2, 0, 2), calls("raise SystemExit")),
    Attack("raises KeyboardInterrupt", "answer = 42", "graded", (2, 0, 2), calls("raise KeyboardInterrupt")),
    Attack("recurses", "answer = 42", "graded", (2, 0, 2), calls("return double(x)")),
    Attack("ends the process", "answer = 42", CUT, (2, 0, 2), calls("import os; os._exit(0)")),
    Attack("takes all memory", "answer = 42", FULL, (2, 0, 2), calls("y = [b'1' * 10**6 for _ in range(10**4)]")),
    Attack("never ends to give", "answer = 42", None, (2, 0, 2), calls("\n    while True: yield x")),
    Attack("prints for ever", "answer = 42", CUT, (2, 0, 2), calls("\n    while True: print('x' * 1000)")),
    Attack("calls itself a class", "answer = 42", "graded", (2, 0, 2), "class double(int):\n    def __eq__(self, other): return True\n    __hash__ = int.__hash__"),
    Attack("changes what it is given", "answer = 42", "graded", ALL, "def double(x):\n    x = [x]\n    x[0] *= 2\n    return x[0]"),
    Attack("gives itself away as code", "answer = exec", "graded", REST),
    # in reach
    Attack("environment", attempt("import os", "assert any('SECRET' in k or 'a-secret' in v for k, v in os.environ.items())")),
    Attack("environment of others", attempt("import glob", "assert any(b'a-secret' in open(f, 'rb').read() for f in glob.glob('/proc/[0-9]*/environ'))")),
    Attack("other processes", attempt("import os", "assert len([n for n in os.listdir('/proc') if n.isdigit()]) > 9")),
    Attack("memory of others", attempt("open('/proc/1/mem', 'rb').seek(0)")),
    Attack("gradebook", attempt("open('{root}/gradebook.db').read()")),
    Attack("home", attempt("import os", "assert set(os.listdir(os.path.expanduser('{home}'))) & set({listing!r})")),
    Attack("links", attempt("import os", "os.symlink('{root}/gradebook.db', 'x')", "open('x').read()")),
    Attack("passwords", attempt("open('/etc/passwd').read()")),
    Attack("the course's tests", attempt("import coursekit, pathlib", "root = pathlib.Path(coursekit.__file__).parents[1]", "assert (root / 'solutions').exists() or (root / 'exercises').exists()")),
    Attack("memory of the test", attempt("import gc", "assert any(isinstance(x, str) and 'assert answer' + ' == 42' in x for x in gc.get_objects() if isinstance(x, str)) or any('assert answer' + ' == 42' in str(d) for d in gc.get_objects() if type(d) is dict and 'cell_type' in d)")),
    Attack("frames and memory of the judges' mother", attempt("import sys, gc", "f, seen = sys._getframe(), []", "while f:", "    seen.append(str(f.f_locals))", "    f = f.f_back", "seen += [str(x)[:10**5] for x in gc.get_objects() if type(x) is dict and 'judge' in x]", "assert any('the-judges-' + 'word' in x for x in seen)")),
    Attack("writes everywhere", attempt("import os", "places = ['/', '/usr', '/usr/bin', '/etc', '/dev', '/root', '/home', '/var', '/bin', '{root}', '{home}', os.path.dirname(os.__file__)]", "done = []", "for p in places:", "    try:", "        open(p + '/hostile', 'w').close(); done.append(p)", "    except OSError: pass", "assert done")),
    Attack("writes into Python", attempt("import numpy, coursekit", "open(numpy.__file__, 'a').close()")),
    Attack("takes its folder away", attempt("import ctypes", "assert ctypes.CDLL(None).umount2(b'/tmp', 2) == 0")),
    Attack("mounts", attempt("import ctypes", "assert ctypes.CDLL(None).mount(b'x', b'/tmp', b'tmpfs', 0, None) == 0")),
    Attack("new namespaces", attempt("import ctypes", "assert ctypes.CDLL(None).unshare(0x10000000) == 0")),
    Attack("a child in new namespaces", attempt("import subprocess", "subprocess.run(['unshare', '-Ur', 'true'], check=True)")),
    Attack("becomes root", attempt("import os", "os.setuid(0)")),
    Attack("ptrace", attempt("import ctypes, os", "assert any(ctypes.CDLL(None).ptrace(16, n, 0, 0) == 0 for n in range(1, 50))")),
    Attack("priority", attempt("import os", "os.nice(-5)")),
    Attack("more of everything", attempt("import resource as r", "r.setrlimit(r.RLIMIT_FSIZE, (r.RLIM_INFINITY, r.RLIM_INFINITY))")),
    Attack("clock", attempt("import time", "time.clock_settime(time.CLOCK_REALTIME, 0)")),
    Attack("TCP", attempt("import socket", "socket.create_connection(('127.0.0.1', {port}), 1)")),
    Attack("abstract socket", attempt("import socket", "s = socket.socket(socket.AF_UNIX)", "s.connect('\\0{abstract}')")),
    Attack("UDP", attempt("import socket", "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 9))")),
    Attack("names", attempt("import socket", "socket.getaddrinfo('example.org', 80)")),
    Attack("line to the host", attempt("import socket", "socket.socket(socket.AF_VSOCK, socket.SOCK_STREAM)")),
    Attack("raw network", attempt("import socket", "socket.socket(socket.AF_PACKET, socket.SOCK_RAW)")),
    Attack("left for the next", attempt("open('/tmp/left', 'x').close()", "import os", "os.chmod('/tmp', 0o777)", "raise OSError")),
    Attack("left by the last", attempt("open('/tmp/left').close()")),
]  # fmt: skip
