/** Types of objects that only the runtime handles: programs do not see them, but every object's class word names one. */
import * as L from '../heap/layout.generated.js';
import { defineType } from './define.js';
import * as T from './type-ids.js';

defineType({ id: T.T_ENVIRONMENT, name: 'environment', kind: L.KIND_ENVIRONMENT, final: true });
