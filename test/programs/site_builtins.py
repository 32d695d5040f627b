# exit, quit, copyright, credits, license and help are there without an import.
import builtins
import io
import sys

print(exit, quit, credits, license, help, sep='\n')
print(repr(copyright) == sys.copyright, type(exit), type(help), type(license), exit.name, quit.name, exit.eof)
print({'exit', 'quit', 'copyright', 'credits', 'license', 'help'} <= set(dir(builtins)))
for leave in exit, quit:
    for arguments in [(), (3,), ('text',), (None,)]:
        sys.stdin = io.StringIO()
        try:
            leave(*arguments)
        except SystemExit as e:
            print(leave.name, arguments, repr(e.code), sys.stdin.closed)
sys.stdin = None
try:
    exit(code=5)
except SystemExit as e:
    print(repr(e))
try:
    exit(1, 2)
except TypeError as e:
    print(e)


class Documented:
    """A class with a docstring."""


help(Documented.__name__ + '_missing')
