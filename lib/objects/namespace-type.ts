/** types.SimpleNamespace: an object that is its attributes. */
import { rootAll } from '../heap/hold.js';
import { newObject } from '../heap/alloc.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { callArgs, compareOp, enterRepr, leaveRepr, repr } from './abstract.js';
import { ownDict } from './attribute.js';
import { defineType } from './define.js';
import { dictSetStr, dictSnapshot, newDict } from './dict.js';
import { dictUpdateAny } from './dict-update.js';
import { raise, typeName } from './exceptions.js';
import { isInstance, isStr, slotId, typeOf } from './object.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { fromJS, intern, knownStr, toJS } from './strings.js';
import { tupleItem, tupleLength } from './tuple.js';
import * as T from './type-ids.js';

const I32 = i32;

function create(type: number): number {
  const o = newObject(L.KIND_RECORD, 64, type);
  I32[o >>> 2] |= L.FLAG_SUBCLASS;
  return o;
}

/** A namespace with these attributes. */
export function newNamespace(attributes: Readonly<Record<string, number>>): number {
  const o = create(T.typeHandle(T.T_SIMPLE_NAMESPACE));
  const d = ownDict(o);
  for (const [name, value] of Object.entries(attributes)) dictSetStr(d, intern(name), value);
  return o;
}

/** Copies the entries of a mapping or of pairs; 0 with the exception set. */
function updateFrom(d: number, given: number): number {
  const from = newDict();
  const slot = root(from);
  let ok: number = dictUpdateAny(from, given);
  const { keys, values } = dictSnapshot(from);
  for (let i = 0; ok !== 0 && i < keys.length; i++) {
    if (isStr(keys[i])) dictSetStr(d, knownStr(keys[i]), values[i]);
    else ok = raise('TypeError', `keywords must be strings`);
  }
  unroot(slot);
  return ok;
}

function init(o: number, args: number, n: number, kwnames: number): number {
  if (n > 1) return raise('TypeError', `${typeName(o)} expected at most 1 argument, got ${n}`);
  if (n === 1 && updateFrom(ownDict(o), I32[args]) === 0) return 0;
  const d = ownDict(o);
  const count = kwnames === 0 ? 0 : tupleLength(kwnames);
  for (let i = 0; i < count; i++) dictSetStr(d, knownStr(tupleItem(kwnames, i)), I32[args + n + i]);
  return 1;
}

function reprNamespace(o: number): number {
  const name = typeOf(o) === T.typeHandle(T.T_SIMPLE_NAMESPACE) ? 'namespace' : typeName(o);
  if (!enterRepr(o)) return fromJS(`${name}(...)`);
  const { keys, values } = dictSnapshot(ownDict(o));
  const slot = rootAll(keys);
  rootAll(values);
  const texts: string[] = [];
  let ok = true;
  for (let i = 0; ok && i < keys.length; i++) {
    if (!isStr(keys[i])) continue;
    const shown = repr(values[i]);
    ok = shown !== 0;
    if (ok) texts.push(`${toJS(keys[i])}=${toJS(shown)}`);
  }
  unroot(slot);
  leaveRepr(o);
  return ok ? fromJS(`${name}(${texts.join(', ')})`) : 0;
}

/** A copy with some attributes replaced (PEP 680's `copy.replace`). */
function replace(args: number, n: number, kwnames: number): number {
  if (n > 1) return raise('TypeError', '__replace__() takes no positional arguments');
  const o = I32[args];
  const copy = callArgs(typeOf(o), []);
  if (copy === 0) return 0;
  const slot = root(copy);
  const ok = dictUpdateAny(ownDict(copy), ownDict(o)) !== 0 && init(copy, args + 1, 0, kwnames) !== 0;
  unroot(slot);
  return ok ? copy : 0;
}

defineType({
  id: T.T_SIMPLE_NAMESPACE,
  name: 'SimpleNamespace',
  module: 'types',
  dict: true,
  kind: L.KIND_RECORD,
  methods: [['__replace__', replace, 'raw']],
  getset: [{ name: '__dict__', get: ownDict }],
  slots: {
    create,
    init,
    repr: reprNamespace,
    compare: (a, b, op) => {
      const both = slotId(a) === T.T_SIMPLE_NAMESPACE && isInstance(b, T.typeHandle(T.T_SIMPLE_NAMESPACE));
      return both && (op === CMP_EQ || op === CMP_NE) ? compareOp(ownDict(a), ownDict(b), op) : H.NOT_IMPLEMENTED;
    },
  },
});
