import assert from 'node:assert/strict';
import { search } from './handshake.js';

describe('model: handshake of the concurrent marker', () => {
  it('two rounds and the stored handle logged until scanned lose nothing', () => {
    const { states, lost } = search('hybrid');
    assert.equal(lost, false);
    assert.ok(states > 100);
  });
  it('one round loses the object', () => assert.equal(search('single').lost, true));
  it('the overwritten handle alone loses the object', () => assert.equal(search('two').lost, true));
});
