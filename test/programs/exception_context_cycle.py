"""Cycles that a program makes of __context__ end nowhere but in the search for the new exception."""


class A(Exception):
    pass


class B(Exception):
    pass


class C(Exception):
    pass


def itself():
    try:
        raise ValueError(1)
    except ValueError as e:
        e.__context__ = e
        raise TypeError(2)


try:
    itself()
except TypeError as e:
    print(type(e.__context__).__name__, e.__context__.__context__ is e.__context__)


def chain(*links):
    """Exceptions of these classes, each the context of the one before; the last has that of the given number."""
    made = [cls() for cls in links[:-1]]
    for first, second in zip(made, made[1:]):
        first.__context__ = second
    made[-1].__context__ = made[links[-1]]
    return made


def names(e, most=6):
    out = []
    while e is not None and len(out) < most:
        out.append(type(e).__name__)
        e = e.__context__
    return out


for links in ((A, B, 0), (A, B, C, 1), (A, B, C, 2), (A, B, C, A, B, C, 3), (A, 0)):
    made = chain(*links)
    try:
        try:
            raise made[0]
        except Exception:
            raise KeyError("new")
    except KeyError as e:
        print(names(e))
    # Raised while its own context is handled.
    made = chain(*links)
    try:
        try:
            raise made[-1]
        except Exception:
            raise made[0]
    except Exception as e:
        print(names(e))
