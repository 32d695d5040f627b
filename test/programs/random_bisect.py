"""random gives CPython's numbers for the same seed; bisect; string.Formatter and its parser."""
import random,_random,hashlib,bisect,string
def T(f):
    try: print(repr(f())[:300])
    except BaseException as e: print(type(e).__name__,e)
for s in (0,1,-1,42,2**40,2**200+13,True,1.5,'abc',b'abc',bytearray(b'x'),'Grüße'):
    r=random.Random(s)
    print(s,[r.random() for _ in range(3)],r.getrandbits(7),r.getrandbits(64),r.getrandbits(1000)%10**9,r.randrange(10**6),r.randint(-5,5),r.choice('abcdef'),r.uniform(1,2),r.gauss(0,1),r.sample(range(100),5))
r=random.Random(7); L=list(range(20)); r.shuffle(L); print(L, r.choices('ab',weights=[1,3],k=8), r.triangular(), r.betavariate(2,3), r.gammavariate(2,1), r.lognormvariate(0,1), r.normalvariate(), r.vonmisesvariate(0,4), r.paretovariate(3), r.weibullvariate(1,2), r.randbytes(10), r.binomialvariate(10,0.3))
st=r.getstate(); a=[r.random() for _ in range(700)]; r.setstate(st); print(a==[r.random() for _ in range(700)], st[0], len(st[1]), st[1][-1], sum(st[1])%1000003)
x=_random.Random(5)
T(lambda:x.getrandbits(-1));T(lambda:x.getrandbits(0));T(lambda:x.getrandbits('a'));T(lambda:x.getrandbits(1.0));T(lambda:x.getrandbits(2**70)); T(lambda:x.getrandbits());T(lambda:x.setstate(5));T(lambda:x.setstate((1,2)));T(lambda:x.setstate((0,)*625)); T(lambda:x.setstate((0,)*624+(700,)));T(lambda:x.setstate((0,)*624+(-1,)));T(lambda:x.setstate(('a',)*625));T(lambda:x.setstate((2**40,)*624+(3,)));T(lambda:x.setstate((-1,)*624+(3,)))
T(lambda:x.seed(1,2)); T(lambda:_random.Random(1,2)); T(lambda:_random.Random(x=1)); T(lambda:x.seed([])); T(lambda:x.random(1)); T(lambda:x.seed(a=1)); T(lambda:x.getrandbits(k=3)); T(lambda:_random.Random(1.5).random()); T(lambda:_random.Random(True).random()); T(lambda:random.Random([1]))
class Sub(random.Random):
    def __init__(self, x): super().__init__(x); self.extra=5
s=Sub(3); print(s.random(), s.extra, s.__dict__)
random.seed(99); print(random.random(), random.randrange(1000)); T(lambda: random.randrange(0)); T(lambda: random.choice([])); T(lambda: 0<=random.SystemRandom().random()<1)
T(lambda: type(random.Random()).__mro__)
print(hashlib.sha256(b'abc').hexdigest(), hashlib.new('md5',b'x').hexdigest(), sorted(hashlib.algorithms_guaranteed)[:4])
a=[1,3,3,5]; print(bisect.bisect(a,3),bisect.bisect_left(a,3),bisect.bisect_right(a,3,0,2),bisect.bisect_left(a,10),bisect.bisect([],1))
T(lambda: bisect.bisect(a,3,-1)); T(lambda: bisect.bisect(a,'x')); T(lambda: bisect.bisect_left(a,6,key=lambda v:v*2)); T(lambda: bisect.bisect(a,3,hi=100)); T(lambda: bisect.bisect(5,3)); T(lambda: bisect.bisect(range(0,100,3),50)); T(lambda: bisect.bisect(a,3,hi=None))
bisect.insort(a,4); bisect.insort_left(a,3); bisect.insort(a,-2,key=abs); print(a)
class Seq:
    def __init__(self): self.l=[]
    def __len__(self): return len(self.l)
    def __getitem__(self,i): return self.l[i]
    def insert(self,i,x): self.l.insert(i,x)
q=Seq()
for v in (5,1,3): bisect.insort(q,v)
print(q.l, bisect.bisect_left(q,3)); T(lambda: bisect.insort(q,1,0,7)); T(lambda: bisect.insort((1,2),3)); T(lambda: bisect.bisect(a)); T(lambda: bisect.bisect(a=a,x=3,lo=1))
f=string.Formatter()
print(list(f.parse('a{b!r:>{w}}c{{d}}{}{0[x].y}'))); print(f.format('{0} {a:>5} {1!r}',1,'x',a='q'), f.vformat('{0[1]}{x.real}',([1,2],),{'x':3}))
import _string; T(lambda: _string.formatter_field_name_split('a.b[0][x]')[0]); T(lambda: list(_string.formatter_field_name_split('0.b[0][x]')[1])); T(lambda: _string.formatter_field_name_split(5)); T(lambda: list(_string.formatter_parser('{'))); T(lambda: list(_string.formatter_parser('}'))); T(lambda: string.Template('$a ${b} $$').substitute(a=1,b=2))
