/** `_typing`: type aliases, Generic, and what the syntax of type parameters makes (PEP 695). */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { callArgs, getItem } from '../objects/abstract.js';
import { NATIVE_CLASSMETHOD } from '../objects/attribute.js';
import { newNative } from '../objects/boot.js';
import { defineModule, defineType, readOnly } from '../objects/define.js';
import { dictDel, dictSetStr, newDict } from '../objects/dict.js';
import { raise, typeName } from '../objects/exceptions.js';
import { newAlias } from '../objects/generic-alias.js';
import { listAt, listLength, listSetItem, listSnapshot, newListFromArray, plainItems } from '../objects/list.js';
import * as N from '../objects/names.js';
import { registerNative } from '../objects/natives.js';
import { isKind, slotId } from '../objects/object.js';
import { OP_OR } from '../objects/slots.js';
import { intern } from '../objects/strings.js';
import { newTupleOf, tupleFromArray, tupleItem, tupleLength } from '../objects/tuple.js';
import { unionHooks, unionWith } from '../objects/union.js';
import * as T from '../objects/type-ids.js';
import { intrinsicHooks } from '../vm/intrinsics.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { moduleGet } from './modules.js';
import { item } from './record.js';
import {
  callTyping,
  evaluatorOf,
  lazy,
  nameRow,
  newTypingObject,
  noDefault,
  readArguments,
  typeCheck,
} from './typing-support.js';
import {
  T_PARAM_SPEC,
  T_PARAM_SPEC_ARGS,
  T_PARAM_SPEC_KWARGS,
  T_TYPE_VAR_TUPLE,
  typeParameters,
  unpacked,
} from './typing-variables.js';

const I32 = i32;

unionHooks.check = typeCheck;

// ---------------------------------------------------------------- TypeAliasType

const NAME = 0;
const PARAMETERS = 1;
const VALUE = 2;
const EVALUATE = 3;

const VARIABLES: readonly number[] = [T.T_TYPEVAR, T_PARAM_SPEC, T_TYPE_VAR_TUPLE];
const isVariable = (h: number): boolean => isKind(h, L.KIND_RECORD) && VARIABLES.includes(slotId(h));

const newTypeAlias = (name: number, parameters: number, value: number, evaluator: number): number =>
  newTypingObject(T.T_TYPE_ALIAS, [name, parameters, value, evaluator]);

function createAlias(args: number, n: number, kwnames: number): number {
  const given = readArguments('typealias', ['name', 'value'], 2, ['type_params'], args, n, kwnames);
  if (given === undefined) return 0;
  const parameters = given.named.type_params ?? 0;
  if (parameters !== 0 && !isKind(parameters, L.KIND_TUPLE)) return raise('TypeError', 'type_params must be a tuple');
  for (const p of parameters === 0 ? [] : (plainItems(parameters) ?? []))
    if (!isVariable(p)) return raise('TypeError', `Expected a type param, got ${describe(p)}`);
  const [name, value] = given.positional;
  return newTypeAlias(name, parameters !== 0 && tupleLength(parameters) > 0 ? parameters : 0, value, 0);
}

const describe = (h: number): string => ((h & 1) !== 0 ? String(h >> 1) : typeName(h));
const parametersOf = (a: number): number => item(a, PARAMETERS) || newTupleOf([]);

/** Calls `f` with a list of the parameters, tuples of variables unpacked; 0 with the exception set. */
function withUnpacked(parameters: number, f: (list: number) => number): number {
  const list = newListFromArray(plainItems(parameters) ?? []);
  const slot = root(list);
  let ok = true;
  for (let i = 0; ok && i < listLength(list); i++) {
    if (slotId(listAt(list, i)) !== T_TYPE_VAR_TUPLE) continue;
    const it = unpacked(listAt(list, i));
    ok = it !== 0;
    if (ok) listSetItem(list, i, tupleItem(I32[(it >>> 2) + L.ITER_SOURCE], 0));
  }
  const r = ok ? f(list) : 0;
  unroot(slot);
  return r;
}

/** Parameters with variable tuples unpacked: what substitution works on. */
function unpackedParameters(a: number): number {
  return withUnpacked(parametersOf(a), (list) => tupleFromArray(listSnapshot(list)));
}

defineType({
  id: T.T_TYPE_ALIAS,
  name: 'TypeAliasType',
  module: 'typing',
  kind: L.KIND_RECORD,
  final: true,
  dict: true,
  weakrefs: true,
  doc: 'Type alias.',
  methods: [['__reduce__', (a) => item(I32[a], NAME), [0, 0]]],
  getset: [
    nameRow(NAME),
    readOnly('__value__', (a) => lazy(a, VALUE, EVALUATE, H.NONE)),
    readOnly('evaluate_value', (a) => evaluatorOf(a, VALUE, EVALUATE)),
    readOnly('__type_params__', parametersOf),
    readOnly('__parameters__', unpackedParameters),
  ],
  slots: {
    create: (_type, args, n, kwnames) => createAlias(args, n, kwnames),
    init: () => 1,
    repr: (a) => item(a, NAME),
    iter: unpacked,
    getitem: (a, key) =>
      item(a, PARAMETERS) === 0
        ? raise('TypeError', 'Only generic type aliases are subscriptable')
        : newAlias(a, isKind(key, L.KIND_TUPLE) ? key : newTupleOf([key])),
    binary: { [OP_OR]: unionWith },
  },
});

// ---------------------------------------------------------------- Generic

const classGetItem = registerNative([
  '__class_getitem__',
  (args, n, kwnames) => delegate('_generic_class_getitem', args, n, kwnames),
  'raw',
]);
const initSubclass = registerNative([
  '__init_subclass__',
  (args, n, kwnames) => delegate('_generic_init_subclass', args, n, kwnames),
  'raw',
]);

function delegate(name: string, args: number, n: number, kwnames: number): number {
  const count = n + (kwnames === 0 ? 0 : tupleLength(kwnames));
  return callTyping(name, Array.from(I32.subarray(args, args + count)), kwnames);
}

/** The class Generic: one an environment, as its functions are those of that environment's typing. */
function newGeneric(): number {
  const namespace = newDict();
  const slot = root(namespace);
  dictSetStr(namespace, N.N_MODULE, intern('typing'));
  dictSetStr(namespace, N.N_SLOTS, newTupleOf([]));
  dictSetStr(namespace, N.N_DOC, intern('Abstract base class for generic types.'));
  const type = callArgs(T.typeHandle(T.T_TYPE), [intern('Generic'), newTupleOf([]), namespace]);
  I32[slot] = type;
  if (type === 0) return 0;
  const dict = I32[(type >>> 2) + L.TYPE_DICT];
  for (const [name, id] of [
    ['__class_getitem__', classGetItem],
    ['__init_subclass__', initSubclass],
  ] as const)
    dictSetStr(dict, intern(name), newNative(id, name, T.T_CLASSMETHOD_DESCRIPTOR, NATIVE_CLASSMETHOD, type));
  dictDel(dict, N.N_SLOTS);
  unroot(slot);
  return type;
}

// ---------------------------------------------------------------- what the compiler's intrinsics make

/** (name, type parameters or None, evaluator). */
function fromSyntax(parts: number): number {
  const parameters = tupleItem(parts, 1);
  return newTypeAlias(tupleItem(parts, 0), parameters === H.NONE ? 0 : parameters, 0, tupleItem(parts, 2));
}

function subscriptGeneric(parameters: number): number {
  return withUnpacked(parameters, (list) => {
    const module = importModule(currentEnvironment(), '_typing');
    return module === 0 ? 0 : getItem(moduleGet(module, 'Generic'), tupleFromArray(listSnapshot(list)));
  });
}

const INTRINSICS: Readonly<Record<string, (a: number, b: number) => number>> = {
  TYPEVAR: typeParameters.typeVar,
  TYPEVAR_WITH_BOUND: typeParameters.bounded,
  TYPEVAR_WITH_CONSTRAINTS: typeParameters.constrained,
  PARAMSPEC: typeParameters.paramSpec,
  TYPEVARTUPLE: typeParameters.typeVarTuple,
  SET_TYPEPARAM_DEFAULT: typeParameters.setDefault,
  SUBSCRIPT_GENERIC: subscriptGeneric,
  TYPEALIAS: fromSyntax,
};

intrinsicHooks.typeParameter = (kind, a, b) => INTRINSICS[kind]!(a, b);

defineModule({
  name: '_typing',
  doc: 'Primitives and accelerators for the typing module.\n',
  functions: [['_idfunc', (args) => I32[args], [1, 1]]],
  types: [
    T.T_TYPEVAR,
    T_PARAM_SPEC,
    T_PARAM_SPEC_ARGS,
    T_PARAM_SPEC_KWARGS,
    T_TYPE_VAR_TUPLE,
    T.T_TYPE_ALIAS,
    T.T_UNION,
  ],
  attributes: () => ({ Generic: newGeneric(), NoDefault: noDefault() }),
});
