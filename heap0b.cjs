"use strict";

// bench/heap/trial.ts
var import_node_worker_threads4 = require("node:worker_threads");

// lib/heap/allocator.ts
var import_node_fs3 = require("node:fs"), import_node_worker_threads3 = require("node:worker_threads");

// lib/heap/addon.ts
var import_node_module = require("node:module"), import_node_worker_threads2 = require("node:worker_threads");

// lib/heap/binary.ts
var import_node_fs = require("node:fs"), import_node_path = require("node:path"), PLACES = [(0, import_node_path.join)("build", "Release"), (0, import_node_path.join)("prebuilds", `${process.platform}-${process.arch}`)];
function packageFolder() {
  let folder = "/work/wt/start/dist";
  for (; !(0, import_node_fs.existsSync)((0, import_node_path.join)(folder, "binding.gyp")); ) {
    if ((0, import_node_path.dirname)(folder) === folder) return;
    folder = (0, import_node_path.dirname)(folder);
  }
  return folder;
}
function findBinaries() {
  let folder = packageFolder();
  return folder === void 0 ? [] : PLACES.map((place) => (0, import_node_path.join)(folder, place, "protospace.node")).filter(import_node_fs.existsSync);
}

// lib/heap/errors.ts
var ProtospaceError = class extends Error {
  constructor(code, message) {
    super(message);
    this.code = code;
    this.name = "ProtospaceError";
  }
  code;
};
var HeapExhausted = class extends ProtospaceError {
  /** `limit`: the limit that has no room, in bytes; 0: it is the space. */
  constructor(bytes2, limit = 0) {
    let holder2 = limit === 0 ? "the space" : `the environment's limit of ${limit} bytes`;
    super("ERR_PROTOSPACE_HEAP_EXHAUSTED", `${holder2} has no room for ${bytes2} more bytes`);
    this.bytes = bytes2;
  }
  bytes;
};

// lib/heap/layout.generated.ts
var MARK_TABLE = [
  [4, 0, 0, 1, 1],
  [68, 0, 0, 1, 1],
  [4, 0, 0, 1, 1],
  [68, 0, 0, 1, 1],
  [68, 0, 0, 1, 1],
  [4, 6, 4, 1, 1],
  [36, 0, 0, 1, 1],
  [4, 5, 4, 1, 1],
  [4, 0, 0, 1, 1],
  [676, 0, 0, 1, 1],
  [4, 8, 5, 3, 6],
  [36, 0, 0, 1, 1],
  [36, 0, 0, 1, 1],
  [4, 8, 4, 2, 2],
  [14414324, 0, 0, 1, 1],
  [116, 7, -1, 1, 1],
  [1764, 0, 0, 1, 1],
  [524276, 0, 0, 1, 1],
  [3044, 0, 0, 1, 1],
  [116, 0, 0, 1, 1],
  [4030578804, 0, 0, 1, 1],
  [20, 0, 0, 1, 1],
  [244, 0, 0, 1, 1],
  [2020, 12, -2, 1, 1],
  [244, 0, 0, 1, 1],
  [116, 0, 0, 1, 1],
  [788, 0, 0, 1, 1],
  [65268, 0, 0, 1, 1],
  [628, 0, 0, 1, 1],
  [6644, 0, 0, 1, 1],
  [500, 0, 0, 1, 1],
  [52, 0, 0, 1, 1],
  [52, 0, 0, 1, 1],
  [116, 0, 0, 1, 1],
  [4, 0, 0, 1, 1],
  [1172, 0, 0, 1, 1],
  [644, 0, 0, 1, 1],
  [20, 5, -1, 1, 1],
  [4, 0, 0, 1, 1],
  [491759588, 0, 0, 1, 1],
  [20, 0, 0, 1, 1],
  [20, 0, 0, 1, 1],
  [4, 8, 5, 1, 1],
  [452, 0, 0, 1, 1],
  [52, 0, 0, 1, 1],
  [772, 0, 0, 1, 1],
  [356, 0, 0, 1, 1],
  [1412, 0, 0, 1, 1],
  [20, 0, 0, 1, 1],
  [52, 0, 0, 1, 1],
  [244, 0, 0, 1, 1],
  [244, 0, 0, 1, 1],
  [4, 0, 0, 1, 1],
  [4, 0, 0, 1, 1],
  [116, 0, 0, 1, 1]
], KIND_NAMES = [
  "FREE",
  "STR",
  "BIGINT",
  "BYTES",
  "BYTEARRAY",
  "TUPLE",
  "LIST",
  "ARRAY",
  "BUFFER",
  "DICT",
  "DICTSTORE",
  "SET",
  "FROZENSET",
  "SETSTORE",
  "TYPE",
  "INSTANCE",
  "SHAPE",
  "FUNCTION",
  "NATIVE",
  "METHOD",
  "CODE",
  "CELL",
  "MODULE",
  "GENERATOR",
  "RANGE",
  "SLICE",
  "ITER",
  "EXCEPTION",
  "TRACEBACK",
  "FRAME",
  "PROPERTY",
  "STATICMETHOD",
  "CLASSMETHOD",
  "SUPER",
  "COMPLEX",
  "MEMORYVIEW",
  "ICACHE",
  "OVERFLOW",
  "LOCK",
  "ENVIRONMENT",
  "DICTVIEW",
  "BOXED",
  "RECORD",
  "GETSET",
  "MEMBER",
  "DEQUE",
  "WEAKREF",
  "FILE",
  "MAPPINGPROXY",
  "UNION",
  "ALIAS",
  "TEMPLATE",
  "THREADOBJ",
  "GAP",
  "DEQUESTATE"
];

// lib/heap/memory.ts
var import_node_path2 = require("node:path"), import_node_worker_threads = require("node:worker_threads");

// lib/heap/atomics.ts
var MEMARG32 = [2, 0], get = (i) => [32, i];
function leb(n) {
  let out = [];
  do
    out.push(n & 127 | (n > 127 ? 128 : 0)), n >>>= 7;
  while (n > 0);
  return out;
}
var section = (id, body) => [id, ...leb(body.length), ...body], vector = (items) => [...leb(items.length), ...items.flat()], text = (s) => [...leb(s.length), ...Array.from(s, (c) => c.charCodeAt(0))], pair = (low, high) => [...get(high), 173, 66, 32, 134, ...get(low), 173, 132], set = (i) => [33, i], BLOCK = [2, 64], LOOP = [3, 64], IF = [4, 64], END = 11, V128 = 123, load16 = [...get(0), 253, 0, 0, 0], load8 = [...get(0), 45, 0, 0], step = (n) => [...get(0), 65, n, 106, ...set(0)], search = (mask, bits, test) => [
  ...BLOCK,
  ...LOOP,
  ...get(1),
  ...get(0),
  107,
  65,
  16,
  73,
  13,
  1,
  ...load16,
  ...bits,
  34,
  mask,
  ...IF,
  ...get(0),
  ...get(mask),
  104,
  106,
  15,
  END,
  ...step(16),
  12,
  0,
  END,
  END,
  ...BLOCK,
  ...LOOP,
  ...get(0),
  ...get(1),
  79,
  13,
  1,
  ...load8,
  ...test,
  ...IF,
  ...get(0),
  15,
  END,
  ...step(1),
  12,
  0,
  END,
  END,
  ...get(1)
], FUNCTIONS = [
  ["load", 1, !0, [...get(0), 254, 16, ...MEMARG32]],
  ["store", 2, !1, [...get(0), ...get(1), 254, 23, ...MEMARG32]],
  ["add", 2, !0, [...get(0), ...get(1), 254, 30, ...MEMARG32]],
  ["and", 2, !0, [...get(0), ...get(1), 254, 44, ...MEMARG32]],
  ["or", 2, !0, [...get(0), ...get(1), 254, 51, ...MEMARG32]],
  ["exchange", 2, !0, [...get(0), ...get(1), 254, 65, ...MEMARG32]],
  ["cas", 3, !0, [...get(0), ...get(1), ...get(2), 254, 72, ...MEMARG32]],
  ["fence", 0, !1, [254, 3, 0]],
  ["cas2", 5, !0, [...get(0), ...pair(1, 2), ...pair(3, 4), 254, 73, 3, 0, ...pair(1, 2), 81]],
  [
    "indexOfByte",
    3,
    !0,
    [...get(2), 253, 15, ...set(3), ...search(4, [...get(3), 253, 35, 253, 100], [...get(2), 70])],
    [V128, 127]
  ],
  ["asciiEnd", 2, !0, search(2, [253, 100], [65, 128, 1, 79]), [127]],
  ["copyBytes", 3, !1, [...get(0), ...get(1), ...get(2), 252, 10, 0, 0]]
];
function encode() {
  let types = FUNCTIONS.map(([, n, result]) => [
    96,
    ...leb(n),
    ...Array(n).fill(127),
    ...result ? [1, 127] : [0]
  ]), imports = [[...text("e"), ...text("m"), 2, 3, ...leb(1), ...leb(65536)]], exported = FUNCTIONS.map(([name], i) => [...text(name), 0, i]), code = FUNCTIONS.map(([, , , body, locals = []]) => {
    let whole = [...vector(locals.map((type) => [1, type])), ...body, END];
    return [...leb(whole.length), ...whole];
  });
  return new Uint8Array([
    0,
    97,
    115,
    109,
    1,
    0,
    0,
    0,
    ...section(1, vector(types)),
    ...section(2, vector(imports)),
    ...section(3, vector(FUNCTIONS.map((_, i) => [i]))),
    ...section(7, vector(exported)),
    ...section(10, vector(code))
  ]);
}
function instantiateAtomics(memory2) {
  return { ...new WebAssembly.Instance(new WebAssembly.Module(encode()), { e: { m: memory2 } }).exports };
}
var FENCE_WORD = 1023;
function plainAtomics(buffer2) {
  let words2 = new Int32Array(buffer2), bytes2 = new Uint8Array(buffer2), pairs = new BigInt64Array(buffer2), wide2 = (low, high) => BigInt(high) << 32n | BigInt(low >>> 0);
  return {
    load: (address) => Atomics.load(words2, address >>> 2),
    store: (address, value) => {
      Atomics.store(words2, address >>> 2, value);
    },
    add: (address, value) => Atomics.add(words2, address >>> 2, value),
    or: (address, value) => Atomics.or(words2, address >>> 2, value),
    and: (address, value) => Atomics.and(words2, address >>> 2, value),
    exchange: (address, value) => Atomics.exchange(words2, address >>> 2, value),
    cas: (address, expected, desired) => Atomics.compareExchange(words2, address >>> 2, expected, desired),
    fence: () => {
      Atomics.add(words2, FENCE_WORD, 0);
    },
    cas2(address, expectedLow, expectedHigh, low, high) {
      let expected = wide2(expectedLow, expectedHigh);
      return Atomics.compareExchange(pairs, address >>> 3, expected, wide2(low, high)) === expected ? 1 : 0;
    },
    indexOfByte(from, to, byte) {
      let i = from >>> 0;
      for (; i < to >>> 0 && bytes2[i] !== byte; ) i++;
      return i | 0;
    },
    asciiEnd(from, to) {
      let i = from >>> 0;
      for (; i < to >>> 0 && bytes2[i] < 128; ) i++;
      return i | 0;
    },
    copyBytes: (to, from, n) => {
      bytes2.copyWithin(to >>> 0, from >>> 0, (from >>> 0) + n);
    }
  };
}

// lib/heap/image.ts
var import_node_fs2 = require("node:fs");
var IMAGE_MAGIC = 1296651088, HEADER_BYTES = 4096, IMG_MAGIC = 0, IMG_LAYOUT = 1, IMG_BUILD = 2, IMG_FILE_BYTES = 4, IMG_FIRST_BLOCK = 5, IMG_BLOCKS = 6, IMG_TYPES_BYTES = 7, IMG_BLOCKS_BYTES = 8, IMG_ADDRESSES = 9, IMG_INDICES = 10, IMG_CONTROL = 11, IMG_STATES = 32, IMAGE_CONTROL = [
  14,
  15,
  10,
  38,
  // The boot constants.
  ...Array.from({ length: 8 }, (_, i) => 2047 - i)
], INTERN_BYTES = 65536 * 4;
var BOOT_IMAGE = 3;
function fill(fd, to, position) {
  for (let done = 0; done < to.length; ) {
    let n = (0, import_node_fs2.readSync)(fd, to, done, to.length - done, position + done);
    if (n === 0) throw new Error("the boot image ends early");
    done += n;
  }
}
var matches = (header, build, size) => header[IMG_MAGIC] === IMAGE_MAGIC && header[IMG_LAYOUT] === 314156181 && header[IMG_BUILD] === (parseInt(build.slice(0, 8), 16) | 0) && header[IMG_BUILD + 1] === (parseInt(build.slice(8), 16) | 0) && header[IMG_FILE_BYTES] === size;
function relocate(i322, list, blocksWord, shift, by) {
  for (let i = 0; i < list.length; i++) {
    let word = list[i] >= blocksWord ? list[i] + shift : list[i];
    i322[word] = i322[word] + by;
  }
}
function relocateAll(fd, header, i322, position, blocks) {
  let count = header[IMG_ADDRESSES] + header[IMG_INDICES], list = new Int32Array(count);
  fill(fd, new Uint8Array(list.buffer), position);
  let blocksWord = header[IMG_FIRST_BLOCK] * 32768 / 4, words2 = blocks * (32768 / 4);
  relocate(i322, list.subarray(0, header[IMG_ADDRESSES]), blocksWord, words2, words2 * 4), relocate(i322, list.subarray(header[IMG_ADDRESSES]), blocksWord, words2, words2);
}
function read(fd, header, i322, u82) {
  let first = i322[3], position = HEADER_BYTES, section2 = (address, bytes2) => {
    fill(fd, u82.subarray(address, address + bytes2), position), position += bytes2;
  };
  section2(131072, header[IMG_TYPES_BYTES]), section2(393216, INTERN_BYTES), section2(first * 32768, header[IMG_BLOCKS_BYTES]), IMAGE_CONTROL.forEach((word, i) => i322[word] = header[IMG_CONTROL + i]), header[IMG_FIRST_BLOCK] !== first && relocateAll(fd, header, i322, position, first - header[IMG_FIRST_BLOCK]);
  let states = 4849664 + first * 16 >>> 2;
  for (let b = 0; b < header[IMG_BLOCKS]; b++)
    i322[states + b * (16 / 4)] = header[IMG_STATES + b * 2], i322[states + b * (16 / 4) + 1] = header[IMG_STATES + b * 2 + 1];
  i322[5] = first + header[IMG_BLOCKS], i322[6] = BOOT_IMAGE;
}
function loadImage(file, build, i322, u82) {
  let fd;
  try {
    fd = (0, import_node_fs2.openSync)(file, "r");
  } catch {
    return !1;
  }
  try {
    let size = (0, import_node_fs2.fstatSync)(fd).size, header = new Int32Array(HEADER_BYTES / 4);
    return size < HEADER_BYTES || (fill(fd, new Uint8Array(header.buffer), 0), !matches(header, build, size)) || i322[3] + header[IMG_BLOCKS] * 2 > i322[4] ? !1 : (read(fd, header, i322, u82), !0);
  } finally {
    (0, import_node_fs2.closeSync)(fd);
  }
}

// lib/heap/stress.ts
var setting = process.env.PROTOSPACE_STRESS ?? "", words = new Set(setting === "1" ? ["runs", "collect", "poison", "verify"] : setting.split(",").filter(Boolean)), seed = Number([...words].find((w) => w.startsWith("seed="))?.slice(5) ?? 1), stressRuns = words.has("runs"), stressYoung = words.has("young"), stressCollect = words.has("collect"), poisonCells = words.has("poison"), verifyAlways = words.has("verify"), stressAll = words.has("all"), VERIFIED_USUALLY = 5e4, POISON = -64, Sampler = class {
  constructor(dense, start = seed) {
    this.dense = dense;
    this.state = Math.imul(start, 2654435761) | 1;
  }
  dense;
  seen = 0;
  next = 1;
  state;
  /** Counts one event: is it to be acted on? */
  hit() {
    return ++this.seen < this.next ? !1 : (this.next = this.seen + this.gap(), !0);
  }
  /** The event that was acted on cost `units`, where some `usual` are expected: the next waits as many times longer. */
  weigh(units, usual) {
    !stressAll && units > usual && (this.next = this.seen + Math.ceil((this.next - this.seen) * units / usual));
  }
  gap() {
    if (stressAll || this.seen < this.dense) return 1;
    this.state ^= this.state << 13, this.state ^= this.state >>> 17, this.state ^= this.state << 5;
    let mean = this.seen / this.dense;
    return 1 + Math.floor((this.state >>> 0) / 2 ** 32 * 2 * mean);
  }
}, stressHooks = {
  /** After the pop of the context whose parent is `parent`. */
  popped: (_parent) => {
  }
};

// lib/heap/memory.ts
var KEY = "protospace.space", GLOBAL = Symbol.for(KEY), PAGE = 65536, DEFAULT_HEAP = 2 ** 32, MINIMUM_HEAP = 16 * 2 ** 20, BUILD = "bench";
function parseSize(text2) {
  let match = /^(\d+)([kmg]?)b?$/i.exec(text2.trim());
  if (!match) return Number.NaN;
  let shift = { "": 0, k: 10, m: 20, g: 30 }[match[2].toLowerCase()];
  return Number(match[1]) * 2 ** shift;
}
function wantedBytes() {
  let text2 = process.env.PROTOSPACE_HEAP;
  if (text2 === void 0 || text2 === "") return DEFAULT_HEAP;
  let bytes2 = parseSize(text2);
  if (!(bytes2 >= MINIMUM_HEAP && bytes2 <= DEFAULT_HEAP))
    throw new ProtospaceError("ERR_PROTOSPACE_HEAP_SIZE", `heap size '${text2}' is not between 16m and 4g`);
  return Math.ceil(bytes2 / PAGE) * PAGE;
}
function halving(make2) {
  for (let bytes2 = wantedBytes(); bytes2 >= MINIMUM_HEAP; bytes2 = Math.floor(bytes2 / 2 / PAGE) * PAGE)
    try {
      return make2(bytes2);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
}
function reserve() {
  let memory2 = halving((bytes2) => new WebAssembly.Memory({ shared: !0, initial: bytes2 / PAGE, maximum: bytes2 / PAGE })) ?? halving((bytes2) => ({ buffer: new SharedArrayBuffer(bytes2) }));
  if (memory2 === void 0)
    throw new ProtospaceError("ERR_PROTOSPACE_RESERVE", `the system refuses ${MINIMUM_HEAP} bytes of memory`);
  return memory2;
}
function found() {
  return globalThis[GLOBAL] ?? (0, import_node_worker_threads.getEnvironmentData)(KEY);
}
function make() {
  if (import_node_worker_threads.isMainThread || import_node_worker_threads.workerData?.protospace === "carrier") return reserve();
  throw new ProtospaceError(
    "ERR_PROTOSPACE_WORKER",
    "this Worker is older than the process's ProtoSpace: import protospace on the main thread before starting the Worker"
  );
}
function attach() {
  let space2 = found();
  if (space2 !== void 0 && space2.layoutHash !== 314156181)
    throw new ProtospaceError(
      "ERR_PROTOSPACE_LAYOUT",
      "this process has a ProtoSpace of another, incompatible version of protospace"
    );
  if (BUILD !== "" && space2?.build && space2.build !== BUILD)
    throw new ProtospaceError(
      "ERR_PROTOSPACE_NATIVES",
      "this process has a ProtoSpace whose built-in functions are of another version of protospace"
    );
  return space2 ??= { memory: make(), layoutHash: 314156181, build: BUILD }, globalThis[GLOBAL] = space2, (0, import_node_worker_threads.setEnvironmentData)(KEY, space2), space2;
}
var space = attach(), memory = space.memory, buffer = memory.buffer, i32 = new Int32Array(buffer), u8 = new Uint8Array(buffer), u16 = new Uint16Array(buffer), u32 = new Uint32Array(buffer), f64 = new Float64Array(buffer), bytes = Buffer.from(buffer), atomics = memory instanceof WebAssembly.Memory ? instantiateAtomics(memory) : plainAtomics(buffer);
var alignUp = (n, to) => Math.ceil(n / to) * to, wantsImage = () => process.env.PROTOSPACE_IMAGE !== "off" && !stressRuns, reserveOf = (blocks) => ({
  last: Math.min(8, blocks >> 4),
  small: Math.min(128, blocks >> 4)
});
function initialiseControl() {
  let at = (word) => 0 + word * 4;
  if (atomics.cas(at(0), 0, 1) !== 0) {
    for (; atomics.load(at(0)) !== 1347571539; ) ;
    return;
  }
  let blocks = Math.floor(buffer.byteLength * (1 - 1 / 64) / 32768), first = alignUp(8388608 + buffer.byteLength / 64, 32768) / 32768;
  i32[1] = 314156181, i32[2] = buffer.byteLength | 0, i32[3] = first, i32[5] = first, i32[4] = blocks, i32[10] = 1;
  let reserve2 = reserveOf(blocks - 1 - first), kept = reserve2.last + reserve2.small;
  i32[29] = kept;
  for (let b = blocks - 1 - kept; b < blocks - 1; b++) i32[4849664 + b * 16 >>> 2] = 5;
  i32[27] = Math.max(1, Math.min(1024, blocks - first >> 2)), i32[14] = 1, i32[15] = 1, i32[47] = process.pid, wantsImage() && loadImage((0, import_node_path2.join)("/work/wt/start/dist", "boot.image"), "bench", i32, u8), atomics.store(at(0), 1347571539);
}
initialiseControl();

// lib/heap/carrier.ts
var I32 = i32, CARRIER_FREE = 0;
var CARRIER_RUNNING = 2, CARRIER_SAFE = 3;
var POLL_COLLECT = 1;
var POLL_STRESS = 16, POLL_YOUNG = 64, POLL_CALLBACKS = 32;
function claim() {
  for (let i = 0; i < 200; i++) {
    let base = 16384 + i * 512;
    if (atomics.cas(base + 0, CARRIER_FREE, CARRIER_SAFE) !== CARRIER_FREE) continue;
    let word = base >>> 2, served = [I32[word + 21], I32[word + 50]];
    I32.fill(0, word + 1, word + 512 / 4), [I32[word + 21], I32[word + 50]] = served, I32[word + 19] = i;
    let top = atomics.load(32);
    for (; top <= i; ) {
      let seen = atomics.cas(32, top, i + 1);
      if (seen === top) break;
      top = seen;
    }
    return word;
  }
  throw new ProtospaceError(
    "ERR_PROTOSPACE_CARRIERS",
    `more than ${200} threads of this process use the space`
  );
}
var CARRIER = claim(), carrierAt = (i) => 16384 + i * 512 >>> 2;
function releaseCarrier() {
  I32[CARRIER + 2] = 0, atomics.store(CARRIER + 0 << 2, CARRIER_FREE);
}

// lib/heap/addon.ts
var problem = `no native addon for ${process.platform}-${process.arch} (looked in build/Release/ and prebuilds/; 'npm run build:native' makes one)`;
function loadFile(file) {
  try {
    let found3 = (0, import_node_module.createRequire)("/work/wt/start/dist/bench.js")(file);
    if (found3.layoutHash === 314156181) return found3;
    problem = `the native addon ${file} was built for another layout ('npm run build:native' mends it)`;
  } catch (error) {
    problem = `the native addon ${file} does not load ('npm run build:native' makes one for this system): ${String(error)}`;
  }
}
function load() {
  for (let file of process.env.PROTOSPACE_ALLOCATOR === "ts" ? [] : findBinaries()) {
    let found3 = loadFile(file);
    if (found3 !== void 0) return found3;
  }
}
var addon = load(), addonProblem = addon === void 0 ? problem : "";
i32[CARRIER + 40] = import_node_worker_threads2.threadId + 1;
if (addon !== void 0 && !addon.attach(u8, CARRIER) && memory instanceof WebAssembly.Memory)
  throw new Error("the space is not 64-byte aligned");

// lib/heap/sweeping.ts
var I322 = i32, SWEEP_ON = 1, SWEEP_DONE = 2, SPINS = 2e3;
function waitForSweep() {
  for (let i = 0; i < SPINS; i++) if (atomics.load(256) !== SWEEP_ON) return;
  for (; atomics.load(256) === SWEEP_ON; ) Atomics.wait(I322, 64, SWEEP_ON, 1);
}

// lib/heap/freelist.ts
var I323 = i32, BLOCK_FREE = 0, BLOCK_SMALL = 1, BLOCK_LARGE = 2, BLOCK_LARGE_REST = 3, BLOCK_STACK = 4, BLOCK_RESERVED = 5;
var BLK_COUNT = 1, HOME_BLOCKS = 128, RUN_LEAST = 256, blockEntry = (block) => 4849664 + block * 16 >>> 2, runClass = (bytes2) => bytes2 < 2048 ? 0 : bytes2 < 8192 ? 1 : 2, headAddress = (cls) => (16 + cls * 2) * 4, FREE_BYTES = 120, freeListBytes = () => I323[30] >>> 0;
function pushRun(address, bytes2) {
  let head = headAddress(runClass(bytes2));
  for (I323[(address >>> 2) + 1] = bytes2, atomics.add(FREE_BYTES, bytes2); ; ) {
    let tag = atomics.load(head + 4), first = atomics.load(head);
    if (I323[address >>> 2] = first, atomics.cas2(head, first, tag, address | 0, tag + 1 | 0) === 1) return;
  }
}
function popRun(cls) {
  let head = headAddress(cls);
  for (; ; ) {
    let tag = atomics.load(head + 4), first = atomics.load(head);
    if (first === 0) return 0;
    let next = I323[first >>> 2];
    if (atomics.cas2(head, first, tag, next, tag + 1 | 0) === 1)
      return atomics.add(FREE_BYTES, -I323[(first >>> 2) + 1] | 0), first;
  }
}
function emptyStacks() {
  for (let cls = 0; cls < 4; cls++)
    I323[16 + cls * 2] = 0, I323[17 + cls * 2] += 1;
  I323[30] = 0;
}
function raiseTop(end) {
  let top = atomics.load(20);
  for (; top < end; ) {
    let seen = atomics.cas(20, top, end);
    if (seen === top) return;
    top = seen;
  }
}
function claimRange(from, count, state) {
  for (let i = 0; i < count; i++) {
    let entry = blockEntry(from + i), wanted2 = i === 0 || state !== BLOCK_LARGE ? state : BLOCK_LARGE_REST;
    if (atomics.cas(entry << 2, BLOCK_FREE, wanted2) !== BLOCK_FREE) {
      for (let k = 0; k < i; k++) atomics.store(blockEntry(from + k) << 2, BLOCK_FREE);
      return i;
    }
  }
  return I323[blockEntry(from) + BLK_COUNT] = count, -1;
}
function claimBlocks(count, state) {
  return claimFrom(count === 1 ? CTL_HINT : 0, count, state);
}
function homeBlock() {
  let blocks = I323[4] - I323[3];
  return I323[3] + I323[CARRIER + 19] * HOME_BLOCKS % blocks;
}
var CTL_HINT = 24, CAR_HINT = CARRIER + 20;
function claimRunBlock() {
  return I323[CAR_HINT] === 0 && (I323[CAR_HINT] = homeBlock()), claimFrom(CAR_HINT, 1, BLOCK_SMALL);
}
function claimFrom(hint, count, state) {
  let address = searchFrom(hint, count, state);
  return address !== 0 || I323[64] !== SWEEP_ON ? address : (waitForSweep(), searchFrom(hint, count, state));
}
function searchFrom(hint, count, state) {
  let end = I323[4] - 1, half = 2147483648 / 32768, start = hint === 0 ? 0 : I323[hint];
  start < I323[3] && (start = I323[3]);
  for (let pass = 0; pass < 2; pass++) {
    for (let b = start; b + count <= end; ) {
      if (b < half && b + count > half) {
        b = half;
        continue;
      }
      if (I323[blockEntry(b)] !== BLOCK_FREE) {
        b++;
        continue;
      }
      let taken = claimRange(b, count, state);
      if (taken < 0)
        return raiseTop(b + count), hint !== 0 && (I323[hint] = b + 1), state !== BLOCK_SMALL && atomics.add(112, count * (32768 / 64)), b * 32768 | 0;
      b += taken + 1;
    }
    start = I323[3];
  }
  return 0;
}
function releaseBlocks(address, count) {
  let first = (address >>> 0) / 32768;
  for (let i = 0; i < count; i++) atomics.store(blockEntry(first + i) << 2, BLOCK_FREE);
}
var STACK_HEAD = 128;
function pushSmallStack(address) {
  for (; ; ) {
    let tag = atomics.load(STACK_HEAD + 4), first = atomics.load(STACK_HEAD);
    if (I323[address >>> 2] = first, atomics.cas2(STACK_HEAD, first, tag, address | 0, tag + 1 | 0) === 1) return;
  }
}
function popSmallStack() {
  for (; ; ) {
    let tag = atomics.load(STACK_HEAD + 4), first = atomics.load(STACK_HEAD);
    if (first === 0) return cutStacks();
    if (atomics.cas2(STACK_HEAD, first, tag, I323[first >>> 2], tag + 1 | 0) === 1) return first;
  }
}
function cutStacks() {
  let address = claimBlocks(1, BLOCK_STACK);
  if (address === 0) return 0;
  for (let at = 4096; at < 32768; at += 4096) pushSmallStack(address + at);
  return address;
}
function getFreeCellsTs(least2, most, out) {
  let address = 0, size = 0;
  for (let cls = runClass(least2); cls <= 2 && address === 0; cls++)
    if (address = popRun(cls), address !== 0) {
      if (size = I323[(address >>> 2) + 1], size >= least2) break;
      pushRun(address, size), address = 0;
    }
  if (address === 0 && (address = claimRunBlock(), size = 32768, address === 0))
    throw new HeapExhausted(least2);
  return size - most >= RUN_LEAST && (pushRun(address + most | 0, size - most), size = most), I323[out] = size, address;
}

// lib/heap/allocator.ts
var I324 = i32, WARNED = 2;
function warnOnce() {
  if (atomics.cas(28, 0, WARNED) !== 0) return;
  let text2 = `${addonProblem}; the TypeScript allocator takes over`;
  import_node_worker_threads3.isMainThread ? process.emitWarning(text2, { code: "PROTOSPACE_NO_ADDON" }) : (0, import_node_fs3.writeSync)(2, `protospace: warning: ${text2}
`);
}
function choose() {
  let wanted2 = process.env.PROTOSPACE_ALLOCATOR || "native";
  if (wanted2 !== "native" && wanted2 !== "ts")
    throw new ProtospaceError("ERR_PROTOSPACE_ALLOCATOR", `allocator '${wanted2}' is neither native nor ts`);
  return wanted2 === "ts" || addon !== void 0 ? wanted2 : (warnOnce(), "ts");
}
var allocatorKind = choose(), native = allocatorKind === "native" ? addon : void 0;
function nativeCells(least2, most, out) {
  let address = native.getFreeCells(least2, most, out);
  return address === 0 ? getFreeCellsTs(least2, most, out) : (I324[CARRIER + 21] = I324[CARRIER + 21] + 1, address);
}
function tsCells(least2, most, out) {
  let address = getFreeCellsTs(least2, most, out);
  return I324[CARRIER + 50] = I324[CARRIER + 50] + 1, address;
}
var getFreeCells = native === void 0 ? tsCells : nativeCells;

// lib/heap/limits.ts
var I325 = i32, U8 = u8, C = CARRIER, LIMIT_FREE = 0;
var LIMIT_CLOSED = 2, BLOCK_CELLS = 32768 / 64, LAST_CELLS = 16 * BLOCK_CELLS, graceCells = (most) => Math.min(most >> 4, 128 * BLOCK_CELLS), fullCells = (most) => most - LAST_CELLS - graceCells(most), LIMIT_LEAST = 8 * 2 ** 20, recordOf = (limit) => 122880 + limit * 32 >>> 2, tagAddress = (address) => I325[4] * 32768 + (address >>> 6), cellsOf = (bytes2) => Math.ceil(bytes2 / 64), limitsInUse = () => I325[54] !== 0, limitOfEnvironment = (environment) => environment === 0 ? 0 : I325[(environment >>> 2) + 12];
function currentLimit() {
  let context = I325[C + 3];
  return limitsInUse() && context !== 0 ? limitOfEnvironment(I325[context + 9]) : 0;
}
function fits(limit, bytes2) {
  let w = recordOf(limit), least2 = bytes2 > 16384 ? Math.min(I325[w + 3], fullCells(I325[w + 1])) : I325[w + 3];
  return I325[w + 2] + cellsOf(bytes2) <= least2;
}
var limitHooks = { settleSweep: () => !1 };
function checkLimit(limit, bytes2) {
  if (!(fits(limit, bytes2) || limitHooks.settleSweep() && fits(limit, bytes2)))
    throw new HeapExhausted(bytes2, I325[recordOf(limit) + 1] * 64);
}
function chargeCells(limit, address, bytes2) {
  let tag = tagAddress(address);
  bytes2 <= 32768 ? U8.fill(limit, tag, tag + (bytes2 >>> 6)) : U8[tag] = limit, limit !== 0 && charge(limit, cellsOf(bytes2));
}
function chargeStack(environment, bytes2) {
  let limit = limitsInUse() ? limitOfEnvironment(environment) : 0;
  limit !== 0 && (checkLimit(limit, bytes2), charge(limit, cellsOf(bytes2)));
}
function charge(limit, cells2) {
  let w = recordOf(limit);
  atomics.add(w + 2 << 2, cells2) + cells2 < I325[w + 7] || I325[64] !== 0 || (collectSoon(), atomics.or(C + 1 << 2, POLL_COLLECT));
}
function collectSoon() {
  atomics.store(112, I325[27] * BLOCK_CELLS);
}
function countLive(address, cells2) {
  let limit = U8[tagAddress(address)];
  limit !== 0 && (I325[recordOf(limit) + 5] += cells2);
}
function adjustLimit(w, live) {
  let most = I325[w + 1], full = fullCells(most);
  live <= full ? I325[w + 3] = most - LAST_CELLS : I325[w + 3] !== most && (I325[w + 3] = full), I325[w + 7] = live > full ? 2147483647 : live + Math.max(full - live >> 1, graceCells(most) >> 1);
}

// lib/heap/reserve.ts
var I326 = i32, COUNT = 116, wanted = () => reserveOf(I326[4] - 1 - I326[3]);
function change(from, to, count) {
  let step2 = to === BLOCK_RESERVED ? 1 : -1;
  for (let b = I326[4] - 2; b >= I326[3] && I326[29] !== count; b--) {
    let entry = blockEntry(b);
    I326[entry] === from && atomics.cas(entry << 2, from, to) === from && atomics.add(COUNT, step2);
  }
}
function openSmallReserve() {
  let { last } = wanted();
  return I326[29] <= last ? !1 : (change(BLOCK_RESERVED, BLOCK_FREE, last), !0);
}
function closeReserve(free) {
  let { last, small } = wanted(), count = Math.min(last + small, Math.max(last, free >> 1));
  I326[29] < count && change(BLOCK_FREE, BLOCK_RESERVED, count);
}

// lib/heap/alloc.ts
var I327 = i32, F64 = f64, C2 = CARRIER, cellRound = (n) => n + 63 & -64;
function count64(word, amount) {
  let low = (I327[word] >>> 0) + amount;
  I327[word] = low | 0, low >= 2 ** 32 && (I327[word + 1] = I327[word + 1] + Math.floor(low / 2 ** 32) | 0);
}
var BLOCK_CELLS2 = 32768 / 64;
function takeCells(least2, most) {
  if (!limitsInUse()) return takeFreeCells(least2, most);
  let limit = currentLimit();
  limit !== 0 && checkLimit(limit, least2);
  let address = takeFreeCells(least2, most);
  return chargeCells(limit, address, I327[C2 + 42]), address;
}
function takeFreeCells(least2, most) {
  let address;
  try {
    address = getFreeCells(least2, most, C2 + 42);
  } catch (error) {
    if (!(error instanceof HeapExhausted) || !openSmallReserve()) throw error;
    collectSoon(), address = getFreeCells(least2, most, C2 + 42);
  }
  return countCells(I327[C2 + 42] >>> 6), address;
}
var PENDING_MOST = 8192;
function countCells(n) {
  let cells2 = I327[C2 + 51] + n, most = Math.min(PENDING_MOST, I327[27] * BLOCK_CELLS2 >>> 4);
  I327[C2 + 51] = cells2 < most ? cells2 : 0, cells2 >= most && atomics.add(112, cells2);
}
function considerCollection() {
  (I327[64] === SWEEP_DONE || I327[28] >= I327[27] * BLOCK_CELLS2) && atomics.or(C2 + 1 << 2, POLL_COLLECT), stressCollect && atomics.or(C2 + 1 << 2, POLL_STRESS);
}
var YOUNG_RUN_LEAST = 8192, passes = { left: 0, next: 1 };
function beginRun(address, end) {
  I327[C2 + 7] = address, I327[C2 + 4] = address, I327[C2 + 6] = address, I327[C2 + 38] = end, I327[C2 + 5] = softLimit(end);
}
function softLimit(end) {
  let start = I327[C2 + 7];
  return stressYoung ? Math.min(end - start, 1024) + start : end - start < YOUNG_RUN_LEAST ? end : passes.left === 0 ? end - (end - start >> 3) : (passes.left--, end);
}
function liftLimit() {
  I327[C2 + 5] = I327[C2 + 38], atomics.or(C2 + 1 << 2, POLL_YOUNG);
}
function takeRun(least2) {
  let appetite = I327[C2 + 18];
  appetite = appetite === 0 ? 2048 : Math.min(appetite * 2, 32768), I327[C2 + 18] = appetite;
  let most = stressRuns ? least2 : Math.max(appetite, least2), address = takeCells(least2, most), size = I327[C2 + 42];
  beginRun(address, address + size | 0), least2 > I327[C2 + 5] - address && (I327[C2 + 5] = I327[C2 + 38]), I327[C2 + 30] = I327[C2 + 30] + 1, count64(C2 + 26, size), considerCollection();
}
function allocLarge(bytes2) {
  let blocks = Math.ceil(bytes2 / 32768), limit = currentLimit();
  limit !== 0 && checkLimit(limit, blocks * 32768);
  let address = claimBlocks(blocks, BLOCK_LARGE);
  if (address === 0) throw new HeapExhausted(bytes2);
  return limitsInUse() && chargeCells(limit, address, blocks * 32768), count64(C2 + 26, blocks * 32768), considerCollection(), address;
}
function allocSlow(bytes2) {
  if (bytes2 > 16384) return allocLarge(bytes2);
  let size = cellRound(bytes2);
  I327[C2 + 5] !== I327[C2 + 38] && liftLimit();
  let address = cellRound(I327[C2 + 4]);
  return ((I327[C2 + 5] - address | 0) < size || stressRuns) && (takeRun(size), address = I327[C2 + 4]), I327[C2 + 4] = address + size | 0, address;
}
function allocBytes(bytes2) {
  let address = I327[C2 + 4] + 63 & -64;
  if (bytes2 > 16384 || stressRuns) return allocSlow(bytes2);
  let end = address + (bytes2 + 63 & -64) | 0;
  return (I327[C2 + 5] - end | 0) < 0 ? allocSlow(bytes2) : (I327[C2 + 4] = end, address);
}
function allocCell() {
  let address = I327[C2 + 4] + 63 & -64, end = address + 64 | 0;
  return (I327[C2 + 5] - end | 0) < 0 || stressRuns ? allocSlow(64) : (I327[C2 + 4] = end, address);
}
function newObject(kind, bytes2, type) {
  let handle = allocBytes(bytes2), w = handle >>> 2, cells2 = bytes2 + 63 >>> 6;
  I327[w] = kind, I327[w + 1] = cells2, I327[w + 2] = type, I327[w + 3] = I327[C2 + 8];
  let d = (handle >>> 3) + 2;
  return F64[d] = 0, F64[d + 1] = 0, F64[d + 2] = 0, F64[d + 3] = 0, F64[d + 4] = 0, F64[d + 5] = 0, cells2 > 1 && zeroRest(w + 16, w + (cells2 << 4)), handle;
}
function zeroRest(from, to) {
  if (to - from > 64) {
    I327.fill(0, from, to);
    return;
  }
  for (let i = from; i < to; i++) I327[i] = 0;
}

// lib/heap/context.ts
var I328 = i32, C3 = CARRIER, CTX_SEGMENT = 1;
var CTX_GENERATOR = 8;
var STACK_SLACK = 64, SECOND_SEGMENT_BLOCKS = 1, LARGE_SEGMENT_BLOCKS = 8, SEG_PREVIOUS = 0, SEG_END = 1, SEG_NEXT = 2, SEG_BLOCKS = 3, SEGMENT_HEADER = 4;
function initSegment(w, bytes2, blocks, previous) {
  return I328[w + SEG_PREVIOUS] = previous, I328[w + SEG_END] = w + bytes2 / 4, I328[w + SEG_NEXT] = 0, I328[w + SEG_BLOCKS] = blocks, w;
}
function newSegment(blocks, previous) {
  let context = I328[C3 + 3];
  context !== 0 && chargeStack(I328[context + 9], blocks * 32768);
  let address = claimBlocks(blocks, BLOCK_STACK);
  if (address === 0 && openSmallReserve() && (address = claimBlocks(blocks, BLOCK_STACK)), address === 0) throw new HeapExhausted(blocks * 32768);
  return initSegment(address >>> 2, blocks * 32768, blocks, previous);
}
function newStack(environment) {
  chargeStack(environment, 4096);
  let address = popSmallStack();
  if (address === 0 && openSmallReserve() && (address = popSmallStack()), address === 0) throw new HeapExhausted(4096);
  return initSegment(address >>> 2, 4096, 0, 0);
}
var segmentStart = (segment) => segment + SEGMENT_HEADER, segmentEnd = (segment) => I328[segment + SEG_END];
function stackBytes(first) {
  let bytes2 = 0;
  for (let s = first; s !== 0; s = I328[s + SEG_NEXT])
    bytes2 += I328[s + SEG_BLOCKS] === 0 ? 4096 : I328[s + SEG_BLOCKS] * 32768;
  return bytes2;
}
function trimStack(first, end) {
  let s = first;
  for (; s !== 0 && I328[s + SEG_END] !== end; ) s = I328[s + SEG_NEXT];
  let spare = s === 0 ? 0 : I328[s + SEG_NEXT];
  if (spare === 0) return;
  let rest = I328[spare + SEG_NEXT];
  I328[spare + SEG_NEXT] = 0, releaseStack(rest);
}
function releaseStack(first) {
  for (let s = first; s !== 0; ) {
    let next = I328[s + SEG_NEXT], blocks = I328[s + SEG_BLOCKS];
    blocks === 0 ? pushSmallStack(s << 2) : releaseBlocks(s << 2, blocks), s = next;
  }
}
function segmentEndingAt(end) {
  let s = I328[C3 + 15];
  for (; s !== 0 && I328[s + SEG_END] !== end; ) s = I328[s + SEG_NEXT];
  return s;
}
function nextSegment(words2) {
  let current = segmentEndingAt(I328[C3 + 35]), next = I328[current + SEG_NEXT];
  if (next === 0 || I328[next + SEG_END] - next - SEGMENT_HEADER < words2) {
    let usual = I328[current + SEG_BLOCKS] === 0 ? SECOND_SEGMENT_BLOCKS : LARGE_SEGMENT_BLOCKS, blocks = Math.max(usual, Math.ceil((words2 + SEGMENT_HEADER) * 4 / 32768)), made = newSegment(blocks, current);
    I328[made + SEG_NEXT] = next, next !== 0 && (I328[next + SEG_PREVIOUS] = made), I328[current + SEG_NEXT] = made, next = made;
  }
  return I328[C3 + 35] = I328[next + SEG_END], next + SEGMENT_HEADER;
}
function leaveSegment() {
  let current = segmentEndingAt(I328[C3 + 35]);
  I328[C3 + 35] = I328[I328[current + SEG_PREVIOUS] + SEG_END];
}
var stackTop = (context) => (I328[context + 6] & CTX_GENERATOR) !== 0 ? I328[context + 15] : I328[context + 3];
function push(slots) {
  let previous = I328[C3 + 3], context = stackTop(previous), flags = 0;
  return context + 16 + slots + STACK_SLACK > I328[C3 + 35] && (context = nextSegment(16 + slots + STACK_SLACK), flags = CTX_SEGMENT), I328[context + 0] = previous, I328[context + 1] = 0, I328[context + 3] = context + 16, I328[context + 4] = I328[C3 + 4], I328[context + 5] = 0, I328[context + 6] = flags, I328[context + 7] = 0, I328[context + 8] = 0, I328[context + 9] = I328[previous + 9], I328[context + 10] = 0, I328[context + 12] = 0, I328[context + 13] = 0, I328[context + 14] = 0, I328[C3 + 3] = context, I328[C3 + 22] = I328[C3 + 22] + 1 | 0, context;
}
function youngFloor(context) {
  let entry = I328[context + 4], escape = I328[C3 + 6];
  return entry - escape >>> 0 <= I328[C3 + 4] - escape >>> 0 ? entry : escape;
}
var poison = (from, to) => {
  I328.fill(POISON, from + 3 >>> 2, to >>> 2);
};
function reclaim(to) {
  let bump = I328[C3 + 4], bytes2 = bump - to | 0;
  if (bytes2 <= 0) return;
  I328[C3 + 4] = to;
  let low = I328[C3 + 24] + bytes2 | 0;
  I328[C3 + 24] = low, low >>> 0 < bytes2 >>> 0 && (I328[C3 + 25] = I328[C3 + 25] + 1), poisonCells && poison(to, bump);
}
var LEAF_KINDS = 14;
function leafEnd(handle) {
  let tag = handle & 7;
  if (tag === 2 || tag === 4) return (handle & -8) + 8 | 0;
  let w = handle >>> 2, head = I328[w];
  return (head & 256) !== 0 || (head & 255) > 31 || (1 << (head & 255) & LEAF_KINDS) === 0 || (head & 255) !== 2 && I328[w + 6] !== 0 ? 0 : handle + (I328[w + 1] << 6) | 0;
}
function youngFrom(value, floor) {
  return (value & 1) === 0 && (value & -8) - floor >>> 0 < I328[C3 + 4] - floor >>> 0;
}
function reclaimAtReturn(context, value) {
  let floor = youngFloor(context);
  if (value === 0 || !youngFrom(value, floor)) reclaim(floor);
  else {
    let end = leafEnd(value);
    end !== 0 && reclaim(end);
  }
  verifyAlways && stressHooks.popped(I328[context + 0]);
}
function pop(value) {
  let context = I328[C3 + 3];
  return I328[C3 + 9] === 0 && (value === 0 && !verifyAlways ? reclaim(youngFloor(context)) : reclaimAtReturn(context, value)), unlink(context), value;
}
function unlink(context) {
  (I328[context + 6] & CTX_SEGMENT) !== 0 && leaveSegment(), I328[C3 + 3] = I328[context + 0];
}

// lib/heap/threads.ts
var I329 = i32, C4 = CARRIER, THREAD_FREE = 0, THREAD_NEW = 1, THREAD_RUNNABLE = 2;
var THREAD_HOST = 6;
var threadAt = (i) => 655360 + i * 256 >>> 2, MOUNTED = [
  [3, 3],
  [4, 4],
  [5, 5],
  [26, 38],
  [6, 6],
  [7, 7],
  [8, 8],
  [9, 9],
  [10, 10],
  [11, 11],
  [16, 16],
  [17, 17],
  [18, 18],
  [15, 15],
  [36, 35]
], newOwnerId = () => atomics.add(40, 1);
function claimRecord() {
  let start = I329[34];
  for (let k = 0; k < 16384; k++) {
    let i = (start + k) % 16384, state = threadAt(i) + 0;
    if (!(I329[state] !== THREAD_FREE || atomics.cas(state << 2, THREAD_FREE, THREAD_NEW) !== THREAD_FREE))
      return I329[34] = (i + 1) % 16384, i;
  }
  return -1;
}
function raiseUsed(end) {
  let top = atomics.load(36);
  for (; top < end; ) {
    let seen = atomics.cas(36, top, end);
    if (seen === top) break;
    top = seen;
  }
}
function createThread(environment) {
  let i = claimRecord();
  if (i < 0) throw new ProtospaceError("ERR_PROTOSPACE_THREADS", `more than ${16384} threads are alive`);
  let t = threadAt(i);
  I329.fill(0, t + 1, t + 256 / 4);
  let stack2;
  try {
    stack2 = newStack(environment);
  } catch (error) {
    throw atomics.store(t + 0 << 2, THREAD_FREE), error;
  }
  let base = segmentStart(stack2);
  return I329.fill(0, base, base + 16), I329[base + 3] = base + 16, I329[base + 9] = environment, I329[t + 1] = atomics.add(208, 1) + 1, I329[t + 15] = stack2, I329[t + 36] = segmentEnd(stack2), I329[t + 3] = base, I329[t + 11] = environment, I329[t + 8] = newOwnerId(), I329[t + 17] = 1e3, raiseUsed(i + 1), t;
}
function releaseThread(t) {
  releaseStack(I329[t + 15]), I329.fill(0, t + 1, t + 256 / 4), atomics.store(t + 0 << 2, THREAD_FREE);
  let i = (t - threadAt(0)) / (256 / 4);
  i < I329[34] && (I329[34] = i);
}
function mount(t, state) {
  leaveSafe();
  for (let [from, to] of MOUNTED) I329[C4 + to] = I329[t + from];
  I329[C4 + 2] = t, I329[t + 14] = I329[C4 + 19] + 1, I329[57] !== 0 && atomics.or(C4 + 1 << 2, POLL_CALLBACKS), atomics.store(t + 0 << 2, state);
}
function unmount(state) {
  let t = save();
  return atomics.store(t + 0 << 2, state), enterSafe(), t;
}
function save() {
  let t = I329[C4 + 2];
  for (let [to, from] of MOUNTED) I329[t + to] = I329[C4 + from];
  return I329[C4 + 2] = 0, I329[C4 + 3] = 0, I329[C4 + 9] = 0, I329[C4 + 10] = 0, I329[C4 + 5] = 0, I329[C4 + 38] = 0, I329[C4 + 4] = 0, I329[C4 + 6] = 0, I329[C4 + 7] = 0, I329[t + 14] = 0, t;
}
function enterSafe() {
  atomics.store(C4 + 0 << 2, CARRIER_SAFE), atomics.load(48) !== 0 && Atomics.notify(I329, C4 + 0);
}
function leaveSafe() {
  for (; ; ) {
    atomics.store(C4 + 0 << 2, CARRIER_RUNNING);
    let request = atomics.load(48);
    if (request === 0 || request === I329[C4 + 19] + 1) return;
    enterSafe(), Atomics.wait(I329, 12, request, 1e3);
  }
}
function stopForCollection() {
  atomics.and(C4 + 1 << 2, ~POLL_COLLECT), atomics.load(48) !== 0 && (enterSafe(), leaveSafe());
}

// lib/heap/roots.ts
var I3210 = i32, FRAME_HANDLES = [
  1,
  5,
  7,
  8,
  9,
  10,
  12,
  13,
  14
], THREAD_HANDLES = [
  2,
  19,
  20,
  37,
  21,
  22,
  30,
  32,
  33,
  40
];
function scanFrame(w, visit) {
  for (let offset of FRAME_HANDLES) visit(w + offset);
  (I3210[w + 6] & CTX_GENERATOR) !== 0 && visit(w + 11);
  let top = I3210[w + 3];
  for (let word = w + 16; word < top; word++) visit(word);
}
function scanStack(context, visit) {
  for (let c = context; c !== 0; c = I3210[c + 0]) scanFrame(c, visit);
}
function carrierOf(t) {
  let index = I3210[t + 14];
  if (index === 0) return 0;
  let carrier = carrierAt(index - 1);
  return I3210[carrier + 2] === t ? carrier : 0;
}
function scanThread(t, visit) {
  for (let offset of THREAD_HANDLES) visit(t + offset);
  let carrier = carrierOf(t);
  if (carrier === 0) {
    visit(t + 9), visit(t + 10), visit(t + 11), scanStack(I3210[t + 3], visit);
    return;
  }
  visit(carrier + 9), visit(carrier + 10), visit(carrier + 11), scanStack(I3210[carrier + 3], visit);
}
function eachThread(visit) {
  let used = I3210[9];
  for (let i = 0; i < used; i++) I3210[threadAt(i) + 0] !== 0 && visit(threadAt(i));
}
function eachCarrier(visit) {
  let used = I3210[8];
  for (let i = 0; i < used; i++) visit(carrierAt(i));
}
function eachBuiltinType(visit) {
  for (let i = 0; i < 1024; i++) {
    let handle = 131072 + i * 256;
    I3210[handle >>> 2] !== 0 && visit(handle);
  }
}
function scanInterned(visit) {
  let first = 98304;
  for (let word = first; word < first + 65536; word++)
    for (let link = word; I3210[link] !== 0; link = (I3210[link] >>> 2) + 3) visit(link);
}
function eachRoot(visit) {
  let table = 1024;
  for (let word = table; word < table + 1024; word++) visit(word);
  visit(57), scanInterned(visit), eachThread((t) => scanThread(t, visit));
}
function contextOf(t) {
  let carrier = carrierOf(t);
  return carrier === 0 ? I3210[t + 3] : I3210[carrier + 3];
}
var THREAD_RUN = [4, 5, 26, 6, 7], CARRIER_RUN = [
  4,
  5,
  38,
  6,
  7,
  12,
  13,
  51
];
function retireRuns() {
  eachThread((t) => {
    for (let c = contextOf(t); c !== 0; c = I3210[c + 0]) I3210[c + 4] = 0;
    for (let word of THREAD_RUN) I3210[t + word] = 0;
  }), eachCarrier((c) => {
    for (let word of CARRIER_RUN) I3210[c + word] = 0;
  });
}

// lib/heap/scan.ts
var I3211 = i32, ROWS = MARK_TABLE, hex = (n) => `0x${(n >>> 0).toString(16)}`;
function corrupt(word, why) {
  return new ProtospaceError("ERR_PROTOSPACE_HEAP_CORRUPT", `word ${hex(word)} holds ${hex(I3211[word])}: ${why}`);
}
function scanObject(handle, visit) {
  let w = handle >>> 2, head = I3211[w], kind = head & 255, [mask, from, count, stride, strideMask] = ROWS[kind];
  for (let bits = mask; bits !== 0; bits &= bits - 1) visit(w + 31 - Math.clz32(bits & -bits));
  let end = w + (I3211[w + 1] << 4);
  if ((kind === 14 || (head & 256) !== 0 && kind !== 15) && visit(end - 1), count === 0) return;
  if (count === -2) {
    I3211[w + 4] !== 0 && scanFrame(w + from, visit);
    return;
  }
  let stop = count === -1 ? end : w + from + I3211[w + count] * stride;
  if (stop > end || stop < w) throw corrupt(w + count, "more than its cells hold");
  scanTail(w + from, stop, stride, strideMask, visit);
}
function scanTail(from, stop, stride, mask, visit) {
  if (stride === 1) {
    for (let word = from; word < stop; word++) visit(word);
    return;
  }
  for (let word = from; word < stop; word += stride)
    for (let bits = mask; bits !== 0; bits &= bits - 1) visit(word + 31 - Math.clz32(bits & -bits));
}

// lib/heap/mark.ts
var I3212 = i32, U82 = u8, MARK_OBJECT = 1, MARK_REST = 2, MARK_GRANULES = 3, markAddress = (address) => 8388608 + (address >>> 6), stack = new Int32Array(4096), depth = 0, firstBlock = 0, topBlock = 0;
function inObjectBlock(address) {
  let block = address >>> 15;
  if (block < I3212[3] || block >= I3212[5]) return !1;
  let state = I3212[blockEntry(block)];
  return state === BLOCK_SMALL || state === BLOCK_LARGE;
}
var inTypes = (address) => address >>> 0 >= 131072 && address >>> 0 < 131072 + 1024 * 256, isUnmadeType = (handle) => inTypes(handle) && handle % 256 === 0 && I3212[handle >>> 2] === 0;
function objectFault(handle) {
  if ((handle & 63) !== 0) return "not at the start of a cell";
  if (!inObjectBlock(handle) && !inTypes(handle)) return "outside the blocks of objects";
  let w = handle >>> 2, kind = I3212[w] & 255;
  if (kind === 0 || kind >= 55) return `kind ${kind} is none`;
  let cells2 = I3212[w + 1], limit = inTypes(handle) ? 131072 + 1024 * 256 : I3212[5] * 32768;
  return cells2 <= 0 || (handle >>> 0) + cells2 * 64 > limit ? `${cells2} cells are impossible` : "";
}
function pushObject(handle) {
  if (depth === stack.length) {
    let larger = new Int32Array(stack.length * 2);
    larger.set(stack), stack = larger;
  }
  stack[depth++] = handle;
}
function visitObject(handle, word) {
  if ((handle & 63) !== 0) throw corrupt(word, "not at the start of a cell");
  if (!inTypes(handle)) markObject(handle, word);
  else if (handle % 256 !== 0) throw corrupt(word, "inside another object");
}
function markObject(handle, word) {
  let at = markAddress(handle);
  if (U82[at] === MARK_OBJECT) return;
  let fault2 = U82[at] === MARK_REST || U82[at] === MARK_GRANULES ? "inside another object" : objectFault(handle);
  if (fault2 !== "") throw corrupt(word, fault2);
  U82[at] = MARK_OBJECT;
  let cells2 = I3212[(handle >>> 2) + 1];
  cells2 > 1 && U82.fill(MARK_REST, at + 1, at + cells2), pushObject(handle);
}
function visitWord(word) {
  let handle = I3212[word];
  if ((handle & 1) !== 0 || handle === 0) return;
  let tag = handle & 7;
  if (tag === 0) visitObject(handle, word);
  else if (tag !== 6) {
    if (!inObjectBlock(handle)) throw corrupt(word, "a number outside the blocks of objects");
    let at = markAddress(handle);
    U82[at] === 0 && (U82[at] = MARK_GRANULES);
  }
}
function drain() {
  for (; depth > 0; ) scanObject(stack[--depth], visitWord);
}
function clearMarks() {
  U82.fill(0, markAddress(131072), markAddress(393216)), U82.fill(0, markAddress(firstBlock * 32768), 8388608 + topBlock * (32768 / 64));
}
function markAll() {
  firstBlock = I3212[3], topBlock = I3212[5], depth = 0, clearMarks(), eachBuiltinType((handle) => {
    markObject(handle, handle >>> 2), drain();
  }), eachRoot((word) => {
    visitWord(word), depth > 2048 && drain();
  }), drain(), stack.length > 1 << 20 && (stack = new Int32Array(4096));
}
function markFrom(word) {
  visitWord(word), drain();
}

// lib/heap/pauses.ts
var I3213 = i32, FIRST = 512, PER_DOUBLING = 4, bucketOf = (microseconds) => Math.min(127, Math.floor(PER_DOUBLING * Math.log2(microseconds + 1)));
function countPause(microseconds) {
  I3213[FIRST + bucketOf(microseconds)] += 1, microseconds > I3213[43] && (I3213[43] = Math.round(microseconds));
}
function pauseQuantile(q) {
  let total = 0;
  for (let b = 0; b < 128; b++) total += I3213[FIRST + b];
  let seen = 0;
  for (let b = 0; b < 128; b++)
    if (seen += I3213[FIRST + b], seen > 0 && seen >= q * total) return Math.min(2 ** ((b + 1) / PER_DOUBLING) - 1, I3213[43]);
  return 0;
}

// lib/heap/recount.ts
var I3214 = i32;
function beginRecount() {
  for (let i = 1; i <= I3214[54]; i++) {
    let w = recordOf(i);
    I3214[w + 4] = I3214[w + 2], I3214[w + 5] = 0, I3214[w + 6] = 0;
  }
  limitsInUse() && eachThread(countStacks);
}
function mounted(t, own, carriers) {
  let carrier = carrierOf(t);
  return carrier === 0 ? I3214[t + own] : I3214[carrier + carriers];
}
function countStacks(t) {
  let environment = mounted(t, 11, 11), limit = limitOfEnvironment(environment);
  limit !== 0 && (I3214[recordOf(limit) + 6] += cellsOf(stackBytes(I3214[t + 15])));
}
function trimStacks() {
  eachThread((t) => trimStack(I3214[t + 15], mounted(t, 36, 35)));
}
function settleLimits() {
  for (let i = 1; i <= I3214[54]; i++) {
    let w = recordOf(i), live = I3214[w + 5] + I3214[w + 6], delta = live - I3214[w + 4];
    atomics.add(w + 2 << 2, delta) + delta === 0 && atomics.cas(w + 0 << 2, LIMIT_CLOSED, LIMIT_FREE), adjustLimit(w, live);
  }
}

// lib/heap/sweep.ts
var I3215 = i32, U83 = u8, LINES = 32768 / 64;
function freeHole(address, bytes2) {
  poisonCells && I3215.fill(POISON, address >>> 2, address + bytes2 >>> 2), bytes2 >= RUN_LEAST && pushRun(address | 0, bytes2);
}
function countTags(block) {
  let marks = 8388608 + block * LINES, base = block * 32768;
  for (let i = 0; i < LINES; i++) U83[marks + i] !== 0 && countLive(base + i * 64, 1);
}
function sweepSmall(block) {
  let marks = 8388608 + block * LINES, base = block * 32768, live = 0, hole = 0;
  for (let i = 0; i < LINES; i++) U83[marks + i] !== 0 && live++;
  if (live === 0)
    return poisonCells && I3215.fill(POISON, base >>> 2, base + 32768 >>> 2), I3215[blockEntry(block)] = BLOCK_FREE, 0;
  limitsInUse() && countTags(block);
  for (let i = 0; i <= LINES; i++)
    i < LINES && U83[marks + i] === 0 || (i > hole && freeHole(base + hole * 64, (i - hole) * 64), hole = i + 1);
  return live * 64;
}
function sweepAll() {
  let top = I3215[5], live = 0;
  emptyStacks();
  for (let block = I3215[3]; block < top; block++) {
    let entry = blockEntry(block);
    if (I3215[entry] === BLOCK_SMALL) live += sweepSmall(block);
    else if (I3215[entry] === BLOCK_LARGE) {
      let count = I3215[entry + BLK_COUNT];
      U83[8388608 + block * LINES] !== 0 ? (live += count * 32768, limitsInUse() && countLive(block * 32768, count * LINES)) : releaseBlocks(block * 32768, count);
    }
  }
  I3215[24] = I3215[3];
  for (let i = 0; i < I3215[8]; i++) I3215[carrierAt(i) + 20] = 0;
  return live;
}

// lib/heap/publish.ts
var PUBLISH_LIMIT = 64, TYPES_BYTES = 1024 * 256, LEAVES = 15;
var found2 = new Int32Array(PUBLISH_LIMIT + 1);

// lib/heap/weak.ts
var I3216 = i32, U84 = u8, FIRST2 = 1835008;
var PART = 65536 / 32;
function eachWeakLink(visit) {
  for (let part = 0; part < 32; part++)
    (I3216[56] & 1 << part) !== 0 && eachLinkOf(FIRST2 + part * PART, visit);
}
function eachLinkOf(first, visit) {
  for (let bucket = first; bucket < first + PART; bucket++)
    for (let link = bucket; I3216[link] !== 0; ) {
      let ref = I3216[link];
      visit(link), I3216[link] === ref && (link = (ref >>> 2) + 7);
    }
}
var FINALIZER = 4096, isFinalizer = (ref) => (I3216[ref >>> 2] & FINALIZER) !== 0;
var isMarked = (handle) => U84[markAddress(handle)] !== 0;
function unlinkRef(link) {
  let w = I3216[link] >>> 2;
  I3216[link] = I3216[w + 7], I3216[w + 4] = 0, I3216[w + 7] = 0;
}
function queue(ref) {
  I3216[(ref >>> 2) + 8] = I3216[57], I3216[57] = ref;
}
function clearLink(link) {
  let ref = I3216[link];
  if (isFinalizer(ref)) return;
  let live = isMarked(ref);
  live && isMarked(I3216[(ref >>> 2) + 4]) || (unlinkRef(link), live && I3216[(ref >>> 2) + 5] !== 0 && queue(ref));
}
function queueFinalizer(link) {
  let ref = I3216[link], referent = I3216[(ref >>> 2) + 4];
  if (isFinalizer(ref)) {
    if (referent !== 0 && isMarked(referent)) {
      markFrom(link);
      return;
    }
    unlinkRef(link), referent !== 0 && (I3216[(ref >>> 2) + 5] = referent, queue(ref));
  }
}
function clearDead() {
  eachWeakLink(queueFinalizer), markFrom(57), eachWeakLink(clearLink);
}
var callbacksPending = () => I3216[57] !== 0;

// lib/heap/verify.ts
var I3217 = i32, C5 = CARRIER, SEEN = 1, IN_FREE_RUN = 2, cells = new Uint8Array(0), firstCell = 0, seenTypes = /* @__PURE__ */ new Set(), queue2 = [], holder = 0, hex2 = (n) => `0x${(n >>> 0).toString(16)}`;
function fault(handle, why) {
  let kind = KIND_NAMES[I3217[handle >>> 2] & 255] ?? "?";
  return new ProtospaceError("ERR_PROTOSPACE_HEAP_CORRUPT", `${kind} at ${hex2(handle)}: ${why}`);
}
function resetCells() {
  firstCell = I3217[3] * 32768 / 64;
  let count = I3217[5] * 32768 / 64 - firstCell;
  cells.length < count ? cells = new Uint8Array(count * 2) : cells.fill(0, 0, count), seenTypes.clear();
}
function markFreeRuns() {
  for (let cls = 0; cls < 4; cls++)
    for (let run = I3217[16 + cls * 2]; run !== 0; run = I3217[run >>> 2]) {
      let first = (run >>> 6) - firstCell;
      cells.fill(IN_FREE_RUN, first, first + (I3217[(run >>> 2) + 1] >>> 6));
    }
}
function see(handle) {
  let at = (handle >>> 6) - firstCell;
  return at < 0 ? seenTypes.has(handle) ? !1 : (seenTypes.add(handle), !0) : (cells[at] & SEEN) !== 0 ? !1 : (cells[at] = cells[at] | SEEN, !0);
}
var inFreeRun = (handle) => (cells[(handle >>> 6) - firstCell] & IN_FREE_RUN) !== 0;
function young(handle) {
  let escape = I3217[C5 + 6];
  return (handle & -8) - escape >>> 0 < I3217[C5 + 4] - escape >>> 0;
}
function misplaced(word, why) {
  return corrupt(word, holder === 0 ? why : `${why} in ${fault(holder, `word ${word - (holder >>> 2)}`).message}`);
}
function visitWord2(word) {
  let handle = I3217[word];
  if ((handle & 1) !== 0 || handle === 0 || (handle & 7) === 6) return;
  if (handle === POISON) throw misplaced(word, "reclaimed memory");
  if (!inObjectBlock(handle) && !isUnmadeType(handle) && objectFault(handle) !== "")
    throw misplaced(word, "outside the blocks of objects");
  if (inFreeRun(handle)) throw misplaced(word, "in a free run");
  if (holder !== 0 && young(handle) && !young(holder)) throw misplaced(word, "young, but its holder is old");
  if ((handle & 7) !== 0 || isUnmadeType(handle) || !see(handle)) return;
  let why = objectFault(handle);
  if (why !== "") throw misplaced(word, why);
  queue2.push(handle);
}
var cellBytes = (w) => I3217[w + 1] * 64;
function checkLengths(handle, kind) {
  let w = handle >>> 2, length = I3217[w + 4];
  if (kind === 6) {
    let items = I3217[w + 5], capacity = items === 0 ? 0 : I3217[(items >>> 2) + 4];
    if (length < 0 || length > capacity) throw fault(handle, `length ${length} of capacity ${capacity}`);
  } else if (kind === 7) {
    if (length < 0 || (5 + length) * 4 > cellBytes(w))
      throw fault(handle, `${length} items in ${cellBytes(w)} bytes`);
  } else if (kind === 5) {
    if (length < 0 || (6 + length) * 4 > cellBytes(w))
      throw fault(handle, `${length} items in ${cellBytes(w)} bytes`);
  } else if (kind === 1 && I3217[w + 6] === 0) {
    let width = 1 << (I3217[w] >>> 12 & 3);
    if (length < 0 || 32 + length * width > cellBytes(w))
      throw fault(handle, `${length} characters in ${cellBytes(w)} bytes`);
  }
}
function checkObject(handle) {
  let w = handle >>> 2, type = I3217[w + 2], kind = I3217[w] & 255, mayLack = kind === 7 || kind === 8 || kind === 10 || kind === 13;
  if (type !== 0 && (I3217[type >>> 2] & 255) !== 14 && !isUnmadeType(type))
    throw fault(handle, `its class ${hex2(type)} is no type`);
  if (type === 0 && !mayLack && kind === 15) throw fault(handle, "it has no class");
  checkLengths(handle, kind), holder = kind === 23 && I3217[w + 4] === 3 ? 0 : handle, scanObject(handle, visitWord2);
}
function checkWeak(link) {
  let ref = I3217[link], why = objectFault(ref);
  if (why !== "") throw corrupt(link, `in the weak table: ${why}`);
  if ((I3217[ref >>> 2] & 255) !== 46) throw fault(ref, "in the weak table");
  let word = (ref >>> 2) + 4, referent = I3217[word];
  if (referent === 0 && isFinalizer(ref)) return;
  let dead = objectFault(referent);
  if (dead !== "") throw corrupt(word, `a weak reference: ${dead}`);
  if (inFreeRun(referent)) throw corrupt(word, "a weak reference into a free run");
  if (young(referent)) throw corrupt(word, "a weak reference to a young object");
}
function verifyStopped(budget) {
  queue2 = [], resetCells(), markFreeRuns(), holder = 0, eachBuiltinType((handle) => {
    let why = objectFault(handle);
    if (why !== "") throw fault(handle, why);
    see(handle), queue2.push(handle);
  }), eachRoot(visitWord2), eachWeakLink(checkWeak);
  let walked = 0;
  for (; queue2.length > 0 && (budget === 0 || walked < budget); )
    checkObject(queue2.pop()), walked++;
  return walked;
}

// lib/heap/collect.ts
var I3218 = i32, C6 = CARRIER, REQUEST = 48, THRESHOLD_LEAST = 1024, COLLECT_POISON = 1, COLLECT_CONCURRENT = 2, verifications = new Sampler(60), SPINS2 = 2e3;
function waitFor(carrier) {
  let state = carrier + 0;
  for (let i = 0; i < SPINS2; i++) if (atomics.load(state << 2) !== CARRIER_RUNNING) return;
  for (; atomics.load(state << 2) === CARRIER_RUNNING; ) Atomics.wait(I3218, state, CARRIER_RUNNING, 5);
}
function stopOthers() {
  waitForSweep(), eachCarrier((c) => {
    c !== C6 && atomics.or(c + 1 << 2, POLL_COLLECT);
  }), eachCarrier((c) => {
    c !== C6 && waitFor(c);
  }), settleSweep();
}
function resume() {
  let callbacks = callbacksPending();
  eachCarrier((c) => {
    atomics.and(c + 1 << 2, ~POLL_COLLECT), callbacks && atomics.or(c + 1 << 2, POLL_CALLBACKS);
  }), atomics.store(REQUEST, 0), Atomics.notify(I3218, 12);
}
function occupancy() {
  let used = 0, free = I3218[4] - I3218[5] - I3218[29];
  for (let b = I3218[3]; b < I3218[5]; b++) {
    let state = I3218[blockEntry(b)];
    state === BLOCK_SMALL || state === BLOCK_LARGE || state === BLOCK_LARGE_REST ? used++ : (state === BLOCK_FREE || state === BLOCK_RESERVED) && free++;
  }
  let listed = freeListBytes();
  return { occupied: used * 32768 - listed, free: free * 32768 + listed, freeBlocks: free };
}
function collectTs() {
  let before = occupancy().occupied;
  retireRuns(), markAll(), clearDead(), beginRecount();
  let live = sweepAll();
  settle(live, before - occupancy().occupied);
}
function collectNative(concurrent) {
  retireRuns(), beginRecount(), addon.collect((poisonCells ? COLLECT_POISON : 0) | (concurrent ? COLLECT_CONCURRENT : 0)), settleSweep();
}
function settle(live, reclaimed) {
  let { free, freeBlocks } = occupancy();
  count64(45, Math.max(0, reclaimed)), setThreshold(live, free), closeReserve(freeBlocks), settleLimits();
}
function settleSweep() {
  let word = 256;
  atomics.load(word) === SWEEP_DONE && atomics.cas(word, SWEEP_DONE, 0) === SWEEP_DONE && settle(I3218[65] >>> 0, I3218[66] >>> 0);
}
limitHooks.settleSweep = () => I3218[64] === 0 ? !1 : (waitForSweep(), settleSweep(), !0);
function setThreshold(live, free) {
  let wanted2 = Math.max(THRESHOLD_LEAST, Math.ceil(live / 32768));
  I3218[27] = Math.max(1, Math.min(wanted2, Math.floor(free / 32768) >> 1));
}
function recordPause(started) {
  countPause((performance.now() - started) * 1e3), I3218[42] += 1, I3218[11] += 1;
}
function collectStopped(concurrent) {
  let verify = verifyAlways && verifications.hit();
  verify && stressAll && verifyStopped(0), trimStacks(), allocatorKind === "native" ? collectNative(concurrent) : collectTs(), I3218[28] = 0, verify && !concurrent && verifications.weigh(verifyStopped(0), VERIFIED_USUALLY);
}
function collectGarbage(concurrent = !1) {
  if (atomics.cas(REQUEST, 0, I3218[C6 + 19] + 1) !== 0) {
    stopForCollection();
    return;
  }
  waitForSweep();
  let started = performance.now();
  try {
    stopOthers(), collectStopped(concurrent), recordPause(started);
  } finally {
    resume();
  }
}

// lib/heap/stats.ts
var I3219 = i32, wide = (word) => (I3219[word] >>> 0) + I3219[word + 1] * 2 ** 32;
function readStats() {
  let stats = {
    cellsAllocated: 0,
    bytesReclaimedAtReturn: 0,
    bytesReclaimedByYoungCollection: 0,
    bytesReclaimedByCollector: wide(45),
    batchesNative: 0,
    batchesTs: 0,
    contextsPushed: 0,
    threadsStarted: I3219[52],
    collections: I3219[42],
    longestPauseMicroseconds: I3219[43],
    medianPauseMicroseconds: pauseQuantile(0.5),
    pause99Microseconds: pauseQuantile(0.99),
    locksTaken: I3219[44]
  };
  return eachCarrier((c) => {
    stats.cellsAllocated += wide(c + 26) / 64, stats.bytesReclaimedAtReturn += wide(c + 24), stats.bytesReclaimedByYoungCollection += wide(c + 28), stats.batchesNative += I3219[c + 21] >>> 0, stats.batchesTs += I3219[c + 50] >>> 0, stats.contextsPushed += I3219[c + 22] >>> 0, stats.locksTaken += I3219[c + 31];
  }), stats;
}

// bench/heap/trial.ts
var I3220 = i32, CELLS = 2e4, ROUNDS = Number(process.env.PROTOSPACE_BENCH_ROUNDS || 400), THREADS = 2;
function fillCells(n) {
  for (let i = 0; i < n; i++) {
    let h = newObject(5, 64, 0);
    I3220[(h >>> 2) + 4] = 1, I3220[(h >>> 2) + 6] = i << 1 | 1;
  }
}
function contexts(n) {
  for (let i = 0; i < n; i++)
    push(4), allocCell(), pop(0);
}
function timed(body) {
  let begin = process.hrtime.bigint();
  return body(), Number(process.hrtime.bigint() - begin);
}
function least(n, body, between) {
  let best = 1 / 0;
  for (let round = 0; round < ROUNDS; round++)
    best = Math.min(best, timed(() => body(n)) / n), between();
  return best;
}
var [ROUND, READY, DONE] = [0, 1, 2], ALLOCATING = {
  begin: () => mount(createThread(0), THREAD_HOST),
  run: () => fillCells(CELLS),
  end: () => releaseThread(unmount(THREAD_RUNNABLE)),
  between: collectGarbage
}, plain = new Float64Array(new SharedArrayBuffer(CELLS * 64)), nothing = () => {
};
function fillPlain() {
  for (let i = 0; i < plain.length; i += 8) for (let k = 0; k < 8; k++) plain[i + k] = k;
}
var PLAIN = { begin: nothing, run: fillPlain, end: nothing, between: nothing };
function helper(gate, work) {
  for (let round = 1; round <= ROUNDS; round++) {
    for (work.begin(), Atomics.add(gate, READY, 1); Atomics.load(gate, ROUND) < round; ) ;
    for (work.run(), Atomics.add(gate, DONE, 1), work.end(); Atomics.load(gate, ROUND) !== -round; ) Atomics.wait(gate, ROUND, round, 10);
  }
  releaseCarrier(), import_node_worker_threads4.parentPort.close();
}
function pairRound(gate, round, work) {
  for (; Atomics.load(gate, READY) < THREADS - 1; ) ;
  Atomics.store(gate, READY, 0), Atomics.store(gate, DONE, 0);
  let time = timed(() => {
    for (Atomics.store(gate, ROUND, round), work.run(); Atomics.load(gate, DONE) < THREADS - 1; ) ;
  });
  return work.between(), Atomics.store(gate, ROUND, -round), Atomics.notify(gate, ROUND), time / (CELLS * THREADS);
}
async function pair2(work) {
  let gate = new Int32Array(new SharedArrayBuffer(16)), worker = new import_node_worker_threads4.Worker(__filename, { workerData: { gate, plain: work === PLAIN } });
  await new Promise((resolve) => worker.once("online", resolve));
  let best = 1 / 0;
  for (let round = 1; round <= ROUNDS; round++) best = Math.min(best, pairRound(gate, round, work));
  return best;
}
async function main() {
  mount(createThread(0), THREAD_HOST);
  let one = least(CELLS, fillCells, collectGarbage), context = least(CELLS * 10, contexts, () => {
  }), two = await pair2(ALLOCATING), machine = least(CELLS, fillPlain, nothing) / await pair2(PLAIN), { batchesNative, batchesTs } = readStats();
  console.log(JSON.stringify({ allocator: allocatorKind, one, two, machine, context, batchesNative, batchesTs }));
}
if (import_node_worker_threads4.isMainThread) main();
else {
  let given = import_node_worker_threads4.workerData;
  helper(given.gate, given.plain ? PLAIN : ALLOCATING);
}
