/** The tables of `sys` that say what this interpreter is: version_info, flags, float_info and their like. */
import * as H from '../heap/handles.js';
import { newDict } from '../objects/dict.js';
import { newFloat } from '../objects/float.js';
import { newNamespace } from '../objects/namespace-type.js';
import { intFromBigInt } from '../objects/int.js';
import { fromJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { defineStructSequence, newStructSequence, type StructSequence } from './structseq.js';

const small = H.small;
/** The Python release whose standard library and behaviour this is. */
const VERSION = { major: 3, minor: 14, micro: 2 };
export const VERSION_TEXT = `${VERSION.major}.${VERSION.minor}.${VERSION.micro}`;
export const HEX_VERSION = (VERSION.major << 24) | (VERSION.minor << 16) | (VERSION.micro << 8) | 0xf0;
/** Of this package; package.json says the same. */
const OWN_VERSION = '0.1.0';

const define = (at: number, name: string, fields: readonly string[], doc: string, more: Partial<StructSequence> = {}) =>
  defineStructSequence({ id: T.T_BLOCK_SYS + at, name, module: 'sys', fields, doc, ...more });

const versionInfo = define(
  1,
  'version_info',
  ['major', 'minor', 'micro', 'releaselevel', 'serial'],
  'sys.version_info\n\nVersion information as a named tuple.',
  { closed: true },
);

/** Fields of sys.flags: the command line has no options that set them. */
const FLAGS: readonly (readonly [string, number])[] = [
  ['debug', small(0)],
  ['inspect', small(0)],
  ['interactive', small(0)],
  ['optimize', small(0)],
  ['dont_write_bytecode', small(1)],
  ['no_user_site', small(0)],
  ['no_site', small(0)],
  ['ignore_environment', small(0)],
  ['verbose', small(0)],
  ['bytes_warning', small(0)],
  ['quiet', small(0)],
  ['hash_randomization', small(0)],
  ['isolated', small(0)],
  ['dev_mode', H.FALSE],
  ['utf8_mode', small(1)],
  ['warn_default_encoding', small(0)],
  ['safe_path', H.FALSE],
  ['int_max_str_digits', small(4300)],
  ['gil', small(0)],
  ['thread_inherit_context', small(1)],
  ['context_aware_warnings', small(1)],
];

const flags = define(
  2,
  'flags',
  FLAGS.map(([name]) => name),
  'sys.flags\n\nFlags provided through command line arguments or environment vars.',
  { closed: true, visible: 18 },
);

const floatInfo = define(
  3,
  'float_info',
  ['max', 'max_exp', 'max_10_exp', 'min', 'min_exp', 'min_10_exp', 'dig', 'mant_dig', 'epsilon', 'radix', 'rounds'],
  "sys.float_info\n\nA named tuple holding information about the float type. It contains low level\ninformation about the precision and internal representation. Please study\nyour system's :file:`float.h` for more information.",
);

const intInfo = define(
  4,
  'int_info',
  ['bits_per_digit', 'sizeof_digit', 'default_max_str_digits', 'str_digits_check_threshold'],
  "sys.int_info\n\nA named tuple that holds information about Python's\ninternal representation of integers.  The attributes are read only.",
);

const hashInfo = define(
  5,
  'hash_info',
  ['width', 'modulus', 'inf', 'nan', 'imag', 'algorithm', 'hash_bits', 'seed_bits', 'cutoff'],
  'hash_info\n\nA named tuple providing parameters used for computing\nhashes. The attributes are read only.',
);

const threadInfo = define(
  6,
  'thread_info',
  ['name', 'lock', 'version'],
  'sys.thread_info\n\nA named tuple holding information about the thread implementation.',
);

function newVersionInfo(): number {
  const { major, minor, micro } = VERSION;
  return newStructSequence(versionInfo, [small(major), small(minor), small(micro), fromJS('final'), small(0)]);
}

function newFloatInfo(): number {
  const [max, min, epsilon] = [Number.MAX_VALUE, 2 ** -1022, 2 ** -52].map(newFloat);
  const [maxExp, max10, minExp, min10, dig, mant] = [1024, 308, -1021, -307, 15, 53].map(small);
  return newStructSequence(floatInfo, [max, maxExp, max10, min, minExp, min10, dig, mant, epsilon, small(2), small(1)]);
}

function newHashInfo(): number {
  return newStructSequence(hashInfo, [
    small(64),
    intFromBigInt(2n ** 61n - 1n),
    small(314159),
    small(0),
    small(1000003),
    fromJS('fnv'),
    small(64),
    small(0),
    small(0),
  ]);
}

/** sys.implementation. */
function newImplementation(): number {
  return newNamespace({
    name: fromJS('protospace'),
    // Compiled modules are not written to files.
    cache_tag: H.NONE,
    version: newVersionInfo(),
    hexversion: small(HEX_VERSION),
    supports_isolated_interpreters: H.FALSE,
  });
}

/** Attributes of `sys` that are the same in every environment. */
export function informationAttributes(): Readonly<Record<string, number>> {
  return {
    version: fromJS(`${VERSION_TEXT} (protospace ${OWN_VERSION}) [V8 ${process.versions.v8}]`),
    version_info: newVersionInfo(),
    hexversion: small(HEX_VERSION),
    api_version: small(1013),
    implementation: newImplementation(),
    flags: newStructSequence(
      flags,
      FLAGS.map(([, value]) => value),
    ),
    float_info: newFloatInfo(),
    int_info: newStructSequence(intInfo, [30, 4, 4300, 640].map(small)),
    hash_info: newHashInfo(),
    thread_info: newStructSequence(threadInfo, [fromJS('protospace'), fromJS('lock-free'), H.NONE]),
    float_repr_style: fromJS('short'),
    maxsize: intFromBigInt(2n ** 63n - 1n),
    maxunicode: small(0x10ffff),
    byteorder: fromJS('little'),
    platform: fromJS(process.platform),
    copyright: fromJS('Copyright (c) Protospace contributors.'),
    abiflags: fromJS(''),
    platlibdir: fromJS('lib'),
    _framework: fromJS(''),
    _xoptions: newDict(),
    pycache_prefix: H.NONE,
  };
}
