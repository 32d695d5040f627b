import threading
import time


def slow():
    threading.main_thread().join()
    print('slow ends', flush=True)


threading.Thread(target=slow).start()
raise ValueError('main')
