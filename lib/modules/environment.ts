/** Environments: one Python program's modules, builtins and sys (design, section 7). */
import { root, unroot } from '../heap/context.js';
import { dirname, join, resolve } from 'node:path';
import { storeRef } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { moduleDefinitions } from '../objects/define.js';
import { dictSetStr, newOldDict } from '../objects/dict.js';
import { allocateEnvironment } from '../objects/environment.js';
import { newListFromArray } from '../objects/list.js';
import * as N from '../objects/names.js';
import { fromJS, intern } from '../objects/strings.js';
import { runCode } from './compile.js';
import { importModule } from './import.js';
import { setStandardStreams } from './io-standard.js';
import { instantiateModule, moduleDict, moduleGet, moduleSet, newModule } from './modules.js';

const I32 = i32;
const C = CARRIER;

export interface EnvironmentOptions {
  /** sys.argv. */
  readonly argv?: readonly string[];
  /** sys.path: where modules are looked for, the standard library included. */
  readonly path?: readonly string[];
  /** Folder of the standard library: sys._stdlib_dir, and what sys.prefix and sys.executable are derived from. */
  readonly stdlib?: string;
  /** An ENVIRONMENT that a host made, to be filled. */
  readonly into?: number;
}

/** Functions of sys that are kept under a second name for programs that replace them. */
const HOOKS = ['displayhook', 'excepthook', 'unraisablehook', 'breakpointhook'];

const strings = (list: readonly string[]): number => newListFromArray(list.map(fromJS));

/** Where things are, in `sys`. */
function setPlaces(sys: number, stdlib: string): void {
  const folder = stdlib === '' ? '' : dirname(resolve(stdlib));
  const executable = fromJS(folder === '' ? process.execPath : join(folder, 'cli.js'));
  for (const name of ['prefix', 'exec_prefix', 'base_prefix', 'base_exec_prefix']) moduleSet(sys, name, fromJS(folder));
  moduleSet(sys, 'executable', executable);
  moduleSet(sys, '_base_executable', executable);
  moduleSet(sys, '_stdlib_dir', stdlib === '' ? H.NONE : fromJS(resolve(stdlib)));
}

/** A new environment with `builtins`, `sys` and an empty `__main__`. A thread must be mounted and have a context. Returns its handle. */
export function newEnvironment(options: EnvironmentOptions = {}): number {
  const environment = options.into ?? allocateEnvironment();
  const slot = root(environment);
  const modules = newOldDict();
  storeRef(environment, L.ENVIRONMENT_MODULES, modules);
  root(modules);
  const builtins = instantiateModule(environment, moduleDefinitions.get('builtins')!);
  storeRef(environment, L.ENVIRONMENT_BUILTINS, moduleDict(builtins));
  root(builtins);
  const sys = instantiateModule(environment, moduleDefinitions.get('sys')!);
  storeRef(environment, L.ENVIRONMENT_SYS, sys);
  root(sys);
  moduleSet(sys, 'modules', modules);
  moduleSet(sys, 'argv', strings(options.argv ?? ['']));
  setPlaces(sys, options.stdlib ?? '');
  moduleSet(sys, 'orig_argv', newListFromArray([moduleGet(sys, 'executable'), ...(options.argv ?? ['']).map(fromJS)]));
  for (const name of HOOKS) moduleSet(sys, `__${name}__`, moduleGet(sys, name));
  moduleSet(sys, 'path', strings(options.path ?? []));
  dictSetStr(modules, intern('builtins'), builtins);
  dictSetStr(modules, intern('sys'), sys);
  const io = importModule(environment, '_io');
  dictSetStr(moduleDict(builtins), intern('open'), moduleGet(io, 'open'));
  within(environment, () => setStandardStreams(sys));
  const main = newModule(environment, '__main__');
  storeRef(environment, L.ENVIRONMENT_MAIN_MODULE, main);
  dictSetStr(moduleDict(main), N.N_BUILTINS, builtins);
  dictSetStr(modules, N.N_MAIN, main);
  unroot(slot);
  return environment;
}

/** Runs `run` with `environment` as the current one. */
function within(environment: number, run: () => void): void {
  const word = I32[C + L.CAR_CONTEXT] + L.F_ENVIRONMENT;
  const before = I32[word];
  I32[word] = environment;
  run();
  I32[word] = before;
}

/** Makes `environment` that of the mounted thread's current context. */
export function enterEnvironment(environment: number): void {
  I32[C + L.CAR_ENVIRONMENT] = environment;
  I32[I32[C + L.CAR_CONTEXT] + L.F_ENVIRONMENT] = environment;
}

/** Runs code in the environment's `__main__`; its value (None), 0 with the exception set. */
export function runMain(environment: number, code: number): number {
  const globals = moduleDict(I32[(environment >>> 2) + L.ENVIRONMENT_MAIN_MODULE]);
  return runCode(code, globals, globals, environment);
}

/** sys.modules. */
export const environmentModules = (environment: number): number => I32[(environment >>> 2) + L.ENVIRONMENT_MODULES];
