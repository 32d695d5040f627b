/** TypeVar, ParamSpec and TypeVarTuple (https://docs.python.org/3.14/library/typing.html#typing.TypeVar). */
import { storeRef } from '../heap/barrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { equals, getAttr, getItem, getIter, isTrue, repr } from '../objects/abstract.js';
import { defineType, type GetSetRow, type MethodRow, readOnly } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import { plainItems } from '../objects/list.js';
import { isKind, slotId } from '../objects/object.js';
import { CMP_EQ, CMP_NE, OP_OR } from '../objects/slots.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import { newTupleOf, tupleOf } from '../objects/tuple.js';
import { unionWith } from '../objects/union.js';
import * as T from '../objects/type-ids.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { item, newRecord, raw } from './record.js';
import {
  type Arguments,
  callTyping,
  evaluatorOf,
  lazy,
  nameRow,
  newTypingObject,
  noDefault,
  noSubclass,
  readArguments,
  typeCheck,
} from './typing-support.js';

const I32 = i32;

export const T_PARAM_SPEC = T.T_BLOCK_ACCELERATORS + 7;
export const T_PARAM_SPEC_ARGS = T.T_BLOCK_ACCELERATORS + 8;
export const T_PARAM_SPEC_KWARGS = T.T_BLOCK_ACCELERATORS + 9;
export const T_TYPE_VAR_TUPLE = T.T_BLOCK_ACCELERATORS + 10;

/** Fields; all kinds of variables have the same. */
const NAME = 0;
const BOUND = 1;
const EVALUATE_BOUND = 2;
const CONSTRAINTS = 3;
const EVALUATE_CONSTRAINTS = 4;
const DEFAULT = 5;
const EVALUATE_DEFAULT = 6;
const FIELDS = 7;

const COVARIANT = 1;
const CONTRAVARIANT = 2;
const INFER = 4;

/** A variable with some of its fields. */
function newVariable(id: number, fields: Readonly<Record<number, number>>, flags = 0): number {
  return newTypingObject(
    id,
    Array.from({ length: FIELDS }, (_, i) => fields[i] ?? 0),
    flags,
  );
}

/** Flags from the keywords; -1 with the exception set. */
function variance({ named }: Arguments): number {
  const flag = (name: string, value: number): number => {
    const h = named[name];
    const t = h === undefined ? 0 : isTrue(h);
    return t < 0 ? -64 : t * value;
  };
  const flags = flag('covariant', COVARIANT) + flag('contravariant', CONTRAVARIANT) + flag('infer_variance', INFER);
  if (flags < 0) return -1;
  if ((flags & 3) === 3) return raise('ValueError', 'Bivariant types are not supported.') - 1;
  if ((flags & INFER) !== 0 && (flags & 3) !== 0)
    return raise('ValueError', 'Variance cannot be specified with infer_variance.') - 1;
  return flags;
}

/** The bound, checked; 0 for none, -1 with the exception set. */
function boundOf({ named }: Arguments): number {
  const given = named.bound ?? H.NONE;
  return given === H.NONE ? 0 : typeCheck(given, 'Bound must be a type.') || -1;
}

const KEYWORDS = ['bound', 'default', 'covariant', 'contravariant', 'infer_variance'];

function createTypeVar(args: number, n: number, kwnames: number): number {
  const given = readArguments('typevar', ['name'], Number.POSITIVE_INFINITY, KEYWORDS, args, n, kwnames);
  const flags = given === undefined ? -1 : variance(given);
  if (given === undefined || flags < 0) return 0;
  const [name, ...constraints] = given.positional;
  const bound = boundOf(given);
  if (bound === -1) return 0;
  if (constraints.length === 1) return raise('TypeError', 'A single constraint is not allowed');
  if (constraints.length > 0 && bound !== 0) return raise('TypeError', 'Constraints cannot be combined with bound=...');
  const slot = root(bound);
  const tuple = constraints.length === 0 ? 0 : newTupleOf(constraints);
  const v = newVariable(
    T.T_TYPEVAR,
    { [NAME]: name, [BOUND]: bound, [CONSTRAINTS]: tuple, [DEFAULT]: given.named.default ?? 0 },
    flags,
  );
  unroot(slot);
  return v;
}

function createParamSpec(args: number, n: number, kwnames: number): number {
  const given = readArguments('paramspec', ['name'], 1, KEYWORDS, args, n, kwnames);
  const flags = given === undefined ? -1 : variance(given);
  if (given === undefined || flags < 0) return 0;
  const bound = boundOf(given);
  if (bound === -1) return 0;
  return newVariable(
    T_PARAM_SPEC,
    { [NAME]: given.positional[0], [BOUND]: bound, [DEFAULT]: given.named.default ?? 0 },
    flags,
  );
}

function createTypeVarTuple(args: number, n: number, kwnames: number): number {
  const given = readArguments('typevartuple', ['name'], 1, ['default'], args, n, kwnames);
  if (given === undefined) return 0;
  return newVariable(T_TYPE_VAR_TUPLE, { [NAME]: given.positional[0], [DEFAULT]: given.named.default ?? 0 });
}

/** From `def f[T: bound]()`: variables whose variance is inferred, with their evaluators. */
export const typeParameters = {
  typeVar: (name: number): number => newVariable(T.T_TYPEVAR, { [NAME]: name }, INFER),
  bounded: (name: number, evaluator: number): number =>
    newVariable(T.T_TYPEVAR, { [NAME]: name, [EVALUATE_BOUND]: evaluator }, INFER),
  constrained: (name: number, evaluator: number): number =>
    newVariable(T.T_TYPEVAR, { [NAME]: name, [EVALUATE_CONSTRAINTS]: evaluator }, INFER),
  paramSpec: (name: number): number => newVariable(T_PARAM_SPEC, { [NAME]: name }, INFER),
  typeVarTuple: (name: number): number => newVariable(T_TYPE_VAR_TUPLE, { [NAME]: name }),
  setDefault: (variable: number, evaluator: number): number => {
    storeRef(variable, L.RECORD_ITEMS + EVALUATE_DEFAULT, evaluator);
    return variable;
  },
};

// ---------------------------------------------------------------- defaults and substitution

const defaultOf = (v: number): number => lazy(v, DEFAULT, EVALUATE_DEFAULT, noDefault());

function hasDefault(v: number): number {
  const known = item(v, DEFAULT);
  return H.fromBool(item(v, EVALUATE_DEFAULT) !== 0 || (known !== 0 && known !== noDefault()));
}

/** TypeVar.__typing_prepare_subst__(alias, args): adds the default of a variable that got no argument. */
function prepareTypeVar(args: number): number {
  const [variable, alias, given] = [I32[args], I32[args + 1], I32[args + 2]];
  const parameters = getAttr(alias, intern('__parameters__'));
  if (parameters === 0) return 0;
  const at = (plainItems(parameters) ?? []).indexOf(variable);
  const n = plainItems(given)?.length ?? 0;
  if (at < n) return given;
  if (at === n) {
    const slot = root(given);
    const value = defaultOf(variable);
    unroot(slot);
    if (value === 0) return 0;
    if (value !== noDefault()) return newTupleOf([...(plainItems(given) ?? []), value]);
  }
  const shown = repr(alias);
  if (shown === 0) return 0;
  return raise('TypeError', `Too few arguments for ${toJS(shown)}; actual ${n}, expected at least ${at + 1}`);
}

/** The names by which typing.py's own functions are reached. */
const through =
  (name: string) =>
  (args: number, n: number): number =>
    callTyping(name, Array.from(I32.subarray(args, args + n)));

function reprOf(v: number): number {
  const flags = raw(v);
  const name = toJS(item(v, NAME));
  if ((flags & INFER) !== 0) return item(v, NAME);
  return fromJS(`${(flags & COVARIANT) !== 0 ? '+' : (flags & CONTRAVARIANT) !== 0 ? '-' : '~'}${name}`);
}

const flagRow = (name: string, flag: number): GetSetRow => ({
  name,
  get: (v) => H.fromBool((raw(v) & flag) !== 0),
  set: () => raise('AttributeError', 'readonly attribute'),
});

const varianceRows: readonly GetSetRow[] = [
  flagRow('__covariant__', COVARIANT),
  flagRow('__contravariant__', CONTRAVARIANT),
  flagRow('__infer_variance__', INFER),
];
const defaultRows: readonly GetSetRow[] = [
  nameRow(NAME),
  readOnly('__default__', defaultOf),
  readOnly('evaluate_default', (v) => evaluatorOf(v, DEFAULT, EVALUATE_DEFAULT, noDefault())),
];

const commonMethods = (name: string): readonly MethodRow[] => [
  ['has_default', (a) => hasDefault(I32[a]), [0, 0]],
  ['__mro_entries__', noSubclass(name), [1, 1]],
  ['__reduce__', (a) => item(I32[a], NAME), [0, 0]],
];

defineType({
  id: T.T_TYPEVAR,
  name: 'TypeVar',
  module: 'typing',
  kind: L.KIND_RECORD,
  final: true,
  dict: true,
  weakrefs: true,
  doc: 'Type variable.',
  methods: [
    ...commonMethods('TypeVar'),
    ['__typing_subst__', through('_typevar_subst'), [1, 1]],
    ['__typing_prepare_subst__', prepareTypeVar, [2, 2]],
  ],
  getset: [
    ...defaultRows,
    ...varianceRows,
    readOnly('__bound__', (v) => lazy(v, BOUND, EVALUATE_BOUND, H.NONE)),
    readOnly('__constraints__', (v) => lazy(v, CONSTRAINTS, EVALUATE_CONSTRAINTS, newTupleOf([]))),
    readOnly('evaluate_bound', (v) => evaluatorOf(v, BOUND, EVALUATE_BOUND)),
    readOnly('evaluate_constraints', (v) => evaluatorOf(v, CONSTRAINTS, EVALUATE_CONSTRAINTS)),
  ],
  slots: {
    create: (_type, args, n, kwnames) => createTypeVar(args, n, kwnames),
    init: () => 1,
    repr: reprOf,
    binary: { [OP_OR]: unionWith },
  },
});

defineType({
  id: T_PARAM_SPEC,
  name: 'ParamSpec',
  module: 'typing',
  kind: L.KIND_RECORD,
  final: true,
  dict: true,
  weakrefs: true,
  doc: 'Parameter specification variable.',
  methods: [
    ...commonMethods('ParamSpec'),
    ['__typing_subst__', through('_paramspec_subst'), [1, 1]],
    ['__typing_prepare_subst__', through('_paramspec_prepare_subst'), [2, 2]],
  ],
  getset: [
    ...defaultRows,
    ...varianceRows,
    {
      name: '__bound__',
      get: (v) => item(v, BOUND) || H.NONE,
      set: () => raise('AttributeError', 'readonly attribute'),
    },
    readOnly('args', (v) => newRecord(T.typeHandle(T_PARAM_SPEC_ARGS), [v])),
    readOnly('kwargs', (v) => newRecord(T.typeHandle(T_PARAM_SPEC_KWARGS), [v])),
  ],
  slots: {
    create: (_type, args, n, kwnames) => createParamSpec(args, n, kwnames),
    init: () => 1,
    repr: reprOf,
    binary: { [OP_OR]: unionWith },
  },
});

/** typing.Unpack[o], as iterating over a variable for `*o` gives it. */
export function unpacked(o: number): number {
  const typing = importModule(currentEnvironment(), 'typing');
  const unpack = typing === 0 ? 0 : getAttr(typing, intern('Unpack'));
  const made = unpack === 0 ? 0 : getItem(unpack, o);
  return made === 0 ? 0 : getIter(tupleOf(made));
}

defineType({
  id: T_TYPE_VAR_TUPLE,
  name: 'TypeVarTuple',
  module: 'typing',
  kind: L.KIND_RECORD,
  final: true,
  dict: true,
  weakrefs: true,
  doc: 'Type variable tuple.',
  methods: [
    ...commonMethods('TypeVarTuple'),
    ['__typing_subst__', () => raise('TypeError', 'Substitution of bare TypeVarTuple is not supported'), [1, 1]],
    ['__typing_prepare_subst__', through('_typevartuple_prepare_subst'), [2, 2]],
  ],
  getset: [...defaultRows],
  slots: {
    create: (_type, args, n, kwnames) => createTypeVarTuple(args, n, kwnames),
    init: () => 1,
    repr: (v) => item(v, NAME),
    iter: unpacked,
  },
});

// ---------------------------------------------------------------- P.args and P.kwargs

function defineParts(id: number, name: string, suffix: string): void {
  defineType({
    id,
    name,
    module: 'typing',
    kind: L.KIND_RECORD,
    unhashable: true,
    weakrefs: true,
    methods: [['__mro_entries__', noSubclass(name), [1, 1]]],
    getset: [readOnly('__origin__', (p) => item(p, 0))],
    slots: {
      create: (type, args, n) =>
        n === 1 ? newRecord(type, [I32[args]]) : raise('TypeError', `${name} expected 1 argument, got ${n}`),
      init: () => 1,
      repr: (p) => {
        const origin = item(p, 0);
        const isSpec = isKind(origin, L.KIND_RECORD) && slotId(origin) === T_PARAM_SPEC;
        const shown = isSpec ? item(origin, NAME) : repr(origin);
        return shown === 0 ? 0 : fromJS(`${toJS(shown)}.${suffix}`);
      },
      compare: (a, b, op) => {
        if ((op !== CMP_EQ && op !== CMP_NE) || !isKind(b, L.KIND_RECORD) || slotId(b) !== id) return H.NOT_IMPLEMENTED;
        const t = equals(item(a, 0), item(b, 0));
        return t < 0 ? 0 : H.fromBool((t === 1) === (op === CMP_EQ));
      },
    },
  });
}

defineParts(T_PARAM_SPEC_ARGS, 'ParamSpecArgs', 'args');
defineParts(T_PARAM_SPEC_KWARGS, 'ParamSpecKwargs', 'kwargs');
