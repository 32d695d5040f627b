/** Constants: keys for sharing them, and their handles where they are immediates. */
import type { PyConst } from '../syntax/ast.js';
import type { Const } from './code.js';
import { IMM_ELLIPSIS, IMM_FALSE, IMM_INT_LIMIT, IMM_NONE, IMM_TRUE } from './opcodes.js';

export const NONE: Const = { t: 'none' };
export const str = (v: string): Const => ({ t: 'str', v });
export const int = (v: number | bigint): Const => ({ t: 'int', v: BigInt(v) });
export const tuple = (v: Const[]): Const => ({ t: 'tuple', v });
export const strings = (names: string[]): Const => tuple(names.map(str));

export function constOf(c: PyConst): Const {
  return c.t === 'complex' ? { t: 'complex', re: 0, im: c.v } : c;
}

/** Key that two constants share only when one may stand for the other; code never shares. */
export function constKey(c: Const): string {
  switch (c.t) {
    case 'none':
      return 'n';
    case 'ellipsis':
      return 'e';
    case 'bool':
      return c.v ? 't' : 'f';
    case 'int':
      return `i${c.v}`;
    case 'float':
      return floatKey(c.v);
    case 'complex':
      return `c${floatKey(c.re)}${floatKey(c.im)}`;
    case 'str':
      return c.points === undefined ? `s${c.v.length}:${c.v}` : `p${c.points.join()}`;
    case 'bytes':
      return `b${c.v.length}:${c.v.join()}`;
    case 'tuple':
      return `(${c.v.map(constKey).join()})`;
    case 'frozenset':
      return `{${c.v.map(constKey).join()}}`;
    case 'code':
      throw new Error('code has no key');
  }
}

const floatKey = (v: number): string => (Object.is(v, -0) ? 'd-0' : `d${v}`);

export const hasCode = (c: Const): boolean =>
  c.t === 'code' || ((c.t === 'tuple' || c.t === 'frozenset') && c.v.some(hasCode));

/** No immediate: a value no handle of LOAD_IMM has. */
export const NO_IMM = 0x7fffffff;

export function immediate(c: Const): number {
  switch (c.t) {
    case 'none':
      return IMM_NONE;
    case 'ellipsis':
      return IMM_ELLIPSIS;
    case 'bool':
      return c.v ? IMM_TRUE : IMM_FALSE;
    case 'int':
      return c.v < BigInt(IMM_INT_LIMIT) && c.v > -BigInt(IMM_INT_LIMIT) ? (Number(c.v) << 1) | 1 : NO_IMM;
    default:
      return NO_IMM;
  }
}

/** Constant of a handle that `immediate` gave. */
export function fromImmediate(handle: number): Const {
  if (handle & 1) return int(handle >> 1);
  if (handle === IMM_NONE) return NONE;
  if (handle === IMM_ELLIPSIS) return { t: 'ellipsis' };
  return { t: 'bool', v: handle === IMM_TRUE };
}

export function truth(c: Const): boolean {
  switch (c.t) {
    case 'none':
      return false;
    case 'bool':
      return c.v;
    case 'int':
      return c.v !== 0n;
    case 'float':
      return c.v !== 0;
    case 'complex':
      return c.re !== 0 || c.im !== 0;
    case 'str':
    case 'bytes':
    case 'tuple':
    case 'frozenset':
      return c.v.length > 0;
    default:
      return true;
  }
}
