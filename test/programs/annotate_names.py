# Qualified names of the functions that make annotations; __type_params__ of classes, of type itself too.
from functools import wraps


def f(x: int): pass


def outer():
    def inner(y: int): pass
    return inner


class A:
    def m(self, x: int): pass

    class B:
        @staticmethod
        def s(x: int) -> int:
            def deep(z: int): pass
            return deep

        @classmethod
        def c(cls, x: str): pass
    x: int


def gen[T](x: T): pass


class G[T]:
    def m[U](self, x: U) -> T: pass
    y: T


class P:
    def __private(self, x: int): pass
    p = __private


for o in (f, outer(), A.m, A.B.s, A.B.s(0), A.B.c, A, gen, G, G.m, P.p):
    print(o.__annotate__.__qualname__, o.__annotate__.__name__, o.__annotate__.__code__.co_qualname)
print(type.__type_params__, int.__type_params__, G.__type_params__, A.__type_params__)
try:
    int.__type_params__ = ()
except TypeError as e:
    print(e)
A.__type_params__ = (1,)
print(A.__type_params__)


@wraps(type)
def like_type():
    pass


print(like_type.__type_params__, like_type.__name__, like_type.__qualname__, like_type.__module__)
