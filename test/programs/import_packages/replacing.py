import sys
sys.modules[__name__] = type("Replacement", (), {"answer": 42})()
