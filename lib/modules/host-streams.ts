/**
 * Standard streams that a host program takes or gives in place of the process's descriptors 0 to 2, per environment. What is written goes to a list
 * in the space, in one order for all threads, and the host takes it from there; what is read comes from another list.
 *
 * | word of the environment | written by | read by |
 * | --- | --- | --- |
 * | HOST_FLAGS | host: HOST_TAKES, HOST_INPUT_ENDED; carriers: HOST_NOTIFIED, by `or`; host clears it | both |
 * | HOST_OUTPUT | list of (descriptor, bytes): carriers append, the host removes from the front | both |
 * | HOST_INPUT | list of bytes: the host appends, carriers remove | both |
 * | HOST_PENDING | bytes in HOST_OUTPUT: carriers add, the host subtracts and notifies | carriers wait |
 * | HOST_SEQUENCE | the host adds 1 and notifies when input came or ended | carriers wait |
 */
import { constants } from 'node:os';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { enterSafe, leaveSafe } from '../heap/threads.js';
import { bytesData, bytesFromU8 } from '../objects/bytes.js';
import { HOST_INPUT_ENDED, HOST_NOTIFIED, HOST_TAKES } from '../objects/environment.js';
import { listAppend, listSnapshot, listSplice } from '../objects/list.js';
import { newTupleOf } from '../objects/tuple.js';
import { raiseInterrupt } from '../vm/safepoint.js';
import { tellHost } from '../threads/jobs.js';
import { currentEnvironment } from './frames.js';

const I32 = i32;
const C = CARRIER;

/** Writers wait while the host has more than this many bytes to take. */
const MOST_PENDING = 1 << 23;
/** A write is cut into pieces of this size. */
const PIECE = 1 << 20;

const flagsWord = (environment: number): number => (environment >>> 2) + L.ENVIRONMENT_HOST_FLAGS;

/** Is this descriptor of the current environment the host's? */
export function isHostStream(fd: number): boolean {
  if (fd < 0 || fd > 2) return false;
  const environment = currentEnvironment();
  return environment !== 0 && (I32[flagsWord(environment)] & HOST_TAKES[fd]) !== 0;
}

const interrupted = (): boolean => I32[I32[C + L.CAR_THREAD] + L.THR_FLAGS] !== 0;

/** Sleeps while `word` holds `value`; false when another thread wants something of this one. A collection may happen. */
function sleepOn(word: number, value: number): boolean {
  enterSafe();
  Atomics.wait(I32, word, value, 50);
  leaveSafe();
  return !interrupted();
}

function waitForRoom(environment: number): void {
  const word = (environment >>> 2) + L.ENVIRONMENT_HOST_PENDING;
  for (;;) {
    const pending = atomics.load(word << 2);
    if (pending < MOST_PENDING || !sleepOn(word, pending)) return;
  }
}

/** Hands bytes to the host: all of them. The caller's handles must be rooted. */
export function writeToHost(fd: number, data: Uint8Array): number {
  const environment = currentEnvironment();
  const w = environment >>> 2;
  for (let at = 0; at < data.length; at += PIECE) {
    const piece = data.subarray(at, at + PIECE);
    waitForRoom(environment);
    atomics.add((w + L.ENVIRONMENT_HOST_PENDING) << 2, piece.length);
    listAppend(I32[w + L.ENVIRONMENT_HOST_OUTPUT], newTupleOf([H.small(fd), bytesFromU8(piece)]));
    if ((atomics.or(flagsWord(environment) << 2, HOST_NOTIFIED) & HOST_NOTIFIED) === 0)
      tellHost({ type: 'output', environment: I32[w + L.ENVIRONMENT_ID] });
  }
  return data.length;
}

/** Takes the first piece of input, or what of it fits; -1 when there is none. */
function takeInput(list: number, into: Uint8Array, offset: number, length: number): number {
  const [first] = listSnapshot(list);
  if (first === undefined) return -1;
  const slot = root(first);
  const data = bytesData(first);
  const n = Math.min(length, data.length);
  into.set(data.subarray(0, n), offset);
  listSplice(list, 0, 1, n < data.length ? [bytesFromU8(data.subarray(n))] : []);
  unroot(slot);
  return n;
}

/**
 * Reads what the host gives: the number of bytes, 0 at the end, or -EINTR with the exception set that another thread asked for. The caller's
 * handles must be rooted.
 */
export function readFromHost(into: Uint8Array, offset: number, length: number): number {
  const environment = currentEnvironment();
  const w = environment >>> 2;
  let asked = -1;
  for (;;) {
    const seen = atomics.load((w + L.ENVIRONMENT_HOST_SEQUENCE) << 2);
    const ended = (atomics.load(flagsWord(environment) << 2) & HOST_INPUT_ENDED) !== 0;
    const n = takeInput(I32[w + L.ENVIRONMENT_HOST_INPUT], into, offset, length);
    if (n >= 0) return n;
    if (ended) return 0;
    if (asked !== seen) tellHost({ type: 'input', environment: I32[w + L.ENVIRONMENT_ID] });
    asked = seen;
    if (!sleepOn(w + L.ENVIRONMENT_HOST_SEQUENCE, seen) && raiseInterrupt() === 0) return -constants.errno.EINTR;
  }
}
