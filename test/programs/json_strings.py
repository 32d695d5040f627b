"""Strings of JSON: _json's encoders and scanstring, and json on top of them."""
import _json
import json


def show(f):
    try:
        print(repr(f()))
    except BaseException as e:
        print(type(e).__name__, e)


for s in ["", "abc", 'q"\\/', "\b\f\n\r\t\x00\x1f\x7f", "é日𝒳", "\ud800x", "</script>"]:
    show(lambda: _json.encode_basestring(s))
    show(lambda: _json.encode_basestring_ascii(s))
    show(lambda: json.loads(json.dumps(s)) == s)
show(lambda: _json.encode_basestring(5))
show(lambda: _json.encode_basestring_ascii(b"x"))
for s in ['abc"', '"', 'a\\n\\t\\u00e9\\ud835\\udcb3"x', "abc", "\\", '\\x"', '\\u12"', '\\u12g4"', 'a\nb"', '\\ud835"', '\\ud835\\u0041"',
          '\\ud835\\uzzzz"', 'é𝒳"', '\\udcb3"', '\\/\\b\\f\\r\\"\\\\"', "\\u"]:
    show(lambda: _json.scanstring(s, 0, True))
    show(lambda: _json.scanstring(s, 0, False))
show(lambda: _json.scanstring('"abc"', 1))
show(lambda: _json.scanstring("abc", 7))
show(lambda: _json.scanstring("abc", -1))
show(lambda: _json.scanstring(b"abc", 0))
show(lambda: json.loads('{"a": [1, 2.5, -3e2, true, false, null, "x\\u0041"], "b": {"c": {}}}'))
show(lambda: json.dumps({"a": [1, 2.5, True, None, "é\n"], "b": {}, "c": (1, 2)}))
show(lambda: json.dumps([1, {"x": "é"}], ensure_ascii=False, indent=2, sort_keys=True))
show(lambda: json.loads('["a\nb"]'))
show(lambda: json.loads('["a'))
show(lambda: json.loads('{"a" 1}'))
show(lambda: json.loads("[NaN, Infinity, -Infinity]"))
show(lambda: json.loads(""))
