"""Planets under gravity: float arithmetic on attributes and lists. Usage: nbody_bench.py [STEPS]"""
import sys
from time import perf_counter


class Body:
    def __init__(self, position, velocity, mass):
        self.x, self.y, self.z = position
        self.vx, self.vy, self.vz = velocity
        self.mass = mass


def system():
    sun = Body((0.0, 0.0, 0.0), (0.0, 0.0, 0.0), 39.5)
    planets = [Body((1.0 + 1.7 * i, 0.3 * i, -0.1 * i), (0.1 * i, 6.2 / (1.0 + 0.6 * i), 0.02 * i), 0.001 * (i + 1)) for i in range(4)]
    return [sun] + planets


def advance(pairs, bodies, dt):
    for a, b in pairs:
        dx = a.x - b.x
        dy = a.y - b.y
        dz = a.z - b.z
        square = dx * dx + dy * dy + dz * dz
        force = dt / (square * square**0.5)
        fa = a.mass * force
        fb = b.mass * force
        a.vx -= dx * fb
        a.vy -= dy * fb
        a.vz -= dz * fb
        b.vx += dx * fa
        b.vy += dy * fa
        b.vz += dz * fa
    for body in bodies:
        body.x += dt * body.vx
        body.y += dt * body.vy
        body.z += dt * body.vz


def run(steps):
    bodies = system()
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]
    for _ in range(steps):
        advance(pairs, bodies, 0.001)
    return sum(0.5 * b.mass * (b.vx * b.vx + b.vy * b.vy + b.vz * b.vz) for b in bodies)


size = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
begin = perf_counter()
print("result", f"{run(size):.9f}")
print("elapsed", perf_counter() - begin)
