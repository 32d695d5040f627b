/**
 * From source to function. The views, and what compiled code calls, are constants of the global script scope, under names that nobody else has: V8 puts
 * those into machine code as they are, also into code made by on-stack replacement, where a closure's constants are none (docs/performance.md).
 */
import { randomBytes } from 'node:crypto';
import { runInThisContext } from 'node:vm';
import { f64, i32 } from '../heap/memory.js';
import { support } from './support.js';
import { type Compiled, table } from './table.js';

const constants = { I: i32, F: f64, T: table.functions, ...support };
const suffix = `$${randomBytes(8).toString('hex')}`;
const NAMES = Object.keys(constants);
const USES = new RegExp(`\\b(${NAMES.join('|')})(?=[[(])`, 'g');
let defined = false;

/** Declares the constants, once an isolate: they come by way of a global variable. */
function define(): void {
  const scope = globalThis as Record<string, unknown>;
  scope[suffix] = constants;
  const declarations = NAMES.map((name) => `${name}: ${name}${suffix}`);
  runInThisContext(`'use strict'; const { ${declarations.join(', ')} } = globalThis.${suffix};`);
  delete scope[suffix];
  defined = true;
}

/** The function of such a source. Throws EvalError where code generation from strings is forbidden. */
export function functionOf(source: string): Compiled {
  if (!defined) define();
  const f = new Function(source.replace(USES, `$1${suffix.replace('$', '$$$$')}`))() as Compiled;
  f.misses = 0;
  return f;
}
