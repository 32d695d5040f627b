import assert from 'node:assert/strict';
import { needsMore } from '../../lib/carrier/statement-end.js';

describe('carrier/statement-end', () => {
  const whole = [
    '1',
    'x = 5',
    '',
    '# comment',
    'if x:\n  y\n',
    'x = = 1',
    'x = "a',
    'for i in',
    '"""a\nb"""',
    'if x:\n  y = = 1',
  ];
  const unfinished = [
    'if x:',
    'if x:\n  y',
    'if x:\n\n  y',
    'x = (1,',
    '"""abc',
    'def f():\n  return 1',
    'try:\n  x',
    'x = \\',
    'class A: pass',
    '@d',
  ];
  for (const source of whole) it(`runs ${JSON.stringify(source)}`, () => assert.equal(needsMore(source), false));
  for (const source of unfinished)
    it(`asks for more of ${JSON.stringify(source)}`, () => assert.equal(needsMore(source), true));
});
