// Splits the bundle of the runtime into scripts: what an empty program needs, and for each of LATER that module with all that only it uses.
// esbuild puts modules one after the other into one scope; what follows a module's comment is its text. A later script gets the names it refers to
// as the items of one array. Each script has empty lines where others have text, so that lines stay and one source map serves all.
import { parse } from 'acorn';
import { simple } from 'acorn-walk';

/** What the later scripts begin with: their order is that of lib/objects/later.ts. */
const LATER = ['lib/modules/later.ts', 'lib/jit/index.ts'];
const MODULE = /^\/\/ (lib\/\S+\.ts)$/gm;

/** The script that each module is in, by esbuild's metafile: 0 is the first, which has what the entry or more than one of the others needs. */
function scriptsOfModules({ inputs, outputs }) {
  const scripts = new Map();
  const visit = (path, script) => {
    if (script === 0 ? scripts.get(path) === 0 || LATER.includes(path) : scripts.get(path) === script) return;
    const both = scripts.has(path) ? 0 : script;
    if (scripts.get(path) === 0) return;
    scripts.set(path, both);
    for (const { path: next, external } of inputs[path]?.imports ?? []) if (!external) visit(next, both);
  };
  visit(Object.values(outputs).find((output) => output.entryPoint).entryPoint, 0);
  for (const [i, root] of LATER.entries()) visit(root, i + 1);
  return scripts;
}

/** Parts of the text: [script, text]; what comes before the first module is esbuild's own. */
function* sections(text, scripts) {
  const marks = [...text.matchAll(MODULE)];
  yield [0, text.slice(0, marks[0].index)];
  for (const [i, mark] of marks.entries())
    yield [scripts.get(mark[1]) ?? 0, text.slice(mark.index, marks[i + 1]?.index)];
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

/** Texts: what is needed at once, then those for later; the first defines PROTOSPACE_SHARED, which has the names for each. */
export function splitBundle(text, metafile) {
  const parts = [...sections(text, scriptsOfModules(metafile))];
  const scripts = [undefined, ...LATER].map((_, n) => {
    const own = parts.map(([script, part]) => (script === n ? part : lines(part))).join('');
    const program = parsed(own);
    return { text: own, ...declared(program), refers: referredTo(program) };
  });
  const [first, ...later] = scripts;
  for (const { names, refers } of scripts)
    for (const name of refers)
      if (!names.has(name) && !first.names.has(name) && later.some((script) => script.names.has(name)))
        throw new Error(`${name} is in a script for later, and needed without it`);
  const taken = later.map(({ names, refers }) => [...refers].filter((n) => first.names.has(n) && !names.has(n)));
  for (const name of taken.flat())
    if (first.variables.has(name)) throw new Error(`${name} changes, and a script for later uses it`);
  const shared = taken.map((names, n) => `if (script === ${n}) return [${names.join(', ')}];`).join(' ');
  const share = `function PROTOSPACE_SHARED(script) { ${shared} }`;
  const take = (names) =>
    `'use strict'; const ${names.map((name, i) => `${name} = PROTOSPACE_SHARED[${i}]`).join(', ')};`;
  return [
    first.text.replace(/\n/, () => ` ${share}\n`),
    ...later.map((script, n) => (taken[n].length === 0 ? '' : take(taken[n])) + script.text),
  ];
}
