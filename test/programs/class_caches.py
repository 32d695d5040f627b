"""What is remembered of classes ends when they change: __bool__, __len__, __init__, __new__, the metaclass, abstractness."""
class A: pass
a = A()
print(bool(a), bool(a))
A.__bool__ = lambda self: False
print(bool(a))
del A.__bool__
print(bool(a))
A.__len__ = lambda self: 0
print(bool(a), bool(a))
class B(A): pass
b = B(); print(bool(b))
del A.__len__
print(bool(b), bool(b))
B.__bool__ = lambda self: 7
try: bool(b)
except TypeError as e: print(e)
B.__bool__ = None
try: bool(b)
except TypeError as e: print(e)
class P:
    def __init__(self, x=1): self.x = x
for i in range(3): print(P(i).x, P().x)
def init2(self, y, *rest, **kw): self.x = (y, rest, kw)
P.__init__ = init2
for i in range(3): print(P(i).x, P(i, 2, z=3).x)
try: P()
except TypeError as e: print(e)
P.__new__ = lambda cls, *a: "new"
print(P(1))
del P.__new__
class M(type):
    def __call__(cls, *a): return ("called", a)
class Q(metaclass=M):
    def __init__(self): print("never")
print(Q(1), Q(2))
class R:
    def __init__(self, v): self.v = v
print(R(1).v, R(2).v)
class N(type): pass
try:
    R.__class__ = M
    print(R(3))
    R.__class__ = type
except TypeError as e: print("TypeError", e)
print(R(4).v)
import abc
class S(abc.ABC):
    def __init__(self): self.k = 1
print(S().k, S().k)
S.__abstractmethods__ = frozenset(["f"])
try: S()
except TypeError as e: print(e)
S.__abstractmethods__ = frozenset()
print(S().k)
class T:
    def __init__(self): return 5
for _ in range(2):
    try: T()
    except TypeError as e: print(e)
