// What the suite leaves out in stress mode, and why: test/stress.json.
import { readFileSync } from 'node:fs';
import { at } from './run.mjs';

/** Rows { title: start of the full titles, how: skipped or plain (its processes run without stress), why }. */
export const stressRows = JSON.parse(readFileSync(at('test', 'stress.json'), 'utf8'));

/** Lists them. */
export function printStressRows() {
  console.log('\nnot in stress mode:');
  for (const { title, how, why } of stressRows) console.log(`  ${how.padEnd(8)}${title}: ${why}`);
}
