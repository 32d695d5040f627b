// Changes a Python program at random: bytes, tokens and lines.

const TOKEN =
  /[A-Za-z_]\w*|\d[\w.]*|"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\n[ \t]*|[ \t]+|[^]/g;
const KEYWORDS = (
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda ' +
  'nonlocal not or pass raise return try while with yield match case type _ print len range list dict set tuple str int float'
).split(' ');
const SYMBOLS =
  '( ) [ ] { } , : ; . = == != < > <= >= + - * / // % ** @ & | ^ ~ << >> := -> += -= *= ... * ** \\ # ! $ ? `'.split(
    ' ',
  );
const LITERALS = [
  '0',
  '-1',
  '1',
  '255',
  '1073741823',
  '1073741824',
  '-1073741825',
  '9007199254740993',
  '10**30',
  '0.0',
  '-0.0',
  '1e308',
  'float("nan")',
  '1j',
  'None',
  '""',
  '"x"',
  '"\\ud800"',
  'b""',
  '[]',
  '()',
  '{}',
  'set()',
  'lambda: 0',
  'object()',
  'int',
  'type',
  '...',
  'NotImplemented',
  'range(3)',
  'iter([])',
  '(x for x in [1])',
  'Exception()',
  'slice(None)',
  'bytearray(2)',
];

const tokensOf = (text) => text.match(TOKEN) ?? [];
const solid = (tokens) => tokens.flatMap((t, i) => (/^\s*$/.test(t) ? [] : [i]));

/** Replaces some bytes: may give what is no UTF-8, and null bytes. */
function bytes(text, random) {
  const data = [...Buffer.from(text)];
  for (let n = 1 + random.below(3); n > 0 && data.length > 0; n--) {
    const at = random.below(data.length);
    const how = random.below(5);
    if (how === 0) data.splice(at, 1 + random.below(8));
    else if (how === 1) data.splice(at, 0, random.below(256));
    else if (how === 2) data[at] ^= 1 << random.below(8);
    else if (how === 3) data.splice(at, 0, ...data.slice(at, at + random.below(40)));
    else data.splice(at, data.length);
  }
  return Buffer.from(data).toString('utf8');
}

function token(text, random) {
  const tokens = tokensOf(text);
  const places = solid(tokens);
  if (places.length < 2) return text;
  const at = random.pick(places);
  const fresh = () =>
    random.pick([
      () => random.pick(KEYWORDS),
      () => random.pick(SYMBOLS),
      () => random.pick(LITERALS),
      () => tokens[random.pick(places)],
    ])();
  const how = random.below(12);
  if (how === 0) tokens[at] = '';
  else if (how === 1) tokens[at] = fresh();
  else if (how === 2) tokens[at] += ` ${fresh()} `;
  else if (how === 3) tokens[at] += ` ${tokens[at]}`;
  else if (how === 4) {
    const other = random.pick(places);
    [tokens[at], tokens[other]] = [tokens[other], tokens[at]];
  } else swapName(tokens, places, random);
  return tokens.join('');
}

/** One name for another of the same program: what it is given is of another kind than it expects. */
function swapName(tokens, places, random) {
  const names = places.filter((i) => /^[A-Za-z_]/.test(tokens[i]) && !KEYWORDS.includes(tokens[i]));
  const values = places.filter((i) => /^["'\d]/.test(tokens[i]));
  if (names.length > 1 && random.chance(0.6)) tokens[random.pick(names)] = tokens[random.pick(names)];
  else if (values.length > 0) tokens[random.pick(values)] = random.pick(LITERALS);
}

function line(text, random) {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const how = random.below(6);
  if (how === 0) lines.splice(at, 1 + random.below(3));
  else if (how === 1) lines.splice(random.below(lines.length), 0, lines[at]);
  else if (how === 2) lines[at] = `    ${lines[at]}`;
  else if (how === 3) lines[at] = lines[at].replace(/^ {1,4}/, '');
  else if (how === 4) {
    const other = random.below(lines.length);
    [lines[at], lines[other]] = [lines[other], lines[at]];
  } else lines.splice(at, random.below(10), ...lines.slice(random.below(lines.length)).slice(0, 6));
  return lines.join('\n');
}

/** Lines of another program in the middle of this one. */
function splice(text, random, other) {
  const lines = text.split('\n');
  const from = other.split('\n');
  const start = random.below(from.length);
  lines.splice(random.below(lines.length), 0, ...from.slice(start, start + 1 + random.below(12)));
  return lines.join('\n');
}

/** A changed program; `other` is one to take lines from. */
export function mutate(text, random, other) {
  let out = text;
  for (let n = 1 + random.below(3); n > 0; n--) {
    const how = random.next();
    if (how < 0.05) out = bytes(out, random);
    else if (how < 0.75) out = token(out, random);
    else if (how < 0.9) out = line(out, random);
    else out = splice(out, random, other);
  }
  return out;
}
