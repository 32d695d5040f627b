/** The types frame and traceback (https://docs.python.org/3.14/reference/datamodel.html#frame-objects). */
import { newObject } from '../heap/alloc.js';
import { storeRef } from '../heap/barrier.js';
import * as H from '../heap/handles.js';
import * as L from '../heap/layout.generated.js';
import { i32 } from '../heap/memory.js';
import { indexNumber } from '../objects/abstract.js';
import { defineType, readOnly } from '../objects/define.js';
import { raise, typeName } from '../objects/exceptions.js';
import { intFromNumber } from '../objects/int.js';
import { isKind } from '../objects/object.js';
import { addressText, fromJS, toJS } from '../objects/strings.js';
import * as T from '../objects/type-ids.js';
import { clearFrame, frameBack, frameGenerator, frameInstruction, frameLine, frameLocalsDict } from './frame-object.js';
import { newFrameLocals } from './frame-locals.js';

const I32 = i32;
const word = (h: number, w: number): number => I32[(h >>> 2) + w];
const none = (h: number): number => (h === 0 ? H.NONE : h);
/** Instructions are one word here; CPython counts bytes of two-byte units. */
const UNIT = 2;

const lineOrNone = (line: number): number => (line < 0 ? H.NONE : H.small(line));
const CO_OPTIMIZED = 1;

function locals(f: number): number {
  const own = frameLocalsDict(f);
  if (own !== 0) return own;
  const optimized = (word(word(f, L.FRAME_CODE), L.CODE_CODE_FLAGS) & CO_OPTIMIZED) !== 0;
  return optimized ? newFrameLocals(f) : word(f, L.FRAME_GLOBALS);
}

/** frame.clear(): forgets the locals of a frame that has ended. */
function clear(f: number): number {
  if (word(f, L.FRAME_CONTEXT) !== 0) {
    const g = frameGenerator(f);
    const suspended = g !== 0 && word(g, L.GENERATOR_STATE) !== 3;
    return raise('RuntimeError', `cannot clear ${suspended ? 'a suspended' : 'an executing'} frame`);
  }
  clearFrame(f);
  return H.NONE;
}

const reprFrame = (f: number): number => {
  const code = word(f, L.FRAME_CODE);
  const file = toJS(word(code, L.CODE_FILENAME));
  return fromJS(
    `<frame at ${addressText(f)}, file '${file}', line ${frameLine(f)}, code ${toJS(word(code, L.CODE_NAME))}>`,
  );
};

defineType({
  id: T.T_FRAME,
  name: 'frame',
  kind: L.KIND_FRAME,
  final: true,
  methods: [['clear', (a) => clear(I32[a]), [0, 0]]],
  getset: [
    { name: 'f_back', get: (f) => none(frameBack(f)) },
    { name: 'f_code', get: (f) => word(f, L.FRAME_CODE) },
    { name: 'f_globals', get: (f) => word(f, L.FRAME_GLOBALS) },
    { name: 'f_builtins', get: (f) => word(f, L.FRAME_BUILTINS) },
    { name: 'f_generator', get: (f) => none(frameGenerator(f)) },
    { name: 'f_lasti', get: (f) => intFromNumber(frameInstruction(f) * UNIT) },
    {
      name: 'f_lineno',
      get: (f) => lineOrNone(frameLine(f)),
      set: () => raise('ValueError', 'f_lineno can only be set in a trace function'),
    },
    { name: 'f_locals', get: locals },
    {
      name: 'f_trace',
      get: () => H.NONE,
      set: (_f, v) =>
        v === 0 || v === H.NONE
          ? 1
          : raise('NotImplementedError', 'f_trace cannot be set: the interpreter reports no events'),
    },
    { name: 'f_trace_lines', get: () => H.TRUE },
    { name: 'f_trace_opcodes', get: () => H.FALSE },
  ],
  slots: { repr: reprFrame, create: () => raise('TypeError', "cannot create 'frame' instances") },
});

// ---------------------------------------------------------------- traceback

const isTraceback = (h: number): boolean => isKind(h, L.KIND_TRACEBACK);

function setNext(tb: number, value: number): number {
  if (value === 0) return raise('TypeError', "can't delete tb_next attribute");
  if (value !== H.NONE && !isTraceback(value))
    return raise('TypeError', `expected traceback object, got '${typeName(value)}'`);
  const next = value === H.NONE ? 0 : value;
  for (let t = next; t !== 0; t = word(t, L.TRACEBACK_NEXT))
    if (t === tb) return raise('ValueError', 'traceback loop detected');
  storeRef(tb, L.TRACEBACK_NEXT, next);
  return 1;
}

const PARAMETERS = ['tb_next', 'tb_frame', 'tb_lasti', 'tb_lineno'];

/** The four arguments by position or name; undefined with TypeError set. */
function constructorArguments(args: number, n: number, kwnames: number): number[] | undefined {
  const values = [0, 0, 0, 0];
  const fail = (message: string): undefined => void raise('TypeError', message);
  const named = kwnames === 0 ? 0 : word(kwnames, L.TUPLE_LENGTH);
  if (n + named > 4) return fail(`traceback() takes at most 4 arguments (${n + named} given)`);
  for (let i = 0; i < n; i++) values[i] = I32[args + i];
  for (let i = 0; i < named; i++) {
    const name = toJS(word(kwnames, L.TUPLE_ITEMS + i));
    const at = PARAMETERS.indexOf(name);
    if (at < 0) return fail(`traceback() got an unexpected keyword argument '${name}'`);
    values[at] = I32[args + n + i];
  }
  const missing = values.indexOf(0);
  return missing < 0
    ? values
    : fail(`traceback() missing required argument '${PARAMETERS[missing]}' (pos ${missing + 1})`);
}

function createTraceback(args: number, n: number, kwnames: number): number {
  const values = constructorArguments(args, n, kwnames);
  if (values === undefined) return 0;
  const [next, frame, lasti, lineno] = values;
  if (!isKind(frame, L.KIND_FRAME))
    return raise('TypeError', `traceback() argument 'tb_frame' must be frame, not ${typeName(frame)}`);
  const index = indexNumber(lasti);
  const line = Number.isNaN(index) ? index : indexNumber(lineno);
  if (Number.isNaN(line)) return 0;
  if (next !== H.NONE && !isTraceback(next))
    return raise('TypeError', `expected traceback object or None, got '${typeName(next)}'`);
  const tb = newObject(L.KIND_TRACEBACK, 64, T.typeHandle(T.T_TRACEBACK));
  const w = tb >>> 2;
  I32[w + L.TRACEBACK_NEXT] = next === H.NONE ? 0 : next;
  I32[w + L.TRACEBACK_FRAME] = frame;
  I32[w + L.TRACEBACK_CODE] = word(frame, L.FRAME_CODE);
  I32[w + L.TRACEBACK_FUNCTION] = word(frame, L.FRAME_FUNCTION);
  I32[w + L.TRACEBACK_PC] = Math.floor(index / UNIT);
  I32[w + L.TRACEBACK_LINENO] = line;
  return tb;
}

defineType({
  id: T.T_TRACEBACK,
  name: 'traceback',
  kind: L.KIND_TRACEBACK,
  final: true,
  doc: 'Create a new traceback object.',
  getset: [
    { name: 'tb_next', get: (tb) => none(word(tb, L.TRACEBACK_NEXT)), set: setNext },
    readOnly('tb_frame', (tb) => none(word(tb, L.TRACEBACK_FRAME))),
    readOnly('tb_lasti', (tb) => intFromNumber(word(tb, L.TRACEBACK_PC) * UNIT)),
    { name: 'tb_lineno', get: (tb) => lineOrNone(word(tb, L.TRACEBACK_LINENO)) },
  ],
  slots: {
    create: (_type, args, n, kwnames) => createTraceback(args, n, kwnames),
    init: () => 1,
    repr: (tb) => fromJS(`<traceback object at ${addressText(tb)}>`),
  },
});
