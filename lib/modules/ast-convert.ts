/** Syntax trees of the front end as Python's objects, and back. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { indexNumber, lookupAttr, repr } from '../objects/abstract.js';
import { newInstance, setSlot } from '../objects/attribute.js';
import { bytesData, bytesFromU8 } from '../objects/bytes.js';
import { complexImag, complexReal, newComplex } from '../objects/complex.js';
import { type ExceptionName, pendingException, raise, typeName } from '../objects/exceptions.js';
import { floatValue, newFloat } from '../objects/float.js';
import { intFromBigInt, intToBigInt } from '../objects/int.js';
import { listSnapshot, newListFromArray } from '../objects/list.js';
import { isExact, isInt, isKind, isStr, typeOf } from '../objects/object.js';
import { fromCodePoints } from '../objects/str.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { tupleItem, tupleLength } from '../objects/tuple.js';
import type { Node, PyConst } from '../syntax/ast.js';
import { textConstant } from '../vm/code-unit.js';
import { type Constructor, type Field, grammar, LOCATION, type Rule } from './ast-grammar.js';
import { isNode, singleton } from './ast-node.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { moduleGet } from './modules.js';

const I32 = i32;

interface Row {
  readonly rule: Rule;
  readonly constructor: Constructor;
}

let rules: readonly Rule[] | undefined;
const rulesInOrder = (): readonly Rule[] => (rules ??= grammar());

let table: Map<string, Row> | undefined;
/** Rule and constructor by the node's name. */
function rows(): Map<string, Row> {
  table ??= new Map(rulesInOrder().flatMap((rule) => rule.constructors.map((c) => [c.name, { rule, constructor: c }])));
  return table;
}

const ruleOf = (name: string): Rule => rulesInOrder().find((r) => r.name === name)!;

/** Names of fields in the front end's trees. */
const ownName = (node: string, field: string): string => (node === 'Constant' && field === 'kind' ? 'str_kind' : field);

// ---------------------------------------------------------------- to Python

function constantHandle(c: PyConst): number {
  switch (c.t) {
    case 'none':
      return H.NONE;
    case 'ellipsis':
      return H.ELLIPSIS;
    case 'bool':
      return H.fromBool(c.v);
    case 'int':
      return intFromBigInt(c.v);
    case 'float':
      return newFloat(c.v);
    case 'complex':
      return newComplex(0, c.v);
    case 'str':
      return c.points === undefined ? fromJS(c.v) : fromCodePoints(c.points);
    case 'bytes':
      return bytesFromU8(c.v);
  }
}

/** Nothing here runs Python code, so that handles need no roots. */
class ToPython {
  constructor(private readonly module: number) {}

  node(node: Node): number {
    const { constructor: c, rule } = rows().get(node.kind)!;
    const o = newInstance(moduleGet(this.module, node.kind));
    const fields = node as unknown as Record<string, unknown>;
    for (const f of c.fields) setSlot(o, intern(f.name), this.value(f, fields[ownName(c.name, f.name)]));
    if (rule.location !== 'none')
      for (const name of LOCATION) setSlot(o, intern(name), H.small(fields[name] as number));
    return o;
  }

  private value(f: Field, value: unknown): number {
    if (Array.isArray(value)) return newListFromArray(value.map((v: unknown) => this.one(f, v)));
    return this.one(f, value);
  }

  private one(f: Field, value: unknown): number {
    if (value === null || value === undefined) return H.NONE;
    if (f.type === 'constant' && typeof value === 'object') return constantHandle(value as PyConst);
    if (typeof value === 'number') return H.small(value);
    if (typeof value === 'object') return this.node(value as Node);
    const isText = f.type === 'identifier' || f.type === 'string' || f.type === 'constant';
    return isText ? internText(value as string, f.type) : singleton(moduleGet(this.module, value as string));
  }
}

const internText = (s: string, type: string): number => (type === 'identifier' ? intern(s) : fromJS(s));

/** The tree as objects of the module ast; 0 with the exception set. */
export function treeToPython(tree: Node): number {
  const module = importModule(currentEnvironment(), '_ast');
  return module === 0 ? 0 : new ToPython(module).node(tree);
}

// ---------------------------------------------------------------- from Python

/** Thrown within this module only: the Python exception is set. */
class Failed extends Error {}

function fail(kind: ExceptionName, message: string): never {
  raise(kind, message);
  throw new Failed();
}

function text(h: number): string {
  const r = repr(h);
  if (r === 0) throw new Failed();
  return toJS(r);
}

function constant(h: number): PyConst {
  if (h === H.NONE) return { t: 'none' };
  if (h === H.ELLIPSIS) return { t: 'ellipsis' };
  if (H.isBool(h)) return { t: 'bool', v: h === H.TRUE };
  if (isInt(h)) return { t: 'int', v: intToBigInt(h) };
  if (H.isFloat(h)) return { t: 'float', v: floatValue(h) };
  if (H.isChar(h) || isExact(h, L.KIND_STR)) return textConstant(h);
  if (isExact(h, L.KIND_BYTES)) return { t: 'bytes', v: bytesData(h).slice() };
  if (isExact(h, L.KIND_COMPLEX) && complexReal(h) === 0) return { t: 'complex', v: complexImag(h) };
  if (isExact(h, L.KIND_TUPLE) || isExact(h, L.KIND_FROZENSET) || isExact(h, L.KIND_COMPLEX))
    fail('NotImplementedError', `a Constant of ${typeName(h)} cannot be compiled`);
  return fail('TypeError', `got an invalid type in Constant: ${typeName(h)}`);
}

const KEYWORD_CONSTANTS = ['None', 'True', 'False'];

class FromPython {
  constructor(private readonly module: number) {}

  /** Name of the node's class, or of the nearest base of it that the grammar has. */
  kindOf(h: number): string | undefined {
    if (!isNode(h)) return undefined;
    const mro = I32[(typeOf(h) >>> 2) + L.TYPE_MRO];
    for (let i = 0; i < tupleLength(mro); i++) {
      const cls = tupleItem(mro, i);
      const name = toJS(I32[(cls >>> 2) + L.TYPE_NAME]);
      if (rows().has(name) && moduleGet(this.module, name) === cls) return name;
    }
    return undefined;
  }

  /** A node of the rule `wanted`, or the name of an operator or context. */
  node(h: number, wanted: string): unknown {
    const kind = this.kindOf(h);
    const rule = ruleOf(wanted);
    if (kind === undefined || rows().get(kind)!.rule !== rule) {
      if (!rule.sum) fail('TypeError', `expected ${wanted} node, got ${typeName(h)}`);
      fail('TypeError', `expected some sort of ${wanted}, but got ${text(h)}`);
    }
    const { constructor: c } = rows().get(kind)!;
    if (rule.sum && rule.constructors.every((x) => x.fields.length === 0)) return kind;
    const slot = root(h);
    const out: Record<string, unknown> = { kind };
    if (rule.location !== 'none') this.location(h, rule, out);
    for (const f of c.fields) out[ownName(kind, f.name)] = this.field(h, kind, f);
    unroot(slot);
    return out;
  }

  private attribute(h: number, name: string): number {
    const v = lookupAttr(h, intern(name));
    if (v === 0 && pendingException() !== 0) throw new Failed();
    return v;
  }

  private location(h: number, rule: Rule, out: Record<string, unknown>): void {
    for (const name of LOCATION) {
      const v = this.attribute(h, name);
      const start = name.startsWith('end_') ? name.slice(4) : '';
      if (v === 0 || v === H.NONE) {
        if (start === '' || rule.location === 'required')
          fail('TypeError', `required field "${name}" missing from ${rule.name}`);
        out[name] = out[start];
      } else out[name] = this.int(v);
    }
  }

  private int(h: number): number {
    if (!isInt(h) && !H.isBool(h)) fail('ValueError', `invalid integer value: ${text(h)}`);
    return indexNumber(h);
  }

  private field(h: number, kind: string, f: Field): unknown {
    const v = this.attribute(h, f.name);
    if (f.many === '*' || f.many === '?*') return this.list(v, kind, f);
    if (v === 0 || (v === H.NONE && f.type !== 'constant')) {
      if (f.many === '?') return f.name === 'level' ? 0 : null;
      if (v === 0) fail('TypeError', `required field "${f.name}" missing from ${kind}`);
      if (f.type === 'identifier' || f.type === 'string' || f.type === 'int') return this.one(v, f);
      fail('ValueError', `field '${f.name}' is required for ${kind}`);
    }
    return this.one(v, f);
  }

  private list(v: number, kind: string, f: Field): unknown[] {
    if (v === 0) return [];
    if (!isKind(v, L.KIND_LIST)) fail('TypeError', `${kind} field "${f.name}" must be a list, not a ${typeName(v)}`);
    const slot = root(newListFromArray(listSnapshot(v)));
    const out = listSnapshot(I32[slot]).map((item) => {
      if (item !== H.NONE) return this.one(item, f);
      if (f.many === '?*') return null;
      return fail('ValueError', `None disallowed in ${f.type === 'stmt' ? 'statement' : 'expression'} list`);
    });
    unroot(slot);
    return out;
  }

  private one(v: number, f: Field): unknown {
    switch (f.type) {
      case 'int':
        return this.int(v);
      case 'identifier':
        if (!isStr(v)) fail('TypeError', 'AST identifier must be of type str');
        if (KEYWORD_CONSTANTS.includes(toJS(v)))
          fail('ValueError', `identifier field can't represent '${toJS(v)}' constant`);
        return toJS(v);
      case 'string':
        if (!isStr(v)) fail('TypeError', 'AST string must be of type str');
        return toJS(v);
      case 'constant':
        return f.name === 'str' && isStr(v) ? toJS(v) : constant(v);
      default:
        return this.node(v, f.type);
    }
  }
}

const TOP = { exec: 'Module', eval: 'Expression', single: 'Interactive' } as const;

/** The front end's tree of a node for a mode of compile(); undefined with the exception set. */
export function treeFromPython(h: number, mode: keyof typeof TOP): Node | undefined {
  const module = importModule(currentEnvironment(), '_ast');
  if (module === 0) return undefined;
  const from = new FromPython(module);
  if (from.kindOf(h) !== TOP[mode]) return void raise('TypeError', `expected ${TOP[mode]} node, got ${typeName(h)}`);
  try {
    return from.node(h, 'mod') as Node;
  } catch (e) {
    if (!(e instanceof Failed)) throw e;
    return undefined;
  }
}

export const isTree = isNode;
