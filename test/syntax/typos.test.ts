import assert from 'node:assert/strict';
import { isIncomplete, parse, PySyntaxError, suggestKeyword } from '../../lib/syntax/index.js';

/** The reworded error of a source: message, line, range. */
function suggestion(source: string, fromFile = false): [string, number | null, number | null, number | null] | null {
  try {
    parse(source, '', 'exec');
  } catch (e) {
    assert.ok(e instanceof PySyntaxError);
    const found = suggestKeyword(e, source, fromFile);
    return found && [found.msg, found.lineno, found.offset, found.end_offset];
  }
  assert.fail('no error');
}

describe('syntax: misspelt keywords', () => {
  // What CPython 3.14's traceback shows.
  const cases: [string, string, number, number, number][] = [
    ['whille True:\n  pass', 'while', 1, 1, 7],
    ['for x im y: pass', 'in', 1, 7, 9],
    ['imort a', 'import', 1, 1, 6],
    ['form a import b', 'from', 1, 1, 5],
    ['clas C: pass', 'class', 1, 1, 5],
    ['def f():\n    retrun 1', 'return', 2, 5, 11],
    ['[x fo x in y]', 'for', 1, 4, 6],
    ['lamda x: x', 'lambda', 1, 1, 6],
    ['x = 1 iff y else 2', 'if', 1, 7, 10],
    ['wiht a as b: pass', 'with', 1, 1, 5],
  ];
  for (const [source, keyword, line, offset, end] of cases) {
    it(JSON.stringify(source), () => {
      assert.deepEqual(suggestion(source), [`invalid syntax. Did you mean '${keyword}'?`, line, offset, end]);
    });
  }

  it('is silent where no keyword mends the code', () => {
    for (const source of ['a b c', 'x = 1 2', 'retrun 1', 'def f(: pass'])
      assert.equal(suggestion(source), null, source);
  });

  it('keeps to the line of the error in files', () => {
    assert.equal(suggestion('x = 1\nclas C: pass', true)?.[0], "invalid syntax. Did you mean 'class'?");
  });
});

describe('syntax: sources that are only unfinished', () => {
  it('tells them from wrong and from complete ones', () => {
    for (const source of ['if x:', '(', 'x = [1,', "'''a", "f'{", 'def f():\n', 'x \\', 'try:\n  a\n', '@a']) {
      assert.equal(isIncomplete(source, 'exec'), true, source);
    }
    for (const source of ['x', ')', 'a b', "'a", 'if x: y', 'x +', '', 'f(a b']) {
      assert.equal(isIncomplete(source, 'exec'), false, source);
    }
  });
});
