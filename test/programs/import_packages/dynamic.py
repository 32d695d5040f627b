def __getattr__(name):
    if name.startswith("make_"):
        return name[5:]
    raise AttributeError(f"no {name} here")
def __dir__():
    return ["make_x", "b"]
