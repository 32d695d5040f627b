"""The % operator on strings."""
print("%d %i %u" % (1, 2.9, 3), "%s %r %a" % ("é", "é", "é"), "%5d|%-5d|%05d|%+d|% d" % (42, 42, 42, 42, 42), "%x %X %#x %o %#o" % (255, 255, 255, 8, 8))
print("%.3s|%10s|%-10s|%10.2s|" % ("abcdef", "a", "b", "xyz"), "%c%c" % (65, "B"), "%%", "%d%%" % 50)
print("%(a)s %(b)05.1f %(a)r" % {"a": 1, "b": 2.55}, "%s" % [1, 2], "%s %s" % ("t", (1, 2)), "%s" % ((1, 2),), "%s" % None, "%s" % {"a": 1})
print("%*d|%-*d|%.*f" % (5, 42, 5, 42, 2, 3.14159), "%e %E %g %G" % (12345.678, 0.00012, 1e10, 1e-10), "%5.1f|%+.2e" % (3.14159, 1234.5), "%d" % 10**30, "%x" % 2**70, "%d" % -0.5, "%s" % 1.0, "%5s|%-5s|" % (True, None))
print("%#o %#X %+x % x" % (10, 10, 10, 10), "%03d:%02d" % (7, 5), "%.0f %.1f" % (0.5, 0.25), "%r" % "it's", "plain" % (), "plain" % {}, "%.3d" % 5, "%08.3f" % -3.14159)
for f in (lambda: "%d" % "a", lambda: "%d" % None, lambda: "%s %s" % 1, lambda: "%s" % (1, 2), lambda: "%" % 1, lambda: "%z" % 1, lambda: "%c" % "ab", lambda: "%c" % -1, lambda: "%(a)s" % {}, lambda: "%(a)s" % 1, lambda: "a" % 1, lambda: "%x" % 1.5, lambda: "%f" % "x", lambda: "%(a" % {"a": 1}, lambda: "%*d" % ("a", 1), lambda: "%s" % ()):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
print(b"%d %s %x %b" % (1, b"two", 255, b"b"), b"%5d|%-4d|" % (1, 2), b"%c" % 65, b"%a" % "é", b"%(k)s" % {b"k": b"v"})
