import threading
import time


def slow():
    time.sleep(0.05)
    print('slow ends', flush=True)


threading.Thread(target=slow).start()
raise ValueError('main')
