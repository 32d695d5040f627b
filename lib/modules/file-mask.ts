/** The permissions that files and folders are made with. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { currentEnvironment } from './frames.js';

const I32 = i32;

/** The environment's umask beside the process's, which a Worker cannot set; -1: not set. */
const ownMask = (): number => I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_UMASK] - 1;

/** umask(mask): the one before. */
export function setMask(mask: number): number {
  const before = ownMask();
  I32[(currentEnvironment() >>> 2) + L.ENVIRONMENT_UMASK] = (mask & 0o777) + 1;
  return before < 0 ? process.umask() : before;
}

/** Mode to create a file with, and the mode to set afterwards because the process's mask takes away more than ours; -1: none. */
export function maskedMode(mode: number): { mode: number; after: number } {
  const own = ownMask();
  if (own < 0) return { mode, after: -1 };
  const wanted = mode & ~own;
  return { mode: wanted, after: (wanted & process.umask()) === 0 ? -1 : wanted };
}
