import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { patience } from '../stress.js';

const cli = fileURLToPath(new URL('../../../dist/cli.js', import.meta.url));

/** Changes bytes of a code object's data at random, with a seed. */
const PROGRAM = `
import marshal, random
source = "def f(a, b=1):\\n    try:\\n        return [a, b, 1.5, (2, None)]\\n    finally:\\n        pass\\n"
code = compile(source, "<f>", "exec")
data = marshal.dumps(code)
random.seed(1)
errors = 0
for _ in range(1500):
    changed = bytearray(data)
    for _ in range(random.randint(1, 3)):
        changed[random.randrange(5, len(changed))] = random.choice(b'0123456789"[]{},:truefals\\x00\\xff')
    try:
        marshal.loads(bytes(changed))
    except (ValueError, EOFError):
        errors += 1
print(errors > 500, marshal.loads(data) == code)
`;

describe('modules/marshal-code', function () {
  this.timeout(90_000);

  it('damaged data of a code object is an error or sound code, never a crash', () => {
    const child = spawnSync(process.execPath, [cli, '-c', PROGRAM], { encoding: 'utf8', timeout: patience(80_000) });
    assert.deepEqual([child.status, child.stdout, child.stderr], [0, 'True True\n', '']);
  });
});
