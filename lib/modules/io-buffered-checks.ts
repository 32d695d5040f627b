/** Whether the raw stream of a buffered one can seek or be written. */
import { onFile, rawOf } from './io-buffered.js';
import { checkSeekable, checkWritable } from './io-base.js';
import { fileSeekable, fileWritable } from './io-file.js';
import { unsupported } from './io-object.js';

/** 1, or 0 with UnsupportedOperation set. */
export function seekableCheck(o: number): 1 | 0 {
  if (!onFile(o)) return checkSeekable(rawOf(o));
  return fileSeekable(rawOf(o)) ? 1 : unsupported('File or stream is not seekable.');
}

export function writableCheck(o: number): 1 | 0 {
  if (!onFile(o)) return checkWritable(rawOf(o));
  return fileWritable(rawOf(o)) ? 1 : unsupported('truncate');
}
