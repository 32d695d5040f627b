/** The module that `sysconfig` reads what is known of the interpreter's build from; CPython's is written by its Makefile. */
import * as H from '../heap/handles.js';
import { defineModule } from '../objects/define.js';
import { dictSetStr, newDict } from '../objects/dict.js';
import { fromJS, intern } from '../objects/strings.js';

/** Where `zoneinfo` looks for the system's time zones. */
const TZPATH = '/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo';

function buildTimeVars(): number {
  const d = newDict();
  dictSetStr(d, intern('TZPATH'), fromJS(TZPATH));
  dictSetStr(d, intern('Py_GIL_DISABLED'), H.small(1));
  dictSetStr(d, intern('Py_DEBUG'), H.small(0));
  return d;
}

defineModule({
  // sys.abiflags and the multi-architecture name are empty.
  name: `_sysconfigdata__${process.platform}_`,
  attributes: () => ({ build_time_vars: buildTimeVars() }),
});
