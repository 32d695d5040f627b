"""Hashes of tuples and slices as CPython computes them, and as keys: subclasses, nesting, unhashable items."""
for t in [(), (1,), (1,2), (-1,), (-1,-2,0), ((1,2),(3,(4,5))), (None,)*0, (1<<40, -5), (2**61-1, 2**61), (1.5, 2.0), (True, False), tuple(range(100)), (-(2**63),), (0.1, 1e300, -0.5), (1<<70,)]:
    print(hash(t), hash(t) == hash(tuple(list(t))), {t: 1}[t], t in {t}, hash(slice(1, -1, 2)) )
class T(tuple): pass
class U(tuple):
    def __hash__(self): return 5
print(hash(T((1,2))) == hash((1,2)), {(1,2): 3}[T((1,2))], hash(U((1,))), {U((1,)): 1}, {(U((1,)), 2): 1}[(U((1,)), 2)], hash(frozenset([(1,2)])))
for f in (lambda: hash(([],)), lambda: {([],): 1}, lambda: {(1, {})}, lambda: hash((1, (2, []))), lambda: hash(slice([], 1))):
    try: f()
    except TypeError as e: print(e)
