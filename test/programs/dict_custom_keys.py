"""Keys with their own __hash__ and __eq__: collisions, identity first, errors raised inside."""
log = []


class Key:
    def __init__(self, name, h):
        self.name, self.h = name, h

    def __hash__(self):
        log.append("hash " + self.name)
        return self.h

    def __eq__(self, other):
        log.append(f"eq {self.name} {other.name}")
        return self.name == other.name

    def __repr__(self):
        return self.name


a, b, c, a2 = Key("a", 1), Key("b", 1), Key("c", 2), Key("a", 1)
d = {a: 1}
print(d[a], log)
log.clear()
print(d[a2], log)
log.clear()
d[b] = 2
d[c] = 3
print(d, log)
log.clear()
print(Key("z", 1) in d, log)
log.clear()
d[a2] = "replaced"
print(d, list(d)[0] is a, log)


class BadHash:
    def __hash__(self):
        raise ValueError("no hash today")


class BadEq:
    def __hash__(self):
        return 7

    def __eq__(self, other):
        raise ValueError("no eq today")


class NotInt:
    def __hash__(self):
        return "text"


class NoHash:
    def __eq__(self, other):
        return True


for f in (lambda: {BadHash(): 1}, lambda: {BadEq(): 1, BadEq(): 2}, lambda: {NotInt(): 1}, lambda: {NoHash(): 1}, lambda: hash(NoHash())):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)


class Str(str):
    pass


class Missing(dict):
    def __missing__(self, key):
        return f"<{key}>"


m = Missing(x=1)
print({Str("k"): 1}["k"], {"k": 1}[Str("k")], m["x"], m["y"], m.get("y"), "y" in m, m, len(m))
many = {Key(str(i), i % 3): i for i in range(30)}
log.clear()
print([many[Key(str(i), i % 3)] for i in range(30)] == list(range(30)), len(many), hash(Key("q", 2**61)), hash(Key("q", -1)))
