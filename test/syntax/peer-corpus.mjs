// Compares our trees with CPython's over its whole library: every file's ast.dump with attributes must be the same text.
// By hand:  PROTOSPACE_PEERS=DIR node test/syntax/peer-corpus.mjs [PARSER.js] [FOLDER or FILE ...]
// DIR holds bin/cpython314; PARSER.js is the compiled lib/syntax/index.js (default: out/lib/syntax/index.js).
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const SCRIPT = String.raw`
import ast, hashlib, os, sys, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(20000)
def files(roots):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, _, names in os.walk(root):
            yield from (os.path.join(folder, n) for n in sorted(names) if n.endswith(".py") and os.path.exists(os.path.join(folder, n)))
for path in files(sys.argv[1:] or [os.path.dirname(os.__file__)]):
    with open(path, 'rb') as f:
        source = f.read()
    try:
        text = ast.dump(ast.parse(source), include_attributes=True)
        print(path, hashlib.sha1(text.encode('utf-8', 'surrogatepass')).hexdigest(), sep='\t')
    except SyntaxError as e:
        print(path, type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, sep='\t')
    except (ValueError, RecursionError, MemoryError) as e:
        print(path, 'SKIP', type(e).__name__, sep='\t')
`;

const peers = process.env.PROTOSPACE_PEERS;
if (!peers) throw new Error('set PROTOSPACE_PEERS to a folder that holds bin/cpython314');
const [library = 'out/lib/syntax/index.js', ...roots] = process.argv.slice(2);
const { parse, dump, PySyntaxError } = await import(pathToFileURL(resolve(library)));

function ours(path) {
  try {
    const text = dump(parse(readFileSync(path), path, 'exec'), { include_attributes: true });
    return createHash('sha1').update(utf8(text)).digest('hex');
  } catch (e) {
    if (!(e instanceof PySyntaxError)) return `crash\t${e.stack}`;
    return [e.type, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset].map((x) => x ?? 'None').join('\t');
  }
}

/** UTF-8 with lone surrogates as three bytes, which Buffer would replace. */
function utf8(text) {
  if (text.isWellFormed?.() ?? true) return text;
  const parts = text.match(/[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]|[^\ud800-\udfff]+/g);
  return Buffer.concat(
    parts.map((p) => (p.length === 1 && /[\ud800-\udfff]/.test(p) ? surrogate(p.charCodeAt(0)) : Buffer.from(p))),
  );
}
const surrogate = (c) => Buffer.from([0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63)]);

const lines = execFileSync(join(peers, 'bin/cpython314'), ['-c', SCRIPT, ...roots], {
  encoding: 'utf8',
  maxBuffer: 1 << 28,
}).split('\n');
let total = 0;
let different = 0;
for (const line of lines.filter(Boolean)) {
  const [path, ...rest] = line.split('\t');
  if (rest[0] === 'SKIP') continue;
  total++;
  const expected = rest.join('\t');
  const got = ours(path);
  if (got === expected) continue;
  different++;
  console.log(`${path}\n  CPython: ${expected}\n  ours:    ${got}`);
}
console.log(`${total} files, ${different} different`);
process.exitCode = different === 0 && total > 0 ? 0 : 1;
