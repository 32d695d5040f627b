/** Where a module's source lies, and the code it holds: precompiled, or compiled now. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { raise } from '../objects/exceptions.js';
import { intern } from '../objects/strings.js';
import { precompiled } from '../vm/code-pack.js';
import { codeFromFile } from '../vm/lazy-code.js';
import { compileSource } from './compile.js';
import { currentDirectory } from './paths.js';

/** A source file. */
export interface SourceFile {
  readonly file: string;
  /** Its size in bytes. */
  readonly size: number;
}

export interface Found {
  /** Undefined for a namespace package. */
  readonly source?: SourceFile;
  /** Directories of a package. */
  readonly locations?: readonly string[];
}

/** A module or package, not a namespace. */
export type FoundSource = Found & { readonly source: SourceFile };
export const hasSource = (found: Found | undefined): found is FoundSource => found?.source !== undefined;

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The source file at a path; undefined when there is none. */
export function fileAt(file: string): SourceFile | undefined {
  const s = statOf(file);
  return s?.isFile() === true ? { file, size: s.size } : undefined;
}

/** The absolute path of an entry of sys.path, without a slash at its end. */
function folderOf(entry: string): string {
  const folder = entry.startsWith('/') ? entry : `${currentDirectory()}/${entry.replace(/^(\.\/)+|^\.$/, '')}`;
  return folder.replace(/\/+$/, '');
}

/** Looks for a module's last name in directories, in order. */
export function findSource(tail: string, path: readonly string[]): Found | undefined {
  const portions: string[] = [];
  for (const entry of path) {
    const base = `${folderOf(entry)}/${tail}`;
    const directory = statOf(base)?.isDirectory() === true;
    const init = directory ? fileAt(`${base}/__init__.py`) : undefined;
    if (init !== undefined) return { source: init, locations: [base] };
    const source = fileAt(`${base}.py`);
    if (source !== undefined) return { source };
    if (directory) portions.push(base);
  }
  return portions.length === 0 ? undefined : { locations: portions };
}

/** Code object of a source file, which tracebacks show under `name`. 0 with the exception set. */
export function codeOfSource({ file, size }: SourceFile, name = file): number {
  const number = precompiled(file, size);
  if (number >= 0) return codeFromFile(number, intern(name));
  let source: Uint8Array;
  try {
    source = readFileSync(file);
  } catch (e) {
    return raise('ImportError', `cannot read '${file}': ${(e as Error).message}`);
  }
  return compileSource(source, name, 'exec');
}
