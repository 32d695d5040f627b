/** mappingproxy: a read-only view on any mapping (`cls.__dict__`). */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import {
  binaryOp,
  callArgs,
  compareOp,
  containsOp,
  getAttr,
  getItem,
  getIter,
  hash,
  length,
  repr,
  str,
} from './abstract.js';
import { defineType } from './define.js';
import { newMappingProxy } from './dict-type.js';
import { raise, typeName } from './exceptions.js';
import { isKind, slotId } from './object.js';
import { slots, OP_OR } from './slots.js';
import { fromJS, intern, toJS } from './strings.js';
import * as T from './type-ids.js';

const I32 = i32;
const mappingOf = (h: number): number => (isKind(h, L.KIND_MAPPINGPROXY) ? I32[(h >>> 2) + L.MAPPINGPROXY_MAPPING] : h);

function create(_type: number, args: number, n: number): number {
  if (n !== 1) return raise('TypeError', `mappingproxy() missing required argument 'mapping' (pos 1)`);
  const m = I32[args];
  const id = slotId(m);
  if (id === T.T_LIST || id === T.T_TUPLE || (slots.getitem[id] === undefined && (m & 7) !== 0)) {
    return raise('TypeError', `mappingproxy() argument must be a mapping, not ${typeName(m)}`);
  }
  return newMappingProxy(m);
}

/** Hands a method on to the mapping. */
const forward =
  (name: string) =>
  (args: number, n: number): number => {
    const f = getAttr(mappingOf(I32[args]), intern(name));
    return f === 0 ? 0 : callArgs(f, Array.from(I32.subarray(args + 1, args + n)));
  };

function reprProxy(p: number): number {
  const r = repr(mappingOf(p));
  return r === 0 ? 0 : fromJS(`mappingproxy(${toJS(r)})`);
}

defineType({
  id: T.T_MAPPINGPROXY,
  name: 'mappingproxy',
  kind: L.KIND_MAPPINGPROXY,
  generic: true,
  final: true,
  matchMapping: true,
  methods: [
    ['get', forward('get'), [1, 2]],
    ['keys', forward('keys'), [0, 0]],
    ['values', forward('values'), [0, 0]],
    ['items', forward('items'), [0, 0]],
    ['copy', forward('copy'), [0, 0]],
    ['__reversed__', forward('__reversed__'), [0, 0]],
  ],
  slots: {
    create,
    len: (p) => length(mappingOf(p)),
    getitem: (p, k) => getItem(mappingOf(p), k),
    contains: (p, k) => containsOp(mappingOf(p), k),
    iter: (p) => getIter(mappingOf(p)),
    repr: reprProxy,
    str: (p) => str(mappingOf(p)),
    hash: (p) => hash(mappingOf(p)),
    compare: (a, b, op) => (isKind(a, L.KIND_MAPPINGPROXY) ? compareOp(mappingOf(a), b, op) : H.NOT_IMPLEMENTED),
    binary: { [OP_OR]: (a, b) => binaryOp(OP_OR, mappingOf(a), mappingOf(b)) },
    inplace: { [OP_OR]: (a) => raise('TypeError', `'|=' is not supported by ${typeName(a)}; use '|' instead`) },
  },
});
