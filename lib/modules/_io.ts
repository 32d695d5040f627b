/** The module `_io` (https://docs.python.org/3.14/library/io.html). */
import { defineModule } from '../objects/define.js';
import { exceptionType } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import './io-base.js';
import './io-file.js';
import './io-bytes.js';
import './io-buffered-types.js';
import './io-newline.js';
import './io-string.js';
import './io-text-type.js';
import { open, openCode, textEncoding } from './io-open.js';
import {
  DEFAULT_BUFFER_SIZE,
  T_BUFFERED_IO_BASE,
  T_BUFFERED_RANDOM,
  T_BUFFERED_READER,
  T_BUFFERED_RW_PAIR,
  T_BUFFERED_WRITER,
  T_BYTES_IO,
  T_BYTES_IO_BUFFER,
  T_FILE_IO,
  T_IO_BASE,
  T_NEWLINE_DECODER,
  T_RAW_IO_BASE,
  T_STRING_IO,
  T_TEXT_IO_BASE,
  T_TEXT_IO_WRAPPER,
  T_UNSUPPORTED_OPERATION,
} from './io-object.js';

defineModule({
  name: '_io',
  functions: [
    [
      'open',
      open,
      '(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None)',
    ],
    ['open_code', openCode, '(path)'],
    ['text_encoding', textEncoding, '(encoding, stacklevel=2, /)'],
  ],
  types: [
    T_IO_BASE,
    T_RAW_IO_BASE,
    T_BUFFERED_IO_BASE,
    T_TEXT_IO_BASE,
    T_FILE_IO,
    T_BYTES_IO,
    T_BYTES_IO_BUFFER,
    T_BUFFERED_READER,
    T_BUFFERED_WRITER,
    T_BUFFERED_RANDOM,
    T_BUFFERED_RW_PAIR,
    T_TEXT_IO_WRAPPER,
    T_STRING_IO,
    T_NEWLINE_DECODER,
    T_UNSUPPORTED_OPERATION,
  ],
  attributes: () => ({
    DEFAULT_BUFFER_SIZE: intFromNumber(DEFAULT_BUFFER_SIZE),
    BlockingIOError: exceptionType('BlockingIOError'),
  }),
});
