import marshal
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
print(dir(marshal), marshal.version)
vals = [None, True, False, ..., StopIteration, 0, 1, -1, 2**31-1, 2**31, -2**31, 10**30, -10**30, 1.5, float('inf'), 1+2j, 'abc', '', 'é', '\u1234\U0001F600', '\ud800', b'', b'bytes', bytearray(b'ba'), (), (1,2), tuple(range(300)), [], [1,[2]], {}, {'a':1,2:[3]}, {1,2}, frozenset([3]), slice(1,2,3), memoryview(b'mv'), 'x'*300]
for v in vals:
    for ver in (0,1,2,3,4,5):
        t(lambda: (marshal.loads(marshal.dumps(v, ver)) == v, type(marshal.loads(marshal.dumps(v,ver))).__name__))
l=[]; l.append(l); t(lambda: marshal.loads(marshal.dumps(l))[0].__class__)
x='shared'; a=marshal.loads(marshal.dumps([x,x,(x,)])); t(lambda: a[0] is a[1])
for bad in (object(), int, lambda: 0, range(3), [object()], type('X',(int,),{})(3)):
    t(lambda: marshal.dumps(bad))
for b in (b'', b'Q', b'i\x01', b'[\x01\x00\x00\x00', b'(\xff\xff\xff\xff', b's\x05\0\0\0ab', b'r\x05\0\0\0', b'0', b'N extra', b'\xff'):
    t(lambda: marshal.loads(b))
t(lambda: marshal.loads('s')); t(lambda: marshal.loads(5)); t(lambda: marshal.dumps()); t(lambda: marshal.dumps(1,'a'))
d=[]
for i in range(3000): d=[d]
t(lambda: marshal.dumps(d))
import io
f=io.BytesIO(); marshal.dump([1,2],f); marshal.dump('z',f); f.seek(0); t(lambda: marshal.load(f)); t(lambda: marshal.load(f)); t(lambda: marshal.load(f)); t(lambda: marshal.load(5))
t(lambda: marshal.loads(marshal.dumps({'k': None}, allow_code=False))); t(lambda: marshal.dumps((lambda:0).__code__, allow_code=False))
t(lambda: marshal.dumps(10**30)); t(lambda: marshal.dumps(1.5)); t(lambda: marshal.dumps(b'ab',0)); t(lambda: marshal.dumps('ab',0)); t(lambda: marshal.dumps(1.5,0)); t(lambda: marshal.dumps(2j,0))
