/** `_queue`: the exception Empty; SimpleQueue is made by lib/threads. */
import * as L from '../heap/layout.generated.js';
import { defineModule, defineType } from '../objects/define.js';
import '../objects/exception-types.js';
import { exceptionId } from '../objects/exceptions.js';
import * as T from '../objects/type-ids.js';

defineType({
  id: T.T_QUEUE_EMPTY,
  name: 'Empty',
  module: '_queue',
  base: exceptionId('Exception'),
  kind: L.KIND_EXCEPTION,
  dict: true,
  doc: 'Exception raised by Queue.get(block=0)/get_nowait().',
});

defineModule({ name: '_queue', types: [T.T_QUEUE_EMPTY] });
