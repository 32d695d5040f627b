/** The module `_stat`: tests and names for the mode words of files. */
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { indexNumber } from '../objects/abstract.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { fromJS } from '../objects/strings.js';

const I32 = i32;

/** Type bits of a mode: name, value, letter of filemode. */
const TYPES: readonly (readonly [string, number, string])[] = [
  ['LNK', 0o120000, 'l'],
  ['SOCK', 0o140000, 's'],
  ['REG', 0o100000, '-'],
  ['BLK', 0o60000, 'b'],
  ['DIR', 0o40000, 'd'],
  ['CHR', 0o20000, 'c'],
  ['FIFO', 0o10000, 'p'],
];

const CONSTANTS = `
S_ISUID 2048 S_ISGID 1024 S_ISVTX 512 S_ENFMT 1024 S_IREAD 256 S_IWRITE 128 S_IEXEC 64
S_IRWXU 448 S_IRUSR 256 S_IWUSR 128 S_IXUSR 64 S_IRWXG 56 S_IRGRP 32 S_IWGRP 16 S_IXGRP 8 S_IRWXO 7 S_IROTH 4 S_IWOTH 2 S_IXOTH 1
ST_MODE 0 ST_INO 1 ST_DEV 2 ST_NLINK 3 ST_UID 4 ST_GID 5 ST_SIZE 6 ST_ATIME 7 ST_MTIME 8 ST_CTIME 9
S_IFDOOR 0 S_IFPORT 0 S_IFWHT 0
UF_SETTABLE 65535 UF_NODUMP 1 UF_IMMUTABLE 2 UF_APPEND 4 UF_OPAQUE 8 UF_NOUNLINK 16 UF_COMPRESSED 32 UF_TRACKED 64 UF_DATAVAULT 128
UF_HIDDEN 32768 SF_SETTABLE 1073676288 SF_ARCHIVED 65536 SF_IMMUTABLE 131072 SF_APPEND 262144 SF_RESTRICTED 524288
SF_NOUNLINK 1048576 SF_SNAPSHOT 2097152 SF_FIRMLINK 8388608 SF_DATALESS 1073741824 SF_SUPPORTED 10420224 SF_SYNTHETIC 3221225472
FILE_ATTRIBUTE_ARCHIVE 32 FILE_ATTRIBUTE_COMPRESSED 2048 FILE_ATTRIBUTE_DEVICE 64 FILE_ATTRIBUTE_DIRECTORY 16
FILE_ATTRIBUTE_ENCRYPTED 16384 FILE_ATTRIBUTE_HIDDEN 2 FILE_ATTRIBUTE_INTEGRITY_STREAM 32768 FILE_ATTRIBUTE_NORMAL 128
FILE_ATTRIBUTE_NOT_CONTENT_INDEXED 8192 FILE_ATTRIBUTE_NO_SCRUB_DATA 131072 FILE_ATTRIBUTE_OFFLINE 4096 FILE_ATTRIBUTE_READONLY 1
FILE_ATTRIBUTE_REPARSE_POINT 1024 FILE_ATTRIBUTE_SPARSE_FILE 512 FILE_ATTRIBUTE_SYSTEM 4 FILE_ATTRIBUTE_TEMPORARY 256
FILE_ATTRIBUTE_VIRTUAL 65536`;

const typeBits = (mode: number): number => mode & 0o170000;

/** The mode argument as an unsigned number; NaN with the exception set. */
function modeArgument(h: number): number {
  const n = indexNumber(h);
  if (Number.isNaN(n)) return n;
  return n >= 0 && n < 2 ** 32 ? n : raise('OverflowError', 'mode out of range') || Number.NaN;
}

const onMode =
  (run: (mode: number) => number) =>
  (args: number): number => {
    const mode = modeArgument(I32[args]);
    return Number.isNaN(mode) ? 0 : run(mode);
  };

/** 'x' bit of one class with its special bit's letter. */
const execute = (x: boolean, special: boolean, letter: string): string =>
  special ? (x ? letter : letter.toUpperCase()) : x ? 'x' : '-';

function filemode(mode: number): string {
  const letter = TYPES.find(([, bits]) => bits === typeBits(mode))?.[2] ?? '?';
  const bit = (mask: number, shown: string): string => ((mode & mask) !== 0 ? shown : '-');
  const user = bit(0o400, 'r') + bit(0o200, 'w') + execute((mode & 0o100) !== 0, (mode & 0o4000) !== 0, 's');
  const group = bit(0o40, 'r') + bit(0o20, 'w') + execute((mode & 0o10) !== 0, (mode & 0o2000) !== 0, 's');
  return letter + user + group + bit(4, 'r') + bit(2, 'w') + execute((mode & 1) !== 0, (mode & 0o1000) !== 0, 't');
}

const absent = (name: string): MethodRow => [`S_IS${name}`, onMode(() => H.FALSE), [1, 1]];

function attributes(): Record<string, number> {
  const words = CONSTANTS.trim().split(/\s+/);
  const out: Record<string, number> = {};
  for (let i = 0; i < words.length; i += 2) out[words[i]] = intFromNumber(Number(words[i + 1]));
  for (const [name, bits] of TYPES) out[`S_IF${name}`] = H.small(bits);
  return out;
}

defineModule({
  name: '_stat',
  doc: 'S_IFMT_: file type bits\nS_IFDIR: directory and their like; S_ISDIR() and its like test a mode; filemode() shows it.',
  functions: [
    ...TYPES.map(
      ([name, bits]): MethodRow => [`S_IS${name}`, onMode((mode) => H.fromBool(typeBits(mode) === bits)), [1, 1]],
    ),
    ...['DOOR', 'PORT', 'WHT'].map(absent),
    ['S_IMODE', onMode((mode) => H.small(mode & 0o7777)), [1, 1]],
    ['S_IFMT', onMode((mode) => H.small(typeBits(mode))), [1, 1]],
    ['filemode', onMode((mode) => fromJS(filemode(mode))), [1, 1]],
  ],
  attributes,
});
