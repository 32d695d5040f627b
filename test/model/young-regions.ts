/**
 * Random programs on the real heap (young-program.ts), which is looked at after every step: nothing that they reach is lost or overwritten.
 */
import { newObject, takeRun } from '../../lib/heap/alloc.js';
import { collectGarbage } from '../../lib/heap/collect.js';
import * as L from '../../lib/heap/layout.generated.js';
import { generator } from './random.js';
import { onThread, Program, type Shadow, type Size, type Weakening } from './young-program.js';

/** Which collections come in between. */
export type Collections = 'none' | 'full' | 'young';

const SIZE: Size = { locals: 5, fields: 2, globals: 3 };

export interface Outcome {
  programs: number;
  violations: number;
  /** The first violation. */
  first: string;
}

class RandomProgram extends Program {
  constructor(
    private readonly random: (n: number) => number,
    weak: Weakening,
  ) {
    super(SIZE, weak);
  }

  private any(): Shadow | null {
    return this.frame.locals[this.random(SIZE.locals)]!;
  }

  private toAny(value: Shadow | null): void {
    this.setLocal(this.random(SIZE.locals), value);
  }

  private doReturn(): void {
    const value = this.random(2) === 0 ? this.any() : null;
    this.leave(value, this.random(10) === 0);
    if (value !== null) this.toAny(value);
  }

  private storeAny(target: Shadow | null, value: Shadow | null): void {
    if (target !== null && !target.leaf) this.store(target, this.random(SIZE.fields), value);
  }

  private setAnyGlobal(value: Shadow | null): void {
    this.setGlobal(this.random(SIZE.globals), value);
  }

  step(): void {
    const { random } = this;
    switch (random(12)) {
      case 0:
      case 1:
        if (random(60) === 0) takeRun(64);
        if (random(8) === 0) for (let k = random(30); k > 0; k--) newObject(L.KIND_TUPLE, 64, 0);
        return this.toAny(this.container());
      case 2:
        return this.toAny(this.leaf());
      case 3:
      case 4:
        return this.storeAny(this.any(), this.any());
      case 5: {
        const from = this.any();
        if (from !== null && !from.leaf) this.toAny(from.fields[random(SIZE.fields)]!);
        return;
      }
      case 6:
        if (random(3) === 0) this.setAnyGlobal(this.any());
        return;
      case 7:
        return this.toAny(this.globals[random(SIZE.globals)]!);
      case 8:
        if (random(4) === 0) this.storeAny(this.old, this.any());
        return;
      case 9:
        return this.toAny(this.old.fields[random(SIZE.fields)]!);
      case 10:
        if (this.frames.length < 7) this.call([this.any(), this.any()]);
        return;
      default:
        if (this.frames.length > 1) this.doReturn();
    }
  }
}

function runProgram(random: (n: number) => number, weak: Weakening, collections: Collections): string {
  const program = new RandomProgram(random, weak);
  for (let i = 0; i < 160; i++) {
    program.step();
    if (collections === 'full' && random(50) === 0 && program.check() === '') collectGarbage();
    if (collections === 'young' && random(10) === 0) program.youngCollection();
    const why = program.check();
    if (why !== '') return why;
  }
  return '';
}

/** Runs `programs` random programs, each on a thread of its own; stops at the first violation. */
export function runPrograms(seed: number, programs: number, weak: Weakening, collections: Collections): Outcome {
  const random = generator(seed);
  const outcome: Outcome = { programs: 0, violations: 0, first: '' };
  while (outcome.programs < programs && outcome.violations === 0) {
    outcome.first = onThread(() => runProgram(random, weak, collections));
    if (outcome.first !== '') outcome.violations++;
    outcome.programs++;
  }
  collectGarbage();
  return outcome;
}
