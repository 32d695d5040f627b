/**
 * The module `posix`, which CPython's os.py is made of (https://docs.python.org/3.14/library/os.html). What Node cannot do (fork, exec, pipe,
 * dup and their like) is absent.
 */
import { makeAll } from '../heap/hold.js';
import { takeWords, unroot } from '../heap/context.js';
import { i32 } from '../heap/memory.js';
import { isBytes } from '../objects/bytes.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { exceptionType, raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { newListFromArray } from '../objects/list.js';
import { isStr } from '../objects/object.js';
import { fromJS } from '../objects/strings.js';
import { newTupleOf } from '../objects/tuple.js';
import { nameLike, rawPath } from './paths.js';
import { posixConstants } from './posix-constants.js';
import { directoryFunctions, directoryTypes } from './posix-directory.js';
import { fileFunctions } from './posix-files.js';
import { environ, processFunctions, processTypes, sysconfNames } from './posix-process.js';
import { statFunctions, statTypes } from './posix-stat.js';

const I32 = i32;

/** What os.py makes os.supports_fd and its like from. */
const HAVE =
  'HAVE_FCHMOD HAVE_FCHOWN HAVE_FDOPENDIR HAVE_FSTATVFS HAVE_FTRUNCATE HAVE_FUTIMENS HAVE_LCHOWN HAVE_LSTAT HAVE_LUTIMES';

/** A path argument of the path functions; undefined with TypeError set. */
function pathText(who: string, h: number): Buffer | undefined {
  if (!isStr(h) && !isBytes(h))
    return void raise('TypeError', `${who}: path should be string or bytes, not ${typeName(h)}`);
  const raw = rawPath(h);
  return raw === undefined ? undefined : Buffer.from(raw as string);
}

/** Root and rest: POSIX knows '/', and '//' as something of its own. */
function rootOf(path: string): string {
  if (!path.startsWith('/')) return '';
  return path.startsWith('//') && !path.startsWith('///') ? '//' : '/';
}

/** os.path.normpath. */
function normpath(args: number): number {
  const path = pathText('normpath', I32[args])?.toString('latin1');
  if (path === undefined) return 0;
  const root = rootOf(path);
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..' || (root === '' && (out.length === 0 || out[out.length - 1] === '..'))) out.push(part);
    else out.pop();
  }
  return nameLike(I32[args], Buffer.from(root + out.join('/') || '.', 'latin1'));
}

/** os.path.splitroot: drive (always empty), root, rest. */
function splitroot(args: number): number {
  const path = pathText('splitroot', I32[args])?.toString('latin1');
  if (path === undefined) return 0;
  const root = rootOf(path);
  const slot = takeWords(0);
  const made = makeAll(['', root, path.slice(root.length)], (s) => nameLike(I32[args], Buffer.from(s, 'latin1')));
  unroot(slot);
  return newTupleOf(made);
}

const pathFunctions: readonly MethodRow[] = [
  ['_path_normpath', normpath, '(path)'],
  ['_path_splitroot_ex', splitroot, '(path, /)'],
];

defineModule({
  name: 'posix',
  doc: `This module provides access to operating system functionality that is
standardized by the C Standard and the POSIX standard (a thinly
disguised Unix interface).  Refer to the library manual and
corresponding Unix manual entries for more information on calls.`,
  functions: [...statFunctions, ...directoryFunctions, ...fileFunctions, ...processFunctions, ...pathFunctions],
  types: [...statTypes, ...directoryTypes, ...processTypes],
  attributes: () => ({
    error: exceptionType('OSError'),
    environ: environ(),
    sysconf_names: sysconfNames(),
    _have_functions: newListFromArray(HAVE.split(' ').map(fromJS)),
    ...Object.fromEntries(posixConstants().map(([name, value]) => [name, intFromNumber(value)])),
  }),
});
