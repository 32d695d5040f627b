"""Dicts assigned to __dict__: attribute dicts, shared state, views kept from before, keys that are no strings."""
class AttrDict(dict):
    def __init__(self, *args, **kw):
        super().__init__(*args, **kw)
        self.__dict__ = self
d = AttrDict(a=1)
print(d.a, d.__dict__ is d)
d.b = 2
print(d, d['b'], sorted(d))
d['c'] = 3
print(d.c)
del d.a
print(d)
class C: pass
c = C(); m = {'x': 1}
c.__dict__ = m
print(c.x, c.__dict__ is m); c.y = 2; print(m); m['z'] = 5; print(c.z)
e = Exception(); e.__dict__ = m; print(e.z, e.__dict__ is m); e.q = 1; print(m)
class Borg:
    _state = {}
    def __init__(self): self.__dict__ = self._state
a, b = Borg(), Borg(); a.x = 1
print(b.x, a.__dict__ is b.__dict__, vars(b)); b.y = lambda: 5
print(a.y(), sorted(dir(a))[-2:], hasattr(a, 'zz'))
del b.x
try: a.x
except AttributeError as e: print(e)
try: del a.x
except AttributeError as e: print(e)
class D:
    def m(self): return 'class'
    def call(self): return self.m()
d = D(); print(d.call()); d.__dict__ = {}; print(d.call()); d.__dict__['m'] = lambda: 'own'; print(d.call()); del d.__dict__['m']; print(d.call())
old = D(); old.p = 1; v = old.__dict__; old.__dict__ = {'q': 2}; print(v, old.__dict__, hasattr(old, 'p')); v['r'] = 3; print(v, vars(old)); old.p = 9; print(v, vars(old))
del old.__dict__; print(vars(old)); old.s = 1; print(vars(old), old.s)
e = D(); e.__dict__[5] = 6; e.__dict__['k'] = 7; print(e.__dict__, e.k); e.l = 8; print(e.__dict__, list(e.__dict__))
class E2: pass
f = D(); f.__dict__ = {'a': 1}; f.__class__ = E2; print(f.a, f.__dict__); f.b = 1; print(f.__dict__)
class S: __slots__ = ('u', '__dict__')
s = S(); s.u = 1; s.w = 2; s.__dict__ = {'n': 3}; print(s.u, s.n, hasattr(s, 'w')); s.u = 4; print(s.u, s.__dict__)
for bad in (None, [], 1):
    try: a.__dict__ = bad
    except TypeError as x: print(x)
import copy, pickle
g = copy.copy(e); print(g.__dict__, g.__dict__ is e.__dict__)
o1 = D(); o1.a = 1; o2 = D(); o2.__dict__ = o1.__dict__; o1.b = 2; print(o2.b, o2.__dict__ is o1.__dict__); o2.c = 3; print(o1.c)
class OD(dict): pass
h = D(); h.__dict__ = OD(z=1); print(h.z, type(h.__dict__).__name__); h.k = 2; print(h.__dict__)
self_ref = D(); self_ref.__dict__ = self_ref.__dict__; self_ref.q = 1; print(vars(self_ref))
