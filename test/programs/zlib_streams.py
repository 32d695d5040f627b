"""The module zlib: formats, streams, dictionaries, checksums, errors."""
import zlib
def T(f):
    try: print(repr(f())[:300])
    except BaseException as e: print(type(e).__module__,type(e).__name__,e)
print([n for n in dir(zlib) if not n.startswith('__')])
print({n: getattr(zlib, n) for n in dir(zlib) if n.isupper() and 'VERSION' not in n or n.startswith('Z_')})
D=b'hello world '*50
c=zlib.compress(D); raw=zlib.compress(D,wbits=-15); gz=zlib.compress(D,wbits=31)
print(gz[:10].hex())
for lv in range(-1,10): print(lv,zlib.compress(D,lv)[:2].hex(),zlib.compress(D,lv,31)[8:10].hex(),len(zlib.compress(D,lv))<700)
T(lambda: zlib.compress(D,10)); T(lambda: zlib.compress(D,wbits=99)); T(lambda: zlib.compress('a')); T(lambda: zlib.compress(D,level=-2)); T(lambda: zlib.compress(D,'x')); T(lambda: zlib.compress(D,wbits=7)); T(lambda: zlib.compress(D,wbits=-7)); T(lambda:zlib.compress()); T(lambda:zlib.compress(D,1,2,3)); T(lambda:zlib.compress(data=D))
for w in (8,9,-8,-9,24,25): T(lambda: zlib.compress(D,wbits=w)[:2].hex())
for w in (15,0,-15,31,47,8,9,24,7,-7,16,48,-16,32,40,100):
    for d in (c,raw,gz): print(w,end=' '); T(lambda: zlib.decompress(d,w)==D)
T(lambda: zlib.decompress(c[:-1])); T(lambda: zlib.decompress(c[:5])); T(lambda: zlib.decompress(b'')); T(lambda: zlib.decompress(c+b'x')==D); T(lambda: zlib.decompress(c[:-1]+b'x')); T(lambda: zlib.decompress(gz[:-1]+b'x',31)); T(lambda: zlib.decompress(gz[:-5]+b'x'+gz[-4:],31))
T(lambda: zlib.decompress(b'\x78\x9c\x07')); T(lambda: zlib.decompress(b'\x78\x9c\x01\x00\x00\x00\x00')); T(lambda: zlib.decompress(b'\x78\x9c\xed\xff\xff\xff\xff\xff\xff\xff')); T(lambda: zlib.decompress(b'\x79\x9c')); T(lambda: zlib.decompress(b'abcdef')); T(lambda: zlib.decompress(b'\x1f\x8b\x07\x00'+bytes(20),31)); T(lambda: zlib.decompress(b'\x1f\x8b\x08\xe0'+bytes(20),31)); T(lambda: zlib.decompress(b'\x88\x1c'+bytes(9)))
T(lambda: zlib.decompress(b'\x4b\x04\x01\x00',-15)); T(lambda: zlib.decompress(b'\x03\x02',-15)); T(lambda: zlib.decompress(b'\x07',-15));T(lambda: zlib.decompress(b'\x05'+b'\xff'*20,-15)); T(lambda: zlib.decompress(b'\x04'+bytes(30),-15)); T(lambda: zlib.decompress(b'\xfd\x07'+bytes(30),-15)); T(lambda: zlib.decompress(b'\x4b\x4c\xff\xff\xff',-15))
T(lambda: zlib.decompress(c,bufsize=0)); T(lambda: zlib.decompress(c,bufsize=-1)); T(lambda: zlib.decompress(c,15,1)==D); T(lambda: zlib.decompress('x')); T(lambda: zlib.decompress(c,'x'))
T(lambda: zlib.crc32(D)); T(lambda: zlib.crc32(D,5)); T(lambda: zlib.adler32(D)); T(lambda: zlib.adler32(D,7)); T(lambda: zlib.crc32('x')); T(lambda: zlib.adler32(b'')); T(lambda: zlib.crc32(b'',-1)); T(lambda: zlib.crc32(b'a',2**40+3)); T(lambda: zlib.adler32(b'a',2**33)); T(lambda: zlib.crc32(b'a','x')); T(lambda: zlib.crc32())
o=zlib.compressobj(); T(lambda: type(o)); T(lambda: [n for n in dir(o) if n not in dir(object)])
a=o.compress(D); b=o.flush(); T(lambda:zlib.decompress(a+b)==D); T(lambda:o.compress(b'x')); T(lambda:o.flush()); T(lambda:o.copy())
o=zlib.compressobj(); x=o.compress(D)+o.flush(zlib.Z_SYNC_FLUSH); d=zlib.decompressobj(); T(lambda:d.decompress(x)==D); T(lambda: (d.eof,d.unused_data,d.unconsumed_tail)); x2=o.compress(D)+o.flush(zlib.Z_FULL_FLUSH)+o.compress(b'end')+o.flush(); T(lambda:d.decompress(x2+b'junk')==D+b'end'); T(lambda:(d.eof,d.unused_data,d.unconsumed_tail)); T(lambda:d.decompress(b'more')); T(lambda:d.unused_data); T(lambda:d.flush())
o=zlib.compressobj(); o.compress(b'abc'); T(lambda:o.flush(0)); T(lambda:o.flush(99)); T(lambda:o.flush('x')); o2=o.copy(); T(lambda: zlib.decompress(o.flush())); T(lambda: zlib.decompress(o2.compress(b'd')+o2.flush()))
T(lambda:zlib.compressobj(10)); T(lambda:zlib.compressobj(wbits=99)); T(lambda:zlib.compressobj(memLevel=10)); T(lambda:zlib.compressobj(strategy=9)); T(lambda:zlib.compressobj(method=7)); T(lambda:zlib.compressobj(zdict='x')); T(lambda:zlib.compressobj(zdict=b'').compress(b'')); T(lambda: type(zlib.compressobj(level=9,method=8,wbits=-15,memLevel=9,strategy=2))); T(lambda: zlib.compressobj(1,2,3,4,5,6,7))
T(lambda:zlib.decompressobj(99)); T(lambda:zlib.decompressobj(zdict='x')); T(lambda:zlib.decompressobj(-7)); T(lambda:zlib.decompressobj(wbits=15).decompress(b'')); T(lambda:zlib.decompressobj().decompress('x')); T(lambda:zlib.decompressobj().decompress(c,-1)); T(lambda:zlib.decompressobj().decompress(c,max_length=5)); T(lambda:zlib.decompressobj().flush(0)); T(lambda:zlib.decompressobj().flush(-1)); T(lambda:zlib.decompressobj().flush()); T(lambda:zlib.decompressobj().decompress(b'abc'))
o=zlib.compressobj(zdict=b'hello world'); z=o.compress(D)+o.flush(); T(lambda:z[:6].hex()); T(lambda:zlib.decompress(z)); T(lambda:zlib.decompressobj().decompress(z)); T(lambda:zlib.decompressobj(zdict=b'hello world').decompress(z)==D);T(lambda:zlib.decompressobj(zdict=b'wrong').decompress(z)); 
o=zlib.compressobj(wbits=-15,zdict=b'hello world'); z=o.compress(D)+o.flush(); T(lambda:zlib.decompressobj(-15,zdict=b'hello world').decompress(z)==D); T(lambda:zlib.decompressobj(-15).decompress(z)); T(lambda:zlib.compressobj(wbits=31,zdict=b'hello world'))
T(lambda:zlib.decompressobj(31,zdict=b'hello world').decompress(gz)==D)
d=zlib.decompressobj(); r=d.decompress(c,10); T(lambda:(r,len(d.unconsumed_tail)>0,d.eof)); r2=d.decompress(d.unconsumed_tail,10); T(lambda:r2); T(lambda:(d.flush(),d.eof,d.unconsumed_tail)) ; 
d=zlib.decompressobj(); r=b''.join(d.decompress(c[i:i+1]) for i in range(len(c))); T(lambda:(r==D,d.eof)); d2=d.copy(); T(lambda:d2.eof)
d=zlib.decompressobj(); d.decompress(c[:10]); e=d.copy(); T(lambda: (d.decompress(c[10:])==e.decompress(c[10:]),e.eof)); T(lambda: [n for n in dir(d) if n not in dir(object)]); T(lambda:type(d)); T(lambda: setattr(d,'eof',1))
d=zlib._ZlibDecompressor(); T(lambda:type(d)); T(lambda: [n for n in dir(d) if n not in dir(object)]); T(lambda:(d.decompress(c,5),d.needs_input,d.eof)); T(lambda:(d.decompress(b'',1000)==D[5:],d.needs_input,d.eof,d.unused_data)); T(lambda:d.decompress(b'x')); d=zlib._ZlibDecompressor(wbits=31); T(lambda:d.decompress(gz+b'tail')==D); T(lambda:(d.unused_data,d.eof,d.needs_input)); T(lambda:zlib._ZlibDecompressor(99)); T(lambda:zlib._ZlibDecompressor().decompress(b'abc')); T(lambda:type(zlib._ZlibDecompressor(zdict=b'a'))); T(lambda:zlib._ZlibDecompressor().decompress(b'')); T(lambda: zlib._ZlibDecompressor().decompress('x'))
T(lambda: zlib.error.__mro__); import copy; T(lambda: copy.copy(zlib.decompressobj()).eof); T(lambda: type(o)()); T(lambda: zlib.crc32(bytearray(b'abc'))==zlib.crc32(memoryview(b'abc')))
T(lambda: zlib.decompress(c, max_length=3)); T(lambda: zlib.decompressobj().decompress(c,10**30)); T(lambda: zlib.compress(D, 6.0))


class Numbers:
    def __init__(self):
        self.x = 12345

    def randrange(self, a, b):
        self.x = (self.x * 1103515245 + 12345) % 2**31
        return a + (self.x >> 8) % (b - a)

    def choice(self, items):
        return items[self.randrange(0, len(items))]


rng = Numbers()
words = [bytes([rng.randrange(97, 123) for _ in range(rng.randrange(1, 9))]) for _ in range(200)]
text = b" ".join(rng.choice(words) for _ in range(60000))
for wbits in (15, -15, 31, 9):
    c = zlib.compressobj(6, zlib.DEFLATED, wbits)
    parts = []
    for i in range(0, len(text), 7001):
        parts.append(c.compress(text[i : i + 7001]))
        if i % 5 == 0:
            parts.append(c.flush((zlib.Z_SYNC_FLUSH, zlib.Z_FULL_FLUSH, zlib.Z_PARTIAL_FLUSH, zlib.Z_BLOCK)[i % 4]))
    packed = b"".join(parts) + c.flush()
    print(wbits, len(packed) < len(text) // 2, zlib.decompress(packed, wbits) == text)
    d = zlib.decompressobj(wbits)
    out = []
    rest = packed + b"tail"
    while not d.eof:
        out.append(d.decompress(d.unconsumed_tail or rest[:997], rng.randrange(1, 5000)))
        if not d.unconsumed_tail:
            rest = rest[997:]
    print(b"".join(out) == text, d.unused_data[:4] in b"tail", d.unconsumed_tail)
