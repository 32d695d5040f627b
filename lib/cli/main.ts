/**
 * The command `protospace`. The main thread reads the command line and starts the carrier that runs the program; it loads neither heap nor
 * interpreter, and stays free for the event loop.
 */
import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { CarrierData } from '../threads/job.js';
import { type CommandLine, helpText, parseCommandLine, UsageError } from './options.js';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

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

function start(line: CommandLine): void {
  setEnvironment(line);
  const { target, args, dis, stats } = line;
  const kind = line.kind as 'file' | 'code' | 'module' | 'stdin';
  const data: CarrierData = {
    protospace: 'carrier',
    program: { kind, target, args, dis, stats, path: [here('./stdlib')] },
  };
  const worker = new Worker(new URL('./carrier.js', import.meta.url), {
    workerData: data,
    resourceLimits: { stackSizeMb: 8 },
  });
  worker.on('message', (code: number) => (process.exitCode = code));
  worker.on('error', (e: Error) => {
    console.error(`protospace: ${e.stack ?? e.message}`);
    process.exitCode = 1;
  });
}

function main(): void {
  const line = parseCommandLine(process.argv.slice(2));
  if (line.kind === 'help') process.stdout.write(helpText());
  else if (line.kind === 'version') console.log(version());
  else {
    checkFile(line);
    start(line);
  }
}

try {
  main();
} catch (e) {
  if (!(e instanceof UsageError)) throw e;
  console.error(`protospace: ${e.message}`);
  process.exitCode = 2;
}
