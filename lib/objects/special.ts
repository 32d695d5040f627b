/** Calls of special methods found in a class: bound as attributes are, but without making a bound method of a plain function. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { descriptorGet, NATIVE_CLASSMETHOD, NATIVE_METHOD } from './attribute.js';
import { call0, call1, call2, call3 } from './call.js';
import { typeOf } from './object.js';

const I32 = i32;

/** Does calling `f` with self in front do what binding it would? */
function takesSelf(f: number): boolean {
  if ((f & 7) !== 0) return false;
  const head = I32[f >>> 2]! & (0xff | L.FLAG_SUBCLASS);
  if (head === L.KIND_FUNCTION) return true;
  return (
    head === L.KIND_NATIVE &&
    (I32[(f >>> 2) + L.NATIVE_NATIVE_FLAGS]! & (NATIVE_METHOD | NATIVE_CLASSMETHOD)) === NATIVE_METHOD &&
    I32[(f >>> 2) + L.NATIVE_SELF] === 0
  );
}

const bind = (f: number, self: number): number => descriptorGet(f, self, typeOf(self));

/** self.f() for `f` as found in the class of `self`. */
export function special1(f: number, self: number): number {
  if (takesSelf(f)) return call1(f, self);
  const bound = bind(f, self);
  return bound === 0 ? 0 : call0(bound);
}

/** self.f(a). */
export function special2(f: number, self: number, a: number): number {
  if (takesSelf(f)) return call2(f, self, a);
  const bound = bind(f, self);
  return bound === 0 ? 0 : call1(bound, a);
}

/** self.f(a, b). */
export function special3(f: number, self: number, a: number, b: number): number {
  if (takesSelf(f)) return call3(f, self, a, b);
  const bound = bind(f, self);
  return bound === 0 ? 0 : call2(bound, a, b);
}
