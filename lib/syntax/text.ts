/** Text of a str constant. Two escapes that make a surrogate pair, '\ud83d\ude00', stay two characters in Python, which a JavaScript string cannot say. */
export interface Text {
  t: 'str';
  v: string;
  /** The code points, where `v` would be read as fewer. */
  points?: readonly number[];
}

const APART = /[\ud800-\udbff]$/;
const SECOND = /^[\udc00-\udfff]/;

export const text = (v: string): Text => ({ t: 'str', v });

export const pointsOf = (c: Text): readonly number[] => c.points ?? Array.from(c.v, (char) => char.codePointAt(0)!);

/** The characters, each by itself. */
export const charsOf = (c: Text): Iterable<string> => c.points?.map((point) => String.fromCodePoint(point)) ?? c.v;

/** Text of code points, which tell two surrogates from the character that they would make. */
export function textOf(points: readonly number[]): Text {
  let v = '';
  let apart = false;
  for (const point of points) {
    const char = String.fromCodePoint(point);
    apart ||= SECOND.test(char) && APART.test(v);
    v += char;
  }
  return apart ? { t: 'str', v, points } : text(v);
}

/** `a` and then `b`: no characters become one. */
export function joinTexts(a: Text, b: Text): Text {
  const simple = a.points === undefined && b.points === undefined && !(SECOND.test(b.v) && APART.test(a.v));
  return simple ? text(a.v + b.v) : textOf([...pointsOf(a), ...pointsOf(b)]);
}
