// Gives bundled code its top-level constants back. esbuild turns every top-level `const` into `var`; V8 then loads the typed-array views
// and their lengths at each access instead of folding them into the machine code (3 times slower, see docs/performance.md).
import { parse } from 'acorn';
import { simple } from 'acorn-walk';

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

/** The module with each top-level `var` as `const`, or `let` where its name is assigned to later. Lines stay where they are. */
export function withConstants(source) {
  const program = parse(source, { ecmaVersion: 'latest', sourceType: 'module' });
  const assigned = assignedNames(program);
  const isConstant = ({ init, id }) => init && (id.type !== 'Identifier' || !assigned.has(id.name));
  const pieces = [];
  let from = 0;
  for (const node of program.body) {
    if (node.type !== 'VariableDeclaration' || node.kind !== 'var') continue;
    pieces.push(source.slice(from, node.start));
    pieces.push(
      node.declarations.map((d) => `${isConstant(d) ? 'const' : 'let'} ${source.slice(d.start, d.end)}`).join('; '),
    );
    from = node.declarations.at(-1).end;
  }
  return pieces.join('') + source.slice(from);
}
