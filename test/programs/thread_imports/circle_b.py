import time

time.sleep(0.02)
from . import circle_a

name = 'b'
