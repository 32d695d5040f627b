/**
 * `_contextvars` (https://docs.python.org/3.14/library/contextvars.html). A context's variables are a dict that is never changed once made: setting
 * one makes another, so that copies share it. The thread record holds the context that is current; none means an empty one that nobody has seen.
 */
import { escapeAll } from '../heap/barrier.js';
import { CARRIER } from '../heap/carrier.js';
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { atomics, i32 } from '../heap/memory.js';
import { compareOp, getIter, repr } from '../objects/abstract.js';
import { callHook } from '../objects/call.js';
import { defineModule, defineType, readOnly } from '../objects/define.js';
import { dictCopy, dictDel, dictGet, dictLen, dictSet, dictSnapshot, newDict } from '../objects/dict.js';
import { pendingException, raise, raiseValue, setException, newException } from '../objects/exceptions.js';
import { newListFromArray } from '../objects/list.js';
import { blocking } from '../objects/natives.js';
import { isKind, isStr, slotId } from '../objects/object.js';
import { CMP_EQ, CMP_NE } from '../objects/slots.js';
import { addressText, fromJS, intern, toJS } from '../objects/strings.js';
import { tupleItem, tupleOf } from '../objects/tuple.js';
import * as T from '../objects/type-ids.js';
import { pushTail } from '../vm/call.js';
import { commitTail, defineLeaveHandler, mayTailCall, NO_FRAME, PUSHED, setLeaveHandler } from '../vm/tail-call.js';
import { fieldOr, item, newRecord, rawWord, setField } from './record.js';

const I32 = i32;
const C = CARRIER;
const T_VAR = T.T_BLOCK_ACCELERATORS + 3;
const T_TOKEN = T.T_BLOCK_ACCELERATORS + 4;
const T_CONTEXT = T.T_BLOCK_ACCELERATORS + 5;
const T_MISSING = T.T_BLOCK_ACCELERATORS + 6;

const NAME = 0;
const DEFAULT = 1;
const VAR = 0;
const OLD = 1;
const OF_CONTEXT = 2;
const VARIABLES = 0;

const isA = (h: number, id: number): boolean => isKind(h, L.KIND_RECORD) && slotId(h) === id;
const text = (h: number): string | undefined => {
  const r = repr(h);
  return r === 0 ? undefined : toJS(r);
};

// ---------------------------------------------------------------- the current context

const currentWord = (): number => I32[C + L.CAR_THREAD] + L.THR_CONTEXT_VARS;

function newContext(variables: number): number {
  return newRecord(T.typeHandle(T_CONTEXT), [variables]);
}

/** The thread's context; one is made when there is none. */
function currentContext(): number {
  const at = currentWord();
  if (I32[at] === 0) {
    I32[at] = newContext(newDict());
    escapeAll();
  }
  return I32[at];
}

function enter(context: number): number {
  const at = currentWord();
  const previous = I32[at];
  I32[at] = context;
  escapeAll();
  return previous;
}

/** A context that starts with the current variables. */
const copyContext = (): number => newContext(item(currentContext(), VARIABLES));

/** Puts another dict, with the variable set or (value 0) without it, in the context's place of variables. */
function changed(context: number, variable: number, value: number): number {
  const d = dictCopy(item(context, VARIABLES));
  const slot = root(d);
  const ok = value === 0 ? dictDel(d, variable) : dictSet(d, variable, value);
  if (ok === 1) setField(context, VARIABLES, d);
  unroot(slot);
  return ok;
}

// ---------------------------------------------------------------- Token.MISSING

defineType({
  id: T_MISSING,
  name: 'MISSING',
  module: 'Token',
  final: true,
  kind: L.KIND_RECORD,
  slots: { repr: () => intern('<Token.MISSING>') },
});

/** The one object, in the dict of its owner class. */
const missing = (): number => dictGet(I32[(T.typeHandle(T_TOKEN) >>> 2) + L.TYPE_DICT], intern('MISSING'));

// ---------------------------------------------------------------- ContextVar

function createVar(args: number, n: number, kwnames: number): number {
  const named = kwnames === 0 ? 0 : I32[(kwnames >>> 2) + L.TUPLE_LENGTH];
  if (n + named > 2) return raise('TypeError', `ContextVar() takes at most 2 arguments (${n + named} given)`);
  if (n > 1) return raise('TypeError', `ContextVar() takes at most 1 positional argument (${n} given)`);
  if (n < 1) return raise('TypeError', `ContextVar() takes exactly 1 positional argument (${n} given)`);
  if (named === 1 && toJS(I32[(kwnames >>> 2) + L.TUPLE_ITEMS]) !== 'default')
    return raise(
      'TypeError',
      `ContextVar() got an unexpected keyword argument '${toJS(I32[(kwnames >>> 2) + L.TUPLE_ITEMS])}'`,
    );
  if (!isStr(I32[args])) return raise('TypeError', 'context variable name must be a str');
  return newRecord(T.typeHandle(T_VAR), [I32[args], named === 1 ? I32[args + 1] : 0]);
}

function getVar(args: number, n: number): number {
  const variable = I32[args];
  const context = I32[currentWord()];
  const value = context === 0 ? 0 : dictGet(item(context, VARIABLES), variable);
  if (value !== 0 || pendingException() !== 0) return value;
  if (n > 1) return I32[args + 1];
  return item(variable, DEFAULT) || setException(newException('LookupError', variable));
}

function setVar(args: number): number {
  const variable = I32[args];
  const context = currentContext();
  const old = dictGet(item(context, VARIABLES), variable);
  if (old === 0 && pendingException() !== 0) return 0;
  const token = newRecord(T.typeHandle(T_TOKEN), [variable, old, context]);
  const slot = root(token);
  const ok = changed(context, variable, I32[args + 1]);
  unroot(slot);
  return ok === 0 ? 0 : token;
}

/** Undoes what the token stands for. */
function resetVar(variable: number, token: number): number {
  if (!isA(token, T_TOKEN)) return raise('TypeError', `expected an instance of Token, got ${text(token) ?? '?'}`);
  if (I32[rawWord(token)] !== 0) return raise('RuntimeError', `${text(token) ?? '?'} has already been used once`);
  if (item(token, VAR) !== variable)
    return raise('ValueError', `${text(token) ?? '?'} was created by a different ContextVar`);
  const context = currentContext();
  if (item(token, OF_CONTEXT) !== context)
    return raise('ValueError', `${text(token) ?? '?'} was created in a different Context`);
  I32[rawWord(token)] = 1;
  return changed(context, variable, item(token, OLD)) === 0 ? 0 : H.NONE;
}

function reprVar(v: number): number {
  const name = text(item(v, NAME));
  const fallback = item(v, DEFAULT) === 0 ? '' : text(item(v, DEFAULT));
  if (name === undefined || fallback === undefined) return 0;
  return fromJS(
    `<ContextVar name=${name}${item(v, DEFAULT) === 0 ? '' : ` default=${fallback}`} at ${addressText(v)}>`,
  );
}

defineType({
  id: T_VAR,
  name: 'ContextVar',
  module: '_contextvars',
  kind: L.KIND_RECORD,
  final: true,
  generic: true,
  methods: [
    ['get', getVar, [0, 1]],
    ['set', setVar, [1, 1]],
    ['reset', (a) => resetVar(I32[a], I32[a + 1]), [1, 1]],
  ],
  getset: [readOnly('name', (v) => item(v, NAME))],
  slots: { create: (_type, args, n, kwnames) => createVar(args, n, kwnames), init: () => 1, repr: reprVar },
});

// ---------------------------------------------------------------- Token

defineType({
  id: T_TOKEN,
  name: 'Token',
  module: '_contextvars',
  kind: L.KIND_RECORD,
  final: true,
  generic: true,
  unhashable: true,
  methods: [
    ['__enter__', (a) => I32[a], [0, 0]],
    ['__exit__', (a) => resetVar(item(I32[a], VAR), I32[a]), [3, 3]],
  ],
  getset: [readOnly('var', (t) => item(t, VAR)), readOnly('old_value', (t) => fieldOr(t, OLD, missing()))],
  attributes: () => ({ MISSING: newRecord(T.typeHandle(T_MISSING), []) }),
  slots: {
    create: () => raise('RuntimeError', 'Tokens can only be created by ContextVars'),
    repr: (t) => {
      const v = text(item(t, VAR));
      if (v === undefined) return 0;
      return fromJS(`<Token${I32[rawWord(t)] === 0 ? '' : ' used'} var=${v} at ${addressText(t)}>`);
    },
  },
});

// ---------------------------------------------------------------- Context

/** The context is left; gets it and the one before. */
function leave(pair: number): number {
  enter(tupleItem(pair, 1));
  I32[rawWord(tupleItem(pair, 0))] = 0;
  return 0;
}

const LEAVE_RUN = defineLeaveHandler(leave);

/** As run in a built-in called by the dispatch loop: the function's frame takes its place. Undefined when it has none. */
function runInFrame(args: number, n: number, kwnames: number, pair: number): number | undefined {
  const caller = I32[C + L.CAR_CONTEXT];
  const frame = pushTail(I32[args + 1], args + 2, n - 2, kwnames);
  if (frame === NO_FRAME) return undefined;
  if (frame === 0) {
    leave(pair);
    return 0;
  }
  setLeaveHandler(frame, LEAVE_RUN, pair);
  commitTail(caller);
  return PUSHED;
}

const run = blocking((args, n, kwnames) => {
  const context = I32[args];
  if (n < 2) return raise('TypeError', 'run() missing 1 required positional argument');
  if (atomics.cas(rawWord(context) << 2, 0, 1) !== 0)
    return raise('RuntimeError', `cannot enter context: ${text(context) ?? '?'} is already entered`);
  const pair = tupleOf(context, enter(context));
  const tail = mayTailCall() ? runInFrame(args, n, kwnames, pair) : undefined;
  if (tail !== undefined) return tail;
  const slot = root(pair);
  const r = callHook.call(I32[args + 1], args + 2, n - 2, kwnames);
  leave(I32[slot]);
  unroot(slot);
  return r;
});

/** A key as contexts want it; 0 with TypeError set. */
function keyOf(h: number): number {
  return isA(h, T_VAR) ? h : raise('TypeError', `a ContextVar key was expected, got ${text(h) ?? '?'}`);
}

function getItem(context: number, key: number): number {
  if (keyOf(key) === 0) return 0;
  const value = dictGet(item(context, VARIABLES), key);
  return value !== 0 || pendingException() !== 0 ? value : raiseValue('KeyError', key);
}

function getDefault(args: number, n: number): number {
  if (keyOf(I32[args + 1]) === 0) return 0;
  const value = dictGet(item(I32[args], VARIABLES), I32[args + 1]);
  return value !== 0 || pendingException() !== 0 ? value : n > 2 ? I32[args + 2] : H.NONE;
}

const variables = (context: number): { keys: number[]; values: number[] } => dictSnapshot(item(context, VARIABLES));

function items(context: number): number {
  const { keys, values } = variables(context);
  return newListFromArray(keys.map((k, i) => tupleOf(k, values[i])));
}

function createContext(n: number, kwnames: number): number {
  if (n > 0 || kwnames !== 0) return raise('TypeError', 'Context() does not accept any arguments');
  return newContext(newDict());
}

defineType({
  id: T_CONTEXT,
  name: 'Context',
  module: '_contextvars',
  kind: L.KIND_RECORD,
  final: true,
  unhashable: true,
  weakrefs: true,
  matchMapping: true,
  methods: [
    ['run', run, 'raw'],
    ['copy', (a) => newContext(item(I32[a], VARIABLES)), [0, 0]],
    ['get', getDefault, [1, 2]],
    ['keys', (a) => newListFromArray(variables(I32[a]).keys), [0, 0]],
    ['values', (a) => newListFromArray(variables(I32[a]).values), [0, 0]],
    ['items', (a) => items(I32[a]), [0, 0]],
  ],
  slots: {
    create: (_type, _args, n, kwnames) => createContext(n, kwnames),
    init: () => 1,
    len: (c) => dictLen(item(c, VARIABLES)),
    iter: (c) => getIter(newListFromArray(variables(c).keys)),
    getitem: getItem,
    contains: (c, key) => {
      if (keyOf(key) === 0) return -1;
      if (dictGet(item(c, VARIABLES), key) !== 0) return 1;
      return pendingException() === 0 ? 0 : -1;
    },
    compare: (a, b, op) =>
      (op === CMP_EQ || op === CMP_NE) && isA(b, T_CONTEXT)
        ? compareOp(item(a, VARIABLES), item(b, VARIABLES), op)
        : H.NOT_IMPLEMENTED,
  },
});

defineModule({
  name: '_contextvars',
  doc: 'Context Variables',
  functions: [['copy_context', copyContext, [0, 0]]],
  types: [T_CONTEXT, T_VAR, T_TOKEN],
});
