"""A small shop: an example of a package with submodules and relative imports. Run with `-m shop [ORDERS]`."""

from .money import Money
from .stock import Stock

__all__ = ["Money", "Stock", "VERSION"]
VERSION = "1.0"
