"""Code through marshal and back is the same code, and runs; code of library modules, functions of every kind, damaged data."""
import marshal
import os

FOLDER = os.path.dirname(os.__file__)
MODULES = ["abc.py", "argparse.py", "ast.py", "collections/__init__.py", "dataclasses.py", "enum.py", "functools.py", "json/decoder.py", "inspect.py", "string/__init__.py", "tokenize.py", "types.py", "typing.py", "weakref.py"]
FIELDS = ("co_name", "co_qualname", "co_filename", "co_firstlineno", "co_flags", "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals", "co_stacksize", "co_names", "co_varnames", "co_cellvars", "co_freevars", "co_linetable", "co_exceptiontable")


def same(a, b):
    """Are fields and constants equal, in all code objects within?"""
    if type(a) is not type(b):
        return False
    if type(a) is tuple:
        return len(a) == len(b) and all(map(same, a, b))
    if not hasattr(a, "co_name"):
        return a == b and repr(a) == repr(b) or type(a) is frozenset and a == b
    return all(getattr(a, f) == getattr(b, f) for f in FIELDS) and same(a.co_consts, b.co_consts) and list(a.co_positions()) == list(b.co_positions())


for name in MODULES:
    with open(os.path.join(FOLDER, name), encoding="utf-8") as f:
        code = compile(f.read(), name, "exec")
    back = marshal.loads(marshal.dumps(code))
    print(name, same(code, back), code == back, hash(code) == hash(back), marshal.loads(marshal.dumps(back)) == code)

SOURCE = '''
def f(a, /, b=2, *args, c, d=4, **kw) -> int:
    "doc"
    try:
        return [a, b, args, c, d, kw, 1.5, 2j, 10**30, b"x", a in {1, 2}, ..., "é🐍", -0.0, (1, (None, True))]
    finally:
        total.append(a)
class C:
    x: int = 5
    def m(self): return __class__.x, super().__repr__
def g(n):
    for i in range(n): yield from (j * n for j in range(i))
async def h(): return 1
match = lambda v: {k: w for k, w in v.items() if k}
'''
total = []
code = marshal.loads(marshal.dumps(compile(SOURCE, "<source>", "exec")))
names = {"total": total}
exec(code, names)
print(names["f"](1, c=3, e=5), names["f"].__doc__, names["f"].__annotations__, total, names["C"]().m()[0], list(names["g"](4)), names["match"]({"": 1, "k": 2}))
try:
    names["h"]().send(None)
except StopIteration as stop:
    print(stop.value)
try:
    exec(marshal.loads(marshal.dumps(compile("\n\n1 / 0", "<fails>", "exec"))))
except ZeroDivisionError as error:
    print(error.__traceback__.tb_next.tb_lineno, error.__traceback__.tb_next.tb_frame.f_code.co_filename)
pair = marshal.loads(marshal.dumps([code, code, {"k": code}]))
print(pair[0] == code, pair[0] is pair[1] is pair[2]["k"], len(marshal.dumps((code, code))) < 2 * len(marshal.dumps(code)))
for f in (lambda: marshal.dumps(code, allow_code=False), lambda: marshal.loads(marshal.dumps(code), allow_code=False), lambda: marshal.loads(marshal.dumps(code)[:-5])):
    try:
        f()
        print("no error")
    except (ValueError, EOFError) as error:
        print(type(error).__name__)
