import assert from 'node:assert/strict';
import { Sampler, stressAll } from '../../lib/heap/stress.js';

/** How many of `events` are acted on, each at a cost of so many units. */
function hits(events: number, units: number): number {
  const sampler = new Sampler(50, 1);
  let n = 0;
  for (let i = 0; i < events; i++) {
    if (!sampler.hit()) continue;
    n++;
    sampler.weigh(units, 1000);
  }
  return n;
}

describe('heap/stress', () => {
  it('acts on all events at first, on fewer and fewer later, the same ones in every run', function () {
    if (stressAll) this.skip();
    assert.equal(hits(50, 0), 50);
    const [some, more] = [hits(2000, 0), hits(4000, 0)];
    assert.ok(some > 200 && some < 500 && more > some + 20 && more < some + 100, `${some}, ${more}`);
    assert.equal(hits(2000, 1000), some);
  });

  it('acts less often on events that cost much', function () {
    if (stressAll) this.skip();
    const [cheap, dear] = [hits(4000, 1000), hits(4000, 20_000)];
    assert.ok(dear > 10 && dear < cheap / 4, `${cheap}, ${dear}`);
  });
});
