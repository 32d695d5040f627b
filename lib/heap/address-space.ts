/** Bytes of addresses that the system lets this process have, where it bounds them (`ulimit -v`) and says so: on Linux. */
import { readFileSync } from 'node:fs';

/** What V8 and the system's library take for a Worker of Node, measured: its code range, heap, stack. */
export const WORKER_ADDRESSES = 0.875 * 2 ** 30;

/** Addresses that are left; infinite where there is no bound, or none is known. */
export function addressesLeft(): number {
  try {
    const limit = /^Max address space +(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    if (limit === null) return Number.POSITIVE_INFINITY;
    const pages = Number(readFileSync('/proc/self/statm', 'utf8').split(' ')[0]);
    return Number(limit[1]) - pages * 4096;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
