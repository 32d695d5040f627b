"""StringIO, IncrementalNewlineDecoder, TextIOWrapper over streams written in Python."""
import posix as _p
_folder = "/tmp/protospace-test-" + _p.urandom(8).hex()
_p.mkdir(_folder)
_p.chdir(_folder)
import _io as io
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__+':', e)
s=io.StringIO(); print(repr(s)[:13]); t(lambda: s.write('hello\nwörld\n€uro😀')); t(lambda: s.getvalue()); t(lambda: s.tell()); t(lambda: s.seek(0)); t(lambda: s.read(3)); t(lambda: s.readline()); t(lambda: s.readlines()); t(lambda: s.read()); t(lambda: s.seek(3)); t(lambda: s.write('XX')); t(lambda: s.getvalue()); t(lambda: s.truncate(4)); t(lambda: s.getvalue()); t(lambda: s.seek(8)); t(lambda: s.write('!')); t(lambda: s.getvalue()); t(lambda: s.write(b'')); t(lambda: s.seek(-1)); t(lambda: s.seek(1,1)); t(lambda: s.seek(0,1)); t(lambda: s.seek(0,2)); t(lambda: s.seek(0,3)); t(lambda: s.truncate(-1)); t(lambda: s.truncate('a')); t(lambda: s.read('a')); t(lambda: s.fileno()); t(lambda: (s.readable(),s.writable(),s.seekable(),s.isatty(),s.closed,s.newlines,s.line_buffering,s.encoding,s.errors)); t(lambda: s.detach()); t(lambda: s.flush()); t(lambda: s.close()); t(lambda: s.getvalue()); t(lambda: s.read()); t(lambda: s.closed); t(lambda: s.readable()); t(lambda: s.write('')); t(lambda: next(s)); t(lambda: iter(s)); t(lambda: s.tell()); t(lambda: s.close())
for nl in [None,'','\n','\r','\r\n','x',3]:
    try: s=io.StringIO('a\nb\rc\r\nd',nl)
    except Exception as e: print(type(e).__name__,e); continue
    t(lambda: s.getvalue()); t(lambda: list(s)); t(lambda: s.newlines); t(lambda: (s.seek(0,2),s.write('e\nf\r\n'),s.getvalue(),s.newlines))
t(lambda: io.StringIO(3)); t(lambda: io.StringIO('a','\n',3)); t(lambda: io.StringIO(newline=None,initial_value='q\r').read()); t(lambda: io.StringIO(None).read())
class S(io.StringIO):
    def readline(self): return super().readline().upper()
x=S('ab\ncd'); t(lambda: list(x)); x.z=1; t(lambda: x.__getstate__()); t(lambda: x.__setstate__(('new\r\n',None,2,{'k':5}))); t(lambda: (x.getvalue(),x.read(),x.k)); t(lambda: x.__setstate__(3)); t(lambda: x.__setstate__((1,2,3,4)))
w=io.StringIO(); 
for i in range(3000): w.write(chr(65+i%26)); 
for i in range(100): w.write('é'); w.write('€'); w.write('😀')
t(lambda: (len(w.getvalue()), hash(w.getvalue())==hash(w.getvalue()), w.getvalue()[2990:3010]))
d=io.IncrementalNewlineDecoder(None,True); t(lambda: [d.decode(c) for c in ['a\r','\nb','\r','c\r\n','\r']]); t(lambda: d.getstate()); t(lambda: d.decode('',True)); t(lambda: d.newlines); t(lambda: d.setstate((b'',1))); t(lambda: d.decode('\n')); t(lambda: d.reset()); t(lambda: d.newlines); t(lambda: d.decode(b'a')); t(lambda: d.setstate(3)); t(lambda: d.decode()); t(lambda: io.IncrementalNewlineDecoder()); t(lambda: io.IncrementalNewlineDecoder(None,False).decode('a\r\nb\r'))
# text wrapper over python streams
class Raw(io._BufferedIOBase):
    def __init__(self,d): self.d=d; self.out=[]
    def readable(self): return True
    def writable(self): return True
    def read(self,n=-1):
        if n is None or n<0: n=len(self.d)
        x,self.d=self.d[:n],self.d[n:]; return x
    def write(self,b): self.out.append(bytes(b)); return len(b)
r=Raw('añb\ncé€d\n'.encode()*3); f=io.TextIOWrapper(r,encoding='utf-8'); t(lambda: f.readline()); t(lambda: f.read(3)); t(lambda: f.read()); t(lambda: f.tell()); t(lambda: f.write('xyz')); t(lambda: f.flush()); t(lambda: r.out); print(f)
r=Raw(b''); f=io.TextIOWrapper(r,encoding='utf-8',line_buffering=True,newline='\r\n'); t(lambda: f.write('ab')); t(lambda: r.out); t(lambda: f.write('c\nd')); t(lambda: r.out); t(lambda: f.reconfigure(line_buffering=False,write_through=True)); t(lambda: f.write('e')); t(lambda: r.out); t(lambda: (f.line_buffering,f.write_through)); t(lambda: f.write('q'*9000)); t(lambda: [len(x) for x in r.out])
r=Raw(b''); f=io.TextIOWrapper(r,encoding='utf-8'); 
for n in (5000,5000,3,9000,1): f.write('a'*n)
t(lambda: [len(x) for x in r.out]); f.flush(); t(lambda: [len(x) for x in r.out])
t(lambda: f.reconfigure(encoding='utf-16')); f.write('z'); f.flush(); t(lambda: r.out[-1]); t(lambda: f.reconfigure(encoding='foo')) if 0 else None; t(lambda: f.reconfigure(newline='x')); t(lambda: f.reconfigure(errors='ignore')); t(lambda: (f.encoding,f.errors)); t(lambda: f.reconfigure(newline=3)); t(lambda: f.reconfigure(3)); t(lambda: f.reconfigure(encoding=3))
g=io.TextIOWrapper(io.BytesIO(b'abc\ndef'),encoding='ascii'); t(lambda: g.read(1)); t(lambda: g.reconfigure(encoding='utf-8')); t(lambda: g.reconfigure(line_buffering=True)); t(lambda: g._CHUNK_SIZE); g._CHUNK_SIZE=2; t(lambda: g.read()); t(lambda: setattr(g,'_CHUNK_SIZE',0)); t(lambda: setattr(g,'_CHUNK_SIZE','a')); g.mode='q'; print(g); t(lambda: g.name)
t(lambda: io.TextIOWrapper()); t(lambda: io.TextIOWrapper(3)); t(lambda: io.TextIOWrapper(io.BytesIO(),newline='x')); t(lambda: io.TextIOWrapper(io.BytesIO(),encoding=3)); t(lambda: io.TextIOWrapper(io.BytesIO(),'utf-8','strict','\n',False,False,3)); t(lambda: io.TextIOWrapper.__new__(io.TextIOWrapper).read()); t(lambda: repr(io.TextIOWrapper.__new__(io.TextIOWrapper)))
class BadRead(Raw):
    def read(self,n=-1): return 'str'
t(lambda: io.TextIOWrapper(BadRead(b''),encoding='utf-8').read(1)); t(lambda: io.TextIOWrapper(BadRead(b''),encoding='utf-8').readline())
class Close(Raw):
    def flush(self): raise OSError('f')
    def close(self): print('closing'); super().close()
c=io.TextIOWrapper(Close(b''),encoding='utf-8'); t(lambda: c.close()); t(lambda: c.closed)
class T(io.TextIOWrapper):
    def readline(self,*a): return 5
t(lambda: next(T(io.BytesIO(b'a'),encoding='utf-8')))
big=('line %d é\n'*1) 
data=''.join('line %d %s\n'%(i,'é€'[i%2]*(i%50)) for i in range(3000)).encode()
h=io.TextIOWrapper(io.BufferedReader(io.BytesIO(data)),encoding='utf-8'); ls=list(h); t(lambda: (len(ls), ''.join(ls).encode()==data))
h.seek(0); pos=[]
while True:
    p=h.tell(); l=h.readline()
    if not l: break
    pos.append((p,l))
ok=all((h.seek(p),h.readline())[1]==l for p,l in pos[::97]); t(lambda: (ok,len(pos),pos[-1][0],pos[1000][0]))
h.seek(0); t(lambda: h.read(20000)[-5:]); t(lambda: h.tell()); t(lambda: h.readline(5)); t(lambda: h.readline(0)); t(lambda: h.tell())

for _n in _p.listdir("."):
    _p.unlink(_n)
_p.chdir("/")
_p.rmdir(_folder)
