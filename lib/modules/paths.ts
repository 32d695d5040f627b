/** Path arguments (https://docs.python.org/3.14/library/os.path.html): str, bytes, os.PathLike; the environment's own current directory. */
import * as H from '../heap/handles.js';
import { storeRef } from '../heap/barrier.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { call1, hasIndex, indexNumber, lookupSpecial } from '../objects/abstract.js';
import { bytesData, bytesFromU8, isBytes } from '../objects/bytes.js';
import { decodeBytes, encodeStr } from '../objects/codecs.js';
import { raise, typeName } from '../objects/exceptions.js';
import { isStr, typeOf } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { currentEnvironment } from './frames.js';

const I32 = i32;
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** What os.fspath gives for an object; 0 with the exception set. `expected` words the error for what is no path. */
export function fspath(h: number, expected?: () => string): number {
  if (isStr(h) || isBytes(h)) return h;
  const f = lookupSpecial(typeOf(h), intern('__fspath__'));
  if (f === 0 || f === H.NONE)
    return raise('TypeError', expected?.() ?? `expected str, bytes or os.PathLike object, not ${typeName(h)}`);
  const made = call1(f, h);
  if (made === 0 || isStr(made) || isBytes(made)) return made;
  return raise('TypeError', `expected ${typeName(h)}.__fspath__() to return str or bytes, not ${typeName(made)}`);
}

/** The environment's current directory; the process's until it called chdir. */
export function currentDirectory(): string {
  const environment = currentEnvironment();
  const own = environment === 0 ? 0 : I32[(environment >>> 2) + L.ENVIRONMENT_CWD];
  return own === 0 ? process.cwd() : toJS(own);
}

export function setCurrentDirectory(path: string): void {
  storeRef(currentEnvironment(), L.ENVIRONMENT_CWD, fromJS(path));
}

const hasOwnDirectory = (): boolean => {
  const environment = currentEnvironment();
  return environment !== 0 && I32[(environment >>> 2) + L.ENVIRONMENT_CWD] !== 0;
};

/** A path as the system must be given it: relative ones start from the environment's directory. */
export function absolute(path: string | Buffer): string | Buffer {
  if (!hasOwnDirectory() || path.length === 0 || path[0] === '/' || path[0] === 47) return path;
  const base = `${currentDirectory()}/`;
  return typeof path === 'string' ? base + path : Buffer.concat([Buffer.from(base), path]);
}

/** A str or bytes as it is, for Node; undefined with UnicodeEncodeError set. */
export function rawPath(h: number): string | Buffer | undefined {
  if (isBytes(h)) return Buffer.from(bytesData(h));
  const text = toJS(h);
  if (!LONE_SURROGATE.test(text)) return text;
  const data = encodeStr(h, 'utf-8', 'surrogateescape');
  return data === undefined ? undefined : Buffer.from(data);
}

/** A str or bytes as a path for Node; undefined with UnicodeEncodeError set. */
export function nodePath(h: number): string | Buffer | undefined {
  const path = rawPath(h);
  return path === undefined ? undefined : absolute(path);
}

/** The str of a name from the system. */
export const decodeName = (name: Uint8Array): number => decodeBytes(0, name, 'utf-8', 'surrogateescape');

/** A name as the class of `like` has it: bytes for bytes, else str. */
export function nameLike(like: number, name: Buffer): number {
  return like !== 0 && isBytes(like) ? bytesFromU8(name) : decodeName(name);
}

export interface PathArgument {
  /** '' when `fd` is given. */
  readonly path: string | Buffer;
  /** Descriptor given in place of a path; -1: none. */
  readonly fd: number;
  /** What errors name: the str or bytes, or the descriptor. */
  readonly shown: number;
}

/** What a function takes besides str, bytes and os.PathLike. */
export interface PathOptions {
  readonly fd?: boolean;
  readonly none?: boolean;
  /** Name of the parameter; 'path' when missing. */
  readonly name?: string;
}

function expectedText(who: string, h: number, options: PathOptions): string {
  const also = [...(options.fd ? ['integer'] : []), ...(options.none ? ['None'] : [])];
  const kinds = ['string', 'bytes', 'os.PathLike', ...also];
  const last = kinds.pop()!;
  return `${who}: ${options.name ?? 'path'} should be ${kinds.join(', ')} or ${last}, not ${typeName(h)}`;
}

const hasNull = (path: string | Buffer): boolean => (typeof path === 'string' ? path.includes('\0') : path.includes(0));

/**
 * A path parameter of a function of `os`, which is argument `at`; undefined with the exception set. None and 0 stand for '.' where allowed. What
 * `__fspath__` gave takes the argument's place, so that it stays rooted.
 */
export function pathArgument(who: string, at: number, options: PathOptions = {}): PathArgument | undefined {
  const h = I32[at];
  if (options.none && (h === 0 || h === H.NONE)) return { path: absolute('.'), fd: -1, shown: 0 };
  if (options.fd && hasIndex(h)) {
    const fd = indexNumber(h);
    if (Number.isNaN(fd)) return undefined;
    if (fd >= -0x80000000 && fd <= 0x7fffffff) return { path: '', fd, shown: h };
    raise('OverflowError', `fd is ${fd < 0 ? 'less than minimum' : 'greater than maximum'}`);
    return undefined;
  }
  const shown = fspath(h, () => expectedText(who, h, options));
  if (shown === 0) return undefined;
  I32[at] = shown;
  const path = nodePath(shown);
  if (path === undefined) return undefined;
  if (!hasNull(path)) return { path, fd: -1, shown };
  raise('ValueError', `${who}: embedded null character in ${options.name ?? 'path'}`);
  return undefined;
}
