from collections import deque
class E:
    def __init__(self, d, act): self.d=d; self.act=act
    def __eq__(self, o):
        self.act(self.d); return False
def t(f):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
for act in (lambda d: d.append(1), lambda d: d.popleft(), lambda d: d.clear(), lambda d: d.rotate(1)):
    d = deque([1,2,3]); t(lambda: d.remove(E(d, act))); print(d)
    d = deque([1,2,3]); t(lambda: d.index(E(d, act)))
    d = deque([1,2,3]); t(lambda: d.count(E(d, act)))
    d = deque([1,2,3]); t(lambda: E(d, act) in d)
    d = deque([1,2,3]); t(lambda: d == deque([E(d,act)]*3))
class T(E):
    def __eq__(self, o): self.act(self.d); return True
for act in (lambda d: d.append(1), lambda d: d.popleft(), lambda d: d.clear(), lambda d: d.rotate(1)):
    d = deque([1,2,3]); t(lambda: d.remove(T(d, act))); print(d)
    d = deque([1,2,3]); t(lambda: d.index(T(d, act)))
    d = deque([1,2,3]); t(lambda: d.count(T(d, act)))
    d = deque([1,2,3]); t(lambda: T(d, act) in d)
d=deque([1,2,3])
for k in (3,-4,10**30,-10**30,1.5,'a'):
    t(lambda: d[k])
    def s(): d[k]=1
    t(s)
    def s(): del d[k]
    t(s)
    t(lambda: d.insert(k, 5)); print(d)
    t(lambda: d.rotate(k)); print(d)
    t(lambda: d.index(1,k))
