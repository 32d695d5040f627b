import sys
print("failing runs", __name__ in sys.modules)
1 / 0
