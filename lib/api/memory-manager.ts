/** MemoryManager: what decides how long values live. */
import { collectGarbage } from '../heap/collect.js';
import { ContextScope } from './context-scope.js';
import { running } from './host.js';
import { promote } from './promote.js';

export const MemoryManager = {
  ContextScope,
  promote,

  /** Collects now, with all threads stopped at safepoints. */
  collect(): void {
    running(collectGarbage);
  },
} as const;
