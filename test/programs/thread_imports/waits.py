from . import lock

lock.acquire()
got = True
