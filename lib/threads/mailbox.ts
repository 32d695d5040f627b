/** Text that lies in the space outside the collected heap, until its one reader has taken it: jobs on their way to a carrier. */
import { HeapExhausted } from '../heap/errors.js';
import { BLOCK_STACK, claimBlocks, releaseBlocks } from '../heap/freelist.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';

const I32 = i32;
const U8 = u8;
const HEADER = 8;

const blocksFor = (bytes: number): number => Math.ceil((bytes + HEADER) / L.BLOCK_BYTES);

/** Puts `text` into the space; returns its word index. */
export function writeMail(text: string): number {
  const data = Buffer.from(text, 'utf8');
  const address = claimBlocks(blocksFor(data.length), BLOCK_STACK);
  if (address === 0) throw new HeapExhausted(data.length);
  I32[address >>> 2] = data.length;
  U8.set(data, (address >>> 0) + HEADER);
  return address >>> 2;
}

export function readMail(word: number): string {
  const start = ((word << 2) >>> 0) + HEADER;
  return Buffer.from(U8.slice(start, start + I32[word])).toString('utf8');
}

/** Frees the mail of a thread that runs, or was to run, a job. */
export function freeJobMail(t: number): void {
  const word = I32[t + L.THR_DATA];
  if (word === 0) return;
  I32[t + L.THR_DATA] = 0;
  releaseBlocks(word << 2, blocksFor(I32[word]));
}
