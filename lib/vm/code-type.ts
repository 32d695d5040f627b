/** The type of code objects (https://docs.python.org/3.14/reference/datamodel.html#code-objects). */
import { root, unroot } from '../heap/context.js';
import { newObject, newOldObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { lineAt, positionAt } from '../compiler/positions.js';
import { equals, hash, indexNumber } from '../objects/abstract.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { defineType, type GetSetRow, readOnly } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { isKind, isStr } from '../objects/object.js';
import { CMP_EQ, CMP_NE } from '../objects/slots.js';
import { addressText, fromJS, internStr, toJS } from '../objects/strings.js';
import { newTupleOf, tupleItem, tupleLength, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { codePositions } from './code.js';
import { loadBody } from './lazy-code.js';

const I32 = i32;
const U8 = u8;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
/** A word that only a complete code object has. */
function bodyWord(c: number, w: number): number {
  loadBody(c);
  return word(c, w);
}
const none = (h: number): number => (h === 0 ? H.NONE : h);

/** Offsets of instructions that Python sees count two to an instruction, as CPython's units of two bytes do. */
const UNIT = 2;
const T_ITERATOR = T.T_CODE_POSITIONS;

const intRow = (name: string, w: number): GetSetRow => readOnly(name, (c) => H.small(word(c, w)));
const text = (name: string, w: number): GetSetRow => readOnly(name, (c) => none(word(c, w)));

function codeConsts(c: number): number {
  const a = bodyWord(c, L.CODE_CONSTS);
  return newTupleOf(
    Array.from(I32.subarray((a >>> 2) + L.ARRAY_ITEMS, (a >>> 2) + L.ARRAY_ITEMS + word(a, L.ARRAY_LENGTH))),
  );
}

function codeNames(c: number): number {
  const a = bodyWord(c, L.CODE_SITES);
  const names = Array.from({ length: word(a, L.ARRAY_LENGTH) / 2 }, (_, i) => word(a, L.ARRAY_ITEMS + i * 2));
  return newTupleOf([...new Set(names)]);
}

/** Bytes of a BUFFER; 0 stands for none. */
function bufferBytes(b: number): number {
  if (b === 0) return bytesFromU8([]);
  const start = (b >>> 0) + L.BUFFER_DATA * 4;
  return bytesFromU8(U8.slice(start, start + word(b, L.BUFFER_LENGTH)));
}

// ---------------------------------------------------------------- positions

const LINES = 1;

/** An iterator over the code's positions; `mode` LINES: over (start, end, line) of runs of one line. */
function newPositions(code: number, mode: number): number {
  const it = newObject(L.KIND_ITER, 64, T.typeHandle(T_ITERATOR));
  I32[(it >>> 2) + L.ITER_SOURCE] = code;
  I32[(it >>> 2) + L.ITER_ITER_KIND] = mode;
  return it;
}

const orNone = (n: number): number => (n < 0 ? H.NONE : H.small(n));

function nextPosition(it: number): number {
  const code = word(it, L.ITER_SOURCE);
  const index = word(it, L.ITER_INDEX);
  if (index >= word(code, L.CODE_INSTRUCTIONS)) return 0;
  if (word(it, L.ITER_ITER_KIND) === LINES) return nextLine(it, code, index);
  I32[(it >>> 2) + L.ITER_INDEX] = index + 1;
  const p = positionAt(codePositions(code), index);
  return tupleOf(orNone(p.line), orNone(p.endLine), orNone(p.col), orNone(p.endCol));
}

function nextLine(it: number, code: number, index: number): number {
  const positions = codePositions(code);
  const line = lineAt(positions, index);
  let end = index + 1;
  while (end < word(code, L.CODE_INSTRUCTIONS) && lineAt(positions, end) === line) end++;
  I32[(it >>> 2) + L.ITER_INDEX] = end;
  return tupleOf(H.small(index * UNIT), H.small(end * UNIT), orNone(line));
}

defineType({
  id: T_ITERATOR,
  name: 'positions_iterator',
  kind: L.KIND_ITER,
  final: true,
  slots: {
    iter: (it) => it,
    next: nextPosition,
    create: () => raise('TypeError', "cannot create 'positions_iterator' instances"),
  },
});

// ---------------------------------------------------------------- comparison and replace

/** Fields that make two code objects equal, by word. */
const COMPARED = [L.CODE_NAME, L.CODE_VARNAMES, L.CODE_FREEVARS, L.CODE_CELLVARS];
const COMPARED_RAW = [
  L.CODE_ARGCOUNT,
  L.CODE_POSONLY,
  L.CODE_KWONLY,
  L.CODE_CODE_FLAGS,
  L.CODE_FIRSTLINENO,
  L.CODE_INSTRUCTIONS,
];

function sameBuffers(a: number, b: number): boolean {
  if (a === b) return true;
  if (a === 0 || b === 0 || word(a, L.BUFFER_LENGTH) !== word(b, L.BUFFER_LENGTH)) return false;
  const view = (h: number): Buffer => Buffer.from(U8.buffer, (h >>> 0) + L.BUFFER_DATA * 4, word(h, L.BUFFER_LENGTH));
  return view(a).equals(view(b));
}

/** 1, 0, or -1 with the exception set. */
function sameCode(a: number, b: number): number {
  if (COMPARED_RAW.some((w) => word(a, w) !== word(b, w))) return 0;
  for (const w of [L.CODE_BYTECODE, L.CODE_EXCEPTION_TABLE, L.CODE_POSITIONS])
    if (!sameBuffers(bodyWord(a, w), bodyWord(b, w))) return 0;
  for (const w of COMPARED) {
    const t = equals(word(a, w), word(b, w));
    if (t !== 1) return t;
  }
  const t = equals(codeNames(a), codeNames(b));
  return t === 1 ? equals(codeConsts(a), codeConsts(b)) : t;
}

/** What replace() may change: keyword, word, and the kind of value. */
const REPLACEABLE: Readonly<Record<string, readonly [number, 'str' | 'int' | 'consts']>> = {
  co_name: [L.CODE_NAME, 'str'],
  co_qualname: [L.CODE_QUALNAME, 'str'],
  co_filename: [L.CODE_FILENAME, 'str'],
  co_firstlineno: [L.CODE_FIRSTLINENO, 'int'],
  co_flags: [L.CODE_CODE_FLAGS, 'int'],
  co_consts: [L.CODE_CONSTS, 'consts'],
};

function constants(c: number, given: number): number {
  if (!isKind(given, L.KIND_TUPLE))
    return raise('TypeError', `replace() argument 'co_consts' must be tuple, not ${typeName(given)}`);
  const n = tupleLength(given);
  if (n < word(word(c, L.CODE_CONSTS), L.ARRAY_LENGTH)) return raise('ValueError', 'code: too few constants');
  const a = newOldObject(L.KIND_ARRAY, (L.ARRAY_ITEMS + n) * 4, 0);
  I32[(a >>> 2) + L.ARRAY_LENGTH] = n;
  for (let i = 0; i < n; i++) storeRef(a, L.ARRAY_ITEMS + i, tupleItem(given, i));
  return a;
}

function setField(c: number, name: string, value: number): number {
  const row = REPLACEABLE[name];
  if (row === undefined) return raise('NotImplementedError', `code.replace(${name}=...) is not there`);
  const [w, kind] = row;
  if (kind === 'int') {
    const n = indexNumber(value);
    if (Number.isNaN(n)) return 0;
    I32[(c >>> 2) + w] = n;
    return 1;
  }
  if (kind === 'str' && !isStr(value))
    return raise('TypeError', `replace() argument '${name}' must be str, not ${typeName(value)}`);
  const h = kind === 'str' ? internStr(value) : constants(c, value);
  if (h === 0) return 0;
  storeRef(c, w, h);
  return 1;
}

/** replace(**changes): a copy; bytecode, variables and tables stay as they are. */
function replace(args: number, n: number, kwnames: number): number {
  if (n > 1) return raise('TypeError', `replace() takes no positional arguments (${n - 1} given)`);
  const from = I32[args];
  loadBody(from);
  const c = newOldObject(L.KIND_CODE, 128, T.typeHandle(T.T_CODE));
  for (let i = 4; i < 32; i++) I32[(c >>> 2) + i] = I32[(from >>> 2) + i];
  const slot = root(c);
  const named = kwnames === 0 ? 0 : tupleLength(kwnames);
  let ok = 1;
  for (let i = 0; i < named && ok !== 0; i++) {
    const name = toJS(tupleItem(kwnames, i));
    // What `replace` of an unchanged attribute gives is the same again.
    if (REPLACEABLE[name] === undefined && isUnchanged(from, name, I32[args + n + i])) continue;
    ok = setField(c, name, I32[args + n + i]);
  }
  unroot(slot);
  return ok === 0 ? 0 : c;
}

function isUnchanged(c: number, name: string, value: number): boolean {
  const row = rows.find((r) => r.name === name);
  return row !== undefined && equals(row.get(c), value) === 1;
}

function varname(args: number): number {
  const i = indexNumber(I32[args + 1]);
  if (Number.isNaN(i)) return 0;
  const names = word(I32[args], L.CODE_NAMES);
  return i >= 0 && i < tupleLength(names) ? tupleItem(names, i) : raise('IndexError', 'tuple index out of range');
}

const rows: readonly GetSetRow[] = [
  text('co_name', L.CODE_NAME),
  text('co_qualname', L.CODE_QUALNAME),
  text('co_filename', L.CODE_FILENAME),
  text('co_varnames', L.CODE_VARNAMES),
  text('co_cellvars', L.CODE_CELLVARS),
  text('co_freevars', L.CODE_FREEVARS),
  intRow('co_argcount', L.CODE_ARGCOUNT),
  intRow('co_posonlyargcount', L.CODE_POSONLY),
  intRow('co_kwonlyargcount', L.CODE_KWONLY),
  intRow('co_stacksize', L.CODE_STACKSIZE),
  intRow('co_flags', L.CODE_CODE_FLAGS),
  intRow('co_firstlineno', L.CODE_FIRSTLINENO),
  { name: 'co_nlocals', get: (c) => H.small(word(word(c, L.CODE_VARNAMES), L.TUPLE_LENGTH)) },
  { name: 'co_consts', get: codeConsts },
  { name: 'co_names', get: codeNames },
  {
    name: 'co_code',
    get: () =>
      raise('NotImplementedError', "code.co_code is not there: the bytecode is not CPython's (--dis shows it)"),
  },
  { name: 'co_linetable', get: (c) => bufferBytes(bodyWord(c, L.CODE_POSITIONS)) },
  { name: 'co_exceptiontable', get: (c) => bufferBytes(bodyWord(c, L.CODE_EXCEPTION_TABLE)) },
];

defineType({
  id: T.T_CODE,
  name: 'code',
  kind: L.KIND_CODE,
  weakrefs: true,
  final: true,
  getset: rows,
  methods: [
    ['co_positions', (a) => newPositions(I32[a], 0), [0, 0]],
    ['co_lines', (a) => newPositions(I32[a], LINES), [0, 0]],
    ['replace', replace, 'raw'],
    ['__replace__', replace, 'raw'],
    ['_varname_from_oparg', varname, [1, 1]],
  ],
  slots: {
    repr: (c) =>
      fromJS(
        `<code object ${toJS(word(c, L.CODE_NAME))} at ${addressText(c)}, file "${toJS(word(c, L.CODE_FILENAME))}", line ${word(c, L.CODE_FIRSTLINENO)}>`,
      ),
    compare: (a, b, op) => {
      if ((op !== CMP_EQ && op !== CMP_NE) || !isKind(b, L.KIND_CODE)) return H.NOT_IMPLEMENTED;
      const t = sameCode(a, b);
      return t < 0 ? 0 : H.fromBool((t === 1) === (op === CMP_EQ));
    },
    hash: (c) => hash(tupleOf(word(c, L.CODE_NAME), word(c, L.CODE_VARNAMES), H.small(word(c, L.CODE_FIRSTLINENO)))),
    create: () => raise('TypeError', "cannot create 'code' instances"),
  },
});
