import typing, _typing, types, re
from typing import TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, Generic, NoDefault, Unpack
def t(f):
    try: print(re.sub('0x[0-9a-f]+','0x',repr(f())))
    except BaseException as e: print(type(e).__name__, re.sub('0x[0-9a-f]+','0x',str(e)))
T = TypeVar('T')
t(lambda: (T, T.__name__, T.__bound__, T.__constraints__, T.__default__, T.__covariant__, T.__contravariant__, T.__infer_variance__, T.has_default(), T.__module__))
t(lambda: (T.evaluate_bound, T.evaluate_constraints, T.evaluate_default))
B = TypeVar('B', bound=int); t(lambda: (B.__bound__, B.evaluate_bound, B.evaluate_bound(1), B.evaluate_bound(4)))
C = TypeVar('C', int, str); t(lambda: (C.__constraints__, C.evaluate_constraints, C.evaluate_constraints(4)))
D = TypeVar('D', default=int); t(lambda: (D.__default__, D.has_default(), D.evaluate_default))
F = TypeVar('F', bound='Fwd'); t(lambda: F.__bound__)
t(lambda: TypeVar('X', covariant=True)); t(lambda: TypeVar('X', contravariant=True)); t(lambda: TypeVar('X', infer_variance=True)); t(lambda: TypeVar('X', covariant=True, contravariant=True)); t(lambda: TypeVar('X', covariant=True, infer_variance=True)); t(lambda: TypeVar('X', int)); t(lambda: TypeVar('X', int, str, bound=int)); t(lambda: TypeVar()); t(lambda: TypeVar(5)); t(lambda: TypeVar('X', bound=5)); t(lambda: TypeVar('X', foo=1)); t(lambda: type('Y',(T,),{})); t(lambda: type('Y',(TypeVar,),{})); t(lambda: T | int); t(lambda: int | T); t(lambda: T | 'x'); t(lambda: T.__typing_subst__(int)); t(lambda: T.__typing_subst__([int])); t(lambda: T.__reduce__()); t(lambda: T == TypeVar('T')); t(lambda: isinstance(1, T)); t(lambda: T()); t(lambda: T[int]); t(lambda: setattr(T,'__name__','z')); 
T.custom = 5; t(lambda: T.custom); t(lambda: T.nope)
P = ParamSpec('P')
t(lambda: (P, P.__name__, P.args, P.kwargs, P.__bound__, P.__default__, P.args.__origin__ is P, P.args == P.args, P.args == P.kwargs, P.has_default(), P.__covariant__)); t(lambda: type(P.args)); t(lambda: ParamSpec('Q', default=[int])); t(lambda: ParamSpec('Q', bound=int).__bound__); t(lambda: type('Y',(P,),{})); t(lambda: type('Y',(P.args,),{})); t(lambda: P | int); t(lambda: P.evaluate_default); t(lambda: hash(P.args)==hash(P.args)); t(lambda: ParamSpec('Z', covariant=True)); t(lambda: typing.Callable[P, int][[str]]); t(lambda: P.__typing_subst__(int)); t(lambda: P.__typing_subst__([int]))
Ts = TypeVarTuple('Ts')
t(lambda: (Ts, Ts.__name__, Ts.__default__, Ts.has_default(), list(Ts), tuple[*Ts], Ts.__module__)); t(lambda: Ts.__typing_subst__(int)); t(lambda: type('Y',(Ts,),{})); t(lambda: TypeVarTuple('Z', default=Unpack[tuple[int]]).__default__); t(lambda: TypeVarTuple('Z', bound=1)); t(lambda: Ts.evaluate_default); t(lambda: Ts | int)
type X = int | str
type Rec[K] = dict[K, Rec[K]]
t(lambda: (X, X.__value__, Rec, Rec.__type_params__, Rec.__value__, Rec[int], X.__module__, type(X))); t(lambda: isinstance(1, X))
def f[S: int, *Ss, **Q](x: S) -> S: return x
t(lambda: (f.__type_params__, f.__type_params__[0].__bound__, f.__annotations__, f(3)))
class K[M, N: (int, str) = int]: 
    def m(self, x: M) -> N: ...
t(lambda: (K.__type_params__, K.__parameters__, K.__orig_bases__, K[int], K[int,str], K.__mro__, K.__type_params__[1].__constraints__, K.__type_params__[1].__default__, K.m.__annotations__)); t(lambda: K[1,2,3]); t(lambda: K[int]().__orig_class__); t(lambda: K[()])
t(lambda: Generic); t(lambda: Generic[T]); t(lambda: Generic[int]); t(lambda: Generic[T,T]); t(lambda: Generic()); t(lambda: Generic[()])
class G(Generic[T]): pass
t(lambda: (G.__parameters__, G[int], G[T], G.__orig_bases__, G[int]()))
t(lambda: G[int,str]); 
class H(G[int]): pass
t(lambda: (H.__parameters__, H.__mro__)); t(lambda: H[int]); 
t(lambda: type('Bad',(Generic,),{})); 
class S2(Generic[T]):
    __slots__=('a','b')
    def __init__(self): self.a=1
t(lambda: S2().a); t(lambda: S2().b); t(lambda: S2().c)
t(lambda: NoDefault); t(lambda: type(NoDefault)); t(lambda: type(NoDefault)()); t(lambda: type(NoDefault)(1)); t(lambda: bool(NoDefault)); t(lambda: NoDefault.__reduce__())
t(lambda: sorted(dir(_typing))); t(lambda: _typing._idfunc(5)); t(lambda: [x for x in dir(TypeVar) if x not in dir(object)]); t(lambda: [x for x in dir(TypeAliasType) if x not in dir(object)]); t(lambda: [x for x in dir(Generic) if x not in dir(object)])
t(lambda: dict[T, D][int]); t(lambda: dict[T, B][int])
def ff[T=int](): pass
t(lambda: ff.__type_params__[0].__default__)
class Outer[A1]:
    class Inner[B1](list[B1]): pass
    def meth[C1](self, a: A1, c: C1): return locals()
t(lambda: (Outer.Inner.__type_params__, Outer.meth.__type_params__, sorted(Outer().meth(1,2))))
