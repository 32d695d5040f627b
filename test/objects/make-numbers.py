"""Writes numbers.jsonl beside it: what CPython 3.14 answers. Run with CPython 3.14.

A row is [how, arguments, keywords, answer]. `how`: op:NAME of module operator, type:NAME, method:NAME, builtin:NAME, math:NAME.
"""
import builtins, json, math, operator, os, itertools, random
from fractions import Fraction

T = {'int': int, 'float': float, 'bool': bool, 'complex': complex}


def enc(v):
    if v is None or v is True or v is False: return v
    if v is NotImplemented: return {'ni': 1}
    if type(v) is int: return {'i': hex(v) if abs(v) > 10 ** 4000 else str(v)}
    if type(v) is float: return {'f': repr(v)}
    if type(v) is complex: return {'c': [repr(v.real), repr(v.imag)]}
    if type(v) is str: return v
    if type(v) is bytes: return {'b': list(v)}
    if type(v) in (tuple, list): return {'t' if type(v) is tuple else 'l': [enc(x) for x in v]}
    if type(v) is type: return {'type': v.__name__}
    raise ValueError(type(v))


def run(how, args, kw):
    kind, name = how.split(':')
    if kind == 'op': f = getattr(operator, name)
    elif kind == 'type': f = T[name]
    elif kind == 'math': f = getattr(math, name)
    elif kind == 'builtin': f = getattr(builtins, name)
    else:
        f = getattr(args[0], name)
        args = args[1:]
        if not callable(f): return f
    return f(*args, **kw)


rows = []


def row(how, *args, **kw):
    try:
        answer = enc(run(how, args, kw))
    except Exception as e:
        answer = {'e': f'{type(e).__name__}: {e}'}
    rows.append([how, [enc(a) for a in args], {k: enc(v) for k, v in kw.items()}, answer])


r = random.Random(7)
INTS = [0, 1, -1, 2, -3, 7, 10, 255, -256, 2 ** 30 - 1, 2 ** 30, -2 ** 30, -2 ** 30 - 1, 2 ** 31, 2 ** 53 - 1, 2 ** 53, -2 ** 53, 2 ** 53 + 1, 2 ** 61 - 1, 2 ** 61, -2 ** 64,
        10 ** 25 + 7, -10 ** 40 - 1, 2 ** 200 - 1]
FLOATS = [0.0, -0.0, 1.0, -1.0, 0.5, -2.5, 3.7, 1e-5, 1e16, 9007199254740993.0, -1e22, 1e300, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, math.inf, -math.inf, math.nan, 0.1, 1e15 + 0.5, 123456.789]
COMPLEXES = [0j, 1j, 1 + 2j, -0.0 - 0.5j, 3 - 4j, complex(1e200, 1e200), complex(-0.0, 0.0)]
OPS = ['add', 'sub', 'mul', 'truediv', 'floordiv', 'mod', 'lt', 'le', 'eq', 'ne', 'gt', 'ge']
for op in OPS:
    for a, b in itertools.product(INTS, INTS): row(f'op:{op}', a, b)
    for a, b in itertools.product(FLOATS, FLOATS): row(f'op:{op}', a, b)
    for a, b in itertools.product(INTS[::2], FLOATS[::2]):
        row(f'op:{op}', a, b)
        row(f'op:{op}', b, a)
    for a, b in itertools.product([True, False], [True, False, 3, 1.5]):
        row(f'op:{op}', a, b)
        row(f'op:{op}', b, a)
for a, b in itertools.product(INTS, INTS):
    for op in ['and_', 'or_', 'xor']: row(f'op:{op}', a, b)
    row('builtin:divmod', a, b)
for a, b in itertools.product([True, False, 5], [True, False, 2 ** 60]):
    for op in ['and_', 'or_', 'xor']: row(f'op:{op}', a, b)
for a, b in itertools.product(FLOATS, FLOATS):
    row('builtin:divmod', a, b)
for a, b in itertools.product(FLOATS, [0.0, -0.0, 1.0, 2.0, -1.0, -3.0, 0.5, -0.5, math.inf, -math.inf, math.nan, 400.0]):
    row('op:pow', a, b)
for a in INTS:
    for b in [0, 1, 2, 3, 31, 64, 100]:
        row('op:lshift', a, b)
        row('op:rshift', a, b)
        row('op:pow', a, b)
    row('op:lshift', a, -1)
    row('op:rshift', a, -2 ** 70)
    row('op:rshift', a, 2 ** 70)
    for b in [-1, -2, -5]: row('op:pow', a, b)
    for m in [0, 1, 7, -7, 2 ** 61 - 1, 10 ** 30]:
        for b in [0, 5, 10 ** 20, -1]: row('builtin:pow', a, b, m)
    for name in ['bit_length', 'bit_count', 'conjugate', 'is_integer', 'as_integer_ratio', 'real', 'imag', 'numerator', 'denominator', '__index__', '__trunc__', '__float__', '__int__']: row(f'method:{name}', a)
    for d in [-1, -2, -3, -20, 0, 3, None]: row('builtin:round', a, d)
    for size in [0, 1, 2, 4, 8, 26]:
        for order in ['big', 'little']:
            for signed in [False, True]: row('method:to_bytes', a, size, order, signed=signed)
for a in INTS + FLOATS + COMPLEXES + [True, False]:
    for f in ['repr', 'str', 'bool', 'abs']: row(f'builtin:{f}', a)
    if a == a: row('builtin:hash', a)
    for op in ['neg', 'pos']: row(f'op:{op}', a)
    for t in ['int', 'float', 'complex', 'bool']: row(f'type:{t}', a)
for a in INTS: row('op:invert', a)
row('op:lshift', 1, 2 ** 70)
row('op:lshift', 0, 2 ** 70)
row('method:to_bytes', 5)
row('method:to_bytes', 5, 1, 'middle')
row('method:to_bytes', 5, -1, 'big')
row('method:to_bytes', -5, 1, 'big')
for data in [b'', b'\x00', b'\xff', b'\x01\x02', b'\xff' * 9, [1, 255], [256], (0, 1)]:
    for kw in [{}, {'byteorder': 'little'}, {'signed': True}, {'byteorder': 'little', 'signed': True}]: row('method:from_bytes', int, data, **kw)
TEXTS = ['', ' ', '0', '12', ' -12 ', '+7', '1_000', '1__0', '_1', '1_', '0x10', '0b101', '0o17', '0x', '00', '012', '0_0', 'z', 'ff', '1' * 40, '-' + '9' * 25, '- 1', '\t5\n', '٣٤', '1.5', 'é', "it's", '0b12', '0x_f', '--1', '\x00', '1\x00', '\u2003 8']
for s in TEXTS:
    row('type:int', s)
    for base in [0, 2, 10, 16, 36, 3]: row('type:int', s, base)
    row('type:float', s)
    row('type:complex', s)
for base in [1, 37, -1]: row('type:int', '1', base)
row('type:int', '7', base=8)
row('type:int', base=8)
row('type:int')
row('type:int', 5, 10)
row('type:int', None)
row('type:int', b'12')
row('type:int', b'zz')
row('type:int', '1' * 4300)
row('type:int', '1' * 4301)
row('builtin:str', 10 ** 4299)
row('builtin:str', 10 ** 4300)
row('type:int', 'f' * 5000, 16)
row('type:int', 1, 2, 3)
row('type:float')
row('type:float', None)
row('type:float', [])
row('type:float', 1, 2)
row('type:bool')
row('type:bool', [])
row('type:bool', 1, 2)
row('type:complex')
row('type:complex', 1, 2.5)
row('type:complex', real=1, imag=2)
row('type:complex', 'x', 1)
row('type:complex', 1, 'x')
row('type:complex', None)
for s in ['nan', '-nan', 'inf', '-Infinity', '+INF', '1e5', '1E-5', '.5', '5.', '.', 'e5', '1e', '1_0.5_0', '1._5', '0x1p3', '1e400', '-1e-400', '1e+1_0', 'infin', '1,5', '0.1e-2_3']: row('type:float', s)
for s in ['1+2j', '1j', '-j', '+j', '1e5-2.5j', ' (1+2j) ', '1 + 2j', 'nan+infj', '1+2', 'j1', '(1', '1e3j', 'inf', '-0-0j', '1_0+2_0j', '1+-2j']: row('type:complex', s)
for x in FLOATS:
    for name in ['is_integer', 'as_integer_ratio', 'hex', 'conjugate', 'real', 'imag', '__trunc__', '__floor__', '__ceil__', '__int__']: row(f'method:{name}', x)
    row('builtin:round', x)
    for d in [0, 1, 2, 3, 15, 17, -1, -2, -16, 400, -400, 300]: row('builtin:round', x, d)
for x in [0.5, 1.5, 2.5, -0.5, -1.5, 2.675, 1.005, 0.15, 25.0, 35.0, -25.0, 1e23, 5015.0, 0.125, 0.375, 1e-7, 4503599627370497.5, 0.49999999999999994]:
    row('builtin:round', x)
    for d in [0, 1, 2, 3, -1, -2]: row('builtin:round', x, d)
for s in ['0x1p-1074', '0x1.8p1', '-0x.8', '1.8', 'inf', '-inf', 'nan', '0x1.fffffffffffff8p1023', '0x1.fffffffffffff7p1023', '0x1p1024', '', '0x', 'p5', '0x1p', ' 0x1p0 ', '0x1.00000000000008p0', '0x1.00000000000018p0', '0x0.0000000000001p-1023', '-0x0p0', '0x1p-1075', '0x1.8p-1075', 'zz']: row('method:fromhex', float, s)
for a, b in itertools.product(COMPLEXES, COMPLEXES + [2, 0.5, -1, 0, True]):
    for op in ['add', 'sub', 'mul', 'truediv', 'eq', 'ne', 'lt', 'floordiv', 'mod']:
        row(f'op:{op}', a, b)
        row(f'op:{op}', b, a)
for a, b in itertools.product([0j, 1j, 1 + 2j, 3 - 4j], [0, 1, 2, 3, -1, -2, 0j]): row('op:pow', a, b)
for a in COMPLEXES:
    for name in ['conjugate', 'real', 'imag', '__complex__']: row(f'method:{name}', a)
    if a.real == 3: row('method:nothing', a)
for a in [1, 1.5, 1j]:
    for b in [None, 'x', [], (1,)]:
        for op in ['sub', 'truediv', 'lt', 'eq', 'and_', 'pow', 'mod', 'lshift']:
            row(f'op:{op}', a, b)
            if not isinstance(b, str) or op != 'mod': row(f'op:{op}', b, a)
for _ in range(300):
    a = r.choice([-1, 1]) * r.getrandbits(r.choice([20, 53, 60, 100, 300, 1100]))
    b = r.choice([-1, 1]) * r.getrandbits(r.choice([5, 31, 54, 80, 250, 1050]))
    for op in ['add', 'mul', 'floordiv', 'mod', 'truediv', 'and_', 'or_', 'xor', 'sub']: row(f'op:{op}', a, b)
    row('builtin:hash', a)
    row('type:float', a)
import struct
for _ in range(400):
    x = struct.unpack('d', r.randbytes(8))[0]
    if x != x: continue
    row('builtin:repr', x)
    row('builtin:hash', x)
    row('method:hex', x)
    row('builtin:format', x, r.choice(['.3e', '.17g', '.5g', '.0e', '', 'g', '.30e']))
    y = r.uniform(-1e6, 1e6)
    row('builtin:format', y, r.choice(['.3f', ',.2f', '.0f', '10.4f', '+.1f', '%', '_.3f', '.10g', '012.3f', '.25f']))
    row('builtin:round', y, r.randrange(-5, 12))
SPECS_INT = ['', 'd', 'b', 'o', 'x', 'X', 'c', 'n', '#b', '#o', '#x', '#X', '+d', ' d', '-d', '10', '<10', '^10', '>10', '=10', '*^11d', '010', '+010d', '#010x', ',', '_', '_x', '_b', ',x', ',n', '020,', '010_b', '06,d', '08,d', '.3', 'z', 's', 'q', 'e', '.2f', '.1%', 'g', '10.3e', 'é>5d', '5', '-5', '+,', '=+8', '0=8', '<08', '^08d', ',_', '__', '+c', '#c', '{', '.f', 'dd', '0', '1' + '0', '*<#12x', ' =10', 'x=+12,']
for a in [0, 5, -5, 65, 1234, -1234567, 10 ** 20, -2 ** 64]:
    for s in SPECS_INT: row('builtin:format', a, s)
for b in [True, False]:
    for s in ['', 'd', '5', '>5', 'x', 's', '.1f']: row('builtin:format', b, s)
SPECS_FLOAT = ['', 'e', 'E', 'f', 'F', 'g', 'G', 'n', '%', '.0f', '.0e', '.0g', '.0', '.3', '.1', '.10', '#.0f', '#g', '#.3g', '#.0e', '#', '+', ' ', '+.2f', '10', '<10', '^10.2f', '*=12.3f', '010', '012.2f', '+012,.2f', ',', '_', ',.3f', ',g', ',n', 'z.0f', 'z.1f', 'z', 'd', 's', 'x', 'c', '.f', '.2%', '08.1f', '=10', '0=10', '.3,f', '.6_f', ',.6,f', '.20', '_.1e', 'é^9', ',%', '+z.1f', '015,.1f', '.50f', '.2d']
for a in [0.0, -0.0, 1.0, -0.04, 0.5, 1.5, 1234.5678, -1234567.125, 1e16, 1e-5, 1.0e22, 123456789.0, 99999.95, math.inf, -math.inf, math.nan, 5e-324, 1e100, 0.00012345]:
    for s in SPECS_FLOAT: row('builtin:format', a, s)
for a in [1 + 2j, -1.5j, 0j, complex(math.nan, math.inf)]:
    for s in ['', '.2f', '10', '<20', '+.1e', '=10', '010', ',.2f', 'd', '%', 'g', '*^30.3g']: row('builtin:format', a, s)
numbers = rows

rows = []
ONE = ['acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'cbrt', 'cos', 'cosh', 'degrees', 'erf', 'erfc', 'exp', 'exp2', 'expm1', 'fabs', 'gamma', 'lgamma', 'log1p', 'radians', 'sin', 'sinh', 'sqrt', 'tan', 'tanh', 'isfinite', 'isinf', 'isnan', 'log', 'log2', 'log10', 'floor', 'ceil', 'trunc', 'frexp', 'modf', 'ulp']
XS = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, 0.1, 3.7, -2.5, 10.0, 100.0, -100.5, 1e-10, 1e5, 170.5, 710.0, 1e300, -1e300, 5e-324, math.inf, -math.inf, math.nan, 1, 0, -1, 7, 2 ** 70, 2 ** 1100, -2 ** 1100, True, None, 'x', [], 1j, 1.5, 2.5, 6.5, -3.0, 26.0, 30.25]
for f in ONE:
    for x in XS: row(f'math:{f}', x)
    row(f'math:{f}')
TWO = ['atan2', 'copysign', 'fmod', 'pow', 'remainder', 'nextafter']
YS = [0.0, -0.0, 1.0, -1.0, 0.5, 2.0, -3.0, 7.25, 1e300, 5e-324, math.inf, -math.inf, math.nan, 3, 1e-300]
for f in TWO:
    for x, y in itertools.product(YS, YS): row(f'math:{f}', x, y)
    row(f'math:{f}', 1)
    row(f'math:{f}', 'x', 1)
for x, y in itertools.product([8, 100, 2 ** 70, 10 ** 400, 0.5, 0, -1], [2, 10, 1, 3.5, 2 ** 2000, 0]): row('math:log', x, y)
row('math:log', 1, 2, 3)
for x in [1, 2, 4, 8, 1024, 2 ** 70, 2 ** 1100, 10 ** 400, 1000, 10 ** 15, 10 ** 22, 0.001, 0.125]:
    row('math:log2', x)
    row('math:log10', x)
for x, n in itertools.product([1.0, -0.75, 5e-324, 1e300, 0.0, -0.0, math.inf, 3], [0, 1, -1, 1000, -1074, -1100, 5000, -5000, 10 ** 30, -10 ** 30]): row('math:ldexp', x, n)
row('math:ldexp', 1.0, 1.0)
for xs in [[], [0.1] * 10, [1e100, 1.0, -1e100], [1e308, 1e308, -1e308], [1e308, 1e308], [math.inf, -math.inf], [math.inf, 1], [math.nan, 1], [1, 2 ** 70], ['x'], 5, (1e-16, 1.0, 1e-16)]: row('math:fsum', xs)
for a in [(), (0,), (12,), (12, 18), (-12, 18), (0, 5), (2 ** 70, 6), (7, 0, 21), (1.5,), ('x', 2), (4, 6, 10), (True, 3)]:
    row('math:gcd', *a)
    row('math:lcm', *a)
for n in [0, 1, 2, 3, 4, 15, 16, 17, 2 ** 52, 2 ** 53 + 1, 10 ** 40, 10 ** 40 - 1, -1, 1.0, 'x', True]: row('math:isqrt', n)
for n in [0, 1, 2, 5, 20, 21, 25, 100, 300, -1, 1.0, 'x', True, 2 ** 70]: row('math:factorial', n)
for n, k in itertools.product([0, 1, 5, 10, 60, 200, -1], [0, 1, 2, 5, 30, 300, -1]):
    row('math:comb', n, k)
    row('math:perm', n, k)
row('math:comb', 1.5, 2)
row('math:perm', 5)
row('math:perm', 5, None)
row('math:perm', -5)
for xs in [[], [1, 2, 3], [1.5, 2], [2 ** 40, 2 ** 40], [True, 5], [[], 2]]: row('math:prod', xs)
row('math:prod', [2, 3], start=10)
row('math:prod', [2, 3], start=0.5)
row('math:prod', 5)
for a in [(), (3,), (3, 4), (-3, 4.0), (1, 1), (1, 1, 1), (1e200, 1e200), (1e-200, 1e-200), (5e-324,), (5e-324, 5e-324), (math.inf, math.nan), (math.nan, 1), (1e308, 1e308), ('x',), (0.1, 0.2, 0.3), (0, -0.0)]: row('math:hypot', *a)
for p, q in [([0, 0], [3, 4]), ((1, 2, 3), (4, 5, 6)), ([], []), ([1], [1, 2]), ([1e308], [-1e308]), (['x'], [1])]: row('math:dist', p, q)
for p, q in [([], []), ([1, 2], [3, 4]), ([1.5, 2], [3, 4]), ([1e16, 1, -1e16], [1.0, 1, 1]), ([1], [1, 2]), ([2 ** 70], [2 ** 70]), ([0.1] * 10, [3] * 10), ([math.inf], [0.0]), ([True], [5]), (['a'], [3])]: row('math:sumprod', p, q)
for a in [(1, 1), (1, 1 + 1e-10), (1, 1.1), (0, 1e-10), (math.inf, math.inf), (math.inf, 1), (math.nan, math.nan)]: row('math:isclose', *a)
row('math:isclose', 1, 1.1, rel_tol=0.1)
row('math:isclose', 0, 1e-10, abs_tol=1e-9)
row('math:isclose', 0, 1, rel_tol=-1)
row('math:isclose', 1, 'x')
for x in [0.0, 1.0, 1e300, -5e-324, math.inf, math.nan]:
    for y in [0.0, 2.0, -math.inf]:
        for steps in [0, 1, 5, 10 ** 30, -1]: row('math:nextafter', x, y, steps=steps)
for a in [(2.0, 3.0, 4.0), (0.1, 10.0, -1.0), (1e308, 10.0, -math.inf), (1e308, 10.0, 0.0), (math.inf, 0.0, 1.0), (0.0, 5.0, -0.0), (-0.0, 5.0, -0.0), (1 + 2 ** -30, 1 - 2 ** -30, -1.0), (5e-324, 0.5, 0.0), (-5e-324, 0.25, 0.0), (math.nan, 1, 1), (math.inf, 0.0, math.nan), (math.inf, 1, -math.inf), ('x', 1, 2), (3.0, 2.0, -6.0)]: row('math:fma', *a)
for _ in range(200):
    x, y, z = r.uniform(-50, 50), r.uniform(-5, 5), r.uniform(-100, 100)
    row('math:fma', x, y, z)
    row('math:hypot', x, y, z)
    row('math:hypot', x, y)
    row('math:fsum', [x, y, z, 1e17 * x])
    row('math:sumprod', [x, y, z], [z, x, y])
    row('math:remainder', x, y)
    row('math:fmod', x, y)
    for f in ['erf', 'erfc', 'gamma', 'lgamma']:
        row(f'math:{f}', y)
        row(f'math:{f}', x)
here = os.path.dirname(os.path.abspath(__file__))


def write(path, rows):
    seen = set()
    with open(os.path.join(here, path), 'w') as f:
        for text in (json.dumps(x, separators=(',', ':')) for x in rows):
            if text not in seen:
                seen.add(text)
                f.write(text + '\n')


write('numbers.jsonl', numbers)
write('../modules/math.jsonl', rows)
