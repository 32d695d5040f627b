/** The system's signals and alarms on Node's main thread, for the program of a host that lets it have them (the command line). */
import { constants } from 'node:os';
import type { SignalAction } from './job.js';

const nameOf = (signal: number): NodeJS.Signals | undefined =>
  (Object.keys(constants.signals) as NodeJS.Signals[]).find((name) => constants.signals[name] === signal);

export class HostSignals {
  readonly #deliver: (signal: number) => void;
  readonly #listeners = new Map<number, () => void>();
  #alarm: NodeJS.Timeout | undefined;

  /** `deliver` has the program handle a signal. */
  constructor(deliver: (signal: number) => void) {
    this.#deliver = deliver;
  }

  /** From now on a signal is left to the system, ignored, or handed to the program. */
  act(signal: number, action: SignalAction): void {
    const name = nameOf(signal);
    if (name === undefined) return;
    const old = this.#listeners.get(signal);
    if (action === 'default') this.#listeners.delete(signal);
    else {
      const listener = action === 'ignore' ? () => {} : () => this.#deliver(signal);
      this.#listeners.set(signal, listener);
      process.on(name, listener);
    }
    // The new listener first: without any the system's action is in force.
    if (old !== undefined) process.off(name, old);
  }

  /** The signal comes after so many milliseconds, 0: not any more; then every `interval`, 0: no more. */
  alarm(signal: number, milliseconds: number, interval: number): void {
    clearTimeout(this.#alarm);
    if (milliseconds === 0) return;
    this.#alarm = setTimeout(() => {
      this.#fire(signal);
      if (interval > 0) this.alarm(signal, interval, interval);
    }, milliseconds);
  }

  /** As if the system had sent it. */
  #fire(signal: number): void {
    if (this.#listeners.has(signal)) this.#listeners.get(signal)!();
    else process.kill(process.pid, signal);
  }
}
