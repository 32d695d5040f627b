/**
 * Instruction set. An instruction is one int32: opcode in the low 8 bits, signed argument in the upper 24
 * (`ins >> 8`); there is no EXTENDED_ARG. Meanings follow CPython 3.14 (https://docs.python.org/3.14/library/dis.html)
 * except where a row says otherwise. Stacks are written bottom first: [a, b] has b on top.
 *
 * Numbers are part of the serialised format (code.ts, FORMAT_VERSION): add at the end, or raise the version.
 */

// Stack and constants
export const OP_NOP = 1;
export const OP_POP_TOP = 2;
export const OP_COPY = 3;
export const OP_SWAP = 4;
export const OP_PUSH_NULL = 5;
export const OP_LOAD_IMM = 6;
export const OP_LOAD_CONST = 7;
export const OP_LOAD_COMMON_CONSTANT = 8;

// Locals, cells and free variables: one array of slots
export const OP_LOAD_FAST = 9;
export const OP_LOAD_FAST_CHECK = 10;
export const OP_LOAD_FAST_AND_CLEAR = 11;
export const OP_STORE_FAST = 12;
export const OP_DELETE_FAST = 13;
export const OP_LOAD_FAST_LOAD_FAST = 14;
export const OP_STORE_FAST_LOAD_FAST = 15;
export const OP_STORE_FAST_STORE_FAST = 16;
export const OP_LOAD_FAST_LOAD_IMM = 17;
export const OP_MAKE_CELL = 18;
export const OP_COPY_FREE_VARS = 19;
export const OP_LOAD_DEREF = 20;
export const OP_STORE_DEREF = 21;
export const OP_DELETE_DEREF = 22;
export const OP_LOAD_FROM_DICT_OR_DEREF = 23;

// Names: each instruction has its own site, a name with an inline cache
export const OP_LOAD_GLOBAL = 24;
export const OP_STORE_GLOBAL = 25;
export const OP_DELETE_GLOBAL = 26;
export const OP_LOAD_NAME = 27;
export const OP_STORE_NAME = 28;
export const OP_DELETE_NAME = 29;
export const OP_LOAD_FROM_DICT_OR_GLOBALS = 30;
export const OP_LOAD_ATTR = 31;
export const OP_LOAD_METHOD = 32;
export const OP_STORE_ATTR = 33;
export const OP_DELETE_ATTR = 34;
export const OP_LOAD_SUPER_ATTR = 35;
export const OP_LOAD_SUPER_METHOD = 36;
export const OP_IMPORT_NAME = 37;
export const OP_IMPORT_FROM = 38;

// Operators: arg 1 is the in-place form of a binary operator
export const OP_BINARY_ADD = 39;
export const OP_BINARY_SUB = 40;
export const OP_BINARY_MUL = 41;
export const OP_BINARY_TRUEDIV = 42;
export const OP_BINARY_FLOORDIV = 43;
export const OP_BINARY_MOD = 44;
export const OP_BINARY_AND = 45;
export const OP_BINARY_OR = 46;
export const OP_BINARY_XOR = 47;
export const OP_BINARY_LSHIFT = 48;
export const OP_BINARY_RSHIFT = 49;
export const OP_BINARY_POW = 50;
export const OP_BINARY_MATMUL = 51;
export const OP_COMPARE_LT = 52;
export const OP_COMPARE_LE = 53;
export const OP_COMPARE_EQ = 54;
export const OP_COMPARE_NE = 55;
export const OP_COMPARE_GT = 56;
export const OP_COMPARE_GE = 57;
export const OP_IS_OP = 58;
export const OP_CONTAINS_OP = 59;
export const OP_UNARY_NEG = 60;
export const OP_UNARY_POS = 61;
export const OP_UNARY_INVERT = 62;
export const OP_UNARY_NOT = 63;
export const OP_TO_BOOL = 64;

// Subscripts
export const OP_BINARY_SUBSCR = 65;
export const OP_STORE_SUBSCR = 66;
export const OP_DELETE_SUBSCR = 67;
export const OP_BINARY_SLICE = 68;
export const OP_STORE_SLICE = 69;
export const OP_BUILD_SLICE = 70;

// Jumps: displacement in words from the next instruction; only JUMP_BACKWARD goes backward
export const OP_JUMP_FORWARD = 71;
export const OP_JUMP_BACKWARD = 72;
export const OP_POP_JUMP_IF_FALSE = 73;
export const OP_POP_JUMP_IF_TRUE = 74;
export const OP_POP_JUMP_IF_NONE = 75;
export const OP_POP_JUMP_IF_NOT_NONE = 76;

// Iteration
export const OP_GET_ITER = 77;
export const OP_FOR_ITER = 78;

// Calls and returns
export const OP_CALL = 79;
export const OP_CALL_KW = 80;
export const OP_CALL_EX = 81;
export const OP_RETURN_VALUE = 82;
export const OP_MAKE_FUNCTION = 83;
export const OP_SET_FUNCTION_ATTRIBUTE = 84;
export const OP_LOAD_BUILD_CLASS = 85;
export const OP_LOAD_LOCALS = 86;
export const OP_SETUP_ANNOTATIONS = 87;
export const OP_CALL_INTRINSIC_1 = 88;
export const OP_CALL_INTRINSIC_2 = 89;

// Generators, coroutines
export const OP_RESUME = 90;
export const OP_RETURN_GENERATOR = 91;
export const OP_YIELD_VALUE = 92;
export const OP_GET_YIELD_FROM_ITER = 93;
export const OP_SEND = 94;
export const OP_END_SEND = 95;
export const OP_CLEANUP_THROW = 96;
export const OP_GET_AWAITABLE = 97;
export const OP_GET_AITER = 98;
export const OP_GET_ANEXT = 99;
export const OP_END_ASYNC_FOR = 100;

// Exceptions
export const OP_RAISE_VARARGS = 101;
export const OP_RERAISE = 102;
export const OP_PUSH_EXC_INFO = 103;
export const OP_POP_EXCEPT = 104;
export const OP_CHECK_EXC_MATCH = 105;
export const OP_CHECK_EG_MATCH = 106;
export const OP_WITH_EXCEPT_START = 107;
export const OP_LOAD_SPECIAL = 108;

// Containers
export const OP_BUILD_TUPLE = 109;
export const OP_BUILD_LIST = 110;
export const OP_BUILD_SET = 111;
export const OP_BUILD_MAP = 112;
export const OP_BUILD_STRING = 113;
export const OP_LIST_APPEND = 114;
export const OP_SET_ADD = 115;
export const OP_MAP_ADD = 116;
export const OP_LIST_EXTEND = 117;
export const OP_SET_UPDATE = 118;
export const OP_DICT_UPDATE = 119;
export const OP_DICT_MERGE = 120;
export const OP_UNPACK_SEQUENCE = 121;
export const OP_UNPACK_EX = 122;

// Formatting
export const OP_FORMAT_SIMPLE = 123;
export const OP_FORMAT_WITH_SPEC = 124;
export const OP_CONVERT_VALUE = 125;
export const OP_BUILD_TEMPLATE = 126;
export const OP_BUILD_INTERPOLATION = 127;

// Matching
export const OP_GET_LEN = 128;
export const OP_MATCH_MAPPING = 129;
export const OP_MATCH_SEQUENCE = 130;
export const OP_MATCH_KEYS = 131;
export const OP_MATCH_CLASS = 132;

// Not the compiler's: the entry of code that is read lazily, and of code that may have a compiled form
export const OP_LOAD_BODY = 133;
export const OP_ENTER_COMPILED = 134;

/** What an argument is. Pairs pack two operands: a in the low 12 bits, b (signed) in the upper 12. */
export type OperandKind =
  | 'none'
  /** n-th value of the stack, 1 is the top */
  | 'depth'
  /** a handle: int of 23 bits as n << 1 | 1, or IMM_* */
  | 'imm'
  /** index in consts */
  | 'const'
  /** index in COMMON_CONSTANTS */
  | 'common'
  /** index in the frame's slots: locals, cells, free variables */
  | 'slot'
  | 'slots'
  | 'slot_imm'
  /** index in sites */
  | 'site'
  | 'count'
  | 'inplace'
  | 'invert'
  /** displacement in words from the next instruction */
  | 'jump'
  /** FUNC_ATTR_* */
  | 'funcattr'
  | 'intrinsic1'
  | 'intrinsic2'
  | 'resume'
  | 'flag'
  | 'awaitable'
  /** index in SPECIAL_METHODS */
  | 'special'
  | 'unpack_ex'
  | 'conversion'
  | 'interpolation';

/** A number of stack values: fixed, or a function of the argument. */
export type StackCount = number | ((arg: number) => number);

export interface OpRow {
  readonly op: number;
  readonly name: string;
  readonly operand: OperandKind;
  readonly pops: StackCount;
  /** Values pushed when the next instruction follows. */
  readonly pushes: StackCount;
  /** Values pushed when the jump is taken. */
  readonly taken: StackCount;
  /** Never goes on to the next instruction. */
  readonly ends: boolean;
  readonly meaning: string;
}

const n = (arg: number): number => arg;
const N =
  (extra: number) =>
  (arg: number): number =>
    arg + extra;

function row(
  op: number,
  name: string,
  operand: OperandKind,
  pops: StackCount,
  pushes: StackCount,
  meaning: string,
  more: { ends?: boolean; taken?: StackCount } = {},
): OpRow {
  return { op, name, operand, pops, pushes, taken: more.taken ?? pushes, ends: more.ends ?? false, meaning };
}

export const OPCODES: readonly OpRow[] = [
  // Stack and constants
  row(OP_NOP, 'NOP', 'none', 0, 0, 'does nothing'),
  row(OP_POP_TOP, 'POP_TOP', 'none', 1, 0, 'drops the top'),
  row(OP_COPY, 'COPY', 'depth', n, N(1), 'pushes the arg-th value from the top (1 is the top)'),
  row(OP_SWAP, 'SWAP', 'depth', n, n, 'exchanges the top with the arg-th value from the top'),
  row(OP_PUSH_NULL, 'PUSH_NULL', 'none', 0, 1, 'pushes handle 0'),
  row(OP_LOAD_IMM, 'LOAD_IMM', 'imm', 0, 1, 'pushes the arg itself as a handle: small int or immediate'),
  row(OP_LOAD_CONST, 'LOAD_CONST', 'const', 0, 1, 'pushes consts[arg]'),
  row(
    OP_LOAD_COMMON_CONSTANT,
    'LOAD_COMMON_CONSTANT',
    'common',
    0,
    1,
    'pushes COMMON_CONSTANTS[arg], whatever the builtins hold now',
  ),
  // Locals, cells and free variables: one array of slots
  row(OP_LOAD_FAST, 'LOAD_FAST', 'slot', 0, 1, 'pushes a slot that certainly holds a value (or a cell, for closures)'),
  row(OP_LOAD_FAST_CHECK, 'LOAD_FAST_CHECK', 'slot', 0, 1, 'pushes a slot; UnboundLocalError when it is empty'),
  row(
    OP_LOAD_FAST_AND_CLEAR,
    'LOAD_FAST_AND_CLEAR',
    'slot',
    0,
    1,
    'pushes a slot, which may be empty (NULL), and empties it',
  ),
  row(OP_STORE_FAST, 'STORE_FAST', 'slot', 1, 0, 'pops into a slot; NULL empties it'),
  row(OP_DELETE_FAST, 'DELETE_FAST', 'slot', 0, 0, 'empties a slot; UnboundLocalError when it is empty'),
  row(OP_LOAD_FAST_LOAD_FAST, 'LOAD_FAST_LOAD_FAST', 'slots', 0, 2, 'pushes slot a, then slot b'),
  row(OP_STORE_FAST_LOAD_FAST, 'STORE_FAST_LOAD_FAST', 'slots', 1, 1, 'pops into slot a, then pushes slot b'),
  row(OP_STORE_FAST_STORE_FAST, 'STORE_FAST_STORE_FAST', 'slots', 2, 0, 'pops into slot a, then pops into slot b'),
  row(OP_LOAD_FAST_LOAD_IMM, 'LOAD_FAST_LOAD_IMM', 'slot_imm', 0, 2, 'pushes slot a, then b (signed) as a handle'),
  row(OP_MAKE_CELL, 'MAKE_CELL', 'slot', 0, 0, "replaces a slot's value (or emptiness) by a new cell holding it"),
  row(
    OP_COPY_FREE_VARS,
    'COPY_FREE_VARS',
    'count',
    0,
    0,
    "copies the arg cells of the function's closure into the last arg slots",
  ),
  row(
    OP_LOAD_DEREF,
    'LOAD_DEREF',
    'slot',
    0,
    1,
    'pushes the content of the cell in a slot; NameError or UnboundLocalError when empty',
  ),
  row(OP_STORE_DEREF, 'STORE_DEREF', 'slot', 1, 0, 'pops into the cell in a slot'),
  row(OP_DELETE_DEREF, 'DELETE_DEREF', 'slot', 0, 0, 'empties the cell in a slot; error when it is empty'),
  row(
    OP_LOAD_FROM_DICT_OR_DEREF,
    'LOAD_FROM_DICT_OR_DEREF',
    'slot',
    1,
    1,
    "pops a mapping; pushes its value for the slot's name, else the content of the slot's cell",
  ),
  // Names: each instruction has its own site, a name with an inline cache
  row(OP_LOAD_GLOBAL, 'LOAD_GLOBAL', 'site', 0, 1, 'pushes a global or builtin'),
  row(OP_STORE_GLOBAL, 'STORE_GLOBAL', 'site', 1, 0, 'pops into a global'),
  row(OP_DELETE_GLOBAL, 'DELETE_GLOBAL', 'site', 0, 0, 'deletes a global'),
  row(OP_LOAD_NAME, 'LOAD_NAME', 'site', 0, 1, 'pushes a name: locals mapping, globals, builtins'),
  row(OP_STORE_NAME, 'STORE_NAME', 'site', 1, 0, 'pops into the locals mapping'),
  row(OP_DELETE_NAME, 'DELETE_NAME', 'site', 0, 0, 'deletes from the locals mapping'),
  row(
    OP_LOAD_FROM_DICT_OR_GLOBALS,
    'LOAD_FROM_DICT_OR_GLOBALS',
    'site',
    1,
    1,
    'pops a mapping; pushes its value for the name, else global, else builtin',
  ),
  row(OP_LOAD_ATTR, 'LOAD_ATTR', 'site', 1, 1, 'pops obj, pushes obj.name'),
  row(
    OP_LOAD_METHOD,
    'LOAD_METHOD',
    'site',
    1,
    2,
    'pops obj, pushes (function, obj) for a method, else (obj.name, NULL)',
  ),
  row(OP_STORE_ATTR, 'STORE_ATTR', 'site', 2, 0, '[value, obj]: obj.name = value'),
  row(OP_DELETE_ATTR, 'DELETE_ATTR', 'site', 1, 0, 'pops obj: del obj.name'),
  row(
    OP_LOAD_SUPER_ATTR,
    'LOAD_SUPER_ATTR',
    'site',
    3,
    1,
    '[super, cls, self]: zero-argument super().name; when super is not the builtin, super() is called',
  ),
  row(
    OP_LOAD_SUPER_METHOD,
    'LOAD_SUPER_METHOD',
    'site',
    3,
    2,
    'as LOAD_SUPER_ATTR, pushing (function, self) or (attribute, NULL)',
  ),
  row(
    OP_IMPORT_NAME,
    'IMPORT_NAME',
    'site',
    2,
    1,
    '[level, fromlist]: pushes __import__(name, globals, locals, fromlist, level)',
  ),
  row(OP_IMPORT_FROM, 'IMPORT_FROM', 'site', 1, 2, '[module]: pushes module.name, keeping the module'),
  // Operators: arg 1 is the in-place form of a binary operator
  row(OP_BINARY_ADD, 'BINARY_ADD', 'inplace', 2, 1, 'a + b'),
  row(OP_BINARY_SUB, 'BINARY_SUB', 'inplace', 2, 1, 'a - b'),
  row(OP_BINARY_MUL, 'BINARY_MUL', 'inplace', 2, 1, 'a * b'),
  row(OP_BINARY_TRUEDIV, 'BINARY_TRUEDIV', 'inplace', 2, 1, 'a / b'),
  row(OP_BINARY_FLOORDIV, 'BINARY_FLOORDIV', 'inplace', 2, 1, 'a // b'),
  row(OP_BINARY_MOD, 'BINARY_MOD', 'inplace', 2, 1, 'a % b'),
  row(OP_BINARY_AND, 'BINARY_AND', 'inplace', 2, 1, 'a & b'),
  row(OP_BINARY_OR, 'BINARY_OR', 'inplace', 2, 1, 'a | b'),
  row(OP_BINARY_XOR, 'BINARY_XOR', 'inplace', 2, 1, 'a ^ b'),
  row(OP_BINARY_LSHIFT, 'BINARY_LSHIFT', 'inplace', 2, 1, 'a << b'),
  row(OP_BINARY_RSHIFT, 'BINARY_RSHIFT', 'inplace', 2, 1, 'a >> b'),
  row(OP_BINARY_POW, 'BINARY_POW', 'inplace', 2, 1, 'a ** b'),
  row(OP_BINARY_MATMUL, 'BINARY_MATMUL', 'inplace', 2, 1, 'a @ b'),
  row(OP_COMPARE_LT, 'COMPARE_LT', 'none', 2, 1, 'a < b'),
  row(OP_COMPARE_LE, 'COMPARE_LE', 'none', 2, 1, 'a <= b'),
  row(OP_COMPARE_EQ, 'COMPARE_EQ', 'none', 2, 1, 'a == b'),
  row(OP_COMPARE_NE, 'COMPARE_NE', 'none', 2, 1, 'a != b'),
  row(OP_COMPARE_GT, 'COMPARE_GT', 'none', 2, 1, 'a > b'),
  row(OP_COMPARE_GE, 'COMPARE_GE', 'none', 2, 1, 'a >= b'),
  row(OP_IS_OP, 'IS_OP', 'invert', 2, 1, 'a is b; arg 1: is not'),
  row(OP_CONTAINS_OP, 'CONTAINS_OP', 'invert', 2, 1, 'a in b; arg 1: not in'),
  row(OP_UNARY_NEG, 'UNARY_NEG', 'none', 1, 1, '-a'),
  row(OP_UNARY_POS, 'UNARY_POS', 'none', 1, 1, '+a'),
  row(OP_UNARY_INVERT, 'UNARY_INVERT', 'none', 1, 1, '~a'),
  row(OP_UNARY_NOT, 'UNARY_NOT', 'none', 1, 1, 'not a, of any value'),
  row(OP_TO_BOOL, 'TO_BOOL', 'none', 1, 1, 'bool(a)'),
  // Subscripts
  row(OP_BINARY_SUBSCR, 'BINARY_SUBSCR', 'none', 2, 1, '[obj, key]: obj[key]'),
  row(OP_STORE_SUBSCR, 'STORE_SUBSCR', 'none', 3, 0, '[value, obj, key]: obj[key] = value'),
  row(OP_DELETE_SUBSCR, 'DELETE_SUBSCR', 'none', 2, 0, '[obj, key]: del obj[key]'),
  row(OP_BINARY_SLICE, 'BINARY_SLICE', 'none', 3, 1, '[obj, start, stop]: obj[start:stop]'),
  row(OP_STORE_SLICE, 'STORE_SLICE', 'none', 4, 0, '[value, obj, start, stop]: obj[start:stop] = value'),
  row(OP_BUILD_SLICE, 'BUILD_SLICE', 'count', n, 1, 'slice(start, stop) or, arg 3, slice(start, stop, step)'),
  // Jumps: displacement in words from the next instruction; only JUMP_BACKWARD goes backward
  row(OP_JUMP_FORWARD, 'JUMP_FORWARD', 'jump', 0, 0, 'jumps', { ends: true }),
  row(OP_JUMP_BACKWARD, 'JUMP_BACKWARD', 'jump', 0, 0, 'jumps back; a safepoint', { ends: true }),
  row(OP_POP_JUMP_IF_FALSE, 'POP_JUMP_IF_FALSE', 'jump', 1, 0, 'pops any value; jumps when it is false'),
  row(OP_POP_JUMP_IF_TRUE, 'POP_JUMP_IF_TRUE', 'jump', 1, 0, 'pops any value; jumps when it is true'),
  row(OP_POP_JUMP_IF_NONE, 'POP_JUMP_IF_NONE', 'jump', 1, 0, 'pops; jumps when it is None'),
  row(OP_POP_JUMP_IF_NOT_NONE, 'POP_JUMP_IF_NOT_NONE', 'jump', 1, 0, 'pops; jumps when it is not None'),
  // Iteration
  row(OP_GET_ITER, 'GET_ITER', 'none', 1, 1, 'iter(a)'),
  row(
    OP_FOR_ITER,
    'FOR_ITER',
    'jump',
    1,
    2,
    '[iterator]: pushes its next value; exhausted: pops the iterator and jumps',
    { taken: 0 },
  ),
  // Calls and returns
  row(OP_CALL, 'CALL', 'count', N(2), 1, '[callable, self or NULL, arg positional arguments]'),
  row(
    OP_CALL_KW,
    'CALL_KW',
    'count',
    N(3),
    1,
    'as CALL with a tuple of keyword names on top, which name the last arguments',
  ),
  row(OP_CALL_EX, 'CALL_EX', 'none', 4, 1, '[callable, NULL, iterable of positional arguments, dict or NULL]'),
  row(OP_RETURN_VALUE, 'RETURN_VALUE', 'none', 1, 0, 'returns the top from the frame', { ends: true }),
  row(OP_MAKE_FUNCTION, 'MAKE_FUNCTION', 'none', 1, 1, "[code]: a function with the frame's globals"),
  row(
    OP_SET_FUNCTION_ATTRIBUTE,
    'SET_FUNCTION_ATTRIBUTE',
    'funcattr',
    2,
    1,
    '[value, function]: sets the FUNC_ATTR_ of arg, keeps the function',
  ),
  row(OP_LOAD_BUILD_CLASS, 'LOAD_BUILD_CLASS', 'none', 0, 1, 'pushes builtins.__build_class__'),
  row(OP_LOAD_LOCALS, 'LOAD_LOCALS', 'none', 0, 1, 'pushes the locals mapping (class and module bodies)'),
  row(
    OP_SETUP_ANNOTATIONS,
    'SETUP_ANNOTATIONS',
    'none',
    0,
    0,
    'makes __annotations__ = {} in the locals mapping unless there',
  ),
  row(OP_CALL_INTRINSIC_1, 'CALL_INTRINSIC_1', 'intrinsic1', 1, 1, 'INTRINSICS_1[arg] of the top'),
  row(OP_CALL_INTRINSIC_2, 'CALL_INTRINSIC_2', 'intrinsic2', 2, 1, 'INTRINSICS_2[arg] of the two on top'),
  // Generators, coroutines
  row(
    OP_RESUME,
    'RESUME',
    'resume',
    0,
    0,
    'start of a frame (0), after yield (1), yield from (2), await (3); a safepoint',
  ),
  row(
    OP_RETURN_GENERATOR,
    'RETURN_GENERATOR',
    'none',
    0,
    1,
    'makes the generator (coroutine) of this frame and returns it; when resumed, the sent value is pushed',
  ),
  row(
    OP_YIELD_VALUE,
    'YIELD_VALUE',
    'flag',
    1,
    1,
    'yields the top, then, resumed, pushes the value sent; arg 1: inside yield from or await. A throw pushes None, then raises here',
  ),
  row(
    OP_GET_YIELD_FROM_ITER,
    'GET_YIELD_FROM_ITER',
    'none',
    1,
    1,
    'iterator for yield from (generators and coroutines stay)',
  ),
  row(
    OP_SEND,
    'SEND',
    'jump',
    2,
    2,
    '[receiver, value]: sends; pushes what was yielded in place of value, or the result and jumps',
  ),
  row(OP_END_SEND, 'END_SEND', 'none', 2, 1, '[receiver, result]: drops the receiver'),
  row(
    OP_CLEANUP_THROW,
    'CLEANUP_THROW',
    'none',
    3,
    2,
    '[receiver, last sent, exception]: pushes (None, exception.value) for StopIteration, else re-raises',
  ),
  row(
    OP_GET_AWAITABLE,
    'GET_AWAITABLE',
    'awaitable',
    1,
    1,
    'awaitable of the top; arg 1, 2: of __aenter__, __aexit__, for the message',
  ),
  row(OP_GET_AITER, 'GET_AITER', 'none', 1, 1, 'type(a).__aiter__(a), checked'),
  row(OP_GET_ANEXT, 'GET_ANEXT', 'none', 1, 2, '[aiter]: pushes the awaitable of __anext__, keeping aiter'),
  row(
    OP_END_ASYNC_FOR,
    'END_ASYNC_FOR',
    'none',
    2,
    0,
    '[aiter, exception]: drops both for StopAsyncIteration, else re-raises',
  ),
  // Exceptions
  row(
    OP_RAISE_VARARGS,
    'RAISE_VARARGS',
    'count',
    n,
    0,
    'raise (0: again what is being handled, 1: exc, 2: exc, cause)',
    { ends: true },
  ),
  row(
    OP_RERAISE,
    'RERAISE',
    'count',
    N(1),
    0,
    're-raises the top; arg > 0: the traceback position is the int arg below the top',
    { ends: true },
  ),
  row(
    OP_PUSH_EXC_INFO,
    'PUSH_EXC_INFO',
    'none',
    1,
    2,
    '[exc]: pushes the exception handled so far below it and makes exc the handled one',
  ),
  row(OP_POP_EXCEPT, 'POP_EXCEPT', 'none', 1, 0, 'pops the exception handled before and makes it the handled one'),
  row(OP_CHECK_EXC_MATCH, 'CHECK_EXC_MATCH', 'none', 2, 2, '[exc, type]: pushes whether exc matches in place of type'),
  row(OP_CHECK_EG_MATCH, 'CHECK_EG_MATCH', 'none', 2, 2, '[exc, type]: splits: pushes (rest, match), None where empty'),
  row(
    OP_WITH_EXCEPT_START,
    'WITH_EXCEPT_START',
    'none',
    5,
    6,
    '[exit, self or NULL, lasti, previous, exc]: pushes exit(type(exc), exc, traceback)',
  ),
  row(
    OP_LOAD_SPECIAL,
    'LOAD_SPECIAL',
    'special',
    1,
    2,
    '[obj]: SPECIAL_METHODS[arg] of its type as (function, obj) or (bound, NULL)',
  ),
  // Containers
  row(OP_BUILD_TUPLE, 'BUILD_TUPLE', 'count', n, 1, 'tuple of the arg values on top'),
  row(OP_BUILD_LIST, 'BUILD_LIST', 'count', n, 1, 'list of the arg values on top'),
  row(OP_BUILD_SET, 'BUILD_SET', 'count', n, 1, 'set of the arg values on top'),
  row(OP_BUILD_MAP, 'BUILD_MAP', 'count', (a) => 2 * a, 1, 'dict of arg (key, value) pairs'),
  row(OP_BUILD_STRING, 'BUILD_STRING', 'count', n, 1, 'concatenation of arg strings'),
  row(OP_LIST_APPEND, 'LIST_APPEND', 'depth', 1, 0, 'pops a value, appends it to the list at depth arg after the pop'),
  row(OP_SET_ADD, 'SET_ADD', 'depth', 1, 0, 'pops a value, adds it to the set at depth arg'),
  row(OP_MAP_ADD, 'MAP_ADD', 'depth', 2, 0, '[key, value]: pops both, sets them in the dict at depth arg'),
  row(OP_LIST_EXTEND, 'LIST_EXTEND', 'depth', 1, 0, 'pops an iterable, extends the list at depth arg'),
  row(OP_SET_UPDATE, 'SET_UPDATE', 'depth', 1, 0, 'pops an iterable, updates the set at depth arg'),
  row(OP_DICT_UPDATE, 'DICT_UPDATE', 'depth', 1, 0, 'pops a mapping, updates the dict at depth arg'),
  row(
    OP_DICT_MERGE,
    'DICT_MERGE',
    'depth',
    1,
    0,
    'as DICT_UPDATE for **kwargs of a call: a repeated key is a TypeError; the callable is three below the dict',
  ),
  row(
    OP_UNPACK_SEQUENCE,
    'UNPACK_SEQUENCE',
    'count',
    1,
    n,
    'pops an iterable of exactly arg values, pushes them, the first on top',
  ),
  row(
    OP_UNPACK_EX,
    'UNPACK_EX',
    'unpack_ex',
    1,
    (a) => (a & 255) + (a >> 8) + 1,
    'a, *b, c = x: arg & 255 values before the star, arg >> 8 after it; the first on top',
  ),
  // Formatting
  row(OP_FORMAT_SIMPLE, 'FORMAT_SIMPLE', 'none', 1, 1, "format(a, ''), a str stays"),
  row(OP_FORMAT_WITH_SPEC, 'FORMAT_WITH_SPEC', 'none', 2, 1, '[value, spec]: format(value, spec)'),
  row(OP_CONVERT_VALUE, 'CONVERT_VALUE', 'conversion', 1, 1, '1: str, 2: repr, 3: ascii'),
  row(OP_BUILD_TEMPLATE, 'BUILD_TEMPLATE', 'none', 2, 1, '[strings, interpolations] tuples: a Template (PEP 750)'),
  row(
    OP_BUILD_INTERPOLATION,
    'BUILD_INTERPOLATION',
    'interpolation',
    (a) => 2 + (a & 1),
    1,
    '[value, expression text, spec if arg & 1]: an Interpolation; arg >> 2 is the conversion (0 to 3)',
  ),
  // Matching
  row(OP_GET_LEN, 'GET_LEN', 'none', 1, 2, 'pushes len(top)'),
  row(OP_MATCH_MAPPING, 'MATCH_MAPPING', 'none', 1, 2, 'pushes whether the top is a mapping'),
  row(OP_MATCH_SEQUENCE, 'MATCH_SEQUENCE', 'none', 1, 2, 'pushes whether the top is a sequence for patterns'),
  row(OP_MATCH_KEYS, 'MATCH_KEYS', 'none', 2, 3, '[subject, keys]: pushes the tuple of values, or None'),
  row(
    OP_MATCH_CLASS,
    'MATCH_CLASS',
    'count',
    3,
    1,
    '[subject, class, names of attributes]: tuple of attributes, the first arg positional, or None',
  ),
  row(
    OP_LOAD_BODY,
    'LOAD_BODY',
    'none',
    0,
    0,
    'reads the rest of the code object and goes on at its first instruction',
  ),
  row(
    OP_ENTER_COMPILED,
    'ENTER_COMPILED',
    'none',
    0,
    0,
    'runs the compiled form of the code where this carrier has one, else goes on at its first instruction',
  ),
];

/** Row of each opcode number; holes are undefined. */
export const ROW_OF: readonly (OpRow | undefined)[] = indexRows();

function indexRows(): (OpRow | undefined)[] {
  const out = new Array<OpRow | undefined>(256).fill(undefined);
  for (const r of OPCODES) out[r.op] = r;
  return out;
}

/** Packed instruction. */
export const encode = (op: number, arg: number): number => (arg << 8) | op;
/** Argument of a pair of operands, each below PAIR_LIMIT. */
export const pair = (a: number, b: number): number => (b << 12) | a;
export const PAIR_LIMIT = 2048;
export const ARG_MAX = 0x7fffff;

/** Handles that LOAD_IMM may push, besides small ints. */
export const IMM_NONE = (0 << 3) | 6;
export const IMM_FALSE = (1 << 3) | 6;
export const IMM_TRUE = (2 << 3) | 6;
export const IMM_ELLIPSIS = (3 << 3) | 6;
export const IMM_NOT_IMPLEMENTED = (4 << 3) | 6;
/** Ints of LOAD_IMM are below this in magnitude. */
export const IMM_INT_LIMIT = 1 << 21;

export const COMMON_CONSTANTS = ['AssertionError', 'NotImplementedError', 'tuple', 'all', 'any'] as const;
export const COMMON_ASSERTION_ERROR = 0;
export const COMMON_NOT_IMPLEMENTED_ERROR = 1;

export const SPECIAL_METHODS = ['__enter__', '__exit__', '__aenter__', '__aexit__'] as const;
export const SPECIAL_ENTER = 0;
export const SPECIAL_EXIT = 1;
export const SPECIAL_AENTER = 2;
export const SPECIAL_AEXIT = 3;

/** Values of SET_FUNCTION_ATTRIBUTE. */
export const FUNC_ATTR_DEFAULTS = 1;
export const FUNC_ATTR_KWDEFAULTS = 2;
export const FUNC_ATTR_ANNOTATIONS = 4;
export const FUNC_ATTR_CLOSURE = 8;
export const FUNC_ATTR_ANNOTATE = 16;

/** CALL_INTRINSIC_1, by argument (0 is unused, as in CPython). */
export const INTRINSICS_1 = [
  'INVALID',
  'PRINT',
  'IMPORT_STAR',
  'STOPITERATION_ERROR',
  'ASYNC_GEN_WRAP',
  'UNARY_POSITIVE',
  'LIST_TO_TUPLE',
  'TYPEVAR',
  'PARAMSPEC',
  'TYPEVARTUPLE',
  'SUBSCRIPT_GENERIC',
  'TYPEALIAS',
] as const;
/** sys.displayhook(a): value of an expression statement in mode single; gives None */
export const INTRINSIC_PRINT = 1;
/** from module import *: into the locals mapping; gives None */
export const INTRINSIC_IMPORT_STAR = 2;
/** StopIteration that leaves a generator becomes RuntimeError (PEP 479); other exceptions stay */
export const INTRINSIC_STOPITERATION_ERROR = 3;
/** value yielded by an asynchronous generator, wrapped */
export const INTRINSIC_ASYNC_GEN_WRAP = 4;
/** tuple(list) without a copy being needed */
export const INTRINSIC_LIST_TO_TUPLE = 6;
/** name to TypeVar, ParamSpec, TypeVarTuple */
export const INTRINSIC_TYPEVAR = 7;
export const INTRINSIC_PARAMSPEC = 8;
export const INTRINSIC_TYPEVARTUPLE = 9;
/** tuple of type parameters to typing.Generic[...] */
export const INTRINSIC_SUBSCRIPT_GENERIC = 10;
/** (name, type parameters or None, evaluator) to TypeAliasType */
export const INTRINSIC_TYPEALIAS = 11;

/** CALL_INTRINSIC_2, by argument; [a, b]. */
export const INTRINSICS_2 = [
  'INVALID',
  'PREP_RERAISE_STAR',
  'TYPEVAR_WITH_BOUND',
  'TYPEVAR_WITH_CONSTRAINTS',
  'SET_FUNCTION_TYPE_PARAMS',
  'SET_TYPEPARAM_DEFAULT',
] as const;
/** [original exception, list of exceptions from except* clauses]: what is to be raised, or None */
export const INTRINSIC_PREP_RERAISE_STAR = 1;
/** [name, evaluator] */
export const INTRINSIC_TYPEVAR_WITH_BOUND = 2;
export const INTRINSIC_TYPEVAR_WITH_CONSTRAINTS = 3;
/** [function, tuple]: sets __type_params__, gives the function */
export const INTRINSIC_SET_FUNCTION_TYPE_PARAMS = 4;
/** [type parameter, evaluator]: gives the type parameter */
export const INTRINSIC_SET_TYPEPARAM_DEFAULT = 5;
