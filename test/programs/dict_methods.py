"""dict methods and operators, one after the other, with their errors."""
d = {"a": 1, "b": 2}
print(d, len(d), d["a"], d.get("a"), d.get("x"), d.get("x", 9), "a" in d, "x" not in d, list(d), dict(a=1, b=2), dict([("k", 1)]), dict({"z": 1}, y=2), dict(zip("ab", [1, 2])), dict())
d["c"] = 3
d.update({"a": 10}, e=5)
d.update([("f", 6)])
d.update(g=7)
print(d, d.pop("a"), d.pop("nope", None), d.popitem(), d)
print(d.setdefault("b", 100), d.setdefault("new"), d.setdefault("newer", []), d)
del d["b"]
print(d, d.copy() == d, d.copy() is d, dict.fromkeys("abc"), dict.fromkeys([1, 2], 0))
e = {1: "x"} | {2: "y", 1: "z"}
e |= {3: "w"}
e |= [(4, "v")]
print(e, {**e, 5: "u"}, {**{"a": 1}, **{"a": 2}}, {1: 1, **{}, 1: 2}, {} == {}, {1: 2} == {1: 2.0}, {1: 2} != {1: 3}, {1: 2, 3: 4} == {3: 4, 1: 2})
e.clear()
print(e, bool(e), {1: {2: {}}}, {(1, 2): [3]}, {None: 0, True: 1, 1.5: 2, "s": 3})
print({1: "int", 1.0: "float", True: "bool"}, {0: "a", False: "b"}, {"a": 1, "a": 2}, {2**70: 1}[2**70], {float("inf"): 1}[float("inf")])
d = {}
d[d.__class__] = "type"
d["self"] = d
print(d, str(d) == repr(d))
for f in (lambda: {}["k"], lambda: {}[(1, 2)], lambda: {}.pop("k"), lambda: {}.popitem(), lambda: {[]: 1}, lambda: {{}: 1}, lambda: {}[[]], lambda: dict([1]), lambda: dict([(1, 2, 3)]), lambda: dict(5), lambda: {} | 1, lambda: {} < {}, lambda: {}.update(5), lambda: hash({}), lambda: {}.nope, lambda: dict(1, 2), lambda: {1: 2}.get(), lambda: {}.update([1]), lambda: dict(**{1: 2}), lambda: {}.__delitem__("k"), lambda: {(1, []): 1}, lambda: dict(["ab", "c"]), lambda: [] in {}):
    try:
        print(f())
    except Exception as x:
        print(type(x).__name__ + ":", x)
