/** The module `time` (https://docs.python.org/3.14/library/time.html). */
import { root, unroot } from '../heap/context.js';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { callArgs, getAttr, hasIndex, index, indexNumber } from '../objects/abstract.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { pendingException, raise, typeName } from '../objects/exceptions.js';
import { floatValue, isFloatLike, newFloat } from '../objects/float.js';
import { intFromBigInt, intFromNumber, intToBigInt } from '../objects/int.js';
import { blocking } from '../objects/natives.js';
import { isKind, isStr } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { newTupleOf, tupleItem, tupleLength } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { sleepFor } from '../threads/block.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { moduleSet } from './modules.js';
import { raiseErrno } from './os-error.js';
import { defineStructSequence, newStructSequence } from './structseq.js';
import { asctimeText, type BrokenTime, formatTime } from './time-format.js';
import { currentZone, daysFromEpoch, type LocalType, localType } from './time-zone.js';

const I32 = i32;

const STRUCT_TIME = defineStructSequence({
  id: T.T_BLOCK_TIME,
  name: 'struct_time',
  module: 'time',
  fields: 'tm_year tm_mon tm_mday tm_hour tm_min tm_sec tm_wday tm_yday tm_isdst tm_zone tm_gmtoff'.split(' '),
  visible: 9,
  doc: `The time value as returned by gmtime(), localtime(), and strptime(), and
 accepted by asctime(), mktime() and strftime().  May be considered as a
 sequence of 9 integers.

 Note that several fields' values are not the same as those defined by
 the C language standard for struct tm.  For example, the value of the
 field tm_year is the actual year, not year - 1900.  See individual
 fields' descriptions for details.`,
});

// ---------------------------------------------------------------- clocks

let wallOffset = Number.NaN;

/** Milliseconds since the epoch: the monotonic clock moved to where Date.now() stands, so that it is finer than a millisecond. */
function wallMilliseconds(): number {
  const now = Date.now();
  const fine = performance.now() + wallOffset;
  if (fine >= now && fine < now + 1) return fine;
  wallOffset = now - performance.now();
  return now;
}

const NS = 1000000000n;

function monotonicSeconds(): number {
  const [s, ns] = process.hrtime();
  return s + ns / 1e9;
}

function processNanoseconds(): bigint {
  const { user, system } = process.cpuUsage();
  return BigInt(user + system) * 1000n;
}

/** CPU time of this OS thread, where the system tells it; of the process otherwise. */
function threadNanoseconds(): bigint {
  try {
    return BigInt(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ', 1)[0]);
  } catch {
    return processNanoseconds();
  }
}

const wallNanoseconds = (): bigint => {
  const ms = wallMilliseconds();
  const whole = Math.floor(ms);
  return BigInt(whole) * 1000000n + BigInt(Math.round((ms - whole) * 1e6));
};

/** Clock ids of Linux to nanoseconds. */
const CLOCKS: Readonly<Record<string, readonly [number, () => bigint]>> = {
  CLOCK_REALTIME: [0, wallNanoseconds],
  CLOCK_MONOTONIC: [1, () => process.hrtime.bigint()],
  CLOCK_PROCESS_CPUTIME_ID: [2, processNanoseconds],
  CLOCK_THREAD_CPUTIME_ID: [3, threadNanoseconds],
  CLOCK_MONOTONIC_RAW: [4, () => process.hrtime.bigint()],
  CLOCK_BOOTTIME: [7, () => process.hrtime.bigint()],
  CLOCK_TAI: [11, wallNanoseconds],
};

const secondsOf = (ns: bigint): number => newFloat(Number(ns / NS) + Number(ns % NS) / 1e9);

function clockOf(h: number): (() => bigint) | undefined {
  const id = indexNumber(h);
  if (Number.isNaN(id)) return undefined;
  const row = Object.values(CLOCKS).find(([n]) => n === id);
  if (row === undefined) raiseErrno(constants.errno.EINVAL);
  return row?.[1];
}

const onClock =
  (make: (ns: bigint) => number) =>
  (args: number): number => {
    const clock = clockOf(I32[args]);
    return clock === undefined ? 0 : make(clock());
  };

/** Rows of get_clock_info: implementation, monotonic, adjustable. */
const CLOCK_INFO: Readonly<Record<string, readonly [string, boolean, boolean]>> = {
  time: ['clock_gettime(CLOCK_REALTIME)', false, true],
  monotonic: ['clock_gettime(CLOCK_MONOTONIC)', true, false],
  perf_counter: ['clock_gettime(CLOCK_MONOTONIC)', true, false],
  process_time: ['clock_gettime(CLOCK_PROCESS_CPUTIME_ID)', true, false],
  thread_time: ['clock_gettime(CLOCK_THREAD_CPUTIME_ID)', true, false],
};

function clockInfo(args: number): number {
  const name = I32[args];
  if (!isStr(name)) return raise('TypeError', `get_clock_info() argument 1 must be str, not ${typeName(name)}`);
  const row = CLOCK_INFO[toJS(name)];
  if (row === undefined) return raise('ValueError', 'unknown clock');
  const names = newTupleOf(['implementation', 'monotonic', 'adjustable', 'resolution'].map(intern));
  const values = [fromJS(row[0]), H.fromBool(row[1]), H.fromBool(row[2]), newFloat(1e-9)];
  return callArgs(T.typeHandle(T.T_SIMPLE_NAMESPACE), values, names);
}

// ---------------------------------------------------------------- sleep

/** Seconds of an argument; NaN with the exception set. */
function durationArgument(h: number): number {
  if (isFloatLike(h)) {
    const s = floatValue(h);
    return Number.isNaN(s) ? raise('ValueError', 'Invalid value NaN (not a number)') || Number.NaN : s;
  }
  if (!hasIndex(h))
    return raise('TypeError', `'${typeName(h)}' object cannot be interpreted as an integer or float`) || Number.NaN;
  return indexNumber(h);
}

function sleep(args: number): number {
  const seconds = durationArgument(I32[args]);
  if (Number.isNaN(seconds)) return 0;
  if (Math.abs(seconds) >= 9223372036) return raise('OverflowError', 'timestamp out of range for C PyTime_t');
  if (seconds < 0) return raise('ValueError', 'sleep length must be non-negative');
  return sleepFor(seconds * 1000) ? H.NONE : 0;
}

// ---------------------------------------------------------------- broken-down time

const GREENWICH: LocalType = { offset: 0, dst: false, name: 'GMT' };

/** Seconds since the epoch of an optional argument, whole; NaN with the exception set. */
function secondsArgument(h: number): number {
  if (h === 0 || h === H.NONE) return Math.floor(wallMilliseconds() / 1000);
  let t: number;
  if (isFloatLike(h)) {
    t = Math.floor(floatValue(h));
    if (Number.isNaN(t)) return raise('ValueError', 'Invalid value NaN (not a number)') || Number.NaN;
  } else {
    const n = index(h);
    if (n === 0) return Number.NaN;
    t = Number(intToBigInt(n));
  }
  if (Math.abs(t) >= 2 ** 63) return raise('OverflowError', 'timestamp out of range for platform time_t') || Number.NaN;
  if (Math.abs(t) > 8.64e12) return raiseErrno(constants.errno.EOVERFLOW) || Number.NaN;
  return t;
}

/** struct_time of a time in a zone. */
function structTime(t: number, local: LocalType): number {
  const d = new Date((t + local.offset) * 1000);
  const year = d.getUTCFullYear();
  const yearDay = Math.floor((t + local.offset) / 86400) - daysFromEpoch(year, 0, 1);
  const numbers = [
    year,
    d.getUTCMonth() + 1,
    d.getUTCDate(),
    d.getUTCHours(),
    d.getUTCMinutes(),
    d.getUTCSeconds(),
    (d.getUTCDay() + 6) % 7,
    yearDay + 1,
    local.dst ? 1 : 0,
  ];
  return newStructSequence(STRUCT_TIME, [
    ...numbers.map(intFromNumber),
    fromJS(local === GREENWICH ? 'GMT' : local.name),
    intFromNumber(local.offset),
  ]);
}

function gmtime(args: number, n: number): number {
  const t = secondsArgument(n === 0 ? 0 : I32[args]);
  return Number.isNaN(t) ? 0 : structTime(t, GREENWICH);
}

const localStruct = (t: number): number => structTime(t, localType(currentZone(), t));

function localtime(args: number, n: number): number {
  const t = secondsArgument(n === 0 ? 0 : I32[args]);
  return Number.isNaN(t) ? 0 : localStruct(t);
}

/** One field of a time tuple; NaN with the exception set. */
function fieldNumber(h: number): number {
  const n = indexNumber(h);
  if (n > 0x7fffffff) return raise('OverflowError', 'signed integer is greater than maximum') || Number.NaN;
  if (n < -0x80000000) return raise('OverflowError', 'signed integer is less than minimum') || Number.NaN;
  return n;
}

const zoneOf = (tuple: number): LocalType | undefined => {
  if (I32[(tuple >>> 2) + 2] !== T.typeHandle(STRUCT_TIME.id)) return undefined;
  const zone = getAttr(tuple, intern('tm_zone'));
  if (!isStr(zone)) return undefined;
  const name = toJS(zone);
  const offset = getAttr(tuple, intern('tm_gmtoff'));
  if (!hasIndex(offset)) return undefined;
  return { name, offset: indexNumber(offset), dst: false };
};

/** A time tuple as given; undefined with the exception set. */
function brokenTime(h: number, who: string): BrokenTime | undefined {
  if (!isKind(h, L.KIND_TUPLE)) return void raise('TypeError', 'Tuple or struct_time argument required');
  if (tupleLength(h) !== 9) return void raise('TypeError', `${who}(): illegal time tuple argument`);
  const v = Array.from({ length: 9 }, (_, i) => fieldNumber(tupleItem(h, i)));
  if (pendingException() !== 0) return undefined;
  const [year, month, day, hour, minute, second, weekday, yearDay, isdst] = v;
  if (year < -0x80000000 + 1900) return void raise('OverflowError', 'year out of range');
  return {
    year,
    month: month - 1,
    day,
    hour,
    minute,
    second,
    weekday: (weekday + 1) % 7,
    yearDay: yearDay - 1,
    isdst,
    local: zoneOf(h),
  };
}

/** Refuses what strftime would crash on; 0 where a value counts as the first. */
function checked(t: BrokenTime): BrokenTime | undefined {
  const fixed = {
    ...t,
    month: t.month === -1 ? 0 : t.month,
    day: t.day === 0 ? 1 : t.day,
    yearDay: t.yearDay === -1 ? 0 : t.yearDay,
  };
  const bounds: readonly (readonly [number, number, string])[] = [
    [fixed.month, 11, 'month'],
    [fixed.day, 31, 'day of month'],
    [fixed.hour, 23, 'hour'],
    [fixed.minute, 59, 'minute'],
    [fixed.second, 61, 'seconds'],
    [fixed.weekday, 6, 'day of week'],
    [fixed.yearDay, 365, 'day of year'],
  ];
  for (const [value, most, name] of bounds)
    if (value < 0 || value > most) return void raise('ValueError', `${name} out of range`);
  return fixed;
}

/** The time argument of strftime and asctime, or now. */
function timeArgument(args: number, n: number, who: string): BrokenTime | undefined {
  const tuple = n === 0 ? localStruct(Math.floor(wallMilliseconds() / 1000)) : I32[args];
  const slot = root(tuple);
  const t = tuple === 0 ? undefined : brokenTime(tuple, who);
  unroot(slot);
  return t === undefined ? undefined : checked(t);
}

function asctime(args: number, n: number): number {
  const t = timeArgument(args, n, 'asctime');
  return t === undefined ? 0 : fromJS(asctimeText(t));
}

function ctime(args: number, n: number): number {
  const t = secondsArgument(n === 0 ? 0 : I32[args]);
  if (Number.isNaN(t)) return 0;
  const now = root(localStruct(t));
  const broken = brokenTime(I32[now]!, 'ctime');
  unroot(now);
  return broken === undefined ? 0 : fromJS(asctimeText(broken));
}

/** Where a format names the zone and the time has none, the current zone's is meant. */
function withZone(t: BrokenTime): BrokenTime {
  if (t.local !== undefined) return t;
  const zone = currentZone();
  const names = zoneNames();
  return {
    ...t,
    local: t.isdst > 0 ? names.summer : t.isdst === 0 ? names.standard : localType(zone, epochSeconds(t)),
  };
}

function strftime(args: number, n: number): number {
  const format = I32[args];
  if (!isStr(format)) return raise('TypeError', `strftime() argument 1 must be str, not ${typeName(format)}`);
  const t = timeArgument(args + 1, n - 1, 'strftime');
  return t === undefined ? 0 : fromJS(formatTime(toJS(format), withZone(t), epochSeconds));
}

/** mktime(3): fields out of range are carried over; isdst below 0 asks the zone. */
function epochSeconds(t: BrokenTime): number {
  const months = t.year * 12 + t.month;
  const days = daysFromEpoch(Math.floor(months / 12), ((months % 12) + 12) % 12, 1) + t.day - 1;
  const wall = days * 86400 + t.hour * 3600 + t.minute * 60 + t.second;
  const zone = currentZone();
  const guess = localType(zone, wall - localType(zone, wall).offset);
  const found = wall - guess.offset;
  const actual = localType(zone, found);
  const best = wall - (actual.offset === guess.offset ? guess : earlier(guess, actual)).offset;
  if (t.isdst < 0) return best;
  const now = localType(zone, best);
  if (now.dst === t.isdst > 0) return best;
  const { standard, summer } = zoneNames();
  const shift = summer.dst ? summer.offset - standard.offset : 3600;
  return t.isdst > 0 ? best - (now.dst ? 0 : shift) : summer.dst ? best + shift : best;
}

/** Of the two sides of a gap the standard one, as the C library takes it. */
const earlier = (a: LocalType, b: LocalType): LocalType => (a.offset < b.offset ? a : b);

function mktime(args: number): number {
  const t = brokenTime(I32[args], 'mktime');
  if (t === undefined) return 0;
  const seconds = epochSeconds(t);
  return Number.isNaN(seconds) ? raise('OverflowError', 'mktime argument out of range') : newFloat(seconds);
}

function strptime(args: number, n: number): number {
  const module = importModule(currentEnvironment(), '_strptime');
  const f = module === 0 ? 0 : getAttr(module, intern('_strptime_time'));
  return f === 0 ? 0 : callArgs(f, Array.from(I32.subarray(args, args + n)));
}

// ---------------------------------------------------------------- zone

/** What holds in winter and in summer of this year. */
function zoneNames(): { standard: LocalType; summer: LocalType } {
  const zone = currentZone();
  const year = new Date().getUTCFullYear();
  const [a, b] = [
    localType(zone, daysFromEpoch(year, 0, 1) * 86400),
    localType(zone, daysFromEpoch(year, 6, 1) * 86400),
  ];
  return a.dst ? { standard: b, summer: a } : { standard: a, summer: b };
}

function zoneAttributes(): Record<string, number> {
  const { standard, summer } = zoneNames();
  return {
    timezone: intFromNumber(-standard.offset),
    altzone: intFromNumber(-summer.offset),
    daylight: H.small(summer.dst ? 1 : 0),
    tzname: newTupleOf([fromJS(standard.name), fromJS(summer.name)]),
  };
}

/** tzset(): reads TZ again; the module's attributes follow. */
function tzset(): number {
  const environment = currentEnvironment();
  storeRef(environment, L.ENVIRONMENT_ZONE, process.env.TZ === undefined ? 0 : fromJS(process.env.TZ));
  const module = importModule(environment, 'time');
  if (module === 0) return 0;
  for (const [name, value] of Object.entries(zoneAttributes())) moduleSet(module, name, value);
  return H.NONE;
}

const functions: readonly MethodRow[] = [
  ['time', () => newFloat(wallMilliseconds() / 1000), [0, 0]],
  ['time_ns', () => intFromBigInt(wallNanoseconds()), [0, 0]],
  ['monotonic', () => newFloat(monotonicSeconds()), [0, 0]],
  ['monotonic_ns', () => intFromBigInt(process.hrtime.bigint()), [0, 0]],
  ['perf_counter', () => newFloat(monotonicSeconds()), [0, 0]],
  ['perf_counter_ns', () => intFromBigInt(process.hrtime.bigint()), [0, 0]],
  ['process_time', () => secondsOf(processNanoseconds()), [0, 0]],
  ['process_time_ns', () => intFromBigInt(processNanoseconds()), [0, 0]],
  ['thread_time', () => secondsOf(threadNanoseconds()), [0, 0]],
  ['thread_time_ns', () => intFromBigInt(threadNanoseconds()), [0, 0]],
  ['clock_gettime', onClock(secondsOf), [1, 1]],
  ['clock_gettime_ns', onClock(intFromBigInt), [1, 1]],
  ['clock_getres', onClock(() => newFloat(1e-9)), [1, 1]],
  ['get_clock_info', clockInfo, [1, 1]],
  ['sleep', blocking(sleep), [1, 1]],
  ['gmtime', gmtime, [0, 1]],
  ['localtime', localtime, [0, 1]],
  ['asctime', asctime, [0, 1]],
  ['ctime', ctime, [0, 1]],
  ['mktime', mktime, [1, 1]],
  ['strftime', strftime, [1, 2]],
  ['strptime', strptime, [1, 2]],
  ['tzset', tzset, [0, 0]],
];

defineModule({
  name: 'time',
  doc: `This module provides various functions to manipulate time values.

There are two standard representations of time.  One is the number
of seconds since the Epoch, in UTC (a.k.a. GMT).  It may be an integer
or a floating-point number (to represent fractions of seconds).
The Epoch is January 1st, 1970, 00:00:00 (UTC).

The other is a tuple of 9 integers giving local time.`,
  functions,
  types: [STRUCT_TIME.id],
  attributes: () => ({
    ...zoneAttributes(),
    _STRUCT_TM_ITEMS: H.small(11),
    ...Object.fromEntries(Object.entries(CLOCKS).map(([name, [id]]) => [name, H.small(id)])),
  }),
});
