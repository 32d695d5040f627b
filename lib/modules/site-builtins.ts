/**
 * What CPython's `site` puts into builtins: exit, quit, copyright, credits, license, help. They are there without `site`, and cost nothing until used:
 * each then has an object of the class in CPython's `_sitebuiltins` do the work.
 */
import { root, unroot } from '../heap/context.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { callArgs, getAttr, repr } from '../objects/abstract.js';
import { callHook } from '../objects/call.js';
import { defineType, readOnly } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { newListFromArray } from '../objects/list.js';
import { isStr } from '../objects/object.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { item, newRecord } from './record.js';
import { sysAttribute } from './print.js';

const I32 = i32;
const END_OF_FILE = 'Ctrl-D (i.e. EOF)';
const CREDITS =
  'Thanks to CWI, CNRI, BeOpen, Zope Corporation, the Python Software\nFoundation, and a cast of thousands for supporting Python\ndevelopment.  See www.python.org for more information.';
const LICENSE = 'See https://www.python.org/psf/license/';

/** Its arguments, by the name of the builtin. */
type Arguments = (name: string) => number[];

const quitterArguments: Arguments = (name) => [fromJS(name), fromJS(END_OF_FILE)];

/** A text, and for the licence the files that are looked for, where. */
function printerArguments(name: string): number[] {
  if (name !== 'license') return [fromJS(name), name === 'credits' ? fromJS(CREDITS) : sysAttribute('copyright')];
  const folder = sysAttribute('_stdlib_dir');
  const known = folder !== 0 && isStr(folder) ? [toJS(folder)] : [];
  const list = (texts: readonly string[]): number => newListFromArray(texts.map(fromJS));
  return [fromJS(name), fromJS(LICENSE), list(['LICENSE.txt', 'LICENSE']), list([...known, '.'])];
}

/** The object of `_sitebuiltins`; 0 with the exception set. */
function made(self: number, type: string, given: Arguments): number {
  const slot = root(self);
  const module = importModule(currentEnvironment(), '_sitebuiltins');
  const cls = root(module === 0 ? 0 : getAttr(module, intern(type)));
  const r = I32[cls] === 0 ? 0 : callArgs(I32[cls], given(toJS(item(I32[slot], 0))));
  unroot(slot);
  return r;
}

/** Defines the class of builtins; its id. */
function define(at: number, name: string, given: Arguments, attributes: readonly string[] = []): number {
  const id = T.T_BLOCK_SITE + at;
  const through = (self: number, act: (o: number) => number): number => {
    const o = made(self, name, given);
    const slot = root(o);
    const r = o === 0 ? 0 : act(o);
    unroot(slot);
    return r;
  };
  defineType({
    id,
    name,
    module: '_sitebuiltins',
    kind: L.KIND_RECORD,
    final: true,
    getset: attributes.map((a) => readOnly(a, (self) => through(self, (o) => getAttr(o, intern(a))))),
    slots: {
      call: (self, args, n, kwnames) => through(self, (o) => callHook.call(o, args, n, kwnames)),
      repr: (self) => through(self, repr),
      create: () => raise('TypeError', `cannot create '_sitebuiltins.${name}' instances`),
    },
  });
  return id;
}

const QUITTER = define(0, 'Quitter', quitterArguments, ['name', 'eof']);
const PRINTER = define(1, '_Printer', printerArguments);
const HELPER = define(2, '_Helper', () => []);

/** Attributes of builtins; made once a process. */
export function siteBuiltins(): Record<string, number> {
  const rows = [
    [QUITTER, ['exit', 'quit']],
    [PRINTER, ['copyright', 'credits', 'license']],
    [HELPER, ['help']],
  ] as const;
  return Object.fromEntries(
    rows.flatMap(([id, names]) => names.map((name) => [name, newRecord(T.typeHandle(id), [intern(name)])])),
  );
}
