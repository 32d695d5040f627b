/** What tests say about stress mode (scripts/stress-hooks.mjs, test/stress.json). */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Row {
  readonly title: string;
  readonly how: 'skipped' | 'plain';
  readonly why: string;
}

const stressed = (process.env.PROTOSPACE_STRESS ?? '') !== '';
const rows = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../test/stress.json', import.meta.url)), 'utf8'),
) as readonly Row[];

/** Milliseconds a process of a test may take: more in stress mode. */
export const patience = (ms: number): number => (stressed ? ms * 10 : ms);

/** What a mocha of a test's own is given besides. */
export const mochaOptions: readonly string[] = stressed
  ? ['--require', fileURLToPath(new URL('../../scripts/stress-hooks.mjs', import.meta.url))]
  : [];

/** The environment of processes that run without stress, which test/stress.json must list. */
export function plain(title: string): { PROTOSPACE_STRESS: string } {
  if (!rows.some((row) => row.title === title && row.how === 'plain'))
    throw new Error(`test/stress.json does not list ${title}`);
  return { PROTOSPACE_STRESS: '' };
}
