/** Complex numbers: two doubles in a COMPLEX object. The Python-visible type is in complex-type.ts. */
import { newObject } from '../heap/alloc.js';
import * as L from '../heap/layout.generated.js';
import { f64 } from '../heap/memory.js';
import { floatRepr } from './float.js';
import * as T from './type-ids.js';

const F64 = f64;

/** A complex number. */
export function newComplex(re: number, im: number): number {
  const h = newObject(L.KIND_COMPLEX, 64, T.typeHandle(T.T_COMPLEX));
  F64[(h + L.COMPLEX_REAL * 4) >>> 3] = re;
  F64[(h + L.COMPLEX_IMAG * 4) >>> 3] = im;
  return h;
}

/** A complex number of a class derived from complex. */
export function newComplexOf(type: number, re: number, im: number): number {
  const h = newObject(L.KIND_COMPLEX | L.FLAG_SUBCLASS, 128, type);
  F64[(h + L.COMPLEX_REAL * 4) >>> 3] = re;
  F64[(h + L.COMPLEX_IMAG * 4) >>> 3] = im;
  return h;
}

export const complexReal = (h: number): number => F64[(h + L.COMPLEX_REAL * 4) >>> 3]!;
export const complexImag = (h: number): number => F64[(h + L.COMPLEX_IMAG * 4) >>> 3]!;

const part = (x: number): string => floatRepr(x).replace(/\.0$/, '');

/** repr() of a complex number: the real part is left out when it is +0.0. */
export function complexRepr(re: number, im: number): string {
  if (Object.is(re, 0)) return `${part(im)}j`;
  const i = part(im);
  return `(${part(re)}${i.startsWith('-') ? i : `+${i}`}j)`;
}
