"""argparse, logging and optparse's neighbours: help texts, errors, subcommands, handlers, formats."""
import argparse
import contextlib
import io
import logging
import sys


def run(parser, *args):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            result = parser.parse_args(args)
        except SystemExit as stop:
            result = f"exit {stop.code}"
    print(args, result, out.getvalue() + err.getvalue(), sep="\n")


parser = argparse.ArgumentParser("prog", description="A program with a description that is long enough to be wrapped over two lines of the help.", epilog="The end.", color=False)
parser.add_argument("files", nargs="*", metavar="FILE", help="files to read")
parser.add_argument("-n", "--number", type=int, default=3, help="a number (default: %(default)s)")
parser.add_argument("-v", "--verbose", action="count", default=0)
parser.add_argument("--flag", action=argparse.BooleanOptionalAction, default=None)
parser.add_argument("-o", "--out", type=argparse.FileType("w") if False else str, dest="output", required=False)
parser.add_argument("--choice", choices=["red", "green"], action="append")
parser.add_argument("--pair", nargs=2, type=float, metavar=("X", "Y"))
parser.add_argument("--const", action="store_const", const=42)
parser.add_argument("--version", action="version", version="%(prog)s 1.0")
parser.add_argument("--hidden", help=argparse.SUPPRESS)
group = parser.add_argument_group("group", "of options")
exclusive = group.add_mutually_exclusive_group()
exclusive.add_argument("-a", action="store_true")
exclusive.add_argument("-b", action="store_false")
run(parser)
run(parser, "x", "y", "-n", "5", "-vvv", "--flag", "--pair", "1", "2.5", "--choice=red", "--choice", "green", "--const", "-a")
run(parser, "--no-flag", "-n7", "--", "-x")
run(parser, "-h")
run(parser, "--version")
for bad in (["-n", "x"], ["--pair", "1"], ["--nope"], ["-a", "-b"], ["--ver", "--numb"], ["-n"], ["--flag=1"], ["--con", "x"]):
    run(parser, *bad)
print(parser.parse_known_args(["--what", "1", "-v"]), parser.parse_args(["f"], argparse.Namespace(old=1)), parser.get_default("number"), parser.format_usage())

commands = argparse.ArgumentParser(prog="tool", color=False, fromfile_prefix_chars="@", allow_abbrev=False)
sub = commands.add_subparsers(dest="command", required=True, title="commands")
add = sub.add_parser("add", help="adds", aliases=["plus"])
add.add_argument("numbers", type=int, nargs="+")
add.set_defaults(run=sum)
remove = sub.add_parser("remove", help="removes", description="Removes.")
remove.add_argument("name", nargs="?", default="all")
remove.add_argument("--force", "-f", action="store_true")
for args in (["add", "1", "2"], ["plus", "3"], ["remove"], ["remove", "x", "-f"], [], ["add"], ["add", "x"], ["-h"], ["remove", "-h"]):
    try:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            result = commands.parse_args(args)
        print(args, {k: v for k, v in vars(result).items() if k != "run"}, result.run(result.numbers) if hasattr(result, "run") else "")
    except SystemExit as stop:
        print(args, stop.code, out.getvalue())


class Upper(argparse.Action):
    def __call__(self, parser, namespace, values, option_string=None):
        setattr(namespace, self.dest, (option_string, values.upper()))


def even(text):
    if int(text) % 2:
        raise argparse.ArgumentTypeError(f"{text} is odd")
    return int(text)


custom = argparse.ArgumentParser("c", formatter_class=argparse.ArgumentDefaultsHelpFormatter, exit_on_error=False, color=False, add_help=False)
custom.add_argument("--up", action=Upper, default="d", help="up")
custom.add_argument("--even", type=even)
custom.add_argument("rest", nargs=argparse.REMAINDER)
print(custom.parse_args(["--up", "x", "--even", "4", "a", "-b"]), custom.format_help())
try:
    custom.parse_args(["--even", "3"])
except argparse.ArgumentError as error:
    print(error)
for bad in (lambda: parser.add_argument("-n"), lambda: parser.add_argument("x", required=True), lambda: parser.add_argument("--q", nargs=0), lambda: parser.add_argument("--q", action="nope"), lambda: parser.add_argument("--q", type="x")):
    try:
        bad()
    except (ValueError, TypeError, argparse.ArgumentError) as error:
        print(type(error).__name__, error)

stream = io.StringIO()
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(levelname)-8s|%(name)s|%(message)s|%(funcName)s|%(lineno)d|%(threadName)s"))
log = logging.getLogger("app")
log.addHandler(handler)
log.setLevel(logging.INFO)
log.propagate = False
child = logging.getLogger("app.child")
log.debug("hidden")
log.info("shown %s %d", "x", 5)
child.warning("from the child %(k)s", {"k": 1})


def work():
    try:
        1 / 0
    except ZeroDivisionError:
        log.exception("failed")
    log.error("with info", exc_info=ValueError("given"))


work()
log.critical("stack", stack_info=False, extra={"custom": 1})
log.log(35, "between")
logging.addLevelName(35, "NOTICE")
log.log(35, "named")
log.disabled = True
log.error("not this")
log.disabled = False
handler.addFilter(lambda record: "secret" not in record.getMessage())
log.info("a secret")
print(stream.getvalue().replace(__file__, "FILE"))
print(child.getEffectiveLevel(), child.isEnabledFor(10), log.handlers == [handler], logging.getLevelName(40), logging.getLevelName("INFO"), log, child.parent is log, logging.getLogger("app") is log, child.getChild("x").name, log.hasHandlers())
braces = logging.Formatter("{asctime}: {message}", style="{", datefmt="%Y", defaults={"q": 1})
record = logging.LogRecord("n", 20, "path/to/file.py", 7, "msg %s", ("arg",), None, "func")
record.created = 0
braces.converter = lambda *a: __import__("time").gmtime(0)
print(braces.format(record), record, logging.makeLogRecord({"msg": "made", "levelno": 10}).getMessage(), record.module, record.filename, logging.Formatter("$message $levelname", style="$").format(record))
adapter = logging.LoggerAdapter(log, {"id": 5})
stream.truncate(0)
stream.seek(0)
adapter.info("adapted")
print(stream.getvalue())
logging.basicConfig(stream=sys.stdout, format="%(levelname)s:%(message)s", level=logging.DEBUG)
logging.debug("root %s", "logger")
logging.warning("a warning")
logging.disable(logging.WARNING)
logging.warning("not shown")
logging.error("shown")
print(logging.getLogger().level, logging.root)
try:
    log.setLevel("NOPE")
except ValueError as error:
    print(error)
