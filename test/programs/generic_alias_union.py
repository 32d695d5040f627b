import types, typing, collections.abc
from typing import TypeVar, ParamSpec, TypeVarTuple
T=TypeVar('T'); U=TypeVar('U'); P=ParamSpec('P'); Ts=TypeVarTuple('Ts')
def t(f):
    try: print(repr(f()))
    except Exception as e: print(type(e).__name__, e)
t(lambda: list[int]); t(lambda: dict[str,int]); t(lambda: tuple[()]); t(lambda: tuple[int,...]); t(lambda: list[T][int]); t(lambda: dict[T,U][int,str]); t(lambda: dict[T,U][int]); t(lambda: dict[T,U][int,str,int]); t(lambda: list[int][str]); t(lambda: list[list[T]][int]); t(lambda: dict[T,list[T]][int])
t(lambda: list[int]()); t(lambda: list[int]((1,2))); t(lambda: list[int].append); t(lambda: list[int].__origin__); t(lambda: list[int].__args__); t(lambda: list[T].__parameters__); t(lambda: list[int]==list[int]); t(lambda: list[int]==list[str]); t(lambda: hash(list[int])==hash(list[int])); t(lambda: isinstance([],list[int])); t(lambda: issubclass(list,list[int])); t(lambda: list[int].__class__); t(lambda: type(list[int])); t(lambda: list[int].__name__); t(lambda: list[int].__doc__[:10]); t(lambda: list[int].__mro_entries__(())); t(lambda: list[int].__reduce__()); t(lambda: list[int].__unpacked__); t(lambda: (*tuple[int,str],)); t(lambda: (*tuple[int,str],)[0].__unpacked__); t(lambda: [*tuple[int, ...]]); t(lambda: list[int].foo); t(lambda: list[int].__bases__); t(lambda: types.GenericAlias(list,int)); t(lambda: types.GenericAlias(list,(int,))); t(lambda: types.GenericAlias(list)); t(lambda: types.GenericAlias(list,int,k=1)); t(lambda: [x for x in dir(list[int]) if x not in dir(list)]); t(lambda: list['int']); t(lambda: list[None]); t(lambda: list[1]); t(lambda: list[int]|None); t(lambda: None|list[int]); t(lambda: collections.abc.Callable[[int,str],None]); t(lambda: collections.abc.Callable[[T],U][int,str]); t(lambda: collections.abc.Callable[P,T][[int],str]); t(lambda: collections.abc.Callable[...,int]); t(lambda: tuple[*Ts][int,str]); t(lambda: tuple[int,*Ts]); t(lambda: tuple[int,*Ts][str,bytes]); t(lambda: tuple[T,*Ts][int]); t(lambda: type[int]); 
class A(list[int]): pass
print(A.__mro__, A.__orig_bases__, A.__bases__)
class G[X]:
    pass
print(G[int], G[int].__args__, G.__parameters__, G.__mro__, G.__orig_bases__)
t(lambda: G[int]().__orig_class__)
class C:
    def __class_getitem__(cls, k): return (cls.__name__, k)
t(lambda: C[1,2])
class D: __class_getitem__=classmethod(types.GenericAlias)
t(lambda: D[int,str]); t(lambda: D[int,str]().__orig_class__)
t(lambda: list[int].__copy__)
class S(types.GenericAlias): pass
t(lambda: S(list,(int,))); t(lambda: S(list,(int,))==list[int]); t(lambda: list[S(list,(int,))])
print("--- union")
t(lambda: int|str); t(lambda: int|None); t(lambda: None|int); t(lambda: int|int); t(lambda: (int|str)|int); t(lambda: int|(str|bytes)); t(lambda: int|1); t(lambda: 1|int); t(lambda: int|'s'); t(lambda: int|...); t(lambda: (int|str)==(str|int)); t(lambda: hash(int|str)==hash(str|int)); t(lambda: (int|str).__args__); t(lambda: (int|str).__parameters__); t(lambda: (T|int).__parameters__); t(lambda: (T|int)[str]); t(lambda: (T|list[U])[int,str]); t(lambda: (int|str)[int]); t(lambda: isinstance(1,int|str)); t(lambda: isinstance(None,int|None)); t(lambda: issubclass(int,int|str)); t(lambda: isinstance(1,int|list[int])); t(lambda: isinstance(1,str|list[int])); t(lambda: issubclass(int,str|list[int])); t(lambda: type(int|str)); t(lambda: types.UnionType); t(lambda: typing.Union is types.UnionType); t(lambda: typing.Union[int,str]); t(lambda: typing.Union[int]); t(lambda: typing.Union[()]); t(lambda: typing.Union[int,'x']); t(lambda: typing.Optional[int]); t(lambda: typing.Union[1]); t(lambda: (int|str).__name__); t(lambda: (int|str).__origin__); t(lambda: (int|str).__module__); t(lambda: (int|str).foo); t(lambda: types.UnionType()); t(lambda: typing.List[int]|str); t(lambda: (int|str).__mro_entries__(()));t(lambda: (int|str).__qualname__);t(lambda: (int|str)<3); t(lambda: int|list[T]); t(lambda: (int|str)|'a');t(lambda: typing.Union.__name__);t(lambda: typing.Union.__module__);t(lambda: typing.Union[int,[]]);t(lambda: list|dict|tuple); t(lambda: type|int);t(lambda: int.__or__(int,str));t(lambda: type.__or__(int,str));t(lambda: int|T)
class Meta(type): pass
class X(metaclass=Meta): pass
t(lambda: X|int)
