/** One monotonic clock for all isolates of the process: milliseconds, with fractions. */

/** `performance.now()` counts from each isolate's own start; hrtime does not. */
const offset = ((): number => {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6 - performance.now();
})();

export const now = (): number => performance.now() + offset;
