"""json and configparser: every kind of value, indentation, separators, hooks, subclasses, errors with their positions."""
import collections
import configparser
import enum
import io
import json


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {error}", getattr(error, "__notes__", ""))


class Colour(enum.IntEnum):
    RED = 1


class Text(str):
    pass


class Number(float):
    def __repr__(self):
        return "never shown"


data = {"b": [1, -2.5, 1e100, True, None, "é\u2028\n\"\\/\x00🐍"], "a": {"nested": {}, "list": []}, "t": (1, (2,)), 1: "int", 2.5: "float", None: 0, True: 1, "e": Colour.RED, "s": Text("sub"), "n": Number(1.25), "big": 10**30, "o": collections.OrderedDict(z=1, y=2)}
print(json.dumps(data))
print(json.dumps(data, indent=2, ensure_ascii=False))
print(json.dumps({"b": 1, "a": [1, 2]}, sort_keys=True, separators=(",", ":")), json.dumps([1, {"k": []}], indent="\t"), json.dumps([], indent=4), json.dumps({}, indent=1), json.dumps([[]], indent=0), json.dumps("x" * 3), json.dumps(float("inf")), json.dumps([float("nan"), float("-inf")]))
print(json.dumps({(1, 2): 3, "k": 1}, skipkeys=True), json.dumps([1j], default=str), json.dumps({1, 2} - {2}, default=list), json.dumps(1.0), json.dumps(1e-7), json.dumps(0.1 + 0.2), json.dumps(-0.0))
print(json.loads('{"a": [1, 2.50, -3e2, true, false, null, "\\u00e9\\ud83d\\udc0d\\n"], "a": "last wins", "x": {}}'), json.loads(' [1 , 2 ] '), json.loads("NaN"), json.loads("-Infinity"), json.loads(b'"bytes"'), json.loads('"utf16"'.encode("utf-16")), json.loads("123456789012345678901234567890"), json.loads('"\ud800"'))
print(json.loads('{"a": 1, "b": 2.5}', object_pairs_hook=list, parse_int=str, parse_float=lambda s: f"<{s}>"), json.loads('{"a": {"b": 1}}', object_hook=lambda d: sorted(d)), json.loads("[NaN, Infinity]", parse_constant=lambda s: s), json.JSONDecoder().raw_decode('{"a": 1} rest'), json.loads('"a\tb"', strict=False))
for text in ("", "  ", "{", "[1,", "[1 2]", '{"a" 1}', '{"a":}', "{a: 1}", '{"a": 1,}', "[1,]", "nul", "01", "1.", "-", "+1", '"abc', '"\\x"', '"\\u12g4"', '"a\nb"', "[1]]", "{'a': 1}", '["a",\n "b"\n "c"]', "1e", "tru", '\ufeff"x"', "[" * 5, '{"a": 1 "b": 2}', "'x'", "True"):
    try:
        print(json.loads(text))
    except json.JSONDecodeError as error:
        print(repr(text), error, (error.lineno, error.colno, error.pos), error.doc == text)
attempt(json.dumps, {1, 2})
attempt(json.dumps, {"a": [object]})
attempt(json.dumps, {(1,): 2})
attempt(json.dumps, float("nan"), allow_nan=False)
attempt(json.loads, 5)
attempt(json.loads, b"\xff")
loop = []
loop.append(loop)
attempt(json.dumps, loop)
attempt(json.dumps, {"a": 1, 2: 3}, sort_keys=True)


class Encoder(json.JSONEncoder):
    def default(self, o):
        return {"complex": [o.real, o.imag]} if isinstance(o, complex) else super().default(o)


print(json.dumps([2 + 3j, {"x": 1j}], cls=Encoder), list(Encoder().iterencode([1, {"a": 2j}])), Encoder(indent=1).encode([1]))
attempt(json.dumps, [b"x"], cls=Encoder)
out = io.StringIO()
json.dump({"k": [1, 2]}, out, indent=1)
print(repr(out.getvalue()), json.load(io.StringIO("[1, [2]]")), json.load(io.BytesIO(b"{}")))
for value in (data["a"], [1.5, "x", None], "text", 10**20, {"deep": [[[[{"x": []}]]]]}):
    print(json.loads(json.dumps(value)) == value, end=" ")
print()

config = configparser.ConfigParser(allow_no_value=True)
config.read_string("""
[DEFAULT]
home = /h
[one]
path: %(home)s/x
count = 5
flag = yes
; comment
empty
multi = a
  b
[two]
""")
print(config.sections(), dict(config["one"]), config["one"].getint("count"), config.getboolean("one", "flag"), config.get("two", "home"), config.has_option("one", "none"), config.get("one", "none", fallback=1), "two" in config, config["one"].getfloat("count"))
config["three"] = {"k": "v"}
config.set("two", "a", "1%%")
config.write(out := io.StringIO())
print(out.getvalue())
attempt(config.get, "one", "none")
attempt(config.get, "nine", "x")
attempt(config.read_string, "[one]\n[one]")
attempt(config.read_string, "no header")
attempt(config["one"].getint, "flag")
