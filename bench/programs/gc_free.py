# Fills ARG megabytes, lets them go, collects twice: what of them is resident still.
import gc
import sys


def resident():
    with open('/proc/self/status') as status:
        for line in status:
            if line.startswith('VmRSS'):
                return int(line.split()[1]) / 1000
    return 0


# A list of two items with its storage is 128 bytes.
nodes = [[i, None] for i in range(int(sys.argv[1]) * 1024 * 1024 // 128)]
print('full', resident())
del nodes
gc.collect()
gc.collect()
print('resident', resident())
