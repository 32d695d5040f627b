# A daemon thread does not keep the program; sys.exit in the main thread ends it with its code.
import _thread
import sys
import time


def forever():
    while True:
        time.sleep(0.001)


for _ in range(3):
    _thread.start_new_thread(forever, ())
print('leaving')
sys.exit(7)
