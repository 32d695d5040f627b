/**
 * Everything that makes the Python runtime, in the one order that gives built-in functions the same ids in every isolate. New types and
 * modules are added here, or in later.ts, and nowhere else.
 */
import '../objects/type-object.js';
import '../objects/object-type.js';
import '../objects/descriptors.js';
import '../objects/super.js';
import '../objects/function-type.js';
import '../objects/native-types.js';
import '../objects/cell-type.js';
import '../objects/module-type.js';
import '../objects/singletons.js';
import '../objects/namespace-type.js';
import '../objects/exception-types.js';
import '../objects/int-type.js';
import '../objects/float-type.js';
import '../objects/complex-type.js';
import '../objects/str-type.js';
import '../objects/tuple-type.js';
import '../objects/list-type.js';
import '../objects/dict-type.js';
import '../objects/set-type.js';
import '../objects/bytes-type.js';
import '../objects/bytearray-type.js';
import '../objects/memoryview-type.js';
import '../objects/internal-types.js';
import '../objects/range.js';
import '../objects/slice.js';
import '../objects/iterators.js';
import '../objects/adapters.js';
import '../objects/mappingproxy.js';
import '../objects/template.js';
import '../objects/union.js';
import '../objects/generic-alias.js';
import '../vm/interpreter.js';
import '../vm/generator-types.js';
import '../vm/code-type.js';
import '../vm/frame-type.js';
import '../vm/function-new.js';
import './builtins.js';
import './sys.js';
import './import.js';
import './_signal.js';
import './_thread.js';
import './atexit.js';
import './_warnings.js';
import './module-repr.js';
import './errno.js';
import './_io.js';
import './later.js';
import '../jit/index.js';

export { boot } from '../objects/boot.js';
