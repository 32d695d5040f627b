import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, unroot } from '../../lib/heap/context.js';
import * as H from '../../lib/heap/handles.js';
import * as L from '../../lib/heap/layout.generated.js';
import { i32, u8 } from '../../lib/heap/memory.js';
import { verifyHeap } from '../../lib/heap/collect.js';
import { type CodeUnit } from '../../lib/compiler/code.js';
import { writeCode } from '../../lib/compiler/code-file.js';
import { compile } from '../../lib/compiler/index.js';
import { repr } from '../../lib/objects/abstract.js';
import { isKind } from '../../lib/objects/object.js';
import { intern, toJS } from '../../lib/objects/strings.js';
import { tupleItem, tupleLength } from '../../lib/objects/tuple.js';
import { parse } from '../../lib/syntax/index.js';
import { newCode } from '../../lib/vm/code.js';
import { codeFiles, codeFromFile, loadBody } from '../../lib/vm/lazy-code.js';
import { mountThread, unmountThread } from '../objects/containers-helpers.js';

const SOURCE = `
"""Docstring of the module, with \\u00e9 and \\U0001f600."""
x = 1, -1, 2**29, -2**30, 2**31, 10**40, 1.5, -0.0, 1e309, 3j, True, None, ..., b'', b'by\\x00tes', ''
s = 'a', 'ab', 'ab c', 'h\\u00e9', 'na\\u00efve', '\\u4e2d\\u6587', '\\U0001f600b', '\\ud800', 'x' * 300, 'name'
t = (1, (2.5, ('deep', None)), ())
def f(a, /, b=1, *args, c, d=2, **kw):
    """Docstring of f."""
    z = [a for a in args if a in {1, 2, 'three'}]
    def g(q):
        nonlocal z
        try:
            return q + a + z
        except (ValueError, TypeError) as e:
            raise e from None
        finally:
            z = c
    return g, lambda *, k: k
class C(object):
    y = [i for i in range(3)]
    async def m(self):
        "doc"
        async for i in self:
            yield await i
    def n(self): return super().n(), __class__
`;

const unitOf = (source: string | Uint8Array, name: string): CodeUnit =>
  compile(parse(source, name, 'exec', {}), name, 'exec', {});

/** A code object read from what \`writeCode\` makes of the unit. */
function throughFile(unit: CodeUnit): number {
  const words = writeCode(unit);
  codeFiles.read = () => words;
  return codeFromFile(7, intern(unit.filename));
}

const word = (h: number, w: number): number => i32[(h >>> 2) + w]!;
const RAW = ['ARGCOUNT', 'POSONLY', 'KWONLY', 'NLOCALS', 'STACKSIZE', 'CODE_FLAGS', 'FIRSTLINENO', 'NCELLS', 'NFREE'];
const MORE_RAW = ['FRAME_WORDS', 'INSTRUCTIONS', 'SIMPLE_ARGS'];
const NAMES = ['NAMES', 'VARNAMES', 'FREEVARS', 'CELLVARS'];
const TEXTS = ['NAME', 'QUALNAME', 'FILENAME'];
const BUFFERS = ['BYTECODE', 'POSITIONS', 'SLOT_KINDS', 'EXCEPTION_TABLE'];
const field = (c: number, name: string): number => word(c, (L as unknown as Record<string, number>)[`CODE_${name}`]!);

const items = (a: number): number[] =>
  Array.from({ length: word(a, L.ARRAY_LENGTH) }, (_, i) => word(a, L.ARRAY_ITEMS + i));

function constant(h: number): unknown {
  if (isKind(h, L.KIND_CODE)) return described(h);
  if (isKind(h, L.KIND_TUPLE)) return Array.from({ length: tupleLength(h) }, (_, i) => constant(tupleItem(h, i)));
  return toJS(repr(h));
}

function bytesOf(b: number): number[] {
  if (b === 0) return [];
  const start = (b >>> 0) + L.BUFFER_DATA * 4;
  return [...u8.subarray(start, start + word(b, L.BUFFER_LENGTH))];
}

/** All that a code object says, as JavaScript values. */
function described(c: number): object {
  // Making a frozenset among its constants may collect.
  const slot = root(c);
  loadBody(c);
  const of = <T>(names: string[], read: (h: number) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [name, read(field(c, name))]));
  const said = {
    ...of([...RAW, ...MORE_RAW], (n) => n),
    ...of(TEXTS, toJS),
    ...of(NAMES, (t) => Array.from({ length: tupleLength(t) }, (_, i) => toJS(tupleItem(t, i)))),
    ...of(BUFFERS, bytesOf),
    consts: items(field(c, 'CONSTS')).map(constant),
    sites: items(field(c, 'SITES')).map((h) => (h === 0 ? 0 : toJS(h))),
  };
  unroot(slot);
  return said;
}

describe('vm/lazy-code', () => {
  before(mountThread);
  const read = codeFiles.read;
  after(() => {
    codeFiles.read = read;
    unmountThread();
  });

  it('gives all kinds of code and constants back', () => {
    const unit = unitOf(SOURCE, 'source.py');
    assert.deepEqual(described(throughFile(unit)), described(newCode(unit)));
    verifyHeap();
  });

  for (const name of ['enum.py', 're/_parser.py', 'typing.py', '_pydatetime.py', 'encodings/cp437.py', 'dis.py']) {
    it(`gives ${name} of the standard library back`, () => {
      const unit = unitOf(readFileSync(join(process.cwd(), 'dist/stdlib', name)), name);
      assert.deepEqual(described(throughFile(unit)), described(newCode(unit)));
    }).timeout(60000);
  }

  it('interns names and leaves other strings alone', () => {
    const code = throughFile(unitOf("x = 'some_name', 'some text'\n", 'n.py'));
    loadBody(code);
    const [values] = items(field(code, 'CONSTS')).filter((h) => isKind(h, L.KIND_TUPLE));
    assert.equal(tupleItem(values!, 0), intern('some_name'));
    assert.notEqual(tupleItem(values!, 1), intern('some text'));
  });

  it('reads a body when it is wanted, the docstring before', () => {
    const module = throughFile(unitOf('def f(a, b):\n  "text"\n  return a\n', 'f.py'));
    assert.equal(field(module, 'BYTECODE'), 0);
    loadBody(module);
    const f = items(field(module, 'CONSTS')).find((h) => isKind(h, L.KIND_CODE))!;
    assert.equal(field(f, 'BYTECODE'), 0);
    assert.equal(field(f, 'ENTRY_PC'), L.CTL_LOAD_BODY);
    const [doc] = items(field(f, 'CONSTS'));
    assert.equal(toJS(doc!), 'text');
    loadBody(f);
    assert.equal(items(field(f, 'CONSTS'))[0], doc);
    assert.equal(field(f, 'ENTRY_PC'), (field(f, 'BYTECODE') >>> 2) + L.BUFFER_DATA);
    assert.equal(field(f, 'BODY') & 7, 0);
    const bytecode = field(f, 'BYTECODE');
    loadBody(f);
    assert.equal(field(f, 'BYTECODE'), bytecode);
  });

  it('takes the body that another thread put there first', () => {
    const code = throughFile(unitOf('x = 1\n', 'x.py'));
    const twin = throughFile(unitOf('x = 1\n', 'x.py'));
    loadBody(twin);
    i32[(code >>> 2) + L.CODE_BODY] = field(twin, 'BODY');
    loadBody(code);
    assert.equal(field(code, 'BYTECODE'), field(twin, 'BYTECODE'));
    assert.equal(field(code, 'CONSTS'), field(twin, 'CONSTS'));
    assert.ok(H.isObject(field(code, 'SITES')));
  });
});
