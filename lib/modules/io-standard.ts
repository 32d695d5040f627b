/** sys.stdin, sys.stdout and sys.stderr of a new environment. */
import { root, unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import { setAttr } from '../objects/attribute.js';
import { clearException } from '../objects/exceptions.js';
import { fromJS, intern } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { describeDescriptor, isTerminal } from './file-descriptors.js';
import { isHostStream } from './host-streams.js';
import { newBufferedOn } from './io-buffered-types.js';
import { fileBlockSize, newFile, openFile } from './io-file.js';
import { DEFAULT_BUFFER_SIZE, T_BUFFERED_READER, T_BUFFERED_WRITER, T_FILE_IO } from './io-object.js';
import { F_STANDARD, setFlag } from './io-text.js';
import { newTextOn } from './io-text-type.js';
import { standardErrors } from './locale-settings.js';
import { moduleSet } from './modules.js';

interface StandardStream {
  readonly name: 'stdin' | 'stdout' | 'stderr';
  readonly fd: number;
}

const STREAMS: readonly StandardStream[] = [
  { name: 'stdin', fd: 0 },
  { name: 'stdout', fd: 1 },
  { name: 'stderr', fd: 2 },
];

/** Encoding and errors: PYTHONIOENCODING, else UTF-8. */
function textSettings(name: string): { encoding: string; errors: string } {
  const [encoding, errors] = (process.env.PYTHONIOENCODING ?? '').split(':');
  return {
    encoding: encoding || 'utf-8',
    errors: name === 'stderr' ? 'backslashreplace' : errors || (encoding ? 'strict' : standardErrors()),
  };
}

/** A host program is given lines, never less. */
const isUnbuffered = (fd: number): boolean => !isHostStream(fd) && (process.env.PYTHONUNBUFFERED ?? '') !== '';

/** The text stream of a descriptor; None when that is not open, 0 with the exception set. */
function makeStream({ name, fd }: StandardStream): number {
  if (typeof describeDescriptor(fd) === 'number') return H.NONE;
  const reads = fd === 0;
  const mode = reads ? 'r' : 'w';
  const raw = newFile(T.typeHandle(T_FILE_IO));
  const slot = root(raw);
  if (openFile(raw, H.small(fd), mode, false, 0) === 0) return 0;
  setAttr(raw, intern('name'), fromJS(`<${name}>`));
  const size = Math.max(Math.min(fileBlockSize(raw), 8388608), DEFAULT_BUFFER_SIZE);
  const direct = isUnbuffered(fd) && !reads;
  const stream = direct ? raw : newBufferedOn(reads ? T_BUFFERED_READER : T_BUFFERED_WRITER, raw, size);
  root(stream);
  const { encoding, errors } = textSettings(name);
  const text = newTextOn(stream, {
    encoding: intern(encoding),
    errors: intern(errors),
    newline: intern('\n'),
    lineBuffering: !isUnbuffered(fd) && (fd === 2 || isTerminal(fd) || isHostStream(fd)),
    writeThrough: isUnbuffered(fd),
  });
  if (text !== 0) {
    setFlag(text, F_STANDARD, true);
    setAttr(text, intern('mode'), fromJS(mode));
  }
  unroot(slot);
  return text;
}

/** Puts the streams into `sys`. Whatever goes wrong with one makes it None, as when its descriptor is closed. */
export function setStandardStreams(sys: number): void {
  for (const stream of STREAMS) {
    let made = makeStream(stream);
    if (made === 0) {
      clearException();
      made = H.NONE;
    }
    moduleSet(sys, stream.name, made);
    moduleSet(sys, `__${stream.name}__`, made);
  }
}
