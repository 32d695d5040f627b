/**
 * Stress mode (`PROTOSPACE_STRESS`): everything that can move or die, moves or dies as early as the rules allow.
 *
 * | word of the list | meaning |
 * | --- | --- |
 * | runs | a new run at every allocation: all but the newest object is old |
 * | collect | a collection at every safepoint and at every operation that might run Python (stressPoint) |
 * | poison | reclaimed cells are overwritten |
 * | young | a young collection after every few cells |
 * | concurrent | collect by marking beside the program, by rounds of all kinds, each cycle compared with marking from scratch |
 * | forget | marking beside the program is told of no store: a planted fault, which the comparison must find |
 * | verify | the heap is verified after every pop and collection |
 * | all | none of the above is left out; without it collections and verifications thin out, by a fixed rule, as a run grows long |
 * | seed=N | which ones are left out |
 *
 * `1` means runs,collect,poison,verify.
 */
const setting = process.env.PROTOSPACE_STRESS ?? '';
const words = new Set(setting === '1' ? ['runs', 'collect', 'poison', 'verify'] : setting.split(',').filter(Boolean));
const seed = Number([...words].find((w) => w.startsWith('seed='))?.slice(5) ?? 1);

/** A new run at every allocation. */
export const stressRuns: boolean = words.has('runs');
/** A young collection after every few cells. */
export const stressYoung: boolean = words.has('young');
/** A collection at every safepoint. */
export const stressCollect: boolean = words.has('collect') || words.has('concurrent');
/** Collections mark beside the program. */
export const stressConcurrent: boolean = words.has('concurrent');
/** Stores are not logged while marking. */
export const stressForget: boolean = words.has('forget');
/** Reclaimed cells are overwritten. */
export const poisonCells: boolean = words.has('poison');
/** The heap is verified after every pop and collection. */
export const verifyAlways: boolean = words.has('verify');
/** Nothing is left out. */
export const stressAll: boolean = words.has('all');

/** Objects that a verification walks in a space without much of a program's own: one of a larger space is rarer. */
export const VERIFIED_USUALLY = 50_000;

/** What reclaimed words hold: an object handle outside every space. */
export const POISON = -64;

/**
 * Which of a long row of events to act on: all of the first `dense`, then about `dense` more for every doubling, at distances that look
 * random but are the same in every run.
 */
export class Sampler {
  private seen = 0;
  private next = 1;
  private state: number;

  constructor(
    private readonly dense: number,
    start: number = seed,
  ) {
    this.state = Math.imul(start, 0x9e3779b1) | 1;
  }

  /** Counts one event: is it to be acted on? */
  hit(): boolean {
    if (++this.seen < this.next) return false;
    this.next = this.seen + this.gap();
    return true;
  }

  /** The event that was acted on cost `units`, where some `usual` are expected: the next waits as many times longer. */
  weigh(units: number, usual: number): void {
    if (!stressAll && units > usual) this.next = this.seen + Math.ceil(((this.next - this.seen) * units) / usual);
  }

  private gap(): number {
    if (stressAll || this.seen < this.dense) return 1;
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    const mean = this.seen / this.dense;
    return 1 + Math.floor(((this.state >>> 0) / 2 ** 32) * 2 * mean);
  }
}

/** Set by stress-points.ts, which stands above everything this module's users need. */
export const stressHooks = {
  /** After the pop of the context whose parent is `parent`. */
  popped: (_parent: number): void => {},
};
