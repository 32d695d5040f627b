"""usage: -m shop [ORDERS]      (data/orders.txt)"""

import os
import sys

from . import VERSION, Money, Stock, errors
from .orders import place, read_orders

DATA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")


def main(args):
    print(f"shop {VERSION}, package {__package__}, module {__name__}")
    try:
        stock = Stock.read(os.path.join(DATA, "stock.txt"))
        orders = list(read_orders(args[0] if args else os.path.join(DATA, "orders.txt")))
    except (OSError, errors.ShopError) as error:
        print(f"shop: {error}", file=sys.stderr)
        return 2
    print(f"{len(stock)} items, worth {stock.value}")
    income = Money()
    for customer, lines in orders:
        price, text = place(stock, customer, lines)
        print(text)
        income = income + (price or Money())
    print(f"income {income}, left {stock.value}")
    for item in stock:
        print(f"  {item.count:>3} {item.name:<12} {item.price:>7}")
    return 0


sys.exit(main(sys.argv[1:]))
