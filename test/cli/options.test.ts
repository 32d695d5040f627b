import assert from 'node:assert/strict';
import { helpText, OPTIONS, parseCommandLine, UsageError } from '../../lib/cli/options.js';

describe('cli/options', () => {
  const given = (...argv: string[]) => {
    const { kind, target, args } = parseCommandLine(argv);
    return [kind, target, args];
  };

  it('finds what is run, and leaves the rest to it', () => {
    assert.deepEqual(given(), ['stdin', '', []]);
    assert.deepEqual(given('-'), ['stdin', '-', []]);
    assert.deepEqual(given('-', 'a'), ['stdin', '-', ['a']]);
    assert.deepEqual(given('a.py', '--stats', '-c'), ['file', 'a.py', ['--stats', '-c']]);
    assert.deepEqual(given('-c', 'pass', '-x', 'y'), ['code', 'pass', ['-x', 'y']]);
    assert.deepEqual(given('-cpass', 'y'), ['code', 'pass', ['y']]);
    assert.deepEqual(given('-m', 'a.b', '-h'), ['module', 'a.b', ['-h']]);
    assert.deepEqual(given('-ma.b'), ['module', 'a.b', []]);
    assert.deepEqual(given('--', '-x.py', '1'), ['file', '-x.py', ['1']]);
    assert.deepEqual(given('--stats', 'a.py'), ['file', 'a.py', []]);
  });

  it('reads options with their values behind them or after an equals sign', () => {
    const line = parseCommandLine(['--heap', '64m', '--carriers=3', '--allocator', 'ts', '--stats', '--dis', 'a.py']);
    assert.deepEqual(
      [line.heap, line.carriers, line.allocator, line.stats, line.dis],
      ['64m', '3', 'ts', 'text', true],
    );
    assert.deepEqual(parseCommandLine(['--stats=json', 'a.py']).stats, 'json');
    assert.equal(parseCommandLine(['-V']).kind, 'version');
    assert.equal(parseCommandLine(['--help', 'a.py']).kind, 'help');
  });

  const wrong: [string[], RegExp][] = [
    [['--bogus'], /unknown option --bogus/],
    [['-q', 'a.py'], /unknown option -q/],
    [['--heap'], /--heap needs a value/],
    [['--heap', '5'], /--heap 5: not a size/],
    [['--heap=8g'], /--heap 8g: not a size/],
    [['--carriers', '0'], /--carriers 0: not a number/],
    [['--carriers', 'two'], /not a number/],
    [['--allocator', 'malloc'], /neither 'native' nor 'ts'/],
    [['--stats=yes'], /--stats yes: not 'json'/],
    [['--dis=yes'], /--dis takes no value/],
    [['-c'], /argument expected for the -c option/],
    [['-m'], /argument expected for the -m option/],
  ];
  for (const [argv, message] of wrong)
    it(`refuses ${argv.join(' ')}`, () => {
      assert.throws(
        () => parseCommandLine(argv),
        (e: unknown) => e instanceof UsageError && message.test(e.message),
      );
    });

  it('the help names every option', () => {
    for (const { names } of OPTIONS) for (const name of names) assert.ok(helpText().includes(name), name);
  });
});
