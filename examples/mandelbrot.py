"""Draws the Mandelbrot set with several threads and writes it as a PNG picture.

usage: mandelbrot.py [WIDTH HEIGHT [THREADS [OUT.png]]]      (300 200 4; without OUT.png only the checksum is printed)

Each thread takes the next free row. The PNG is made by hand from zlib and struct; the printed checksum is that of the
pixels, so it is the same for every number of threads and every version of zlib.
"""

import struct
import sys
import threading
import zlib

LIMIT = 80
LEFT, RIGHT = -2.2, 0.8


def iterations(cx, cy):
    """Steps until the point leaves the circle of radius 2; LIMIT when it stays."""
    x = y = 0.0
    for step in range(LIMIT):
        xx = x * x
        yy = y * y
        if xx + yy > 4.0:
            return step
        y = 2.0 * x * y + cy
        x = xx - yy + cx
    return LIMIT


def colour(step):
    """Red, green and blue of a number of steps; the set itself is black."""
    if step == LIMIT:
        return 0, 0, 0
    return step * 5 & 255, step * 11 & 255, 96 + step * 2 & 255


class Picture:
    """Rows of RGB bytes, computed by whichever thread comes first."""

    def __init__(self, width, height):
        self.width = width
        self.height = height
        self.rows = [None] * height
        self.next_row = 0
        self.lock = threading.Lock()

    def take_row(self):
        with self.lock:
            row = self.next_row
            self.next_row = row + 1
        return row

    def compute_row(self, row):
        scale = (RIGHT - LEFT) / self.width
        cy = (row - self.height / 2) * scale
        data = bytearray()
        for column in range(self.width):
            data.extend(colour(iterations(LEFT + column * scale, cy)))
        return bytes(data)

    def work(self):
        while (row := self.take_row()) < self.height:
            self.rows[row] = self.compute_row(row)

    def compute(self, threads):
        workers = [threading.Thread(target=self.work) for _ in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    def checksum(self):
        value = 0
        for row in self.rows:
            value = zlib.crc32(row, value)
        return value

    def png(self):
        """The picture as the bytes of a PNG file: 8 bits a channel, no row filters."""
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        rows = b"".join(b"\0" + row for row in self.rows)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main(args):
    try:
        width, height = (int(a) for a in args[:2]) if args else (300, 200)
        threads = int(args[2]) if len(args) > 2 else 4
        if min(width, height, threads) < 1 or len(args) > 4:
            raise ValueError
    except ValueError:
        print("usage: mandelbrot.py [WIDTH HEIGHT [THREADS [OUT.png]]]", file=sys.stderr)
        return 2
    picture = Picture(width, height)
    picture.compute(threads)
    inside = sum(row[i : i + 3] == b"\0\0\0" for row in picture.rows for i in range(0, len(row), 3))
    print(f"{width}x{height}, {inside} points in the set, checksum {picture.checksum():08x}")
    if len(args) == 4:
        with open(args[3], "wb") as file:
            file.write(picture.png())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
