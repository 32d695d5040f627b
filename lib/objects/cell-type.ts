/** The type of cells, which hold the variables that closures share. */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { defineType } from './define.js';
import { raise, typeName } from './exceptions.js';
import { addressText, fromJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];

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
