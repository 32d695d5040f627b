"""Simulates the sun and its four largest planets with Newton's law and prints the energy before and after.

usage: nbody.py [STEPS]      (10000; a step is a hundredth of a year)
"""

import math
import sys

G = 4 * math.pi * math.pi  # gravitation in astronomical units, years and masses of the sun


class Body:
    def __init__(self, name, mass, radius, angle):
        """A body on a circular orbit around a sun of mass 1."""
        self.name = name
        self.mass = mass
        speed = math.sqrt(G / radius) if radius else 0.0
        self.position = [radius * math.cos(angle), radius * math.sin(angle), 0.01 * radius]
        self.velocity = [-speed * math.sin(angle), speed * math.cos(angle), 0.0]

    def __repr__(self):
        return f"{self.name}({', '.join(format(p, '.6f') for p in self.position)})"


def solar_system():
    return [
        Body("sun", 1.0, 0.0, 0.0),
        Body("jupiter", 9.546e-4, 5.203, 0.6),
        Body("saturn", 2.858e-4, 9.537, 1.9),
        Body("uranus", 4.366e-5, 19.19, 3.4),
        Body("neptune", 5.151e-5, 30.07, 5.0),
    ]


def rest(bodies):
    """Gives the sun the speed that keeps the centre of mass where it is."""
    sun, *planets = bodies
    for axis in range(3):
        sun.velocity[axis] = -sum(p.velocity[axis] * p.mass for p in planets) / sun.mass


def energy(bodies):
    total = 0.0
    for i, a in enumerate(bodies):
        total += 0.5 * a.mass * sum(v * v for v in a.velocity)
        for b in bodies[i + 1 :]:
            distance = math.sqrt(sum((p - q) ** 2 for p, q in zip(a.position, b.position)))
            total -= G * a.mass * b.mass / distance
    return total


def pull(a, b, dt):
    """Changes the velocities of two bodies by their attraction during dt."""
    (ax, ay, az), (bx, by, bz) = a.position, b.position
    dx, dy, dz = ax - bx, ay - by, az - bz
    square = dx * dx + dy * dy + dz * dz
    force = G * dt / (square * math.sqrt(square))
    for body, factor in ((a, -b.mass * force), (b, a.mass * force)):
        velocity = body.velocity
        velocity[0] += dx * factor
        velocity[1] += dy * factor
        velocity[2] += dz * factor


def step(bodies, pairs, dt):
    for a, b in pairs:
        pull(a, b, dt)
    for body in bodies:
        position, velocity = body.position, body.velocity
        for axis in range(3):
            position[axis] += dt * velocity[axis]


def main(args):
    steps = int(args[0]) if args else 10_000
    bodies = solar_system()
    rest(bodies)
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1 :]]
    print(f"energy {energy(bodies):.9f}")
    for _ in range(steps):
        step(bodies, pairs, 0.01)
    print(f"energy {energy(bodies):.9f} after {steps} steps")
    for body in bodies:
        print(body)


if __name__ == "__main__":
    main(sys.argv[1:])
