import assert from 'node:assert/strict';
import { dump, parse, PySyntaxError, characterNamed, type PySyntaxWarning } from '../../lib/syntax/index.js';

function errorOf(source: string | Uint8Array): PySyntaxError {
  try {
    parse(source, 'file.py', 'exec');
  } catch (e) {
    assert.ok(e instanceof PySyntaxError, String(e));
    return e;
  }
  assert.fail('no error');
}

const bytes = (latin1: string): Uint8Array => Buffer.from(latin1, 'latin1');

describe('syntax: parse', () => {
  it('names the file in errors', () => {
    assert.equal(errorOf('x = (').filename, 'file.py');
  });

  it('reports nesting beyond the limits as errors, never as a crash', () => {
    const stack = 'Parser stack overflowed - Python source too complex to parse';
    for (const repeated of ['-', 'not ', 'lambda: ', 'a ** ', 'a if b else ']) {
      const error = errorOf(`${repeated.repeat(50000)}x`);
      assert.deepEqual([error.type, error.msg], ['MemoryError', stack], repeated);
    }
    assert.equal(errorOf('('.repeat(201)).msg, 'too many nested parentheses');
    assert.equal(errorOf('f"{'.repeat(160)).msg, 'too many nested f-strings or t-strings');
    const blocks = Array.from({ length: 101 }, (_, i) => `${' '.repeat(i)}if 1:\n`).join('');
    assert.equal(errorOf(`${blocks}${' '.repeat(101)}x`).msg, 'too many levels of indentation');
  });

  it('parses up to the limits', () => {
    for (const [open, close] of ['()', '[]', '{}', ['f(', ')'], ['x[', ']']]) {
      const inner = close === ']' && open === 'x[' ? 'x' : '';
      parse(open.repeat(199) + inner + close.repeat(199), '', 'exec');
    }
    parse(`if 0: pass\n${'elif 1: pass\n'.repeat(5000)}`, '', 'exec');
    parse(`${'x + '.repeat(20000)}x`, '', 'exec');
  });

  it('still gives an error for wrong code nested deeply', () => {
    assert.match(errorOf(`${'('.repeat(190)}x y${')'.repeat(190)}`).msg, /^invalid syntax/);
  });

  it('refuses null bytes', () => {
    assert.equal(errorOf('x\0').msg, 'source code string cannot contain null bytes');
  });

  it('refuses integers of more than 4300 decimal digits', () => {
    parse('9'.repeat(4300), '', 'exec');
    assert.match(errorOf('9'.repeat(4301)).msg, /^Exceeds the limit \(4300 digits\) .* value has 4301 digits;/);
  });

  it('treats all line ends alike', () => {
    const expected = dump(parse('if a:\n  b\n"""c\nd"""\n', '', 'exec'), { include_attributes: true });
    for (const end of ['\r\n', '\r']) {
      const source = ['if a:', '  b', '"""c', 'd"""', ''].join(end);
      assert.equal(dump(parse(source, '', 'exec'), { include_attributes: true }), expected);
    }
  });

  it('reports SyntaxWarnings with their lines', () => {
    const found: PySyntaxWarning[] = [];
    parse('"""\n\\d"""\n"\\400"; 1or x', '', 'exec', { onWarning: (w) => found.push(w) });
    const hint = (s: string) => `"\\${s} escape sequence. Such sequences will not work in the future. Did you mean`;
    assert.deepEqual(found.map((w) => w.lineno).sort(), [2, 3, 3]);
    assert.ok(found.some((w) => w.msg.startsWith(hint('d" is an invalid'))));
    assert.ok(found.some((w) => w.msg.startsWith(hint('400" is an invalid octal'))));
    assert.ok(found.some((w) => w.msg === 'invalid decimal literal'));
  });
});

describe('syntax: encodings of source files', () => {
  const text = (source: Uint8Array) => dump(parse(source, '', 'exec'));
  const str = (s: string) => `Module(body=[Expr(value=Constant(value='${s}'))])`;

  it('reads UTF-8, with and without byte order mark', () => {
    assert.equal(text(Buffer.from("'é'")), str('é'));
    assert.equal(text(Buffer.from("\ufeff'é'")), str('é'));
  });

  it('reads declared encodings, on the first or second line', () => {
    assert.equal(text(bytes("# -*- coding: latin-1 -*-\n'\xe9'")), str('é'));
    assert.equal(text(bytes("#!python\n# vim: set fileencoding=iso-8859-1 :\n'\xe9'")), str('é'));
    assert.equal(text(bytes("# coding: cp1252\n'\x80'")), str('€'));
  });

  it('ignores declarations elsewhere', () => {
    const error = errorOf(bytes("x\n# coding: latin-1\n'\xff'"));
    const msg =
      "Non-UTF-8 code starting with '\\xff' on line 3, but no encoding declared; see https://peps.python.org/pep-0263/ for details";
    assert.deepEqual([error.msg, error.lineno, error.offset, error.text], [msg, 3, 2, "'\ufffd'"]);
  });

  it('names unknown encodings and contradictions', () => {
    assert.equal(errorOf(bytes('# coding: nonsense\nx')).msg, 'unknown encoding: nonsense');
    assert.equal(errorOf(bytes('\xef\xbb\xbf# coding: latin-1\nx')).msg, 'encoding problem: iso-8859-1 with BOM');
    const ascii = "'ascii' codec can't decode byte 0xff in position 19: ordinal not in range(128)";
    assert.equal(errorOf(bytes("# coding: ascii\nx='\xff'")).msg, ascii);
  });
});

describe('syntax: names of characters', () => {
  it('finds names, aliases, composed names and ideographs', () => {
    assert.equal(characterNamed('BULLET'), '•');
    assert.equal(characterNamed('latin small letter e with acute'), 'é');
    assert.equal(characterNamed('NULL'), '\0');
    assert.equal(characterNamed('VS17'), '\u{e0100}');
    assert.equal(characterNamed('HANGUL SYLLABLE HAN'), '한');
    assert.equal(characterNamed('CJK UNIFIED IDEOGRAPH-4E2D'), '中');
  });

  it('knows what is no name', () => {
    for (const name of ['', 'NO SUCH', 'HANGUL SYLLABLE', 'HANGUL SYLLABLE X', 'CJK UNIFIED IDEOGRAPH-0041']) {
      assert.equal(characterNamed(name), null, name);
    }
  });
});
