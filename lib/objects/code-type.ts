/** The types of code objects and cells. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { defineType, type GetSetRow, readOnly } from './define.js';
import { raise, typeName } from './exceptions.js';
import { addressText, fromJS, toJS } from './strings.js';
import { newTupleOf } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);

const intRow = (name: string, w: number): GetSetRow => readOnly(name, (c) => H.small(word(c, w)));
const text = (name: string, w: number): GetSetRow => readOnly(name, (c) => none(word(c, w)));

function codeConsts(c: number): number {
  const a = word(c, L.CODE_CONSTS);
  return newTupleOf(
    Array.from(I32.subarray((a >>> 2) + L.ARRAY_ITEMS, (a >>> 2) + L.ARRAY_ITEMS + word(a, L.ARRAY_LENGTH))),
  );
}

function codeNames(c: number): number {
  const a = word(c, L.CODE_SITES);
  const names = Array.from({ length: word(a, L.ARRAY_LENGTH) / 2 }, (_, i) => word(a, L.ARRAY_ITEMS + i * 2));
  return newTupleOf([...new Set(names)]);
}

defineType({
  id: T.T_CODE,
  name: 'code',
  kind: L.KIND_CODE,
  weakrefs: true,
  final: true,
  getset: [
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
  ],
  slots: {
    repr: (c) =>
      fromJS(
        `<code object ${toJS(word(c, L.CODE_NAME))} at ${addressText(c)}, file "${toJS(word(c, L.CODE_FILENAME))}", line ${word(c, L.CODE_FIRSTLINENO)}>`,
      ),
  },
});

defineType({
  id: T.T_CELL,
  name: 'cell',
  kind: L.KIND_CELL,
  final: true,
  getset: [
    {
      name: 'cell_contents',
      get: (c) => word(c, L.CELL_VALUE) || raise('ValueError', 'cell is empty'),
      set: (c, v) => (storeRef(c, L.CELL_VALUE, v), 1),
    },
  ],
  slots: {
    create: (_t, args, n) => {
      if (n > 1) return raise('TypeError', `cell expected at most 1 argument, got ${n}`);
      const c = newObject(L.KIND_CELL, 64, T.typeHandle(T.T_CELL));
      if (n > 0) I32[(c >>> 2) + L.CELL_VALUE] = I32[args];
      return c;
    },
    repr: (c) =>
      fromJS(
        word(c, L.CELL_VALUE) === 0
          ? `<cell at ${addressText(c)}: empty>`
          : `<cell at ${addressText(c)}: ${typeName(word(c, L.CELL_VALUE))} object>`,
      ),
  },
});
