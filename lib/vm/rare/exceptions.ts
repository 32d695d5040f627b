/** Rare instructions of exceptions and of `with`. */
import { storeRef } from '../../heap/barrier.js';
import { CARRIER } from '../../heap/carrier.js';
import { root, unroot } from '../../heap/context.js';
import * as H from '../../heap/handles.js';
import * as L from '../../heap/layout.generated.js';
import { i32 } from '../../heap/memory.js';
import * as O from '../../compiler/opcodes.js';
import { repr } from '../../objects/abstract.js';
import { descriptorGet, lookupInType } from '../../objects/attribute.js';
import { call0, callArgs } from '../../objects/call.js';
import { exceptionType, pendingIs, raise, setException, typeName } from '../../objects/exceptions.js';
import { chainContext } from '../../objects/exception-context.js';
import { prepareReraiseStar, splitGroup } from '../../objects/exception-groups.js';
import { clauseMatches } from '../../objects/exception-matching.js';
import { isSubtype, typeOf } from '../../objects/object.js';
import { intern, toJS } from '../../objects/strings.js';
import { intrinsic2 } from '../intrinsics.js';
import { spOf, setSp, result, drop, push, top, type Rare } from './operands.js';

const I32 = i32;
const C = CARRIER;

/** `raise h` of a class whose call gave `e`. */
function noException(h: number, e: number): number {
  const slot = root(e);
  const callee = repr(h);
  root(callee);
  const type = callee === 0 ? 0 : repr(typeOf(e));
  unroot(slot);
  if (type === 0) return 0;
  return raise(
    'TypeError',
    `calling ${toJS(callee)} should have returned an instance of BaseException, not ${toJS(type)}`,
  );
}

/** An exception instance of what `raise` was given. */
function toException(h: number): number {
  if ((h & 7) === 0 && (I32[h >>> 2] & 0xff) === L.KIND_TYPE && isSubtype(h, exceptionType('BaseException'))) {
    const e = call0(h);
    if (e === 0 || isSubtype(typeOf(e), exceptionType('BaseException'))) return e;
    return noException(h, e);
  }
  if ((h & 7) === 0 && (I32[h >>> 2] & 0xff) === L.KIND_EXCEPTION) return h;
  return raise('TypeError', 'exceptions must derive from BaseException');
}

function raiseVarargs(arg: number, fp: number): number {
  if (arg === 0) {
    const handled = I32[C + L.CAR_HANDLED];
    return handled === 0 ? raise('RuntimeError', 'No active exception to reraise') : setException(handled);
  }
  const e = toException(top(fp, arg));
  if (e === 0) return 0;
  if (arg === 2 && setCause(e, top(fp, 1)) === 0) return 0;
  chainContext(e);
  return setException(e);
}

function setCause(e: number, given: number): number {
  I32[(e >>> 2) + L.EXCEPTION_SUPPRESS] = 1;
  if (given === H.NONE) {
    I32[(e >>> 2) + L.EXCEPTION_CAUSE] = 0;
    return 1;
  }
  const slot = spOf(I32[C + L.CAR_CONTEXT]);
  I32[slot] = e;
  setSp(I32[C + L.CAR_CONTEXT], slot + 1);
  const cause = toException(given);
  setSp(I32[C + L.CAR_CONTEXT], slot);
  if (cause === 0) {
    if (pendingIs('TypeError')) raise('TypeError', 'exception causes must derive from BaseException');
    return 0;
  }
  storeRef(e, L.EXCEPTION_CAUSE, cause);
  return 1;
}

/** arg > 0: the traceback entry already says where; F_PC stays, as unwinding adds no entry for RERAISE. */
function reraise(_arg: number, fp: number): number {
  return setException(top(fp));
}

function pushExcInfo(_arg: number, fp: number): number {
  const e = top(fp);
  const sp = spOf(fp);
  const handled = I32[C + L.CAR_HANDLED];
  I32[sp - 1] = handled === 0 ? H.NONE : handled;
  I32[sp] = e;
  setSp(fp, sp + 1);
  I32[C + L.CAR_HANDLED] = e;
  return 1;
}

function popExcept(_arg: number, fp: number): number {
  const old = top(fp);
  I32[C + L.CAR_HANDLED] = old === H.NONE ? 0 : old;
  return drop(fp, 1, 1);
}

function checkExcMatch(_arg: number, fp: number): number {
  const t = clauseMatches(top(fp, 2), top(fp, 1));
  return t < 0 ? 0 : result(fp, 1, H.fromBool(t === 1));
}

function checkEgMatch(_arg: number, fp: number): number {
  const pair = splitGroup(top(fp, 2), top(fp, 1));
  if (pair === undefined) return 0;
  const sp = spOf(fp);
  I32[sp - 2] = pair[0];
  I32[sp - 1] = pair[1];
  if (pair[1] !== H.NONE) I32[C + L.CAR_HANDLED] = pair[1];
  return 1;
}

function withExceptStart(_arg: number, fp: number): number {
  const e = top(fp);
  const tb = I32[(e >>> 2) + L.EXCEPTION_TRACEBACK];
  const exit = top(fp, 5);
  const self = top(fp, 4);
  const args = [typeOf(e), e, tb === 0 ? H.NONE : tb];
  return push(fp, callArgs(exit, self === 0 ? args : [self, ...args]));
}

const SPECIAL = O.SPECIAL_METHODS.map((s) => intern(s));

function loadSpecial(arg: number, fp: number): number {
  const o = top(fp);
  const type = typeOf(o);
  const f = lookupInType(type, SPECIAL[arg]);
  if (f === 0) return noSpecial(arg, o);
  const sp = spOf(fp);
  const plain =
    (f & 7) === 0 &&
    ((I32[f >>> 2] & 0xff) === L.KIND_FUNCTION ||
      ((I32[f >>> 2] & 0xff) === L.KIND_NATIVE && (I32[(f >>> 2) + L.NATIVE_NATIVE_FLAGS] & 1) !== 0));
  if (plain) {
    I32[sp - 1] = f;
    I32[sp] = o;
  } else {
    const bound = descriptorGet(f, o, type);
    if (bound === 0) return 0;
    I32[sp - 1] = bound;
    I32[sp] = 0;
  }
  setSp(fp, sp + 1);
  return 1;
}

function noSpecial(arg: number, o: number): number {
  const sync = arg < 2;
  const other = lookupInType(typeOf(o), SPECIAL[sync ? arg + 2 : arg - 2]) !== 0;
  const what = sync ? 'the context manager protocol' : 'the asynchronous context manager protocol';
  const supports = `${sync ? 'the asynchronous' : 'the'} context manager protocol`;
  const hint = other ? ` but it supports ${supports}. Did you mean to use '${sync ? 'async with' : 'with'}'?` : '';
  const missing = ` (missed ${O.SPECIAL_METHODS[arg]} method)`;
  return raise('TypeError', `'${typeName(o)}' object does not support ${what}${missing}${hint}`);
}

export const exceptionOps: readonly (readonly [number, Rare])[] = [
  [
    O.OP_CALL_INTRINSIC_2,
    (arg, fp) =>
      result(
        fp,
        2,
        arg === O.INTRINSIC_PREP_RERAISE_STAR
          ? prepareReraiseStar(top(fp, 2), top(fp, 1))
          : intrinsic2(arg, top(fp, 2), top(fp, 1)),
      ),
  ],
  [O.OP_RAISE_VARARGS, raiseVarargs],
  [O.OP_RERAISE, reraise],
  [O.OP_PUSH_EXC_INFO, pushExcInfo],
  [O.OP_POP_EXCEPT, popExcept],
  [O.OP_CHECK_EXC_MATCH, checkExcMatch],
  [O.OP_CHECK_EG_MATCH, checkEgMatch],
  [O.OP_WITH_EXCEPT_START, withExceptStart],
  [O.OP_LOAD_SPECIAL, loadSpecial],
];
