# Modules are imported once, whichever threads ask for them, and a thread may park in a module's code.
import _thread
import sys
import time

import thread_imports


def start(f, *args):
    return _thread.start_joinable_thread(lambda: f(*args))


def shown(f):
    try:
        return f()
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


results = []


def slow():
    from thread_imports import slow as module
    results.append(module.ready)


handles = [start(slow) for _ in range(6)]
for h in handles:
    h.join()
print(results, thread_imports.count)


def circle(name):
    module = __import__('thread_imports.circle_' + name, fromlist=['name'])
    results.append(module.name)


def circle_statement():
    import thread_imports.circle_b
    results.append(thread_imports.circle_b.name)


results.clear()
handles = [start(circle, 'a'), start(circle_statement)]
for h in handles:
    h.join()
print(sorted(results))


def fails():
    import thread_imports.fails


def lines(f):
    try:
        f()
    except BaseException as e:
        tb = e.__traceback__
        entries = []
        while tb:
            name = tb.tb_frame.f_code.co_filename.rpartition('/')[2]
            if not name.startswith('<frozen'):
                entries.append((name, tb.tb_frame.f_code.co_name, tb.tb_lineno))
            tb = tb.tb_next
        return entries


print(shown(fails), shown(fails), thread_imports.count['thread_imports.fails'])
print('thread_imports.fails' in sys.modules, hasattr(thread_imports, 'fails'))
print([(file, name) for file, name, _ in lines(fails)], lines(fails)[-1][2])


def forgets():
    import thread_imports.forgets


print(shown(forgets))
import thread_imports.replaces
print(thread_imports.replaces.name, sys.modules['thread_imports.replaces'] is thread_imports.replaces)

thread_imports.lock = _thread.allocate_lock()
thread_imports.lock.acquire()


def later():
    time.sleep(0.05)
    thread_imports.lock.release()


start(later)
import thread_imports.waits
print(thread_imports.waits.got)

from thread_imports.sub import *
print(one.value, two, three.value)


def generator():
    yield 1
    import thread_imports.sub.three as three
    yield three.value


print(list(generator()))
for missing in ('thread_imports.nothing', 'nothing.at.all', 'thread_imports.slow.deeper'):
    print(shown(lambda: __import__(missing)))
try:
    from thread_imports import nothing
except ImportError as e:
    print(e.name, str(e).partition(' (')[0])
try:
    from thread_imports.sub import one, two, four
except ImportError as e:
    print(str(e).partition(' (')[0])
