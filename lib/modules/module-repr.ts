/** The repr of modules: what importlib's `_module_repr` gives, without loading importlib for the usual specs. */
import { unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { rootAll } from '../heap/hold.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { repr } from '../objects/abstract.js';
import { dictGetStr } from '../objects/dict.js';
import { moduleHooks } from '../objects/module-hooks.js';
import * as N from '../objects/names.js';
import { isStr } from '../objects/object.js';
import { fromJS, toJS } from '../objects/strings.js';
import { currentEnvironment } from './frames.js';
import { hasImportlib, reprByImportlib } from './importlib.js';
import { isOwnLoader, isSpec, specLocated, specName, specOrigin } from './module-spec.js';

const I32 = i32;

const none = (h: number): boolean => h === 0 || h === H.NONE;
const quoted = (h: number): string => toJS(repr(h));

moduleHooks.repr = (module) => {
  const dict = I32[(module >>> 2) + L.MODULE_DICT];
  const slot = rootAll([N.N_SPEC, N.N_LOADER, N.N_NAME, N.N_FILE].map((name) => dictGetStr(dict, name)));
  const r = moduleRepr(module, I32[slot], I32[slot + 1], I32[slot + 2], I32[slot + 3]);
  unroot(slot);
  return r;
};

/** With the module's attributes, 0 where missing, which are rooted. */
function moduleRepr(module: number, spec: number, loader: number, name: number, file: number): number {
  if (!none(spec) && isSpec(spec)) {
    const where = specLocated(spec) ? `from ${quoted(specOrigin(spec))}` : `(${toJS(specOrigin(spec))})`;
    return fromJS(`<module ${quoted(specName(spec))} ${where}>`);
  }
  const own =
    none(spec) && (none(loader) || isOwnLoader(loader)) && name !== 0 && isStr(name) && (file === 0 || isStr(file));
  const environment = currentEnvironment();
  if (hasImportlib(environment) || !own) return reprByImportlib(environment, module);
  if (file !== 0) return fromJS(`<module ${quoted(name)} from ${quoted(file)}>`);
  return fromJS(`<module ${quoted(name)}${none(loader) ? '' : ` (${quoted(loader)})`}>`);
}
