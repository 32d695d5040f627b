"""Orders: either all their lines are taken from the stock, or none."""

from .discounts import best
from .errors import ShopError


class Reservation:
    """A context that gives everything back when an error leaves it."""

    def __init__(self, stock):
        self.stock = stock
        self.taken = []

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if error is not None:
            for item, count in reversed(self.taken):
                item.count += count
            self.taken.clear()
        return isinstance(error, ShopError)

    def take(self, name, count):
        item = self.stock[name]
        item.count -= count
        self.taken.append((item, count))


def read_orders(path):
    """Yields (customer, [(name, count), ...]) of each line `customer: count name, count name`."""
    with open(path, encoding="utf-8") as file:
        for text in file:
            customer, colon, rest = text.strip().partition(":")
            if colon:
                pairs = (part.split(None, 1) for part in rest.split(","))
                yield customer, [(name, int(count)) for count, name in pairs]


def place(stock, customer, lines):
    """Places an order and returns the line of the report."""
    problem = None
    with Reservation(stock) as reservation:
        try:
            for name, count in lines:
                reservation.take(name, count)
        except ShopError as error:
            problem = error
            raise
    if problem:
        return None, f"{customer:<8} refused: {problem}"
    name, factor = best(reservation.taken)
    price = sum(item.price * count for item, count in reservation.taken) * factor
    return price, f"{customer:<8} {price:>8} (discount: {name})"
