# What a call-back gave stays alive while later call-backs of the same operation collect and allocate.
import codecs
import gc
import io
import os


class Filler:
    def __init__(self, n):
        self.n = n


def churn():
    gc.collect()
    fill = [(Filler(i), f'{i:60}', 2**70 + i) for i in range(600)]
    del fill


def shown(f, *args, **kwargs):
    try:
        return f(*args, **kwargs)
    except BaseException as e:
        return f'{type(e).__name__}: {e}'


class Path:
    def __init__(self, name):
        self.name = name

    def __fspath__(self):
        churn()
        return ''.join(['/no', 'where/', self.name, '/and/more/of/a/name/that/is/long'])


class Index:
    def __index__(self):
        churn()
        return 1


class Truth:
    def __bool__(self):
        churn()
        return True


print(shown(os.rename, Path('from'), Path('to')))
print(shown(os.symlink, Path('from'), Path('to')))
print(shown(open, Path('file'), 'r', Index(), closefd=Truth()))


class NotEqual:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return False if self.n > 3 else Falsehood()

    def __repr__(self):
        return f'<{self.n}>'


class Falsehood:
    def __bool__(self):
        churn()
        return False


count = iter(range(6))
print([next(iter(lambda: NotEqual(next(count)), None)) for _ in range(5)])


class Meta(type):
    def __repr__(cls):
        churn()
        return ' '.join(['class', 'with', 'a', 'long', 'name', cls.__name__])


class NoException(Exception, metaclass=Meta):
    def __new__(cls):
        return Meta('Made', (), {})()


def raising():
    raise NoException


print(shown(raising))


class Big(int):
    def __index__(self):
        churn()
        return int(self)


class Raw(io.BytesIO):
    def seek(self, at, whence=0):
        return super().seek(at, whence) + 2**64

    def tell(self):
        return Big(super().tell())


class Encoder(codecs.IncrementalEncoder):
    def encode(self, text, final=False):
        return text.encode()

    def setstate(self, state):
        churn()


def find(name):
    if name == 'collecting':
        return codecs.CodecInfo(
            lambda s, errors: (s.encode(), len(s)),
            lambda b, errors: (bytes(b).decode(), len(b)),
            incrementalencoder=Encoder,
            incrementaldecoder=codecs.lookup('utf-8').incrementaldecoder,
            name='collecting',
        )


codecs.register(find)
t = io.TextIOWrapper(Raw(b'some text'), encoding='collecting')
print(shown(t.seek, 0, 2))
print(shown(t.seek, 0, 1))
