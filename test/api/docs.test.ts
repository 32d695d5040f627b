import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const text = read('docs/api.md');

/** Codes of faults that no program of a user sees. */
const INTERNAL = new Set(['ERR_PROTOSPACE_STATE', 'ERR_PROTOSPACE_IMAGE']);

const exports = [...read('lib/api/index.ts').matchAll(/export \{([^}]*)\}/g)]
  .flatMap(([, list]) => list!.split(','))
  .map((name) => name.trim())
  .filter((name) => name !== '' && !name.startsWith('type '));

/** What samples speak of and leave to the reader: made when a sample uses it and does not make it. */
const GIVEN: readonly (readonly [string, string])[] = [
  ['python', 'const python = await PythonEnvironment.create();'],
  ['object', 'const object = ContextScope.run((scope) => scope.str("some text").root());'],
  ['worker', 'const worker = { postMessage: (handle) => console.log(handle === object.handle) };'],
  ['handle', 'const { handle } = object;'],
];

function program(sample: string): string {
  const lacks = (name: string) =>
    new RegExp(`\\b${name}\\b`).test(sample) && !new RegExp(`(const|using) ${name}\\b`).test(sample);
  const imports = sample.includes('import {') ? '' : `import { ${exports.join(', ')} } from 'protospace';`;
  const given = GIVEN.filter(([name]) => lacks(name)).map(([, code]) => code);
  const last = /\bpython\b/.test(sample) && !sample.includes('python.close()') ? 'await python.close();' : '';
  const code = [imports, ...given, sample, last].join('\n');
  return transformSync(code, { target: 'node20', format: 'esm' }).code;
}

/** The samples in JavaScript of a document, and what its comments say that they print or give. */
const samples = (file: string): string[] => [...read(file).matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code]) => code!);

function run(sample: string): string {
  const args = ['--input-type=module', '-e', program(sample)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  assert.deepEqual([status, stderr], [0, ''], sample);
  return stdout;
}

describe('README.md', () => {
  it('has a sample that prints what it says', function () {
    this.timeout(60_000);
    const [sample] = samples('README.md');
    assert.match(run(sample!), /^7\n\[\s*171792506910670443678820376588540424234035840667n,/);
  });
});

describe('CONTRIBUTING.md', () => {
  it('names scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const documents = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
    for (const file of [
      'README.md',
      'CONTRIBUTING.md',
      'CHANGELOG.md',
      '.ci/run',
      ...documents.map((name) => `docs/${name}`),
    ]) {
      const named = [...read(file).matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name!);
      assert.deepEqual(
        named.filter((name) => !(name in scripts)),
        [],
        file,
      );
    }
  });
});

describe('docs/api.md', () => {
  it('names every error code of the sources, and no other', () => {
    const files = readdirSync(join(root, 'lib'), { recursive: true }).filter((f) => String(f).endsWith('.ts'));
    const codes = (source: string) => source.match(/ERR_PROTOSPACE_[A-Z_]+/g) ?? [];
    const thrown = new Set(files.flatMap((f) => codes(read(join('lib', String(f))))));
    const told = new Set(codes(text));
    assert.deepEqual([...thrown].filter((c) => !told.has(c) && !INTERNAL.has(c)).sort(), []);
    assert.deepEqual([...told].filter((c) => !thrown.has(c)).sort(), []);
  });

  it('names every export', () => {
    assert.deepEqual(
      exports.filter((name) => !text.includes(name)),
      [],
    );
  });

  it('has samples that run', function () {
    this.timeout(120_000);
    assert.deepEqual(samples('docs/api.md').map(run), ["[ 1, 'two', 3.5, [ 4, null ] ]\n", 'true\n', '', '3\n']);
  });
});
