# KeyboardInterrupt in the main thread, wherever it is.
import _thread
import time


def soon():
    time.sleep(0.02)
    _thread.interrupt_main()


def lines(f, tb):
    numbers = []
    while tb := tb.tb_next:
        numbers.append(tb.tb_lineno - f.__code__.co_firstlineno)
    return numbers


def loop():
    while True: pass


def loop_in_try():
    try:
        while True:
            pass
    except KeyboardInterrupt:
        print('in loop_in_try')
        raise


def calls():
    def nothing():
        pass
    while True:
        nothing()


for f in (loop, loop_in_try):
    _thread.start_new_thread(soon, ())
    try:
        f()
    except KeyboardInterrupt as e:
        print(f.__name__, lines(f, e.__traceback__))
_thread.start_new_thread(soon, ())
try:
    calls()
except KeyboardInterrupt:
    print('calls')
_thread.start_new_thread(soon, ())
try:
    [x for x in iter(int, 1)]
except KeyboardInterrupt:
    print('comprehension')
_thread.start_new_thread(soon, ())
try:
    sorted([3, 1, 2], key=lambda x: loop())
except KeyboardInterrupt:
    print('key function')
