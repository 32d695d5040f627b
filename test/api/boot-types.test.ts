import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { patience } from '../stress.js';

const API = JSON.stringify(join(import.meta.dirname, '../../lib/api/index.js'));

/** A program that uses the heap, and no Python, in a process of its own. */
function run(body: string, image: string): string {
  const code = `const { ContextScope } = await import(${API});\nconst scope = ContextScope.enter();\n${body}\nscope.leave();`;
  const ran = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    timeout: patience(30_000),
    env: { ...process.env, PROTOSPACE_IMAGE: image },
  });
  return ran.stdout + ran.stderr;
}

describe('api/boot-types', function () {
  this.timeout(60_000);
  for (const image of ['', 'off'])
    it(`the heap without Python knows its types, image ${image || 'on'} (a message that names one looped for ever)`, () => {
      const body = `
        try { scope.dict().set([1], 2); } catch (e) { console.log(e.code, e.message); }
        console.log(scope.list([1, 'two']).toJS());`;
      assert.equal(
        run(body, image),
        "ERR_PROTOSPACE_OPERATION TypeError: cannot use 'list' as a dict key (unhashable type: 'list')\n[ 1, 'two' ]\n",
      );
    });
});
