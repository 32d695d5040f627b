"""encode and decode: utf-8, ascii, latin-1, utf-16/32, error handlers, error messages and attributes."""
s = "aé日😀"
print(s.encode(), s.encode("utf-8") == s.encode("UTF8"), "é".encode("latin-1"), "abc".encode("ascii"), s.encode("utf-16-le"), s.encode("utf-16-be"), s.encode("utf-32-le")[:8])
print(s.encode("ascii", "ignore"), s.encode("ascii", "replace"), s.encode("ascii", "backslashreplace"), s.encode("ascii", "xmlcharrefreplace"), s.encode("latin-1", "replace"), "\udc80".encode("utf-8", "surrogateescape"), "\ud800".encode("utf-8", "surrogatepass"))
print(b"a\xc3\xa9".decode(), b"\xe9".decode("latin-1"), b"abc".decode("ascii"), s.encode("utf-16").decode("utf-16") == s, b"\xef\xbb\xbfx".decode("utf-8-sig"), repr(b"\xef\xbb\xbfx".decode()))
bad = b"ok\xff\xe6\x97x\xf0\x9f\x98"
print(repr(bad.decode("utf-8", "replace")), repr(bad.decode("utf-8", "ignore")), repr(bad.decode("utf-8", "backslashreplace")), repr(bad.decode("utf-8", "surrogateescape")), repr(bad.decode(errors="replace")))
for data in (b"\x80", b"a\xff", b"\xe6\x97", b"\xc0\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\xf5\x80\x80\x80", b"x\xe6xx"):
    try:
        data.decode()
    except UnicodeDecodeError as e:
        print(e, "|", e.start, e.end, e.reason, e.encoding, e.object)
for text, encoding in (("aé", "ascii"), ("日", "latin-1"), ("\ud800", "utf-8"), ("aéé", "ascii")):
    try:
        text.encode(encoding)
    except UnicodeEncodeError as e:
        print(e, "|", e.start, e.end, e.reason, isinstance(e, ValueError))
for f in (lambda: "a".encode("nope"), lambda: b"a".decode("nope"), lambda: b"\xff".decode("utf-8", "nohandler"), lambda: "a".encode(1), lambda: b"\x80".decode("ascii")):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
