import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const text = readFileSync(join(root, 'docs', 'api.md'), 'utf8');

/** Codes of faults that no program of a user sees. */
const INTERNAL = new Set(['ERR_PROTOSPACE_STATE', 'ERR_PROTOSPACE_IMAGE']);

describe('docs/api.md', () => {
  it('names every error code of the sources, and no other', () => {
    const files = readdirSync(join(root, 'lib'), { recursive: true }).filter((f) => String(f).endsWith('.ts'));
    const codes = (source: string) => source.match(/ERR_PROTOSPACE_[A-Z_]+/g) ?? [];
    const thrown = new Set(files.flatMap((f) => codes(readFileSync(join(root, 'lib', String(f)), 'utf8'))));
    const told = new Set(codes(text));
    assert.deepEqual([...thrown].filter((c) => !told.has(c) && !INTERNAL.has(c)).sort(), []);
    assert.deepEqual([...told].filter((c) => !thrown.has(c)).sort(), []);
  });

  it('names every export', () => {
    const index = readFileSync(join(root, 'lib', 'api', 'index.ts'), 'utf8');
    const names = [...index.matchAll(/export \{([^}]*)\}/g)]
      .flatMap(([, list]) => list!.split(','))
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type '));
    assert.deepEqual(
      names.filter((name) => !text.includes(name)),
      [],
    );
  });
});
