"""A package."""
from . import a
from .a import value as renamed
from .sub import deep as deeper

__all__ = ['a', 'later', 'renamed']
