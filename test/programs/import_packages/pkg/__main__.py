import sys
print(__name__, __spec__.name if __spec__ else None, __package__, sys.argv[0].rsplit("/", 1)[-1])
flag = "run"
