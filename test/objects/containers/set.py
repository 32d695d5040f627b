def attempt(f, *args, **kw):
    try:
        print(repr(f(*args, **kw)))
    except Exception as e:
        print(type(e).__name__ + ':', e)
def show(s): print(type(s).__name__, sorted(s))
s = {1, 2, 3}
s.add(4); s.add(1); show(s); s.discard(9); s.discard(1); show(s); attempt(s.remove, 9); s.remove(2); show(s)
print(len(s), 3 in s, 5 in s, bool(set()), set(), frozenset(), {1}, frozenset([1]), set('a'))
a, b = {1, 2, 3}, {2, 3, 4}
for r in (a | b, a & b, a - b, a ^ b, a.union([9], 'x'.split('x') and [8]), a.intersection([2], [2, 3]), a.difference([1], [2]), a.symmetric_difference([1, 7])): show(r)
print(a <= b, a < a, a <= a, {1} < a, a >= {1}, a > {1}, a == {3, 2, 1}, a != b, a.issubset([1, 2, 3, 4]), a.issuperset([1]), a.isdisjoint([9]), a.isdisjoint(b), a == [1, 2, 3])
attempt(lambda: a | [1]); attempt(lambda: a < [1]); attempt(lambda: a + b); attempt(set, 5); attempt(set, 1, 2); attempt(lambda: {[]}); attempt(hash, set()); attempt(set().pop); attempt(s.add, [])
c = set(a); c |= b; show(c); c &= {1, 2, 9}; show(c); c -= {1}; show(c); c ^= {2, 5}; show(c); c.update([1], 'z'[:0], (7,)); show(c)
c.intersection_update([1, 5]); show(c); c.difference_update([1]); show(c); c.symmetric_difference_update([5, 6]); show(c); c.clear(); show(c)
def iop():
    global c
    c |= [1]
attempt(iop)
f = frozenset([1, 2]); show(f | {3}); show({3} | f); print(hash(f) == hash(frozenset([2, 1])), f == {1, 2}, {f: 1}[frozenset([2, 1])], frozenset(f) is f, f.copy() is f)
attempt(lambda: f.add(1))
def it():
    for x in s2: s2.add(x + 100)
s2 = {1, 2}; attempt(it)
p = {7}; print(p.pop(), p)
class S(set): pass
x = S([1]); x.a = 1; print(x, x.a, type(x | {2}), x == {1}); print(S())
class F(frozenset): pass
print(F([1]), type(F([1])), F([1]) == frozenset([1]), hash(F([1])) == hash(frozenset([1])))
show({x % 5 for x in range(20)}); show({*[1, 2], *(3,)})
big = set(range(5000)); big -= set(range(0, 5000, 2)); print(len(big), sum(big), 4999 in big, 4998 in big)
print({1, 1.0, True}, len({0.0, -0.0, 0}), {1} == {1.0}, len({float('nan'), float('nan')}))
print(sorted(set('hello')), len(set([(1, 2), (1, 2)])), {1, 2}.copy() == {1, 2})
attempt(frozenset, 1, 2); attempt(set, x=1)
print({frozenset([1])} == {frozenset([1])}, set() == frozenset(), {1, 2} in [{2, 1}])
i = iter({1, 2, 3}); next(i); print(i.__length_hint__(), type(i))
print(repr({'a'}), str(frozenset({'b'})), set([None]))
