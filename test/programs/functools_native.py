# functools' cache, partial, cmp_to_key and reduce: what they give, in which order, and how they fail.
import copy
import functools
import gc
import pickle
import sys
import threading
import weakref
from functools import Placeholder as _
from functools import cmp_to_key, lru_cache, partial, partialmethod, reduce


def tries(*texts, **names):
    for text in texts:
        try:
            print(text, '->', eval(text, globals(), names))
        except Exception as e:
            print(text, '->', type(e).__name__, e)


# lru_cache: deep recursion, order, keys
@lru_cache(None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(900), fib.cache_info())


@functools.cache
def steps(n):
    """Doc of steps."""
    return 0 if n == 1 else 1 + steps(n // 2 if n % 2 == 0 else 3 * n + 1)


print(max(range(1, 3000), key=steps), steps.cache_info(), steps.__doc__, steps.__wrapped__.__name__, steps.cache_parameters())
calls = []


@lru_cache(maxsize=3)
def f(*a, **k):
    calls.append((a, k))
    return len(calls)


for a in [1, 2, 3, 1, 4, 2, 3, 1, 1.0, True, '1', b'1', None, (1,), 2, 'k']:
    f(a)
print(calls, f.cache_info())
calls.clear()
for k in [{'a': 1}, {'b': 1}, {'a': 1}, {'a': 1, 'b': 2}, {'b': 2, 'a': 1}, {'a': 1.0}]:
    f(**k)
print(calls, f.cache_info())
f.cache_clear()
print(f.cache_info(), f.cache_parameters())


@lru_cache(maxsize=None, typed=True)
def t(*a, **k):
    return (a, k)


for a in [1, 1.0, True, 1, (1,), (1.0,)]:
    t(a)
t(x=1), t(x=1.0), t(x=True), t(x=1)
print(t.cache_info(), t.cache_parameters(), t(1.0), t(x=True))


@lru_cache(0)
def nothing(x):
    return x


@lru_cache(-5)
def less(x):
    return x


nothing(1), nothing(1), less(1)
print(nothing.cache_info(), less.cache_info(), less.cache_parameters())
tries('fib([])', 'fib(n=[1])', 'fib(1, 2)', 'fib()', 'lru_cache("x")', 'lru_cache(1.5)(len)', 'lru_cache(len)("abc")', 'f(1, k={})',
      'functools._lru_cache_wrapper()', 'functools._lru_cache_wrapper(1, 2, 3, 4)', 'functools._lru_cache_wrapper(len, "x", 0, 0)')


@lru_cache(2)
def fails(x):
    print('fails', x)
    if x < 0:
        raise ValueError(x)
    return x


for x in [-1, -1, 1, -1, 1]:
    try:
        fails(x)
    except ValueError as e:
        print('raised', e)
print(fails.cache_info())


class Key:
    log = []

    def __init__(self, n):
        self.n = n

    def __hash__(self):
        Key.log.append(('hash', self.n))
        return hash(self.n)

    def __eq__(self, other):
        Key.log.append(('eq', self.n, getattr(other, 'n', other)))
        return self.n == getattr(other, 'n', other)


for size in None, 2:
    @lru_cache(size)
    def keyed(k):
        return ('result', k.n)

    Key.log.clear()
    one = Key(1)
    print([keyed(one), keyed(one), keyed(Key(1)), keyed(Key(2)), keyed(Key(3)), keyed(Key(1))], keyed.cache_info())
    print(Key.log)


class Broken:
    def __hash__(self):
        raise KeyError('no hash')


tries('f(Broken())', 'f(1, Broken())')


@lru_cache(maxsize=10)
def again(n):
    return 'end' if n == 0 else again(n - 1) if n != 3 else (again(n - 1), again.cache_clear())[0]


print(again(6), again.cache_info())


@lru_cache(maxsize=1)
def self_filling(x):
    if x:
        self_filling(0)
    return x


print(self_filling(1), self_filling(1), self_filling.cache_info())


class C:
    def __init__(self, n):
        self.n = n

    @lru_cache(maxsize=None)
    def method(self, x=0):
        return (self.n, x)

    @staticmethod
    @lru_cache
    def static(x):
        return ('static', x)

    @classmethod
    @lru_cache
    def cls(cls, x):
        return (cls.__name__, x)

    part = partial(lambda *a, **k: (a[1:], k), 'first', z=1)
    part_method = partialmethod(lambda self, *a, **k: (self.n, a, k), 7, q=8)


a, b = C(1), C(2)
print(a.method(5), b.method(5), a.method(5), a.method(x=5), C.method(a, 5), C.method.cache_info())
print(C.static(1), a.static(1), C.cls(2), a.cls(2), C.static.cache_info(), a.part_method(9, r=1))
print(C.method.__get__(None, C) is C.method, type(C.method.__get__(a)).__name__, C.method.__qualname__, callable(C.method))
print(copy.copy(fib) is fib, copy.deepcopy(fib) is fib, pickle.loads(pickle.dumps(fib)) is fib)
fib.extra = 1
print(fib.extra, sorted(fib.__dict__), weakref.ref(fib)() is fib, type(fib))

tries('type("W", (functools._lru_cache_wrapper,), {})', 'functools._lru_cache_wrapper(abs, 2, False, functools._CacheInfo)(-3)')


@lru_cache
def generator(n):
    yield n


g = generator(3)
print(list(g), list(generator(3)), generator(3) is g)
gc.collect()
print(fib(900) == fib(899) + fib(898))

# One cache, many threads.
ready = threading.Barrier(4)


@lru_cache(maxsize=16)
def shared(n, kind):
    return (kind, n * n)


def use(start):
    ready.wait()
    for i in range(1500):
        n = (start * 7 + i * 3) % 40
        if shared(n, kind='square') != ('square', n * n):
            print('wrong', n)
        if i % 500 == 250:
            shared.cache_clear()


threads = [threading.Thread(target=use, args=(s,)) for s in range(4)]
[x.start() for x in threads]
[x.join() for x in threads]
info = shared.cache_info()
print(info.currsize <= 16, info.maxsize)
for n in range(40):
    shared(n, kind='last')
print(shared.cache_info().currsize)

# partial


def show(*a, **k):
    return a, k


p = partial(show, 1, x=2)
print(p(3, y=4), p(x=5), p(), p.func is show, p.args, p.keywords, partial(p, 6, z=7).args, partial(p, 6, z=7).keywords)
print(partial(max, 1)(5), partial(int, base=2)('101'), partial(str)(3), partial(C, 4)().n, partial(p, y=1)(2), partial(a.method, 3)())
print(str(p).replace(hex(id(show))[2:], 'ADDRESS').split(' at ')[0], partial(len), partial(len, 'a', b=[1]))
p.attribute = [1]
q = partial(p, 8)
print(q.func is p, q(9), p.__dict__, vars(q))
print(copy.copy(p)(0), copy.deepcopy(p)(0), copy.copy(p).attribute is p.attribute, copy.deepcopy(p).attribute is p.attribute)
r = pickle.loads(pickle.dumps(partial(max, 2, key=abs)))
print(r(-5), r, r.__reduce__())
tries('partial()', 'partial(1)', 'partial(show)(**{1: 2})', 'p.__setstate__(())', 'p.__setstate__((show, (), None))', 'p.__setstate__(5)',
      'p.__setstate__((1, (), {}, None))', 'p.__setstate__((show, [], {}, None))', 'p.__setstate__((show, (_,), {}, None))',
      'p.__setstate__((show, (), {}, 1))', 'setattr(p, "func", 1)', 'setattr(p, "args", 1)', 'delattr(p, "keywords")', 'p.missing',
      'partial(abs)(1, 2)', 'partial(lambda: 0, 1)()', 'partial[int]', 'hash(p) == hash(p)', 'p == p', 'partial(show) == partial(show)')
p.__setstate__((show, (7,), {'w': 1}, {'other': 2}))
print(p(8), p.other, hasattr(p, 'attribute'))
p.keywords[3] = 4
tries('p()', 'repr(p)[-10:]')
recursive = partial(show)
recursive.__setstate__((recursive, (recursive,), {'k': recursive}, {}))
print(recursive)
recursive.__setstate__((show, (), {}, None))


class Sub(partial):
    def __call__(self, *a, **k):
        return ('sub', super().__call__(*a, **k))


s = Sub(show, 1, k=2)
print(s(3), type(s.__reduce__()[0]), repr(Sub(len)), partial(s, 4).func is show, partial(s, 4)(5))
s.data = 1
print(partial(s, 4).func is s, pickle.loads(pickle.dumps(Sub(len, data=1))).keywords)
h = partial(show, _, 2, _, 5, x=1)
print(h(1, 3), h(1, 3, 4, x=5, y=6), partial(h, 10)(30), partial(h, 10, 30, 40)(), partial(h, _, 30)(10), repr(h).split('>')[1], h.args)
tries('h()', 'h(1)', 'partial(show, _)', 'partial(show, 1, _)', 'partial(show, x=_)', 'partial(h, 1, _)', 'type(_)()', 'type(_)(1)', 'repr(_)',
      'type(_)', 'copy.copy(_) is _', 'copy.deepcopy(_) is _', 'pickle.loads(pickle.dumps(_)) is _', 'type("X", (type(_),), {})', 'bool(_)')


def down(n):
    return 0 if n == 0 else 1 + partial(down, n - 1)()


print(down(400), partial(partial(partial(down)), 300)())
print(sorted(map(partial(pow, 2), range(5)), key=partial(lambda sign, x: sign * x, -1)))

# cmp_to_key
K = cmp_to_key(lambda x, y: (x > y) - (x < y))
k = K(3)
print(sorted([3, 1, 2], key=K), sorted('bca', key=cmp_to_key(lambda x, y: -1 if x > y else 1)), K(1) < K(2), K(2) <= K(1), K(1) == K(1), K(1) != K(1), k.obj)
k.obj = 9
print(k > K(8), K(obj=4).obj, min([3, 1], key=K), type(k).__name__)
tries('K()', 'K(1, 2)', 'K(1) < 1', '1 < K(1)', 'hash(k)', 'cmp_to_key()', 'cmp_to_key(1)(1) < cmp_to_key(1)(2)', 'cmp_to_key(mycmp=max)(3).obj',
      'K < K', 'type(k)()', 'sorted([2, 1], key=cmp_to_key(lambda x, y: 1 / 0))', 'cmp_to_key(lambda x, y: "a")(1) < cmp_to_key(lambda x, y: 0)(1)')

# reduce
print(reduce(lambda x, y: x + y, [1, 2, 3]), reduce(lambda x, y: x * y, range(1, 6), 10), reduce(max, [4]), reduce(max, [], 3), reduce(max, (), initial=None),
      reduce(lambda x, y: f'({x}{y})', 'abcd'), reduce(max, [1], initial=5), reduce(lambda d, k: d.get(k), 'ab', {'a': {'b': 1}}))
tries('reduce(max, [])', 'reduce(lambda x: x, [1, 2])', 'reduce(5, [1, 2])', 'reduce(5, [1])', 'reduce(max, (1 / 0 for i in [1]))', 'reduce(lambda x, y: 1 / 0, [1, 2])')


def depth(tree):
    return reduce(lambda deepest, child: max(deepest, 1 + depth(child)), tree, 0)


tree = []
for i in range(100):
    tree = [tree, []]
print(depth(tree), sys.getrecursionlimit())

# More threads than the system has of its own wait within functions that functools calls.
WAITING = 60
go = threading.Event()
arrived = threading.Semaphore(0)
ended = []


def wait(*a):
    arrived.release()
    go.wait()
    return a


@lru_cache(None)
def waits(n):
    return wait(n)


def native():
    arrived.release()
    return partial(go.wait)()


kinds = [partial(wait, 1), native, lambda: waits(threading.get_ident()), lambda: reduce(wait, [1, 2])]


def run(kind):
    kind()
    ended.append(kind)


threads = [threading.Thread(target=run, args=(kinds[i % 4],)) for i in range(WAITING)]
[x.start() for x in threads]
[arrived.acquire() for x in threads]
go.set()
[x.join() for x in threads]
print(len(ended))
