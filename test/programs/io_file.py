"""FileIO: modes, errors, closed files, openers; the abstract classes of _io."""
import posix as _p
_folder = "/tmp/protospace-test-" + _p.urandom(8).hex()
_p.mkdir(_folder)
_p.chdir(_folder)
import _io as io,posix as os
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__+':', e)
f=io.FileIO('x1','w+'); print(f, f.mode, f.name, f.closed, f.closefd, f._blksize)
t(lambda: f.write(b'hello')); t(lambda: f.read()); t(lambda: f.seek(0)); t(lambda: f.read(2)); t(lambda: f.tell()); t(lambda: f.read()); t(lambda: f.read()); t(lambda: f.seek(-1)); t(lambda: f.seek(0,5)); t(lambda: f.seek('a')); t(lambda: f.seek(1.5)); t(lambda: f.truncate(3)); t(lambda: f.tell()); t(lambda: f.truncate()); t(lambda: f.truncate(-1)); t(lambda: f.readinto(b'abc')); t(lambda: f.readinto('abc')); ba=bytearray(4); f.seek(0); t(lambda: f.readinto(ba)); print(ba)
t(lambda: f.write('a')); t(lambda: f.write(3)); t(lambda: f.fileno()>2); t(lambda: f.isatty()); t(lambda: (f.seekable(),f.readable(),f.writable())); t(lambda: f.flush()); t(lambda: f.foo); f.foo=3; t(lambda: f.foo); t(lambda: f.__dict__)
t(lambda: f.close()); t(lambda: f.close()); t(lambda: f.read()); t(lambda: f.write(b'')); t(lambda: f.fileno()); t(lambda: f.seekable()); t(lambda: f.closed); print(f); t(lambda: f.flush()); t(lambda: f.__enter__()); t(lambda: f.tell()); t(lambda: f.mode); t(lambda: f.isatty()); t(lambda: iter(f)); t(lambda: f.readline()); t(lambda: f.truncate(1)); t(lambda: f.name)
for m in ['','z','rw','r+','rb','ab','r++','b','x','wa','U']: t(lambda: io.FileIO('x1',m))
t(lambda: io.FileIO('nope')); t(lambda: io.FileIO('/tmp')); t(lambda: io.FileIO(-1)); t(lambda: io.FileIO(99)); t(lambda: io.FileIO('a\0b')); t(lambda: io.FileIO('x1',closefd=False)); t(lambda: io.FileIO()); t(lambda: io.FileIO('x1',3)); t(lambda: io.FileIO('x1','r',True,None,5)); t(lambda: io.FileIO('x1',foo=1)); t(lambda: io.FileIO([]))
t(lambda: io.FileIO('x1',opener=lambda n,f: 'a')); t(lambda: io.FileIO('x1',opener=lambda n,f: -3)); t(lambda: io.FileIO('x1',opener=lambda n,f: print(n,f) or os.open(n,f)))
r=io.FileIO('x1'); t(lambda: r.write(b'a')); t(lambda: list(r)); w=io.FileIO('x1','a'); t(lambda: w.tell()); t(lambda: w.read()); t(lambda: w.write(b'xx\nyy\n')); t(lambda: w.tell()); t(lambda: w.readinto(bytearray(1))); t(lambda: w.readall()); t(lambda: r.readline()); t(lambda: r.readlines()); r.seek(0); t(lambda: r.readlines(3)); t(lambda: w.writelines([b'a',b'b'])); t(lambda: w.writelines('a')); 
with r as q: t(lambda: q is r)
t(lambda: r.closed); print(io.UnsupportedOperation.__mro__, io.UnsupportedOperation.__bases__, io.FileIO.__mro__, io.UnsupportedOperation)
class R(io._RawIOBase):
    def __init__(self,data): self.d=data
    def readable(self): return True
    def readinto(self,b):
        n=min(len(b),len(self.d)); b[:n]=self.d[:n]; self.d=self.d[n:]; return n
x=R(b'abc\ndef'); t(lambda: x.read(2)); t(lambda: x.readline()); t(lambda: x.read()); t(lambda: x.read()); t(lambda: x.write(b'')); t(lambda: x.seek(0)); t(lambda: x.tell()); t(lambda: x.fileno()); t(lambda: x.close()); t(lambda: x.closed); t(lambda: x.readline()); t(lambda: x.__dict__); t(lambda: x.isatty()); t(lambda: x.truncate()); t(lambda: x.read())
b=io._IOBase(); t(lambda: b.read()); t(lambda: b.readline()); t(lambda: b.seek(0)); t(lambda: b.flush()); t(lambda: b._checkReadable()); t(lambda: b._checkSeekable()); t(lambda: b._checkClosed()); t(lambda: list(b)); t(lambda: b.readlines()); t(lambda: b.writelines([1])); t(lambda: b.readable()); t(lambda: b.close()); t(lambda: b.flush()); t(lambda: b._checkClosed()); t(lambda: b.__enter__()); t(lambda: b.closed); t(lambda: b.__dict__)
t(lambda: io._TextIOBase().encoding); t(lambda: io._TextIOBase().read()); t(lambda: io._BufferedIOBase().read()); t(lambda: io._BufferedIOBase().detach()); t(lambda: io._BufferedIOBase().readinto(bytearray(1))); t(lambda: io._IOBase().tell())
class F(io.FileIO):
    def flush(self): print('flush'); raise OSError('fl')
g=F('x1'); t(lambda: g.close()); t(lambda: g.closed); print(g)
class B(io._BufferedIOBase):
    def read(self,n): return b'q'*n
bb=bytearray(3); t(lambda: B().readinto(bb)); print(bb); t(lambda: B().readinto(b'a'))

for _n in _p.listdir("."):
    _p.unlink(_n)
_p.chdir("/")
_p.rmdir(_folder)
