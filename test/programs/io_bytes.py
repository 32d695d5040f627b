"""BytesIO: reading, writing, seeking, getbuffer, state, closed streams."""
import posix as _p
_folder = "/tmp/protospace-test-" + _p.urandom(8).hex()
_p.mkdir(_folder)
_p.chdir(_folder)
import _io as io
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__+':', e)
b=io.BytesIO(b'hello\nworld\nlast'); t(lambda: b.read(2)); t(lambda: b.readline()); t(lambda: b.readlines()); t(lambda: b.read()); t(lambda: b.seek(0)); t(lambda: list(b)); t(lambda: b.seek(2)); t(lambda: b.write(b'XYZ')); t(lambda: b.getvalue()); t(lambda: b.tell()); t(lambda: b.seek(20)); t(lambda: b.write(b'!')); t(lambda: b.getvalue()); t(lambda: b.seek(-1)); t(lambda: b.seek(-3,2)); t(lambda: b.seek(0,3)); t(lambda: b.seek(-100,1)); t(lambda: b.truncate(4)); t(lambda: b.getvalue()); t(lambda: b.truncate(-1)); t(lambda: b.truncate('a')); t(lambda: b.seek('a'))
t(lambda: b.write('a')); t(lambda: b.read('a')); t(lambda: b.readinto(b'')); ba=bytearray(10); t(lambda: b.readinto(ba)); t(lambda: ba); t(lambda: b.writelines([b'a',b'b'])); t(lambda: b.writelines(['a'])); t(lambda: b.getvalue()); t(lambda: (b.readable(),b.isatty(),b.fileno)) if 0 else None; t(lambda: b.fileno()); t(lambda: b.detach()); t(lambda: b.read1(1)); t(lambda: b.readinto1(bytearray(1)))
m=b.getbuffer(); m[0]=65; t(lambda: b.getvalue()); t(lambda: b.write(b'abcdefghijklmnop')); t(lambda: b.truncate(1)); t(lambda: b.close()); t(lambda: m.tobytes()); t(lambda: type(m.obj)); m.release(); t(lambda: b.write(b'abc')); t(lambda: b.__getstate__()); t(lambda: b.__setstate__((b'zz',1,None))); t(lambda: b.read()); t(lambda: b.__setstate__(5)); b.x=3; t(lambda: b.__getstate__()); t(lambda: b.close()); t(lambda: b.read()); t(lambda: b.getvalue()); t(lambda: b.closed); t(lambda: b.readable()); t(lambda: b.__enter__()); t(lambda: b.tell()); t(lambda: b.close()); t(lambda: b.getbuffer()); t(lambda: b.write(b''))
t(lambda: io.BytesIO('a')); t(lambda: io.BytesIO(5)); t(lambda: io.BytesIO(None).getvalue()); t(lambda: io.BytesIO(b'a',1)); t(lambda: io.BytesIO(initial_bytes=b'q').read()); t(lambda: io.BytesIO(bytearray(b'zz')).read()); t(lambda: io.BytesIO(b'a\nb\nc\n').readlines(3)); t(lambda: io.BytesIO(b'a\nb').readline(0)); t(lambda: io.BytesIO(b'abc').readline(2)); t(lambda: io.BytesIO(b'abc').readline(None))
class B(io.BytesIO):
    def __init__(self,x): super().__init__(x); self.y=1
c=B(b'ab'); t(lambda: (c.y,c.read(),c.__dict__)); 
with io.BytesIO() as w: w.write(b'1'); print(w.getvalue())
t(lambda: w.closed); print(repr(io.BytesIO())[:20])
for i in range(1000): c.write(bytes([i%256])*i)
t(lambda: len(c.getvalue()))

for _n in _p.listdir("."):
    _p.unlink(_n)
_p.chdir("/")
_p.rmdir(_folder)
