import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../scripts/check-layers.mjs', import.meta.url));

describe('scripts/check-layers', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'protospace-layers-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function plant(file: string, text: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function check(): { status: number | null; errors: string[] } {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
    return { status, errors: stderr.trim().split('\n').filter(Boolean) };
  }

  it('passes imports of lower layers, of the own layer and of packages', () => {
    plant('lib/heap/alloc.ts', "import { readFileSync } from 'node:fs';\nimport { i32 } from './memory.js';\n");
    plant('lib/vm/interpreter.ts', "import { alloc } from '../heap/alloc.js';\n");
    plant('lib/threads/carrier-main.ts', "import { sys } from '../modules/sys.js';\nimport { job } from './job.js';\n");
    plant('lib/cli/main.ts', "import { run } from '../api/index.js';\n");
    plant('native/gc/marker.cc', '#include "../heap/allocator.h"\n#include "marker.h"\n');
    assert.deepEqual(check(), { status: 0, errors: [] });
  });

  const upward: [file: string, text: string, expected: string][] = [
    [
      'lib/heap/a.ts',
      "\nimport { x } from '../vm/x.js';\n",
      "lib/heap/a.ts:2: imports ../vm/x.js: 'vm' does not lie below 'heap'",
    ],
    [
      'lib/heap/b.ts',
      "import type { X } from '../objects/x.js';",
      "lib/heap/b.ts:1: imports ../objects/x.js: 'objects' does not lie below 'heap'",
    ],
    [
      'lib/vm/c.ts',
      "const m = await import('../modules/m.js');",
      "lib/vm/c.ts:1: imports ../modules/m.js: 'modules' does not lie below 'vm'",
    ],
    [
      'lib/vm/d.ts',
      "export * from '../jit/x.js';",
      "lib/vm/d.ts:1: imports ../jit/x.js: 'jit' does not lie below 'vm'",
    ],
    [
      'lib/syntax/e.ts',
      "import { x } from '../heap/x.js';",
      "lib/syntax/e.ts:1: imports ../heap/x.js: 'syntax' may import nothing",
    ],
    [
      'lib/api/f.ts',
      "import { x } from '../odd/x.js';",
      "lib/api/f.ts:1: imports ../odd/x.js: 'odd' is no layer of lib",
    ],
    [
      'lib/threads/h.ts',
      "import { run } from './carrier-main.js';",
      "lib/threads/h.ts:1: imports ./carrier-main.js: 'carrier' does not lie below 'threads'",
    ],
    [
      'native/base/g.h',
      '#include "../napi/g.h"',
      "native/base/g.h:1: imports ../napi/g.h: 'napi' does not lie below 'base'",
    ],
  ];
  for (const [file, text, expected] of upward) {
    it(`finds the upward import planted in ${file}`, () => {
      plant(file, text);
      assert.deepEqual(check(), { status: 1, errors: [expected] });
    });
  }
});
