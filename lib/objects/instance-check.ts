/** isinstance() and issubclass() with `__instancecheck__`, `__subclasscheck__`, tuples and unions. */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { isTrue } from './abstract.js';
import { lookupAttr, lookupInType } from './attribute.js';
import { pendingException, raise } from './exceptions.js';
import * as N from './names.js';
import { isSubtype, slotId, typeOf } from './object.js';
import { slots } from './slots.js';
import { special2 } from './special.js';
import * as T from './type-ids.js';

const I32 = i32;

const kindIs = (h: number, kind: number): boolean => (h & 7) === 0 && (I32[h >>> 2] & 0xff) === kind;

function fail(text: string): number {
  raise('TypeError', text);
  return -1;
}

/** Members of a tuple or union, or undefined. */
function members(cls: number): number | undefined {
  if (kindIs(cls, L.KIND_TUPLE)) return cls;
  return kindIs(cls, L.KIND_UNION) ? I32[(cls >>> 2) + L.UNION_ARGS] : undefined;
}

function any(tuple: number, check: (cls: number) => number): number {
  const w = tuple >>> 2;
  for (let i = 0; i < I32[w + L.TUPLE_LENGTH]; i++) {
    const r = check(I32[w + L.TUPLE_ITEMS + i]);
    if (r !== 0) return r;
  }
  return 0;
}

/** The hook of a metaclass written in Python, or of what is no class; 0 when it is type's own. */
function hook(cls: number, name: number): number {
  const meta = typeOf(cls);
  if (meta === T.typeHandle(T.T_TYPE)) return 0;
  const f = lookupInType(meta, name);
  return f !== 0 && kindIs(f, L.KIND_NATIVE) && kindIs(cls, L.KIND_TYPE) ? 0 : f;
}

/** isinstance(h, cls): 1, 0, or -1 with the exception set. */
export function isInstanceOf(h: number, cls: number): number {
  if (typeOf(h) === cls) return 1;
  const many = members(cls);
  if (many !== undefined) return any(many, (c) => isInstanceOf(h, c));
  if (cls === H.NONE) return h === H.NONE ? 1 : 0;
  const f = hook(cls, N.N_INSTANCECHECK);
  if (f !== 0) {
    const r = special2(f, cls, h);
    return r === 0 ? -1 : isTrue(r);
  }
  if (!kindIs(cls, L.KIND_TYPE)) return fail('isinstance() arg 2 must be a type, a tuple of types, or a union');
  if (isSubtype(typeOf(h), cls)) return 1;
  const fixed = T.isBuiltinType(typeOf(h)) && slots.getattr[slotId(h)] === undefined;
  const shown = fixed ? 0 : lookupAttr(h, N.N_CLASS);
  if (shown === 0) return pendingException() !== 0 ? -1 : 0;
  return shown !== typeOf(h) && kindIs(shown, L.KIND_TYPE) && isSubtype(shown, cls) ? 1 : 0;
}

/** issubclass(type, cls): 1, 0, or -1 with the exception set. */
export function isSubclassOf(type: number, cls: number): number {
  const many = members(cls);
  if (many !== undefined) return any(many, (c) => isSubclassOf(type, c));
  const f = hook(cls, N.N_SUBCLASSCHECK);
  if (f !== 0) {
    const r = special2(f, cls, type);
    return r === 0 ? -1 : isTrue(r);
  }
  if (!kindIs(type, L.KIND_TYPE)) return fail('issubclass() arg 1 must be a class');
  if (!kindIs(cls, L.KIND_TYPE)) return fail('issubclass() arg 2 must be a class, a tuple of classes, or a union');
  return isSubtype(type, cls) ? 1 : 0;
}
