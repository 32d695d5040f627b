"""Discounts: functions from an order's lines to a factor, kept in a registry by a decorator."""

DISCOUNTS = {}


def discount(name):
    def register(function):
        DISCOUNTS[name] = function
        return function

    return register


@discount("dozen")
def dozen(lines):
    """5 % for twelve pieces or more."""
    return 0.95 if sum(count for _, count in lines) >= 12 else 1.0


@discount("variety")
def variety(lines):
    """10 % for three different items or more."""
    return 0.9 if len({item.name for item, _ in lines}) >= 3 else 1.0


def best(lines):
    """Name and factor of the best discount; ("none", 1.0) when no discount fits."""
    offers = [(function(lines), name) for name, function in DISCOUNTS.items()]
    factor, name = min(offers)
    return ("none", 1.0) if factor == 1.0 else (name, factor)
