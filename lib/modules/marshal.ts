/** `marshal`: plain data to bytes and back. Code objects are not written: the bytecode here is another one. */
import { root, unroot } from '../heap/context.js';
import { i32 } from '../heap/memory.js';
import { indexNumber, isTrue } from '../objects/abstract.js';
import { getAttr } from '../objects/attribute.js';
import { bufferOf, noBuffer } from '../objects/byte-buffer.js';
import { bytesData, bytesFromU8, isBytes } from '../objects/bytes.js';
import { call1 } from '../objects/call.js';
import { defineModule } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import * as H from '../heap/handles.js';
import { intern } from '../objects/strings.js';
import { type ByteSource, Reader } from './marshal-read.js';
import { marshal } from './marshal-write.js';

const I32 = i32;
const VERSION = 5;

/** allow_code, a keyword that is true when missing; -1 with the exception set. */
const codeAllowed = (h: number): number => (h === 0 ? 1 : isTrue(h));

function written(value: number, versionArgument: number, codeArgument: number): Uint8Array | undefined {
  const version = versionArgument === 0 ? VERSION : indexNumber(versionArgument);
  const allowed = codeAllowed(codeArgument);
  return Number.isNaN(version) || allowed < 0 ? undefined : marshal(value, version, allowed === 1);
}

function dumps(args: number): number {
  const data = written(I32[args], I32[args + 1], I32[args + 2]);
  return data === undefined ? 0 : bytesFromU8(data);
}

function dump(args: number): number {
  const data = written(I32[args], I32[args + 2], I32[args + 3]);
  const write = data === undefined ? 0 : getAttr(I32[args + 1], intern('write'));
  return write === 0 ? 0 : call1(write, bytesFromU8(data!));
}

function loads(args: number): number {
  const data = bufferOf(I32[args]);
  if (data === undefined) return noBuffer(I32[args]);
  const allowed = codeAllowed(I32[args + 1]);
  if (allowed < 0) return 0;
  const copy = data.slice();
  let position = 0;
  const source: ByteSource = (n) => copy.subarray(position, (position += n));
  return new Reader(source, allowed === 1).read();
}

/** Reads through the file's `read`. */
function fileSource(slot: number): ByteSource {
  return (n) => {
    if (n === 0) return new Uint8Array(0);
    const read = getAttr(I32[slot], intern('read'));
    const got = read === 0 ? 0 : call1(read, intFromNumber(n));
    if (got === 0) return undefined;
    if (isBytes(got)) return bytesData(got).slice();
    return void raise('TypeError', `file.read() returned not bytes but ${typeName(got)}`);
  };
}

function load(args: number): number {
  const allowed = codeAllowed(I32[args + 1]);
  if (allowed < 0) return 0;
  const slot = root(I32[args]);
  // As CPython does, so that something else than a file is refused before anything is read.
  const read = getAttr(I32[slot], intern('read'));
  const probe = read === 0 ? 0 : call1(read, H.small(0));
  const ok =
    probe !== 0 &&
    (isBytes(probe) || raise('TypeError', `file.read() returned not bytes but ${typeName(probe)}`) !== 0);
  const value = ok ? new Reader(fileSource(slot), allowed === 1).read() : 0;
  unroot(slot);
  return value;
}

defineModule({
  name: 'marshal',
  doc: 'This module contains functions that can read and write Python values in\na binary format. The format is specific to Python, but independent of\nmachine architecture issues.',
  functions: [
    ['dump', dump, '(value, file, version=5, /, *, allow_code=True)'],
    ['dumps', dumps, '(value, version=5, /, *, allow_code=True)'],
    ['load', load, '(file, /, *, allow_code=True)'],
    ['loads', loads, '(bytes, /, *, allow_code=True)'],
  ],
  attributes: () => ({ version: H.small(VERSION) }),
});
