"""What is there, and at which price."""

from collections import namedtuple

from . import errors
from .money import Money

Line = namedtuple("Line", "name price count")


class Item:
    def __init__(self, name, price, count):
        self.name = name
        self.price = price
        self._count = count

    @property
    def count(self):
        return self._count

    @count.setter
    def count(self, value):
        if value < 0:
            raise errors.OutOfStock(self, self._count - value)
        self._count = value


class Stock:
    def __init__(self):
        self._items = {}

    @classmethod
    def read(cls, path):
        """Reads lines of `name; price; count`; `#` begins a comment."""
        stock = cls()
        with open(path, encoding="utf-8") as file:
            for number, text in enumerate(file, 1):
                text = text.partition("#")[0].strip()
                if text:
                    stock.add(cls.parse_line(text, number))
        return stock

    @staticmethod
    def parse_line(text, number):
        try:
            line = Line(*(part.strip() for part in text.split(";")))
            return Item(line.name, Money.parse(line.price), int(line.count))
        except (TypeError, ValueError) as error:
            raise errors.ShopError(f"line {number} is not 'name; price; count': {text!r}") from error

    def add(self, item):
        self._items[item.name] = item

    def __getitem__(self, name):
        try:
            return self._items[name]
        except KeyError:
            raise errors.UnknownItem(name) from None

    def __iter__(self):
        return iter(sorted(self._items.values(), key=lambda item: item.name))

    def __len__(self):
        return len(self._items)

    @property
    def value(self):
        return sum(item.price * item.count for item in self)
