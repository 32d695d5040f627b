/** What a binary of Linux says of itself before the system loads it: the loader maps one that was cut short, and the process dies of it later. */
import { closeSync, openSync, readSync } from 'node:fs';

/** Processors by their number in the header; only of those that Node has a name for. */
const MACHINES: Readonly<Record<number, string>> = {
  3: 'ia32',
  21: 'ppc64',
  22: 's390x',
  40: 'arm',
  62: 'x64',
  183: 'arm64',
  243: 'riscv64',
  258: 'loong64',
};
/** Words of a file's head that are read: its header, and what says of which parts it consists. */
const HEAD_WORDS = 1024;
const MAGIC = 0x464c457f;
const WIDE_LITTLE_ENDIAN = 0x102;
const SEGMENT_WORDS = 14;
const LOADED = 1;
const INTERPRETER = 3;

interface Elf {
  readonly machine: string;
  /** Bytes that its segments want; are they there? */
  readonly wanted: number;
  readonly isWhole: boolean;
  /** The program that loads it; '' for a library. */
  readonly interpreter: string;
}

/** Plain words and loops: this runs whenever an addon is loaded, in code that V8 has not compiled yet. */
function parse(descriptor: number): Elf | undefined {
  const head = new Int32Array(HEAD_WORDS);
  const words = readSync(descriptor, head, 0, HEAD_WORDS * 4, 0) >> 2;
  // A 64-bit little-endian file; of others the system's loader tells what they are.
  if (words < 16 || head[0] !== MAGIC || (head[1]! & 0xffff) !== WIDE_LITTLE_ENDIAN) return undefined;
  let wanted = 64;
  let interpreter = '';
  const count = head[14]! & 0xffff;
  for (let i = 0, at = head[8]! >>> 2; i < count && at + SEGMENT_WORDS <= words; i++, at += SEGMENT_WORDS) {
    const [begin, bytes] = [head[at + 2]! >>> 0, head[at + 8]! >>> 0];
    if (head[at] === LOADED) wanted = Math.max(wanted, begin + bytes);
    else if (head[at] === INTERPRETER)
      interpreter = Buffer.from(head.buffer).toString('latin1', begin, begin + bytes - 1);
  }
  const machine = head[4]! >>> 16;
  const isWhole = readSync(descriptor, head, 0, 1, wanted - 1) === 1;
  return { machine: MACHINES[machine] ?? `number ${machine}`, wanted, isWhole, interpreter };
}

function readElf(file: string): Elf | undefined {
  let descriptor = -1;
  try {
    descriptor = openSync(file, 'r');
    return parse(descriptor);
  } catch {
    return undefined;
  } finally {
    if (descriptor !== -1) closeSync(descriptor);
  }
}

/** Why a library cannot be loaded by this process, or ''. What is no such library is left to the system's loader to describe. */
export function elfProblem(file: string): string {
  const elf = readElf(file);
  if (elf === undefined) return '';
  if (elf.machine !== process.arch) return `it is for another processor, ${elf.machine} and not ${process.arch}`;
  return elf.isWhole ? '' : `it was cut short: of ${elf.wanted} bytes some are missing`;
}

/** Is the program in this file, by default this Node, one of the musl C library? */
export const isMusl = (program: string = process.execPath): boolean =>
  /\/ld-musl-/.test(readElf(program)?.interpreter ?? '');
