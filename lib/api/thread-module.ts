/** ThreadModule: Python's `_thread` of an environment, for hosts. */
import type { ProtoObject } from './proto-object.js';
import type { PythonEnvironment } from './python-environment.js';

export class ThreadModule {
  readonly environment: PythonEnvironment;

  constructor(environment: PythonEnvironment) {
    this.environment = environment;
  }

  /** Runs `callable(*args, **kwargs)` on a thread of its own; its identifier. */
  async startNewThread(
    callable: ProtoObject,
    args: readonly unknown[] = [],
    kwargs: Readonly<Record<string, unknown>> = {},
  ): Promise<number> {
    using module = await this.environment.import('_thread');
    using start = (await this.environment.call('getattr', module, 'start_new_thread')) as ProtoObject;
    const given = this.environment.tuple(args);
    try {
      return (await this.environment.call(start, callable, given, kwargs)) as number;
    } finally {
      given.dispose();
    }
  }

  /** How many threads that startNewThread and Python's own means started are alive. */
  async count(): Promise<number> {
    using module = await this.environment.import('_thread');
    using count = (await this.environment.call('getattr', module, '_count')) as ProtoObject;
    return (await this.environment.call(count)) as number;
  }
}
