/** ExecutionEngine: the bytecode interpreter of an environment, as a host sees it. It runs on carriers. */
import type { DisassembleJob, RunJob } from '../carrier/environment-jobs.js';
import { handleIn, type ProtoObject } from './proto-object.js';
import type { CodeOptions, PythonEnvironment, PythonValue, RunOptions } from './python-environment.js';

export interface CompileOptions extends CodeOptions {
  /** A module's statements, one expression, or what an interactive prompt takes. */
  readonly mode?: 'exec' | 'eval' | 'single';
}

export class ExecutionEngine {
  readonly environment: PythonEnvironment;

  constructor(environment: PythonEnvironment) {
    this.environment = environment;
  }

  /** The code object of a source. Rejects with a PythonError of type SyntaxError. */
  async compile(source: string, options: CompileOptions = {}): Promise<ProtoObject> {
    const { filename = '<string>', mode = 'exec', ...limits } = options;
    const code = await this.environment.apply('compile', [source, filename, mode], limits);
    return code as ProtoObject;
  }

  /** Runs a code object in `__main__`: the value that RETURN_VALUE made its context's return value, promoted out of it. */
  async execute(code: ProtoObject, options: RunOptions = {}): Promise<PythonValue> {
    return this.environment.ask<RunJob>({ kind: 'environment-run', code: handleIn(code), filename: '' }, options);
  }

  /** The bytecode of a source as text, as the command's `--dis` prints it. */
  async disassemble(source: string, options: CodeOptions = {}): Promise<string> {
    const { filename = '<string>' } = options;
    const asked = { kind: 'environment-disassemble', code: source, filename } as const;
    return (await this.environment.ask<DisassembleJob>(asked, options)) as string;
  }
}
