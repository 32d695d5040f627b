/** The name closest to a wrong one ("Did you mean"), by an edit distance in which a change of case costs half. */
const MAX_CANDIDATES = 750;
const MAX_LENGTH = 40;
const MOVE_COST = 2;
const CASE_COST = 1;

function substitution(a: string, b: string): number {
  if (a === b) return 0;
  return a.toLowerCase() === b.toLowerCase() ? CASE_COST : MOVE_COST;
}

/** Edit distance of two names; more than `limit` when it is above that. */
export function distance(from: string, to: string, limit: number): number {
  let a = [...from];
  let b = [...to];
  while (a.length > 0 && b.length > 0 && a[0] === b[0]) {
    a = a.slice(1);
    b = b.slice(1);
  }
  while (a.length > 0 && b.length > 0 && a.at(-1) === b.at(-1)) {
    a = a.slice(0, -1);
    b = b.slice(0, -1);
  }
  if (a.length === 0 || b.length === 0) return MOVE_COST * (a.length + b.length);
  if (b.length < a.length) [a, b] = [b, a];
  if ((b.length - a.length) * MOVE_COST > limit) return limit + 1;
  return fill(a, b, limit);
}

/** The rows of the table, one kept: `a` is the shorter. */
function fill(a: readonly string[], b: readonly string[], limit: number): number {
  const row = a.map((_, i) => (i + 1) * MOVE_COST);
  let result = 0;
  for (let j = 0; j < b.length; j++) {
    let diagonal = j * MOVE_COST;
    result = diagonal;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i < a.length; i++) {
      const substitute = diagonal + substitution(b[j]!, a[i]!);
      diagonal = row[i]!;
      result = Math.min(substitute, Math.min(result, diagonal) + MOVE_COST);
      row[i] = result;
      least = Math.min(least, result);
    }
    if (least > limit) return limit + 1;
  }
  return result;
}

/** The name closest to `wrong`; '' when none is close enough. */
export function closest(wrong: string, candidates: readonly string[]): string {
  const length = [...wrong].length;
  if (candidates.length > MAX_CANDIDATES || length > MAX_LENGTH) return '';
  let best = Number.POSITIVE_INFINITY;
  let found = '';
  for (const name of candidates) {
    if (name === wrong) continue;
    const most = Math.min(Math.floor((([...name].length + length + 3) * MOVE_COST) / 6), best - 1);
    const d = distance(wrong, name, most);
    if (d > most) continue;
    if (found === '' || d < best) {
      found = name;
      best = d;
    }
  }
  return found;
}
