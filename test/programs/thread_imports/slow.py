import time

from . import note

note(__name__)
ready = False
time.sleep(0.1)
ready = True
