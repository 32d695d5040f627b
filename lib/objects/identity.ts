/** Identity of objects: they never move, so their address is their id. */
import { intFromNumber } from './int.js';

/** Hash by address. */
export const identityHash = (o: number): number => intFromNumber((o >>> 0) / 16);
/** id() of an object in the heap or an immediate. */
export const identity = (o: number): number => intFromNumber(o >>> 0);
