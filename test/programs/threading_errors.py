# An uncaught exception in a thread is reported by threading.excepthook, and the others go on.
import sys
import threading


def fails():
    raise ValueError('first')


def exits():
    sys.exit(3)


def chained():
    try:
        {}['key']
    except KeyError as e:
        raise RuntimeError('second') from e


for f in (fails, exits, chained):
    t = threading.Thread(target=f, name=f'named-{f.__name__}')
    t.start()
    t.join()
    print(t.is_alive())

caught = []


def hook(args):
    caught.append((args.exc_type.__name__, str(args.exc_value), args.thread.name, args.exc_traceback is not None))


threading.excepthook = hook
t = threading.Thread(target=fails, name='hooked')
t.start()
t.join()
print(caught)
print(type(threading.__excepthook__).__name__)
