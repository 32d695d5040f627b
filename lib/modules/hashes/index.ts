/** `_md5`, `_sha1`, `_sha2`, `_sha3` and `_blake2`: the hash functions under hashlib. */
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { index, isTrue } from '../../objects/abstract.js';
import { needBuffer } from '../../objects/byte-buffer.js';
import { bytesFromU8 } from '../../objects/bytes.js';
import { defineModule, defineType, type MethodRow } from '../../objects/define.js';
import { raise } from '../../objects/exceptions.js';
import { intFromNumber, intToBigInt } from '../../objects/int.js';
import { fromJS } from '../../objects/strings.js';
import * as T from '../../objects/type-ids.js';
import { sizeArgument } from '../arguments.js';
import type { Algorithm } from './algorithm.js';
import { blake2, blake2DigestSize, type Blake2Parameters } from './blake2.js';
import { sha3, shake } from './keccak.js';
import { md5, sha1, sha224, sha256 } from './md.js';
import {
  commonAttributes,
  commonMethods,
  dataArgument,
  digestMethods,
  digestOf,
  hexOf,
  newHash,
  stateWords,
  withData,
} from './object.js';
import { sha384, sha512 } from './sha512.js';
import { parsed } from './arguments.js';

const I32 = i32;

/** Below this many bytes CPython keeps its lock; shown for curiosity. */
const GIL_MINSIZE = 2048;

let nextId = T.T_BLOCK_HASHES;

/** The type of the objects of an algorithm, which only its function makes. */
function fixedType(module: string, name: string, algorithm: Algorithm): number {
  const id = nextId++;
  defineType({
    id,
    name,
    module,
    kind: L.KIND_RECORD,
    final: true,
    methods: [...commonMethods(id, algorithm), ...digestMethods(algorithm)],
    getset: [...commonAttributes(algorithm), { name: 'digest_size', get: () => intFromNumber(algorithm.digestSize) }],
    slots: { create: () => raise('TypeError', `cannot create '${module}.${name}' instances`) },
  });
  return id;
}

const constructorRow = (id: number, algorithm: Algorithm): MethodRow => [
  algorithm.name,
  (args) => withData(newHash(id, algorithm), algorithm, dataArgument(I32[args], I32[args + 2])),
  "(data=b'', *, usedforsecurity=True, string=None)",
];

/** A module of functions and the types of what they make, under other names. */
function fixedModule(
  module: string,
  rows: readonly (readonly [Algorithm, typeName: string, exported: string])[],
): void {
  const made = rows.map(([algorithm, name, exported]) => {
    const id = fixedType(module, name, algorithm);
    return { row: constructorRow(id, algorithm), exported, id };
  });
  defineModule({
    name: module,
    functions: made.map(({ row }) => row),
    attributes: () => ({
      ...Object.fromEntries(made.map(({ exported, id }) => [exported, T.typeHandle(id)])),
      _GIL_MINSIZE: H.small(GIL_MINSIZE),
    }),
  });
}

fixedModule('_md5', [[md5, 'md5', 'MD5Type']]);
fixedModule('_sha1', [[sha1, 'sha1', 'SHA1Type']]);
fixedModule(
  '_sha2',
  [sha224, sha256, sha384, sha512].map((a) => {
    const name = `${a.name.toUpperCase()}Type`;
    return [a, name, name] as const;
  }),
);

/** Length argument of a SHAKE digest; NaN with the exception set. */
function lengthArgument(h: number): number {
  const n = sizeArgument(h);
  if (n >= 0 && n < 2 ** 29) return n;
  if (n < 0) raise('ValueError', 'Cannot convert negative int');
  else if (!Number.isNaN(n)) raise('ValueError', 'length is too large');
  return Number.NaN;
}

const ofLength =
  (algorithm: Algorithm, make: (data: Uint8Array) => number) =>
  (args: number): number => {
    const n = lengthArgument(I32[args + 1]);
    return Number.isNaN(n) ? 0 : make(digestOf(I32[args], algorithm, n));
  };

function sha3Type(algorithm: Algorithm): number {
  const id = nextId++;
  const open = algorithm.digestSize === 0;
  const rate = algorithm.blockSize * 8;
  defineType({
    id,
    name: algorithm.name,
    module: '_sha3',
    kind: L.KIND_RECORD,
    final: true,
    methods: [
      ...commonMethods(id, algorithm),
      ...(open
        ? ([
            ['digest', ofLength(algorithm, bytesFromU8), '(length)'],
            ['hexdigest', ofLength(algorithm, hexOf), '(length)'],
          ] as MethodRow[])
        : digestMethods(algorithm)),
    ],
    getset: [
      ...commonAttributes(algorithm),
      { name: 'digest_size', get: () => intFromNumber(algorithm.digestSize) },
      { name: '_rate_bits', get: () => intFromNumber(rate) },
      { name: '_capacity_bits', get: () => intFromNumber(1600 - rate) },
      { name: '_suffix', get: () => bytesFromU8([open ? 0x1f : 0x06]) },
    ],
    slots: {
      create: (_type, args, n, kwnames) => {
        // CPython's six types share one parser, with this name.
        const given = parsed('sha3_224', ['data'], ['usedforsecurity', 'string'], args, n, kwnames);
        if (given === undefined) return 0;
        return withData(newHash(id, algorithm), algorithm, dataArgument(given[0]!, given[2]!));
      },
    },
  });
  return id;
}

defineModule({
  name: '_sha3',
  types: [...sha3, ...shake].map(sha3Type),
  attributes: () => ({ _GIL_MINSIZE: H.small(GIL_MINSIZE), implementation: fromJS('TypeScript') }),
});

const BLAKE2_KEYWORDS = [
  'digest_size',
  'key',
  'salt',
  'person',
  'fanout',
  'depth',
  'leaf_size',
  'node_offset',
  'node_depth',
  'inner_size',
  'last_node',
  'usedforsecurity',
  'string',
];

/** An int argument as bigint, not negative; undefined with the exception set. */
function unsigned(h: number, fallback: bigint): bigint | undefined {
  if (h === 0) return fallback;
  const n = index(h);
  if (n === 0) return undefined;
  const value = intToBigInt(n);
  if (value < 0n) return void raise('ValueError', 'Cannot convert negative int');
  return value >= 1n << 64n ? void raise('OverflowError', 'Python int too large for C unsigned long long') : value;
}

interface Limits {
  readonly size: number;
  readonly salt: number;
  readonly offset: bigint;
}

const LIMITS = {
  blake2b: { size: 64, salt: 16, offset: 1n << 64n },
  blake2s: { size: 32, salt: 8, offset: 1n << 48n },
};

/** A number within bounds; NaN with ValueError set. */
function bounded(h: number, fallback: number, least: number, most: number, message: string): number {
  const n = h === 0 ? fallback : sizeArgument(h);
  if (Number.isNaN(n) || (n >= least && n <= most)) return n;
  raise('ValueError', message);
  return Number.NaN;
}

/** Data of at most `most` bytes; undefined with the exception set. */
function shortData(h: number, most: number, what: string): Uint8Array | undefined {
  if (h === 0) return new Uint8Array(0);
  const data = needBuffer(h);
  if (data === undefined || data.length <= most) return data && Uint8Array.from(data);
  return void raise('ValueError', `maximum ${what} length is ${most} bytes`);
}

/** Parameters from the keyword arguments; undefined with the exception set. */
function blake2Parameters(
  name: 'blake2b' | 'blake2s',
  given: readonly number[],
): { parameters: Blake2Parameters; key: Uint8Array } | undefined {
  const { size, salt: saltSize, offset }: Limits = LIMITS[name];
  const title = `B${name.slice(1)}`;
  const digestSize = given[0] === 0 ? size : sizeArgument(given[0]!);
  if (Number.isNaN(digestSize)) return undefined;
  if (digestSize < 1 || digestSize > size)
    return void raise(
      'ValueError',
      `digest_size for ${title} must be between 1 and ${size} bytes, here it is ${digestSize}`,
    );
  const salt = shortData(given[2]!, saltSize, 'salt');
  const person = salt && shortData(given[3]!, saltSize, 'person');
  if (salt === undefined || person === undefined) return undefined;
  const fanout = bounded(given[4]!, 1, 0, 255, 'fanout must be between 0 and 255');
  const depth = bounded(given[5]!, 1, 1, 255, 'depth must be between 1 and 255');
  if (Number.isNaN(fanout) || Number.isNaN(depth)) return undefined;
  const leafSize = unsigned(given[6]!, 0n);
  if (leafSize === undefined) return undefined;
  if (leafSize >= 1n << 32n) return void raise('OverflowError', 'leaf_size is too large');
  const nodeOffset = unsigned(given[7]!, 0n);
  if (nodeOffset === undefined) return undefined;
  if (nodeOffset >= offset) return void raise('OverflowError', 'node_offset is too large');
  const nodeDepth = bounded(given[8]!, 0, 0, 255, 'node_depth must be between 0 and 255');
  const innerSize = bounded(given[9]!, 0, 0, size, `inner_size must be between 0 and is ${size}`);
  const lastNode = given[10] === 0 ? 0 : isTrue(given[10]!);
  if (Number.isNaN(nodeDepth) || Number.isNaN(innerSize) || lastNode < 0) return undefined;
  const key = shortData(given[1]!, size, 'key');
  if (key === undefined) return undefined;
  const rest = { salt, person, fanout, depth, nodeOffset, nodeDepth, innerSize };
  const parameters = { ...rest, digestSize, keySize: key.length, leafSize: Number(leafSize), lastNode: lastNode === 1 };
  return { parameters, key };
}

function blake2Type(name: 'blake2b' | 'blake2s'): number {
  const id = nextId++;
  const big = name === 'blake2b';
  const algorithm = blake2(big, undefined);
  const { size, salt } = LIMITS[name];
  defineType({
    id,
    name,
    module: '_blake2',
    kind: L.KIND_RECORD,
    final: true,
    methods: [...commonMethods(id, algorithm), ...digestMethods(algorithm)],
    attributes: () => ({
      SALT_SIZE: H.small(salt),
      PERSON_SIZE: H.small(salt),
      MAX_KEY_SIZE: H.small(size),
      MAX_DIGEST_SIZE: H.small(size),
    }),
    getset: [
      ...commonAttributes(algorithm),
      { name: 'digest_size', get: (o) => H.small(blake2DigestSize(stateWords(o), big)) },
    ],
    slots: {
      create: (_type, args, n, kwnames) => {
        const given = parsed(name, ['data'], BLAKE2_KEYWORDS, args, n, kwnames);
        const data = given === undefined ? -1 : dataArgument(given[0]!, given[13]!);
        const made = data < 0 ? undefined : blake2Parameters(name, given!.slice(1));
        if (made === undefined) return 0;
        const o = newHash(id, blake2(big, made.parameters));
        if (made.key.length > 0) {
          const block = new Uint8Array(algorithm.blockSize);
          block.set(made.key);
          withData(o, algorithm, bytesFromU8(block));
        }
        return withData(o, algorithm, data);
      },
    },
  });
  return id;
}

defineModule({
  name: '_blake2',
  types: [blake2Type('blake2b'), blake2Type('blake2s')],
  attributes: () => {
    const out: Record<string, number> = { _GIL_MINSIZE: H.small(GIL_MINSIZE) };
    for (const [name, { size, salt }] of Object.entries(LIMITS)) {
      const prefix = name.toUpperCase();
      out[`${prefix}_SALT_SIZE`] = out[`${prefix}_PERSON_SIZE`] = H.small(salt);
      out[`${prefix}_MAX_KEY_SIZE`] = out[`${prefix}_MAX_DIGEST_SIZE`] = H.small(size);
    }
    return out;
  },
});
