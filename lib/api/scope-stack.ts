/**
 * The open ContextScopes of this isolate, innermost last: each is a context on the host thread's stack that roots the handles given out in it.
 * A scope that needs more slots than its context has continues in further contexts above it, with the same entry mark.
 */
import { CARRIER } from '../heap/carrier.js';
import { CTX_HOST, pop, push, unlink } from '../heap/context.js';
import { ProtospaceError } from '../heap/errors.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { running } from './host.js';

const I32 = i32;
const C = CARRIER;
const FIRST_SLOTS = 48;
const MOST_SLOTS = 4096;

/** A value promoted out of a scope: `deliver` is called in the parent when the scope is left. */
export interface Promotion {
  readonly handle: number;
  deliver(): void;
}

/** One scope; `open` ends when it is left, by its owner or because the turn ended. */
export interface OpenScope {
  readonly context: number;
  readonly parent: OpenScope | undefined;
  state: 'open' | 'left' | 'expired';
  /** Contexts that continue this one. */
  chained: number;
  /** Where the newest of its contexts is full. */
  end: number;
  readonly promotions: Promotion[];
}

let innermost: OpenScope | undefined;
let checking = false;

export const innermostScope = (): OpenScope | undefined => innermost;

const expiredError = (): ProtospaceError =>
  new ProtospaceError(
    'ERR_PROTOSPACE_SCOPE_OPEN',
    'a ContextScope was open at the end of a turn of the event loop; it is closed now (root what must live across await)',
  );

/** Throws unless the scope is open. */
export function checkOpen(scope: OpenScope): void {
  if (scope.state === 'expired') throw expiredError();
  if (scope.state === 'left')
    throw new ProtospaceError('ERR_PROTOSPACE_SCOPE_LEFT', 'this ContextScope has been left, and its objects with it');
}

/** Throws unless the scope is the innermost: all allocation goes through the current context. */
export function checkInnermost(scope: OpenScope): void {
  checkOpen(scope);
  if (innermost !== scope)
    throw new ProtospaceError(
      'ERR_PROTOSPACE_SCOPE_ORDER',
      'another ContextScope was entered after this one and is open',
    );
}

function pushHost(slots: number): number {
  const context = push(slots);
  I32[context + L.F_FLAGS] = I32[context + L.F_FLAGS]! | CTX_HOST;
  return context;
}

/** The JavaScript that opened scopes has ended: those still open are closed, and the fault is thrown where nothing can hide it. */
function endTurn(): void {
  checking = false;
  if (innermost === undefined) return;
  running(() => {
    while (innermost !== undefined) close(innermost, 'expired');
  });
  throw expiredError();
}

/** Enters a scope; `environment` (0: the parent's) is that of its context. */
export function enterScope(environment: number): OpenScope {
  return running(() => {
    const context = pushHost(FIRST_SLOTS);
    if (environment !== 0) I32[context + L.F_ENVIRONMENT] = environment;
    innermost = {
      context,
      parent: innermost,
      state: 'open',
      chained: 0,
      end: context + L.F_LOCALS + FIRST_SLOTS,
      promotions: [],
    };
    if (!checking) {
      checking = true;
      queueMicrotask(endTurn);
    }
    return innermost;
  });
}

function close(scope: OpenScope, state: 'left' | 'expired'): void {
  for (; scope.chained > 0; scope.chained--) unlink(I32[C + L.CAR_CONTEXT]!);
  const { promotions } = scope;
  // Several promoted values: the whole region stays for the parent.
  if (promotions.length > 1) unlink(scope.context);
  else pop(promotions[0]?.handle ?? 0, scope.context);
  scope.state = state;
  innermost = scope.parent;
}

/** Leaves a scope, the innermost; leaving it again does nothing. */
export function leaveScope(scope: OpenScope): void {
  if (scope.state === 'left') return;
  checkInnermost(scope);
  running(() => {
    if (scope.state === 'open') close(scope, 'left');
    for (const promotion of scope.promotions) promotion.deliver();
  });
}

function extend(scope: OpenScope): void {
  const slots = Math.min(MOST_SLOTS, FIRST_SLOTS << (2 * (scope.chained + 1)));
  const entry = I32[scope.context + L.F_ENTRY]!;
  const context = pushHost(slots);
  I32[context + L.F_ENTRY] = entry;
  scope.chained++;
  scope.end = context + L.F_LOCALS + slots;
}

/** Roots a handle until the scope, the innermost, is left. */
export function keep(scope: OpenScope, handle: number): void {
  if ((handle & 1) !== 0 || (handle & 7) === 6) return;
  let context = I32[C + L.CAR_CONTEXT]!;
  if (I32[context + L.F_SP]! >= scope.end) {
    extend(scope);
    context = I32[C + L.CAR_CONTEXT]!;
  }
  const sp = I32[context + L.F_SP]!;
  I32[sp] = handle;
  I32[context + L.F_SP] = sp + 1;
}
