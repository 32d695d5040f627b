/** The module itertools: its types are in itertools-basic.ts and itertools-combinatoric.ts. */
import { defineModule } from '../objects/define.js';
import './itertools-basic.js';
import { makeTees } from './itertools-combinatoric.js';
import { itertoolsTypes } from './itertools-record.js';

defineModule({
  name: 'itertools',
  doc: 'Functional tools for creating and using iterators.',
  functions: [['tee', makeTees, [1, 2]]],
  types: itertoolsTypes,
});
