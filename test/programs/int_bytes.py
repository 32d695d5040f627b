"""int.to_bytes and int.from_bytes."""
print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (255).to_bytes(), (-1).to_bytes(2, "big", signed=True))
print((-129).to_bytes(2, "little", signed=True), (0).to_bytes(0, "big"), (2**100).to_bytes(13, "big"))
print((10**30).to_bytes(20, "little"), (-(10**30)).to_bytes(20, "big", signed=True))
print(int.from_bytes(b"\x00\x10", "big"), int.from_bytes(b"\x00\x10", "little"), int.from_bytes(b"\xfc\x00", "big", signed=True))
print(int.from_bytes(b"\xff" * 20, "big"), int.from_bytes(b"\xff" * 20, "big", signed=True), int.from_bytes(b""), int.from_bytes([1, 2, 3], "big"))
for value, length, order, signed in ((256, 1, "big", False), (-1, 1, "big", False), (128, 1, "big", True), (1, 1, "middle", False), (1, -1, "big", False)):
    try:
        print(value.to_bytes(length, order, signed=signed))
    except Exception as e:
        print(type(e).__name__ + ":", e)
for n in (0, 1, 127, 128, 65535, 2**31, 2**53, 2**64, 12345678901234567890):
    data = n.to_bytes(16, "little")
    assert int.from_bytes(data, "little") == n
    assert int.from_bytes(data[::-1], "big") == n
print("round trips")
