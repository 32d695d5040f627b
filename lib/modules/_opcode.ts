/**
 * `_opcode`: properties of CPython's instructions, by which the module opcode makes its lists. The bytecode here is another one: what needs it
 * raises an error.
 */
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { indexNumber } from '../objects/abstract.js';
import { defineModule, type MethodRow } from '../objects/define.js';
import { dictSnapshot } from '../objects/dict.js';
import { raise } from '../objects/exceptions.js';
import { newListFromArray } from '../objects/list.js';
import { isKind } from '../objects/object.js';
import { intern, toJS } from '../objects/strings.js';
import { tupleOf } from '../objects/tuple.js';
import * as O from '../compiler/opcodes.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';
import { moduleGet } from './modules.js';

const I32 = i32;
const HAVE_ARGUMENT = 43;

/** Names of the instructions that have the property. */
const PROPERTIES: Readonly<Record<string, string>> = {
  has_const: 'LOAD_CONST',
  has_name:
    'DELETE_ATTR DELETE_GLOBAL DELETE_NAME IMPORT_FROM IMPORT_NAME INSTRUMENTED_LOAD_SUPER_ATTR LOAD_ATTR ' +
    'LOAD_FROM_DICT_OR_GLOBALS LOAD_GLOBAL LOAD_NAME LOAD_SUPER_ATTR STORE_ATTR STORE_GLOBAL STORE_NAME',
  has_jump:
    'END_ASYNC_FOR FOR_ITER INSTRUMENTED_END_ASYNC_FOR INSTRUMENTED_FOR_ITER JUMP JUMP_BACKWARD JUMP_BACKWARD_NO_INTERRUPT ' +
    'JUMP_FORWARD JUMP_IF_FALSE JUMP_IF_TRUE JUMP_NO_INTERRUPT POP_JUMP_IF_FALSE POP_JUMP_IF_NONE POP_JUMP_IF_NOT_NONE ' +
    'POP_JUMP_IF_TRUE SEND',
  has_free: 'DELETE_DEREF LOAD_FROM_DICT_OR_DEREF MAKE_CELL STORE_DEREF',
  has_local:
    'DELETE_FAST LOAD_CLOSURE LOAD_DEREF LOAD_FAST LOAD_FAST_AND_CLEAR LOAD_FAST_BORROW ' +
    'LOAD_FAST_BORROW_LOAD_FAST_BORROW LOAD_FAST_CHECK LOAD_FAST_LOAD_FAST STORE_FAST STORE_FAST_LOAD_FAST ' +
    'STORE_FAST_MAYBE_NULL STORE_FAST_STORE_FAST',
  has_exc: 'SETUP_CLEANUP SETUP_FINALLY SETUP_WITH',
};

/** Instructions that use their argument although their number says otherwise, or the other way round. */
const ARGUMENT_EXCEPTIONS =
  'INSTRUMENTED_LINE INSTRUMENTED_END_FOR INSTRUMENTED_POP_ITER INSTRUMENTED_END_SEND INSTRUMENTED_INSTRUCTION ' +
  'INSTRUMENTED_NOT_TAKEN INSTRUMENTED_RETURN_VALUE INSTRUMENTED_CALL_FUNCTION_EX ANNOTATIONS_PLACEHOLDER POP_BLOCK';

let names: Map<number, string> | undefined;

/** CPython's names of instructions, from _opcode_metadata.py; undefined with the exception set. */
function opcodeNames(): Map<number, string> | undefined {
  if (names !== undefined) return names;
  const module = importModule(currentEnvironment(), '_opcode_metadata');
  const map = module === 0 ? 0 : moduleGet(module, 'opmap');
  if (map === 0 || !isKind(map, L.KIND_DICT)) return undefined;
  const { keys, values } = dictSnapshot(map);
  names = new Map(keys.map((key, i) => [values[i] >> 1, toJS(key)]));
  return names;
}

function test(args: number, check: (opcode: number, name: string) => boolean): number {
  const opcode = indexNumber(I32[args]);
  const known = Number.isNaN(opcode) ? undefined : opcodeNames();
  return known === undefined ? 0 : H.fromBool(check(opcode, known.get(opcode) ?? ''));
}

const property = (name: string): MethodRow => {
  const members = PROPERTIES[name]!.split(' ');
  return [name, (args) => test(args, (_opcode, own) => members.includes(own)), '(opcode)'];
};

const foreign = (name: string): number =>
  raise('NotImplementedError', `_opcode.${name}() is not there: the bytecode is not CPython's`);

/** Symbols of BINARY_OP by argument: operators, then their in-place forms. */
const OPERATORS: readonly (readonly [string, string])[] = [
  ['ADD', '+'],
  ['AND', '&'],
  ['FLOOR_DIVIDE', '//'],
  ['LSHIFT', '<<'],
  ['MATRIX_MULTIPLY', '@'],
  ['MULTIPLY', '*'],
  ['REMAINDER', '%'],
  ['OR', '|'],
  ['POWER', '**'],
  ['RSHIFT', '>>'],
  ['SUBTRACT', '-'],
  ['TRUE_DIVIDE', '/'],
  ['XOR', '^'],
];

function operators(): number {
  const rows = [
    ...OPERATORS.map(([name, symbol]) => [`NB_${name}`, symbol]),
    ...OPERATORS.map(([name, symbol]) => [`NB_INPLACE_${name}`, `${symbol}=`]),
    ['NB_SUBSCR', '[]'],
  ];
  return newListFromArray(rows.map(([name, symbol]) => tupleOf(intern(name), intern(symbol))));
}

const intrinsics = (list: readonly string[], digit: number): number =>
  newListFromArray(list.map((name) => intern(name === 'INVALID' ? `INTRINSIC_${digit}_INVALID` : `INTRINSIC_${name}`)));

defineModule({
  name: '_opcode',
  doc: 'Opcode support module.',
  functions: [
    ...Object.keys(PROPERTIES).map(property),
    [
      'has_arg',
      (args) => test(args, (opcode, name) => opcode > HAVE_ARGUMENT !== ARGUMENT_EXCEPTIONS.split(' ').includes(name)),
      '(opcode)',
    ],
    ['is_valid', (args) => test(args, (_opcode, name) => name !== ''), '(opcode)'],
    ['stack_effect', () => foreign('stack_effect'), '(opcode, oparg=None, /, *, jump=None)'],
    ['get_executor', () => foreign('get_executor'), '(*, code, offset)'],
    ['get_specialization_stats', () => H.NONE, [0, 0]],
    ['get_nb_ops', operators, [0, 0]],
    ['get_intrinsic1_descs', () => intrinsics(O.INTRINSICS_1, 1), [0, 0]],
    ['get_intrinsic2_descs', () => intrinsics(O.INTRINSICS_2, 2), [0, 0]],
    ['get_special_method_names', () => newListFromArray(O.SPECIAL_METHODS.map((name) => intern(name))), [0, 0]],
  ],
  attributes: () => ({ ENABLE_SPECIALIZATION: H.FALSE, ENABLE_SPECIALIZATION_FT: H.FALSE }),
});
