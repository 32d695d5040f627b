# A search function that is registered before any codec was looked up does not take the place of the package encodings.
import codecs


def find(name):
    return codecs.lookup('utf-8') if name == 'mine' else None


codecs.register(find)
print(codecs.lookup('latin-1').name, codecs.lookup('mine').name)
try:
    codecs.lookup('nobody')
except LookupError as e:
    print(e)
