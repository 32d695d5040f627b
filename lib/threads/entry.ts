/** Limits of a carrier's isolate: nested dispatch loops and the parser recurse in JavaScript. */
export const CARRIER_LIMITS = { stackSizeMb: 8 };

/** A carrier's program as a Worker wants it, given as a path or as a file URL. A path is cheaper: making URLs costs some 0.3 ms at start. */
export const entryOf = (entry: string): string | URL => (entry.startsWith('file:') ? new URL(entry) : entry);
