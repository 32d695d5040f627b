/** `_imp`: what importlib needs of the interpreter. All modules that are not Python are built in; none are frozen or extensions. */
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { index, indexNumber, repr } from '../objects/abstract.js';
import { getAttr } from '../objects/attribute.js';
import { bufferOf, noBuffer } from '../objects/byte-buffer.js';
import { bytesFromU8 } from '../objects/bytes.js';
import { builtinModule, isBuiltinModule } from './builtin-modules.js';
import { defineModule } from '../objects/define.js';
import { dictGetStr } from '../objects/dict.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromNumber, intToBigInt } from '../objects/int.js';
import { newListFromArray } from '../objects/list.js';
import { blocking } from '../objects/natives.js';
import { isStr } from '../objects/object.js';
import { intern, toJS } from '../objects/strings.js';
import { publishStore } from '../objects/sync.js';
import * as T from '../objects/type-ids.js';
import { newLock, UNWIND } from '../threads/lock.js';
import { acquireRecursive, isOwned, releaseRecursive, T_RLOCK } from './_thread-locks.js';
import { environmentModules } from './environment.js';
import { currentEnvironment } from './frames.js';
import { raiseImport } from './import-errors.js';
import { instantiateModule } from './modules.js';
import { sipHash13 } from './siphash.js';

const I32 = i32;

// ---------------------------------------------------------------- the import lock

const lockWord = (environment: number): number => (environment >>> 2) + L.ENVIRONMENT_IMPORT_LOCK;

/** The lock that guards importlib's own tables. */
function importLock(): number {
  const environment = currentEnvironment();
  const word = lockWord(environment);
  if (I32[word] === 0) {
    const lock = newLock(T.typeHandle(T_RLOCK), true);
    publishStore(environment, lock);
    if (atomics.cas(word << 2, 0, lock) === 0) storeRef(environment, L.ENVIRONMENT_IMPORT_LOCK, lock);
  }
  return I32[word];
}

const acquireLock = blocking(() => (acquireRecursive(importLock(), Infinity) === UNWIND ? 0 : H.NONE));

const releaseLock = (): number =>
  releaseRecursive(importLock()) ? H.NONE : raise('RuntimeError', 'not holding the import lock');

// ---------------------------------------------------------------- built-in modules

/** An argument that must be a str; undefined with TypeError set. */
function textArgument(who: string, h: number): string | undefined {
  if (isStr(h)) return toJS(h);
  return void raise('TypeError', `${who}() argument must be str, not ${typeName(h)}`);
}

function isBuiltin(args: number): number {
  const name = textArgument('is_builtin', I32[args]);
  if (name === undefined) return 0;
  // sys and builtins are never made a second time.
  return H.small(name === 'sys' || name === 'builtins' ? -1 : isBuiltinModule(name) ? 1 : 0);
}

function createBuiltin(args: number): number {
  const h = getAttr(I32[args], intern('name'));
  if (h === 0) return 0;
  if (!isStr(h)) return raise('TypeError', `name must be string, not ${typeName(h)}`);
  const name = toJS(h);
  const environment = currentEnvironment();
  const definition = builtinModule(name);
  if (definition === undefined) return H.NONE;
  const known = name === 'sys' || name === 'builtins' ? dictGetStr(environmentModules(environment), intern(name)) : 0;
  return known !== 0 ? known : instantiateModule(environment, definition);
}

// ---------------------------------------------------------------- frozen modules

function isFrozen(args: number): number {
  return textArgument('is_frozen', I32[args]) === undefined ? 0 : H.FALSE;
}

function noFrozen(who: string): (args: number) => number {
  return (args) => {
    if (textArgument(who, I32[args]) === undefined) return 0;
    return raiseImport('ImportError', `No such frozen object named ${toJS(repr(I32[args]))}`, I32[args]);
  };
}

function noFrozenModule(who: string): (args: number) => number {
  return (args) => (textArgument(who, I32[args]) === undefined ? 0 : H.NONE);
}

// ---------------------------------------------------------------- the module

function sourceHash(args: number): number {
  const key = index(I32[args]);
  if (key === 0) return 0;
  const data = bufferOf(I32[args + 1]);
  if (data === undefined) return noBuffer(I32[args + 1]);
  const out = Buffer.alloc(8);
  out.writeBigUInt64LE(sipHash13(BigInt.asUintN(64, intToBigInt(key)), 0n, data));
  return bytesFromU8(out);
}

function overrideFrozen(args: number): number {
  return Number.isNaN(indexNumber(I32[args])) ? 0 : H.NONE;
}

defineModule({
  name: '_imp',
  doc: '(Extremely) low-level import machinery bits as used by importlib.',
  functions: [
    ['extension_suffixes', () => newListFromArray([]), [0, 0]],
    ['lock_held', () => H.fromBool(isOwned(importLock())), [0, 0]],
    ['acquire_lock', acquireLock, [0, 0]],
    ['release_lock', releaseLock, [0, 0]],
    ['find_frozen', noFrozenModule('find_frozen'), '(name, /, *, withdata=False)'],
    ['get_frozen_object', noFrozen('get_frozen_object'), '(name, data=None, /)'],
    ['is_frozen_package', noFrozen('is_frozen_package'), [1, 1]],
    ['create_builtin', createBuiltin, [1, 1]],
    ['init_frozen', noFrozenModule('init_frozen'), [1, 1]],
    ['is_builtin', isBuiltin, [1, 1]],
    ['is_frozen', isFrozen, [1, 1]],
    ['_frozen_module_names', () => newListFromArray([]), [0, 0]],
    ['_override_frozen_modules_for_tests', overrideFrozen, [1, 1]],
    [
      '_override_multi_interp_extensions_check',
      () =>
        raise('RuntimeError', '_imp._override_multi_interp_extensions_check() cannot be used in the main interpreter'),
      [1, 1],
    ],
    ['exec_builtin', () => H.small(0), [1, 1]],
    ['source_hash', sourceHash, '(key, source)'],
  ],
  attributes: () => ({
    check_hash_based_pycs: intern('default'),
    pyc_magic_number_token: intFromNumber(168627755),
  }),
});
