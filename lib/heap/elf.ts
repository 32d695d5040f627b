/** What a binary of Linux says of itself before the system loads it: the loader maps one that was cut short, and the process dies of it later. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

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
const HEAD_BYTES = 4096;
const SEGMENT_BYTES = 56;
const LOADED = 1;
const INTERPRETER = 3;

interface Segment {
  readonly type: number;
  readonly begin: number;
  readonly bytes: number;
}

interface Elf {
  readonly machine: string;
  /** Bytes that the file has, and those that its segments want. */
  readonly bytes: number;
  readonly wanted: number;
  /** The program that loads it; '' for a library. */
  readonly interpreter: string;
}

function* segmentsOf(head: Buffer): Generator<Segment> {
  const first = Number(head.readBigUInt64LE(32));
  for (let i = 0; i < head.readUInt16LE(56); i++) {
    const at = first + i * SEGMENT_BYTES;
    if (at + SEGMENT_BYTES > head.length) return;
    const word = (offset: number): number => Number(head.readBigUInt64LE(at + offset));
    yield { type: head.readUInt32LE(at), begin: word(8), bytes: word(32) };
  }
}

function parse(head: Buffer, bytes: number): Elf | undefined {
  // A 64-bit little-endian file; of others the system's loader tells what they are.
  if (head.length < 64 || head.readUInt32BE(0) !== 0x7f454c46 || head.readUInt16LE(4) !== 0x102) return undefined;
  const segments = [...segmentsOf(head)];
  const loaded = segments.filter((s) => s.type === LOADED).map((s) => s.begin + s.bytes);
  const name = segments.find((s) => s.type === INTERPRETER);
  const machine = head.readUInt16LE(18);
  return {
    machine: MACHINES[machine] ?? `number ${machine}`,
    bytes,
    wanted: Math.max(64, ...loaded),
    interpreter: name === undefined ? '' : head.toString('latin1', name.begin, name.begin + name.bytes - 1),
  };
}

function readElf(file: string): Elf | undefined {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const head = Buffer.alloc(HEAD_BYTES);
      const { size } = fstatSync(descriptor);
      return parse(head.subarray(0, readSync(descriptor, head, 0, HEAD_BYTES, 0)), size);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/** Why a library cannot be loaded by this process, or ''. What is no such library is left to the system's loader to describe. */
export function elfProblem(file: string): string {
  const elf = readElf(file);
  if (elf === undefined) return '';
  if (elf.machine !== process.arch) return `it is for another processor, ${elf.machine} and not ${process.arch}`;
  return elf.bytes < elf.wanted ? `it was cut short, to ${elf.bytes} of at least ${elf.wanted} bytes` : '';
}

/** Is the program in this file, by default this Node, one of the musl C library? */
export const isMusl = (program: string = process.execPath): boolean =>
  /\/ld-musl-/.test(readElf(program)?.interpreter ?? '');
