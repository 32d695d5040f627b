/** Characters by their Unicode names and aliases, for `\N{...}`. The table is unpacked at the first use. */
import { NAME_RANGES, namesZlib } from './unicode-names-data.js';

let table: Map<string, number> | null = null;

/** The character of a name in any case, or null. Named sequences have no character of their own. */
export function characterNamed(name: string): string | null {
  const upper = name.toUpperCase();
  const code = hangul(upper) ?? inRange(upper) ?? (table ??= unpack()).get(upper);
  return code === undefined ? null : String.fromCodePoint(code);
}

/** Names that end in the code point: ideographs. */
function inRange(name: string): number | undefined {
  const match = /^(.+)-([0-9A-F]{4,6})$/.exec(name);
  if (match === null) return undefined;
  const code = parseInt(match[2], 16);
  if (match[2].length > 4 && match[2].startsWith('0')) return undefined;
  return NAME_RANGES.some(([first, last, prefix]) => prefix === match[1] && first <= code && code <= last)
    ? code
    : undefined;
}

const LEADS = 'G GG N D DD R M B BB S SS  J JJ C K T P H'.split(' ');
const VOWELS = 'A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I'.split(' ');
const TAILS = ' G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H'.split(' ');
const SYLLABLE = /^HANGUL SYLLABLE ([^AEIOUWY]*)([AEIOUWY]+)([^AEIOUWY]*)$/;

/** Hangul syllables are composed of the names of their parts (Unicode, section 3.12). */
function hangul(name: string): number | undefined {
  const match = SYLLABLE.exec(name);
  if (match === null) return undefined;
  const [lead, vowel, tail] = [LEADS.indexOf(match[1]), VOWELS.indexOf(match[2]), TAILS.indexOf(match[3])];
  if (lead < 0 || vowel < 0 || tail < 0) return undefined;
  return 0xac00 + (lead * 21 + vowel) * 28 + tail;
}

function unpack(): Map<string, number> {
  const out = new Map<string, number>();
  const { inflateSync } = process.getBuiltinModule('node:zlib');
  const [names, aliases] = inflateSync(Buffer.from(namesZlib(), 'base64')).toString('latin1').split('\n\n');
  let code = -1;
  let words: string[] = [];
  for (const line of names.split('\n')) {
    const sep = line.indexOf(';');
    code += sep === 0 ? 1 : parseInt(line.slice(0, sep), 16) + 1;
    const rest = line.slice(sep + 2);
    words = words.slice(0, Number(line[sep + 1]));
    if (rest !== '') words.push(...rest.split(' '));
    out.set(words.join(' '), code);
  }
  for (const line of aliases.split('\n')) {
    const sep = line.indexOf(' ');
    out.set(line.slice(sep + 1), parseInt(line.slice(0, sep), 16));
  }
  return out;
}
