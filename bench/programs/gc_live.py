# Keeps ARG megabytes alive, replaces parts of them ARG times their size over: what the collector stops the world for.
import sys
import time

megabytes = int(sys.argv[1])
turns = float(sys.argv[2])
# A node is a list of two items with its storage: 128 bytes.
GROUP = 512
groups = megabytes * 1024 * 1024 // (GROUP * 128)


def build(n):
    node = None
    for i in range(n):
        node = [i, node]
    return node


live = [build(GROUP) for _ in range(groups)]
began, worked = time.perf_counter(), time.process_time()
for turn in range(int(groups * turns)):
    live[(turn * 7919) % groups] = build(GROUP)
elapsed, cpu = time.perf_counter() - began, time.process_time() - worked
count = 0
for group in live[:: max(1, groups // 100)]:
    while group is not None:
        count += 1
        group = group[1]
print('result', count)
print('cpu', cpu)
print('elapsed', elapsed)
