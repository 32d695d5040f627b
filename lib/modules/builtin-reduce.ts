/**
 * How instances of the built-in classes that `copyreg.__newobj__` cannot make anew are taken apart for copy and pickle: a row each, by the id of
 * the class. Each gives what its `__reduce_ex__` returns, or 0 with the exception set.
 */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { call0, call1, getAttr, getIter } from '../objects/abstract.js';
import { raise } from '../objects/exceptions.js';
import { isKind, typeOf } from '../objects/object.js';
import { intern } from '../objects/strings.js';
import { newTupleOf, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { currentEnvironment } from './frames.js';
import { importModule } from './import.js';

type Reducer = (o: number, protocol: number, state: (o: number) => number) => number;

const LATIN_1 = intern('latin-1');

function method(o: number, name: string): number {
  const f = getAttr(o, intern(name));
  return f === 0 ? 0 : call0(f);
}

/** (class, arguments, state). */
function withState(o: number, args: number, state: (o: number) => number): number {
  const slot = root(args);
  const s = args === 0 ? 0 : state(o);
  unroot(slot);
  return s === 0 ? 0 : tupleOf(typeOf(o), args, s);
}

const reduceSet: Reducer = (o, _, state) => {
  const items = call1(T.typeHandle(T.T_LIST), o);
  return items === 0 ? 0 : withState(o, tupleOf(items), state);
};

const reduceByteArray: Reducer = (o, protocol, state) => {
  if (protocol >= 3) {
    const bytes = call1(T.typeHandle(T.T_BYTES), o);
    return bytes === 0 ? 0 : withState(o, tupleOf(bytes), state);
  }
  const decode = getAttr(o, intern('decode'));
  const text = decode === 0 ? 0 : call1(decode, LATIN_1);
  return text === 0 ? 0 : withState(o, tupleOf(text, LATIN_1), state);
};

/** (class, its three bounds). */
const reduceBounds: Reducer = (o) => {
  const first = root(o);
  const bounds: number[] = [];
  for (const name of ['start', 'stop', 'step']) {
    const value = getAttr(o, intern(name));
    root(value);
    bounds.push(value);
  }
  unroot(first);
  return bounds.includes(0) ? 0 : tupleOf(typeOf(o), newTupleOf(bounds));
};

const reduceDeque: Reducer = (o, _, state) => {
  const most = getAttr(o, intern('maxlen'));
  if (most === 0) return 0;
  const args = most === H.NONE ? newTupleOf([]) : tupleOf(newTupleOf([]), most);
  const first = root(args);
  const s = state(o);
  root(s);
  const items = s === 0 ? 0 : getIter(o);
  unroot(first);
  return items === 0 ? 0 : tupleOf(typeOf(o), args, s, items);
};

const reduceDefaultDict: Reducer = (o) => {
  const factory = getAttr(o, intern('default_factory'));
  const first = root(factory);
  const view = factory === 0 ? 0 : method(o, 'items');
  const items = view === 0 ? 0 : getIter(view);
  unroot(first);
  if (items === 0) return 0;
  const slot = root(items);
  const args = factory === H.NONE ? newTupleOf([]) : tupleOf(factory);
  unroot(slot);
  return newTupleOf([typeOf(o), args, H.NONE, H.NONE, items]);
};

const reduceNamespace: Reducer = (o) => {
  const dict = getAttr(o, intern('__dict__'));
  return dict === 0 ? 0 : tupleOf(typeOf(o), newTupleOf([]), dict);
};

/** `getattr(object, name)` makes it again; `of` has the name. */
function asAttribute(self: number, of: number): number {
  const first = root(self);
  const name = of === 0 ? 0 : getAttr(of, intern('__name__'));
  root(name);
  const builtins = name === 0 ? 0 : importModule(currentEnvironment(), 'builtins');
  const get = builtins === 0 ? 0 : getAttr(builtins, intern('getattr'));
  unroot(first);
  return get === 0 ? 0 : tupleOf(get, tupleOf(self, name));
}

const reduceMethod: Reducer = (o) => {
  const self = getAttr(o, intern('__self__'));
  const slot = root(self);
  const f = self === 0 ? 0 : getAttr(o, intern('__func__'));
  unroot(slot);
  return f === 0 ? 0 : asAttribute(self, f);
};

/** A function of a module is found by its name; one of an object, or a static one of a class, by its attribute. */
const reduceNative: Reducer = (o) => {
  const self = getAttr(o, intern('__self__'));
  if (self === 0) return 0;
  return self === H.NONE || isKind(self, L.KIND_MODULE) ? getAttr(o, intern('__name__')) : asAttribute(self, o);
};

const cannot =
  (what: string): Reducer =>
  () =>
    raise('TypeError', `cannot pickle ${what}`);

/** The rows, by id of the class. */
export const reducers: ReadonlyMap<number, Reducer> = new Map<number, Reducer>([
  [T.T_SET, reduceSet],
  [T.T_FROZENSET, reduceSet],
  [T.T_BYTEARRAY, reduceByteArray],
  [T.T_RANGE, reduceBounds],
  [T.T_SLICE, reduceBounds],
  [T.T_DEQUE, reduceDeque],
  [T.T_DEFAULTDICT, reduceDefaultDict],
  [T.T_SIMPLE_NAMESPACE, reduceNamespace],
  [T.T_METHOD, reduceMethod],
  [T.T_NATIVE, reduceNative],
  [T.T_METHOD_WRAPPER, reduceNative],
  [T.T_MEMORYVIEW, cannot('memoryview objects')],
  [
    T.T_NONE,
    (o) => {
      const slot = root(o);
      const copyreg = importModule(currentEnvironment(), 'copyreg');
      const make = copyreg === 0 ? 0 : getAttr(copyreg, intern('__newobj__'));
      unroot(slot);
      return make === 0 ? 0 : newTupleOf([make, tupleOf(typeOf(o)), H.NONE, H.NONE, H.NONE]);
    },
  ],
]);
