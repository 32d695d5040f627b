# The limit on nested blocks.
def t(src):
    try: compile(src, "f", "exec"); print("ok")
    except SyntaxError as e: print(e, e.lineno, e.offset, e.end_offset)
for n in (19,20,21,22): t("def f():\n" + "".join(" " * (i + 1) + f"while x:\n" for i in range(n)) + " " * (n+1) + "pass\n")
for n in (19,20,21,22): t("def f():\n" + "".join(" " * (i + 1) + f"with x:\n" for i in range(n)) + " " * (n+1) + "pass\n")
for n in (9,10,19,20,21,22): t("def f():\n" + "".join(" " * (i + 1) + f"try:\n" for i in range(n)) + " " * (n+1) + "pass\n" + "".join(" " * (n-i) + f"except: pass\n" for i in range(n)))
for n in (9,10,19,20,21,22): t("def f():\n" + "".join(" " * (i + 1) + f"try:\n" for i in range(n)) + " " * (n+1) + "pass\n" + "".join(" " * (n-i) + f"finally: pass\n" for i in range(n)))
for n in (6,7,9,10,11,19,20,21,22): t("def f():\n" + "".join(" " * (i + 1) + f"try: pass\n"+ " " * (i + 1)+"except E:\n" for i in range(n)) + " " * (n+1) + "pass\n" )
for n in (6,7,9,10,11,19,20,21,22): t("def f():\n" + "".join(" " * (i + 1) + f"try: pass\n"+ " " * (i + 1)+"except E as e:\n" for i in range(n)) + " " * (n+1) + "pass\n" )
for n in (9,10,19,20,21,22): t("async def f():\n" + "".join(" " * (i + 1) + f"async for x in y:\n" for i in range(n)) + " " * (n+1) + "pass\n")
t("[" + " ".join(f"for a{i} in b" for i in range(30)) + "]"); t("[a " + " ".join(f"for a{i} in b" for i in range(30)) + "]")
t("async def f(): [a " + " ".join(f"async for a{i} in b" for i in range(30)) + "]")
t("with " + ",".join("a" for i in range(25)) + ": pass")
