import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

describe('modules/_ast', () => {
  it('keeps the classes it has made while it makes the next ones', () => {
    const program = 'import _ast; print(_ast.Name._field_types, _ast.Add.__base__.__base__)';
    const { stdout, stderr } = spawnSync(process.execPath, ['dist/cli.js', '-c', program], {
      encoding: 'utf8',
      env: { ...process.env, PROTOSPACE_STRESS: 'collect,poison' },
    });
    assert.equal(stdout, "{'id': <class 'str'>, 'ctx': <class 'ast.expr_context'>} <class 'ast.AST'>\n", stderr);
  }).timeout(60_000);
});
