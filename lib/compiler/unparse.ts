/** Source text of an expression, for annotations under `from __future__ import annotations`: CPython's spelling. */
import type * as A from '../syntax/ast.js';
import { charsOf } from '../syntax/text.js';

/** Binding strength, weakest first. */
const NAMED = 0;
const TUPLE = 1;
const TEST = 2;
const OR = 3;
const AND = 4;
const NOT = 5;
const CMP = 6;
const EXPR = 7;
const BOR = EXPR;
const BXOR = 8;
const BAND = 9;
const SHIFT = 10;
const ARITH = 11;
const TERM = 12;
const FACTOR = 13;
const POWER = 14;
const AWAIT = 15;
const ATOM = 16;

const BINARY: { [K in A.Operator]: [string, number] } = {
  Add: [' + ', ARITH],
  Sub: [' - ', ARITH],
  Mult: [' * ', TERM],
  MatMult: [' @ ', TERM],
  Div: [' / ', TERM],
  Mod: [' % ', TERM],
  LShift: [' << ', SHIFT],
  RShift: [' >> ', SHIFT],
  BitOr: [' | ', BOR],
  BitXor: [' ^ ', BXOR],
  BitAnd: [' & ', BAND],
  FloorDiv: [' // ', TERM],
  Pow: [' ** ', POWER],
};

const COMPARE: { [K in A.CmpOperator]: string } = {
  Eq: ' == ',
  NotEq: ' != ',
  Lt: ' < ',
  LtE: ' <= ',
  Gt: ' > ',
  GtE: ' >= ',
  Is: ' is ',
  IsNot: ' is not ',
  In: ' in ',
  NotIn: ' not in ',
};

const UNARY: { [K in A.UnaryOperator]: [string, number] } = {
  Invert: ['~', FACTOR],
  Not: ['not ', NOT],
  UAdd: ['+', FACTOR],
  USub: ['-', FACTOR],
};

export function unparse(e: A.Expr): string {
  return text(e, TEST);
}

const wrap = (s: string, parens: boolean): string => (parens ? `(${s})` : s);
const list = (es: A.Expr[], level = TEST): string => es.map((e) => text(e, level)).join(', ');

function text(e: A.Expr, level: number): string {
  switch (e.kind) {
    case 'Name':
      return e.id;
    case 'Constant':
      return constant(e.value, e.str_kind);
    case 'Attribute':
      return attribute(e);
    case 'Subscript':
      return `${text(e.value, ATOM)}[${text(e.slice, TUPLE)}]`;
    case 'Call':
      return callText(e);
    case 'BinOp':
      return binOp(e, level);
    case 'BoolOp': {
      const own = e.op === 'And' ? AND : OR;
      return wrap(e.values.map((v) => text(v, own + 1)).join(e.op === 'And' ? ' and ' : ' or '), level > own);
    }
    case 'UnaryOp': {
      const [sign, own] = UNARY[e.op];
      return wrap(sign + text(e.operand, own), level > own);
    }
    case 'Compare': {
      const right = e.ops.map((o, i) => COMPARE[o] + text(e.comparators[i]!, CMP + 1)).join('');
      return wrap(text(e.left, CMP + 1) + right, level > CMP);
    }
    case 'IfExp':
      return wrap(`${text(e.body, TEST + 1)} if ${text(e.test, TEST + 1)} else ${text(e.orelse, TEST)}`, level > TEST);
    case 'Tuple':
      return tupleText(e, level);
    case 'List':
      return `[${list(e.elts)}]`;
    case 'Set':
      return e.elts.length > 0 ? `{${list(e.elts)}}` : '{*()}';
    case 'Dict':
      return `{${e.keys.map((k, i) => (k === null ? `**${text(e.values[i]!, EXPR)}` : `${text(k, TEST)}: ${text(e.values[i]!, TEST)}`)).join(', ')}}`;
    case 'Lambda':
      return wrap(`lambda${parameters(e.args)}: ${text(e.body, TEST)}`, level > TEST);
    case 'ListComp':
      return `[${text(e.elt, TEST)}${generators(e.generators)}]`;
    case 'SetComp':
      return `{${text(e.elt, TEST)}${generators(e.generators)}}`;
    case 'GeneratorExp':
      return `(${text(e.elt, TEST)}${generators(e.generators)})`;
    case 'DictComp':
      return `{${text(e.key, TEST)}: ${text(e.value, TEST)}${generators(e.generators)}}`;
    case 'Starred':
      return `*${text(e.value, EXPR)}`;
    case 'NamedExpr':
      return wrap(`${text(e.target, ATOM)} := ${text(e.value, ATOM)}`, level > NAMED);
    case 'Slice':
      return sliceText(e);
    case 'Await':
      return wrap(`await ${text(e.value, ATOM)}`, level > AWAIT);
    case 'Yield':
      return e.value === null ? '(yield)' : `(yield ${text(e.value, TEST)})`;
    case 'YieldFrom':
      return `(yield from ${text(e.value, TEST)})`;
    case 'JoinedStr':
    case 'FormattedValue':
      return `f${quoted(fieldText(e))}`;
    case 'TemplateStr':
    case 'Interpolation':
      return `t${quoted(fieldText(e))}`;
  }
}

function attribute(e: A.Attribute): string {
  const value = text(e.value, ATOM);
  return e.value.kind === 'Constant' && e.value.value.t === 'int' ? `${value} .${e.attr}` : `${value}.${e.attr}`;
}

function binOp(e: A.BinOp, level: number): string {
  const [sign, own] = BINARY[e.op];
  const right = e.op === 'Pow';
  return wrap(text(e.left, own + (right ? 1 : 0)) + sign + text(e.right, own + (right ? 0 : 1)), level > own);
}

function tupleText(e: A.Tuple, level: number): string {
  if (e.elts.length === 0) return '()';
  return wrap(e.elts.length === 1 ? `${text(e.elts[0]!, TEST)},` : list(e.elts), level > TUPLE);
}

function sliceText(e: A.Slice): string {
  const part = (x: A.Expr | null): string => (x === null ? '' : text(x, TEST));
  return `${part(e.lower)}:${part(e.upper)}${e.step === null ? '' : `:${part(e.step)}`}`;
}

function callText(e: A.Call): string {
  const only = e.args.length === 1 && e.keywords.length === 0 && e.args[0]!.kind === 'GeneratorExp';
  if (only) return text(e.func, ATOM) + text(e.args[0]!, TEST);
  const named = e.keywords.map((k) => `${k.arg === null ? '**' : `${k.arg}=`}${text(k.value, TEST)}`);
  return `${text(e.func, ATOM)}(${[...e.args.map((a) => text(a, TEST)), ...named].join(', ')})`;
}

function generators(gs: A.Comprehension[]): string {
  return gs
    .map((g) => {
      const ifs = g.ifs.map((x) => ` if ${text(x, TEST + 1)}`).join('');
      return `${g.is_async ? ' async for ' : ' for '}${text(g.target, TUPLE)} in ${text(g.iter, TEST + 1)}${ifs}`;
    })
    .join('');
}

function parameters(a: A.Arguments): string {
  const out: string[] = [];
  const positional = [...a.posonlyargs, ...a.args];
  const first = positional.length - a.defaults.length;
  positional.forEach((p, i) => {
    out.push(p.arg + (i >= first ? `=${text(a.defaults[i - first]!, TEST)}` : ''));
    if (i === a.posonlyargs.length - 1) out.push('/');
  });
  if (a.vararg !== null || a.kwonlyargs.length > 0) out.push(`*${a.vararg?.arg ?? ''}`);
  a.kwonlyargs.forEach((p, i) => {
    const d = a.kw_defaults[i]!;
    out.push(p.arg + (d === null ? '' : `=${text(d, TEST)}`));
  });
  if (a.kwarg !== null) out.push(`**${a.kwarg.arg}`);
  return out.length > 0 ? ` ${out.join(', ')}` : '';
}

// ---------------------------------------------------------------- constants

function constant(c: A.PyConst, strKind: string | null): string {
  switch (c.t) {
    case 'none':
      return 'None';
    case 'ellipsis':
      return '...';
    case 'bool':
      return c.v ? 'True' : 'False';
    case 'int':
      return String(c.v);
    case 'float':
      return floatText(c.v);
    case 'complex':
      return `${floatText(c.v).replace(/\.0$/, '')}j`;
    case 'str':
      return `${strKind ?? ''}${quoted(c.v, false, charsOf(c))}`;
    case 'bytes':
      return `b${quoted(String.fromCharCode(...c.v), true)}`;
  }
}

/** repr() of a float; infinity is a literal too large. */
export function floatText(v: number): string {
  if (!Number.isFinite(v)) return Number.isNaN(v) ? 'nan' : v > 0 ? '1e309' : '-1e309';
  if (Object.is(v, -0)) return '-0.0';
  const size = Math.abs(v);
  if (size !== 0 && (size >= 1e16 || size < 1e-4)) {
    return v.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(v) ? `${v}.0` : String(v);
}

const ESCAPES: { [ch: string]: string } = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** repr() of a string. */
export function quoted(s: string, bytes = false, chars: Iterable<string> = s): string {
  const quote = s.includes("'") && !s.includes('"') ? '"' : "'";
  let out = '';
  for (const ch of chars) {
    const code = ch.codePointAt(0)!;
    if (ch === quote) out += `\\${ch}`;
    else if (ESCAPES[ch] !== undefined) out += ESCAPES[ch];
    else if (code < 32 || code === 127 || (bytes && code > 127)) out += `\\x${code.toString(16).padStart(2, '0')}`;
    else if (code < 127 || /[\p{L}\p{M}\p{N}\p{P}\p{S}]/u.test(ch)) out += ch;
    else out += escaped(code);
  }
  return quote + out + quote;
}

function escaped(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Inside of an f-string or t-string, unquoted. */
function fieldText(e: A.Expr): string {
  switch (e.kind) {
    case 'JoinedStr':
    case 'TemplateStr':
      return e.values.map(fieldText).join('');
    case 'Constant':
      return e.value.t === 'str' ? e.value.v.replace(/[{}]/g, '$&$&') : '';
    case 'FormattedValue':
    case 'Interpolation': {
      const value = text(e.value, TEST + 1);
      const conversion = e.conversion < 0 ? '' : `!${String.fromCharCode(e.conversion)}`;
      const spec = e.format_spec === null ? '' : `:${fieldText(e.format_spec)}`;
      return `{${value.startsWith('{') ? ' ' : ''}${value}${conversion}${spec}}`;
    }
    default:
      return text(e, TEST);
  }
}
