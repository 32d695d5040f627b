"""A discrete-event simulation of a small bank: clerks, customers of several kinds, breaks.

usage: eventsim.py [CUSTOMERS [SEED]]      (1000 1)

Events wait in a heap; each event is an object that knows what to do. Random numbers come from a generator of our own,
so that every run with the same seed is the same everywhere.
"""

import heapq
import math
import sys
from collections import deque


class Random:
    """A linear congruential generator of 64 bits, of which the upper 32 are used."""

    def __init__(self, seed):
        self.state = seed & 0xFFFFFFFFFFFFFFFF

    def bits(self):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return self.state >> 32

    def uniform(self):
        return self.bits() / 2**32

    def exponential(self, mean):
        return -mean * math.log(1.0 - self.uniform())

    def choice(self, items):
        return items[self.bits() * len(items) >> 32]


class Customer:
    """A customer; the subclasses say how long the service takes and how patient they are."""

    kind = "customer"
    service_mean = 4.0
    patience = math.inf

    def __init__(self, number, arrival):
        self.number = number
        self.arrival = arrival
        self.started = None

    def service_time(self, random):
        return random.exponential(self.service_mean)

    def gives_up(self, now):
        return now - self.arrival > self.patience


class Hurried(Customer):
    kind = "hurried"
    service_mean = 2.0
    patience = 6.0


class Talkative(Customer):
    kind = "talkative"

    def service_time(self, random):
        return 3.0 + super().service_time(random)


class Business(Customer):
    kind = "business"
    service_mean = 7.0
    patience = 30.0


class Event:
    """Something that happens at a time; events of one time happen in the order of their making."""

    made = 0

    def __init__(self, time):
        self.time = time
        Event.made += 1
        self.order = Event.made

    def __lt__(self, other):
        return (self.time, self.order) < (other.time, other.order)

    def happen(self, bank):
        raise NotImplementedError(type(self).__name__)


class Arrival(Event):
    kinds = (Customer, Customer, Hurried, Talkative, Business)

    def __init__(self, time, number):
        super().__init__(time)
        self.number = number

    def happen(self, bank):
        kind = bank.random.choice(self.kinds)
        bank.enter(kind(self.number, self.time))
        if self.number < bank.expected:
            bank.schedule(Arrival(self.time + bank.random.exponential(1.5), self.number + 1))


class Departure(Event):
    def __init__(self, time, clerk, customer):
        super().__init__(time)
        self.clerk = clerk
        self.customer = customer

    def happen(self, bank):
        bank.served(self.customer, self.time)
        self.clerk.free(bank)


class BreakEnd(Event):
    def __init__(self, time, clerk):
        super().__init__(time)
        self.clerk = clerk

    def happen(self, bank):
        self.clerk.on_break = False
        self.clerk.free(bank)


class Clerk:
    """Serves one customer after the other and rests after every 50."""

    def __init__(self, name):
        self.name = name
        self.customers = 0
        self.busy = 0.0
        self.on_break = False

    def serve(self, bank, customer):
        customer.started = bank.now
        duration = customer.service_time(bank.random)
        self.customers += 1
        self.busy += duration
        bank.schedule(Departure(bank.now + duration, self, customer))

    def free(self, bank):
        if self.customers % 50 == 49 and not self.on_break:
            self.on_break = True
            self.customers += 1
            bank.schedule(BreakEnd(bank.now + 15.0, self))
            return
        customer = bank.next_customer()
        if customer:
            self.serve(bank, customer)
        else:
            bank.idle.append(self)


class Statistics:
    """Count, mean and maximum of a series of numbers."""

    def __init__(self):
        self.count = 0
        self.total = 0.0
        self.highest = 0.0

    def add(self, value):
        self.count += 1
        self.total += value
        self.highest = max(self.highest, value)

    def __format__(self, spec):
        mean = self.total / self.count if self.count else 0.0
        return f"{self.count:>6} mean {mean:{spec}} highest {self.highest:{spec}}"


class Bank:
    def __init__(self, expected, seed, clerks=("Ada", "Grace", "Alan")):
        self.random = Random(seed)
        self.expected = expected
        self.events = []
        self.now = 0.0
        self.queue = deque()
        self.clerks = [Clerk(name) for name in clerks]
        self.idle = deque(self.clerks)
        self.waits = {}
        self.lost = {}
        self.longest_queue = 0

    def schedule(self, event):
        heapq.heappush(self.events, event)

    def enter(self, customer):
        if self.idle:
            self.idle.popleft().serve(self, customer)
        else:
            self.queue.append(customer)
            self.longest_queue = max(self.longest_queue, len(self.queue))

    def next_customer(self):
        while self.queue:
            customer = self.queue.popleft()
            if not customer.gives_up(self.now):
                return customer
            self.lost[customer.kind] = self.lost.get(customer.kind, 0) + 1
        return None

    def served(self, customer, now):
        self.waits.setdefault(customer.kind, Statistics()).add(customer.started - customer.arrival)

    def run(self):
        self.schedule(Arrival(0.0, 1))
        while self.events:
            event = heapq.heappop(self.events)
            self.now = event.time
            event.happen(self)

    def report(self):
        print(f"closed after {self.now:.3f} minutes, {Event.made} events, longest queue {self.longest_queue}")
        for kind in sorted(self.waits):
            print(f"{kind:<10} waited {self.waits[kind]:7.3f}, gave up {self.lost.get(kind, 0)}")
        for clerk in self.clerks:
            print(f"{clerk.name:<6} worked {clerk.busy:9.3f} minutes, {100 * clerk.busy / self.now:5.1f} %")


def main(args):
    customers = int(args[0]) if args else 1000
    seed = int(args[1]) if len(args) > 1 else 1
    bank = Bank(customers, seed)
    bank.run()
    bank.report()


if __name__ == "__main__":
    main(sys.argv[1:])
