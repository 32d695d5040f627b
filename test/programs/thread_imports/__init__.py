count = {}


def note(name):
    count[name] = count.get(name, 0) + 1
