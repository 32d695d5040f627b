# Files that nobody closes: written at the end or when a collection finds them, never running out of descriptors.
# args: {scratch}
import gc
import os
import sys

folder = sys.argv[1]
path = os.path.join(folder, "a.txt")


def write(text):
    f = open(path, "w")
    f.write(text)


write("first")
gc.collect()
print(open(path).read())

with open(path, "w") as f:
    f.write("x" * 10)
total = 0
for i in range(5000):
    total += len(open(path).read())
print(total)

kept = open(os.path.join(folder, "kept.txt"), "w")
kept.write("written at the end")
print("end")
