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
  /** How the counters are printed; '': not. */
  stats: '' | 'text' | 'json';
  dis: boolean;
}

interface OptionRow {
  /** A long name, and a short one or ''. */
  readonly names: readonly [long: string, short: string];
  /** Environment variable that gives the value where the option does not. */
  readonly variable?: string;
  /** What its value is called; '' when it takes none; in brackets when it may be left out. */
  readonly value: string;
  readonly help: string;
  /** Why a value is refused; '' when it is not. */
  readonly objection?: (value: string) => string;
  readonly apply: (line: CommandLine, value: string) => void;
}

/** Something the user must mend: one line on standard error, exit code 2. */
export class UsageError extends Error {}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

function sizeObjection(text: string): string {
  const match = /^(\d+)([kmg]?)b?$/i.exec(text);
  const bytes = match === null ? Number.NaN : Number(match[1]) * UNITS[match[2]!.toLowerCase()]!;
  return bytes >= 16 * 2 ** 20 && bytes <= 2 ** 32 ? '' : 'not a size between 16m and 4g';
}

const countObjection = (text: string): string =>
  /^\d+$/.test(text) && +text >= 1 && +text <= 128 ? '' : 'not a number between 1 and 128';

export const OPTIONS: readonly OptionRow[] = [
  {
    names: ['--heap', ''],
    variable: 'PROTOSPACE_HEAP',
    value: 'SIZE',
    help: 'memory of the object space, 16m to 4g (default 4g; used as needed)',
    objection: sizeObjection,
    apply: (line, value) => (line.heap = value),
  },
  {
    names: ['--carriers', ''],
    variable: 'PROTOSPACE_CARRIERS',
    value: 'N',
    help: 'threads of the system that run Python at a time, 1 to 128 (default: one a core)',
    objection: countObjection,
    apply: (line, value) => (line.carriers = value),
  },
  {
    names: ['--allocator', ''],
    variable: 'PROTOSPACE_ALLOCATOR',
    value: 'native|ts',
    help: 'who serves the cells of the space (default native, where there is a binary)',
    objection: (value) => (value === 'native' || value === 'ts' ? '' : "neither 'native' nor 'ts'"),
    apply: (line, value) => (line.allocator = value),
  },
  {
    names: ['--stats', ''],
    value: '[=json]',
    help: 'at exit, print the counters of heap and threads on standard error',
    objection: (value) => (value === '' || value === 'json' ? '' : "not 'json'"),
    apply: (line, value) => (line.stats = value === 'json' ? 'json' : 'text'),
  },
  {
    names: ['--dis', ''],
    value: '',
    help: 'print the bytecode of the program instead of running it',
    apply: (line) => (line.dis = true),
  },
  { names: ['--version', '-V'], value: '', help: 'print the version', apply: (line) => (line.kind = 'version') },
  { names: ['--help', '-h'], value: '', help: 'print this text', apply: (line) => (line.kind = 'help') },
];

/** What is run, as the help shows it. */
const TARGETS: readonly (readonly [string, string])[] = [
  ['FILE', 'run a file, or the __main__.py of a folder'],
  ['-c CODE', 'run the code given'],
  ['-m MODULE', 'run a module as a program'],
  ['-', 'run what standard input gives; the default. On a terminal: an interactive prompt'],
];

const VARIABLES: readonly (readonly [string, string])[] = [
  ['PYTHONPATH', 'folders put before the standard library in sys.path'],
  ...OPTIONS.flatMap(({ names, variable }) => (variable === undefined ? [] : [[variable, `as ${names[0]}`] as const])),
  ['PROTOSPACE_CACHE', "folder for V8's code cache, or off"],
];

/** Name and inline value of `--name=value`. */
function split(given: string): [string, string | undefined] {
  const at = given.startsWith('--') ? given.indexOf('=') : -1;
  return at < 0 ? [given, undefined] : [given.slice(0, at), given.slice(at + 1)];
}

/** Applies the option at `i`; returns the index behind it. */
function readOption(line: CommandLine, argv: readonly string[], i: number): number {
  const [given, inline] = split(argv[i]!);
  const option = OPTIONS.find(({ names }) => names.includes(given) && given !== '');
  if (option === undefined) throw new UsageError(`unknown option ${given}; --help lists the options`);
  if (option.value === '') {
    if (inline !== undefined) throw new UsageError(`option ${given} takes no value`);
    option.apply(line, '');
    return i + 1;
  }
  const optional = option.value.startsWith('[');
  const value = inline ?? (optional ? '' : argv[i + 1]);
  if (value === undefined) throw new UsageError(`option ${given} needs a value: ${option.value}`);
  const objection = option.objection?.(value) ?? '';
  if (objection !== '') throw new UsageError(`${given} ${value}: ${objection}`);
  option.apply(line, value);
  return inline === undefined && !optional ? i + 2 : i + 1;
}

/** -c or -m at `i`, its value behind it or joined to it: it ends the options. */
function readTarget(line: CommandLine, argv: readonly string[], i: number): void {
  const flag = argv[i]!.slice(0, 2);
  const joined = argv[i]!.slice(2);
  const value = joined !== '' ? joined : argv[i + 1];
  if (value === undefined) throw new UsageError(`argument expected for the ${flag} option`);
  line.kind = flag === '-c' ? 'code' : 'module';
  line.target = value;
  line.args = argv.slice(joined !== '' ? i + 1 : i + 2);
}

/** Reads the command line (without node and script); throws UsageError. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const line: CommandLine = {
    kind: 'stdin',
    target: '',
    args: [],
    heap: '',
    carriers: '',
    allocator: '',
    stats: '',
    dis: false,
  };
  let i = 0;
  while (i < argv.length && argv[i]!.startsWith('-') && argv[i] !== '-') {
    if (argv[i] === '--') {
      i++;
      break;
    }
    if (/^-[cm]/.test(argv[i]!)) {
      readTarget(line, argv, i);
      return line;
    }
    i = readOption(line, argv, i);
    if (line.kind !== 'stdin') return line;
  }
  if (i < argv.length) {
    if (argv[i] !== '-') line.kind = 'file';
    line.target = argv[i]!;
    line.args = argv.slice(i + 1);
  }
  return line;
}

/** Refuses impossible values of the environment variables. */
export function checkVariables(env: NodeJS.ProcessEnv): void {
  for (const { variable, objection } of OPTIONS) {
    const value = variable === undefined ? '' : (env[variable] ?? '');
    const why = value === '' ? '' : (objection?.(value) ?? '');
    if (why !== '') throw new UsageError(`${variable}=${value}: ${why}`);
  }
}

const WIDTH = 24;
const rows = (list: readonly (readonly [string, string])[]): string =>
  list.map(([name, help]) => `  ${name.padEnd(WIDTH)}${help}\n`).join('');

/** The text of --help. */
export function helpText(): string {
  const options = OPTIONS.map(
    ({ names, value, help }) =>
      [`${names.filter(Boolean).join(', ')}${value.startsWith('[') ? '' : ' '}${value}`.trim(), help] as const,
  );
  return [
    'usage: protospace [options] FILE | -c CODE | -m MODULE | - [args]\n',
    '\nRuns a Python 3.14 program; its threads use all cores over one shared heap.\n\n',
    rows(TARGETS),
    '  args                    the rest: sys.argv[1:]\n',
    '\noptions, before the program:\n',
    rows(options),
    '\nenvironment variables:\n',
    rows(VARIABLES),
    '\nThe exit code is that of the program: 0, what sys.exit gave, 1 after an uncaught exception; 2 when the\n',
    'command line is wrong or there is no such file.\n',
  ].join('');
}
