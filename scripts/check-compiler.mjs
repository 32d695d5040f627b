// node scripts/check-compiler.mjs [FOLDER or FILE...]: every Python file of the standard library (dist/stdlib), of CPython's Lib with Lib/test where
// PROTOSPACE_PEERS is there, or of the folders given, is compiled, verified and listed; its code comes back from marshal as the same code.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { at } from './run.mjs';

/** Run by this build: each file's code, through marshal twice, must be equal and give the same bytes. Files that do not compile are skipped. */
const MARSHAL = `
import marshal, sys, warnings
warnings.simplefilter('ignore')
bad = 0
for path in sys.stdin.read().split('\\n'):
    try:
        with open(path, 'rb') as f:
            source = f.read()
        code = compile(source, path, 'exec')
        equal = compile(source, path, 'exec') == code  # a NaN among the constants equals nothing
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        continue
    data = marshal.dumps(code)
    back = marshal.loads(data)
    if not ((back == code or not equal) and hash(back) == hash(code) and marshal.dumps(marshal.loads(marshal.dumps(back))) == marshal.dumps(back) and (marshal.dumps(back) == data or not equal)):
        bad += 1
        print('not the same code after marshal:', path)
sys.exit(bad > 0)
`;

const peers = process.env.PROTOSPACE_PEERS ?? join(homedir(), '.cache', 'protospace-peers');
const given = process.argv.slice(2);
const roots = given.length > 0 ? given : [at('dist', 'stdlib'), join(peers, 'cpython314')].filter(existsSync);
const files = roots.flatMap((root) =>
  statSync(root).isFile()
    ? [resolve(root)]
    : readdirSync(root, { recursive: true })
        .filter((name) => name.endsWith('.py'))
        .map((name) => resolve(root, name))
        .filter((path) => existsSync(path) && statSync(path).isFile())
        .sort(),
);
if (files.length === 0 || !existsSync(at('dist', 'cli.js'))) {
  console.error('check:compiler: nothing to check, or nothing built (npm run build)');
  process.exit(2);
}

const load = (path) => import(pathToFileURL(at('out', 'lib', path)).href);
const { parse, PySyntaxError } = await load('syntax/index.js');
const { compile } = await load('compiler/index.js');
const { verify } = await load('compiler/verify.js');
const { dis } = await load('compiler/dis.js');
const options = { onWarning: () => {} };
let refused = 0;
let faults = 0;

function check(file) {
  try {
    const unit = compile(parse(readFileSync(file), file, 'exec', options), file, 'exec', options);
    const found = verify(unit);
    if (!dis(unit).startsWith('<module>')) found.push('no listing');
    return found;
  } catch (error) {
    if (!(error instanceof PySyntaxError)) return [String(error.stack ?? error)];
    refused++;
    return [];
  }
}

for (const file of files) {
  for (const fault of check(file)) {
    faults++;
    console.log(`${file}: ${fault}`);
  }
}
console.log(
  `${files.length} files, ${refused} of them no Python 3.14 by a SyntaxError, ${faults} faults in their code`,
);
const marshalled = spawnSync(process.execPath, [at('dist', 'cli.js'), '-c', MARSHAL], {
  input: files.join('\n'),
  stdio: ['pipe', 'inherit', 'inherit'],
});
console.log(marshalled.status === 0 ? 'marshal gives the same code back' : `marshal fails (${marshalled.status})`);
process.exitCode = faults === 0 && marshalled.status === 0 ? 0 : 1;
