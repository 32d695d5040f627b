"""The module struct: every format and order, sizes, errors, Struct objects, offsets."""
import struct,_struct
def T(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__module__,type(e).__name__,e)
for o in '@<>':
    for c in 'xcbB?hHiIlLqQnNefdspPFD':
        print(o,c,end=' '); T(lambda: struct.calcsize(o+c))
        for v in (10**30,-10**30,300,-300,70000,-70000,2**33,-2**33,-1,'a',b'a',b'ab',1.5,None,1j,True,1e300):
            T(lambda: struct.pack(o+c,v))
for f in ('z','3','3 h','h3','h x','1h2','99999999999999999999h','0s','0h','2?','s','3s','3p','0p','300p','',' h','h ','\0h','h\0', '<@h','@<h','é','9999999999h','P','<P','<n', 'xh','hx','i0q','ci','bq','10000000000000000000x','1000000000000000000000x'):
    print(repr(f),end=' '); T(lambda: struct.calcsize(f))
T(lambda: struct.pack('hh',1)); T(lambda: struct.pack('hh',1,2,3)); T(lambda: struct.pack()); T(lambda: struct.pack(3))
T(lambda: struct.unpack('h',b'a')); T(lambda: struct.unpack('h','a')); T(lambda: struct.unpack('h')); T(lambda: struct.unpack('2h1s3x?',b'abcdefghi'))
T(lambda: struct.unpack('9s',b'abcdefghi')); T(lambda: struct.unpack('4p',b'\x02abc'));T(lambda: struct.unpack('4p',b'\x09abc')); T(lambda: struct.pack('4p',b'abcdef')); T(lambda: struct.pack('3s',b'abcdef'));T(lambda: struct.pack('3s','a')); T(lambda: struct.pack('3p','a')); T(lambda: struct.pack('3s',bytearray(b'a'))); T(lambda: struct.pack('3s',memoryview(b'a')))
T(lambda: struct.unpack_from('h',b'abcd',1)); T(lambda: struct.unpack_from('h',b'abcd',3)); T(lambda: struct.unpack_from('h',b'abcd',-2)); T(lambda: struct.unpack_from('h',b'abcd',-1)); T(lambda: struct.unpack_from('h',b'abcd',-9)); T(lambda: struct.unpack_from('h',b'abcd',9)); T(lambda: struct.unpack_from('h',buffer=b'abcd',offset=1)); T(lambda:struct.unpack_from('h',b'abcd','x')); T(lambda:struct.unpack_from('h',b'abcd',10**30))
b=bytearray(6)
T(lambda: struct.pack_into('h',b,1,258)); T(lambda: bytes(b)); T(lambda: struct.pack_into('h',b,5,1)); T(lambda: struct.pack_into('h',b,-1,1)); T(lambda: struct.pack_into('h',b,-9,1)); T(lambda: struct.pack_into('h',b,-2,1)); T(lambda: struct.pack_into('h',b'abc',0,1)); T(lambda: struct.pack_into('h',b,0)); T(lambda: struct.pack_into('h',b)); T(lambda: struct.pack_into('h')); T(lambda: struct.pack_into('hh',b,0,1,'a')); T(lambda: bytes(b)); T(lambda: struct.pack_into('h',5,0,1)); T(lambda:struct.pack_into('h',b,'x',1)); T(lambda:struct.pack_into('h',b,10**30,1))
T(lambda: list(struct.iter_unpack('h',b'abcd'))); T(lambda: struct.iter_unpack('h',b'abc')); T(lambda: struct.iter_unpack('',b'')); T(lambda: list(struct.iter_unpack('h',b'')));  T(lambda: struct.iter_unpack('h','ab'))
it=struct.iter_unpack('h',b'abcd'); T(lambda: (type(it),it.__length_hint__(),next(it),it.__length_hint__()))
S=struct.Struct('<hi'); T(lambda:S); T(lambda:(S.format,S.size,type(S),S.pack(1,2),S.unpack(b'abcdef'))); T(lambda:S.unpack(b'a')); T(lambda:struct.Struct()); T(lambda:struct.Struct(5)); T(lambda:struct.Struct(b'h').format); T(lambda:struct.Struct('\u1234')); T(lambda: struct.Struct('q',1)); T(lambda: S.pack(1)); T(lambda: S.pack_into(b,0)); T(lambda: S.unpack_from(b,1)); T(lambda: list(S.iter_unpack(bytes(12)))); T(lambda: [n for n in dir(S) if n not in dir(object)])
T(lambda: [n for n in dir(_struct)]); T(lambda: struct.error.__mro__); T(lambda: _struct._clearcache())
T(lambda: struct.calcsize()); T(lambda:struct.calcsize(5)); T(lambda: struct.Struct.__new__(struct.Struct)); T(lambda: struct.Struct.__new__(struct.Struct).pack())
class I:
    def __index__(self): return 7
class B:
    def __index__(self): raise ZeroDivisionError('z')
class F:
    def __float__(self): return 2.5
class BF:
    def __bool__(self): raise KeyError('k')
T(lambda: struct.pack('hbq',I(),I(),I())); T(lambda: struct.pack('h',B())); T(lambda: struct.pack('f',F())); T(lambda: struct.pack('d','x')); T(lambda: struct.pack('f',I())); T(lambda: struct.pack('?',BF())); T(lambda: struct.pack('?',[])); T(lambda:struct.unpack('?',b'\x05')); T(lambda: struct.pack('P',-1)); T(lambda:struct.unpack('P',b'\xff'*8))
for x in (1.5,0.1,65504.0,65519.99,65520.0,1e-8,5.96e-8,-0.0,float('inf'),float('nan'),6.1e-5,1e10,3.4e38,3.5e38,3.4028235677973366e38,1e-46,-1e-40):
    for f in ('<e','<f','>f','<d','>d'): T(lambda: struct.pack(f,x).hex())
T(lambda: struct.unpack('<e',b'\x00\x7e')); T(lambda: struct.unpack('<e',b'\x01\x00')); T(lambda: struct.unpack('<f',b'\x00\x00\xc0\x7f')); T(lambda: struct.unpack('>f',b'\x00\x00\x00\x01'))
T(lambda: struct.pack('<F',1+2j)); T(lambda: struct.unpack('>D',bytes(range(16)))); T(lambda: struct.pack('<F',1e300)); T(lambda: struct.pack('D','a'))
T(lambda: struct.unpack('<QqIiHhBb',bytes([255]*30))); T(lambda: struct.unpack('>nN','x'))
