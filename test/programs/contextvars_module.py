from contextvars import ContextVar, Context, Token, copy_context
import contextvars



def plain(o):
    return ' '.join('0x' if w.startswith('0x') and '>' not in w else '0x>' if w.startswith('0x') else w for w in o.split(' '))


def t(f):
    try:
        print(plain(repr(f())))
    except BaseException as e:
        print(type(e).__name__, plain(str(e)))
v = ContextVar('v'); w = ContextVar('w', default=5)
t(lambda: v.get()); t(lambda: v.get(1)); t(lambda: w.get()); t(lambda: w.get(7)); t(lambda: v.name); t(lambda: repr(v)[:30]); t(lambda: repr(w).split(' at ')[0])
tok = v.set(10)
print(v.get(), tok.var is v, tok.old_value is Token.MISSING, Token.MISSING, type(Token.MISSING), repr(tok).split(' at ')[0])
tok2 = v.set(11); print(tok2.old_value, v.get())
v.reset(tok2); print(v.get()); t(lambda: v.reset(tok2)); t(lambda: w.reset(tok)); t(lambda: v.reset(5))
v.reset(tok); t(lambda: v.get()); print(repr(tok).split(' at ')[0])
t(lambda: ContextVar(5)); t(lambda: ContextVar()); t(lambda: ContextVar('a',1)); t(lambda: ContextVar('a', default=1, x=2)); t(lambda: v.get(1,2)); t(lambda: v.set()); t(lambda: Token()); t(lambda: ContextVar[int]); t(lambda: Token[int]); t(lambda: type('X',(ContextVar,),{})); t(lambda: Context(1)); t(lambda: type('X',(Context,),{})); t(lambda: setattr(v,'name',1)); t(lambda: hash(v)==hash(v))
c = copy_context(); print(type(c), len(c), list(c), v in c, w in c)
def f(x, *, y=0):
    v.set(x); print('in', v.get(), w.get(), y); return x+y
print(c.run(f, 1, y=2), v.get('unset'), c[v], v in c, len(c), list(c.keys())==[v], list(c.values()), list(c.items())==[(v,1)], c.get(v), c.get(w), c.get(w, 'd'))
t(lambda: c[w]); t(lambda: c['x']); t(lambda: 'x' in c); t(lambda: c.get('x')); t(lambda: c.run()); t(lambda: c.run(5)); t(lambda: c.run(lambda: 1/0)); t(lambda: c.run(c.run, f, 1))
d = c.copy(); print(d == c, d is c, d != c); d.run(v.set, 99); print(d[v], c[v], d == c); t(lambda: c == 5); t(lambda: hash(c)); t(lambda: c < d)
e = Context(); print(len(e), e.run(lambda: v.get('none')))
def g():
    tk = v.set(5)
    return tk
tk = e.run(g)
t(lambda: v.reset(tk)); 
print(v.get('n'))
with v.set(3) as z:
    print(v.get(), type(z))
t(lambda: v.get())
print(sorted(contextvars.__all__), [x for x in dir(Context) if x[:2]!='__'], [x for x in dir(ContextVar) if x[0]!='_'], [x for x in dir(Token) if x[0]!='_'])
def nested():
    v.set(1)
    inner = copy_context()
    inner.run(v.set, 2)
    return v.get(), inner[v]
print(copy_context().run(nested))
import weakref; weakref.ref(c)
