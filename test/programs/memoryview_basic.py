"""memoryview: reading, writing through, slices, formats, release."""
data = bytearray(b"abcdefgh")
view = memoryview(data)
print(len(view), view[0], view[-1], bytes(view[2:5]), view[::2].tobytes(), view.tolist(), view.nbytes, view.itemsize, view.format, view.readonly, view.ndim, view.shape, view.strides)
view[0] = 65
view[1:3] = b"XY"
print(data, view == data, view[3:] == b"defgh", b"X" in bytes(view), list(view[:2]), view.hex())
sub = view[2:6]
sub[0] = 48
print(data, sub.tobytes(), len(sub), bytes(sub[::-1]))
print(memoryview(b"ro").readonly, memoryview(b"ab") == memoryview(b"ab"), hash(memoryview(b"ab")) == hash(b"ab"), bytes(memoryview(b"q")))
ints = memoryview(bytearray(8)).cast("I")
ints[1] = 0x01020304
print(ints.tolist(), ints.itemsize, ints.tobytes(), len(ints), ints.cast("B")[4])
for f in (lambda: memoryview(b"a").__setitem__(0, 1), lambda: view.__setitem__(0, 256), lambda: view.__setitem__(slice(0, 2), b"abc"), lambda: memoryview("a"), lambda: view[100], lambda: data.append(1), lambda: memoryview(1), lambda: view["a"]):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ":", e)
sub.release()
with view as v:
    print(v[0])
try:
    view[0]
except ValueError as e:
    print(e)
data.append(33)
print(data)
