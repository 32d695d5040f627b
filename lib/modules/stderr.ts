/** Text for sys.stderr: through the stream object, or straight to the descriptor where there is none. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { call1, getAttr } from '../objects/abstract.js';
import { clearException } from '../objects/exceptions.js';
import { fromJS, intern } from '../objects/strings.js';
import { flushDescriptor, writeText } from './output.js';
import { streamHooks, sysAttribute } from './print.js';

const N_WRITE = intern('write');

/** Writes the text; what goes wrong on the way is nobody's to hear. */
export function writeStderr(text: string): void {
  const file = sysAttribute('stderr');
  if (file === H.NONE) return;
  const fd = file === 0 ? 2 : streamHooks.plainDescriptor(file);
  if (fd !== 0) {
    flushDescriptor(1);
    writeText(fd, text);
    return;
  }
  const slot = root(file);
  const write = getAttr(file, N_WRITE);
  if (write === 0 || call1(write, fromJS(text)) === 0) clearException();
  unroot(slot);
}
