/** `zlib` (https://docs.python.org/3.14/library/zlib.html), on Node's own zlib. */
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import { index } from '../../objects/abstract.js';
import { needBuffer } from '../../objects/byte-buffer.js';
import { defineModule, defineType } from '../../objects/define.js';
import '../../objects/exception-types.js';
import { exceptionId } from '../../objects/exceptions.js';
import { intFromNumber, intToInt32 } from '../../objects/int.js';
import { fromJS } from '../../objects/strings.js';
import * as T from '../../objects/type-ids.js';
import { adler32, crc32 } from './checksum.js';
import { compress, compressobj } from './compress.js';
import { decompress, decompressobj } from './decompress.js';

const I32 = i32;

defineType({
  id: T.T_ZLIB_ERROR,
  name: 'error',
  module: 'zlib',
  base: exceptionId('Exception'),
  kind: L.KIND_EXCEPTION,
  dict: true,
});

/** A checksum function of data and a start value, of which the low 32 bits count. */
export const checksum =
  (f: (data: Uint8Array, value: number) => number, start: number) =>
  (args: number, n: number): number => {
    const data = needBuffer(I32[args]);
    const value = data === undefined ? 0 : n > 1 ? index(I32[args + 1]) : H.small(start);
    return data === undefined || value === 0 ? 0 : intFromNumber(f(data, intToInt32(value) >>> 0));
  };

const CONSTANTS: Readonly<Record<string, number>> = {
  MAX_WBITS: 15,
  DEFLATED: 8,
  DEF_MEM_LEVEL: 8,
  DEF_BUF_SIZE: 16384,
  Z_NO_COMPRESSION: 0,
  Z_BEST_SPEED: 1,
  Z_BEST_COMPRESSION: 9,
  Z_DEFAULT_COMPRESSION: -1,
  Z_FILTERED: 1,
  Z_HUFFMAN_ONLY: 2,
  Z_RLE: 3,
  Z_FIXED: 4,
  Z_DEFAULT_STRATEGY: 0,
  Z_NO_FLUSH: 0,
  Z_PARTIAL_FLUSH: 1,
  Z_SYNC_FLUSH: 2,
  Z_FULL_FLUSH: 3,
  Z_FINISH: 4,
  Z_BLOCK: 5,
  Z_TREES: 6,
};

function attributes(): Record<string, number> {
  const version = fromJS(process.versions.zlib?.split('-', 1)[0] ?? '');
  const numbers = Object.entries(CONSTANTS).map(([name, value]) => [name, H.small(value)]);
  return {
    ...Object.fromEntries(numbers),
    ZLIB_VERSION: version,
    ZLIB_RUNTIME_VERSION: version,
    __version__: fromJS('1.0'),
  };
}

defineModule({
  name: 'zlib',
  doc: 'The functions in this module allow compression and decompression using the zlib library, which is based on GNU zip.',
  functions: [
    ['adler32', checksum(adler32, 1), [1, 2]],
    ['compress', compress, '(data, /, level=-1, wbits=15)'],
    ['compressobj', compressobj, '(level=-1, method=8, wbits=15, memLevel=8, strategy=0, zdict=None)'],
    ['crc32', checksum(crc32, 0), [1, 2]],
    ['decompress', decompress, '(data, /, wbits=15, bufsize=16384)'],
    ['decompressobj', decompressobj, "(wbits=15, zdict=b'')"],
  ],
  attributes,
  types: [T.T_ZLIB_ERROR, T.T_ZLIB_READER],
});
