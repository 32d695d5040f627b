/**
 * `_tokenize`: what the module tokenize reads source by. The modules inspect, linecache and dataclasses import it without using it; making tokens of
 * Python source for programs is not there yet, and says so.
 */
import { defineModule, defineType } from '../objects/define.js';
import { raise } from '../objects/exceptions.js';
import * as T from '../objects/type-ids.js';

defineType({
  id: T.T_TOKENIZER_ITER,
  name: 'TokenizerIter',
  module: '_tokenize',
  slots: {
    create: () => raise('NotImplementedError', '_tokenize.TokenizerIter is not there yet: tokenize cannot read source'),
  },
});

defineModule({ name: '_tokenize', types: [T.T_TOKENIZER_ITER] });
