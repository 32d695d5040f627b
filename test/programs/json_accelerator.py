"""_json.make_encoder and make_scanner: arguments, notes, hooks, circular references, indents, subclasses, and the errors of every broken prefix."""
import json
class Foo: pass
for x in ([Foo()], {"a": [1, Foo()]}, {"k": {1: float("nan")}}, {(1,2): 3}, {"z": {(1,): 2}}):
    try: json.dumps(x, allow_nan=False)
    except Exception as e: print(type(e).__name__, e, getattr(e, "__notes__", None))
class L(list): pass
class D(dict): pass
l = L(); l.append(l)
try: json.dumps(l)
except Exception as e: print(type(e).__name__, e, getattr(e, "__notes__", None))
try: json.dumps(D(a=Foo()))
except Exception as e: print(type(e).__name__, e, getattr(e, "__notes__", None))
import _json
for a in ((), (1,2), (1, None, str, None, ":", ",", 0,0,0), (None, None, None, None, 1, ",", 0,0,0)):
    try: print(_json.make_encoder(*a))
    except Exception as e: print(type(e).__name__, e)
e = _json.make_encoder(None, repr, lambda s: 5, None, ":", ",", False, False, True)
print([a for a in dir(e) if not a.startswith("__")], type(e), e.markers, e.sort_keys, e.skipkeys)
for a in ((), (1,), (1,0), ("a",0), ([1,2,{}],0), (1, "x"), (object, 0)):
    try: print(e(*a))
    except Exception as ex: print(type(ex).__name__, ex, getattr(ex, "__notes__", None))
class C:
    strict=True; object_hook=None; object_pairs_hook=None; parse_float=float; parse_int=int; parse_constant=None
s = _json.make_scanner(C)
print([a for a in dir(s) if not a.startswith("__")], type(s), s.strict, s.parse_int)
for a in ((), ("1",), ("1", 0), ("1", -1), ("1", 5), (b"1", 0), ("NaN", 0)):
    try: print(s(*a))
    except Exception as ex: print(type(ex).__name__, ex, getattr(ex, "__notes__", None))
for f in (lambda: _json.make_scanner(), lambda: _json.make_scanner(5), lambda: _json.make_scanner(context=C), lambda: s(string="1", idx=0)):
    try: print(type(f()))
    except Exception as ex: print(type(ex).__name__, ex)
try: e.markers = 1
except Exception as ex: print(type(ex).__name__, ex)


def show(f):
    try:
        return repr(f())
    except RecursionError as e:
        return "RecursionError"
    except Exception as e:
        return f"{type(e).__name__} {e} {getattr(e, '__notes__', None)}"


texts = ['{"a": [1, -2.5e3, "x\\u00e9\\n\\ud83d\\ude00", null, true, false], "b": {"c": {}, "d": []}}', " [ 1 , 2 ] ", '"\\u12"', '"a\tb"', "[1,]", '{"a":1,}', '{"a" 1}', "{1: 2}", "[1 2]", "nul", "01", "-", "-Infinity", "1.", "1e", "1E+5", "-0", "-0.0", "123456789012345678901234567890", "1" * 5000, '{"a": 1, "a": 2}', "[[[[]]]]", "[NaN, Infinity]", "", "  ", "tru", '{"', '{"a', '{"a":', "[", "]", "}", '["é日"]', '["\\ud800"]', "\ufeff[]", "1 2", '{"a":[1,{"b":nope}]}']
for text in texts:
    print(ascii(text[:20]), ascii(show(lambda: json.loads(text))[:200]))
whole = texts[0]
for n in range(len(whole)):
    print(n, ascii(show(lambda: json.loads(whole[:n]))), ascii(show(lambda: json.loads(whole[:n] + "?" + whole[n + 1:])))[:120])
print(json.loads('{"a": {"b": 1.5}, "c": [2]}', object_hook=lambda d: sorted(d)), json.loads('{"a": {"b": 1.5}, "c": [2]}', object_pairs_hook=list))
print(json.loads("[1, 2.5, NaN]", parse_int=str, parse_float=lambda s: s + "f", parse_constant=str.lower), show(lambda: json.loads("[1.5]", parse_float=lambda s: 1 / 0)))
print(show(lambda: json.loads("[" * 100000)), show(lambda: json.loads('{"a":' * 100000)), json.JSONDecoder().raw_decode("[1] tail"), show(lambda: json.JSONDecoder().raw_decode("[1]", 9)))
print(json.loads('"a\tb"', strict=False), [k is j for k, j in zip(*json.loads('[{"key": 1}, {"key": 2}]'))])


class Str(str):
    pass


class Int(int):
    def __repr__(self):
        return "no"


class Float(float):
    def __repr__(self):
        return "no"


class Items(dict):
    def items(self):
        return [("z", 1), ("a", [2])]


class Point:
    def __init__(self, x):
        self.x = x


values = [None, True, 1, -5, 10**30, 1.5, -0.0, 1e300, float("inf"), "é\n\"\\\x01\u2028😀", [], {}, (), [[], {}], {"b": [1, {"c": (2, 3)}], "a": None}, {1: 2, None: 3, True: 4, 1.5: 5, "x": 6}, [Str("s"), Int(3), Float(2.5)], {Str("k"): Int(1), Int(2): Float(0.5)}, Items(x=1), Items(), {"a": {(1, 2): 3, "b": 4}}, {(1,): 2}, [Point(1)], {"a": b"x"}, {1: {2: Point(3)}}]
for v in values:
    for options in ({}, {"indent": 2}, {"indent": "\t", "sort_keys": True}, {"ensure_ascii": False, "separators": (",", ":")}, {"skipkeys": True}, {"allow_nan": False}, {"check_circular": False, "indent": 0}, {"default": lambda o: o.x}):
        print(ascii(show(lambda: json.dumps(v, **options))))
a = []
a.append({"a": a})
print(show(lambda: json.dumps(a)), show(lambda: json.dumps(a, check_circular=False)), show(lambda: json.dumps(Point(1), default=lambda o: o)), show(lambda: json.dumps([[]] * 3)))
growing = [1, 2]
print(json.dumps([growing, Point(growing)], default=lambda o: o.x.append(3) or o.x), show(lambda: json.dumps({"b": 1, 2: 3}, sort_keys=True)))
shrinking = [Point(1), 2, 3]
print(json.dumps(shrinking, default=lambda o: shrinking.clear()))
changing = {"a": Point(1), "b": 2}
print(show(lambda: json.dumps([changing], default=lambda o: 5)), json.dumps({str(i): [i] * 3 for i in range(300)})[-40:])


class Broken(dict):
    def items(self):
        return [(1, 2, 3)]


print(show(lambda: json.dumps(Broken(a=1))), show(lambda: json.dumps(Broken())))
for depth in (10, 900):
    nested = 0
    for i in range(depth):
        nested = [nested] if i % 2 else {"k": nested}
    assert json.loads(json.dumps(nested)) == nested
