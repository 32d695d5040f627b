import atexit
import threading


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


def f(*args, **kwargs):
    print('f', args, kwargs)


print(atexit.register(f, 1, x=2) is f, atexit._ncallbacks())
print(shown(atexit.register, 3), shown(atexit.register), shown(atexit.unregister))
atexit.register(f, 3)
atexit.register(print, 'kept')
print(atexit._ncallbacks(), atexit.unregister(f), atexit._ncallbacks(), atexit.unregister(f))


class Equal:
    def __eq__(self, other):
        return True

    def __repr__(self):
        return 'Equal()'

    def __call__(self):
        print('called')


atexit.register(Equal())
atexit.unregister(3)
print(atexit._ncallbacks())


class Fails:
    def __repr__(self):
        return 'Fails()'

    def __call__(self):
        raise ValueError('at exit')


class Exits(Fails):
    def __call__(self):
        raise SystemExit(9)


atexit.register(Fails())
atexit.register(Exits())


@atexit.register
def registers():
    print('registers')
    atexit.register(print, 'too late')


atexit.register(f, 'last', key=1)
t = threading.Thread(target=lambda: atexit.register(print, 'from a thread'))
t.start()
t.join()
print(atexit._ncallbacks())
