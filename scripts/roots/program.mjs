// The runtime's functions as syntax trees: which there are, and what a call in one of them calls.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { parse } from 'acorn';
import { transformSync } from 'esbuild';

export const isFunction = (node) =>
  /^(Arrow)?Function(Declaration|Expression)$|^ArrowFunctionExpression$/.test(node?.type);

/** Calls `visit(child)` for the nodes directly below. */
export function eachChild(node, visit) {
  for (const key in node) {
    const value = node[key];
    if (Array.isArray(value)) for (const v of value) v?.type && visit(v);
    else if (value?.type && key !== 'loc') visit(value);
  }
}

function* sourcesOf(folder) {
  for (const e of readdirSync(folder, { withFileTypes: true })) {
    const file = join(folder, e.name);
    if (e.isDirectory()) yield* sourcesOf(file);
    else if (/\.ts$/.test(e.name) && !/\.d\.ts$|generated/.test(e.name)) yield file;
  }
}

/** One module: its tree, its functions by name, imports and exports. */
class Module {
  constructor(file, root, edit) {
    this.file = file;
    this.name = relative(root, file);
    const text = edit(this.name, readFileSync(file, 'utf8'));
    const { code, map } = transformSync(text, { loader: 'ts', sourcemap: true, target: 'esnext' });
    this.lines = new SourceMap(JSON.parse(map));
    this.tree = parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true });
    this.functions = new Map();
    this.imports = new Map();
    this.exports = new Map();
    this.stars = [];
    for (const node of this.tree.body) this.declare(node);
  }

  line(node) {
    const { line, column } = node.loc.start;
    return (this.lines.findEntry(line - 1, column).originalLine ?? line - 1) + 1;
  }

  target(source) {
    return source.startsWith('.') ? resolve(dirname(this.file), source.replace(/\.js$/, '.ts')) : undefined;
  }

  declare(node) {
    if (node.type === 'ImportDeclaration') {
      for (const s of node.specifiers)
        this.imports.set(s.local.name, { file: this.target(node.source.value), name: s.imported?.name ?? '*' });
    } else if (node.type === 'ExportAllDeclaration') this.stars.push(this.target(node.source.value));
    else if (node.type === 'ExportNamedDeclaration') this.declareExport(node);
    else if (node.type === 'FunctionDeclaration') this.functions.set(node.id.name, node);
    else if (node.type === 'VariableDeclaration') {
      for (const d of node.declarations)
        if (d.id.type === 'Identifier' && d.init) {
          if (isFunction(d.init)) this.functions.set(d.id.name, d.init);
          else if (d.init.type === 'Identifier') this.imports.set(d.id.name, { file: this.file, name: d.init.name });
        }
    }
  }

  declareExport(node) {
    if (node.declaration) this.declare(node.declaration);
    for (const s of node.specifiers) {
      const file = node.source ? this.target(node.source.value) : this.file;
      this.exports.set(s.exported.name, { file, name: s.local.name });
    }
  }
}

export class Program {
  /** `edit(name, text)` may change what is read. */
  constructor(root, folders, edit = (_name, text) => text) {
    this.modules = new Map();
    for (const folder of folders.filter((f) => existsSync(join(root, f))))
      for (const file of sourcesOf(join(root, folder))) this.modules.set(file, new Module(file, root, edit));
    /** Functions put into fields (`hooks.name = f`), by field. */
    this.fields = new Map();
    /** Every function with its module: named ones, then those within expressions. */
    this.functions = [];
    for (const m of this.modules.values()) this.collect(m);
  }

  collect(m) {
    const names = new Map([...m.functions].map(([name, node]) => [node, name]));
    const visit = (node, owner) => {
      let inner = owner;
      if (isFunction(node)) {
        const name = names.get(node) ?? `${owner?.name ?? '<module>'}:${m.line(node)}`;
        inner = { module: m, node, name, owner, label: `${m.name}#${name}` };
        node.info = inner;
        this.functions.push(inner);
      }
      if (node.type === 'Property' && node.key.type === 'Identifier' && /Function|Identifier/.test(node.value.type))
        this.addField(node.key.name, node.value, m);
      if (node.type === 'AssignmentExpression' && node.left.type === 'MemberExpression' && !node.left.computed)
        this.addField(node.left.property.name, node.right, m);
      eachChild(node, (c) => visit(c, inner));
    };
    visit(m.tree, undefined);
  }

  addField(name, value, m) {
    if (!this.fields.has(name)) this.fields.set(name, []);
    this.fields.get(name).push({ value, module: m });
  }

  /** The function an exported name of a file stands for. */
  find(file, name, depth = 0) {
    const m = this.modules.get(file);
    if (m === undefined || depth > 8) return undefined;
    const own = m.functions.get(name);
    if (own !== undefined) return own.info;
    const via = m.exports.get(name) ?? m.imports.get(name);
    if (via !== undefined && !(via.file === file && via.name === name)) return this.find(via.file, via.name, depth + 1);
    for (const star of m.stars) {
      const found = this.find(star, name, depth + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** What a call calls: { fn } a function, { name } an unknown one, { hook } a field of an object, { slot } an entry of the slot tables. */
  callee(node, m, locals) {
    let c = node.callee;
    while (c.type === 'ParenthesizedExpression' || c.type === 'ChainExpression') c = c.expression;
    if (c.type === 'Identifier') {
      if (locals?.has(c.name)) return { local: c.name };
      const fn = this.find(m.file, c.name);
      return fn === undefined ? { name: c.name } : { fn };
    }
    if (c.type !== 'MemberExpression') return { name: '' };
    if (c.computed) return { slot: slotName(c) };
    const base = c.object;
    if (base.type === 'Identifier') {
      const via = m.imports.get(base.name);
      if (via?.name === '*') return { fn: this.find(via.file, c.property.name), name: c.property.name };
      if (/^(?!Array$)([A-Z][A-Z0-9]*|[A-Z]\w+|atomics|process)$/.test(base.name)) return { name: '' };
      // Attributes of plain instances by name: shapes and slots, no Python.
      if (base.name === 'instanceView') return { name: 'instanceView' };
      if (/[hH]ooks?$/.test(base.name)) return { hook: c.property.name };
    }
    return { method: c.property.name, base };
  }
}

/** `slots.repr[...]` -> repr; `slots.binary[op][...]` -> binary; '' for other computed callees. */
export function slotName(c) {
  let o = c.object;
  while (o.type === 'MemberExpression' && o.computed) o = o.object;
  return o.type === 'MemberExpression' && o.object.name === 'slots' && o !== c ? o.property.name : '';
}
