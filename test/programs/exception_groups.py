# Exception groups and except*.
def t(f, *a, **k):
    try:
        print("ok", f(*a, **k))
    except BaseException as e:
        print(type(e).__name__, "|", e, "|", repr(e))
        return e


g = ExceptionGroup("g", [ValueError(1), KeyError(2), ExceptionGroup("inner", [TypeError(3), ValueError(4)])])
print(g, repr(g), g.message, g.exceptions, g.args)
print(type(BaseExceptionGroup("b", [ValueError(1)])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
t(ExceptionGroup, "x", [KeyboardInterrupt()])
t(ExceptionGroup, "x", [])
t(ExceptionGroup, "x", [1])
t(ExceptionGroup, "x", 5)
t(ExceptionGroup, 1, [ValueError()])
t(ExceptionGroup, "x")
t(ExceptionGroup)
t(ExceptionGroup, "x", [ValueError()], 3)
t(ExceptionGroup, "x", exceptions=[ValueError()])
print(g.subgroup(ValueError), g.subgroup((KeyError, TypeError)), g.subgroup(OSError), g.subgroup(lambda e: isinstance(e, KeyError)))
print(g.split(ValueError), g.split(OSError), g.split(Exception))
print(repr(g.subgroup(ValueError)), repr(g.derive([KeyError(9)])))
t(g.split, 5)
t(g.subgroup)
t(g.split, int)
print(g.subgroup(lambda e: len(str(e)) == 1).exceptions)


def star(exc):
    try:
        raise exc
    except* ValueError as e:
        print("V", type(e).__name__, e.exceptions)
    except* (TypeError, KeyError) as e:
        print("TK", e.exceptions)
    else:
        print("else")
    finally:
        print("finally")


t(star, g)
t(star, ValueError("plain"))
t(star, OSError("unhandled"))
t(star, ExceptionGroup("mix", [OSError(1), ValueError(2)]))
t(star, KeyboardInterrupt())


def inner_raise():
    try:
        raise ExceptionGroup("eg", [ValueError(1), TypeError(2), KeyError(3)])
    except* ValueError:
        raise RuntimeError("from V")
    except* TypeError as e:
        raise
e = t(inner_raise)
print([type(x).__name__ for x in e.exceptions], repr(e.__context__))


def nothing():
    try:
        pass
    except* ValueError:
        print("no")
    else:
        print("else ran")
nothing()
def loops():
    for i in range(3):
        try:
            if i == 1: raise ExceptionGroup("l", [ValueError(i)])
        except* ValueError as e:
            print("caught", e.exceptions)
        print("after", i)
loops()
def groupclass():
    try:
        raise ValueError
    except* ExceptionGroup:
        pass
t(groupclass)
def notclass():
    try:
        raise ValueError
    except* 5:
        pass
t(notclass)


class MyGroup(ExceptionGroup):
    def __new__(cls, msg, excs, code=0):
        self = super().__new__(cls, msg, excs)
        self.code = code
        return self
    def derive(self, excs):
        return MyGroup(self.message, excs, self.code)


m = MyGroup("my", [ValueError(1), KeyError(2)], 7)
a, b = m.split(ValueError)
print(type(a).__name__, a.code, a.exceptions, type(b).__name__, b.code, b.exceptions, m.args)
try:
    raise m
except* KeyError as e:
    print(type(e).__name__, e.code)
except* ValueError as e:
    print(type(e).__name__, e.exceptions)
m.add_note("n")
m.__cause__ = OSError("c")
print(m.subgroup(KeyError).__notes__, repr(m.subgroup(KeyError).__cause__))
def nested(n):
    e = ValueError(n)
    for i in range(n): e = ExceptionGroup(str(i), [e])
    return e
print(nested(3), nested(3).exceptions[0].exceptions[0].exceptions)
def uncaught_part():
    try:
        try:
            raise ExceptionGroup("outer", [ValueError(1), ExceptionGroup("in", [TypeError(2), OSError(3)])])
        except* TypeError:
            print("T handled")
    except Exception as e:
        print(repr(e))
uncaught_part()
raise ExceptionGroup("top", [ValueError("one"), ExceptionGroup("nested", [KeyError("two"), OSError("three")]), TypeError("four")])
