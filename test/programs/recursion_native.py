# Deep recursion of every kind, through native code too, raises what CPython raises and never ends the process.
import sys
def t(name,f):
    try: r=f(); print(name, 'ok', type(r).__name__)
    except BaseException as e: print(name, type(e).__name__)
def nest(n):
    l=[]
    for _ in range(n): l=[l]
    return l
L=nest(100000); D={}
for _ in range(100000): D={1:D}
T=()
for _ in range(100000): T=(T,)
t('repr list',lambda:repr(L)); t('repr dict',lambda:repr(D)); t('repr tuple',lambda:repr(T)); t('str list',lambda:str(L))
t('compile parens',lambda:compile('('*10000+')'*10000,'x','eval'))
t('compile list',lambda:compile('['*10000+']'*10000,'x','eval'))
t('compile minus',lambda:compile('-'*100000+'1','x','eval'))
t('compile not',lambda:compile('not '*100000+'1','x','eval'))
t('compile add',lambda:compile('1'+'+1'*100000,'x','eval'))
t('compile attr',lambda:compile('a'+'.b'*100000,'x','eval'))
t('compile call',lambda:compile('a'+'()'*100000,'x','eval'))
t('compile sub',lambda:compile('a'+'[0]'*100000,'x','eval'))
t('compile lambda',lambda:compile('lambda:'*100000+'1','x','eval'))
t('compile pow',lambda:compile('1'+'**1'*100000,'x','eval'))
t('compile if',lambda:compile('1 if 1 else '*100000+'1','x','eval'))
t('compile cmp',lambda:compile('1'+'<1'*20000,'x','eval'))
t('compile and',lambda:compile('1'+' and 1'*20000,'x','eval'))
t('compile blocks',lambda:compile(''.join(' '*i+'if 1:\n' for i in range(200))+' '*200+'pass\n','x','exec'))
t('compile fn',lambda:compile(''.join(' '*i+'def f():\n' for i in range(90))+' '*90+'pass\n','x','exec'))
t('compile fstr',lambda:compile('f"'+'{'*100+'1'+'}'*100+'"','x','eval'))
t('compile star',lambda:compile('*'*100000,'x','eval'))
t('compile dict',lambda:compile('{1:'*10000+'1'+'}'*10000,'x','eval'))
t('eval deep parens',lambda:eval('('*90+'1'+')'*90))
import ast
t('ast literal',lambda:ast.literal_eval('['*10000+']'*10000))
class E:
    def __eq__(s,o): return [s]==[o]
    def __hash__(s): return hash((s,))
    def __getattr__(s,n): return getattr(s,n+'x')
    def __repr__(s): return repr([s])
    def __str__(s): return '%s'%s
    def __len__(s): return len(s)
    def __iter__(s): return iter(list(s))
    def __contains__(s,x): return x in s
    def __bool__(s): return not s
    def __call__(s): return max([1],key=lambda x:s())
    def __lt__(s,o): return sorted([s,o])
    def __add__(s,o): return sum([o],s)
    def __index__(s): return range(10)[s]
    def __int__(s): return int(s)
    def __float__(s): return float(s)
    def __format__(s,f): return f'{s}'
    def __getitem__(s,i): return s[i]
    def __setitem__(s,i,v): s[i]=v
    def __instancecheck__(s,o): return isinstance(o,s)
    def __enter__(s):
        with s: pass
    def __exit__(s,*a): pass
    def __del__(s): pass
    def __reversed__(s): return list(reversed(s))
    def __round__(s): return round(s)
    def __hash2__(s): pass
    def __missing__(s): pass
    def __next__(s): return next(s)
    def __delattr__(s,n): delattr(s,n)
    def __setattr__(s,n,v): setattr(s,n,v)
    def __divmod__(s,o): return divmod(s,o)
    def __pow__(s,o): return pow(s,o)
    def __bytes__(s): return bytes(s)
    def __fspath__(s): return __import__('os').fspath(s)
    def __dir__(s): return dir(s)
    def __sizeof__(s): return s.__sizeof__()
e=E()
for n,f in dict(eq=lambda:e==1,hash=lambda:hash(e),attr=lambda:e.foo,repr=lambda:repr(e),str=lambda:str(e),len=lambda:len(e),iter=lambda:list(e),contains=lambda:1 in e,bool=lambda:bool(e),call=lambda:e(),lt=lambda:e<e,add=lambda:e+e,index=lambda:[1][e],int=lambda:int(e),float=lambda:float(e),format=lambda:format(e),getitem=lambda:e[1],setitem=lambda:e.__setitem__(1,1),isinst=lambda:isinstance(1,e),enter=lambda:e.__enter__(),rev=lambda:reversed(e),round=lambda:round(e),next=lambda:next(e),delattr=lambda:delattr(e,'x'),setattr=lambda:setattr(e,'x',1),divmod=lambda:divmod(e,1),pow=lambda:e**1,bytes=lambda:bytes(e),fspath=lambda:__import__('os').fspath(e),dir=lambda:dir(e),dictkey=lambda:{e:1},setin=lambda:{e},listin=lambda:e in [1,2],listindex=lambda:[1].index(e),sort=lambda:sorted([e,e]),minn=lambda:min(e,e),join=lambda:','.join(e),sum=lambda:sum([e,e],e),mapp=lambda:list(map(hash,[e])),fstr=lambda:f'{e}',pct=lambda:'%r'%e,pct2=lambda:'%d'%e).items(): t(n,f)
def rec(f): return f(rec,f)
t('rec',lambda:rec(rec))
def viasort(n): return sorted([n],key=viasort)
t('viasort',lambda:viasort(1))
def viamap(n): return list(map(viamap,[n]))
t('viamap',lambda:viamap(1))
def viared(a,b=1): 
    import functools
    return functools.reduce(viared,[1,2])
t('viareduce',lambda:viared(1))
import re
def viare(m): return re.sub('a',viare,'a')
t('viare',lambda:viare(1))
def viaexec(): exec('viaexec()',globals())
t('viaexec',viaexec)
def viaeval(): return eval('viaeval()',globals())
t('viaeval',viaeval)
class P:
    @property
    def x(s): return s.x
t('prop',lambda:P().x)
class M(type):
    def __call__(c): return c()
class X(metaclass=M): pass
t('meta',lambda:X())
class Ini:
    def __init__(s): Ini()
t('init',Ini)
class New:
    def __new__(c): return c()
t('new',New)
def g():
    yield from g()
t('gen',lambda:list(g()))
def g2():
    for x in g2(): yield x
t('gen2',lambda:list(g2()))
async def co(): await co()
t('coro',lambda:co().send(None))
class It:
    def __iter__(s): return s
    def __next__(s): return next(s)
t('it',lambda:list(It()))
def deco(): 
    class A: 
        deco()
t('classbody',deco)
t('except tuple',lambda:exec('try: 1/0\nexcept T: pass',{'T':T}))
import json
t('json loads',lambda:json.loads('['*100000+']'*100000))
t('json dumps',lambda:json.dumps(L))
t('json loads d',lambda:json.loads('{"a":'*100000+'1'+'}'*100000))
import marshal,copy,pickle
t('marshal',lambda:marshal.dumps(L))
t('deepcopy',lambda:copy.deepcopy(L))
t('pickle',lambda:pickle.dumps(L))
t('re nest',lambda:re.compile('('*10000+')'*10000))
t('format nest',lambda:'{:{:{}}}'.format(1,2,3))
t('str % nest',lambda:'%s'%(L,))
print('end')
