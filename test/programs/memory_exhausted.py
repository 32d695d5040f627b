"""Requests for more memory than there is raise MemoryError, and the program goes on."""
for e in ("[0] * 10**13", "'a' * 10**14", "bytes(10**14)", "bytearray(10**14)"):
    try:
        eval(e)
    except MemoryError:
        print(e, "MemoryError")
print(sum(range(10)))
