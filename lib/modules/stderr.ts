/** Text for sys.stderr, and the flushing of the standard streams. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { clearException, pendingException } from '../objects/exceptions.js';
import { fromJS } from '../objects/strings.js';
import { method1 } from './io-object.js';
import { writeText } from './output.js';
import { flushQuietly, sysAttribute } from './print.js';

/** Writes out what waits in sys.stdout, so that it comes before what is written elsewhere. */
export const flushStdout = (): void => flushQuietly(sysAttribute('stdout'));

/** Writes the text; what goes wrong on the way is nobody's to hear. */
export function writeStderr(text: string): void {
  const file = sysAttribute('stderr');
  if (file === H.NONE) return;
  if (file === 0) {
    writeText(2, text);
    return;
  }
  const slot = root(file);
  method1(file, 'write', fromJS(text));
  unroot(slot);
  if (pendingException() !== 0) clearException();
  flushQuietly(file);
}
