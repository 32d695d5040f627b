/**
 * Slot tables: what a built-in type does for an operation, by type id (object.ts: slotId). Subtypes inherit at definition. A missing
 * slot means the type does not support the operation. Results: a handle, or 0 with the exception set, unless said otherwise.
 */
export type Unary = (h: number) => number;
export type Binary = (a: number, b: number) => number;
export type Ternary = (a: number, b: number, c: number) => number;

/** Numbers of the binary operators: index into `slots.binary`. In-place forms have their own table. */
export const OP_ADD = 0;
export const OP_SUB = 1;
export const OP_MUL = 2;
export const OP_TRUEDIV = 3;
export const OP_FLOORDIV = 4;
export const OP_MOD = 5;
export const OP_AND = 6;
export const OP_OR = 7;
export const OP_XOR = 8;
export const OP_LSHIFT = 9;
export const OP_RSHIFT = 10;
export const OP_POW = 11;
export const OP_MATMUL = 12;
export const OP_DIVMOD = 13;

/** Rows: symbol, method name without underscores. */
export const BINARY_OPERATORS: readonly (readonly [string, string])[] = [
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'truediv'],
  ['//', 'floordiv'],
  ['%', 'mod'],
  ['&', 'and'],
  ['|', 'or'],
  ['^', 'xor'],
  ['<<', 'lshift'],
  ['>>', 'rshift'],
  ['** or pow()', 'pow'],
  ['@', 'matmul'],
  ['divmod()', 'divmod'],
];

export const CMP_LT = 0;
export const CMP_LE = 1;
export const CMP_EQ = 2;
export const CMP_NE = 3;
export const CMP_GT = 4;
export const CMP_GE = 5;
export const COMPARISONS: readonly (readonly [string, string])[] = [
  ['<', 'lt'],
  ['<=', 'le'],
  ['==', 'eq'],
  ['!=', 'ne'],
  ['>', 'gt'],
  ['>=', 'ge'],
];

/** Ids of built-in types are below this. Fewer than there is room for in the space: every carrier has all tables. */
export const SLOTTED_TYPES = 768;

/** By type id: 1 when the slot `call` may end by a call, see takeTail of lib/vm/tail-call.ts. */
export const tailCalls = new Uint8Array(SLOTTED_TYPES);

const table = <F>(): (F | undefined)[] => new Array<F | undefined>(SLOTTED_TYPES).fill(undefined);

export const slots = {
  repr: table<Unary>(),
  str: table<Unary>(),
  /** JS int32 hash as a small-int-or-larger handle: the Python value of hash(). */
  hash: table<Unary>(),
  /** 1, 0, or -1 with the exception set. */
  bool: table<Unary>(),
  /** Number of items, or -1 with the exception set. */
  len: table<Unary>(),
  iter: table<Unary>(),
  /** Next value; 0 at the end (no exception set) or on error (set). */
  next: table<Unary>(),
  getitem: table<Binary>(),
  /** 1, or 0 with the exception set. */
  setitem: table<Ternary>(),
  delitem: table<Binary>(),
  /** 1, 0, or -1 with the exception set. */
  contains: table<Binary>(),
  /** (a, b, CMP_*): a handle (NOT_IMPLEMENTED allowed). */
  compare: table<Ternary>(),
  /** By OP_*: (a, b) with either of this type; NOT_IMPLEMENTED allowed. */
  binary: Array.from({ length: 14 }, () => table<Binary>()),
  inplace: Array.from({ length: 14 }, () => table<Binary>()),
  neg: table<Unary>(),
  pos: table<Unary>(),
  invert: table<Unary>(),
  abs: table<Unary>(),
  int: table<Unary>(),
  float: table<Unary>(),
  index: table<Unary>(),
  /** (callable, args word, n | kwnames passed on): see call.ts. */
  call: table<(callee: number, args: number, n: number, kwnames: number) => number>(),
  /** (object, interned name): the attribute, or 0 with AttributeError set. Missing: generic look-up. */
  getattr: table<Binary>(),
  /** (object, interned name, value or 0 to delete): 1, or 0 with the exception set. */
  setattr: table<Ternary>(),
  /** Descriptor get: (descriptor, instance or 0, type). */
  get: table<Ternary>(),
  /** Descriptor set: (descriptor, instance, value or 0 to delete): 1 or 0. */
  set: table<Ternary>(),
  /** (type, args word, n, kwnames): makes an instance of `type`, which may be a subclass; `__new__`. */
  create: table<(type: number, args: number, n: number, kwnames: number) => number>(),
  /** (self, args word, n, kwnames): `__init__`; 1 or 0. */
  init: table<(self: number, args: number, n: number, kwnames: number) => number>(),
};
