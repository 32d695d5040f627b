/** One monotonic clock for all isolates of the process: milliseconds, with fractions. */

/** `performance.now()` would count from each isolate's own start, and costs 1 ms to load. */
export const now = (): number => {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
};
