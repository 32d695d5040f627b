/** Jobs of kind 'interactive': the prompt, as CPython's on a terminal without its editor. */
import { CARRIER } from '../heap/carrier.js';
import { unroot } from '../heap/context.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { compileSource } from '../modules/compile.js';
import { moduleGet, moduleSet } from '../modules/modules.js';
import { writeText } from '../modules/output.js';
import { registerSource } from '../modules/source-lines.js';
import { flushStdout, writeStderr } from '../modules/stderr.js';
import { callArgs, str } from '../objects/abstract.js';
import { dictGetStr } from '../objects/dict.js';
import { clearException, pendingException, pendingIs } from '../objects/exceptions.js';
import { fromJS, intern, toJS } from '../objects/strings.js';
import type { ProgramJob } from '../threads/job.js';
import { defineJob } from '../threads/jobs.js';
import { currentThread } from '../threads/parking.js';
import { pushMain } from './frames.js';
import { isEmpty, needsMore } from './statement-end.js';
import { endProgram, enterProgram, finishProgram, pushShutdown, reportUncaught } from './program.js';

const I32 = i32;
const C = CARRIER;

const sys = (): number => I32[(I32[C + L.CAR_ENVIRONMENT] >>> 2) + L.ENVIRONMENT_SYS];

/** Text of sys.ps1 or sys.ps2. */
function prompt(name: string): string {
  const value = moduleGet(sys(), name);
  const text = value === 0 ? 0 : str(value);
  if (text === 0) clearException();
  return text === 0 ? '' : toJS(text);
}

/** One line by input(); undefined with EOFError or KeyboardInterrupt set. */
function readLine(promptText: string): string | undefined {
  const builtins = I32[(I32[C + L.CAR_ENVIRONMENT] >>> 2) + L.ENVIRONMENT_BUILTINS];
  const line = callArgs(dictGetStr(builtins, intern('input')), [fromJS(promptText)]);
  return line === 0 ? undefined : toJS(line);
}

/** The next statement's text; undefined with the exception set. */
function readStatement(): string | undefined {
  let source = '';
  for (let line = readLine(prompt('ps1')); line !== undefined; line = readLine(prompt('ps2'))) {
    source += line;
    if (!needsMore(source)) return source;
    source += '\n';
  }
  return undefined;
}

/** First step: environment, prompts, greeting. */
function begin(job: ProgramJob): number {
  enterProgram(job);
  moduleSet(sys(), 'ps1', fromJS('>>> '));
  moduleSet(sys(), 'ps2', fromJS('... '));
  writeStderr(`Python 3.14 on protospace, ${process.platform} ${process.arch}. exit() or an end of file ends it.\n`);
  return 0;
}

/** Counts the statements, for their names. */
function countInput(): number {
  const word = currentThread() + L.THR_TARGET;
  const n = I32[word] >> 1;
  I32[word] = H.small(n + 1);
  return n;
}

/** Compiles one statement and pushes its frame; 0 when it is none, its error printed. */
function pushStatement(source: string): number {
  if (isEmpty(source)) return 0;
  const filename = `<python-input-${countInput()}>`;
  registerSource(I32[C + L.CAR_ENVIRONMENT], filename, source);
  const code = compileSource(`${source}\n`, filename, 'single');
  const frame = code === 0 ? 0 : pushMain(I32[C + L.CAR_ENVIRONMENT], code);
  if (frame === 0) reportUncaught();
  return frame;
}

/** Prints what the last statement raised. False for SystemExit, which stays pending and ends the prompt. */
function report(): boolean {
  if (pendingException() === 0) return true;
  if (pendingIs('SystemExit')) return false;
  reportUncaught();
  return true;
}

/** Second step, again and again: runs the next statement. */
function loop(): number {
  // What the last statement's frame was pushed with is not needed any more.
  unroot(I32[C + L.CAR_CONTEXT] + L.F_LOCALS);
  while (report()) {
    flushStdout();
    const source = readStatement();
    if (source === undefined && pendingIs('EOFError')) {
      clearException();
      writeText(1, '\n');
      return 0;
    }
    if (source === undefined) {
      if (!pendingIs('KeyboardInterrupt')) continue;
      clearException();
      writeStderr('\nKeyboardInterrupt\n');
      continue;
    }
    const frame = pushStatement(source);
    if (frame === 0) continue;
    I32[currentThread() + L.THR_STAGE]--;
    return frame;
  }
  return 0;
}

defineJob<ProgramJob>('interactive', { steps: [begin, loop, pushShutdown, finishProgram], value: endProgram });
