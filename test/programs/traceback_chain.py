# An uncaught exception with causes, contexts, notes and carets.
def f(x):
    return g(x) + 1


def g(x):
    return [1, 2, 3][x]


class Custom(Exception):
    def __str__(self):
        return "line one\nline two"


def deep(n):
    if n == 0:
        return f(10)
    return deep(n - 1)


def outer():
    try:
        deep(6)
    except IndexError as e:
        e.add_note("a note\nwith two lines")
        raise Custom() from e


def handler():
    try:
        outer()
    except Custom:
        d = {"a": {"b": 1}}
        return d["a"]["c"]


def call(a, b, *c, **d):
    return a.upper() + b.nothing(c, d)


try:
    handler()
except KeyError:
    call("x", "y", 1, 2,
         k=3)
