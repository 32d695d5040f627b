/**
 * Code objects in marshal's data: the compiler's unit as JSON, so that equal code gives equal bytes. It is verified before it becomes code again.
 * Floats are the bits of the double, tables their bytes.
 */
import { type CodeUnit, type Const, FORMAT_VERSION } from '../compiler/code.js';
import { verify } from '../compiler/verify.js';
import { raise } from '../objects/exceptions.js';
import { newCode } from '../vm/code.js';
import { codeUnitOf } from '../vm/code-unit.js';

type Plain = Record<string, unknown>;

const base64 = (data: Uint8Array | Int32Array): string =>
  Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
const bytesIn = (text: unknown): Uint8Array => new Uint8Array(Buffer.from(text as string, 'base64'));
const wordsIn = (text: unknown): Int32Array => new Int32Array(bytesIn(text).buffer);

function bits(x: number): string {
  return base64(new Uint8Array(new Float64Array([x]).buffer));
}

const doubleIn = (text: unknown): number => new Float64Array(bytesIn(text).buffer)[0]!;

/** The items of equal sets come in one order, whatever that of their tables is. */
const sorted = (items: Plain[]): Plain[] =>
  items
    .map((item) => [JSON.stringify(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, item]) => item);

function plainConstant(c: Const): Plain {
  switch (c.t) {
    case 'int':
      return { t: c.t, v: String(c.v) };
    case 'float':
      return { t: c.t, v: bits(c.v) };
    case 'complex':
      return { t: c.t, re: bits(c.re), im: bits(c.im) };
    case 'bytes':
      return { t: c.t, v: base64(c.v) };
    case 'tuple':
      return { t: c.t, v: c.v.map(plainConstant) };
    case 'frozenset':
      return { t: c.t, v: sorted(c.v.map(plainConstant)) };
    case 'code':
      return { t: c.t, v: plainUnit(c.v) };
    default:
      return { ...c };
  }
}

function constantIn(c: Plain): Const {
  switch (c.t) {
    case 'int':
      return { t: 'int', v: BigInt(c.v as string) };
    case 'float':
      return { t: 'float', v: doubleIn(c.v) };
    case 'complex':
      return { t: 'complex', re: doubleIn(c.re), im: doubleIn(c.im) };
    case 'bytes':
      return { t: 'bytes', v: bytesIn(c.v) };
    case 'tuple':
    case 'frozenset':
      return { t: c.t, v: (c.v as Plain[]).map(constantIn) };
    case 'code':
      return { t: 'code', v: unitIn(c.v as Plain) };
    default:
      return c as Const;
  }
}

const plainUnit = (unit: CodeUnit): Plain => ({
  ...unit,
  localspluskinds: base64(unit.localspluskinds),
  code: base64(unit.code),
  exceptionTable: base64(unit.exceptionTable),
  positions: base64(unit.positions),
  consts: unit.consts.map(plainConstant),
});

const unitIn = (plain: Plain): CodeUnit => ({
  ...(plain as unknown as CodeUnit),
  localspluskinds: bytesIn(plain.localspluskinds),
  code: wordsIn(plain.code),
  exceptionTable: wordsIn(plain.exceptionTable),
  positions: bytesIn(plain.positions),
  consts: (plain.consts as Plain[]).map(constantIn),
});

const TEXTS = ['name', 'qualname', 'filename'] as const;
const LISTS = ['localsplusnames', 'varnames', 'cellvars', 'freevars', 'sites'] as const;
const NUMBERS = ['firstlineno', 'argcount', 'posonlyargcount', 'kwonlyargcount', 'flags', 'stacksize'] as const;
const arePoints = (v: unknown): boolean =>
  Array.isArray(v) && v.every((point) => Number.isInteger(point) && point >= 0 && point < 0x110000);
const isText = (v: unknown): boolean => typeof v === 'string';

function wellFormedConstant(c: Const): boolean {
  switch (c.t) {
    case 'none':
    case 'ellipsis':
    case 'int':
    case 'float':
    case 'complex':
    case 'bytes':
      return true;
    case 'bool':
      return typeof c.v === 'boolean';
    case 'str':
      return isText(c.v) && (c.points === undefined || arePoints(c.points));
    case 'tuple':
    case 'frozenset':
      return c.v.every(wellFormedConstant);
    case 'code':
      return wellFormed(c.v);
    default:
      return false;
  }
}

/** Has the unit all its parts? What they say is the verifier's business. */
const wellFormed = (unit: CodeUnit): boolean =>
  TEXTS.every((name) => isText(unit[name])) &&
  LISTS.every((name) => unit[name].every(isText)) &&
  NUMBERS.every((name) => Number.isInteger(unit[name])) &&
  unit.stacksize >= 0 &&
  unit.argcount + unit.kwonlyargcount <= unit.localsplusnames.length &&
  unit.consts.every(wellFormedConstant);

/** The data of a code object. */
export const packCode = (code: number): Uint8Array =>
  Buffer.from(JSON.stringify([FORMAT_VERSION, plainUnit(codeUnitOf(code))]), 'utf8');

function soundUnit(data: Uint8Array): CodeUnit | undefined {
  try {
    const [version, plain] = JSON.parse(Buffer.from(data).toString('utf8')) as [number, Plain];
    const unit = version === FORMAT_VERSION ? unitIn(plain) : undefined;
    return unit !== undefined && wellFormed(unit) && verify(unit).length === 0 ? unit : undefined;
  } catch {
    return undefined;
  }
}

/** The code object of such data; 0 with ValueError set when it is damaged, or of another version. */
export function unpackCode(data: Uint8Array): number {
  const unit = soundUnit(data);
  return unit === undefined ? raise('ValueError', 'bad marshal data (invalid code object)') : newCode(unit);
}
