"""functools: caches, partial, reduce, singledispatch, wraps, total_ordering, cmp_to_key, cached_property."""
import functools
import operator


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


calls = []


@functools.lru_cache(maxsize=3)
def slow(a, b=0, *, c=0):
    """Slow."""
    calls.append((a, b, c))
    return a + b + c


for args, kwargs in (((1,), {}), ((1,), {}), ((2,), {"b": 1}), ((2, 1), {}), ((3,), {"c": 4}), ((1,), {}), ((1.0,), {}), ((True,), {})):
    slow(*args, **kwargs)
print(calls, slow.cache_info(), slow.cache_parameters(), slow.__name__, slow.__doc__, slow.__wrapped__(1, 2))
slow.cache_clear()
print(slow.cache_info())
attempt(slow)


@functools.lru_cache(typed=True)
def typed(x):
    return type(x).__name__


print(typed(1), typed(1.0), typed(True), typed.cache_info())


@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(90), fib.cache_info())


@functools.lru_cache(maxsize=0)
def never(x):
    return x


print(never(1), never(1), never.cache_info())


class Methods:
    def __init__(self):
        self.count = 0

    @functools.lru_cache
    def cached(self, x):
        self.count += 1
        return x * 2

    @functools.cached_property
    def value(self):
        """The value."""
        self.count += 1
        return self.count

    @functools.singledispatchmethod
    def kind(self, arg):
        return "other"

    @kind.register
    def _(self, arg: int):
        return "int"

    @kind.register(str)
    def _(self, arg):
        return "str"

    half = functools.partialmethod(pow, 2)

    def add(self, a, b=1, *, c=2):
        return a + b + c

    add_five = functools.partialmethod(add, 5, c=10)


m = Methods()
print(m.cached(2), m.cached(2), m.count, m.value, m.value, m.__dict__, Methods.value.__doc__, m.kind(1), m.kind("a"), m.kind([]), m.add_five(), m.add_five(2))
del m.value
print(m.value)
attempt(lambda: type("Slotted", (), {"__slots__": (), "v": functools.cached_property(lambda self: 1)})().v)


def target(*args, **kwargs):
    return args, kwargs


p = functools.partial(target, 1, 2, x=3)
print(p(4, y=5), p(x=9), p.func is target, p.args, p.keywords, functools.partial(p, 7)(8), functools.partial(p, 7).args)
print(repr(functools.partial(int, base=2)), functools.partial(int, base=2)("101"), functools.partial(target, functools.Placeholder, 2)(1), functools.Placeholder)
attempt(functools.partial, 5)
attempt(functools.partial(target, functools.Placeholder, 2))
attempt(functools.partial, target, 1, functools.Placeholder)
attempt(functools.partial, target, x=functools.Placeholder)
p.attribute = 5
print(p.attribute, p == functools.partial(target, 1, 2, x=3), hasattr(p, "__dict__"), functools.partial[int])

print(functools.reduce(operator.add, [1, 2, 3]), functools.reduce(operator.mul, [], 1), functools.reduce(lambda a, b: f"({a}{b})", "abcd"), functools.reduce(operator.add, [[1], [2]], [0]), functools.reduce(max, iter([3, 9, 2])), functools.reduce(function=operator.sub, iterable=[1], initial=10) if False else "")
attempt(functools.reduce, operator.add, [])
attempt(functools.reduce, lambda a, b: 1 / 0, [1, 2])


@functools.singledispatch
def show(x, *rest):
    """Shows."""
    return f"object {x}"


@show.register
def _(x: int | float, *rest):
    return f"number {x}"


@show.register(list)
@show.register(tuple)
def _(x, *rest):
    return f"sequence of {len(x)} {rest}"


class Parent:
    pass


class Child(Parent):
    pass


show.register(Parent, lambda x: "parent")
show.register(type(None), lambda x: "nothing")
print(show(1), show(2.5), show([1], 2), show((1, 2)), show("s"), show(True), show(Child()), show(None), show.dispatch(bool) is show.dispatch(int), sorted(c.__name__ for c in show.registry), show.__name__, show.__doc__)
attempt(show)
attempt(show.register, 5)


@functools.total_ordering
class Ordered:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n if isinstance(other, Ordered) else NotImplemented

    def __lt__(self, other):
        return self.n < other.n if isinstance(other, Ordered) else NotImplemented


print(Ordered(1) <= Ordered(1), Ordered(2) > Ordered(1), Ordered(1) >= Ordered(2), Ordered(1) != Ordered(2))
attempt(lambda: Ordered(1) <= 5)
attempt(functools.total_ordering, type("Empty", (), {}))


def decorate(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        """Wrapper."""
        return f(*args, **kwargs)

    return wrapper


@decorate
def documented(a: int, b="x") -> str:
    """Documented."""
    return b * a


print(documented(2), documented.__name__, documented.__doc__, documented.__qualname__, documented.__wrapped__(1), documented.__annotations__, functools.WRAPPER_ASSIGNMENTS, functools.WRAPPER_UPDATES)
compare = functools.cmp_to_key(lambda a, b: (len(a) > len(b)) - (len(a) < len(b)))
print(sorted(["ccc", "a", "bb", "d"], key=compare), compare("a") < compare("bb"), compare("a") == compare("b"), max(["a", "bbb", "cc"], key=compare), compare("a").obj)
