import ast, _ast, warnings
def t(f):
    try: print(repr(f()))
    except BaseException as e: print(type(e).__name__, e)
print(len(dir(_ast)), [x for x in dir(_ast) if not isinstance(getattr(_ast,x), type)])
for n in 'AST','mod','Module','stmt','FunctionDef','expr','Constant','Load','expr_context','arguments','operator','Add','match_case','pattern','MatchAs','excepthandler','ExceptHandler','type_param','TypeVar','type_ignore','TypeIgnore','withitem','keyword':
    c = getattr(ast,n); print(n, c.__mro__[1:], c._fields, c._attributes, c.__match_args__, c.__module__, repr(c.__doc__)[:300], getattr(c,'_field_types',None), sorted(k for k,v in c.__dict__.items() if v is None))
warnings.simplefilter('always')
import sys
warnings.showwarning=lambda m,c,*a: print('W', c.__name__, m)
t(lambda: ast.Name()); t(lambda: ast.Name('x').ctx); t(lambda: ast.Name('x', ast.Load(), 5)); t(lambda: ast.Name('x', id='y')); t(lambda: ast.Name(id='x', foo=3).foo); t(lambda: sorted(vars(ast.Module()))); t(lambda: ast.Constant(5).kind); t(lambda: ast.Constant(value=5, kind='u', lineno=3).lineno); t(lambda: ast.AST()); t(lambda: ast.AST(1)); t(lambda: ast.AST(foo=1).foo)
t(lambda: ast.parse('x = 1 + 2')); t(lambda: ast.parse('def f(a,b=1,*c,d,e=2,**g): return a')); t(lambda: ast.dump(ast.parse('x: int = [1,2,{3:4}]; del x'), indent=1)); t(lambda: ast.parse('1', mode='eval')); t(lambda: ast.parse('1', mode='single')); t(lambda: ast.dump(ast.parse('a if b else c\n', mode='eval'), include_attributes=True)); t(lambda: ast.literal_eval('[1, 2.5, "a", b"b", (None, True, ...), {1: {2}}, -3, 1+2j]')); t(lambda: ast.literal_eval('f()')); t(lambda: ast.unparse(ast.parse('def f[T](x: T, *a, **k) -> int:\n    "doc"\n    for i in range(3):\n        yield i\n    else:\n        pass\n    return [x for x in a if x]\nclass A(B, metaclass=C): x = f"{y!r:>{w}}"')))
t(lambda: eval(compile(ast.parse('1+2*3', mode='eval'), '<x>', 'eval'))); 
ns={}; exec(compile(ast.parse('def f(n):\n return n*2 if n else "z"\ny=[f(i) for i in range(3)]\ntry:\n  1/0\nexcept ZeroDivisionError as e: z=1\nmatch 5:\n  case int(v): w=v\nasync def g(): await x\nwith open as q: pass\n' .replace('with open as q: pass\n','')), 'm', 'exec'), ns); print(ns['y'], ns['z'], ns['w'])
t(lambda: compile(ast.Module([ast.Expr(ast.Name('x', ast.Load()))], []), 'f', 'exec')); t(lambda: compile(ast.Module([ast.Expr(5)], []), 'f', 'exec')); t(lambda: compile(ast.Module(5, []), 'f', 'exec')); t(lambda: compile(ast.Expression(ast.Constant(1, lineno=1,col_offset=0)), 'f', 'exec')); t(lambda: compile(ast.Name('x'), 'f', 'exec')); t(lambda: compile(ast.fix_missing_locations(ast.Expression(ast.Name('x', ast.Store()))), 'f', 'eval')); t(lambda: compile(ast.fix_missing_locations(ast.Module([ast.If(ast.Constant(1),[],[])],[])), 'f', 'exec')); t(lambda: compile(ast.fix_missing_locations(ast.Module([ast.Expr(ast.Constant([1]))],[])), 'f', 'exec')); t(lambda: compile(ast.fix_missing_locations(ast.Expression(ast.BinOp(ast.Constant(1),5,ast.Constant(2)))), 'f', 'eval')); t(lambda: compile(ast.fix_missing_locations(ast.Expression(ast.Name(5))), 'f', 'eval')); t(lambda: compile(ast.fix_missing_locations(ast.Expression(ast.Name('None'))), 'f', 'eval'));t(lambda: compile(ast.fix_missing_locations(ast.Module([None],[])), 'f', 'exec'))
class V(ast.NodeTransformer):
    def visit_Constant(self, n): return ast.copy_location(ast.Constant(n.value+1), n)
t(lambda: eval(compile(V().visit(ast.parse('1+2', mode='eval')), '', 'eval')))
t(lambda: [type(n).__name__ for n in ast.walk(ast.parse('a.b[c](d, *e, f=g)'))])
m = ast.parse('a+b', mode='eval').body; print(m.op is ast.parse('c+d', mode='eval').body.op, m.left.ctx is m.right.ctx, (m.lineno, m.col_offset, m.end_lineno, m.end_col_offset))
import copy
t(lambda: ast.dump(copy.deepcopy(m))); t(lambda: m.__reduce__()[1:2]); t(lambda: ast.dump(copy.replace(ast.Name('x'), id='y'))); t(lambda: copy.replace(ast.Name('x'), zz='y'))
match ast.parse('q', mode='eval').body:
    case ast.Name(i, ast.Load()): print('matched', i)
t(lambda: ast.compare(ast.parse('a'), ast.parse('a'))); t(lambda: isinstance(ast.Constant(1), ast.expr)); t(lambda: compile('1','f','exec',ast.PyCF_ONLY_AST))
t(lambda: repr(ast.parse('f(a,b,c,d)\nx=[1,2,3,4]')))
