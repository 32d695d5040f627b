/** Loads, stores and deletions of names. */
import type { Located } from '../syntax/ast.js';
import * as op from './opcodes.js';
import { cellIndex, slotOf } from './scope.js';
import {
  CELL,
  FREE,
  GLOBAL_EXPLICIT,
  GLOBAL_IMPLICIT,
  isFunctionLike,
  LOCAL,
  maybeMangle,
  scopeOf,
} from './symbols.js';
import { type Compiler, emit, emitName, type Unit } from './unit.js';

export type Access = 'Load' | 'Store' | 'Del';

const FAST = { Load: op.OP_LOAD_FAST, Store: op.OP_STORE_FAST, Del: op.OP_DELETE_FAST };
const DEREF = { Load: op.OP_LOAD_DEREF, Store: op.OP_STORE_DEREF, Del: op.OP_DELETE_DEREF };
const GLOBAL = { Load: op.OP_LOAD_GLOBAL, Store: op.OP_STORE_GLOBAL, Del: op.OP_DELETE_GLOBAL };
const NAME = { Load: op.OP_LOAD_NAME, Store: op.OP_STORE_NAME, Del: op.OP_DELETE_NAME };

export const mangled = (u: Unit, name: string): string => maybeMangle(u.private, u.scope, name);

export function nameOp(c: Compiler, given: string, access: Access, at: Located | null): void {
  const u = c.unit;
  const name = mangled(u, given);
  const where = scopeOf(u.scope.symbols.get(name) ?? 0);
  if (where === FREE || where === CELL) return derefOp(c, name, access, where === FREE, at);
  const function_ = isFunctionLike(u.scope);
  if (where === LOCAL && (function_ || u.fastHidden.get(name) === true)) {
    return emit(c, FAST[access], slotOf(u, name), at);
  }
  if (where === GLOBAL_EXPLICIT || (where === GLOBAL_IMPLICIT && function_)) {
    return globalOp(c, name, access, where, at);
  }
  const passClass = access === 'Load' && u.scope.type === 'class' && u.inlinedDepth > 0;
  emitName(c, passClass ? op.OP_LOAD_GLOBAL : NAME[access], name, at);
}

function derefOp(c: Compiler, name: string, access: Access, free: boolean, at: Located | null): void {
  const u = c.unit;
  const index = cellIndex(u, name, free);
  if (access === 'Load' && u.scope.type === 'class' && u.inlinedDepth === 0) {
    emit(c, op.OP_LOAD_LOCALS, 0, at);
    emit(c, op.OP_LOAD_FROM_DICT_OR_DEREF, index, at);
  } else if (access === 'Load' && u.scope.canSeeClassScope && name !== '__classdict__') {
    nameOp(c, '__classdict__', 'Load', at);
    emit(c, op.OP_LOAD_FROM_DICT_OR_DEREF, index, at);
  } else emit(c, DEREF[access], index, at);
}

function globalOp(c: Compiler, name: string, access: Access, where: number, at: Located | null): void {
  if (access !== 'Load' || !c.unit.scope.canSeeClassScope || where !== GLOBAL_IMPLICIT) {
    return emitName(c, GLOBAL[access], name, at);
  }
  nameOp(c, '__classdict__', 'Load', at);
  emitName(c, op.OP_LOAD_FROM_DICT_OR_GLOBALS, name, at);
}
