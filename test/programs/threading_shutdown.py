# The program waits for its threads, but for daemons; what ends the main thread is reported first, and decides the exit code.
import atexit
import sys
import threading
import time

atexit.register(lambda: print('atexit'))


def slow():
    threading.main_thread().join()
    print('slow ends')
    late = threading.Thread(target=lambda: print('late ends'))
    late.start()


def daemon():
    time.sleep(1000)


threading.Thread(target=slow).start()
threading.Thread(target=daemon, daemon=True).start()
print('main ends')
sys.exit(5)
