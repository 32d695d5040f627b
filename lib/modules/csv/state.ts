/** What `_csv` keeps in each environment: the registered dialects and the limit of a field, as attributes of the module. */
import * as H from '../../heap/handles.js';
import { getAttr } from '../../objects/abstract.js';
import { intToNumber } from '../../objects/int.js';
import { intern } from '../../objects/strings.js';
import { currentEnvironment } from '../frames.js';
import { importModule } from '../import.js';
import { moduleSet } from '../modules.js';

export const FIELD_LIMIT = 131072;
const N_DIALECTS = '_dialects';
const N_LIMIT = '_field_limit';

const moduleItself = (): number => importModule(currentEnvironment(), '_csv');

/** The dict of dialects by name; 0 with the exception set. */
export function csvDialects(): number {
  const module = moduleItself();
  return module === 0 ? 0 : getAttr(module, intern(N_DIALECTS));
}

/** How many characters a field may have. */
export function fieldLimit(): number {
  const module = moduleItself();
  const limit = module === 0 ? 0 : getAttr(module, intern(N_LIMIT));
  return limit === 0 ? FIELD_LIMIT : intToNumber(limit);
}

export function setFieldLimit(limit: number): number {
  const module = moduleItself();
  if (module === 0) return 0;
  moduleSet(module, N_LIMIT, limit);
  return H.NONE;
}

/** Attributes that a new module gets. */
export const initialState = (dialects: number): Record<string, number> => ({
  [N_DIALECTS]: dialects,
  [N_LIMIT]: H.small(FIELD_LIMIT),
});
