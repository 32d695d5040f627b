"""Bases assigned while a metaclass's mro() runs make no cycle: looking up attributes hung."""


class M(type):
    ready = False

    def mro(cls):
        if M.ready:
            if cls.__name__ == "B1":
                B2.__bases__ = (B1,)
            if cls.__name__ == "B2":
                B1.__bases__ = (B2,)
        return type.mro(cls)


class A(metaclass=M):
    pass


class B1(A):
    pass


class B2(A):
    pass


M.ready = True
try:
    B1.__bases__ += ()
except TypeError as e:
    print(e)
M.ready = False
print([c.__name__ for c in B1.__bases__], [c.__name__ for c in B2.__bases__])
print([c.__name__ for c in B1.__mro__], [c.__name__ for c in B2.__mro__])
print(isinstance(B1(), A), hasattr(B2(), "nothing"))
