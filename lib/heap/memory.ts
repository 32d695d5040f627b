/// <reference path="./webassembly.d.ts" />
/**
 * The memory of the process's one ProtoSpace, and the typed-array views on it.
 *
 * The views are made when this module loads. A module with hot code copies them into constants of its own
 * (`const I32 = i32;`): V8 then folds base and length into the machine code, which it does not for an imported binding.
 */
import { join } from 'node:path';
import { getEnvironmentData, isMainThread, setEnvironmentData, workerData } from 'node:worker_threads';
import { addressesLeft, WORKER_ADDRESSES } from './address-space.js';
import { instantiateAtomics, plainAtomics } from './atomics.js';
import { ProtospaceError } from './errors.js';
import { loadImage } from './image.js';
import * as L from './layout.generated.js';
import { stressRuns } from './stress.js';

/** Hash of the sources, set where they are bundled. */
declare const PROTOSPACE_BUILD: string;

const KEY = 'protospace.space';
const GLOBAL = Symbol.for(KEY);
const PAGE = 65536;
const DEFAULT_HEAP = 2 ** 32;
const MINIMUM_HEAP = 16 * 2 ** 20;

/** What holds the space: a shared WebAssembly memory, or where the system refuses that, or Node has none (--jitless), a plain buffer. */
export type SpaceMemory = WebAssembly.Memory | { readonly buffer: ArrayBufferLike };

interface SpaceHandle {
  memory: SpaceMemory;
  layoutHash: number;
  /** Hash of the sources of the bundle that made the space; '' where they were not bundled. */
  build?: string;
}

const BUILD = typeof PROTOSPACE_BUILD === 'string' ? PROTOSPACE_BUILD : '';

/** Bytes from '64m', '2g', '65536'; NaN when it is no size. */
export function parseSize(text: string): number {
  const match = /^(\d+)([kmg]?)b?$/i.exec(text.trim());
  if (!match) return Number.NaN;
  const shift = { '': 0, k: 10, m: 20, g: 30 }[match[2]!.toLowerCase()]!;
  return Number(match[1]) * 2 ** shift;
}

function wantedBytes(): number {
  const text = process.env.PROTOSPACE_HEAP;
  if (text === undefined || text === '') return DEFAULT_HEAP;
  const bytes = parseSize(text);
  if (!(bytes >= MINIMUM_HEAP && bytes <= DEFAULT_HEAP)) {
    throw new ProtospaceError('ERR_PROTOSPACE_HEAP_SIZE', `heap size '${text}' is not between 16m and 4g`);
  }
  return Math.ceil(bytes / PAGE) * PAGE;
}

/**
 * The wanted size; where addresses are bounded, what leaves enough of them for the Workers of Python, which V8 starts or ends the process: at least a
 * quarter of what is left.
 */
function firstBytes(): number {
  const left = addressesLeft();
  const bytes = Math.min(wantedBytes(), Math.max(left - 2 * WORKER_ADDRESSES, left / 4));
  return Math.max(MINIMUM_HEAP, Math.floor(bytes / PAGE) * PAGE);
}

/** Result of `make` for the wanted size, or for half of it as often as the system refuses; undefined when it refuses all. */
function halving(make: (bytes: number) => SpaceMemory): SpaceMemory | undefined {
  for (let bytes = firstBytes(); bytes >= MINIMUM_HEAP; bytes = Math.floor(bytes / 2 / PAGE) * PAGE) {
    try {
      return make(bytes);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return undefined;
}

const HAS_WASM = typeof WebAssembly !== 'undefined';

/**
 * Reserves the memory once. V8 reserves 10 GiB of addresses for a WebAssembly memory of any size, which a limit on address space refuses; then a
 * plain shared buffer does, with slower atomics.
 */
function reserve(): SpaceMemory {
  const memory =
    (HAS_WASM
      ? halving((bytes) => new WebAssembly.Memory({ shared: true, initial: bytes / PAGE, maximum: bytes / PAGE }))
      : undefined) ?? halving((bytes) => ({ buffer: new SharedArrayBuffer(bytes) }));
  if (memory === undefined)
    throw new ProtospaceError('ERR_PROTOSPACE_RESERVE', `the system refuses ${MINIMUM_HEAP} bytes of memory`);
  return memory;
}

function found(): SpaceHandle | undefined {
  return (
    ((globalThis as Record<symbol, unknown>)[GLOBAL] as SpaceHandle | undefined) ??
    (getEnvironmentData(KEY) as SpaceHandle | undefined)
  );
}

/**
 * The first space. Only the main thread or a carrier of the command line may make it: a Worker that finds none was started before there
 * was one, and would have a second.
 */
function make(): SpaceMemory {
  if (isMainThread || (workerData as { protospace?: string } | null)?.protospace === 'carrier') return reserve();
  throw new ProtospaceError(
    'ERR_PROTOSPACE_WORKER',
    "this Worker is older than the process's ProtoSpace: import protospace on the main thread before starting the Worker",
  );
}

function attach(): SpaceHandle {
  let space = found();
  if (space !== undefined && space.layoutHash !== L.LAYOUT_HASH) {
    throw new ProtospaceError(
      'ERR_PROTOSPACE_LAYOUT',
      'this process has a ProtoSpace of another, incompatible version of protospace',
    );
  }
  if (BUILD !== '' && space?.build && space.build !== BUILD) {
    throw new ProtospaceError(
      'ERR_PROTOSPACE_NATIVES',
      'this process has a ProtoSpace whose built-in functions are of another version of protospace',
    );
  }
  space ??= { memory: make(), layoutHash: L.LAYOUT_HASH, build: BUILD };
  (globalThis as Record<symbol, unknown>)[GLOBAL] = space;
  setEnvironmentData(KEY, space as never);
  return space;
}

const space = attach();

/** The shared memory itself: hand it to nobody but this package's own Workers. */
export const memory: SpaceMemory = space.memory;
const buffer = memory.buffer as unknown as SharedArrayBuffer;
export const i32 = new Int32Array(buffer);
export const u8 = new Uint8Array(buffer);
export const u16 = new Uint16Array(buffer);
export const u32 = new Uint32Array(buffer);
export const f64 = new Float64Array(buffer);
/** A Buffer over the whole space, for its fast latin1 and utf8 routines. */
export const bytes = Buffer.from(buffer) as Buffer & {
  latin1Write(text: string, offset: number, length: number): number;
  latin1Slice(start: number, end: number): string;
  ucs2Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
  utf8Write(text: string, offset: number, length: number): number;
};
/** Is the space a WebAssembly memory, which code can be compiled for? */
export const inWebAssembly = HAS_WASM && memory instanceof WebAssembly.Memory;
export const atomics = inWebAssembly ? instantiateAtomics(memory as WebAssembly.Memory) : plainAtomics(buffer);
export const isMain: boolean = isMainThread;

const alignUp = (n: number, to: number): number => Math.ceil(n / to) * to;

/** Is there a boot image beside this code, a bundle, and does nobody want to see the space booted? */
const wantsImage = (): boolean =>
  typeof PROTOSPACE_BUILD === 'string' && process.env.PROTOSPACE_IMAGE !== 'off' && !stressRuns;

/** Of a space of so many blocks, those that reserve.ts keeps back: the last for MemoryError, and before them some for small objects. */
export const reserveOf = (blocks: number): { last: number; small: number } => ({
  last: Math.min(8, blocks >> 4),
  small: Math.min(128, blocks >> 4),
});

/** First writer wins: the control block is set up once, the others wait for it. */
function initialiseControl(): void {
  const at = (word: number): number => L.CONTROL_BASE + word * 4;
  const old = atomics.cas(at(L.CTL_MAGIC), 0, 1);
  if (old !== 0) {
    while (atomics.load(at(L.CTL_MAGIC)) !== L.MAGIC);
    return;
  }
  // Behind the blocks: the tags of limits.ts, a byte a cell.
  const blocks = Math.floor((buffer.byteLength * (1 - 1 / L.CELL_BYTES)) / L.BLOCK_BYTES);
  const first = alignUp(L.MARKS_BASE + buffer.byteLength / L.CELL_BYTES, L.BLOCK_BYTES) / L.BLOCK_BYTES;
  i32[L.CTL_LAYOUT_HASH] = L.LAYOUT_HASH;
  i32[L.CTL_HEAP_BYTES] = buffer.byteLength | 0;
  i32[L.CTL_BLOCKS_FIRST] = first;
  i32[L.CTL_BLOCKS_TOP] = first;
  i32[L.CTL_BLOCKS_END] = blocks;
  i32[L.CTL_OWNER_NEXT] = 1;
  const reserve = reserveOf(blocks - 1 - first);
  const kept = reserve.last + reserve.small;
  i32[L.CTL_RESERVE_BLOCKS] = kept;
  // 5 is BLOCK_RESERVED.
  for (let b = blocks - 1 - kept; b < blocks - 1; b++) i32[(L.BLOCKS_BASE + b * L.BLOCK_ENTRY_BYTES) >>> 2] = 5;
  i32[L.CTL_GC_THRESHOLD_BLOCKS] = Math.max(1, Math.min(1024, (blocks - first) >> 2));
  i32[L.CTL_TYPE_VERSION_NEXT] = 1;
  i32[L.CTL_SHAPE_ID_NEXT] = 1;
  i32[L.CTL_PROCESS_ID] = process.pid;
  if (wantsImage()) loadImage(join(import.meta.dirname, 'boot.image'), PROTOSPACE_BUILD, i32, u8);
  atomics.store(at(L.CTL_MAGIC), L.MAGIC);
}

initialiseControl();
