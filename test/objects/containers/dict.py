def attempt(f, *args, **kw):
    try:
        print(repr(f(*args, **kw)))
    except Exception as e:
        print(type(e).__name__ + ':', e)
d = {'a': 1, 'b': 2}
d['c'] = 3; d['a'] = 10
print(d, len(d), d['a'], 'a' in d, 'z' in d, d.get('z'), d.get('z', 5), d.get('b'))
attempt(d.__getitem__, 'z'); attempt(d.__delitem__, 'z'); attempt(d.__setitem__, [], 1); attempt(lambda: [] in d); attempt(d.get, {})
attempt(d.pop, 'z'); print(d.pop('z', None), d.pop('b'), d)
print(d.setdefault('q', []), d.setdefault('q', 5), d.setdefault('n'), d)
print(d.popitem(), d.popitem(), d); d.clear(); attempt(d.popitem); print(d)
print(dict(a=1, b=2), dict([('x', 1), ['y', 2]]), dict({'p': 1}, q=2), dict(zip('ab', [1, 2])), dict())
attempt(dict, 5); attempt(dict, [1]); attempt(dict, [(1, 2, 3)]); attempt(dict, 1, 2); attempt(dict, [[]])
attempt({}.update, 5); attempt({}.update, 1, 2)
d = {1: 'one', 2: 'two'}
print(d.keys(), d.values(), d.items(), list(d), list(d.items()), list(reversed(d)), list(reversed(d.values())), list(reversed(d.items())))
print(d | {3: 'three'}, {0: 0} | d); d |= [(9, 9)]; print(d)
attempt(lambda: d | [(1, 2)]); attempt(lambda: d + d); attempt(lambda: d < d)
print({1: 2} == {1.0: 2.0}, {1: 2} == {2: 1}, {1: 2} != {1: 2}, {1: {2: 3}} == {1: {2: 3}}, {} == [])
print(d.keys() & {1, 5}, d.keys() | [7], d.keys() - [1], sorted(d.keys() ^ {1, 100}), d.keys() == {1, 2, 9}, d.keys() <= {1, 2, 9, 10}, d.items() & {(1, 'one')}, d.keys().isdisjoint([5]), (1, 'one') in d.items(), (1, 'x') in d.items(), 5 in d.values())
print(len(d.keys()), len(d.values()), d.keys().mapping)
def change():
    for k in d: d[k + 100] = 1
attempt(change)
def change2():
    for k in list(d): del d[k]
    return d
attempt(change2)
def change3():
    e = {1: 1, 2: 2}
    for k in e:
        del e[k]; e[k + 10] = 0
attempt(change3)
def change4():
    for k, v in e.items(): e[k] = v + 1
    return e
e = {1: 1, 2: 2}; attempt(change4)
print(dict.fromkeys('abc'), dict.fromkeys([1, 2], 0)); attempt(dict.fromkeys, 5)
r = {}; r['self'] = r; print(r)
big = {i: i * i for i in range(2000)}
for i in range(0, 2000, 3): del big[i]
print(len(big), sum(big), sum(big.values()), big[1999] if 1999 in big else None, list(big)[:5], list(big)[-3:])
print({**{'a': 1}, 'b': 2, **{'a': 3}}, {k: v for k, v in zip('xy', range(2))})
def f(**kw): return kw
print(f(**{'a': 1}, b=2)); attempt(lambda: f(**{'a': 1}, **{'a': 2})); attempt(lambda: f(**5)); attempt(lambda: f(**{1: 2})); attempt(lambda: {**5})
class D(dict):
    def __missing__(self, k): return f'missing {k}'
x = D(a=1); x.attr = 1; print(x['a'], x['zz'], x.get('zz'), 'zz' in x, x, type(x), type(x.copy()))
class H:
    def __init__(self, v): self.v = v
    def __hash__(self): return 1
    def __eq__(self, o): return isinstance(o, H) and self.v == o.v
    def __repr__(self): return f'H{self.v}'
h = {H(i): i for i in range(10)}; print(h[H(5)], H(11) in h, len(h), h.pop(H(3)), list(h))
class Bad:
    def __hash__(self): return 1
    def __eq__(self, o): raise ValueError('eq')
attempt(lambda: Bad() in {1: 1, H(1): 2})
m = {1: 'int', 1.5: 'f', 'x': 's', None: 'n', True: 'bool', (1, 2): 't', 2**70: 'big', b'b': 'bytes', 10**15: 'mid'}
print(m, m[1.0], m[2**70], m[None], m[(1.0, 2.0)], m[1e15])
class M:
    def keys(self): return ['a', 'b']
    def __getitem__(self, k): return k * 2
print(dict(M()), {**M()}, f(**M())); c = {}; c.update(M(), z=1); print(c)
it = iter({1: 1, 2: 2}); next(it); print(it.__length_hint__(), list(it), list(it))
d = {}; d['x'] = 1; it = iter(d); d['y'] = 2; attempt(next, it); attempt(next, it)
print(d.copy() == d, d.copy() is d, sorted({'b': 1, 'a': 2}), max({'b': 1, 'a': 2}), [*d], {*d})
print(str({'a': 'b'}), repr({1: [2, {3: (4,)}]}), bool({}), bool(d)); attempt(hash, {}); attempt(hash, {}.keys())
print(type({}.keys()), type({}.values()), type({}.items()), type(iter({})), type(iter({}.items())))
import types
p = types.MappingProxyType({'a': 1}) if hasattr(types, 'MappingProxyType') else None
print(p, p['a'], len(p), 'a' in p, list(p), p.get('b', 3), p == {'a': 1}, p | {'b': 2})
def setp(): p['a'] = 2
attempt(setp)
