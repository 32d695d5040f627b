# abc.ABCMeta over its C part: abstract methods, registration, caches.
import abc
import gc
import weakref
from abc import ABC, ABCMeta, abstractmethod


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

    @classmethod
    @abstractmethod
    def make(cls): ...

    @staticmethod
    @abstractmethod
    def util(): ...

    def describe(self):
        return f'{self.name} {self.area()}'


print(sorted(Shape.__abstractmethods__), Shape.describe.__name__)
for cls in (Shape, type('Half', (Shape,), {'area': lambda s: 1, 'make': 1, 'util': 2})):
    try:
        cls()
    except TypeError as e:
        print(e)


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side ** 2

    name = 'square'
    make = classmethod(lambda cls: cls(1))
    util = staticmethod(lambda: 5)


print(Square(3).describe(), Square.make().area(), Square.util(), Square.__abstractmethods__)
print(isinstance(Square(1), Shape), issubclass(Square, Shape), isinstance(1, Shape), issubclass(int, Shape))


# registration
class Base(ABC):
    pass


class Other:
    pass


print(isinstance(Other(), Base), abc.get_cache_token() == abc.get_cache_token())
token = abc.get_cache_token()
print(Base.register(Other) is Other, isinstance(Other(), Base), issubclass(Other, Base), Base in Other.__mro__)
print(abc.get_cache_token() != token)


class Derived(Other):
    pass


class SubBase(Base):
    pass


print(issubclass(Derived, Base), issubclass(Derived, SubBase), isinstance(Derived(), Base))
SubBase.register(int)
print(issubclass(int, Base), issubclass(bool, Base), issubclass(float, Base))


@Base.register
class Decorated:
    pass


print(issubclass(Decorated, Base), Decorated.__name__)
for bad in (lambda: Base.register(1), lambda: SubBase.register(Base), lambda: issubclass(1, Base)):
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)


# __subclasshook__
class Sized(ABC):
    calls = 0

    @classmethod
    def __subclasshook__(cls, c):
        if cls is Sized:
            Sized.calls += 1
            return any('__len__' in b.__dict__ for b in c.__mro__)
        return NotImplemented


print(issubclass(list, Sized), issubclass(int, Sized), isinstance([], Sized), isinstance(3, Sized), Sized.calls)


class Bad(ABC):
    @classmethod
    def __subclasshook__(cls, c):
        return 5


try:
    issubclass(int, Bad)
except AssertionError as e:
    print(e)


# __class__ that lies
class Liar:
    @property
    def __class__(self):
        return Other


print(isinstance(Liar(), Base), issubclass(Liar, Base))


# the registry keeps no class alive
def temporary():
    class T:
        pass
    Base.register(T)
    isinstance(T(), Base)
    isinstance(T(), Sized)
    return weakref.ref(T)


r = temporary()
gc.collect()
print(r())
print([c.__name__ for c in Base.__subclasses__()], [c.__name__ for c in Other.__subclasses__()])


def leaf():
    class Gone(Other):
        pass
    return weakref.ref(Gone)


r = leaf()
gc.collect()
print(r(), [c.__name__ for c in Other.__subclasses__()])
print(bool in int.__subclasses__(), int.__subclasses__()[0], Shape in ABC.__subclasses__())


# update_abstractmethods and the ABCMeta methods
class Late(ABC):
    @abstractmethod
    def f(self): ...


Late.f = lambda self: 9
try:
    Late()
except TypeError as e:
    print(e)
abc.update_abstractmethods(Late)
print(Late().f())


class Meta(ABCMeta):
    def __instancecheck__(cls, o):
        return o == 42 or super().__instancecheck__(o)


class M(metaclass=Meta):
    pass


print(isinstance(42, M), isinstance(M(), M), isinstance(41, M))
Base._dump_registry.__name__
import _abc
data = _abc._get_dump(Base)
print([type(x).__name__ for x in data], len(data[0]) >= 2)
_abc._reset_caches(Base)
_abc._reset_registry(Base)
print(issubclass(Decorated, Base), len(_abc._get_dump(Base)[0]))
