/** What is asked of a test of mocha. */
export interface Leavable {
  isPending(): boolean;
}

/**
 * Starts the run a test asks for and that of the next test, so that two programs run at a time. A test that is left out asks for none: nobody would
 * wait for its run, and mocha not end before it does. `tests` has the test of each item once they run.
 */
export function ahead<T, R>(
  items: T[],
  tests: Leavable[],
  run: (item: T) => Promise<R>,
): (index: number) => Promise<R> {
  const started = new Map<number, Promise<R>>();
  const start = (index: number): Promise<R> => {
    const result = started.get(index) ?? run(items[index] as T);
    started.set(index, result);
    return result;
  };
  return (index) => {
    const result = start(index);
    if (tests[index + 1]?.isPending() === false) void start(index + 1);
    return result;
  };
}
