# Types and functions of modules that the runtime loads when they are first imported: first used by another thread, maybe on another carrier.
import _thread

done = _thread.allocate_lock()
done.acquire()
found = {}


def work():
    import _struct, _collections, itertools, _json

    found['struct'] = _struct.Struct('<hi')
    found['default'] = _collections.defaultdict(list)
    found['chain'] = itertools.chain([1], [2])
    found['encode'] = _json.encode_basestring
    done.release()


print('cp1252 \u20ac'.encode('cp1252'))
print((3).__reduce_ex__(2)[1:])
type Alias[T] = list[T]
print(Alias.__type_params__)
print(Exception.__subclasses__()[0].__name__)
_thread.start_new_thread(work, ())
done.acquire()
print(found['struct'].pack(1, 2), found['struct'].size)
print(found['default']['a'], found['default'], list(found['chain']), found['encode']('"'))
print(type(found['chain']), hash(found['struct']) == hash(found['struct']))
import _struct, sys

print(_struct.Struct is type(found['struct']), '_struct' in sys.builtin_module_names)
try:
    import no_such_module
except ImportError as e:
    print(e)
