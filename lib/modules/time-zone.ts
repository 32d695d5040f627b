/**
 * Time zones: the rules of TZ, as the C library reads them: a file of the zone database (RFC 9636) or a POSIX rule such as
 * 'EST5EDT,M3.2.0,M11.1.0'. Times are seconds since the epoch, offsets seconds east of Greenwich.
 */
import { readFileSync } from 'node:fs';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { toJS } from '../objects/strings.js';
import { currentEnvironment } from './frames.js';

const I32 = i32;

/** What holds at one moment. */
export interface LocalType {
  readonly offset: number;
  readonly dst: boolean;
  readonly name: string;
}

/** Day and second of a change, as POSIX rules give them. */
interface Change {
  readonly day: string;
  readonly time: number;
}

interface Rule {
  readonly standard: LocalType;
  readonly summer: LocalType | undefined;
  readonly start: Change;
  readonly end: Change;
}

export interface Zone {
  readonly transitions: readonly number[];
  readonly types: readonly LocalType[];
  /** Of each transition, index into types. */
  readonly kinds: readonly number[];
  /** After the last transition. */
  readonly rule: Rule;
}

const UTC: LocalType = { offset: 0, dst: false, name: 'UTC' };
const NEVER: Change = { day: 'J1', time: 0 };
const fixed = (standard: LocalType): Zone => ({
  transitions: [],
  types: [],
  kinds: [],
  rule: { standard, summer: undefined, start: NEVER, end: NEVER },
});

/** 'hh[:mm[:ss]]' with a sign, as seconds. */
function clock(text: string): number {
  const [, sign, h, m = '0', s = '0'] = /^([+-]?)(\d+)(?::(\d+))?(?::(\d+))?$/.exec(text)!;
  return (sign === '-' ? -1 : 1) * (Number(h) * 3600 + Number(m) * 60 + Number(s));
}

const NAME = '(<[A-Za-z0-9+-]+>|[A-Za-z]{3,})';
const CLOCK = '([+-]?\\d+(?::\\d+){0,2})';
const CHANGE = '([JM]?[\\d.]+)(?:/([+-]?\\d+(?::\\d+){0,2}))?';
const RULE = new RegExp(`^${NAME}${CLOCK}(?:${NAME}${CLOCK}?(?:,${CHANGE},${CHANGE})?)?$`);

const bare = (name: string): string => name.replace(/[<>]/g, '');

/** A POSIX rule; undefined when the text is none. */
function parseRule(text: string): Rule | undefined {
  const m = RULE.exec(text);
  if (m === null) return undefined;
  const standard = { offset: -clock(m[2]), dst: false, name: bare(m[1]) };
  if (m[3] === undefined) return { standard, summer: undefined, start: NEVER, end: NEVER };
  const offset = m[4] === undefined ? standard.offset + 3600 : -clock(m[4]);
  return {
    standard,
    summer: { offset, dst: true, name: bare(m[3]) },
    start: { day: m[5] ?? 'M3.2.0', time: clock(m[6] ?? '2') },
    end: { day: m[7] ?? 'M11.1.0', time: clock(m[8] ?? '2') },
  };
}

export const daysFromEpoch = (year: number, month: number, day: number): number => {
  const d = new Date(0);
  d.setUTCFullYear(year, month, day);
  return Math.round(d.getTime() / 86400000);
};
const isLeap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;

/** Day since the epoch that a change falls on in a year. */
function changeDay(day: string, year: number): number {
  if (day.startsWith('J')) {
    const n = Number(day.slice(1));
    return daysFromEpoch(year, 0, n) + (isLeap(year) && n >= 60 ? 1 : 0);
  }
  if (!day.startsWith('M')) return daysFromEpoch(year, 0, 1) + Number(day);
  const [month, week, weekday] = day.slice(1).split('.').map(Number);
  const first = daysFromEpoch(year, month - 1, 1);
  const firstMatch = first + ((weekday - ((((first + 4) % 7) + 7) % 7) + 7) % 7);
  const next = daysFromEpoch(year, month, 1);
  let found = firstMatch + (week - 1) * 7;
  while (found >= next) found -= 7;
  return found;
}

function ruleType(rule: Rule, t: number): LocalType {
  const { standard, summer, start, end } = rule;
  if (summer === undefined) return standard;
  const year = new Date((t + standard.offset) * 1000).getUTCFullYear();
  const begins = changeDay(start.day, year) * 86400 + start.time - standard.offset;
  const ends = changeDay(end.day, year) * 86400 + end.time - summer.offset;
  const isSummer = begins < ends ? t >= begins && t < ends : t >= begins || t < ends;
  return isSummer ? summer : standard;
}

/** A file of the zone database; undefined when it is none. */
function parseFile(data: Buffer): Zone | undefined {
  if (data.length < 44 || data.toString('latin1', 0, 4) !== 'TZif') return undefined;
  const counts = (at: number): number[] => [0, 4, 8, 12, 16, 20].map((i) => data.readUInt32BE(at + 20 + i));
  const wide = data[4] >= 0x32;
  const [utcs, standards, leaps, times, types, chars] = counts(0);
  const skipped = 44 + times * 5 + types * 6 + chars + leaps * 8 + standards + utcs;
  return parseBlock(data, wide ? skipped : 0, wide ? 8 : 4);
}

function parseBlock(data: Buffer, head: number, width: 4 | 8): Zone {
  const [utcs, standards, leaps, times, types, chars] = [0, 4, 8, 12, 16, 20].map((i) =>
    data.readUInt32BE(head + 20 + i),
  );
  const at = head + 44;
  const read = (i: number): number =>
    width === 8 ? Number(data.readBigInt64BE(at + i * 8)) : data.readInt32BE(at + i * 4);
  const kindsAt = at + times * width;
  const typesAt = kindsAt + times;
  const charsAt = typesAt + types * 6;
  const nameAt = (i: number): string => data.toString('latin1', charsAt + i, data.indexOf(0, charsAt + i));
  const typeAt = (i: number): LocalType => {
    const p = typesAt + i * 6;
    return { offset: data.readInt32BE(p), dst: data[p + 4] !== 0, name: nameAt(data[p + 5]) };
  };
  const local = Array.from({ length: types }, (_, i) => typeAt(i));
  const footer = data.toString('latin1', charsAt + chars + leaps * (width + 4) + standards + utcs).trim();
  return {
    transitions: Array.from({ length: times }, (_, i) => read(i)),
    kinds: Array.from({ length: times }, (_, i) => data[kindsAt + i]),
    types: local,
    rule: parseRule(footer) ?? fixed(local[times === 0 ? 0 : data[kindsAt + times - 1]]).rule,
  };
}

function readZone(path: string): Zone | undefined {
  try {
    return parseFile(readFileSync(path));
  } catch {
    return undefined;
  }
}

function makeZone(tz: string | undefined): Zone {
  if (tz === undefined) return readZone('/etc/localtime') ?? fixed(UTC);
  const text = tz.replace(/^:/, '');
  if (text === '') return fixed(UTC);
  const rule = parseRule(text);
  const file = readZone(text.startsWith('/') ? text : `/usr/share/zoneinfo/${text}`);
  if (file !== undefined) return file;
  return rule === undefined ? fixed(UTC) : { transitions: [], types: [], kinds: [], rule };
}

const zones = new Map<string | undefined, Zone>();

/** The zone that the environment's last tzset() read, at first that of the process. */
export function currentZone(): Zone {
  const environment = currentEnvironment();
  const own = environment === 0 ? 0 : I32[(environment >>> 2) + L.ENVIRONMENT_ZONE];
  const tz = own === 0 ? process.env.TZ : toJS(own);
  let zone = zones.get(tz);
  if (zone === undefined) {
    zone = makeZone(tz);
    zones.set(tz, zone);
  }
  return zone;
}

/** What holds in a zone at a time. */
export function localType(zone: Zone, t: number): LocalType {
  const { transitions, kinds, types, rule } = zone;
  if (transitions.length === 0 || t >= transitions[transitions.length - 1]) return ruleType(rule, t);
  if (t < transitions[0]) return types.find((type) => !type.dst) ?? types[0];
  let [low, high] = [0, transitions.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (transitions[middle] <= t) low = middle;
    else high = middle;
  }
  return types[kinds[low]];
}
