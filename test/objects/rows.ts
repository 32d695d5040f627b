/** Runs rows of expected answers (see make-numbers.py) through the object layer, without interpreter. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, unroot } from '../../lib/heap/context.js';
import * as H from '../../lib/heap/handles.js';
import { makeAll } from '../../lib/heap/hold.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32 } from '../../lib/heap/memory.js';
import { createThread, mount, releaseThread, THREAD_HOST, THREAD_RUNNABLE, unmount } from '../../lib/heap/threads.js';
import * as A from '../../lib/objects/abstract.js';
import { boot } from '../../lib/objects/boot.js';
import { callHook } from '../../lib/objects/call.js';
import '../../lib/objects/bytes.js';
import { complexImag, complexReal, newComplex } from '../../lib/objects/complex.js';
import '../../lib/objects/complex-type.js';
import { moduleDefinitions } from '../../lib/objects/define.js';
import { takeException, typeName } from '../../lib/objects/exceptions.js';
import { floatRepr, floatValue, newFloat } from '../../lib/objects/float.js';
import '../../lib/objects/float-type.js';
import { intFromBigInt, intToBigInt } from '../../lib/objects/int.js';
import '../../lib/objects/int-type.js';
import { listLength, listItems, newListFromArray } from '../../lib/objects/list.js';
import '../../lib/objects/list-type.js';
import { isInt, isStr, kindOf } from '../../lib/objects/object.js';
import * as S from '../../lib/objects/slots.js';
import { fromJS, intern, toJS } from '../../lib/objects/strings.js';
import { tupleFromArray, tupleItem, tupleLength } from '../../lib/objects/tuple.js';
import '../../lib/objects/tuple-type.js';
import '../../lib/objects/str-type.js';
import * as T from '../../lib/objects/type-ids.js';
import { newNative } from '../../lib/objects/boot.js';
import { callNative } from '../../lib/vm/native-call.js';

const I32 = i32;
export type Encoded = null | boolean | string | { [key: string]: unknown };
export type Row = [how: string, args: Encoded[], keywords: Record<string, Encoded>, answer: Encoded];

const TYPES: Readonly<Record<string, number>> = {
  int: T.T_INT,
  float: T.T_FLOAT,
  bool: T.T_BOOL,
  complex: T.T_COMPLEX,
};

/** The handle of an encoded value. */
export function decode(v: Encoded): number {
  if (v === null) return H.NONE;
  if (typeof v === 'boolean') return H.fromBool(v);
  if (typeof v === 'string') return fromJS(v);
  if ('i' in v) return intFromBigInt(big(v.i as string));
  if ('f' in v) return newFloat(double(v.f as string));
  if ('c' in v) return newComplex(...((v.c as string[]).map(double) as [number, number]));
  if ('type' in v) return T.typeHandle(TYPES[v.type as string]!);
  if ('t' in v) return tupleFromArray(makeAll(v.t as Encoded[], decode));
  if ('l' in v) return newListFromArray(makeAll(v.l as Encoded[], decode));
  if ('b' in v) return bytes(v.b as number[]);
  throw new Error(`cannot decode ${JSON.stringify(v)}`);
}

const big = (s: string): bigint => (s.startsWith('-') ? -BigInt(s.slice(1)) : BigInt(s));
const double = (s: string): number => Number(s.replace('inf', 'Infinity'));

/** Bytes are made through int.to_bytes, to stand on nothing else. */
function bytes(data: number[]): number {
  const n = data.reduceRight((a, b) => a * 256n + BigInt(b), 0n);
  return A.callArgs(A.getAttr(intFromBigInt(n), intern('to_bytes')), [H.small(data.length), fromJS('little')]);
}

/** A Python value in the encoding of the rows. */
export function encode(h: number): Encoded {
  if (h === 0) {
    const e = takeException();
    root(e);
    const text = A.str(e);
    return { e: `${typeName(e)}: ${text === 0 ? '?' : toJS(text)}` };
  }
  if (h === H.NONE) return null;
  if (H.isBool(h)) return h === H.TRUE;
  if (h === H.NOT_IMPLEMENTED) return { ni: 1 };
  if (isInt(h)) return { i: integer(intToBigInt(h)) };
  if (H.isFloat(h)) return { f: floatRepr(floatValue(h)) };
  if (isStr(h)) return toJS(h);
  const kind = kindOf(h);
  if (kind === L.KIND_COMPLEX) return { c: [floatRepr(complexReal(h)), floatRepr(complexImag(h))] };
  if (kind === L.KIND_TUPLE) return { t: Array.from({ length: tupleLength(h) }, (_, i) => encode(tupleItem(h, i))) };
  if (kind === L.KIND_LIST)
    return { l: Array.from({ length: listLength(h) }, (_, i) => encode(I32[listItems(h) + i]!)) };
  if (kind === L.KIND_BYTES)
    return { b: Array.from({ length: I32[(h >>> 2) + L.BYTES_LENGTH]! }, (_, i) => byteAt(h, i)) };
  return { kind };
}

function byteAt(h: number, i: number): number {
  const at = (I32[(h >>> 2) + L.BYTES_DATA]! >>> 0) + i;
  return (I32[at >>> 2]! >>> ((at & 3) * 8)) & 255;
}

const integer = (n: bigint): string =>
  (n < 0n ? -n : n) > 10n ** 4000n ? (n < 0n ? `-0x${(-n).toString(16)}` : `0x${n.toString(16)}`) : String(n);

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  ...Object.fromEntries(
    S.BINARY_OPERATORS.map(([, name], op) => [
      ['and', 'or'].includes(name) ? `${name}_` : name,
      (a: number, b: number) => A.binaryOp(op, a, b),
    ]),
  ),
  ...Object.fromEntries(S.COMPARISONS.map(([, name], op) => [name, (a: number, b: number) => A.compareOp(a, b, op)])),
  neg: A.negative,
  pos: A.positive,
  invert: A.invert,
};

const truth = (t: number): number => (t < 0 ? 0 : H.fromBool(t === 1));

const BUILTINS: Readonly<Record<string, (...args: number[]) => number>> = {
  repr: A.repr,
  str: A.str,
  abs: A.absolute,
  hash: A.hash,
  bool: (h) => truth(A.isTrue(h)),
  divmod: (a, b) => A.binaryOp(S.OP_DIVMOD, a, b),
  format: (a, spec) => A.format(a, spec),
  pow: (a, b, m) => A.callArgs(A.getAttr(a, intern('__pow__')), [b, m!]),
  round: (...args) => A.callArgs(A.getAttr(args[0]!, intern('__round__')), args.slice(1)),
};

function callable(how: string, args: number[]): [f: number, args: number[]] {
  const [kind, name] = how.split(':') as [string, string];
  if (kind === 'type') return [T.typeHandle(TYPES[name]!), args];
  if (kind === 'method') return [A.getAttr(args[0]!, intern(name)), args.slice(1)];
  const { functions, firstFunction } = moduleDefinitions.get(kind)!;
  const id = firstFunction + functions.findIndex((f) => f[0] === name);
  return [newNative(id, name, T.T_NATIVE, 0, 0), args];
}

/** What our implementation answers. */
export function run(row: Row): Encoded {
  const slot = root(0);
  const answer = answerOf(row);
  unroot(slot);
  return answer;
}

function answerOf([how, given, keywords]: Row): Encoded {
  const values = makeAll(given, decode);
  const [kind, name] = how.split(':') as [string, string];
  if (kind === 'op') return encode(OPERATORS[name]!(values[0]!, values[1]!));
  if (kind === 'builtin') return encode(BUILTINS[name]!(...values));
  const [f, args] = callable(how, values);
  root(f);
  if (f === 0 || kindOf(f) < 0 || (kindOf(f) !== L.KIND_TYPE && !A.isCallable(f))) return encode(f);
  const names = Object.keys(keywords);
  const kwnames = names.length === 0 ? 0 : tupleFromArray(names.map(intern));
  root(kwnames);
  const named = makeAll(names, (n) => decode(keywords[n]!));
  return encode(A.callArgs(f, [...args, ...named], kwnames));
}

function call(f: number, args: number, n: number, kwnames: number): number {
  const kind = kindOf(f);
  if (kind === L.KIND_NATIVE) return callNative(f, args, n, kwnames);
  if (kind === L.KIND_METHOD) throw new Error('bound method in a test without interpreter');
  return S.slots.create[T.typeId(f)]!(f, args, n, kwnames);
}

/** Mounts a thread with the built-in types around each test. */
export function withTypes(): void {
  const before = callHook.call;
  beforeEach(() => {
    mount(createThread(0), THREAD_HOST);
    callHook.call = call;
    boot();
  });
  afterEach(() => {
    releaseThread(unmount(THREAD_RUNNABLE));
    callHook.call = before;
  });
}

/** Rows of a file in the source tree, by path from the root of the repository. */
export function readRows(path: string): Row[] {
  return readFileSync(join(process.cwd(), path), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);
}

/** The rows that are answered wrongly, as text. */
export function wrong(rows: readonly Row[], same: (got: Encoded, want: Encoded) => boolean): string[] {
  return rows.flatMap((row) => {
    const got = run(row);
    return same(got, row[3]) ? [] : [`${JSON.stringify(row)} got ${JSON.stringify(got)}`];
  });
}
