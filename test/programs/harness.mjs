// Runs Python programs under some interpreter and compares what they write with the stored results of CPython.
// Shared by run.mjs (by hand), make-expected.mjs, programs.test.ts and scripts/test-peers.mjs.
//
// A program NAME.py has NAME.out (its standard output), NAME.err when it writes to standard error, NAME.code when its exit
// code is not 0. Comments in its first lines steer the run:
//   # args: WORD...      arguments; {scratch} stands for an empty folder made for this run
//   # module: NAME       run `-m NAME` in place of the file
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stressRows } from '../../scripts/stress-rows.mjs';

/** Everything takes longer in stress mode. */
const PATIENCE = process.env.PROTOSPACE_STRESS ? 25 : 1;
/** Programs that run without stress: test/stress.json. */
const plain = new Set(
  stressRows.flatMap(({ title, how }) => (how === 'plain' ? (title.match(/^programs (\w+)$/)?.slice(1) ?? []) : [])),
);

export const folder = fileURLToPath(new URL('.', import.meta.url));
export const root = fileURLToPath(new URL('../..', import.meta.url));
const OUTPUT_LIMIT = 8 << 20;

/** Names (without .py) of the programs that contain `filter`, or match it when it has a `*`. */
export function programNames(filter = '') {
  const pattern = new RegExp(filter.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*'));
  return readdirSync(folder)
    .filter((f) => f.endsWith('.py'))
    .map((f) => f.slice(0, -3))
    .filter((name) => pattern.test(name))
    .sort();
}

/** The example runs declared in examples.json: { name, args, exit?, stdout: lines, stderr?: lines, png? }. */
export function exampleRuns(filter = '') {
  return JSON.parse(readFileSync(join(folder, 'examples.json'), 'utf8')).filter((run) =>
    `example ${run.name}`.includes(filter),
  );
}

function directive(source, name) {
  const match = source
    .split('\n', 8)
    .map((line) => line.match(`^# ${name}: (.*)$`))
    .find(Boolean);
  return match ? match[1].trim() : undefined;
}

function programArguments(name) {
  const source = readFileSync(join(folder, `${name}.py`), 'utf8');
  const module = directive(source, 'module');
  const args = directive(source, 'args')?.split(/\s+/) ?? [];
  return [...(module ? ['-m', module] : [`${name}.py`]), ...args];
}

/** What CPython gave: { stdout, stderr, code }; undefined when the expected output has not been made. */
export function expectedOf(name) {
  const read = (suffix) =>
    existsSync(join(folder, name + suffix)) ? readFileSync(join(folder, name + suffix), 'utf8') : undefined;
  const stdout = read('.out');
  return stdout === undefined ? undefined : { stdout, stderr: read('.err') ?? '', code: Number(read('.code') ?? 0) };
}

const environment = (name) => {
  const env = {
    ...process.env,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONIOENCODING: 'utf-8',
    PYTHONUTF8: '1',
    NO_COLOR: '1',
    PROTOSPACE_TEST: 'set by the harness',
    ...(plain.has(name) && { PROTOSPACE_STRESS: '' }),
  };
  for (const name of ['FORCE_COLOR', 'PYTHON_COLORS', 'PYTHONPATH', 'PYTHONSTARTUP']) delete env[name];
  return env;
};

/** Runs one command; resolves to { stdout, stderr, code, signal, timedOut, seconds }. Never rejects. */
function execute([command, ...args], { cwd, timeout, name }) {
  return new Promise((resolve) => {
    const begin = performance.now();
    const child = spawn(command, args, { cwd, env: environment(name), stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = { stdout: [], stderr: [] };
    let size = 0;
    let timedOut = false;
    const timer = setTimeout(
      () => {
        timedOut = true;
        child.kill('SIGKILL');
      },
      timeout * PATIENCE * 1000,
    );
    for (const stream of ['stdout', 'stderr']) {
      child[stream].on('data', (chunk) => {
        size += chunk.length;
        if (size > OUTPUT_LIMIT) child.kill('SIGKILL');
        else chunks[stream].push(chunk);
      });
    }
    const text = (stream) => Buffer.concat(chunks[stream]).toString('utf8');
    const finish = (code, signal) => {
      clearTimeout(timer);
      resolve({
        stdout: text('stdout'),
        stderr: text('stderr'),
        code: code ?? -1,
        signal,
        timedOut,
        seconds: (performance.now() - begin) / 1000,
      });
    };
    child.on('error', (e) => {
      chunks.stderr.push(Buffer.from(String(e)));
      finish(-1, null);
    });
    child.on('close', finish);
  });
}

async function withScratch(args, body) {
  if (!args.some((a) => a.includes('{scratch}'))) return body(args);
  const scratch = mkdtempSync(join(tmpdir(), 'protospace-run-'));
  try {
    const result = await body(
      args.map((a) => a.replace('{scratch}', scratch)),
      scratch,
    );
    result.stderr = result.stderr.replaceAll(scratch, '{scratch}');
    return result;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Makes standard error comparable: paths relative to the folder, no frames of the interpreter's own library. */
export function normaliseStderr(text, cwd) {
  const kept = [];
  let skipping = false;
  for (const line of text.replaceAll(cwd.endsWith(sep) ? cwd : cwd + sep, '').split('\n')) {
    const frame = line.match(/^(?: {2}|[ |]+ {2})File "(.*)", line \d+/);
    if (frame) skipping = /^([/<]|[A-Za-z]:)/.test(frame[1]) && !/^<(string|stdin)>$/.test(frame[1]);
    else if (!/^[ |]* {4}/.test(line)) skipping = false;
    if (!skipping) kept.push(line);
  }
  return kept.join('\n');
}

/** Runs a program with `interpreter` (an argv prefix) in this folder. */
export async function runProgram(interpreter, name, { timeout = 60 } = {}) {
  return withScratch(programArguments(name), async (args) => {
    const result = await execute([...interpreter, ...args], { cwd: folder, timeout, name });
    return { ...result, stderr: normaliseStderr(result.stderr, folder) };
  });
}

/** Runs an example of examples.json in examples/; `png` names a picture to read back when the run is over. */
export async function runExample(interpreter, run, { timeout = 60 } = {}) {
  const cwd = join(root, 'examples');
  return withScratch(run.args, async (args, scratch) => {
    const result = await execute([...interpreter, ...args], { cwd, timeout });
    const picture = run.png && join(scratch, run.png);
    const png = picture && existsSync(picture) ? readFileSync(picture) : undefined;
    return {
      ...result,
      stdout: result.stdout.replaceAll(scratch ?? '\0', '{scratch}'),
      stderr: normaliseStderr(result.stderr, cwd),
      png,
    };
  });
}

/** What the run of an example must give, in the form expectedOf() has. */
export function expectedOfExample(run) {
  const text = (lines) => (lines ?? []).map((line) => `${line}\n`).join('');
  return { stdout: text(run.stdout), stderr: text(run.stderr), code: run.exit ?? 0 };
}

function firstDifference(expected, actual) {
  const [a, b] = [expected.split('\n'), actual.split('\n')];
  const line = a.findIndex((text, i) => text !== b[i]);
  const at = line < 0 ? a.length : line;
  return { line: at + 1, expected: a[at], actual: b[at], context: a.slice(Math.max(0, at - 2), at) };
}

/** The first way in which a run differs from what is expected: { what, line?, expected, actual }; undefined when it does not. */
export function difference(expected, actual) {
  if (actual.timedOut)
    return { what: 'timeout', expected: 'an end', actual: `still running after ${actual.seconds.toFixed(0)} s` };
  if (actual.signal) return { what: 'killed', expected: 'an end', actual: actual.signal };
  if (expected.stdout !== actual.stdout) return { what: 'stdout', ...firstDifference(expected.stdout, actual.stdout) };
  if (expected.code !== actual.code) return { what: 'exit code', expected: expected.code, actual: actual.code };
  if (expected.stderr !== actual.stderr) return { what: 'stderr', ...firstDifference(expected.stderr, actual.stderr) };
  return undefined;
}

/** Calls `body` on every item, `jobs` at a time. */
export async function inParallel(jobs, items, body) {
  const queue = [...items];
  const worker = async () => {
    while (queue.length > 0) await body(queue.shift());
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, worker));
}
