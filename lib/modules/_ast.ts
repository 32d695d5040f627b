/** `_ast`: the classes of syntax nodes, made from the grammar for each environment that imports the module. */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { binaryOp, callArgs } from '../objects/abstract.js';
import { newInstance } from '../objects/attribute.js';
import { defineModule } from '../objects/define.js';
import { dictSetStr, newDict } from '../objects/dict.js';
import { newAlias } from '../objects/generic-alias.js';
import * as N from '../objects/names.js';
import { OP_OR } from '../objects/slots.js';
import { fromJS, intern } from '../objects/strings.js';
import { newTupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { type Constructor, constructorText, type Field, grammar, LOCATION, type Rule } from './ast-grammar.js';
import { T_AST } from './ast-node.js';
import { i32 } from '../heap/memory.js';

const I32 = i32;
const classDict = (cls: number): number => I32[(cls >>> 2) + L.TYPE_DICT];
const extra = (cls: number): number => I32[(cls >>> 2) + L.TYPE_EXTRA];

type Classes = Record<string, number>;

const tupleOfNames = (names: readonly string[]): number => newTupleOf(names.map(intern));

/** A class of the module ast: `type(name, (base,), namespace)`. */
function newClass(name: string, base: number, doc: string, entries: Readonly<Record<string, number>>): number {
  const namespace = newDict();
  const slot = root(namespace);
  dictSetStr(namespace, N.N_MODULE, intern('ast'));
  dictSetStr(namespace, N.N_DOC, fromJS(doc));
  for (const [key, value] of Object.entries(entries)) dictSetStr(namespace, intern(key), value);
  const cls = callArgs(T.typeHandle(T.T_TYPE), [intern(name), newTupleOf([base]), namespace]);
  unroot(slot);
  return cls;
}

/** Positions a rule's nodes have, and which of them default to None. */
function locationEntries(location: Rule['location']): Record<string, number> {
  if (location === 'none') return { _attributes: newTupleOf([]) };
  const entries: Record<string, number> = { _attributes: tupleOfNames(LOCATION) };
  if (location === 'optional') for (const name of ['end_lineno', 'end_col_offset']) entries[name] = H.NONE;
  return entries;
}

function fieldEntries({ fields }: Constructor): Record<string, number> {
  const names = tupleOfNames(fields.map((f) => f.name));
  const entries: Record<string, number> = { _fields: names, __match_args__: names };
  for (const f of fields) if (f.many === '?') entries[f.name] = H.NONE;
  return entries;
}

function ruleDoc({ name, constructors }: Rule): string {
  const separator = constructors.some((c) => c.fields.length > 0) ? `\n${' '.repeat(name.length + 1)}| ` : ' | ';
  return `${name} = ${constructors.map(constructorText).join(separator)}`;
}

/** Nothing but `classes` refers to the new classes: they stay rooted until newClasses is done. */
function addRule(rule: Rule, classes: Classes): void {
  const base = T.typeHandle(T_AST);
  const location = locationEntries(rule.location);
  if (!rule.sum) {
    const [only] = rule.constructors;
    const cls = newClass(rule.name, base, constructorText(only!), { ...location, ...fieldEntries(only!) });
    root(cls);
    classes[rule.name] = cls;
    return;
  }
  const empty = newTupleOf([]);
  const sum = newClass(rule.name, base, ruleDoc(rule), { ...location, _fields: empty, __match_args__: empty });
  root(sum);
  classes[rule.name] = sum;
  for (const c of rule.constructors) {
    const cls = newClass(c.name, sum, constructorText(c), fieldEntries(c));
    root(cls);
    classes[c.name] = cls;
  }
}

const BASIC: Readonly<Record<string, number>> = {
  identifier: T.typeHandle(T.T_STR),
  string: T.typeHandle(T.T_STR),
  int: T.typeHandle(T.T_INT),
  constant: T.typeHandle(T.T_OBJECT),
};

/** `int`, `list[ast.stmt]`, `ast.expr | None`. */
function fieldType(field: Field, classes: Classes): number {
  const type = BASIC[field.type] ?? classes[field.type]!;
  if (field.many === '?') return binaryOp(OP_OR, type, T.typeHandle(T.T_NONE));
  return field.many === '' ? type : newAlias(T.typeHandle(T.T_LIST), newTupleOf([type]));
}

function addFieldTypes(c: Constructor, classes: Classes): void {
  const types = newDict();
  const slot = root(types);
  for (const f of c.fields) dictSetStr(types, intern(f.name), fieldType(f, classes));
  dictSetStr(classDict(classes[c.name]!), intern('_field_types'), types);
  dictSetStr(classDict(classes[c.name]!), N.N_ANNOTATIONS, types);
  unroot(slot);
}

/** Operators and contexts are one object each. */
function addSingletons(rule: Rule, classes: Classes): void {
  if (!rule.sum || rule.constructors.some((c) => c.fields.length > 0)) return;
  for (const c of rule.constructors) storeRef(classes[c.name]!, L.TYPE_EXTRA, newInstance(classes[c.name]!));
  const [first] = rule.constructors;
  storeRef(classes[rule.name]!, L.TYPE_EXTRA, extra(classes[first!.name]!));
}

function newClasses(): Classes {
  const rules = grammar();
  const classes: Classes = {};
  const slot = root(H.NONE);
  for (const rule of rules) addRule(rule, classes);
  for (const rule of rules) {
    rule.constructors.forEach((c) => addFieldTypes(c, classes));
    addSingletons(rule, classes);
  }
  unroot(slot);
  return classes;
}

defineModule({
  name: '_ast',
  attributes: () => ({
    AST: T.typeHandle(T_AST),
    ...newClasses(),
    PyCF_ONLY_AST: H.small(0x400),
    PyCF_TYPE_COMMENTS: H.small(0x1000),
    PyCF_ALLOW_TOP_LEVEL_AWAIT: H.small(0x2000),
    PyCF_OPTIMIZED_AST: H.small(0x8400),
  }),
});
