import time

time.sleep(0.02)
from . import circle_b

name = 'a'
