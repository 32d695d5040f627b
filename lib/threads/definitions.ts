/** Loads every definition of types and modules, in an order in which a base comes before what derives from it. */
// The interpreter first: call.ts and unwind.ts import each other through it.
import '../vm/interpreter.js';
import '../objects/object-type.js';
import '../objects/adapters.js';
import '../objects/complex-type.js';
import '../objects/descriptors.js';
import '../objects/dict-type.js';
import '../objects/exception-types.js';
import '../objects/float-type.js';
import '../objects/function-types.js';
import '../objects/int-type.js';
import '../objects/iterators.js';
import '../objects/list-type.js';
import '../objects/mappingproxy.js';
import '../objects/range.js';
import '../objects/set-type.js';
import '../objects/slice.js';
import '../objects/str-type.js';
import '../objects/template.js';
import '../objects/tuple-type.js';
import '../objects/type-object.js';
import '../modules/_collections.js';
import '../modules/builtins.js';
import '../modules/deque.js';
import '../modules/math.js';
import '../modules/module-spec.js';
import '../modules/sys.js';
