/**
 * Exhaustive search over the interleavings of a few threads, written as generators: a step goes from one `yield` to the next and is atomic. A thread
 * that yields a function waits until it returns true. States are told apart by what `state` returns and by how many steps each thread has done, or,
 * for threads that loop, by the label they yielded last; each is visited once.
 */
export type Thread = Generator<(() => boolean) | string | undefined, void, undefined>;

export interface System {
  readonly threads: readonly Thread[];
  /** Everything shared, and the local variables of the threads, as plain data. */
  state(): unknown;
  /** What is wrong at the end, when no thread can go on; empty when nothing is. `stuck`: some wait still. */
  fault(stuck: readonly number[]): string;
}

export interface Found {
  states: number;
  ends: number;
  /** The first fault found, with the order of steps that leads to it. */
  fault: string;
  schedule: readonly number[];
}

/** One execution, driven step by step. */
class Run {
  readonly system: System;
  readonly #waits: ((() => boolean) | undefined)[];
  readonly #done: boolean[];
  /** Where each thread is. */
  readonly #places: (number | string)[];

  constructor(make: () => System) {
    this.system = make();
    const n = this.system.threads.length;
    this.#waits = new Array<(() => boolean) | undefined>(n).fill(undefined);
    this.#done = new Array<boolean>(n).fill(false);
    this.#places = new Array<number | string>(n).fill(0);
  }

  step(i: number): void {
    const r = this.system.threads[i]!.next();
    const last = this.#places[i]!;
    this.#places[i] = typeof r.value === 'string' ? r.value : typeof last === 'string' ? `${last}+` : last + 1;
    this.#done[i] = r.done === true;
    this.#waits[i] = typeof r.value === 'function' ? r.value : undefined;
  }

  enabled(): number[] {
    return this.#done.flatMap((done, i) => (!done && (this.#waits[i]?.() ?? true) ? [i] : []));
  }

  stuck(): number[] {
    return this.#done.flatMap((done, i) => (done ? [] : [i]));
  }

  key(): string {
    return JSON.stringify([this.#places, this.#done, this.system.state()]);
  }
}

/** Searches all interleavings, or until the first fault. */
export function explore(make: () => System, most = 2_000_000): Found {
  const found: Found = { states: 0, ends: 0, fault: '', schedule: [] };
  const seen = new Set<string>();
  const stack: number[][] = [[]];
  for (let schedule = stack.pop(); schedule !== undefined; schedule = stack.pop()) {
    const run = new Run(make);
    for (const i of schedule) run.step(i);
    // Goes on along one branch and leaves the others for later.
    for (;;) {
      const key = run.key();
      if (seen.has(key)) break;
      seen.add(key);
      if (++found.states > most) throw new Error('the model is too large');
      const enabled = run.enabled();
      if (enabled.length === 0) {
        found.ends++;
        found.fault = run.system.fault(run.stuck());
        found.schedule = schedule;
        if (found.fault !== '') return found;
        break;
      }
      for (const i of enabled.slice(1)) stack.push([...schedule, i]);
      schedule = [...schedule, enabled[0]!];
      run.step(enabled[0]!);
    }
  }
  return found;
}
