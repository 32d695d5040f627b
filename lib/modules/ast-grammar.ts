/** The abstract grammar of Python 3.14 as data (https://docs.python.org/3.14/library/ast.html#abstract-grammar), for the classes of `_ast`. */

export interface Field {
  readonly name: string;
  /** identifier, string, int, constant, or a node class. */
  readonly type: string;
  /** '' one, '?' may be None, '*' a list, '?*' a list of which items may be None. */
  readonly many: '' | '?' | '*' | '?*';
}

export interface Constructor {
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Rule {
  readonly name: string;
  /** A sum has constructors of other names; a product is its own. */
  readonly sum: boolean;
  readonly constructors: readonly Constructor[];
  /** 'none', 'optional' (ends may be None) or 'required' positions. */
  readonly location: 'none' | 'optional' | 'required';
}

const FUNCTION =
  'identifier name, arguments args, stmt* body, expr* decorator_list, expr? returns, string? type_comment, type_param* type_params';
const FOR = 'expr target, expr iter, stmt* body, stmt* orelse, string? type_comment';
const WITH = 'withitem* items, stmt* body, string? type_comment';
const TRY = 'stmt* body, excepthandler* handlers, stmt* orelse, stmt* finalbody';
const COMPREHENSION = 'expr elt, comprehension* generators';

const STATEMENTS: readonly (readonly [string, string?])[] = [
  ['FunctionDef', FUNCTION],
  ['AsyncFunctionDef', FUNCTION],
  [
    'ClassDef',
    'identifier name, expr* bases, keyword* keywords, stmt* body, expr* decorator_list, type_param* type_params',
  ],
  ['Return', 'expr? value'],
  ['Delete', 'expr* targets'],
  ['Assign', 'expr* targets, expr value, string? type_comment'],
  ['TypeAlias', 'expr name, type_param* type_params, expr value'],
  ['AugAssign', 'expr target, operator op, expr value'],
  ['AnnAssign', 'expr target, expr annotation, expr? value, int simple'],
  ['For', FOR],
  ['AsyncFor', FOR],
  ['While', 'expr test, stmt* body, stmt* orelse'],
  ['If', 'expr test, stmt* body, stmt* orelse'],
  ['With', WITH],
  ['AsyncWith', WITH],
  ['Match', 'expr subject, match_case* cases'],
  ['Raise', 'expr? exc, expr? cause'],
  ['Try', TRY],
  ['TryStar', TRY],
  ['Assert', 'expr test, expr? msg'],
  ['Import', 'alias* names'],
  ['ImportFrom', 'identifier? module, alias* names, int? level'],
  ['Global', 'identifier* names'],
  ['Nonlocal', 'identifier* names'],
  ['Expr', 'expr value'],
  ['Pass'],
  ['Break'],
  ['Continue'],
];

const EXPRESSIONS: readonly (readonly [string, string?])[] = [
  ['BoolOp', 'boolop op, expr* values'],
  ['NamedExpr', 'expr target, expr value'],
  ['BinOp', 'expr left, operator op, expr right'],
  ['UnaryOp', 'unaryop op, expr operand'],
  ['Lambda', 'arguments args, expr body'],
  ['IfExp', 'expr test, expr body, expr orelse'],
  ['Dict', 'expr?* keys, expr* values'],
  ['Set', 'expr* elts'],
  ['ListComp', COMPREHENSION],
  ['SetComp', COMPREHENSION],
  ['DictComp', 'expr key, expr value, comprehension* generators'],
  ['GeneratorExp', COMPREHENSION],
  ['Await', 'expr value'],
  ['Yield', 'expr? value'],
  ['YieldFrom', 'expr value'],
  ['Compare', 'expr left, cmpop* ops, expr* comparators'],
  ['Call', 'expr func, expr* args, keyword* keywords'],
  ['FormattedValue', 'expr value, int conversion, expr? format_spec'],
  ['Interpolation', 'expr value, constant str, int conversion, expr? format_spec'],
  ['JoinedStr', 'expr* values'],
  ['TemplateStr', 'expr* values'],
  ['Constant', 'constant value, string? kind'],
  ['Attribute', 'expr value, identifier attr, expr_context ctx'],
  ['Subscript', 'expr value, expr slice, expr_context ctx'],
  ['Starred', 'expr value, expr_context ctx'],
  ['Name', 'identifier id, expr_context ctx'],
  ['List', 'expr* elts, expr_context ctx'],
  ['Tuple', 'expr* elts, expr_context ctx'],
  ['Slice', 'expr? lower, expr? upper, expr? step'],
];

const PATTERNS: readonly (readonly [string, string?])[] = [
  ['MatchValue', 'expr value'],
  ['MatchSingleton', 'constant value'],
  ['MatchSequence', 'pattern* patterns'],
  ['MatchMapping', 'expr* keys, pattern* patterns, identifier? rest'],
  ['MatchClass', 'expr cls, pattern* patterns, identifier* kwd_attrs, pattern* kwd_patterns'],
  ['MatchStar', 'identifier? name'],
  ['MatchAs', 'pattern? pattern, identifier? name'],
  ['MatchOr', 'pattern* patterns'],
];

const MODULES: readonly (readonly [string, string?])[] = [
  ['Module', 'stmt* body, type_ignore* type_ignores'],
  ['Interactive', 'stmt* body'],
  ['Expression', 'expr body'],
  ['FunctionType', 'expr* argtypes, expr returns'],
];

const TYPE_PARAMETERS: readonly (readonly [string, string?])[] = [
  ['TypeVar', 'identifier name, expr? bound, expr? default_value'],
  ['ParamSpec', 'identifier name, expr? default_value'],
  ['TypeVarTuple', 'identifier name, expr? default_value'],
];

function fieldsOf(text: string): Field[] {
  return text.split(', ').map((part) => {
    const [, type, many, name] = /^(\w+?)(\?\*|[?*]?) (\w+)$/.exec(part)!;
    return { type: type!, many: many as Field['many'], name: name! };
  });
}

const constructors = (rows: readonly (readonly [string, string?])[]): Constructor[] =>
  rows.map(([name, fields]) => ({ name, fields: fields === undefined ? [] : fieldsOf(fields) }));

const sum = (
  name: string,
  rows: readonly (readonly [string, string?])[],
  location: Rule['location'] = 'none',
): Rule => ({
  name,
  sum: true,
  constructors: constructors(rows),
  location,
});

const names = (text: string): (readonly [string])[] => text.split(' ').map((name) => [name] as const);

const product = (name: string, fields: string, location: Rule['location'] = 'none'): Rule => ({
  name,
  sum: false,
  constructors: constructors([[name, fields]]),
  location,
});

/** The rules, in the grammar's order. Made when `_ast` is imported. */
export const grammar = (): readonly Rule[] => [
  sum('mod', MODULES),
  sum('stmt', STATEMENTS, 'optional'),
  sum('expr', EXPRESSIONS, 'optional'),
  sum('expr_context', names('Load Store Del')),
  sum('boolop', names('And Or')),
  sum('operator', names('Add Sub Mult MatMult Div Mod Pow LShift RShift BitOr BitXor BitAnd FloorDiv')),
  sum('unaryop', names('Invert Not UAdd USub')),
  sum('cmpop', names('Eq NotEq Lt LtE Gt GtE Is IsNot In NotIn')),
  product('comprehension', 'expr target, expr iter, expr* ifs, int is_async'),
  sum('excepthandler', [['ExceptHandler', 'expr? type, identifier? name, stmt* body']], 'optional'),
  product(
    'arguments',
    'arg* posonlyargs, arg* args, arg? vararg, arg* kwonlyargs, expr?* kw_defaults, arg? kwarg, expr* defaults',
  ),
  product('arg', 'identifier arg, expr? annotation, string? type_comment', 'optional'),
  product('keyword', 'identifier? arg, expr value', 'optional'),
  product('alias', 'identifier name, identifier? asname', 'optional'),
  product('withitem', 'expr context_expr, expr? optional_vars'),
  product('match_case', 'pattern pattern, expr? guard, stmt* body'),
  sum('pattern', PATTERNS, 'required'),
  sum('type_ignore', [['TypeIgnore', 'int lineno, string tag']]),
  sum('type_param', TYPE_PARAMETERS, 'required'),
];

export const LOCATION = ['lineno', 'col_offset', 'end_lineno', 'end_col_offset'] as const;

/** A constructor as the documentation of its class shows it. */
export const constructorText = ({ name, fields }: Constructor): string =>
  fields.length === 0 ? name : `${name}(${fields.map((f) => `${f.type}${f.many} ${f.name}`).join(', ')})`;
