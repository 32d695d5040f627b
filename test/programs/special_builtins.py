"""Built-in functions and classes in the place of special methods are called without the instance."""
from typing import NewType


class Builtins:
    __call__ = len
    __getitem__ = abs
    __len__ = int


class Static:
    __call__ = staticmethod(lambda x: x + 1)


class Bound:
    __call__ = [1, 2].append


class Meta(type):
    __call__ = max


class Made(metaclass=Meta):
    pass


b = Builtins()
print(len(b), b[-5], b([1, 2]), Static()(4), Bound()(3), Bound.__call__.__self__, Made(3, 9), NewType("N", int)(5))
