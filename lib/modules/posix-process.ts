/** The process and its surroundings: ids, environment variables, terminal size, processors, clocks of the process. */
import { root, unroot } from '../heap/context.js';
import {
  constants,
  cpus,
  loadavg,
  release,
  setPriority,
  getPriority,
  type as systemName,
  hostname,
  version,
  machine,
  userInfo,
  totalmem,
  availableParallelism,
  uptime,
} from 'node:os';
import * as H from '../heap/handles.js';
import { i32 } from '../heap/memory.js';
import { index, indexNumber } from '../objects/abstract.js';
import { bytesFromU8 } from '../objects/bytes.js';
import type { MethodRow } from '../objects/define.js';
import { dictSet, newDict, dictSetStr } from '../objects/dict.js';
import { pendingException, raise } from '../objects/exceptions.js';
import { newFloat } from '../objects/float.js';
import { intFromNumber, intToNumber } from '../objects/int.js';
import { newListFromArray } from '../objects/list.js';
import { isStr } from '../objects/object.js';
import { newSet, setAdd } from '../objects/set.js';
import { fromJS, toJS } from '../objects/strings.js';
import { newTupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { errorText } from './errno.js';
import { blocking, describeDescriptor, isTerminal } from './file-descriptors.js';
import { flushAllWriters } from './open-writers.js';
import { guarded, raiseErrno } from './os-error.js';
import { currentDirectory, decodeName, rawPath, fspath } from './paths.js';
import { intArgument } from './arguments.js';
import { setMask } from './file-mask.js';
import { exitProcess } from './process-exit.js';
import { defineStructSequence, newStructSequence } from './structseq.js';

const I32 = i32;

const UNAME = defineStructSequence({
  id: T.T_BLOCK_POSIX + 4,
  name: 'uname_result',
  module: 'posix',
  fields: ['sysname', 'nodename', 'release', 'version', 'machine'],
});
const TIMES = defineStructSequence({
  id: T.T_BLOCK_POSIX + 5,
  name: 'times_result',
  module: 'posix',
  fields: ['user', 'system', 'children_user', 'children_system', 'elapsed'],
});
const TERMINAL_SIZE = defineStructSequence({
  id: T.T_BLOCK_POSIX + 6,
  name: 'terminal_size',
  module: 'os',
  fields: ['columns', 'lines'],
  doc: 'A tuple of (columns, lines) for holding terminal window size',
});
export const processTypes = [UNAME.id, TIMES.id, TERMINAL_SIZE.id];

const uname = (): number =>
  newStructSequence(UNAME, [systemName(), hostname(), release(), version(), machine()].map(fromJS));

function times(): number {
  const { user, system } = process.cpuUsage();
  const values = [user / 1e6, system / 1e6, 0, 0, uptime()];
  return newStructSequence(
    TIMES,
    values.map((v) => newFloat(Math.round(v * 100) / 100)),
  );
}

/** get_terminal_size(fd=1). */
function terminalSize(args: number, n: number): number {
  const fd = n === 0 ? 1 : intArgument(I32[args]);
  if (Number.isNaN(fd)) return 0;
  const s = describeDescriptor(fd);
  if (typeof s === 'number') return raiseErrno(-s);
  if (!isTerminal(fd)) return raiseErrno(constants.errno.ENOTTY);
  const { WriteStream } = process.getBuiltinModule('node:tty');
  return guarded(() => {
    const [columns, lines] = new WriteStream(fd).getWindowSize();
    return newStructSequence(TERMINAL_SIZE, [H.small(columns), H.small(lines)]);
  });
}

/** The environment's variables as bytes, as CPython has them. */
export function environ(): number {
  const d = newDict();
  const slot = root(d);
  for (const [name, value] of Object.entries(process.env))
    dictSet(d, bytesFromU8(Buffer.from(name)), bytesFromU8(Buffer.from(value ?? '')));
  unroot(slot);
  return d;
}

/** A name or value of an environment variable; undefined with the exception set. */
function variableText(h: number): string | undefined {
  const path = fspath(h);
  const raw = path === 0 ? undefined : rawPath(path);
  if (raw === undefined) return undefined;
  const text = raw.toString();
  if (!text.includes('\0')) return text;
  raise('ValueError', 'embedded null byte');
  return undefined;
}

function putenv(args: number): number {
  const name = variableText(I32[args]);
  const value = name === undefined ? undefined : variableText(I32[args + 1]);
  if (name === undefined || value === undefined) return 0;
  if (name.includes('=')) return raise('ValueError', 'illegal environment variable name');
  process.env[name] = value;
  return H.NONE;
}

function unsetenv(args: number): number {
  const name = variableText(I32[args]);
  if (name === undefined) return 0;
  if (name === '' || name.includes('=')) return raiseErrno(constants.errno.EINVAL);
  delete process.env[name];
  return H.NONE;
}

function kill(args: number): number {
  const [pid, signal] = [intArgument(I32[args]), intArgument(I32[args + 1])];
  if (pendingException() !== 0) return 0;
  return guarded(() => (process.kill(pid, signal), H.NONE));
}

/** system(command): the wait status of /bin/sh. */
function system(args: number): number {
  const command = variableText(I32[args]);
  if (command === undefined) return 0;
  let status = 0;
  flushAllWriters();
  const r = blocking(() => {
    const done = process
      .getBuiltinModule('node:child_process')
      .spawnSync('/bin/sh', ['-c', command], { stdio: 'inherit', cwd: currentDirectory() });
    if (done.error !== undefined) throw done.error;
    status = done.signal === null ? done.status! << 8 : constants.signals[done.signal];
    return 0;
  });
  return r < 0 ? raiseErrno(-r) : intFromNumber(status);
}

function urandom(args: number): number {
  const n = indexNumber(I32[args]);
  if (Number.isNaN(n)) return 0;
  if (n < 0) return raise('ValueError', 'negative argument not allowed');
  return bytesFromU8(process.getBuiltinModule('node:crypto').randomBytes(n));
}

function strerror(args: number): number {
  const n = intArgument(I32[args]);
  return Number.isNaN(n) ? 0 : fromJS(errorText(n));
}

function affinity(args: number): number {
  if (Number.isNaN(intArgument(I32[args]))) return 0;
  const set = newSet();
  for (let i = 0; i < availableParallelism(); i++) setAdd(set, H.small(i));
  return set;
}

const SYSCONF: Readonly<Record<string, readonly [number, () => number]>> = {
  SC_ARG_MAX: [0, () => 2097152],
  SC_CLK_TCK: [2, () => 100],
  SC_NPROCESSORS_CONF: [83, () => cpus().length],
  SC_NPROCESSORS_ONLN: [84, () => cpus().length],
  SC_PAGESIZE: [30, () => 4096],
  SC_PAGE_SIZE: [30, () => 4096],
  SC_PHYS_PAGES: [85, () => Math.floor(totalmem() / 4096)],
};

/** sysconf(name): what Node can tell. */
function sysconf(args: number): number {
  const name = I32[args];
  const row = isStr(name)
    ? SYSCONF[toJS(name)]
    : Object.values(SYSCONF).find(([number]) => (name & 1) !== 0 && name >> 1 === number);
  return row === undefined ? raise('ValueError', 'unrecognized configuration name') : intFromNumber(row[1]());
}

export function sysconfNames(): number {
  const d = newDict();
  for (const [name, [number]] of Object.entries(SYSCONF)) dictSetStr(d, fromJS(name), H.small(number));
  return d;
}

/** Wait statuses, by the macros of sys/wait.h. */
const signalOf = (status: number): number => status & 0x7f;
const statusFunction =
  (test: (status: number) => number) =>
  (args: number): number => {
    const status = intArgument(I32[args]);
    return Number.isNaN(status) ? 0 : test(status);
  };

function statusToExitCode(status: number): number {
  if (signalOf(status) === 0) return H.small((status >> 8) & 0xff);
  if (signalOf(status) !== 0x7f) return H.small(-signalOf(status));
  return raise('ValueError', `process stopped by delivery of signal ${(status >> 8) & 0xff}`);
}

const device = (args: number, part: (n: number) => number): number => {
  const n = index(I32[args]);
  return n === 0 ? 0 : intFromNumber(part(intToNumber(n)));
};
const majorOf = (n: number): number => (Math.floor(n / 256) & 0xfff) + (Math.floor(n / 2 ** 32) & ~0xfff);
const minorOf = (n: number): number => (n & 0xff) + (Math.floor(n / 2 ** 12) & 0xfff00);

function makedev(args: number): number {
  const [major, minor] = [indexNumber(I32[args]), indexNumber(I32[args + 1])];
  if (pendingException() !== 0) return 0;
  return intFromNumber((minor & 0xff) + (major & 0xfff) * 256 + (minor >>> 8) * 2 ** 20 + (major >>> 12) * 2 ** 44);
}

function priority(args: number): number {
  const [which, who] = [intArgument(I32[args]), intArgument(I32[args + 1])];
  if (pendingException() !== 0) return 0;
  if (which !== 0) return raiseErrno(constants.errno.EINVAL);
  return guarded(() => H.small(getPriority(who)));
}

function changePriority(args: number): number {
  const [which, who, value] = [intArgument(I32[args]), intArgument(I32[args + 1]), intArgument(I32[args + 2])];
  if (pendingException() !== 0) return 0;
  if (which !== 0) return raiseErrno(constants.errno.EINVAL);
  return guarded(() => (setPriority(who, value), H.NONE));
}

function deviceEncoding(args: number): number {
  const fd = intArgument(I32[args]);
  return Number.isNaN(fd) ? 0 : isTerminal(fd) ? fromJS('utf-8') : H.NONE;
}

function umask(args: number): number {
  const mask = intArgument(I32[args]);
  return Number.isNaN(mask) ? 0 : H.small(setMask(mask));
}

function exit(args: number): number {
  const status = intArgument(I32[args]);
  return Number.isNaN(status) ? 0 : exitProcess(status & 0xff);
}

const inheritable = (args: number): number => {
  const fd = intArgument(I32[args]);
  if (Number.isNaN(fd)) return 0;
  const s = describeDescriptor(fd);
  return typeof s === 'number' ? raiseErrno(-s) : H.fromBool(fd < 3);
};

const bool = (b: boolean): number => H.fromBool(b);
const number =
  (get: () => number): MethodRow[1] =>
  () =>
    intFromNumber(get());

export const processFunctions: readonly MethodRow[] = [
  ['_create_environ', environ, [0, 0]],
  ['_exit', exit, '(status)'],
  ['cpu_count', number(availableParallelism), [0, 0]],
  ['ctermid', () => fromJS('/dev/tty'), [0, 0]],
  ['device_encoding', deviceEncoding, '(fd)'],
  ['fspath', (args) => fspath(I32[args]), '(path)'],
  ['get_inheritable', inheritable, [1, 1]],
  ['get_terminal_size', terminalSize, [0, 1]],
  ['getegid', number(() => process.getegid!()), [0, 0]],
  ['geteuid', number(() => process.geteuid!()), [0, 0]],
  ['getgid', number(() => process.getgid!()), [0, 0]],
  ['getgroups', () => newListFromArray(process.getgroups!().map(intFromNumber)), [0, 0]],
  ['getloadavg', () => newTupleOf(loadavg().map(newFloat)), [0, 0]],
  ['getlogin', () => guarded(() => decodeName(Buffer.from(userInfo().username))), [0, 0]],
  ['getpid', number(() => process.pid), [0, 0]],
  ['getppid', number(() => process.ppid), [0, 0]],
  ['getpriority', priority, '(which, who)'],
  ['getrandom', urandom, '(size, flags=0)'],
  ['getuid', number(() => process.getuid!()), [0, 0]],
  ['kill', kill, [2, 2]],
  ['major', (args) => device(args, majorOf), [1, 1]],
  ['makedev', makedev, [2, 2]],
  ['minor', (args) => device(args, minorOf), [1, 1]],
  ['putenv', putenv, [2, 2]],
  ['sched_getaffinity', affinity, [1, 1]],
  ['setpriority', changePriority, '(which, who, priority)'],
  ['strerror', strerror, [1, 1]],
  ['sysconf', sysconf, [1, 1]],
  ['system', system, '(command)'],
  ['times', times, [0, 0]],
  ['umask', umask, [1, 1]],
  ['uname', uname, [0, 0]],
  ['unsetenv', unsetenv, [1, 1]],
  ['urandom', urandom, [1, 1]],
  ['waitstatus_to_exitcode', statusFunction(statusToExitCode), '(status)'],
  ['WCOREDUMP', statusFunction((s) => bool((s & 0x80) !== 0)), [1, 1]],
  ['WEXITSTATUS', statusFunction((s) => H.small((s >> 8) & 0xff)), '(status)'],
  ['WIFCONTINUED', statusFunction((s) => bool(s === 0xffff)), '(status)'],
  ['WIFEXITED', statusFunction((s) => bool(signalOf(s) === 0)), '(status)'],
  ['WIFSIGNALED', statusFunction((s) => bool(signalOf(s) !== 0 && signalOf(s) !== 0x7f)), '(status)'],
  ['WIFSTOPPED', statusFunction((s) => bool((s & 0xff) === 0x7f)), '(status)'],
  ['WSTOPSIG', statusFunction((s) => H.small((s >> 8) & 0xff)), '(status)'],
  ['WTERMSIG', statusFunction((s) => H.small(signalOf(s))), '(status)'],
];
