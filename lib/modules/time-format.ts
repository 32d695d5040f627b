/** strftime and asctime, in the C locale, with the flags and widths of the GNU library. */
import type { LocalType } from './time-zone.js';

/** A broken-down time: month, day of the year and weekday (0 Sunday) counted as struct tm does. */
export interface BrokenTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly weekday: number;
  readonly yearDay: number;
  readonly isdst: number;
  /** Zone and offset where the time has them. */
  readonly local?: LocalType;
}

const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

const pad = (n: number, width: number, fill: string): string => {
  const digits = String(Math.abs(n)).padStart(n < 0 ? width - 1 : width, fill);
  return n < 0 ? `-${digits}` : digits;
};
const two = (n: number): string => pad(n, 2, '0');

export function asctimeText(t: BrokenTime): string {
  const day = String(t.day).padStart(2, ' ');
  const clock = `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
  return `${DAYS[t.weekday].slice(0, 3)} ${MONTHS[t.month].slice(0, 3)} ${day} ${clock} ${t.year}`;
}

/** ISO 8601: year and week. */
function isoWeek(t: BrokenTime): readonly [number, number] {
  const weekday = (t.weekday + 6) % 7;
  const week = Math.floor((t.yearDay - weekday + 10) / 7);
  if (week < 1) return [t.year - 1, weeksIn(t.year - 1, t.weekday - t.yearDay - 1)];
  const most = weeksIn(t.year, t.weekday - t.yearDay + (isLeap(t.year) ? 365 : 364));
  return week > most ? [t.year + 1, 1] : [t.year, week];
}

const isLeap = (y: number): boolean => (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;

/** Weeks of a year by the weekday of its last day (0 Sunday, any multiple of 7 added). */
function weeksIn(year: number, lastWeekday: number): number {
  const last = ((lastWeekday % 7) + 7) % 7;
  return last === 4 || (last === 5 && isLeap(year)) ? 53 : 52;
}

const weekOfYear = (t: BrokenTime, first: number): number =>
  Math.floor((t.yearDay + 7 - ((t.weekday - first + 7) % 7)) / 7);

/** 'Z' of a time without a zone is empty. */
function offsetText(t: BrokenTime): string {
  const offset = t.local?.offset ?? 0;
  const minutes = Math.floor(Math.abs(offset) / 60);
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

const hour12 = (t: BrokenTime): number => (t.hour % 12 === 0 ? 12 : t.hour % 12);

/** A number with its width and fill, or text. */
type Field = readonly [number, number, string] | string;

function fieldOf(t: BrokenTime, directive: string, epoch: (t: BrokenTime) => number): Field | undefined {
  switch (directive) {
    case 'a':
      return DAYS[t.weekday].slice(0, 3);
    case 'A':
      return DAYS[t.weekday];
    case 'b':
    case 'h':
      return MONTHS[t.month].slice(0, 3);
    case 'B':
      return MONTHS[t.month];
    case 'c':
      return asctimeText(t);
    case 'C':
      return [Math.floor(t.year / 100), 2, '0'];
    case 'd':
      return [t.day, 2, '0'];
    case 'D':
    case 'x':
      return `${two(t.month + 1)}/${two(t.day)}/${two(((t.year % 100) + 100) % 100)}`;
    case 'e':
      return [t.day, 2, ' '];
    case 'F':
      return `${t.year}-${two(t.month + 1)}-${two(t.day)}`;
    case 'g':
      return [((isoWeek(t)[0] % 100) + 100) % 100, 2, '0'];
    case 'G':
      return [isoWeek(t)[0], 1, '0'];
    case 'H':
      return [t.hour, 2, '0'];
    case 'I':
      return [hour12(t), 2, '0'];
    case 'j':
      return [t.yearDay + 1, 3, '0'];
    case 'k':
      return [t.hour, 2, ' '];
    case 'l':
      return [hour12(t), 2, ' '];
    default:
      return laterField(t, directive, epoch);
  }
}

function laterField(t: BrokenTime, directive: string, epoch: (t: BrokenTime) => number): Field | undefined {
  switch (directive) {
    case 'm':
      return [t.month + 1, 2, '0'];
    case 'M':
      return [t.minute, 2, '0'];
    case 'n':
      return '\n';
    case 'p':
      return t.hour < 12 ? 'AM' : 'PM';
    case 'P':
      return t.hour < 12 ? 'am' : 'pm';
    case 'r':
      return `${two(hour12(t))}:${two(t.minute)}:${two(t.second)} ${t.hour < 12 ? 'AM' : 'PM'}`;
    case 'R':
      return `${two(t.hour)}:${two(t.minute)}`;
    case 's':
      return [epoch(t), 1, '0'];
    case 'S':
      return [t.second, 2, '0'];
    case 't':
      return '\t';
    case 'T':
    case 'X':
      return `${two(t.hour)}:${two(t.minute)}:${two(t.second)}`;
    case 'u':
      return [t.weekday === 0 ? 7 : t.weekday, 1, '0'];
    case 'U':
      return [weekOfYear(t, 0), 2, '0'];
    case 'V':
      return [isoWeek(t)[1], 2, '0'];
    case 'w':
      return [t.weekday, 1, '0'];
    case 'W':
      return [weekOfYear(t, 1), 2, '0'];
    case 'y':
      return [((t.year % 100) + 100) % 100, 2, '0'];
    case 'Y':
      return [t.year, 1, '0'];
    case 'z':
      return offsetText(t);
    case 'Z':
      return t.local?.name ?? '';
    case '%':
      return '%';
    default:
      return undefined;
  }
}

/** Applies flags and width. */
function laid(field: Field, directive: string, flags: string, width: number): string {
  const fill = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : undefined;
  let text: string;
  if (typeof field === 'string') text = field.padStart(width, fill ?? ' ');
  else if (flags.includes('-')) text = String(field[0]);
  else text = pad(field[0], Math.max(width, field[1]), fill ?? field[2]);
  if (flags.includes('^')) return text.toUpperCase();
  if (!flags.includes('#')) return text;
  return directive === 'p' ? text.toLowerCase() : text.toUpperCase();
}

/** Directives, with what the C library ignores before them; those it does not know stay as they are. */
export function formatTime(format: string, t: BrokenTime, epoch: (t: BrokenTime) => number): string {
  return format.replace(/%([-_0^#]*)(\d*)([EO]?)([^])/gu, (all, flags: string, width: string, _modifier, directive) => {
    const field = fieldOf(t, directive as string, epoch);
    return field === undefined ? all : laid(field, directive as string, flags, Number(width));
  });
}
