/**
 * The command `protospace`. The main thread reads the command line and starts the carrier that runs the program; it loads neither heap nor
 * interpreter, and stays free for the event loop.
 */
import { readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { ProgramJob } from '../threads/job.js';
import { Pool } from '../threads/pool.js';
import { exitNow, prepareExit } from './exit.js';
import { type CommandLine, helpText, parseCommandLine, UsageError } from './options.js';
import { forwardSignal } from './signals.js';

const here = (name: string): string => join(import.meta.dirname, name);

function version(): string {
  const text = readFileSync(here('../package.json'), 'utf8');
  return `protospace ${(JSON.parse(text) as { version: string }).version} (Python 3.14)`;
}

/** CPython's message for a program that cannot be opened. */
function checkFile(line: CommandLine): void {
  if (line.kind !== 'file') return;
  try {
    statSync(line.target);
  } catch (e) {
    const { errno = 0, code } = e as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT' ? 'No such file or directory' : code === 'EACCES' ? 'Permission denied' : (e as Error).message;
    throw new UsageError(`can't open file '${line.target}': [Errno ${-errno}] ${reason}`);
  }
}

function setEnvironment(line: CommandLine): void {
  if (line.heap !== '') process.env.PROTOSPACE_HEAP = line.heap;
  if (line.carriers !== '') process.env.PROTOSPACE_CARRIERS = line.carriers;
  if (line.allocator !== '') process.env.PROTOSPACE_ALLOCATOR = line.allocator;
}

/** Runs the program; its exit code ends the process, with all threads that are left. */
async function start(line: CommandLine): Promise<void> {
  setEnvironment(line);
  const { target, args, dis, stats } = line;
  const source = line.kind as ProgramJob['source'];
  const pool = new Pool({ entry: here('carrier.js') });
  const job: ProgramJob = { kind: 'program', source, target, args, dis, stats, path: [here('stdlib')] };
  // The carrier first: everything else can be done while it starts.
  const { done } = pool.run(job);
  process.on('SIGINT', () => interrupt(pool));
  prepareExit();
  try {
    exitNow((await done) as number);
  } catch (e) {
    console.error(`protospace: ${(e as Error).stack ?? String(e)}`);
    process.exit(1);
  }
}

/** Ctrl-C: KeyboardInterrupt in the main thread of Python. */
function interrupt(pool: Pool): void {
  if (pool.memory === undefined) process.exit(130);
  void forwardSignal(pool.memory, constants.signals.SIGINT);
}

function main(): void {
  const line = parseCommandLine(process.argv.slice(2));
  if (line.kind === 'help') process.stdout.write(helpText());
  else if (line.kind === 'version') console.log(version());
  else {
    checkFile(line);
    void start(line);
  }
}

try {
  main();
} catch (e) {
  if (!(e instanceof UsageError)) throw e;
  console.error(`protospace: ${e.message}`);
  process.exitCode = 2;
}
