/** What import instructions need from the module system, which lies above the interpreter and sets these. */
import { raise } from '../objects/exceptions.js';

const missing = (): number => raise('ImportError', '__import__ not found');

export const importHook = {
  /** (frame, name, fromlist, level): the module. */
  importName: (_frame: number, _name: number, _fromlist: number, _level: number): number => missing(),
  /** (module, name). */
  importFrom: (_module: number, _name: number): number => missing(),
  /** (module, locals mapping): None. */
  importStar: (_module: number, _locals: number): number => missing(),
};

export const importName = (frame: number, name: number, fromlist: number, level: number): number =>
  importHook.importName(frame, name, fromlist, level);
export const importFrom = (module: number, name: number): number => importHook.importFrom(module, name);
export const importStar = (module: number, locals: number): number => importHook.importStar(module, locals);
