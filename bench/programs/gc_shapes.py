# Keeps a shape alive and replaces its parts: what that costs beside making the same parts and dropping each at once. ARGS: the shape, its megabytes
# (as Protospace has them), how many times over its parts are replaced. 0: nothing is replaced, and all garbage collected: how much is alive.
import gc
import sys
import time


def tree(depth):
    return [tree(depth - 1), tree(depth - 1)] if depth else [None, None]


def chain(n):
    node = None
    for i in range(n):
        node = [i, node]
    return node


# name: kilobytes of a part, what makes one
SHAPES = {
    'trees': (64, lambda: tree(8)),
    'lists': (3320, lambda: [(i, i) for i in range(50000)]),
    'dicts': (92, lambda: {i: [i] for i in range(512)}),
    'linked': (64, lambda: chain(512)),
}
# Of one linked list of 10^7 nodes nothing is replaced, but other parts beside it.
NODES = 10_000_000
BESIDE = 50

shape, megabytes, turns = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
kilobytes, make = SHAPES[shape]
parts = (BESIDE if shape == 'linked' else megabytes) * 1024 // kilobytes


def drop(n):
    for _ in range(n):
        make()


def replace(n):
    for turn in range(n):
        live[(turn * 7919) % parts] = make()


def timed(action, n):
    began, worked = time.perf_counter(), time.process_time()
    action(n)
    return time.perf_counter() - began, time.process_time() - worked


drop(100)
alone = timed(drop, int(megabytes * 1024 // kilobytes * turns))
kept = chain(NODES) if shape == 'linked' else None
live = [make() for _ in range(parts)]
if turns == 0:
    gc.collect()
with_it = timed(replace, int(megabytes * 1024 // kilobytes * turns))
print('result', len(live))
print('alone', alone[0])
print('alone_cpu', alone[1])
print('cpu', with_it[1])
print('elapsed', with_it[0])
