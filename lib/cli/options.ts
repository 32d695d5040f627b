/** The command line, as rows of data. Nothing here loads the heap: its size and allocator come from these options. */

export interface CommandLine {
  kind: 'file' | 'code' | 'module' | 'stdin' | 'version' | 'help';
  /** File name, code or module name. */
  target: string;
  /** sys.argv[1:]. */
  args: string[];
  heap: string;
  carriers: string;
  allocator: string;
  stats: boolean;
  dis: boolean;
}

interface OptionRow {
  readonly name: string;
  readonly value: string;
  readonly help: string;
  readonly apply: (line: CommandLine, value: string) => void;
}

const row = (name: string, value: string, help: string, apply: OptionRow['apply']): OptionRow => ({
  name,
  value,
  help,
  apply,
});

export const OPTIONS: readonly OptionRow[] = [
  row('--heap', 'SIZE', 'memory of the object space: 16m to 4g (4g)', (l, v) => (l.heap = v)),
  row(
    '--carriers',
    'N',
    'threads of the system that run Python: 1 to 64 (number of cores)',
    (l, v) => (l.carriers = v),
  ),
  row('--allocator', 'native|ts', 'who serves the cells (native where there is a binary)', (l, v) => (l.allocator = v)),
  row('--stats', '', 'print the counters of the heap and of the threads at exit', (l) => (l.stats = true)),
  row('--dis', '', 'print the bytecode instead of running it', (l) => (l.dis = true)),
  row('--version', '', 'print the version', (l) => (l.kind = 'version')),
  row('--help', '', 'print this text', (l) => (l.kind = 'help')),
];

const SHORT: Readonly<Record<string, string>> = { '-V': '--version', '-h': '--help' };

/** Something the user must mend: one line on standard error, exit code 2. */
export class UsageError extends Error {}

function setTarget(line: CommandLine, kind: 'code' | 'module', value: string | undefined): void {
  const flag = kind === 'code' ? '-c' : '-m';
  if (value === undefined) throw new UsageError(`argument expected for the ${flag} option`);
  line.kind = kind;
  line.target = value;
}

/** Applies the option at `i`; returns the index behind it. */
function readOption(line: CommandLine, argv: readonly string[], i: number): number {
  const [given, inline] = argv[i]!.startsWith('--') && argv[i]!.includes('=') ? split(argv[i]!) : [argv[i]!, undefined];
  const option = OPTIONS.find((o) => o.name === (SHORT[given] ?? given));
  if (option === undefined) throw new UsageError(`unknown option ${given}; --help lists the options`);
  if (option.value === '') {
    if (inline !== undefined) throw new UsageError(`option ${given} takes no value`);
    option.apply(line, '');
    return i + 1;
  }
  const value = inline ?? argv[i + 1];
  if (value === undefined) throw new UsageError(`option ${given} needs a value: ${option.value}`);
  option.apply(line, value);
  return inline === undefined ? i + 2 : i + 1;
}

function split(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}

function check(line: CommandLine): void {
  if (line.heap !== '' && !validSize(line.heap))
    throw new UsageError(`--heap ${line.heap}: not a size between 16m and 4g`);
  if (line.carriers !== '' && !(/^\d+$/.test(line.carriers) && +line.carriers >= 1 && +line.carriers <= 64)) {
    throw new UsageError(`--carriers ${line.carriers}: not a number between 1 and 64`);
  }
  if (!['', 'native', 'ts'].includes(line.allocator))
    throw new UsageError(`--allocator ${line.allocator}: neither 'native' nor 'ts'`);
}

function validSize(text: string): boolean {
  const match = /^(\d+)([kmg]?)b?$/i.exec(text);
  if (match === null) return false;
  const bytes = Number(match[1]) * { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 }[match[2]!.toLowerCase()]!;
  return bytes >= 16 * 2 ** 20 && bytes <= 2 ** 32;
}

/** Reads the command line (without node and script); throws UsageError. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const line: CommandLine = {
    kind: 'stdin',
    target: '-',
    args: [],
    heap: '',
    carriers: '',
    allocator: '',
    stats: false,
    dis: false,
  };
  let i = 0;
  while (i < argv.length && argv[i]!.startsWith('-') && argv[i] !== '-') {
    const a = argv[i]!;
    if (a === '-c' || a === '-m') {
      setTarget(line, a === '-c' ? 'code' : 'module', argv[i + 1]);
      line.args = argv.slice(i + 2);
      check(line);
      return line;
    }
    i = readOption(line, argv, i);
  }
  if (line.kind === 'stdin' && i < argv.length) {
    if (argv[i] !== '-') line.kind = 'file';
    line.target = argv[i]!;
    line.args = argv.slice(i + 1);
  }
  check(line);
  return line;
}

/** The text of --help. */
export function helpText(): string {
  const width = Math.max(...OPTIONS.map((o) => `${o.name} ${o.value}`.length)) + 2;
  const lines = OPTIONS.map((o) => `  ${`${o.name} ${o.value}`.padEnd(width)}${o.help}`);
  return ['usage: protospace [options] FILE | -c CODE | -m MODULE | - [args]', '', ...lines, ''].join('\n');
}
