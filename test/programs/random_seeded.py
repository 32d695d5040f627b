"""random with a seed gives the numbers of CPython, by every method and kind of seed."""
import random


def attempt(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except Exception as error:
        print(f"{type(error).__name__}: {error}")


for seed in (0, 1, -5, 2**70, 1.5, "text", b"bytes", bytearray(b"ba"), "", None and 0):
    r = random.Random(0 if seed is None else seed)
    print(repr(seed), [r.random() for _ in range(2)], r.getrandbits(70), r.randrange(10**20), r.randint(-5, 5))
r = random.Random(42)
print(r.uniform(1, 5), r.triangular(0, 10, 3), r.gauss(0, 1), r.normalvariate(5, 2), r.lognormvariate(), r.expovariate(2), r.betavariate(1, 2), r.gammavariate(2, 1), r.gammavariate(0.5, 1), r.vonmisesvariate(1, 4), r.paretovariate(3), r.weibullvariate(1, 2), r.binomialvariate(10, 0.3), r.binomialvariate(1000, 0.5))
print(r.choice("abcdef"), r.choices("abc", k=5), r.choices("abc", [1, 5, 1], k=5), r.choices([1, 2], cum_weights=[1, 10], k=3), r.sample(range(1000), 5), r.sample("abcdef", 6), r.sample(["x", "y"], counts=[3, 1], k=3), r.randbytes(5), r.randrange(0, 100, 7), r.randrange(5), r.getrandbits(0), r.sample(range(10**9), 3))
deck = list(range(10))
r.shuffle(deck)
print(deck)
state = r.getstate()
first = [r.random(), r.gauss(0, 1), r.randint(0, 9)]
r.setstate(state)
print(first == [r.random(), r.gauss(0, 1), r.randint(0, 9)], state[0], len(state[1]), state[2])
r.seed("version one", version=1)
print(r.random())
random.seed(7)
print(random.random(), random.choice([1, 2, 3]), random.randint(1, 6), random.sample(range(5), 2))
for f, args, kwargs in ((r.randrange, (0,), {}), (r.randint, (5, 1), {}), (r.choice, ([],), {}), (r.sample, ([1, 2], 3), {}), (r.choices, ([1], [0]), {}), (r.choices, ([1, 2], [1]), {}), (r.sample, ({1, 2}, 1), {}), (r.getrandbits, (-1,), {}), (r.randrange, (1.5,), {}), (r.seed, ([],), {}), (r.setstate, (5,), {}), (r.shuffle, ((1, 2),), {}), (r.randrange, (1, 5, 0), {}), (r.choices, ([],), {}), (r.expovariate, (0,), {}), (r.sample, ([1], -1), {})):
    attempt(f, *args, **kwargs)


class Mine(random.Random):
    def random(self):
        return 0.5


m = Mine()
print(m.randrange(10), m.choice("abcd"), m.uniform(0, 4), isinstance(random.SystemRandom().random(), float), 0 <= random.SystemRandom().randrange(10) < 10)
