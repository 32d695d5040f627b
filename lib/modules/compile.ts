/** Source text to code object, and running code: compile(), exec(), eval(). */
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32, u8 } from '../heap/memory.js';
import { dis } from '../compiler/dis.js';
import { compile as compileTree, type CodeUnit, type CompileOptions } from '../compiler/index.js';
import { call1, callArgs } from '../objects/call.js';
import { dictGetStr, dictSetStr } from '../objects/dict.js';
import { exceptionType, raise, setException, typeName } from '../objects/exceptions.js';
import { setMetadata } from '../objects/exception-syntax.js';
import { indexNumber } from '../objects/abstract.js';
import { hasItems } from '../objects/protocols.js';
import * as N from '../objects/names.js';
import { blocking } from '../objects/natives.js';
import { isKind, isStr } from '../objects/object.js';
import { fromJS, toJS } from '../objects/strings.js';
import { newTupleOf } from '../objects/tuple.js';
import type { Module } from '../syntax/ast.js';
import { isIncomplete, mayBeTypo, parse, PySyntaxError, type Mode, type PySyntaxWarning } from '../syntax/index.js';
import { callWithLocals, pushFunction } from '../vm/call.js';
import { newCode } from '../vm/code.js';
import { newFunction } from '../vm/function.js';
import { localsDict } from '../vm/rare/names.js';
import { commitTail, defineLeaveHandler, mayTailCall, PUSHED, setLeaveHandler } from '../vm/tail-call.js';
import { isTree, treeFromPython, treeToPython } from './ast-convert.js';
import { validateTree } from './ast-validate.js';
import { currentEnvironment, currentFrame } from './frames.js';
import { sourceLine } from './source-lines.js';
import { emitSyntaxWarning } from './syntax-warnings.js';

const I32 = i32;
const U8 = u8;
const C = CARRIER;
const orNone = (n: number | null): number => (n === null ? H.NONE : H.small(n));

/** What a search for a misspelt keyword needs, where there may be one: the statement's line, and the source if that is no file; None else. */
function metadata(e: PySyntaxError, source: string | undefined): number {
  if (!mayBeTypo(e.msg)) return H.NONE;
  const given = source === undefined ? H.NONE : fromJS(source.endsWith('\n') ? source : `${source}\n`);
  const slot = root(given);
  const made = newTupleOf([H.small(e.statementLine), H.small(0), given]);
  unroot(slot);
  return made;
}

/** Raises the Python exception of a front end's error; returns 0. `source` is the text that was compiled, undefined when it is a file. */
export function raiseSyntaxError(e: PySyntaxError, source?: string): number {
  if (e.type === 'MemoryError') return raise('MemoryError', e.msg);
  const message = fromJS(e.msg);
  const slot = root(message);
  const aboutSlot = root(metadata(e, source));
  const where = newTupleOf([
    e.filename === null ? H.NONE : fromJS(e.filename),
    orNone(e.lineno),
    orNone(e.offset),
    e.text === null ? H.NONE : fromJS(e.text),
    orNone(e.end_lineno),
    orNone(e.end_offset),
  ]);
  root(where);
  const exception = callArgs(exceptionType(e.type), [message, where]);
  if (exception !== 0 && I32[aboutSlot] !== H.NONE) setMetadata(exception, I32[aboutSlot]);
  unroot(slot);
  return exception === 0 ? 0 : setException(exception);
}

/** The compiler gives byte offsets and no text: completes its errors from the file, which is where CPython reads the line from. */
function completeError(e: PySyntaxError, filename: string): void {
  if (e.text !== null || e.lineno === null) return;
  const text = sourceLine(filename, e.lineno);
  if (text === '') return;
  e.text = `${text}\n`;
  const chars = (bytes: number): number =>
    [
      ...Buffer.from(text, 'utf8')
        .subarray(0, bytes - 1)
        .toString('utf8'),
    ].length + 1;
  if (e.offset !== null && e.offset > 0) e.offset = chars(e.offset);
  if (e.end_offset !== null && e.end_offset > 0 && e.end_lineno === e.lineno) e.end_offset = chars(e.end_offset);
}

/** Options of compileSource. */
export interface SourceOptions extends CompileOptions {
  /** Receives the SyntaxWarnings of parser and compiler. */
  onWarning?: (warning: PySyntaxWarning) => void;
  /** The source is that of the file with this name. */
  fromFile?: boolean;
  /** A source that may be the beginning of a valid one is an _IncompleteInputError. */
  allowIncomplete?: boolean;
}

const textOf = (source: string | Uint8Array): string =>
  typeof source === 'string' ? source : Buffer.from(source).toString('utf8');

/** Is what failed with `error` the beginning of a valid source, which only ends too soon? */
function mayGoOn(source: string | Uint8Array, mode: Mode, error: PySyntaxError): boolean {
  const text = textOf(source);
  const last = text.trimEnd().split('\n').length;
  if (error.msg.startsWith('expected an indented block') && (error.lineno ?? 0) >= last) return true;
  try {
    return isIncomplete(text, mode) || isIncomplete(text, 'exec');
  } catch (e) {
    if (e instanceof PySyntaxError) return e.msg.startsWith('unterminated ') || e.msg.endsWith('was never closed');
    throw e;
  }
}

/** A block at a prompt is over with an end of line behind it. */
function endsBlock(source: string | Uint8Array): boolean {
  const text = textOf(source);
  const tree = text.endsWith('\n') ? undefined : parse(text, '', 'single');
  return tree === undefined || tree.kind !== 'Interactive' || !('body' in tree.body[0]!);
}

function raiseIncomplete(filename: string, source: string | Uint8Array): void {
  const lines = textOf(source).trimEnd().split('\n');
  const last = lines.at(-1)!;
  const [line, offset] = [lines.length, [...last].length + 1];
  const e = new PySyntaxError('_IncompleteInputError', 'incomplete input', line, offset, line, -1, `${last}\n`);
  e.filename = filename;
  raiseSyntaxError(e);
}

/** What `make` makes of a source, the warnings shown; undefined with SyntaxError set. */
function guarded<R>(
  filename: string,
  options: SourceOptions,
  make: (options: SourceOptions) => R,
  source?: string | Uint8Array,
  mode: Mode = 'exec',
): R | undefined {
  const warnings: PySyntaxWarning[] = [];
  const settings = { ...options, onWarning: options.onWarning ?? ((w: PySyntaxWarning) => void warnings.push(w)) };
  const show = (): boolean => warnings.splice(0).every((w) => emitSyntaxWarning(w, filename));
  try {
    let made: R;
    try {
      made = make(settings);
    } catch (e) {
      if (!show()) return undefined;
      throw e;
    }
    return show() ? made : undefined;
  } catch (e) {
    if (!(e instanceof PySyntaxError)) throw e;
    e.filename ??= filename;
    completeError(e, filename);
    if (options.allowIncomplete === true && source !== undefined && mayGoOn(source, mode, e))
      raiseIncomplete(filename, source);
    else raiseSyntaxError(e, options.fromFile === true || source === undefined ? undefined : textOf(source));
    return undefined;
  }
}

/** The code units of a source; undefined with SyntaxError set. */
const unitsOf = (
  source: string | Uint8Array,
  filename: string,
  mode: Mode,
  options: SourceOptions,
): CodeUnit | undefined =>
  guarded(filename, options, (o) => compileTree(parse(source, filename, mode, o), filename, mode, o), source, mode);

/** The tree of a source as objects of the module ast; 0 with SyntaxError set. */
function treeOf(source: string | Uint8Array, filename: string, mode: Mode, options: SourceOptions): number {
  const tree = guarded(filename, options, (o) => parse(source, filename, mode, o), source, mode);
  return tree === undefined ? 0 : treeToPython(tree);
}

/** Code object of a tree that a program made; 0 with the exception set. */
function compileNode(node: number, filename: string, mode: Mode, options: SourceOptions): number {
  const tree = treeFromPython(node, mode);
  if (tree === undefined || !validateTree(tree)) return 0;
  const units = guarded(filename, options, (o) => compileTree(tree as Module, filename, mode, o));
  return units === undefined ? 0 : newCode(units);
}

/** Code object of a source; 0 with SyntaxError set. */
export function compileSource(
  source: string | Uint8Array,
  filename: string,
  mode: Mode,
  options: SourceOptions = {},
): number {
  const units = unitsOf(source, filename, mode, options);
  return units === undefined ? 0 : newCode(units);
}

/** The bytecode of a module's source as text; undefined with SyntaxError set. */
export function disassembly(source: string | Uint8Array, filename: string): string | undefined {
  const units = unitsOf(source, filename, 'exec', {});
  return units === undefined ? undefined : `${dis(units)}\n`;
}

function nullBytes(): undefined {
  const e = call1(exceptionType('SyntaxError'), fromJS('source code string cannot contain null bytes'));
  if (e !== 0) setException(e);
}

/** Source argument of compile and its like as text or bytes; undefined with the exception set. */
export function sourceArgument(who: string, h: number, what: string): string | Uint8Array | undefined {
  if (isStr(h)) {
    const text = toJS(h);
    if (!text.includes('\0')) return text;
    return nullBytes();
  }
  if (isKind(h, L.KIND_BYTES) || isKind(h, L.KIND_BYTEARRAY)) {
    const start = I32[(h >>> 2) + L.BYTES_DATA] >>> 0;
    const given = U8.slice(start, start + I32[(h >>> 2) + L.BYTES_LENGTH]);
    return given.includes(0) ? nullBytes() : given;
  }
  raise('TypeError', `${who}() arg 1 must be a ${what}`);
  return undefined;
}

const PY_CF_ONLY_AST = 0x400;
const PY_CF_DONT_IMPLY_DEDENT = 0x200;
const PY_CF_ALLOW_INCOMPLETE_INPUT = 0x4000;
const PY_CF_TYPE_COMMENTS = 0x1000;

/** compile(source, filename, mode, flags=0, dont_inherit=False, optimize=-1). */
export function compile(args: number): number {
  const node = isTree(I32[args]);
  const source = node ? '' : sourceArgument('compile', I32[args], 'string, bytes or AST object');
  if (source === undefined) return 0;
  if (!isStr(I32[args + 1]))
    return raise('TypeError', `expected str, bytes or os.PathLike object, not ${typeName(I32[args + 1])}`);
  if (!isStr(I32[args + 2]))
    return raise('TypeError', `compile() argument 'mode' must be str, not ${typeName(I32[args + 2])}`);
  const mode = toJS(I32[args + 2]);
  const flags = I32[args + 3] === 0 ? 0 : indexNumber(I32[args + 3]);
  if (Number.isNaN(flags)) return 0;
  if ((flags & PY_CF_TYPE_COMMENTS) !== 0) return raise('NotImplementedError', 'type comments are not parsed');
  if (mode !== 'exec' && mode !== 'eval' && mode !== 'single')
    return raise('ValueError', "compile() mode must be 'exec', 'eval' or 'single'");
  const optimize = I32[args + 5] === 0 ? -1 : indexNumber(I32[args + 5]);
  if (Number.isNaN(optimize)) return 0;
  if (optimize < -1 || optimize > 2) return raise('ValueError', 'compile(): invalid optimize value');
  const filename = toJS(I32[args + 1]);
  const allowIncomplete = (flags & PY_CF_ALLOW_INCOMPLETE_INPUT) !== 0;
  if ((flags & PY_CF_ONLY_AST) !== 0) return node ? I32[args] : treeOf(source, filename, mode, { allowIncomplete });
  const options = { allowIncomplete, optimize: Math.max(optimize, 0) as 0 | 1 | 2, flags: flags & 0x1ff0000 };
  if (node) return compileNode(I32[args], filename, mode, options);
  const made = compileSource(source, filename, mode, options);
  if (made === 0 || (flags & PY_CF_DONT_IMPLY_DEDENT) === 0 || mode !== 'single' || endsBlock(source)) return made;
  raiseIncomplete(filename, source);
  return 0;
}

/** The function that runs code with these globals. */
function functionOf(code: number, globals: number, environment: number): number {
  let builtins = dictGetStr(globals, N.N_BUILTINS);
  if (builtins === 0) {
    builtins = I32[(environment >>> 2) + L.ENVIRONMENT_BUILTINS];
    dictSetStr(globals, N.N_BUILTINS, builtins);
  } else if (isKind(builtins, L.KIND_MODULE)) builtins = I32[(builtins >>> 2) + L.MODULE_DICT];
  return newFunction(code, globals, builtins, environment);
}

/** Runs code with these globals and locals mapping; its value, 0 with the exception set. */
export function runCode(code: number, globals: number, locals: number, environment: number): number {
  const slot = root(functionOf(code, globals, environment));
  const r = callWithLocals(I32[slot], locals);
  unroot(slot);
  return r;
}

/** exec() gives None, whatever the code gives. */
const LEAVE_EXEC = defineLeaveHandler(() => H.NONE);

/** Pushes the frame of code with these globals and locals; its word, 0 with the exception set. */
export function pushCode(code: number, globals: number, locals: number, environment: number): number {
  const f = functionOf(code, globals, environment);
  const frame = pushFunction(f, I32[I32[C + L.CAR_CONTEXT] + L.F_SP], 0, 0, 0);
  if (frame !== 0) I32[frame + L.F_LOCALS_DICT] = locals;
  return frame;
}

/** As runCode in a built-in called by the dispatch loop: pushes the code's frame and returns PUSHED. */
function tailCode(who: 'exec' | 'eval', code: number, scope: Scope): number {
  const caller = I32[C + L.CAR_CONTEXT];
  const frame = pushCode(code, scope.globals, scope.locals, currentEnvironment());
  if (frame === 0) return 0;
  if (who === 'exec') setLeaveHandler(frame, LEAVE_EXEC, H.NONE);
  commitTail(caller);
  return PUSHED;
}

interface Scope {
  globals: number;
  locals: number;
}

/** Has it items by key? TypeError when not. */
function isMapping(who: string, h: number): boolean {
  if (hasItems(h)) return true;
  const text =
    who === 'exec' ? `exec() locals must be a mapping or None, not ${typeName(h)}` : 'locals must be a mapping';
  return raise('TypeError', text) !== 0;
}

/** Globals and locals of exec and eval, defaulting to the caller's; undefined with TypeError set. */
function scopeOf(who: string, globals: number, locals: number): Scope | undefined {
  const frame = currentFrame();
  if (globals !== 0 && globals !== H.NONE) {
    if (!isKind(globals, L.KIND_DICT)) {
      raise(
        'TypeError',
        who === 'exec' ? `exec() globals must be a dict, not ${typeName(globals)}` : 'globals must be a dict',
      );
      return undefined;
    }
    if (locals !== 0 && locals !== H.NONE && !isMapping(who, locals)) return undefined;
    return { globals, locals: locals === 0 || locals === H.NONE ? globals : locals };
  }
  if (locals !== 0 && locals !== H.NONE && !isMapping(who, locals)) return undefined;
  const own = I32[frame + L.F_GLOBALS];
  if (locals !== 0 && locals !== H.NONE) return { globals: own, locals };
  return { globals: own, locals: localsDict(frame) };
}

function codeOf(who: string, h: number, mode: 'exec' | 'eval'): number {
  if (isKind(h, L.KIND_CODE)) return h;
  const source = sourceArgument(who, h, 'string, bytes or code object');
  if (source === undefined) return 0;
  return compileSource(
    mode === 'eval' && typeof source === 'string' ? source.replace(/^[ \t]+/, '') : source,
    '<string>',
    mode,
  );
}

function evaluate(who: 'exec' | 'eval', args: number): number {
  const scope = scopeOf(who, I32[args + 1], I32[args + 2]);
  if (scope === undefined) return 0;
  const slot = root(scope.locals);
  const code = codeOf(who, I32[args], who);
  if (code !== 0) root(code);
  const free = code === 0 ? 0 : I32[(code >>> 2) + L.CODE_NFREE];
  let r = code;
  if (free > 0) r = raise('TypeError', `code object passed to ${who}() may not contain free variables`);
  else if (code !== 0 && mayTailCall()) return tailCode(who, code, scope);
  else if (code !== 0) r = runCode(code, scope.globals, scope.locals, currentEnvironment());
  unroot(slot);
  return r;
}

export const exec = blocking((args) => {
  const r = evaluate('exec', args);
  return r === 0 || r === PUSHED ? r : H.NONE;
});
export const evalBuiltin = blocking((args) => evaluate('eval', args));
