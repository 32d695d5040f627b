/** Source lines of a traceback entry. */
import type { Position } from '../compiler/positions.js';

/** Indented source of a position; '' when the source is not known. */
export function locationLines(position: Position, lineAt: (n: number) => string): string {
  const text = lineAt(position.line).trim();
  return text === '' ? '' : `    ${text}\n`;
}
