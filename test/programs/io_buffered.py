"""Buffered streams over raw streams written in Python and over files, and the calls they make."""
import posix as _p
_folder = "/tmp/protospace-test-" + _p.urandom(8).hex()
_p.mkdir(_folder)
_p.chdir(_folder)
import _io as io,posix as os
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__+':', e)
class R(io._RawIOBase):
    def __init__(self,chunks): self.c=list(chunks); self.log=[]; self.pos=0
    def readable(self): return True
    def writable(self): return True
    def seekable(self): return True
    def readinto(self,b):
        self.log.append(('readinto',len(b)))
        if not self.c: return 0
        x=self.c.pop(0)
        if x is None: return None
        n=min(len(x),len(b)); b[:n]=x[:n]
        if n<len(x): self.c.insert(0,x[n:])
        self.pos+=n
        return n
    def write(self,b): self.log.append(('write',bytes(b))); return len(b)
    def seek(self,p,w=0): self.log.append(('seek',p,w)); self.pos = p if w==0 else self.pos+p if w==1 else 1000+p; return self.pos
    def tell(self): return self.pos
r=R([b'abc',b'def\nghi',b'',b'x']); b=io.BufferedReader(r,8)
t(lambda: b.read(2)); t(lambda: b.peek()); t(lambda: b.read1()); t(lambda: b.readline()); t(lambda: b.read(5)); t(lambda: b.read()); t(lambda: b.tell()); print(r.log)
r=R([b'abcdefghijklmnopqrstuvwxyz'*3]); b=io.BufferedReader(r,8); t(lambda: b.read(1)); t(lambda: b.tell()); t(lambda: b.seek(3)); t(lambda: b.read(2)); t(lambda: b.seek(2,1)); t(lambda: b.read(20)); t(lambda: b.seek(0,2)); t(lambda: b.seek(-5)) ; t(lambda: b.seek(5,9)); print(r.log)
r=R([b'ab',None,b'cd']); b=io.BufferedReader(r,8); t(lambda: b.read(5)); t(lambda: b.read(1)); t(lambda: b.read()); t(lambda: b.read(1)); print(r.log)
r=R([]); b=io.BufferedWriter(r,8); t(lambda: b.write(b'abc')); t(lambda: b.write(b'defgh')); t(lambda: b.write(b'i')); t(lambda: b.write(b'0123456789abcdefghij')); t(lambda: b.flush()); t(lambda: b.write(b'zz')); t(lambda: b.tell()); t(lambda: b.seek(1)); t(lambda: b.write(b'q')); t(lambda: b.close()); t(lambda: b.write(b'')); print(r.log)
r=R([b'0123456789']); b=io.BufferedRandom(r,8); t(lambda: b.read(2)); t(lambda: b.write(b'XY')); t(lambda: b.read(2)); t(lambda: b.tell()); t(lambda: b.write(b'Z')); t(lambda: b.flush()); print(r.log)
f=io.BufferedRandom(io.FileIO('x2','w+')); t(lambda: f.write(b'hello\nworld\n'*3)); t(lambda: f.seek(0)); t(lambda: f.readline()); t(lambda: f.read(3)); t(lambda: f.write(b'!!')); t(lambda: f.tell()); t(lambda: f.read(4)); t(lambda: f.seek(-3,2)); t(lambda: f.read()); t(lambda: f.seek(0)); t(lambda: f.read()); t(lambda: f.truncate(5)); t(lambda: f.tell()); t(lambda: f.seek(0)); t(lambda: f.read()); t(lambda: f.name); t(lambda: f.mode); t(lambda: f.raw); t(lambda: f.readinto(bytearray(3))); print(f)
t(lambda: f.seek(0)); t(lambda: f.readlines()); t(lambda: f.write('a')); t(lambda: f.read(-2)); t(lambda: f.read('a')); t(lambda: f.read1('a')); t(lambda: f.truncate('a')); t(lambda: f.fileno()>0); t(lambda: f.isatty()); t(lambda: f.seekable()); ba=bytearray(3); t(lambda: (f.seek(0),f.readinto(ba),ba)); t(lambda: f.detach()); t(lambda: f.read()); t(lambda: f.detach()); print(f); t(lambda: f.closed); t(lambda: f.raw)
r=io.open if 0 else None
g=io.BufferedReader(io.FileIO('x2')); t(lambda: g.write(b'a')); t(lambda: g.read(1)); t(lambda: g.close()); t(lambda: g.read()); t(lambda: g.read(1)); t(lambda: g.peek()); t(lambda: g.readline()); t(lambda: g.tell()); t(lambda: g.seek(0)); t(lambda: g.closed); t(lambda: g.flush()); t(lambda: g.readinto(bytearray(1))); t(lambda: g.read1()); t(lambda: next(g)); t(lambda: g.fileno()); t(lambda: g.close()); t(lambda: g.__enter__()); print(g)
t(lambda: io.BufferedReader(io.FileIO('x2','w'))); t(lambda: io.BufferedWriter(io.FileIO('x2'))); t(lambda: io.BufferedReader(io.FileIO('x2'),0)); t(lambda: io.BufferedReader()); t(lambda: io.BufferedReader(3)); t(lambda: io.BufferedReader(io.BytesIO(b'abc\nd')).readlines()); t(lambda: io.BufferedReader(io.FileIO('x2'),buffer_size=-5)); t(lambda: io.BufferedReader(io.FileIO('x2'),1,2)); t(lambda: io.BufferedWriter(io.BytesIO()).write('a'))
p=io.BufferedRWPair(R([b'in\nput']),R([])); t(lambda: p.readline()); t(lambda: p.read(2)); t(lambda: p.write(b'x')); t(lambda: p.flush()); t(lambda: p.readable()); t(lambda: p.writable()); t(lambda: p.seekable()); t(lambda: p.peek(1)); t(lambda: p.close()); t(lambda: p.closed); t(lambda: p.read()); t(lambda: p.isatty())
class BadR(R):
    def readinto(self,b): return 100
    def write(self,b): return 100

try: io.BufferedWriter(BadR([]),4).write(b'123456')
except OSError as e: print(repr(e.__cause__))
class NB(R):
    n=3
    def write(self,b):
        if self.n<=0: return None
        k=min(self.n,len(b)); self.n-=k; return k
w=io.BufferedWriter(NB([]),8)
for d in (b'abcdef',b'ghijkl',b'0123456789012345678'):
    try: print(w.write(d))
    except BlockingIOError as e: print(e.args[1:], e.characters_written)
w.raw.n = 100
w.flush()

class CR(R):
    def close(self): print('raw close'); super().close()
    def flush(self): print('raw flush')
c=io.BufferedWriter(CR([])); c.write(b'a'); c.close(); t(lambda: c.closed)
class E(R):
    def write(self,b): raise OSError('no')
e=io.BufferedWriter(E([])); e.write(b'1'); t(lambda: e.close()); t(lambda: e.closed); t(lambda: e.close())
class RE(R):
    def readinto(self,b): return bb.read(1)
bb=io.BufferedReader(RE([])); t(lambda: bb.read(2))
class SB(io.BufferedReader):
    def readline(self): return b'over'
s=SB(io.BytesIO(b'abc')); t(lambda: next(s)); s.attr=3; t(lambda: s.__dict__); 
t(lambda: BlockingIOError(11,'x',5).characters_written); t(lambda: BlockingIOError(11,'x','y').characters_written); t(lambda: OSError(2,'x').characters_written); t(lambda: BlockingIOError(11,'x',5).args); t(lambda: BlockingIOError(11,'x','q').filename); t(lambda: str(BlockingIOError(11,'x',5)))

for _n in _p.listdir("."):
    _p.unlink(_n)
_p.chdir("/")
_p.rmdir(_folder)
