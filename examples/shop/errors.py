"""What can go wrong in a shop."""


class ShopError(Exception):
    """Base of the errors of this package."""


class UnknownItem(ShopError, KeyError):
    def __str__(self):
        return f"no item {self.args[0]!r}"


class OutOfStock(ShopError):
    def __init__(self, item, wanted):
        super().__init__(f"{wanted} of {item.name} wanted, {item.count} there")
        self.item = item
        self.wanted = wanted
