# SyntaxWarnings of the parser and the compiler.
for s in ("x is ()", "x is (1,)", "x is (a,)", "x is []", "x is {}", "() is x", "x is (1,(2,))", "x is not 'a'", "x is -1", "x is ...", "x is None", "x is f'a'", "x is b'a'", "x is 1+1", "x is (1, -1)", "() is ()", "x is __debug__", "1 is 1", "x == 1 is y",
  "()()", "[]()", "{}()", "(1)()", "(1,)()", "1.5()", "''()", "b''()", "f''()", "None()", "...()", "(lambda: 0)()", "(x for x in y)()", "[x for x in y]()", "{x}()", "{1:2}()","True()",
  "1[0]", "None[0]", "(1)[0]", "{1}[0]", "(lambda:0)[0]", "f''[0]", "''['a']", "[]['a']", "()['a']", "''[1.5]", "()[None]", "[][()]", "b''['a']", "[1][(1,2)]", "''[()]", "(x for x in y)[0]", "()[f'']", "{1,2}['a']", "{x for x in y}[1]", "{}[[]]", "f''['a']", "[x for x in y]['a']", "1j[0]", "True[0]", "...[0]", "''['a':'b']", "[][lambda: 0]","assert (1, 'x')", "assert ()", "assert (x, 'y')", "'\\d'", "b'\\d'", "'\\777'", "b'\\400'", "f'\\d'", "rf'\\d'", "f'{x}\\d'", "0x1for x in y", "1or 2", "1if x else 2", "0b1and 2", "1.0or 2", "1jor 2", "'''\\d\n\\e'''", "'\\N{DIGIT ONE}\\q'","return_ = 1", "while 0: pass", "1 if 1 in[] else 2", "0o7in x", "1_0in x"):
    print(s, flush=True)
    try: compile(s, "<x>", "exec")
    except SyntaxError as e: print("  SE", e)
