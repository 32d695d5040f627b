import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

type Constants = { withConstants(source: string): string };
const load = async (): Promise<Constants> =>
  (await import(pathToFileURL(join(process.cwd(), 'scripts/constants.mjs')).href)) as Constants;

describe('scripts/constants', () => {
  it('gives top-level constants back and leaves variables variable', async () => {
    const { withConstants } = await load();
    const source = 'var A = 1, b = 2, c;\nfunction f() {\n  var x = A;\n  b++;\n  ({ c } = x);\n}\nvar { D } = f();\n';
    const expected =
      'const A = 1; let b = 2; let c;\nfunction f() {\n  var x = A;\n  b++;\n  ({ c } = x);\n}\nconst { D } = f();\n';
    assert.equal(withConstants(source), expected);
  });
});
