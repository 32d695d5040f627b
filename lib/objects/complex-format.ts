/** format() of complex numbers. */
import { str } from './abstract.js';
import { complexImag, complexReal } from './complex.js';
import { raise, typeName } from './exceptions.js';
import { type FormatSpec, pad, parseSpec, unknownCode } from './format-spec.js';
import { doubleDigits, groupDigits, groupFraction } from './number-format.js';
import { fromJS, toJS } from './strings.js';

/** One part: its sign as the specification wants it, or always. */
function partText(x: number, spec: FormatSpec, type: string, always: boolean): string {
  let digits = doubleDigits(x, type.toLowerCase(), spec.precision, spec.alternate);
  // Without a type a part is as short as str() has it.
  if (type === '' && spec.precision < 0) digits = digits.replace(/\.0$/, '');
  if (type === '' && spec.precision >= 0) digits = doubleDigits(x, 'g', spec.precision, spec.alternate);
  if (type !== '' && type === type.toUpperCase()) digits = digits.toUpperCase();
  const negative =
    (x < 0 || Object.is(x, -0)) && !(spec.noNegativeZero && !/[1-9a-z]/i.test(digits.replace(/e.*/i, '')));
  const sign = negative ? '-' : always || spec.sign === '+' ? '+' : spec.sign === ' ' ? ' ' : '';
  const whole = /^\d*/.exec(digits)![0];
  return (
    sign +
    (spec.grouping === '' ? whole : groupDigits(whole, spec.grouping, 3)) +
    groupFraction(digits.slice(whole.length), spec.fractionGrouping)
  );
}

/** format(complex, spec): string handle, 0 with the exception set. */
export function formatComplex(h: number, specHandle: number): number {
  const text = toJS(specHandle);
  if (text === '') return str(h);
  const spec = parseSpec(text, typeName(h));
  if (spec === undefined) return 0;
  if (!['', 'e', 'E', 'f', 'F', 'g', 'G', 'n'].includes(spec.type)) return unknownCode(spec.type, typeName(h));
  if (spec.fill === '0') return raise('ValueError', 'Zero padding is not allowed in complex format specifier');
  if (spec.align === '=') return raise('ValueError', "'=' alignment flag is not allowed in complex format specifier");
  const [re, im] = [complexReal(h), complexImag(h)];
  const type = spec.type === 'n' ? 'g' : spec.type;
  const imaginaryOnly = type === '' && Object.is(re, 0);
  const real = imaginaryOnly ? '' : partText(re, spec, type, false);
  const body = `${real}${partText(im, spec, type, !imaginaryOnly)}j`;
  const shown = type === '' && !imaginaryOnly ? `(${body})` : body;
  return fromJS(pad(shown, shown.length, spec, '>'));
}
