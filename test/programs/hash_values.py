# Hashes that do not depend on the process: ints, floats, complex numbers, tuples, frozensets, ranges, slices, None.
print(hash(()), hash((1,)), hash((1,2)), hash((1,2,3)), hash((-1,-2)), hash((0,0.5,2**70, True, None)), hash(((1,2),(3,(4,)))))
print(hash(frozenset()), hash(frozenset([1])), hash(frozenset([1,2,3])), hash(frozenset([-1, 2**65, 0.5, (1,2)])), hash(frozenset(range(100))))
print(hash(0), hash(-1), hash(2**61-1), hash(2**61), hash(-2**61), hash(2**100), hash(0.1), hash(-0.0), hash(1.0), hash(1e300), hash(float('inf')), hash(float('-inf')), hash(1j), hash(1+2j), hash(0.5j+2**70), hash(True), hash(None), hash(range(3)), hash(range(0)), hash(range(5,5)), hash(range(1,10,3)), hash(slice(1,2,3)))
