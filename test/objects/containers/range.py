def attempt(f, *args, **kw):
    try:
        print(repr(f(*args, **kw)))
    except Exception as e:
        print(type(e).__name__ + ':', e)
print(range(5), range(1, 5), range(1, 10, 3), range(0), range(5, 0, -2), list(range(5, 0, -2)), list(range(0)), len(range(0, 100, 7)))
r = range(0, 20, 3); print(r[0], r[-1], r[1:3], r[::-1], r[::2], 9 in r, 10 in r, 9.0 in r, 'a' in r, r.index(9), r.count(9), r.count(10), r.start, r.stop, r.step)
attempt(r.__getitem__, 7); attempt(r.__getitem__, 'a'); attempt(r.index, 10); attempt(r.index, 'a'); attempt(range); attempt(range, 1, 2, 0); attempt(range, 'a'); attempt(range, 1.0); attempt(range, 1, 2, 3, 4); attempt(range, stop=1)
print(range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), range(3) == [0, 1, 2], range(3) != range(4), hash(range(3)) == hash(range(0, 3)), bool(range(0)), bool(range(1)))
b = range(10**20, 10**20 + 5, 2); print(b, len(b), list(b), b[1], b[-1], 10**20 + 2 in b, list(reversed(b)), b[::-1]); attempt(len, range(10**30))
print(list(reversed(range(5))), list(reversed(range(0, 10, 3))), sum(range(1000)), max(range(5)), list(range(-3, 3)), list(range(3, -3, -1)))
it = iter(range(5)); next(it); print(it.__length_hint__(), list(it), list(it), type(it))
attempt(lambda: range(3) < range(4)); attempt(lambda: range(3) + range(3))
for i in range(2**30 - 2, 2**30 + 2): print(i, end=' ')
print()
def setr(): r[0] = 1
attempt(setr)
print(list(enumerate('ab')), list(enumerate('ab', 5)), list(enumerate('ab', start=10**18)), list(zip([1, 2], 'ab')), list(zip()), list(zip([1], [2], [3])), list(zip([1, 2, 3], 'ab')))
attempt(lambda: list(zip([1, 2], [1], strict=True))); attempt(lambda: list(zip([1], [1, 2], strict=True))); attempt(lambda: list(zip([1], [1], [1, 2], strict=True))); attempt(lambda: list(zip([1, 2], [1, 2], [1], strict=True)))
print(list(zip([1, 2], [3, 4], strict=True)), list(map(str, [1, 2])), list(map(lambda a, b: a + b, [1, 2], [3, 4, 5])), list(filter(None, [0, 1, '', 'a'])), list(filter(lambda x: x > 1, [1, 2, 3])))
attempt(lambda: list(map(lambda a, b: a, [1], [1, 2], strict=True)))
attempt(zip, 5); attempt(zip, [1], 5); attempt(map, len); attempt(map, len, 5); attempt(filter, None, 5); attempt(filter, None); attempt(enumerate); attempt(enumerate, 5); attempt(reversed, 5); attempt(reversed, {1}); attempt(enumerate, [], 'a'); attempt(zip, foo=1)
print(list(reversed('abc')), list(reversed([1, 2])), type(reversed([])), type(reversed('')), list(reversed({1: 2})))
class Seq:
    def __len__(self): return 3
    def __getitem__(self, i):
        if i >= 3: raise IndexError
        return i * 10
print(list(Seq()), list(reversed(Seq())), 20 in Seq(), list(iter(Seq())), max(Seq()), list(zip(Seq(), Seq())))
n = 0
def counter():
    global n
    n += 1
    return n
print(list(iter(counter, 4)), next(iter([]), 'default')); attempt(next, iter([]))
class MyEnum(enumerate): pass
print(list(MyEnum('ab')), type(MyEnum('a')))
g = (x for x in range(3)); print(list(map(lambda x: x * 2, g)), list(g))
print(type(enumerate([])), type(zip()), type(map(str, [])), type(filter(None, [])), type(iter([])), type(iter(())), type(iter(range(1))), type(iter(Seq())), type(iter(counter, 1)))
def gen():
    yield 1
    raise KeyError('gen')
attempt(lambda: list(map(str, gen()))); attempt(lambda: list(zip(gen(), [1, 2, 3]))); attempt(lambda: [*gen()])
a = iter([1, 2, 3]); print(list(zip(a, a)))
