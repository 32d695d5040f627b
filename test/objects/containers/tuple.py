def attempt(f, *args, **kw):
    try:
        print(repr(f(*args, **kw)))
    except Exception as e:
        print(type(e).__name__ + ':', e)
t = (1, 2, 3)
print(t, (), (1,), t[0], t[-1], t[1:], t[::-1], t[::2], len(t), t + (4,), t * 2, 0 * t, 2 in t, t.count(1), t.index(3))
for k in (3, -4, 'a', 1.0): attempt(t.__getitem__, k)
attempt(t.index, 9); attempt(lambda: t + [1]); attempt(lambda: t * 1.0)
def setit(): t[0] = 1
def delit(): del t[0]
attempt(setit); attempt(delit)
print((1, 2) < (1, 3), (1,) == (1.0,), (1, 2) >= (1,), () < (0,), (1, 'a') == (1, 'a'), (1,) == [1])
attempt(lambda: (1,) < ('a',)); attempt(hash, ([],))
print(hash((1, 2)) == hash((1.0, 2.0)), hash(()) == hash(()), {(1, 2): 3}[(1.0, 2)])
print(tuple('abc'), tuple([1]), tuple(), tuple(t) is t, t[:] is t, tuple(range(3)))
attempt(tuple, 5); attempt(tuple, 1, 2); attempt(tuple, x=1)
class P(tuple):
    def __new__(cls, x, y): return tuple.__new__(cls, (x, y))
    @property
    def x(self): return self[0]
p = P(1, 2); p.z = 3; print(p, p.x, p.z, type(p), p == (1, 2), type(p + (1,)), hash(p) == hash((1, 2)))
r = ([],); r[0].append(r); print(r)
n = (None, True, 1.5, 'x', b'y'); print(n)
print(list(iter(t)), list(reversed(t)), sorted([(2, 'b'), (1, 'z'), (2, 'a')]))
print(slice(1, 2), slice(None), slice(1, 2, 3).indices(10), slice(None, None, -1).indices(5), slice(1) == slice(1), slice(1, 2) < slice(1, 3), hash(slice(1)) == hash(slice(1)))
attempt(slice); attempt(slice(1, 2, 0).indices, 5); attempt(slice(1).indices, -1); attempt(slice('a').indices, 5); attempt(lambda: [1, 2]['a':])
s = slice(1, 2, 3); print(s.start, s.stop, s.step)
print(slice(-10**30, 10**30).indices(10**20))
