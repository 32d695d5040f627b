/** The types of None, Ellipsis and NotImplemented. */
import * as H from '../heap/handles.js';
import { defineType, type MethodRow } from './define.js';
import { raise } from './exceptions.js';
import { identityHash } from './identity.js';
import { intFromNumber } from './int.js';
import { CMP_EQ, CMP_NE } from './slots.js';
import { intern } from './strings.js';
import * as T from './type-ids.js';
import { hasKeywords } from './keywords.js';

/** hash(None), the same in every process as in CPython since 3.12. */
const HASH_OF_NONE = 0xfca86420;

interface Singleton {
  id: number;
  name: string;
  text: string;
  value: number;
  bool: () => number;
}

const ROWS: readonly Singleton[] = [
  { id: T.T_NONE, name: 'NoneType', text: 'None', value: H.NONE, bool: () => 0 },
  { id: T.T_ELLIPSIS, name: 'ellipsis', text: 'Ellipsis', value: H.ELLIPSIS, bool: () => 1 },
  {
    id: T.T_NOT_IMPLEMENTED,
    name: 'NotImplementedType',
    text: 'NotImplemented',
    value: H.NOT_IMPLEMENTED,
    bool: () => raise('TypeError', 'NotImplemented should not be used in a boolean context') - 1,
  },
];

const reduce = (text: string): MethodRow => ['__reduce__', () => intern(text), [0, 0]];

for (const { id, name, text, value, bool } of ROWS) {
  defineType({
    id,
    name,
    final: true,
    methods: id === T.T_NONE ? [] : [reduce(text)],
    slots: {
      repr: () => intern(text),
      bool,
      hash: id === T.T_NONE ? () => intFromNumber(HASH_OF_NONE) : identityHash,
      create: (_type, _args, n, kwnames) =>
        n > 0 || hasKeywords(kwnames)
          ? raise('TypeError', `${id === T.T_ELLIPSIS ? 'EllipsisType' : name} takes no arguments`)
          : value,
      compare: (a, b, op) => {
        if (op === CMP_EQ) return a === b ? H.TRUE : H.NOT_IMPLEMENTED;
        return op === CMP_NE && a === b ? H.FALSE : H.NOT_IMPLEMENTED;
      },
    },
  });
}
