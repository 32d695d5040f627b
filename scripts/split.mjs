// Splits the bundle of the runtime in two scripts: what an empty program needs, and what lib/modules/later.ts lists with all that only it uses.
// esbuild puts modules one after the other into one scope; what follows a module's comment is its text. The later script gets the names it refers to
// as the items of one array. Each script has empty lines where the other has text, so that lines stay and one source map serves both.
import { parse } from 'acorn';
import { simple } from 'acorn-walk';

const LATER = 'lib/modules/later.ts';
const MODULE = /^\/\/ (lib\/\S+\.ts)$/gm;

/** Modules that the bundle's entry reaches without LATER, by esbuild's metafile. */
function sharedModules({ inputs, outputs }) {
  const found = new Set([LATER]);
  const visit = (path) => {
    if (found.has(path)) return;
    found.add(path);
    for (const { path: next, external } of inputs[path]?.imports ?? []) if (!external) visit(next);
  };
  visit(Object.values(outputs).find((output) => output.entryPoint).entryPoint);
  found.delete(LATER);
  return found;
}

/** Parts of the text: [is it for later?, text]; what comes before the first module is esbuild's own. */
function* sections(text, shared) {
  const marks = [...text.matchAll(MODULE)];
  yield [false, text.slice(0, marks[0].index)];
  for (const [i, mark] of marks.entries()) yield [!shared.has(mark[1]), text.slice(mark.index, marks[i + 1]?.index)];
}

/** Names in the target of a declaration. */
function* namesIn(target) {
  if (target === null) return;
  if (target.type === 'Identifier') yield target.name;
  else if (target.type === 'ArrayPattern') for (const item of target.elements) yield* namesIn(item);
  else if (target.type === 'ObjectPattern') for (const p of target.properties) yield* namesIn(p.value ?? p.argument);
  else yield* namesIn(target.left ?? target.argument);
}

/** Names that a script declares at its top level, and of those the variables that are not constant. */
function declared(program) {
  const [names, variables] = [new Set(), new Set()];
  for (const node of program.body) {
    if (node.type !== 'VariableDeclaration') {
      if (node.id) names.add(node.id.name);
      continue;
    }
    for (const { id } of node.declarations)
      for (const name of namesIn(id)) {
        names.add(name);
        if (node.kind !== 'const') variables.add(name);
      }
  }
  return { names, variables };
}

function referredTo(program) {
  const names = new Set();
  const add = ({ name }) => names.add(name);
  simple(program, { Identifier: add });
  return names;
}

const parsed = (text) => parse(text, { ecmaVersion: 'latest', sourceType: 'module' });
const lines = (text) => text.replace(/[^\n]+/g, '');

/** [text of what is needed at once, text of the script for later]; the first defines PROTOSPACE_SHARED. */
export function splitBundle(text, metafile) {
  const parts = [...sections(text, sharedModules(metafile))];
  const first = parts.map(([later, part]) => (later ? lines(part) : part)).join('');
  const second = parts.map(([later, part]) => (later ? part : lines(part))).join('');
  const [firstProgram, secondProgram] = [parsed(first), parsed(second)];
  const { names, variables } = declared(firstProgram);
  const later = declared(secondProgram).names;
  for (const name of referredTo(firstProgram))
    if (later.has(name) && !names.has(name)) throw new Error(`${name} is in the script for later, and needed at once`);
  const used = [...referredTo(secondProgram)].filter((name) => names.has(name) && !later.has(name));
  for (const name of used)
    if (variables.has(name)) throw new Error(`${name} changes, and the script for later uses it`);
  const share = `function PROTOSPACE_SHARED() { return [${used.join(', ')}]; }`;
  const take = `'use strict'; const ${used.map((name, i) => `${name} = PROTOSPACE_SHARED[${i}]`).join(', ')};`;
  return [first.replace(/\n/, () => ` ${share}\n`), take + second];
}
