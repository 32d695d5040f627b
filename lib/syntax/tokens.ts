/**
 * Kinds of tokens. A kind is a small integer: the fixed ones below, then one for each operator and keyword, numbered by
 * its row in OPERATORS and KEYWORDS.
 */
export const ENDMARKER = 0 as const;
export const NAME = 1 as const;
export const NUMBER = 2 as const;
export const STRING = 3 as const;
export const NEWLINE = 4 as const;
export const INDENT = 5 as const;
export const DEDENT = 6 as const;
export const FSTRING_START = 7 as const;
export const FSTRING_MIDDLE = 8 as const;
export const FSTRING_END = 9 as const;
export const TSTRING_START = 10 as const;
export const TSTRING_MIDDLE = 11 as const;
export const TSTRING_END = 12 as const;
/** The source cannot be read on from here; `Tokens.error` says why. */
export const ERROR = 13 as const;
/** A character that no rule of the grammar knows. */
export const UNKNOWN = 14 as const;
/** `<>`, which is `!=` after `from __future__ import barry_as_FLUFL` (PEP 401). */
export const FLUFL = 15 as const;

const FIRST_OPERATOR = 16;
// biome-ignore format: rows of data
const OPERATORS = [
  '(', ')', '[', ']', '{', '}', ':', ',', ';', '.', '=', '!', '->', ':=', '...', '~',
  '+', '-', '*', '/', '//', '%', '@', '**', '<<', '>>', '&', '|', '^',
  '+=', '-=', '*=', '/=', '//=', '%=', '@=', '**=', '<<=', '>>=', '&=', '|=', '^=',
  '==', '!=', '<', '<=', '>', '>=',
];
const FIRST_KEYWORD = FIRST_OPERATOR + OPERATORS.length;
// biome-ignore format: rows of data
const KEYWORDS = [
  'False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def', 'del', 'elif',
  'else', 'except', 'finally', 'for', 'from', 'global', 'if', 'import', 'in', 'is', 'lambda', 'nonlocal', 'not', 'or',
  'pass', 'raise', 'return', 'try', 'while', 'with', 'yield',
];
export const SOFT_KEYWORDS: readonly string[] = ['_', 'case', 'match', 'type'];
export const KEYWORD_NAMES: readonly string[] = KEYWORDS;

/** Kind of each operator and keyword by its spelling. */
export const KIND_OF = new Map<string, number>();
OPERATORS.forEach((s, i) => KIND_OF.set(s, FIRST_OPERATOR + i));
/** Kind of each keyword by its spelling. */
export const KEYWORD_KIND = new Map<string, number>();
KEYWORDS.forEach((s, i) => {
  KIND_OF.set(s, FIRST_KEYWORD + i);
  KEYWORD_KIND.set(s, FIRST_KEYWORD + i);
});

const kind = (spelling: string): number => KIND_OF.get(spelling)!;
export const KIND_COUNT = FIRST_KEYWORD + KEYWORDS.length;

export const LPAR = kind('(');
export const RPAR = kind(')');
export const LSQB = kind('[');
export const RSQB = kind(']');
export const LBRACE = kind('{');
export const RBRACE = kind('}');
export const COLON = kind(':');
export const COMMA = kind(',');
export const SEMI = kind(';');
export const DOT = kind('.');
export const EQUAL = kind('=');
export const EXCLAMATION = kind('!');
export const ARROW = kind('->');
export const COLONEQUAL = kind(':=');
export const ELLIPSIS = kind('...');
export const TILDE = kind('~');
export const PLUS = kind('+');
export const MINUS = kind('-');
export const STAR = kind('*');
export const SLASH = kind('/');
export const DOUBLESTAR = kind('**');
export const AT = kind('@');
export const VBAR = kind('|');
export const PLUSEQUAL = kind('+=');
export const CIRCUMFLEXEQUAL = kind('^=');
export const FALSE = kind('False');
export const NONE = kind('None');
export const TRUE = kind('True');
export const AND = kind('and');
export const AS = kind('as');
export const ASSERT = kind('assert');
export const ASYNC = kind('async');
export const AWAIT = kind('await');
export const BREAK = kind('break');
export const CLASS = kind('class');
export const CONTINUE = kind('continue');
export const DEF = kind('def');
export const DEL = kind('del');
export const ELIF = kind('elif');
export const ELSE = kind('else');
export const EXCEPT = kind('except');
export const FINALLY = kind('finally');
export const FOR = kind('for');
export const FROM = kind('from');
export const GLOBAL = kind('global');
export const IF = kind('if');
export const IMPORT = kind('import');
export const IN = kind('in');
export const IS = kind('is');
export const LAMBDA = kind('lambda');
export const NONLOCAL = kind('nonlocal');
export const NOT = kind('not');
export const OR = kind('or');
export const PASS = kind('pass');
export const RAISE = kind('raise');
export const RETURN = kind('return');
export const TRY = kind('try');
export const WHILE = kind('while');
export const WITH = kind('with');
export const YIELD = kind('yield');

/** Two-character operators: kind at index (first char code) * 128 + second char code, else 0. */
export const TWO_CHARS = new Uint8Array(128 * 128);
/** One-character operators: kind at index char code, else UNKNOWN. */
export const ONE_CHAR = new Uint8Array(128).fill(UNKNOWN);
for (const op of OPERATORS) {
  if (op.length === 1) ONE_CHAR[op.charCodeAt(0)] = kind(op);
  if (op.length === 2) TWO_CHARS[op.charCodeAt(0) * 128 + op.charCodeAt(1)] = kind(op);
}
TWO_CHARS[0x3c * 128 + 0x3e] = FLUFL;
/** Kind of a two-character operator followed by '=', by the kind of the two, else 0. */
export const THREE_CHARS = new Uint8Array(KIND_COUNT);
for (const op of ['//', '**', '<<', '>>']) THREE_CHARS[kind(op)] = kind(op + '=');
