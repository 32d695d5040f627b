/** Names and definitions of the built-in modules, those included that are loaded when they are first imported. */
import { bootConstant } from '../objects/boot-constants.js';
import { type ModuleDefinition, moduleDefinitions } from '../objects/define.js';
import { loadLater } from '../objects/later.js';
import { intern } from '../objects/strings.js';
import { newTupleOf, tupleItem, tupleLength } from '../objects/tuple.js';

/** sys.builtin_module_names. */
export const builtinModuleNames = bootConstant(() => newTupleOf([...moduleDefinitions.keys()].sort().map(intern)));

/** Is there a built-in module of that name? */
export function isBuiltinModule(name: string): boolean {
  if (moduleDefinitions.has(name)) return true;
  const names = builtinModuleNames();
  const wanted = intern(name);
  for (let i = 0; i < tupleLength(names); i++) if (tupleItem(names, i) === wanted) return true;
  return false;
}

/** The definition of a built-in module; undefined when there is none of that name. */
export function builtinModule(name: string): ModuleDefinition | undefined {
  const found = moduleDefinitions.get(name);
  if (found !== undefined || !isBuiltinModule(name)) return found;
  loadLater();
  return moduleDefinitions.get(name);
}
