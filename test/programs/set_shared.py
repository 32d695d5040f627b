"""Sets that threads change while their values are compared by Python code, and comparisons that search and change the set they are made for."""
import threading, random
class K:
    def __init__(s,n): s.n=n
    def __hash__(s): return s.n%7
    def __eq__(s,o): return isinstance(o,K) and s.n==o.n
S=set(); bad=[]
def work(seed):
    r=random.Random(seed)
    for i in range(300):
        k=r.randrange(40)
        S.add(K(k)); S.add(k)
        if r.random()<.5: S.discard(K(r.randrange(40))); S.discard(r.randrange(40))
        if i%100==0:
            c=list(S)
            ns=[x for x in c if isinstance(x,int)]
            if len(ns)!=len(set(ns)): bad.append('dup')
            kn=[x.n for x in c if isinstance(x,K)]
            if len(kn)!=len(set(kn)): bad.append('dupK')
        len(S|{1}); 
ts=[threading.Thread(target=work,args=(i,)) for i in range(3)]
for t in ts: t.start()
for t in ts: t.join()
c=list(S); print(len(c)==len(S), bad, len({x for x in c if isinstance(x,int)})+len({x.n for x in c if isinstance(x,K)})==len(c))
# re-entrant comparison
T=set()
class R:
    d=0
    def __hash__(s): return 1
    def __eq__(s,o):
        if R.d<2:
            R.d+=1
            T2={1,2,R(),R()}; 5 in T2; T.add(R.d)
            R.d-=1
        return s is o
rs=[R() for _ in range(10)]
for x in rs: T.add(x)
print(all(x in T for x in rs), len(T))
