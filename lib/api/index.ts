/** The package `protospace` for programs of Node. */
export { ContextScope } from './context-scope.js';
export { HeapExhausted, ProtospaceError, ProtospaceTypeError } from './errors.js';
export { MemoryManager } from './memory-manager.js';
export { promote, ReturnReference } from './promote.js';
export { getCurrentContext, ProtoContext } from './proto-context.js';
export { ProtoObject } from './proto-object.js';
export { ProtoSpace } from './proto-space.js';
export { ProtoThread, type ThreadState } from './proto-thread.js';
export type { PlainValue } from './read.js';
export type { Stats } from '../heap/stats.js';
export { type CompileOptions, ExecutionEngine } from './execution-engine.js';
export { endCarriers } from './host-pool.js';
export {
  type CallOptions,
  type CodeOptions,
  PythonEnvironment,
  type PythonOptions,
  type PythonValue,
  type RunOptions,
} from './python-environment.js';
export { PythonError } from './python-error.js';
export type { InputSource, OutputTarget } from './streams.js';
export { ThreadModule } from './thread-module.js';
