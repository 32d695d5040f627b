/** What modules need of the import system, which sets these. */
import { toJS } from './strings.js';

export const moduleHooks = {
  /** An attribute that is made when first asked for: its value, or 0 (with or without an exception). */
  missing: (_module: number, _name: number): number => 0,
  /** The message of AttributeError for a module named `moduleName`; may call Python. */
  noAttribute: (_module: number, moduleName: number, name: number): string =>
    `module '${toJS(moduleName)}' has no attribute '${toJS(name)}'`,
  /** A module's repr; 0 with the exception set. */
  repr: (_module: number): number => 0,
};
