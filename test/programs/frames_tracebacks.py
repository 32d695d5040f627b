import sys, types
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
def outer(a, b=2):
    x = [1]
    def inner(c):
        nonlocal x
        x
        fr = sys._getframe()
        return fr, sys._getframe(1), fr.f_back is sys._getframe(1)
    r = inner(5)
    print(r[2], r[0].f_back is r[1], r[1] is sys._getframe(), r[0].f_lineno, r[1].f_lineno, r[0].f_code.co_name, r[1].f_code.co_qualname)
    return r[0], r[1]
f, g = outer(1)
print(f.f_back is g, g.f_back is sys._getframe(), f.f_lineno, g.f_lineno, f.f_lasti>0, f.f_trace, f.f_trace_lines, f.f_trace_opcodes, f.f_globals is globals(), f.f_builtins is __builtins__.__dict__)
print(type(f), types.FrameType, repr(f).split(' at ')[0], sorted(f.f_locals), f.f_locals['c'], type(f.f_locals))
print(g.f_locals['x'], g.f_locals['a'], dict(g.f_locals)['b'])
print(sys._getframe().f_locals is globals(), sys._getframe().f_back, sys._getframe().f_generator)
t(lambda: f.clear()); t(lambda: f.f_locals); t(lambda: sys._getframe().clear())
def h():
    y = 1
    fr = sys._getframe()
    fr.f_locals['y'] = 7
    fr.f_locals['zz'] = 8
    print(y, fr.f_locals['zz'], sorted(fr.f_locals), len(fr.f_locals), 'y' in fr.f_locals, fr.f_locals.get('q', 4), list(fr.f_locals.keys()), list(fr.f_locals.values())[0], fr.f_locals.items()[0] if isinstance(fr.f_locals.items(), list) else list(fr.f_locals.items())[0])
    p = fr.f_locals
    print(p == {'y':7,'zz':8,'fr':fr,'p':p}, p == fr.f_locals, p.copy()['y'], p | {'k':1} != 0, p.setdefault('y', 0), p.setdefault('n', 5), p.pop.__name__)
    t(lambda: p.__delitem__('y')); t(lambda: p['nope']); t(lambda: p.pop('y')); t(lambda: p.clear()); t(lambda: hash(p)); t(lambda: p.__class__.__name__); t(lambda: p.popitem())
    t(lambda: p.update(y=3)); p.update({'y': 4}); print(y); p |= {'y': 5}; print(y); 
    t(lambda: type(p)()); t(lambda: repr(p)[:3]); t(lambda: list(iter(p))[:2]); t(lambda: list(reversed(p))[-1])
    fr.f_locals.update({1: 2}); print(1 in p, p[1])
h()
def gen():
    a = 1
    yield sys._getframe()
    yield 2
G = gen()
t(lambda: G.gi_frame.f_lineno)
fr = next(G)
print(fr is G.gi_frame, fr.f_back, fr.f_lineno, fr.f_locals['a'], fr.f_generator is G)
t(lambda: fr.clear())
print(list(G), G.gi_frame)
try:
    def bad(n):
        if n == 0: 1/0
        bad(n-1)
    bad(2)
except ZeroDivisionError as e:
    tb = e.__traceback__
    ns=[]
    while tb:
        ns.append((tb.tb_lineno, tb.tb_frame.f_code.co_name, tb.tb_frame.f_lineno, dict(tb.tb_frame.f_locals).get('n'), type(tb.tb_lasti).__name__)); tb = tb.tb_next
    print(ns)
    tb = e.__traceback__
    T = type(tb)
    print(T, repr(tb)[:13], T.__name__, T.__module__, [x for x in dir(tb) if x[0]!='_'])
    n = T(None, tb.tb_frame, 4, 77); print(n.tb_lineno, n.tb_next, n.tb_lasti)
    n = T(tb, tb.tb_frame, tb_lasti=3, tb_lineno=77); print(n.tb_next is tb)
    n.tb_next = None; print(n.tb_next)
    def setn(v): tb.tb_next.tb_next.tb_next = v
    t(lambda: setn(tb)); t(lambda: setn(5)); t(lambda: T()); t(lambda: T(5,tb.tb_frame,1,1)); t(lambda: T(None,5,1,1)); t(lambda: setattr(tb,'tb_frame',1)); t(lambda: delattr(tb,'tb_next')); t(lambda: setattr(tb,'tb_lineno',1))
    print(tb.tb_frame.f_back)
    def f2(): pass
    t(lambda: type(fr)())
def k():
    try:
        raise ValueError('x')
    except ValueError as e:
        return e.__traceback__.tb_frame, e
a, e = k()
print(a.f_code.co_name, sorted(a.f_locals), a.f_back is sys._getframe(), a.f_lineno)
class K:
    z = 1
    fr = sys._getframe()
    loc = fr.f_locals
    print(sorted(loc), fr.f_code.co_name, loc is locals())
print([x for x in dir(fr) if x[0]!='_'])
t(lambda: sys._getframe(-1) is sys._getframe()); t(lambda: sys._getframemodulename(1)); 
print(len(list(k.__code__.co_lines()))>2, k.__code__.replace(co_name='zz').co_name, k.__code__ == k.__code__.replace(), hash(k.__code__)==hash(k.__code__.replace()))
