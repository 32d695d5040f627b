# Exceptions: attributes, arguments, str and repr, chaining, notes.
def show(e):
    print(type(e).__name__, "|", str(e), "|", repr(e), "|", e.args, "|", e.__cause__, "|", e.__context__, "|", e.__suppress_context__, "|", e.__traceback__ is not None)
def t(f, *a, **k):
    try:
        r = f(*a, **k)
        print("ok", r)
    except BaseException as e:
        show(e)
        return e


for args in ((), (1,), ("a",), (1, 2), (None,), ("",), ([1, 2],)):
    for cls in (Exception, ValueError, KeyError, StopIteration, SystemExit, OSError, AttributeError, NameError, ImportError, AssertionError, LookupError):
        e = cls(*args)
        print(cls.__name__, str(e), repr(e), e.args)
print(StopIteration(5).value, StopIteration().value, SystemExit().code, SystemExit(3).code, SystemExit(1, 2).code, StopAsyncIteration(1).args)
e = OSError(2, "No such file", "name.txt")
print(type(e).__name__, e.errno, e.strerror, e.filename, e.filename2, str(e), repr(e), e.args)
e = OSError(2, "No such file", "a", None, "b")
print(type(e).__name__, e.filename, e.filename2, str(e), e.args)
for n in (1, 2, 3, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 110, 111, 5):
    print(n, type(OSError(n, "x")).__name__, end=" ")
print()
print(type(OSError("x")).__name__, OSError("x").errno, type(FileNotFoundError(13, "x")).__name__, IOError is OSError, EnvironmentError is OSError)
e = ImportError("msg", name="n", path="p", name_from="f")
print(e.msg, e.name, e.path, e.name_from, e.args, str(e), repr(e))
t(ImportError, "a", foo=1)
e = ImportError("a", "b")
print(e.msg, str(e))
e = NameError("x", name="nm")
print(e.name, NameError("x").name)
e = AttributeError("x", name="nm", obj=5)
print(e.name, e.obj, AttributeError().name, AttributeError().obj)
t(ValueError, x=1)
t(NameError, y=1)
t(KeyError, y=1)
e = SyntaxError("bad", ("f.py", 3, 4, "text", 3, 6))
print(e.msg, e.filename, e.lineno, e.offset, e.text, e.end_lineno, e.end_offset, e.print_file_and_line, str(e), repr(e), e.args)
e = SyntaxError("bad", ("dir/f.py", 3, 4, "text"))
print(str(e), e.end_lineno)
e = SyntaxError("bad")
print(e.msg, e.filename, e.lineno, str(e))
e = SyntaxError()
print(e.msg, str(e))
t(SyntaxError, "bad", (1, 2))
t(SyntaxError, "bad", 5)
e = IndentationError("i", ("f", 1, 1, "t"))
print(str(e), isinstance(e, SyntaxError))
e = UnicodeDecodeError("utf-8", b"\xffabc", 0, 1, "bad byte")
print(e.encoding, e.object, e.start, e.end, e.reason, str(e), e.args)
e = UnicodeDecodeError("utf-8", b"\xffabc", 0, 3, "bad bytes")
print(str(e))
e = UnicodeEncodeError("ascii", "a\xe9\u1234", 1, 2, "not ascii")
print(str(e), e.object)
e.start = 2
e.end = 3
print(str(e))
print(str(UnicodeEncodeError("ascii", "a\xe9\u1234", 1, 3, "x")), str(UnicodeTranslateError("a\U00012345", 1, 2, "r")))
t(UnicodeDecodeError, 1)
t(UnicodeDecodeError, "utf-8", "x", 0, 1, "r")
t(UnicodeEncodeError, "a", b"", 0, 1, "r")
t(UnicodeDecodeError, "utf-8", b"x", 0, 1)


class Custom(Exception):
    def __init__(self, a, b=2):
        self.a, self.b = a, b
    def __str__(self): return f"custom {self.a}"


show(Custom(1))
show(Custom(1, b=3))
t(Custom)


class Two(Exception):
    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


e = Two(5, "msg")
print(e.code, e.args, str(e), repr(e))


class NewOnly(Exception):
    def __new__(cls, *a):
        o = super().__new__(cls, "fixed")
        return o


print(NewOnly(1, 2).args)
class NoInit(Exception):
    def __init__(self, *a): pass
print(NoInit(1, 2).args, str(NoInit(1, 2)))

# chaining
def chain():
    try:
        try:
            1 / 0
        except ZeroDivisionError as z:
            raise ValueError("v") from z
    except ValueError as v:
        raise KeyError("k")
e = t(chain)
print(type(e.__context__).__name__, type(e.__context__.__cause__).__name__, e.__context__.__suppress_context__)
def fromnone():
    try: 1 / 0
    except ZeroDivisionError: raise ValueError("clean") from None
e = t(fromnone)
print(e.__cause__, type(e.__context__).__name__, e.__suppress_context__)
def badcause(): raise ValueError from 5
t(badcause)
def classcause(): raise ValueError from KeyError
e = t(classcause)
print(repr(e.__cause__))
def noexc(): raise
t(noexc)
def notexc(): raise 5
t(notexc)
def notexc2(): raise int
t(notexc2)
def reraise():
    try: 1 / 0
    except ZeroDivisionError: raise
t(reraise)
class BadNew(Exception):
    def __new__(cls): return 5
def badnew(): raise BadNew
t(badnew)
def badexcept():
    try: 1 / 0
    except 5: pass
t(badexcept)
def badexcept2():
    try: 1 / 0
    except (ValueError, "x"): pass
t(badexcept2)
def tupleexcept():
    try: 1 / 0
    except (ValueError, (ZeroDivisionError, KeyError)) as e: return repr(e)
t(tupleexcept)
def selfcontext():
    e = ValueError("s")
    try:
        raise e
    except ValueError:
        raise e
e = t(selfcontext)
print(e.__context__)
def infinally():
    try:
        raise ValueError("in try")
    finally:
        raise KeyError("in finally")
e = t(infinally)
print(repr(e.__context__))
e = ValueError("x")
e.add_note("note 1")
e.add_note("note 2")
print(e.__notes__)
t(e.add_note, 5)
e.__notes__ = 5
t(e.add_note, "x")
e = ValueError("x")
t(lambda: e.__notes__)
t(setattr, e, "__cause__", 5)
t(setattr, e, "__context__", 5)
t(delattr, e, "__cause__")
t(delattr, e, "__context__")
t(setattr, e, "__traceback__", 5)
t(delattr, e, "__traceback__")
t(setattr, e, "__suppress_context__", 5)
t(setattr, e, "args", 5)
e.args = [1, 2]
print(e.args, str(e))
e.__cause__ = KeyError("c")
print(e.__suppress_context__)
e.extra = 1
print(e.__dict__, e.with_traceback(None) is e)
t(e.with_traceback, 5)
e.__setstate__({"q": 7})
print(e.q, e.__reduce__()[1])
print([c.__name__ for c in ModuleNotFoundError.__mro__], issubclass(RecursionError, RuntimeError))
# the name of `as` is unbound afterwards
try:
    1 / 0
except ZeroDivisionError as gone:
    pass
try:
    gone
except NameError as e2:
    print(e2)
try:
    raise ValueError
except ValueError as e3:
    print(repr(e3), e3.args)
class Multi(ValueError, KeyError): pass
print(str(Multi("a")), [c.__name__ for c in Multi.__mro__])
t(lambda: type("X", (OSError, SyntaxError), {}))
import sys
def exc_info():
    try: 1 / 0
    except ZeroDivisionError:
        a = sys.exc_info()[0].__name__, repr(sys.exception())
        try: raise KeyError(1)
        except KeyError: b = repr(sys.exception())
        return a, b, repr(sys.exception())
print(exc_info(), sys.exc_info(), sys.exception())
