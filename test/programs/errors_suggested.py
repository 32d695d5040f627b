# "Did you mean" of keyword arguments and misspelt keywords, incomplete sources, null bytes, exceptions of modules.
import codeop
import queue


def g(a, b, *, key, other=1):
    pass


def h(first, /, second=2):
    pass


for call in ['g(1, 2, keu=3)', 'g(1, 2, key=3, othr=4)', 'g(1, 2, key=3, nothing=4)', 'h(1, secnod=1)', 'h(1, firs=2)',
             'h(first=1)', 'g(1, 2, kee=1, **{"bb": 2})']:
    try:
        eval(call)
    except TypeError as e:
        print(call, '->', e)

for source in ['a = 1; fro math import x', 'whille True:\n  pass', 'def f():\n  retrun 5', 'x = 1 iff y else 2', 'a b',
               'class A:\n  def f(self):\n    fr x in y: pass', 'f(a b)', 'x = = 1']:
    try:
        compile(source, '<text>', 'exec')
    except SyntaxError as e:
        print(e, e.args, e._metadata)

for source in ['if 1:', 'x = (', '"""a', 'a b', 'x = 1', 'def f():\n  pass', 'def f():\n  pass\n', 'f(a,\n', 'if 1+:', '"a',
               'for x in y:\n', '[1, 2', 'x = \\', 'try:\n  pass', '@d', '']:
    try:
        print(repr(source), codeop.compile_command(source) is not None)
    except SyntaxError as e:
        print(repr(source), type(e).__name__, e)
try:
    compile('if 1:\n', '<text>', 'exec', 0x4000)
except SyntaxError as e:
    print(type(e).__name__, type(e).__mro__[1].__name__, e)

for call in ['compile("x\\0", "a", "exec")', 'eval("x\\0")', 'exec(b"x\\0")']:
    try:
        eval(call)
    except SyntaxError as e:
        print(call, '->', e, e.msg, e.args, e.filename)

print([repr(queue.Empty()), repr(queue.Empty(1, 2)), str(queue.Empty)])
print([format(2j, spec) for spec in ('.6,f', '.7_e', ',.5,f', '.4_f')], format(123456.123456j, '_.6,f'))
