# The codec registry, error handlers, and the codecs behind the package encodings.
import _codecs
import codecs
import warnings


def t(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e, getattr(e, '__notes__', ''))


warnings.simplefilter('ignore')
t(lambda: _codecs.lookup('x'))
t(lambda: _codecs.encode('a', 'rot13'))
t(lambda: 'a'.encode('rot13'))
t(lambda: b'a'.decode('rot13'))
t(lambda: codecs.encode(5, 'utf-8'))
t(lambda: codecs.decode('a', 'utf-8'))
t(lambda: _codecs.lookup_error('nope'))
t(lambda: _codecs.lookup_error('strict'))
t(lambda: _codecs.register_error('a', 5))
t(lambda: _codecs.register(5))
t(lambda: codecs.lookup('UTF 8').name)
t(lambda: codecs.lookup('latin1').name)
t(lambda: codecs.lookup('cp437').name)

# handlers of programs
for handler in (lambda e: 5, lambda e: ('X', e.end), lambda e: (b'Q', -1), lambda e: ('\xe9', e.end), lambda e: ('X', 99),
                lambda e: ('', e.start + 1), lambda e: 1 / 0):
    codecs.register_error('zz', handler)
    t(lambda: 'a\xe9b'.encode('ascii', 'zz'))
    t(lambda: b'a\xffb'.decode('ascii', 'zz'))
    t(lambda: b'a\xff\xfeb'.decode('utf-8', 'zz'))
t(lambda: _codecs._unregister_error('zz'))
t(lambda: _codecs._unregister_error('zz'))
t(lambda: _codecs._unregister_error('strict'))
t(lambda: 'a\xe9'.encode('ascii', 'zz'))
enc = UnicodeEncodeError('ascii', 'a\xe9\u1234x', 1, 3, 'r')
dec = UnicodeDecodeError('utf-8', b'a\xff\x80b', 1, 3, 'r')
tra = UnicodeTranslateError('a\xe9b', 1, 2, 'r')
for name in 'strict ignore replace xmlcharrefreplace backslashreplace surrogatepass surrogateescape'.split():
    for e in enc, dec, tra, 5, ValueError('v'):
        t(lambda: codecs.lookup_error(name)(e))
t(lambda: codecs.lookup_error('surrogateescape')(UnicodeEncodeError('ascii', '\udc80\udcff', 0, 2, 'r')))
t(lambda: codecs.lookup_error('surrogatepass')(UnicodeEncodeError('utf-16-le', '\ud800', 0, 1, 'r')))
t(lambda: codecs.lookup_error('surrogatepass')(UnicodeDecodeError('utf-8', b'\xed\xa0\x80', 0, 1, 'r')))

# the functions of encodings
t(lambda: _codecs.utf_8_decode(b'a\xc3'))
t(lambda: _codecs.utf_8_decode(b'a\xc3', 'strict', True))
t(lambda: _codecs.utf_8_decode(b'a\xff', 'replace'))
t(lambda: _codecs.utf_8_encode('a\xe9'))
t(lambda: _codecs.utf_8_encode(5))
t(lambda: _codecs.utf_8_encode('a', 5))
t(lambda: _codecs.utf_16_ex_decode(b'\xff\xfea\0b'))
t(lambda: _codecs.utf_16_ex_decode(b'\xfe\xff\0a\0'))
t(lambda: _codecs.utf_16_ex_decode(b'\0a', 'strict', 1))
t(lambda: _codecs.utf_16_encode('a', 'strict', -1))
t(lambda: _codecs.utf_16_encode('a'))
t(lambda: _codecs.utf_32_decode(b'\xff\xfe\0\0a\0\0\0b'))
t(lambda: _codecs.utf_16_le_decode(b'a\0\x00\xd8'))
t(lambda: _codecs.escape_decode(rb'\x41\n\z\101\q'))
t(lambda: _codecs.escape_decode(rb'\x4'))
t(lambda: _codecs.escape_decode(rb'\x4z', 'replace'))
t(lambda: _codecs.escape_decode(b'a\\'))
t(lambda: _codecs.escape_encode(b'a\n\x00\'"'))
t(lambda: _codecs.unicode_escape_decode(rb'\u0041\N{BULLET}\x41\101\t'))
for bad in rb'\x4', rb'\u123', rb'\U0011', rb'\U00110000', rb'\N{NOPE}', rb'\N', b'\\', rb'\N{':
    t(lambda: _codecs.unicode_escape_decode(bad))
    t(lambda: _codecs.unicode_escape_decode(bad, 'replace'))
    t(lambda: _codecs.unicode_escape_decode(b'ab' + bad, 'strict', False))
t(lambda: _codecs.unicode_escape_encode('\xe9\n\u1234\U0001F600\\'))
t(lambda: _codecs.raw_unicode_escape_encode('\xe9\n\u1234\U0001F600'))
t(lambda: _codecs.raw_unicode_escape_decode(rb'\u1234\n\\u1234' + b'\xe9'))
t(lambda: _codecs.raw_unicode_escape_decode(rb'\u12'))
for s in 'a+\xe9-', 'plain', '\xe9', '\xe9a', '\xe9-', '\U0001F600', 'a\u1234b+', '~\\':
    t(lambda: (s.encode('utf-7'), s.encode('utf-7').decode('utf-7') == s))
for b in b'a+-+AOk--', b'+AOk', b'+', b'\xff', b'+AA-', b'+!', b'a+AOk b':
    t(lambda: _codecs.utf_7_decode(b))
    t(lambda: _codecs.utf_7_decode(b, 'replace', True))
t(lambda: _codecs.readbuffer_encode('\xe9'))
t(lambda: _codecs.charmap_build('abc'))
t(lambda: _codecs.charmap_encode('ab', 'strict', {97: 'x', 98: None}))
t(lambda: _codecs.charmap_encode('ab', 'strict', {97: 120, 98: b'yy'}))
t(lambda: _codecs.charmap_encode('abc', 'replace', {97: 120, 63: 33}))
t(lambda: _codecs.charmap_encode('abc', 'strict', {97: 120}))
t(lambda: _codecs.charmap_encode('a', 'strict', {97: 300}))
t(lambda: _codecs.charmap_decode(b'ab', 'strict', {97: 'x', 98: 0x100}))
t(lambda: _codecs.charmap_decode(b'\0\1\2', 'strict', 'xyz'))
t(lambda: _codecs.charmap_decode(b'ab', 'strict', 'xyz'))
t(lambda: _codecs.charmap_decode(b'ab', 'replace', 'xyz'))
t(lambda: _codecs.charmap_decode(b'a', 'strict', {97: 'xyz'}))
t(lambda: _codecs.charmap_decode(b'a', 'strict', {97: 2.5}))
t(lambda: _codecs.latin_1_encode('a\xe9'))
t(lambda: _codecs.latin_1_encode('a\u1234'))
t(lambda: _codecs.ascii_decode(b'a\xff', 'replace'))

# codecs of the package, whole and in pieces
for name in 'cp437 cp1252 koi8-r iso8859-15 mac-roman utf-8-sig utf-16 utf-32-be utf-7 punycode cp1140'.split():
    s = 'A\xe9' if name not in ('koi8-r', 'cp1140', 'idna') else '\u0436' if name == 'koi8-r' else 'abc'
    t(lambda: (s.encode(name), s.encode(name).decode(name) == s))
d = codecs.getincrementaldecoder('utf-8')()
t(lambda: [d.decode(bytes([b])) for b in '\u20aca'.encode()])
t(lambda: d.decode(b'\xe2', True))
e = codecs.getincrementalencoder('utf-16')()
t(lambda: [e.encode(c) for c in 'ab'])
t(lambda: list(codecs.iterdecode([b'a\xc3', b'\xa9'], 'utf-8')))
import io
w = codecs.getwriter('latin-1')(io.BytesIO())
w.write('\xe9')
t(lambda: w.stream.getvalue())
r = codecs.getreader('utf-8')(io.BytesIO('a\nb\u20ac\n'.encode()))
t(lambda: r.readlines())


# codecs of programs
def search(name):
    if name == 'my_codec':
        return codecs.CodecInfo(lambda s, errors='strict': (s.upper().encode(), len(s)),
                                lambda b, errors='strict': (bytes(b).decode().lower(), len(b)), name='my-codec')
    if name == 'bad':
        return 5
    if name == 'odd':
        return codecs.CodecInfo(lambda s, errors='strict': 7, lambda b, errors='strict': (7, 1), name='odd')


codecs.register(search)
t(lambda: 'abc'.encode('My Codec'))
t(lambda: b'ABC'.decode('my-codec'))
t(lambda: 'x'.encode('bad'))
t(lambda: 'x'.encode('odd'))
t(lambda: b'x'.decode('odd'))
t(lambda: codecs.decode(b'x', 'odd'))
codecs.unregister(search)
t(lambda: 'abc'.encode('my-codec'))
