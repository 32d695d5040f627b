# Helpers that need more operand stack than a frame has: many arguments, nested repr, in generators too.
def dstar(**kw): return kw
for n in (10, 14, 15, 16, 20,30, 60, 100,200,300):
    print(n)
    print(len(eval("dstar(" + ",".join(f"a{i}={i}" for i in range(n)) + ")")))
l = []
for i in range(300): l = [l]
print(repr(l))
def g():
    l = []
    for i in range(300): l = [l]
    yield repr(l)
    yield [l] == [l]
    yield "%s" % l
print(list(g()))
