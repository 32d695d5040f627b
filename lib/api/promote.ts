/** Promotion: a value survives its context by its handle going to the parent. Nothing is copied, and its address stays. */
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { ProtospaceError } from '../heap/errors.js';
import type { ProtoContext } from './proto-context.js';
import { handleIn, ProtoObject } from './proto-object.js';
import { checkInnermost, innermostScope, type Promotion } from './scope-stack.js';

const I32 = i32;

/** Where a promoted value arrives: in the parent scope, or rooted when there is none. */
export class ReturnReference implements Promotion {
  readonly handle: number;
  #value: ProtoObject | undefined;

  /** For `promote` alone. */
  constructor(handle: number) {
    this.handle = handle;
  }

  /** Called when the scope is left; once is enough. */
  deliver(): void {
    this.#value ??= new ProtoObject(this.handle, innermostScope());
  }

  /** The value, once the scope it was promoted from has been left. */
  get value(): ProtoObject {
    if (this.#value === undefined)
      throw new ProtospaceError(
        'ERR_PROTOSPACE_SCOPE_OPEN',
        'the scope that this value is promoted from is still open',
      );
    return this.#value;
  }
}

/** Hands `object` over to the parent of `context`, that of the innermost scope: it arrives when the scope is left. */
export function promote(context: ProtoContext, object: ProtoObject): ReturnReference {
  const scope = innermostScope();
  if (scope === undefined || scope.context * 4 !== context.address)
    throw new ProtospaceError(
      'ERR_PROTOSPACE_SCOPE_ORDER',
      'values are promoted out of the context of the innermost scope',
    );
  checkInnermost(scope);
  const reference = new ReturnReference(handleIn(object));
  I32[scope.context + L.F_RETURN_VALUE] = reference.handle;
  scope.promotions.push(reference);
  return reference;
}
