// Runs many changed programs: each must end normally, with a SyntaxError or another Python exception, or by its time limit. A crash of the
// process, a SystemError (a fault of ours) and a heap that does not verify are failures: their programs are kept.
//   npm run fuzz -- --kind mutate --count 1000
import { fork } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mutate } from './fuzz/mutate.mjs';
import { randomFor } from './fuzz/random.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const USAGE = `usage: npm run fuzz -- [options]
  --kind mutate     programs of test/programs and examples, changed at random
  --count N         programs (1000)
  --seed S          which ones (1)
  --from I          the first one's number (0): --from I --count 1 runs one again
  -j, --jobs N      processes (2)
  --timeout S       seconds a program may take (5)
  --batch N         programs a process runs before a new one takes over (100)
  --heap SIZE       of each process (512M)
  --plant WHAT      does harm at the tenth program, or the last of fewer, to see it noticed: crash, fault or heap
  --out DIR         where programs that fail are kept (out/fuzz)
  --print           prints the program of --from and runs nothing`;

const { values: option } = parseArgs({
  options: {
    kind: { type: 'string', default: 'mutate' },
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    jobs: { type: 'string', short: 'j', default: '2' },
    timeout: { type: 'string', default: '5' },
    batch: { type: 'string', default: '100' },
    heap: { type: 'string', default: '512M' },
    plant: { type: 'string' },
    out: { type: 'string', default: join(root, 'out/fuzz') },
    print: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (option.help) {
  console.log(USAGE);
  process.exit(0);
}
const number = (name) => {
  const n = Number(option[name]);
  if (Number.isSafeInteger(n) && n >= 0) return n;
  console.error(`fuzz: --${name} ${option[name]} is no number`);
  process.exit(2);
};
const [count, seed, first, jobs, timeout, batch] = ['count', 'seed', 'from', 'jobs', 'timeout', 'batch'].map(number);
if (option.kind !== 'mutate' || (option.plant && !['crash', 'fault', 'heap'].includes(option.plant))) {
  console.error(`fuzz: no such ${option.kind !== 'mutate' ? `kind: ${option.kind}` : `fault: ${option.plant}`}`);
  process.exit(2);
}
if (!existsSync(join(root, 'dist/index.js'))) {
  console.error('fuzz: no dist/index.js: build first (npm run build)');
  process.exit(2);
}

/** Programs that touch files or processes are left out: changed ones might touch what they must not. */
const UNSAFE =
  /\b(?:os|shutil|tempfile|pathlib|subprocess|socket|signal|posix|io|fileinput|open|glob|input|mmap|ctypes|_thread)\b/;
const programs = ['test/programs', 'examples'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((f) => f.endsWith('.py'))
    .map((f) => ({ name: f, text: readFileSync(join(root, folder, f), 'utf8') }))
    .filter(({ text }) => !UNSAFE.test(text)),
);

function programOf(index) {
  const random = randomFor(seed, index);
  const program = random.pick(programs);
  return { name: program.name, text: mutate(program.text, random, random.pick(programs).text) };
}

if (option.print) {
  process.stdout.write(programOf(first).text);
  process.exit(0);
}

const counts = { ended: 0, exception: 0, syntax: 0, timeout: 0, fault: 0, crash: 0 };
const failures = [];
let next = first;

function record(index, outcome, detail) {
  counts[outcome]++;
  if (outcome !== 'fault' && outcome !== 'crash') return;
  mkdirSync(option.out, { recursive: true });
  const path = join(option.out, `${seed}-${index}.py`);
  writeFileSync(path, programOf(index).text);
  failures.push({ index, outcome, detail: detail ?? '', path });
  console.error(
    `fuzz: program ${index}: ${outcome}, kept as ${path}\n${(detail ?? '').split('\n').slice(0, 12).join('\n')}`,
  );
}

/** One process at a time, replaced when its batch is done or it ended. */
class Runner {
  left = 0;
  child = undefined;
  index = -1;

  constructor(done) {
    this.done = done;
    this.take();
  }

  start() {
    this.left = batch;
    this.errors = '';
    const child = fork(join(root, 'scripts/fuzz/child.mjs'), [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, PROTOSPACE_HEAP: option.heap, PROTOSPACE_DEBUG: '1' },
    });
    this.child = child;
    child.stderr.on('data', (data) => (this.errors = (this.errors + data).slice(-4000)));
    child.on('message', (m) => this.finished(m));
    child.on('close', (code, signal) => {
      if (this.child !== child) return;
      this.child = undefined;
      if (this.index >= 0) this.settle('crash', `ended by ${signal ?? `code ${code}`}\n${this.errors}`);
    });
  }

  take() {
    if (next >= first + count) {
      const { child } = this;
      this.child = undefined;
      child?.send(null);
      this.done();
      return;
    }
    this.index = next++;
    if (this.child === undefined) this.start();
    this.left--;
    const plant = option.plant && this.index - first === Math.min(9, count - 1) ? option.plant : undefined;
    this.child.send({ index: this.index, ...programOf(this.index), timeout, plant });
    // What no signal reaches (one long operation) is ended from outside.
    this.watch = setTimeout(() => this.replace('timeout'), (timeout * 4 + 20) * 1000);
  }

  replace(outcome) {
    const { child } = this;
    this.child = undefined;
    child.kill('SIGKILL');
    this.settle(outcome);
  }

  finished({ outcome, detail, tired }) {
    if (tired || outcome === 'fault') {
      const { child } = this;
      this.child = undefined;
      child.kill('SIGKILL');
    } else if (this.left === 0) {
      const { child } = this;
      this.child = undefined;
      child.send(null);
    }
    this.settle(outcome, detail);
  }

  settle(outcome, detail) {
    clearTimeout(this.watch);
    const { index } = this;
    this.index = -1;
    record(index, outcome, detail);
    this.take();
  }
}

const start = Date.now();
await Promise.all(Array.from({ length: Math.max(1, jobs) }, () => new Promise((done) => new Runner(done))));
const seconds = ((Date.now() - start) / 1000).toFixed(0);
console.log(
  `${count} programs from seed ${seed} in ${seconds} s: ${Object.entries(counts)
    .map(([name, n]) => `${n} ${name}`)
    .join(', ')}`,
);
for (const { index, outcome, path } of failures)
  console.log(`  ${outcome}: npm run fuzz -- --seed ${seed} --from ${index} --count 1    (${path})`);
process.exit(failures.length > 0 ? 1 : 0);
