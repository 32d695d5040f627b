"""csv: dialects, quoting of every kind, escapes, line ends, dict readers and writers, sniffing, errors."""
import csv
import io


def attempt(f, *args, **kwargs):
    try:
        result = f(*args, **kwargs)
        print(list(result) if hasattr(result, "__next__") else result)
    except Exception as error:
        print(f"{type(error).__module__}.{type(error).__name__}: {error}")


QUOTING = {name: getattr(csv, name) for name in ("QUOTE_MINIMAL", "QUOTE_ALL", "QUOTE_NONNUMERIC", "QUOTE_NONE", "QUOTE_STRINGS", "QUOTE_NOTNULL")}
print(QUOTING, csv.list_dialects(), csv.field_size_limit(), csv.get_dialect("excel").delimiter, csv.__version__)
LINES = ["a,b,c", 'x,"y, z",w', '"a ""quoted"" b",,', "", '"multi', 'line",2', "  spaces , x ", 'a"b,c', '"a"b,c', "a\r\n", "tab\tin,ü,🐍", "''", ","]
print(list(csv.reader(LINES)))
for options in ({"delimiter": ";"}, {"delimiter": "\t"}, {"quotechar": "'"}, {"skipinitialspace": True}, {"doublequote": False}, {"escapechar": "\\"}, {"quoting": csv.QUOTE_NONE}, {"quoting": csv.QUOTE_NONE, "escapechar": "y"}, {"strict": True}, {"quotechar": None, "quoting": csv.QUOTE_NONE}, {"delimiter": "ü"}, {"delimiter": "🐍"}, {"dialect": "excel-tab"}, {"dialect": "unix"}):
    attempt(csv.reader, LINES, **options)
for name, quoting in QUOTING.items():
    attempt(csv.reader, ['1,"2",,"",x', "3.5,4"], quoting=quoting)
    attempt(csv.reader, ['1,"2",,""', "3.5,4"], quoting=quoting)
    out = io.StringIO()
    writer = csv.writer(out, quoting=quoting, escapechar="\\")
    print(name, writer.writerow([1, 2.5, "text", None, "", 'a"b', "c,d", "e\nf", True, [1, 2], "back\\slash"]), repr(out.getvalue()))
reader = csv.reader(["a\\,b,c\\", "d", 'e\\"f,"g\\"h"'], escapechar="\\", doublequote=False)
print(list(reader), reader.line_num, reader.dialect.escapechar, reader.dialect.quoting)
reader = csv.reader(['a,"b', 'c",d', "e"])
print(next(reader), reader.line_num, next(reader), reader.line_num, iter(reader) is reader)
for rows, options in (
    ([["a", "b"], [], [""], [None], ["", ""]], {}),
    ([["a b", "c"], ["", " "]], {"delimiter": " "}),
    ([['q"q', "n\n", "r\r"]], {"doublequote": False, "escapechar": "!"}),
    ([["a", "b;c"]], {"delimiter": ";", "lineterminator": "\n"}),
    ([["a,b", "'"]], {"quotechar": "'", "lineterminator": "|"}),
    ([["|", "a"]], {"lineterminator": "|"}),
    ([["x,y"]], {"quoting": csv.QUOTE_NONE}),
    ([["x,y", "e!"]], {"quoting": csv.QUOTE_NONE, "escapechar": "!"}),
    ([['a"b']], {"doublequote": False}),
    ([[""]], {"quoting": csv.QUOTE_NONE}),
    ([[None]], {"quoting": csv.QUOTE_NOTNULL}),
    ([["", "a"]], {"delimiter": " ", "skipinitialspace": True}),
    ([("t", 1), {"d": 1}, "str", range(3)], {"dialect": "unix"}),
    ([[1e100, -0.0, 10**20, 1j, object]], {"quoting": csv.QUOTE_NONNUMERIC}),
    ([5], {}),
):
    out = io.StringIO()
    try:
        print(csv.writer(out, **options).writerows(rows), repr(out.getvalue()))
    except Exception as error:
        print(type(error).__name__, error, repr(out.getvalue()))


class Pipes(csv.Dialect):
    delimiter = "|"
    quotechar = "'"
    doublequote = True
    skipinitialspace = True
    lineterminator = "\n"
    quoting = csv.QUOTE_MINIMAL


csv.register_dialect("pipes", Pipes)
csv.register_dialect("semi", delimiter=";", quoting=csv.QUOTE_ALL)
csv.register_dialect("child", Pipes, delimiter=":")
print(sorted(csv.list_dialects()), csv.get_dialect("child").delimiter, csv.get_dialect("child").quotechar, list(csv.reader(["a| 'b|c'"], "pipes")), list(csv.reader(["a:b"], csv.get_dialect("child"))), list(csv.reader(["a|b"], Pipes())))
csv.unregister_dialect("semi")
d = csv.get_dialect("pipes")
print([getattr(d, n) for n in ("delimiter", "quotechar", "escapechar", "doublequote", "skipinitialspace", "lineterminator", "quoting", "strict")])
for options in ({"delimiter": ""}, {"delimiter": "ab"}, {"delimiter": 5}, {"delimiter": None}, {"quotechar": "ab"}, {"quotechar": ""}, {"quotechar": 5}, {"quotechar": None}, {"escapechar": "ab"}, {"escapechar": 5}, {"lineterminator": None}, {"lineterminator": 5}, {"quoting": "x"}, {"quoting": 9}, {"quoting": -1}, {"quoting": None}, {"delimiter": "\n"}, {"delimiter": '"'}, {"escapechar": ","}, {"quotechar": "\r"}, {"escapechar": "\n"}, {"quotechar": " ", "skipinitialspace": True}, {"nope": 1}, {"dialect": "unknown"}, {"dialect": 5}, {"strict": "yes"}, {"doublequote": []}, {"lineterminator": '"'}):
    attempt(csv.reader, ["a,b"], **options)
attempt(csv.reader, 5)
attempt(csv.reader, [b"bytes"])
attempt(csv.reader, ["a\rb"])
attempt(csv.reader, ['"open'], strict=True)
attempt(csv.reader, ['"open'])
attempt(csv.reader, ["x" * 10])
attempt(csv.writer, 5)
attempt(csv.get_dialect, "none")
attempt(csv.unregister_dialect, "none")
attempt(csv.register_dialect, 5)
attempt(csv.register_dialect, "bad", 5, 6)
attempt(csv.field_size_limit, "x")
print(csv.field_size_limit(5))
attempt(csv.reader, ["abcdefg"])
print(csv.field_size_limit(131072))
attempt(d.__setattr__, "delimiter", "x")
attempt(csv.reader)

people = csv.DictReader(["name,age,city", "Ann,30,Oslo,extra", "Bob,25", "", "Cy,1,X"], restkey="rest", restval="-")
print(people.fieldnames, list(people), people.line_num)
out = io.StringIO()
writer = csv.DictWriter(out, ["a", "b"], restval="?", extrasaction="ignore", lineterminator="\n")
writer.writeheader()
writer.writerows([{"a": 1, "b": 2}, {"a": 3, "z": 9}])
print(repr(out.getvalue()))
attempt(csv.DictWriter(out, ["a"]).writerow, {"q": 1})
sample = "name;age;city\nAnn;30;Oslo\nBob;25;Rome\n"
found = csv.Sniffer().sniff(sample)
print(found.delimiter, found.quotechar, csv.Sniffer().has_header(sample), list(csv.reader(sample.splitlines(), found)))
attempt(csv.Sniffer().sniff, "abc")
rows = [["a", 'b"c', "d\ne", "", "ü"], ["1", "2,3", "'", " x ", "\\"]]
for options in ({}, {"quoting": csv.QUOTE_ALL}, {"delimiter": ";"}, {"doublequote": False, "escapechar": "\\"}, {"quoting": csv.QUOTE_NONE, "escapechar": "^"}):
    out = io.StringIO(newline="")
    csv.writer(out, **options).writerows(rows)
    out.seek(0)
    print(list(csv.reader(out, **options)) == rows)
