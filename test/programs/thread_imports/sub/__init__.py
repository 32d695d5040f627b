from . import one
from .two import value as two

__all__ = ['one', 'two', 'three']
