/** Types whose values may be keys where no interpreter is loaded: their slots make them comparable and hashable. */
import { completeSlots } from '../objects/define.js';
import '../objects/type-object.js';
import '../objects/object-type.js';
import '../objects/singletons.js';
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
import '../objects/internal-types.js';

completeSlots();
