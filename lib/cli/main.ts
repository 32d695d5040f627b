/**
 * The command `protospace`. The main thread reads the command line and starts the carrier that runs the program; it loads neither heap nor
 * interpreter, and stays free for the event loop.
 */
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { constants as os } from 'node:os';
import { join, resolve } from 'node:path';
import type { BegunCarrier, ProgramJob } from '../threads/job.js';
import { HostSignals } from '../threads/host-signals.js';
import { Pool } from '../threads/pool.js';
import { exitNow, prepareExit } from './exit.js';
import { checkVariables, type CommandLine, helpText, parseCommandLine, UsageError } from './options.js';
import { forwardSignal } from './signals.js';

const here = (name: string): string => join(import.meta.dirname, name);

function version(): string {
  const text = readFileSync(here('../package.json'), 'utf8');
  return `protospace ${(JSON.parse(text) as { version: string }).version} (Python 3.14)`;
}

/** A program that cannot be run: one line on standard error. */
class Refusal extends Error {
  constructor(
    message: string,
    readonly exitCode: number,
  ) {
    super(message);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  ENOTDIR: 'Not a directory',
  ELOOP: 'Too many levels of symbolic links',
};

/** Is the program, which must be there and readable, a folder? CPython's messages where it is not. */
function isFolder(target: string): boolean {
  const path = resolve(target);
  try {
    const folder = statSync(path).isDirectory();
    if (folder && !existsSync(join(path, '__main__.py')))
      throw new Refusal(`can't find '__main__' module in '${path}'`, 1);
    accessSync(path, constants.R_OK);
    return folder;
  } catch (e) {
    if (e instanceof Refusal) throw e;
    const { errno = 0, code = '' } = e as NodeJS.ErrnoException;
    throw new Refusal(`can't open file '${path}': [Errno ${-errno}] ${REASONS[code] ?? (e as Error).message}`, 2);
  }
}

/** What the options say, as environment variables. */
function environmentOf(line: CommandLine): Record<string, string> {
  const env: Record<string, string> = {};
  if (line.heap !== '') env.PROTOSPACE_HEAP = line.heap;
  if (line.carriers !== '') env.PROTOSPACE_CARRIERS = line.carriers;
  if (line.allocator !== '') env.PROTOSPACE_ALLOCATOR = line.allocator;
  return env;
}

function jobOf(line: CommandLine): ProgramJob {
  const { target, args, dis, stats } = line;
  const source = line.kind === 'file' && isFolder(target) ? 'folder' : (line.kind as ProgramJob['source']);
  const kind = source === 'stdin' && !dis && process.getBuiltinModule('node:tty').isatty(0) ? 'interactive' : 'program';
  return { kind, source, target, args, dis, stats, path: [here('stdlib')] };
}

/** Runs the program; its exit code ends the process, with all threads that are left. */
async function start(line: CommandLine, begun: BegunCarrier | undefined): Promise<void> {
  const job = jobOf(line);
  const env = environmentOf(line);
  Object.assign(process.env, env);
  checkVariables(process.env);
  const signals = new HostSignals((signal) => forward(pool, signal));
  const pool: Pool = new Pool({ entry: here('carrier.js'), begun, env, signals });
  const { done } = pool.run(job);
  signals.act(os.signals.SIGINT, 'handle');
  prepareExit();
  try {
    exitNow((await done) as number);
  } catch (e) {
    console.error(`protospace: ${(e as Error).stack ?? String(e)}`);
    process.exit(1);
  }
}

/** Has the main thread of Python handle a signal: for Ctrl-C, KeyboardInterrupt. */
function forward(pool: Pool, signal: number): void {
  if (pool.memory === undefined) process.exit(128 + signal);
  void forwardSignal(pool.memory, signal);
}

/** Does what the command line says. `first`: the carrier for the program, already started. */
export async function runCommand(first: BegunCarrier | undefined): Promise<void> {
  try {
    const line = parseCommandLine(process.argv.slice(2));
    if (line.kind === 'help') process.stdout.write(helpText());
    else if (line.kind === 'version') console.log(version());
    else {
      await start(line, first);
      return;
    }
    void first?.worker.terminate();
  } catch (e) {
    void first?.worker.terminate();
    if (!(e instanceof UsageError) && !(e instanceof Refusal)) throw e;
    console.error(`protospace: ${e.message}`);
    process.exitCode = e instanceof Refusal ? e.exitCode : 2;
  }
}
