/**
 * Stress mode (`PROTOSPACE_STRESS=1`): a new run at every allocation, tiny batches, a collection at every safepoint, poisoned cells and a
 * verified heap. Everything that can move or die, moves or dies as early as the rules allow.
 */
const level = process.env.PROTOSPACE_STRESS ?? '';

/** A new run at every allocation. */
export const stressRuns: boolean = level === '1' || level.includes('runs');
/** A collection at every safepoint. */
export const stressCollect: boolean = level === '1' || level.includes('collect');
/** Reclaimed cells are overwritten. */
export const poisonCells: boolean = level === '1' || level.includes('poison');
/** The heap is verified after every pop and collection. */
export const verifyAlways: boolean = level === '1' || level.includes('verify');

/** What reclaimed words hold: an object handle outside every space. */
export const POISON = -64;
