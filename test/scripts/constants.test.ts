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

  it('gives functions local names for views in loops, and leaves others and inner functions alone', async () => {
    const { withConstants } = await load();
    const source =
      'var a = new Int32Array(8), V = a;\nfunction f(n) {\n  for (; n > V[0]; n--) V[n] = g(() => V[1]);\n}\nfunction g() {\n  return V[2];\n}\n';
    const expected =
      'const a = new Int32Array(8); const V = a;\nfunction f(n) { const V$ = V;\n  for (; n > V$[0]; n--) V$[n] = g(() => V[1]);\n}\nfunction g() {\n  return V[2];\n}\n';
    assert.equal(withConstants(source), expected);
  });

  it('gives classes their names back: users saw _ProtoObject', async () => {
    const { withConstants } = await load();
    const source = 'var A = class _A {\n  static of() {\n    return new _A(_B);\n  }\n};\nvar _B = class {};\n';
    const expected = 'const A = class A {\n  static of() {\n    return new A(_B);\n  }\n};\nconst _B = class {};\n';
    assert.equal(withConstants(source), expected);
  });
});
