/** Text of an uncaught exception, as CPython 3.14 prints it. */
import { rootAll } from '../heap/hold.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { positionAt } from '../compiler/positions.js';
import { lookupAttr, repr, str } from '../objects/abstract.js';
import { clearException, exceptionType, takeException } from '../objects/exceptions.js';
import { plainItems } from '../objects/list.js';
import * as N from '../objects/names.js';
import { isStr, isSubtype, typeOf } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { codePositions } from '../vm/code.js';
import { locationLines } from './carets.js';
import { suggestionFor } from './suggestions.js';
import { sourceLine } from './source-lines.js';
import { keywordTypo } from './syntax-typos.js';

const I32 = i32;
const REPEATS_SHOWN = 3;
const MAX_GROUP_WIDTH = 15;
const MAX_GROUP_DEPTH = 10;

const CAUSE = '\nThe above exception was the direct cause of the following exception:\n\n';
const CONTEXT = '\nDuring handling of the above exception, another exception occurred:\n\n';

/** str() or repr() that cannot fail. */
function safe(h: number, f: (h: number) => number, fallback: string): string {
  const s = f(h);
  if (s !== 0) return toJS(s);
  clearException();
  return fallback;
}

/** Attribute text of a type, '' when it has none. */
function typeText(type: number, name: number): string {
  const v = lookupAttr(type, name);
  if (v === 0) clearException();
  return v !== 0 && isStr(v) ? toJS(v) : '';
}

/** Class name as the last line shows it: with its module unless that is builtins or __main__. */
export function exceptionTypeText(type: number): string {
  const module = typeText(type, N.N_MODULE);
  const name = typeText(type, N.N_QUALNAME);
  return module === '__main__' || module === 'builtins' ? name : `${module === '' ? '<unknown>' : module}.${name}`;
}

interface Entry {
  file: string;
  line: number;
  name: string;
  text: string;
}

/** Shows the source of an entry: with carets, or the line alone. */
type Source = (file: string, line: number, code: number, pc: number) => string;

const withCarets: Source = (file, line, code, pc) =>
  locationLines({ ...positionAt(codePositions(code), pc), line }, (n) => sourceLine(file, n));

function lineAlone(file: string, line: number): string {
  const text = sourceLine(file, line)?.trim() ?? '';
  return text === '' ? '' : `    ${text}\n`;
}

function entryOf(tb: number, source: Source): Entry {
  const w = tb >>> 2;
  const code = I32[w + L.TRACEBACK_CODE];
  const file = toJS(I32[(code >>> 2) + L.CODE_FILENAME]);
  const name = toJS(I32[(code >>> 2) + L.CODE_NAME]);
  const line = I32[w + L.TRACEBACK_LINENO];
  const lines = source(file, line, code, I32[w + L.TRACEBACK_PC]);
  return { file, line, name, text: `  File "${file}", line ${line}, in ${name}\n${lines}` };
}

const moreLine = (n: number): string => `  [Previous line repeated ${n} more time${n === 1 ? '' : 's'}]\n`;

/** Entries of a traceback, innermost last; repeated ones are counted. */
export function formatTraceback(tb: number, source = withCarets): string {
  let out = '';
  let last: Entry | undefined;
  let count = 0;
  const close = (): string => (count > REPEATS_SHOWN ? moreLine(count - REPEATS_SHOWN) : '');
  for (let t = tb; t !== 0; t = I32[(t >>> 2) + L.TRACEBACK_NEXT]) {
    const e = entryOf(t, source);
    if (last === undefined || last.file !== e.file || last.line !== e.line || last.name !== e.name) {
      out += close();
      last = e;
      count = 0;
    }
    count++;
    if (count <= REPEATS_SHOWN) out += e.text;
  }
  return out + close();
}

// ---------------------------------------------------------------- the last lines

const smallOr = (h: number, fallback: number): number => ((h & 1) !== 0 ? h >> 1 : fallback);
/** The attribute is rooted until formatExceptionOnly is done. */
const attribute = (e: number, name: string): number => {
  const v = lookupAttr(e, intern(name));
  if (v === 0) clearException();
  root(v);
  return v === 0 ? H.NONE : v;
};

const SYNTAX_FIELDS = ['filename', 'lineno', 'text', 'msg', '_metadata', 'offset', 'end_lineno', 'end_offset'] as const;
type SyntaxPlace = Record<(typeof SYNTAX_FIELDS)[number], number>;

/** What is shown of a SyntaxError: its attributes, or where a misspelt keyword explains it, that. */
function syntaxPlace(e: number): SyntaxPlace {
  const place = Object.fromEntries(SYNTAX_FIELDS.map((name) => [name, attribute(e, name)])) as SyntaxPlace;
  const typo = keywordTypo(place);
  if (typo === null) return place;
  const [msg, text] = [fromJS(typo.msg), fromJS(typo.text ?? '')];
  root(msg);
  root(text);
  const lineno = H.small(typo.lineno!);
  const [offset, end_offset] = [H.small(typo.offset!), H.small(typo.end_offset!)];
  return { ...place, msg, text, lineno, offset, end_lineno: lineno, end_offset };
}

/** The line of a SyntaxError with its carets; offsets count from 1. */
function syntaxCarets(place: SyntaxPlace, text: string): string {
  const right = text.replace(/\n+$/, '');
  const left = right.replace(/^[ \n\f]+/, '');
  const spaces = right.length - left.length;
  if (place.offset === H.NONE) return `    ${left}\n`;
  let offset = smallOr(place.offset, 0);
  let end = offset;
  if (place.lineno === place.end_lineno) end = smallOr(place.end_offset, 0) || offset;
  else end = right.length + 1;
  if (text !== '' && offset > text.length) offset = right.length + 1;
  if (text !== '' && end > text.length) end = right.length + 1;
  if (offset >= end || end < 0) end = offset + 1;
  const column = offset - 1 - spaces;
  if (column < 0) return `    ${left}\n`;
  const pad = [...left.slice(0, column)].map((c) => (/\s/.test(c) ? c : ' ')).join('');
  return `    ${left}\n    ${pad}${'^'.repeat(end - 1 - spaces - column)}\n`;
}

function formatSyntaxError(e: number, type: string): string {
  const place = syntaxPlace(e);
  const { filename: file, lineno: line, text, msg: message } = place;
  let out = '';
  let suffix = '';
  if (line !== H.NONE) out += `  File "${file === H.NONE ? '<string>' : toJS(str(file))}", line ${toJS(str(line))}\n`;
  else if (file !== H.NONE) suffix = ` (${toJS(str(file))})`;
  if (isStr(text)) out += syntaxCarets(place, toJS(text));
  const shown =
    message === H.NONE || (isStr(message) && toJS(message) === '') ? '<no detail available>' : safe(message, str, '');
  return `${out}${type}: ${shown}${suffix}\n`;
}

function formatNotes(e: number): string {
  const notes = attribute(e, '__notes__');
  if (notes === H.NONE) return '';
  const items = isStr(notes) ? undefined : plainItems(notes);
  if (items === undefined) return `${safe(notes, repr, '<__notes__ repr() failed>')}\n`;
  rootAll(items);
  return items
    .map((n) =>
      safe(n, str, '<note str() failed>')
        .split('\n')
        .map((l) => `${l}\n`)
        .join(''),
    )
    .join('');
}

/** The lines after the traceback. */
export function formatExceptionOnly(e: number): string {
  const slot = root(e);
  const text = formatLastLines(e);
  unroot(slot);
  return text;
}

function formatLastLines(e: number): string {
  const type = exceptionTypeText(typeOf(e));
  if (isSubtype(typeOf(e), exceptionType('SyntaxError'))) return formatSyntaxError(e, type) + formatNotes(e);
  const text = safe(e, str, '<exception str() failed>') + suggestionFor(e);
  return (text === '' ? `${type}\n` : `${type}: ${text}\n`) + formatNotes(e);
}

// ---------------------------------------------------------------- chains and groups

interface GroupState {
  depth: number;
  needClose: boolean;
  readonly seen: Set<number>;
}

function emit(state: GroupState, text: string, margin = '|'): string {
  if (state.depth === 0) return text;
  const indent = `${'  '.repeat(state.depth)}${margin} `;
  return text.replace(/[^\n]*\n/g, (line) => indent + line);
}

/** The exception and those it is chained to, oldest first, each with the message that follows it. */
function chain(e: number, seen: Set<number>): { exception: number; message: string }[] {
  const out: { exception: number; message: string }[] = [];
  let message = '';
  for (let x = e; x !== 0; ) {
    seen.add(x);
    out.unshift({ exception: x, message });
    const w = x >>> 2;
    const cause = I32[w + L.EXCEPTION_CAUSE];
    const context = I32[w + L.EXCEPTION_SUPPRESS] === 0 ? I32[w + L.EXCEPTION_CONTEXT] : 0;
    message = cause !== 0 ? CAUSE : CONTEXT;
    const next = cause !== 0 ? cause : context;
    x = next !== 0 && !seen.has(next) ? next : 0;
  }
  return out;
}

function formatGroup(e: number, state: GroupState): string {
  const tb = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
  const top = state.depth === 0;
  if (top) state.depth = 1;
  let out = '';
  if (tb !== 0)
    out +=
      emit(state, 'Exception Group Traceback (most recent call last):\n', top ? '+' : '|') +
      emit(state, formatTraceback(tb));
  out += emit(state, formatExceptionOnly(e));
  const items = plainItems(I32[(e >>> 2) + L.EXCEPTION_B]) ?? [];
  const slot = rootAll(items);
  const shown = Math.min(items.length, MAX_GROUP_WIDTH + 1);
  state.needClose = false;
  for (let i = 0; i < shown; i++) {
    if (i === shown - 1) state.needClose = true;
    const truncated = i >= MAX_GROUP_WIDTH;
    const indent = '  '.repeat(state.depth);
    out += `${indent}${i === 0 ? '+-' : '  '}+---------------- ${truncated ? '...' : i + 1} ----------------\n`;
    state.depth++;
    const rest = items.length - MAX_GROUP_WIDTH;
    out += truncated ? emit(state, `and ${rest} more exception${rest > 1 ? 's' : ''}\n`) : formatChain(items[i], state);
    if (i === shown - 1 && state.needClose) {
      out += `${'  '.repeat(state.depth)}+------------------------------------\n`;
      state.needClose = false;
    }
    state.depth--;
  }
  unroot(slot);
  if (top) state.depth = 0;
  return out;
}

function formatOne(e: number, state: GroupState): string {
  if (isSubtype(typeOf(e), exceptionType('BaseExceptionGroup'))) {
    if (state.depth > MAX_GROUP_DEPTH) return emit(state, `... (max_group_depth is ${MAX_GROUP_DEPTH})\n`);
    return formatGroup(e, state);
  }
  const tb = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
  const stack = tb === 0 ? '' : emit(state, 'Traceback (most recent call last):\n') + emit(state, formatTraceback(tb));
  return stack + emit(state, formatExceptionOnly(e));
}

function formatChain(e: number, state: GroupState): string {
  const links = chain(e, state.seen);
  const slot = rootAll(links.map((l) => l.exception));
  const text = links
    .map(({ exception, message }) => formatOne(exception, state) + (message === '' ? '' : emit(state, message)))
    .join('');
  unroot(slot);
  return text;
}

/** Everything CPython prints for an uncaught exception, newline at the end. */
export function formatException(e: number): string {
  const pending = takeException();
  void pending;
  return formatChain(e, { depth: 0, needClose: false, seen: new Set() });
}

/** What CPython prints of an exception that nobody could catch: no carets, no causes, no notes. */
export function formatUnraisable(e: number): string {
  const slot = root(e);
  const tb = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
  const stack = tb === 0 ? '' : `Traceback (most recent call last):\n${formatTraceback(tb, lineAlone)}`;
  const text = `${exceptionTypeText(typeOf(e))}: ${safe(e, str, '<exception str() failed>')}\n`;
  unroot(slot);
  return stack + text;
}
