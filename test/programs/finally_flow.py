# try/except/else/finally: control flow in every combination.
def log(*a): print(*a)
def f1():
    try: return "try"
    finally: log("fin")
def f2():
    try: 1 / 0
    except ZeroDivisionError: return "except"
    else: return "else"
    finally: log("fin")
def f3():
    try: pass
    except ValueError: return "except"
    else: return "else"
    finally: log("fin")
def f4():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: break
            log("body", i)
        finally: log("fin", i)
    else: log("no break")
    return "done"
def f5():
    while True:
        try:
            try: return "inner"
            finally: log("f1")
        finally: log("f2")
def f6():
    try:
        try: raise ValueError("a")
        finally: log("cleanup")
    except ValueError as e: return f"caught {e}"
def f7():
    x = []
    try:
        x.append(1)
        return x
    finally: x.append(2)
def f8():
    x = 1
    try: return x
    finally: x = 2
def f9():
    try: raise ValueError("orig")
    except ValueError:
        try: raise KeyError("nested")
        except KeyError as e: log(repr(e.__context__))
        raise
def f10():
    try: raise ValueError("v")
    except (TypeError, ValueError) as e: r = e
    return repr(r), "e" in locals()
def f11():
    for i in range(2):
        for j in range(3):
            try:
                if j == 1: break
            finally: log(i, j)
        else: log("inner else")
    return "end"
def f12():
    try:
        raise ValueError
    except TypeError: log("no")
    except ValueError: log("yes")
    except Exception: log("no")
    else: log("no")
    return 12
def f13(n):
    try:
        if n == 0: return "zero"
        return f13(n - 1)
    finally: log("unwind", n)
def f14():
    def gen():
        try: yield 1; yield 2
        finally: log("gen fin")
    for v in gen():
        if v == 1: break
    return "left"
def f15():
    try:
        try: 1 / 0
        except ZeroDivisionError as e:
            e = "rebound"
            log(e)
    finally: log("f")
    try: e
    except NameError as n: return str(n)
def f16():
    try: raise SystemExit(3)
    except BaseException as e: return repr(e)
def f17():
    class E(Exception): pass
    def thrower(): raise E
    try: thrower()
    except E: return "custom"
def f18():
    def exc(): log("evaluated"); return ValueError
    try: raise ValueError
    except exc(): return "dynamic"
def f19():
    def exc(): log("not evaluated"); return ValueError
    try: pass
    except exc(): pass
    return "skipped"
def f20():
    out = []
    for i in range(5):
        try:
            try:
                if i % 2: raise ValueError(i)
            except ValueError:
                continue
            else: out.append(("else", i))
            finally: out.append(("fin", i))
        finally: out.append(("outer", i))
    return out
def f21():
    try:
        return [log("in try"), 1 / 0]
    except ZeroDivisionError:
        return "from handler"
    finally: log("last")
def f22():
    while True:
        try: break
        finally: log("on break")
    i = 0
    while i < 2:
        i += 1
        try: continue
        finally: log("on continue")
    return i
for fn in (f1, f2, f3, f4, f5, f6, f7, f8, f10, f11, f12, f15, f16, f17, f18, f19, f20, f21, f22): print(fn.__name__, fn())
try: f9()
except Exception as e: print(repr(e))
print(f13(2))
