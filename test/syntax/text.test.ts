import assert from 'node:assert/strict';
import { charsOf, joinTexts, pointsOf, text, textOf } from '../../lib/syntax/text.js';

const SMILE = '\u{1f600}';
const apart = joinTexts(text('\ud83d'), text('\ude00'));

describe('syntax/text', () => {
  it('tells two surrogates from the character that they would make', () => {
    assert.equal(apart.v, SMILE);
    assert.deepEqual(apart.points, [0xd83d, 0xde00]);
    assert.deepEqual(pointsOf(text(SMILE)), [0x1f600]);
  });

  it('keeps code points by themselves only where the string does not say them', () => {
    assert.equal(textOf([0x61, 0x1f600, 0xde00, 0xd83d]).points, undefined);
    assert.equal(joinTexts(text('a'), text(SMILE)).points, undefined);
  });

  it('joins texts of which one has surrogates apart', () => {
    assert.deepEqual(pointsOf(joinTexts(text(SMILE), apart)), [0x1f600, 0xd83d, 0xde00]);
    assert.deepEqual([...charsOf(joinTexts(apart, text('a')))], ['\ud83d', '\ude00', 'a']);
  });
});
