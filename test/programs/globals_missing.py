# Names of code that runs with a dict subclass as globals come from its __missing__, as LOAD_GLOBAL does.
import types


class Names(dict):
    def __missing__(self, key):
        if key == "hidden":
            raise KeyError(key)
        return key.upper()


def f():
    return name, other


g = types.FunctionType(f.__code__, Names(other=1))
print(g())
h = types.FunctionType((lambda: len).__code__, Names())
print(h())
k = types.FunctionType((lambda: hidden).__code__, Names())
try:
    k()
except NameError as e:
    print(e)
