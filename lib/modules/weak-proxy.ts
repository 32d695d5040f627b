/** weakref.proxy: a value that stands for another and goes with it (https://docs.python.org/3.14/library/weakref.html#weakref.proxy). */
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import * as abstract from '../objects/abstract.js';
import { callHook } from '../objects/call.js';
import { defineType } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { addressText } from '../objects/strings.js';
import { isKind, slotId } from '../objects/object.js';
import { BINARY_OPERATORS, OP_DIVMOD } from '../objects/slots.js';
import { fromJS, intern } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { weakReferent } from '../objects/weakref.js';

const I32 = i32;

export const T_PROXY = T.T_BLOCK_WEAKREF;
export const T_CALLABLE_PROXY = T.T_BLOCK_WEAKREF + 1;

const isProxy = (h: number): boolean => isKind(h, L.KIND_WEAKREF) && slotId(h) !== T.T_WEAKREF;

/** What a proxy stands for, any other value itself; 0 with ReferenceError set. */
function unwrap(h: number): number {
  if (!isProxy(h)) return h;
  return weakReferent(h) || raise('ReferenceError', 'weakly-referenced object no longer exists');
}

/** Applies `f` to what the proxies among the arguments stand for, which is rooted meanwhile. `failed` is the result for a dead one. */
function through(f: (...values: number[]) => number, failed: number, ...values: number[]): number {
  const alive = values.map(unwrap);
  if (alive.includes(0)) return failed;
  const slots = alive.map(root);
  const r = f(...alive);
  unroot(slots[0]);
  return r;
}

const unary =
  (f: (h: number) => number) =>
  (h: number): number =>
    through(f, 0, h);
const test =
  (f: (...values: number[]) => number) =>
  (...values: number[]): number =>
    through(f, -1, ...values);
const bytesName = intern('__bytes__');

function reprOf(p: number): number {
  const o = weakReferent(p);
  const head = `<weakproxy at ${addressText(p)}; `;
  return fromJS(o === 0 ? `${head}dead>` : `${head}to '${typeName(o)}' at ${addressText(o)}>`);
}

/** Keys and values may be 0 (delete): they are passed on as they are. */
const getattr = (p: number, name: number): number => through((o) => abstract.getAttr(o, name), 0, p);
const setattr = (p: number, name: number, value: number): number =>
  through((o) => abstract.setAttr(o, name, value), 0, p);

const binary = Object.fromEntries(
  BINARY_OPERATORS.map((_, op) => [
    op,
    (a: number, b: number) => through((x, y) => abstract.binaryOp(op, x, y), 0, a, b),
  ]),
);
const inplace = Object.fromEntries(
  BINARY_OPERATORS.map((_, op) => [
    op,
    (a: number, b: number) => through((x, y) => abstract.inplaceOp(op, x, y), 0, a, b),
  ]),
);
delete inplace[OP_DIVMOD];

/** next() of a referent that is no iterator is the proxy's own complaint. */
function next(p: number): number {
  return through(
    (o) =>
      abstract.isIterator(o)
        ? abstract.iterNext(o)
        : raise('TypeError', `Weakref proxy referenced a non-iterator '${typeName(o)}' object`),
    0,
    p,
  );
}

function define(id: number, name: string): void {
  defineType({
    id,
    name,
    module: 'weakref',
    kind: L.KIND_WEAKREF,
    final: true,
    unhashable: true,
    methods: [
      ['__bytes__', (a) => through((o) => callMethod(o, bytesName), 0, I32[a]), [0, 0]],
      ['__reversed__', (a) => through((o) => callMethod(o, intern('__reversed__')), 0, I32[a]), [0, 0]],
    ],
    slots: {
      repr: reprOf,
      str: unary(abstract.str),
      bool: test(abstract.isTrue),
      len: test(abstract.length),
      contains: test(abstract.containsOp),
      iter: unary(abstract.getIter),
      next,
      getitem: (p, k) => through(abstract.getItem, 0, p, k),
      setitem: (p, k, v) => through(abstract.setItem, 0, p, k, v),
      delitem: (p, k) => through(abstract.delItem, 0, p, k),
      compare: (a, b, op) => through((x, y) => abstract.compareOp(x, y, op), 0, a, b),
      neg: unary(abstract.negative),
      pos: unary(abstract.positive),
      invert: unary(abstract.invert),
      abs: unary(abstract.absolute),
      int: unary((o) => abstract.callArgs(T.typeHandle(T.T_INT), [o])),
      float: unary((o) => abstract.callArgs(T.typeHandle(T.T_FLOAT), [o])),
      index: unary(abstract.index),
      getattr,
      setattr,
      binary,
      inplace,
      create: () => raise('TypeError', `cannot create 'weakref.${name}' instances`),
      ...(id === T_CALLABLE_PROXY
        ? {
            call: (p: number, args: number, n: number, kwnames: number) =>
              through((o) => callHook.call(o, args, n, kwnames), 0, p),
          }
        : {}),
    },
  });
}

function callMethod(o: number, name: number): number {
  const f = abstract.getAttr(o, name);
  return f === 0 ? 0 : abstract.callArgs(f, []);
}

define(T_PROXY, 'ProxyType');
define(T_CALLABLE_PROXY, 'CallableProxyType');
