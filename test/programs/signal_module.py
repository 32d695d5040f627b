import os
import signal
import threading
import time


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGPIPE))
print(shown(signal.signal, 100, signal.SIG_DFL), shown(signal.signal, signal.SIGTERM, 7), shown(signal.signal, 'x', 7))
print(shown(signal.signal, signal.SIGKILL, lambda *a: None))
print(signal.Signals(15), signal.strsignal(2), signal.strsignal(15), signal.SIGUSR1 in signal.valid_signals())
seen = []


def handler(number, frame):
    seen.append((signal.Signals(number).name, frame.f_code.co_name))


print(signal.signal(signal.SIGUSR1, handler), signal.getsignal(signal.SIGUSR1) is handler)


def sends():
    os.kill(os.getpid(), signal.SIGUSR1)
    for _ in range(500):
        if seen:
            break
        time.sleep(0.01)


sends()
print(seen)
seen.clear()


def raises():
    signal.raise_signal(signal.SIGUSR1)


raises()
print(seen)
print(signal.signal(signal.SIGUSR1, signal.SIG_IGN) is handler)
signal.raise_signal(signal.SIGUSR1)
os.kill(os.getpid(), signal.SIGUSR1)


class Stop(Exception):
    pass


def stop(number, frame):
    raise Stop(number)


signal.signal(signal.SIGALRM, stop)
for wait in (lambda: time.sleep(100), lambda: threading.Event().wait(), lambda: [x for x in iter(int, 1) if x], signal.pause):
    signal.setitimer(signal.ITIMER_REAL, 0.02)
    print(shown(wait))
print(signal.alarm(100), signal.alarm(0) in (99, 100), signal.alarm(0), signal.getitimer(signal.ITIMER_REAL))
ticks = []
signal.signal(signal.SIGALRM, lambda *a: ticks.append(1))
signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
while len(ticks) < 3:
    signal.pause()
print(signal.setitimer(signal.ITIMER_REAL, 0)[1])
results = []
t = threading.Thread(target=lambda: results.append(shown(signal.signal, signal.SIGTERM, handler)))
t.start()
t.join()
print(results)
signal.signal(signal.SIGINT, lambda *a: print('interrupted'))
signal.raise_signal(signal.SIGINT)
signal.signal(signal.SIGINT, signal.default_int_handler)
print(shown(signal.raise_signal, signal.SIGINT))
