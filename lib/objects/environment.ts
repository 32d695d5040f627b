/** ENVIRONMENT objects: one Python program's modules and settings. lib/modules/environment.ts fills them; hosts make them too. */
import { newOldObject } from '../heap/alloc.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import * as T from './type-ids.js';

/** An environment without anything in it but its number. */
export function allocateEnvironment(): number {
  const environment = newOldObject(L.KIND_ENVIRONMENT, 128, T.typeHandle(T.T_ENVIRONMENT));
  i32[(environment >>> 2) + L.ENVIRONMENT_ID] = atomics.add(L.CTL_OWNER_NEXT * 4, 1);
  return environment;
}

/** Bit n of HOST_FLAGS: the host has descriptor n (see lib/modules/host-streams.ts). */
export const HOST_TAKES = [1, 2, 4] as const;
/** No more input will come. */
export const HOST_INPUT_ENDED = 8;
/** The host has been told that there is output, and has not looked yet. */
export const HOST_NOTIFIED = 16;
