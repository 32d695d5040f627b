"""repr, print options, isinstance, issubclass, getattr family, callable, id, type, vars, dir, hash, chr, bin, divmod."""
import sys

print(1, 2, sep="-", end="!\n")
print("a", "b", sep="")
print(*[1, 2], *"ab", sep=", ")
print()
print("to stdout", file=sys.stdout, flush=True)
print("x", end="")
print("", "lead", sep="|")
for f in (lambda: print(sep=5), lambda: print(end=1), lambda: print(1, foo=2)):
    try:
        f()
    except TypeError as e:
        print(e)


class A:
    x = 1

    def m(self):
        return "m"


class B(A):
    pass


b = B()
b.y = 2
print(isinstance(b, A), isinstance(b, (int, B)), isinstance(1, int | str), issubclass(B, A), issubclass(A, B), issubclass(B, (int, A)), isinstance(True, int), isinstance(None, type(None)), isinstance(A, type), isinstance(b, object))
print(getattr(b, "x"), getattr(b, "nope", "default"), hasattr(b, "m"), hasattr(b, "z"), setattr(b, "z", 3), b.z, delattr(b, "z"), hasattr(b, "z"), vars(b), b.__dict__, [n for n in dir(b) if not n.startswith("__")])
print(callable(print), callable(A), callable(b), callable(b.m), callable(lambda: 0), callable(5), type(b) is B, type(b).__name__, B.__name__, B.__mro__ == (B, A, object), B.__bases__, A.__base__)
print(id(b) == id(b), id(b) != id(A()), hash(b) == hash(b), b == b, b != A(), b is b, abs(-3), bin(5), hex(255), oct(8), divmod(7, 2), pow(2, 3), round(2.5), chr(97), ord("a"), ascii("é"), len("abc"), repr("x"), format(3, "03"))
for f in (lambda: isinstance(1, 5), lambda: issubclass(1, int), lambda: isinstance(1, (int, 5)), lambda: isinstance("", (int, 5)), lambda: getattr(b, "nope"), lambda: getattr(b, 5), lambda: delattr(b, "nope"), lambda: setattr(b, 5, 1), lambda: vars(5), lambda: len(5), lambda: hash([]), lambda: bin(1.5), lambda: divmod(1), lambda: type(), lambda: object(1), lambda: A(1), lambda: b.m(1), lambda: len(), lambda: repr(), lambda: callable(), lambda: id(), lambda: getattr(b)):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
print(int, str, type, list[int], A, B, len, print, [].append.__name__, type(len), type(A.m), type(b.m), type(type), object, type(lambda: 0).__name__, type([].append), NotImplementedError, dict[str, int], int | None)
