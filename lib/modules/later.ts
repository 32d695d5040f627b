/**
 * Modules that an empty program does not need. In the bundle they, and what only they use, are a script that is loaded when one of them is first
 * imported (lib/objects/later.ts). Nothing but runtime.ts imports this file; hooks that they set load them until then.
 */
import './math.js';
import './_collections.js';
import './itertools.js';
import './_heapq.js';
import './_queue.js';
import './_weakref.js';
import './gc.js';
import './_abc.js';
import './_types.js';
import './_contextvars.js';
import './_typing.js';
import './_ast.js';
import './_opcode.js';
import './_tokenize.js';
import './_imp.js';
import './marshal.js';
import './_codecs.js';
import './object-reduce.js';
import './_stat.js';
import './_sysconfigdata.js';
import './posix.js';
import './time.js';
import './sre/index.js';
import './_struct.js';
import './zlib/index.js';
import './binascii.js';
import './_random.js';
import './hashes/index.js';
import './_bisect.js';
import './_json.js';
import './unicodedata.js';
import './_string.js';
import './_operator.js';
import './_functools.js';
import './csv/index.js';
