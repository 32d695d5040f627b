def attempt(f, *args, **kw):
    try:
        print(repr(f(*args, **kw)))
    except Exception as e:
        print(type(e).__name__ + ':', e)

l = []
for i in range(20): l.append(i)
print(l, len(l), l[0], l[-1], l[5:10], l[::-1], l[::3], l[-5:-1], l[100:], l[:-100])
for k in (20, -21, 'a', 1.5, None): attempt(l.__getitem__, k)
for k in (20, -21, 'a', None):
    attempt(l.__setitem__, k, 1)
    attempt(l.__delitem__, k)
l[2:5] = 'xyzw'; print(l)
l[::2] = range(len(l[::2])); print(l)
attempt(l.__setitem__, slice(0, 6, 2), [1])
attempt(l.__setitem__, slice(0, 6), 5)
attempt(l.__setitem__, slice(0, 6, 0), [])
del l[1:4]; print(l)
del l[::3]; print(l)
del l[-1]; print(l)
del l[::-2]; print(l)
l[5:2] = ['a', 'b']; print(l)
print(l.pop(), l.pop(0), l.pop(-2), l)
attempt(l.pop, 100); attempt([].pop)
l.insert(0, 'first'); l.insert(-1, 'before last'); l.insert(100, 'end'); l.insert(-100, 'start'); print(l)
l.remove('first'); attempt(l.remove, 'nope'); print(l)
print([1, 2, 1.0, True].count(1), [1, 2, 3].index(3), 2 in [1, 2], 5 in [1, 2])
attempt([1, 2, 3].index, 1, 1); attempt([1, 2, 3, 1].index, 1, 1); attempt([1].index, 1, 'x')
print([1] + [2], [1, 2] * 3, 2 * [0], [1] * -1, [1] * 0)
attempt(lambda: [1] + (2,)); attempt(lambda: [1] * 'a'); attempt(lambda: [1] * 1.5); attempt(lambda: [] + 1)
a = [1]; b = a; a += (2, 3); a *= 2; print(a, b is a)
attempt(lambda: a.extend(5))
print([1, 2] < [1, 3], [1, 2] < [1, 2, 0], [2] > [1, 9], [1] == [1.0], [1] != [1], [] == (), [1, 2] <= [1, 2], [3] >= [3, 0])
attempt(lambda: [1] < ['a']); attempt(lambda: [1] < (1,)); attempt(hash, [])
r = [1]; r.append(r); print(r)
a = [3, 1, 2]; a.reverse(); print(a, list(reversed(a)), a.copy() == a, a.copy() is a)
a.clear(); print(a)
attempt(list, 5); attempt(list, 1, 2); print(list('abc'), list(), list((1, 2)), list({1: 2}))
attempt(list, x=1)
# sorting
import itertools
print(sorted([3, 1, 2]), sorted([3, 1, 2], reverse=True), sorted('banana'), sorted([2.5, -1.0, 3.0]), sorted([1, 2.5, True, 0]))
words = ['bb', 'a', 'ccc', 'dd', 'e']
print(sorted(words, key=len), sorted(words, key=len, reverse=True))
attempt(sorted, [1, 'a']); attempt(sorted, [1, None, 2])
class K:
    def __init__(self, v): self.v = v
    def __lt__(self, o): return self.v < o.v
    def __repr__(self): return f'K{self.v}'
print(sorted([K(i * 7 % 11) for i in range(11)]))
big = [(i * 7919) % 1009 for i in range(3000)]
s = sorted(big, key=lambda x: -x)
print(s[:5], all(s[i] >= s[i + 1] for i in range(len(s) - 1)))
l = [3, 2, 1]
def key(x):
    l.append(x); return x
attempt(l.sort, key=key); print(l)
l = [3, 2, 1]
def seen(x):
    print('during', l); return x
l.sort(key=seen); print(l)
attempt([1].sort, lambda x: x)
attempt([].sort, foo=1)
def bad(x): raise ValueError('no')
l = [2, 1]; attempt(l.sort, key=bad); print(l)
# iteration while changing
l = [1, 2, 3]
for x in l:
    if len(l) < 6: l.append(x * 10)
print(l)
it = iter(l); next(it); print(it.__length_hint__(), list(it), list(it)); l.append(1); print(list(it))
class L(list):
    pass
x = L([1, 2]); x.a = 5; x.append(3); print(x, x.a, type(x), type(x + [1]), type(x[:]), x == [1, 2, 3], len(x), isinstance(x, list))
a, *b, c = [1, 2, 3, 4]; print(a, b, c)
for n, v in ((2, [1]), (2, [1, 2, 3]), (2, 5), (2, iter([1, 2, 3])), (2, {1: 2, 3: 4, 5: 6}), (2, 'abc'), (2, iter([1]))):
    def f():
        p, q = v
    attempt(f)
def g():
    p, *q, r = [1]
attempt(g)
def g2():
    p, *q = 5
attempt(g2)
print([*range(3), *'ab'], [x for x in range(5) if x % 2])
m = [[0] * 3 for _ in range(2)]; m[0][1] = 5; print(m)
print(max([3, 1, 2]), min([3, 1, 2]), sum([1, 2, 3]), any([0, 1]), all([]))
l = list(range(100)); l[10:90] = []; print(l); l[5:5] = range(3); print(l)
print([1, [2, [3]]] == [1, [2, [3]]], [float('nan')] == [float('nan')])
n = float('nan'); print([n] == [n], n in [n], [n].index(n))
