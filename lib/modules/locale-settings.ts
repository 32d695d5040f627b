/** What the environment's variables say about text: PEP 538, PEP 540. The encoding is UTF-8 in any case. */

const localeName = (): string => process.env.LC_ALL || process.env.LC_CTYPE || process.env.LANG || 'C';

/** UTF-8 mode: asked for, or because the locale is the plain C one. */
export function utf8Mode(): boolean {
  const asked = process.env.PYTHONUTF8;
  if (asked === '1' || asked === '0') return asked === '1';
  return localeName() === 'C' || localeName() === 'POSIX';
}

/** Name of the locale's encoding, as open() shows it. */
export const localeEncodingName = (): string => (utf8Mode() ? 'utf-8' : 'UTF-8');

/** Error handler of the standard streams. */
export function standardErrors(): string {
  const lenient = ['C', 'POSIX', 'C.UTF-8', 'C.utf8', 'UTF-8'];
  return utf8Mode() || lenient.includes(localeName()) ? 'surrogateescape' : 'strict';
}
