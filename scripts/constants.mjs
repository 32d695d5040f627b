// Rewrites of bundled code. Two let V8 fold the typed-array views into machine code (3 times faster calls, docs/performance.md):
// - esbuild turns every top-level `const` into `var`; they become constants again.
// - Inside a loop V8 knows a constant of the function, but not one of the module: functions get local names for the views they use.
// And esbuild's `var Name = class _Name` becomes `class Name`: users see the names of classes.
import { parse } from 'acorn';
import { ancestor, base, recursive, simple } from 'acorn-walk';

/** A function that refers to a view fewer times, and in no loop, is left alone. */
const LEAST_REFERENCES = 4;
const VIEW = /^(Int32|Uint8|Uint16|Uint32|Float64)Array$/;

/** Adds the names that an assignment's target writes. */
function addTargets(target, names) {
  if (target.type === 'Identifier') names.add(target.name);
  else if (target.type === 'AssignmentPattern') addTargets(target.left, names);
  else if (target.type === 'RestElement') addTargets(target.argument, names);
  else if (target.type === 'ArrayPattern') for (const item of target.elements) item && addTargets(item, names);
  else if (target.type === 'ObjectPattern') for (const p of target.properties) addTargets(p.value ?? p.argument, names);
}

/** Every name that is assigned to anywhere, whatever its scope: bundled top-level names are unique, so the rest are constants. */
function assignedNames(program) {
  const names = new Set();
  const loop = ({ left }) => left.type !== 'VariableDeclaration' && addTargets(left, names);
  simple(program, {
    AssignmentExpression: ({ left }) => addTargets(left, names),
    UpdateExpression: ({ argument }) => addTargets(argument, names),
    ForInStatement: loop,
    ForOfStatement: loop,
  });
  return names;
}

const topLevelVariables = (program) =>
  program.body.filter((node) => node.type === 'VariableDeclaration' && node.kind === 'var');

/** Replacements { start, end, text } that make constants of the top-level variables that are never assigned to. Lines stay. */
function* constantDeclarations(source, program, isConstant) {
  for (const node of topLevelVariables(program)) {
    let from = node.start;
    for (const d of node.declarations) {
      yield {
        start: from,
        end: d.start,
        text: `${from === node.start ? '' : '; '}${isConstant(d) ? 'const' : 'let'} `,
      };
      from = d.end;
    }
  }
}

/** Names of top-level constants that hold a view or the carrier's record, aliases included. */
function viewNames(program, isConstant) {
  const names = new Set(['CARRIER']);
  const isView = (init) =>
    (init.type === 'NewExpression' && VIEW.test(init.callee.name)) ||
    (init.type === 'Identifier' && names.has(init.name));
  for (const { declarations } of topLevelVariables(program))
    for (const d of declarations)
      if (isConstant(d) && d.id.type === 'Identifier' && isView(d.init)) names.add(d.id.name);
  return names;
}

/** References to `names` in a function's own body: [node, in a loop?]; functions in it have theirs. */
function referencesIn(body, names) {
  const found = [];
  const loop = (node, _depth, visit) => base[node.type](node, 1, visit);
  const skip = () => {};
  recursive(body, 0, {
    Identifier: (node, depth) => void (names.has(node.name) && found.push([node, depth > 0])),
    Function: skip,
    ForStatement: loop,
    WhileStatement: loop,
    DoWhileStatement: loop,
    ForOfStatement: loop,
    ForInStatement: loop,
  });
  return found;
}

/** Replacements that give functions local names for the views they use in loops or often. */
function* localViews(program, names) {
  const functions = [];
  const add = (node) => void (node.body.type === 'BlockStatement' && functions.push(node.body));
  ancestor(program, { Function: add });
  for (const body of functions) {
    const references = referencesIn(body, names);
    if (references.length < LEAST_REFERENCES && !references.some(([, looped]) => looped)) continue;
    const used = [...new Set(references.map(([node]) => node.name))];
    const text = used.map((name) => `${name}$ = ${name}`).join(', ');
    yield { start: body.start + 1, end: body.start + 1, text: ` const ${text};` };
    for (const [node] of references) yield { start: node.start, end: node.end, text: `${node.name}$` };
  }
}

/** Replacements that give classes which esbuild has renamed within themselves their names back. */
function* classNames(program) {
  for (const { declarations } of topLevelVariables(program)) {
    for (const { id, init } of declarations) {
      if (init?.type !== 'ClassExpression' || init.id?.name !== `_${id.name}`) continue;
      const renamed = [init.id];
      simple(init.body, { Identifier: (node) => void (node.name === init.id.name && renamed.push(node)) });
      for (const node of renamed) yield { start: node.start, end: node.end, text: id.name };
    }
  }
}

function replaceAll(source, replacements) {
  const pieces = [];
  let from = 0;
  for (const { start, end, text } of replacements.sort((a, b) => a.start - b.start)) {
    pieces.push(source.slice(from, start), text);
    from = end;
  }
  return pieces.join('') + source.slice(from);
}

/** The bundled module with its constants constant, and views known inside loops. Lines stay where they are. */
export function withConstants(source) {
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
  const assigned = assignedNames(program);
  const isConstant = ({ init, id }) => Boolean(init) && (id.type !== 'Identifier' || !assigned.has(id.name));
  const names = viewNames(program, isConstant);
  return replaceAll(source, [
    ...constantDeclarations(source, program, isConstant),
    ...classNames(program),
    ...localViews(program, names),
  ]);
}
