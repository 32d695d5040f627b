"""TextIOWrapper and open: modes, encodings, newlines, positions, error handlers."""
import posix as _p
_folder = "/tmp/protospace-test-" + _p.urandom(8).hex()
_p.mkdir(_folder)
_p.chdir(_folder)
import _io as io
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__+':', e)
open=io.open
for enc in ['utf-8','UTF8','latin-1','utf-16',None,'locale',3,'a\0b']:
    t(lambda: open('x3','w',encoding=enc).encoding)
for a in [('',),('rw',),('r+b',),('rU',),('br',),('t',),('rt',),('rbt',),('x',),('w+x',),('++',),('rr',),(3,),('r',0),('rb',0),('r',1),('rb',-5),('rb',5),('wb',5)]:
    def f():
        g=open('x3',*a); r=(type(g).__name__,g.mode, g.name); g.close(); return r
    t(f)
t(lambda: open('x3','rb',encoding='a')); t(lambda: open('x3','rb',errors='a')); t(lambda: open('x3','rb',newline='')); t(lambda: open('x3',newline='x')); t(lambda: open('x3',newline=3)); t(lambda: open('x3',errors=3)); t(lambda: open('x3',errors='foo').errors); t(lambda: open('x3',closefd=False)); t(lambda: open(99)); t(lambda: open()); t(lambda: open('x3',foo=3)); t(lambda: open('x3','r',-1,None,None,None,True,None,5)); t(lambda: open('/tmp')); t(lambda: open('x3',buffering='a')); t(lambda: open('/nonexist/','w')); t(lambda: open('/nonexist/a','w')); t(lambda: open('')); t(lambda: open(b'x3').name); t(lambda: open(None)); t(lambda: open(1.5)); t(lambda: open('x3', 'a\0'))
f=open('x3','w'); print(f, f.encoding,f.errors,f.newlines,f.line_buffering,f.write_through,f._CHUNK_SIZE,f.buffer,f.closed,f.mode,f.name)
t(lambda: f.write('hello')); t(lambda: f.write(b'a')); t(lambda: f.write(3)); t(lambda: f.write()); t(lambda: f.read()); t(lambda: f.readline()); t(lambda: next(f)); t(lambda: f.tell()); t(lambda: f.seek(0)); t(lambda: f.tell()); t(lambda: f.write('é\n')); t(lambda: f.flush()); t(lambda: f.truncate()); t(lambda: f.close()); t(lambda: f.write('a')); t(lambda: f.closed); t(lambda: f.tell()); t(lambda: f.flush()); t(lambda: f.read()); t(lambda: f.readable()); t(lambda: f.fileno()); t(lambda: f.isatty()); t(lambda: iter(f)); t(lambda: f.__enter__()); t(lambda: f.reconfigure()); t(lambda: f.detach()); t(lambda: f.buffer); print(f); t(lambda: f.encoding); t(lambda: f.newlines); t(lambda: f.seekable()); t(lambda: f.truncate())
f=open('x3'); t(lambda: f.write('a')); t(lambda: f.read(1)); t(lambda: f.tell()); t(lambda: f.read()); t(lambda: f.read()); t(lambda: f.readline()); t(lambda: f.seek(0)); t(lambda: list(f)); t(lambda: f.seek(0)); t(lambda: next(f)); t(lambda: f.tell()); t(lambda: f.readline()); t(lambda: f.tell()); t(lambda: f.seek(1)); t(lambda: f.read(2)); t(lambda: f.seek(0,1)); t(lambda: f.seek(1,1)); t(lambda: f.seek(0,2)); t(lambda: f.seek(1,2)); t(lambda: f.seek(-1)); t(lambda: f.seek(0,3)); t(lambda: f.read('a')); t(lambda: f.read(None)); t(lambda: f.readline('a')); t(lambda: f.readlines(1)); t(lambda: f.seek('a')); t(lambda: f.detach()); t(lambda: f.read()); t(lambda: f.encoding); t(lambda: f.close()); print(repr(f)); t(lambda: f.closed); t(lambda: f.name); t(lambda: f.errors)
def mk(data,**k): return io.TextIOWrapper(io.BytesIO(data),**k)
for nl in [None,'','\n','\r','\r\n']:
    x=mk(b'a\nb\rc\r\nd\r\r\n\ne',encoding='ascii',newline=nl); t(lambda: list(x)); t(lambda: x.newlines)
    x=mk(b'a\nb\rc\r\nd',encoding='ascii',newline=nl); t(lambda: x.read()); t(lambda: x.newlines)
    x=mk(b'a\nb\rc\r\nd',encoding='ascii',newline=nl); t(lambda: [x.read(1) for i in range(9)]); t(lambda: x.newlines)
    x=mk(b'',encoding='ascii',newline=nl); x.write('q\nw\r\n'); x.flush(); t(lambda: x.buffer.getvalue())
for enc,data in [('utf-8','aé€😀'.encode()),('utf-16','aé€😀'.encode('utf-16')),('utf-16-le','aé€😀'.encode('utf-16-le')),('utf-16-be','aé€😀'.encode('utf-16-be')),('utf-32','aé€😀'.encode('utf-32')),('utf-8-sig','aé€😀'.encode('utf-8-sig')),('latin-1',b'a\xe9\xff')]:
    x=mk(data,encoding=enc); x._CHUNK_SIZE=1; t(lambda: [x.read(1) for i in range(5)])
    x=mk(data,encoding=enc); t(lambda: x.read())
    x=mk(data,encoding=enc); x._CHUNK_SIZE=3; 
    def g():
        r=[]
        while True:
            p=x.tell(); c=x.read(1)
            if not c: break
            r.append((p,c))
        for p,c in r:
            x.seek(p); assert x.read(1)==c
        return [p for p,c in r]
    t(g)
    w=io.TextIOWrapper(io.BytesIO(),encoding=enc); w.write('a'); w.write('é'); w.flush(); w.write('\xff'); w.flush(); t(lambda: w.buffer.getvalue()); t(lambda: w.seek(0)); t(lambda: w.write('b')); t(lambda: w.flush()); t(lambda: w.buffer.getvalue())
for e in ['strict','ignore','replace','backslashreplace','surrogateescape','surrogatepass','foo']:
    t(lambda: mk(b'a\xffb\xe2\x82',encoding='utf-8',errors=e).read()); 
    def h():
        w=io.TextIOWrapper(io.BytesIO(),encoding='ascii',errors=e); w.write('aé\ud800'); w.flush(); return w.buffer.getvalue()
    t(h)
    def h2():
        w=io.TextIOWrapper(io.BytesIO(),encoding='utf-8',errors=e); w.write('a\ud800'); w.flush(); return w.buffer.getvalue()
    t(h2)

for _n in _p.listdir("."):
    _p.unlink(_n)
_p.chdir("/")
_p.rmdir(_folder)
