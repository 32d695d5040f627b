"""The module binascii: base64 in both modes, hex, uuencode, quoted-printable, checksums, errors."""
import binascii
def T(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__module__,type(e).__name__,e)
print([n for n in dir(binascii) if not n.startswith('__')])
D=bytes(range(256)); A=b'hello world, this is a test\n'*3
T(lambda: binascii.hexlify(D)); T(lambda: binascii.hexlify(b'abcd','-')); T(lambda: binascii.hexlify(b'abcde','-',2)); T(lambda: binascii.hexlify(b'abcde',b'_',-2)); T(lambda: binascii.hexlify(b'abc','--')); T(lambda: binascii.hexlify(b'abc',5)); T(lambda: binascii.hexlify('a')); T(lambda: binascii.b2a_hex(data=b'a',sep=':')); T(lambda: binascii.hexlify(b'abc','é')); T(lambda: binascii.hexlify(b'abc','')); T(lambda: binascii.hexlify(b'',':')); T(lambda:binascii.hexlify(b'abc',':',0)); T(lambda:binascii.hexlify(bytearray(b'ab')))
T(lambda: binascii.unhexlify('6162fF')); T(lambda: binascii.unhexlify(b'616')); T(lambda: binascii.unhexlify('zz')); T(lambda: binascii.unhexlify('é0')); T(lambda: binascii.unhexlify(5)); T(lambda: binascii.a2b_hex(b'')); T(lambda: binascii.unhexlify('6 62'))
T(lambda: binascii.b2a_base64(D)); T(lambda: binascii.b2a_base64(b'')); T(lambda: binascii.b2a_base64(b'a',newline=False)); T(lambda: binascii.b2a_base64(b'a',False)); T(lambda: binascii.b2a_base64('a'))
for s in (b'',b'YQ==',b'YWI=',b'YWJj',b'YQ=',b'YQ',b'Y',b'YWJjY',b'Y Q\n= =',b'YQ==YQ==',b'=YQ==',b'YW=Jj',b'YWJj=',b'YWJj==',b'YWJj====',b'Y=Q==',b'YQ===',b'YWI==',b'Y-_/',b'====',b'=',b'YQ==\n',b'YQ=x=',b'!YQ==',b'YWJjZ===',b'Y\xff',b'YWJjYWJjY',b'abcd==ef'):
    print(s,end=' '); T(lambda: binascii.a2b_base64(s)); T(lambda: binascii.a2b_base64(s,strict_mode=True))
T(lambda: binascii.a2b_base64('YQ==')); T(lambda: binascii.a2b_base64('é')); T(lambda: binascii.a2b_base64(5)); T(lambda: binascii.a2b_base64(b'YQ==',True))
T(lambda: binascii.b2a_uu(A[:45])); T(lambda: binascii.b2a_uu(A)); T(lambda: binascii.b2a_uu(b'')); T(lambda: binascii.b2a_uu(b'\0\0',backtick=True)); T(lambda: binascii.b2a_uu(b'\0\0')); T(lambda: binascii.a2b_uu(binascii.b2a_uu(A[:30]))); 
for s in (b'',b' \n',b'!',b'#86)C\n',b'#86)C  \n',b'#86)Cx',b'#86',b'\x20',b'$86)C',b'#8\x7f)C',b'#86)C\r\n',b'`\n',b'!00\n', b'M'+b'A'*60+b'\n',b'\xff'): print(s,end=' '); T(lambda: binascii.a2b_uu(s))
for s in (b'a=b c\tx \t\nline=20\r\n'+b'x'*80,b'.\n',b'\n.\r\n',b'a.\n.b',D,b'',b'a \n',b'a\t\r\nb',b'_ _',b'x'*76,b'x'*77,b'=3D'*30, b'a\rb', b'\r\n\n', b'end '):
    T(lambda: binascii.b2a_qp(s)); T(lambda: binascii.b2a_qp(s,quotetabs=True)); T(lambda: binascii.b2a_qp(s,istext=False)); T(lambda: binascii.b2a_qp(s,header=True))
for s in (b'a=3Db',b'a=\nb',b'a=\r\nb',b'a=',b'a=3',b'a==3D',b'a=zz',b'a_b',b'=41=\n',b'a= b',b'a=\rb',b'=3d',b'caf=E9'): T(lambda: binascii.a2b_qp(s)); T(lambda: binascii.a2b_qp(s,header=True))
T(lambda: binascii.a2b_qp('a=3D')); T(lambda: binascii.b2a_qp('a')); T(lambda: binascii.crc_hqx(A,0)); T(lambda: binascii.crc_hqx(A,123456)); T(lambda: binascii.crc32(A)); T(lambda: binascii.crc32(A,7)); T(lambda: binascii.crc_hqx(A)); T(lambda: binascii.crc32('a'))
T(lambda: binascii.Error.__mro__); T(lambda: binascii.Incomplete.__mro__)
