/** How long a stress test runs and with what: `npm run stress` sets these, the suite uses the small numbers. */
const number = (name: string, usual: number): number => Number(process.env[`PROTOSPACE_STRESS_${name}`] || usual);

export const seconds: number = number('SECONDS', 1);
export const seed: number = number('SEED', 1);
export const workers: number = number('WORKERS', 3);
