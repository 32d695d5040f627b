"""Reads a JSON text with a parser of its own, prints it in a canonical form and counts what is in it.

usage: jsonlike.py [FILE]      (a built-in sample without FILE)

Beyond JSON it takes comments (// and /* */) and commas before a closing bracket. An error in the text is one line
with the line and column, and exit code 1.
"""

import sys
from collections import Counter

SAMPLE = r"""
{ // a sample
  "name": "protospace", "tags": ["heap", "threads", "no \"lock\"",],
  "numbers": [0, -1, 12.5, 1e3, -2.5E-2, 123456789012345678901234567890],
  "nested": {"empty": {}, "list": [], "deep": [[[[null]]]]},
  /* escapes */ "text": "tab\t line\n euro \u20ac face \ud83d\ude00 slash \/",
  "flags": [true, false, null]
}
"""
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
REVERSED = {char: "\\" + letter for letter, char in ESCAPES.items() if letter != "/"}
CONSTANTS = {"true": True, "false": False, "null": None}


class JsonError(ValueError):
    def __init__(self, message, text, at):
        self.line = text.count("\n", 0, at) + 1
        self.column = at - (text.rfind("\n", 0, at) + 1) + 1
        super().__init__(f"line {self.line}, column {self.column}: {message}")


class Parser:
    """A recursive-descent parser; `at` is the place of the next character."""

    def __init__(self, text):
        self.text = text
        self.at = 0

    def error(self, message, at=None):
        return JsonError(message, self.text, self.at if at is None else at)

    def peek(self):
        self.skip()
        return self.text[self.at] if self.at < len(self.text) else ""

    def skip(self):
        """Passes over spaces and comments."""
        text, length = self.text, len(self.text)
        while self.at < length:
            if text[self.at] in " \t\r\n":
                self.at += 1
            elif text.startswith("//", self.at):
                end = text.find("\n", self.at)
                self.at = length if end < 0 else end
            elif text.startswith("/*", self.at):
                end = text.find("*/", self.at + 2)
                if end < 0:
                    raise self.error("comment without end")
                self.at = end + 2
            else:
                break

    def document(self):
        value = self.value()
        if self.peek():
            raise self.error(f"unexpected {self.peek()!r} after the value")
        return value

    def value(self):
        char = self.peek()
        if char == "{":
            return self.object()
        if char == "[":
            return self.array()
        if char == '"':
            return self.string()
        if char and (char in "-" or char.isdigit()):
            return self.number()
        for word, value in CONSTANTS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        raise self.error(f"unexpected {char!r}" if char else "unexpected end")

    def items(self, close):
        """Yields once before each item of a bracketed list, until its end is read."""
        self.at += 1
        while self.peek() != close:
            yield
            if self.peek() == ",":
                self.at += 1
            elif self.peek() != close:
                raise self.error(f"expected ',' or '{close}'")
        self.at += 1

    def array(self):
        return [self.value() for _ in self.items("]")]

    def object(self):
        result = {}
        for _ in self.items("}"):
            if self.peek() != '"':
                raise self.error("expected a string as key")
            start = self.at
            key = self.string()
            if key in result:
                raise self.error(f"key {key!r} given twice", start)
            if self.peek() != ":":
                raise self.error("expected ':'")
            self.at += 1
            result[key] = self.value()
        return result

    def string(self):
        start = self.at
        self.at += 1
        parts = []
        while True:
            if self.at >= len(self.text) or self.text[self.at] == "\n":
                raise self.error("string without end", start)
            char = self.text[self.at]
            self.at += 1
            if char == '"':
                return "".join(parts)
            parts.append(self.escape() if char == "\\" else char)

    def escape(self):
        letter = self.text[self.at : self.at + 1]
        self.at += 1
        if letter in ESCAPES:
            return ESCAPES[letter]
        if letter != "u":
            raise self.error(f"unknown escape \\{letter}", self.at - 2)
        code = self.hexadecimal()
        if 0xD800 <= code < 0xDC00 and self.text.startswith("\\u", self.at):
            self.at += 2
            code = 0x10000 + ((code - 0xD800) << 10) + (self.hexadecimal() - 0xDC00)
        return chr(code)

    def hexadecimal(self):
        digits = self.text[self.at : self.at + 4]
        try:
            code = int(digits, 16)
        except ValueError:
            raise self.error(f"not four hexadecimal digits: {digits!r}") from None
        self.at += 4
        return code

    def number(self):
        start = self.at
        while self.at < len(self.text) and self.text[self.at] in "+-.0123456789eE":
            self.at += 1
        digits = self.text[start : self.at]
        try:
            return int(digits)
        except ValueError:
            pass
        try:
            return float(digits)
        except ValueError:
            raise self.error(f"not a number: {digits!r}", start) from None


def quote(text):
    """The string as a JSON literal."""
    pieces = []
    for char in text:
        if char in REVERSED:
            pieces.append(REVERSED[char])
        elif char < " ":
            pieces.append(f"\\u{ord(char):04x}")
        else:
            pieces.append(char)
    return '"' + "".join(pieces) + '"'


def write(value, indent=0):
    """Yields the lines of the canonical form: keys sorted, two spaces a level, short lists on one line."""
    space = "  " * indent
    match value:
        case None | True | False:
            yield {None: "null", True: "true", False: "false"}[value]
        case int() | float():
            yield repr(value)
        case str():
            yield quote(value)
        case [] | {} if not value:
            yield "[]" if isinstance(value, list) else "{}"
        case list() if all(not isinstance(item, (list, dict)) for item in value):
            yield "[" + ", ".join(next(write(item)) for item in value) + "]"
        case list():
            yield "["
            yield from bracketed((("", item) for item in value), len(value), indent)
            yield space + "]"
        case dict():
            yield "{"
            yield from bracketed(((quote(key) + ": ", value[key]) for key in sorted(value)), len(value), indent)
            yield space + "}"


def bracketed(items, count, indent):
    for number, (prefix, item) in enumerate(items, 1):
        lines = list(write(item, indent + 1))
        lines[0] = "  " * (indent + 1) + prefix + lines[0]
        lines[-1] += "," if number < count else ""
        yield from lines


def walk(value, depth=1):
    """Yields (depth, value) of every value."""
    yield depth, value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from walk(item, depth + 1)


def statistics(value):
    kinds = Counter()
    deepest = 0
    for depth, item in walk(value):
        kinds[type(item).__name__] += 1
        deepest = max(deepest, depth)
    listed = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return f"{sum(kinds.values())} values ({listed}), depth {deepest}"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def main(args):
    if len(args) > 1:
        print("usage: jsonlike.py [FILE]", file=sys.stderr)
        return 2
    try:
        value = Parser(read(args[0]) if args else SAMPLE).document()
    except OSError as error:
        print(f"jsonlike.py: {args[0]}: {error.strerror}", file=sys.stderr)
        return 2
    except JsonError as error:
        print(f"jsonlike.py: {error}", file=sys.stderr)
        return 1
    canonical = "\n".join(write(value))
    print(canonical)
    print(statistics(value))
    print("round trip", "ok" if Parser(canonical).document() == value else "FAILED")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
