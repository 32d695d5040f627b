/** How types show in aliases and unions: `int`, `collections.abc.Callable[[int], str]`, `...`. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { lookupAttr, repr } from './abstract.js';
import { pendingException } from './exceptions.js';
import { plainItems } from './list.js';
import * as N from './names.js';
import { isExact, isStr } from './object.js';
import { intern, toJS } from './strings.js';

const N_ORIGIN = intern('__origin__');
const N_ARGS = intern('__args__');

/** Text of one type; undefined with the exception set. */
export function typeReprText(h: number): string | undefined {
  if (h === H.ELLIPSIS) return '...';
  if (lookupAttr(h, N_ORIGIN) !== 0 && lookupAttr(h, N_ARGS) !== 0) return text(repr(h));
  const qualname = pendingException() === 0 ? lookupAttr(h, N.N_QUALNAME) : 0;
  const slot = root(qualname);
  const module = qualname === 0 ? 0 : lookupAttr(h, N.N_MODULE);
  unroot(slot);
  if (pendingException() !== 0) return undefined;
  if (qualname === 0 || module === 0 || module === H.NONE) return text(repr(h));
  const [q, m] = [qualname, module].map((s) => (isStr(s) ? toJS(s) : ''));
  return m === 'builtins' ? q : `${m}.${q}`;
}

const text = (h: number): string | undefined => (h === 0 ? undefined : toJS(h));

/** As typeReprText; lists in the arguments of a Callable show as lists of types. */
export function argumentReprText(h: number): string | undefined {
  if (!isExact(h, L.KIND_LIST)) return typeReprText(h);
  const parts: string[] = [];
  for (const item of plainItems(h) ?? []) {
    const s = typeReprText(item);
    if (s === undefined) return undefined;
    parts.push(s);
  }
  return `[${parts.join(', ')}]`;
}
