"""Keyword arguments to classes derived from built-in ones: taken by an __init__ or __new__ of their own."""
import itertools
def t(f):
    try: r = f(); print(type(r).__name__, getattr(r,'newarg',None))
    except Exception as e: print(type(e).__name__, e)
for base, arg in ((list,[1]),(tuple,[1]),(set,[1]),(frozenset,[1]),(float,2.5),(int,'3'),(str,'x'),(bytes,b'a'),(bytearray,b'b'),(complex,1),(dict,{}),(reversed,[1,2])):
    class S(base): pass
    class I(base):
        def __init__(self, seq, newarg=None):
            super().__init__(*((seq,) if base in (list,set,dict,bytearray) else ()))
            self.newarg = newarg
    class N(base):
        def __new__(cls, seq, newarg=None):
            o = super().__new__(cls, seq)
            o.newarg = newarg
            return o
    print(base.__name__)
    t(lambda: base(arg, newarg=3)); t(lambda: S(arg)); t(lambda: S(arg, newarg=3)); t(lambda: I(arg, newarg=3)); t(lambda: N(arg, newarg=3))
class F(filter):
    def __init__(self, f, s, newarg=None): self.newarg=newarg
t(lambda: F(None, [], newarg=4))
for b, args in ((itertools.chain,([],)),(itertools.repeat,(1,)),(itertools.cycle,([],)),(itertools.islice,([],1)),(itertools.count,(1,)),(itertools.starmap,(pow,[])),(itertools.takewhile,(bool,[])),(itertools.groupby,([],))):
    class C(b):
        def __init__(self, *a, newarg=None): self.newarg=newarg
    t(lambda: C(*args, newarg=4))
