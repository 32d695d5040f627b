// Handles that a collection may free under a function's feet: node scripts/check-roots.mjs [--collects | --plant] [FILTER]
// The rule (docs/memory.md): a handle used after an operation that may run Python was rooted before it. --collects lists the functions that may
// collect in place of the check; --plant takes a root out of one function, which must be found. Exits 1 when there is a fault.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { at } from './run.mjs';
import { BORROWED, Flow, FRESH, handleWords, isHandleWord, PLAIN, STALE } from './roots/flow.mjs';
import { Program } from './roots/program.mjs';

const FOLDERS = ['lib/heap', 'lib/objects', 'lib/vm', 'lib/threads', 'lib/modules'];
const CHECKED = /^lib\/(objects|vm|threads|modules)\//;

/** Functions of lib/heap that collect, or let another carrier collect. */
const COLLECT = new Set(
  'collectGarbage pollCollection withWorldStopped verifyHeap stressPoint hold hold2 hold3 leaveSafe stopForCollection mount'.split(
    ' ',
  ),
);
/** Functions that make objects. */
const MAKE = new Set(['newObject', 'newOldObject', 'allocBytes', 'allocCell', 'allocGranule']);
/** Functions whose results are never freed: interned names, built-in types, immediates. */
const PERMANENT = new Set(
  'intern internStr exceptionType typeHandle char small fromBool currentEnvironment'.split(' '),
);
/** Functions that give what an object refers to. */
const LOAD = new Set(
  (
    'dictGet dictGetHashed dictGetStr dictGetItem dictSetDefault listAt listGetItem tupleItem tupleHandles listSnapshot plainItems dictSnapshot ' +
    'item itemAt lookupInType lookupSpecial ownAttribute moduleGet moduleDict getItems pendingException ownDict plainDict lookupAfter'
  ).split(' '),
);
/** Slots whose result is no handle. */
const NUMBERS = new Set(['len', 'bool', 'contains', 'setitem', 'delitem', 'setattr', 'set', 'init']);
/** Names of functions whose declared type says that they return no handle. */
function notHandles(program) {
  const names = new Set();
  for (const m of program.modules.values()) {
    const text = readFileSync(m.file, 'utf8');
    for (const [, name, , type] of text.matchAll(
      /(?:function|const) (\w+)\s*(?:=\s*)?\(([^()]*(?:\([^()]*\)[^()]*)*)\):\s*([^{=]+?)\s*(?:\{|=>)/g,
    ))
      if (!/\bnumber\b/.test(type)) names.add(`${m.name}#${name}`);
  }
  return names;
}

/** Methods of the language's own objects: a call of one is taken to be that. */
const STANDARD = new Set(
  'get set has add delete push pop map filter find slice sort join call apply keys values entries at test next write'.split(
    ' ',
  ),
);
const ALL = new Set([0, 1, 2, 3]);
const KEYWORD_NAMES = new Set([3]);

class Summary {
  constructor(program) {
    this.program = program;
    this.info = new Map(
      program.functions.map((f) => [
        f,
        {
          collects: COLLECT.has(f.name),
          returns: MAKE.has(f.name) ? FRESH : PLAIN,
          needs: new Set(),
          keeps: new Set(),
          fills: new Set(),
          passes: new Set(),
          props: new Set(),
        },
      ]),
    );
    this.numbers = notHandles(program);
  }

  of(target) {
    return target.fn === undefined ? undefined : this.info.get(target.fn);
  }

  fieldTargets(name) {
    return (this.program.fields.get(name) ?? [])
      .flatMap(({ value, module }) =>
        value.type === 'Identifier' ? [this.program.find(module.file, value.name)] : value.info ? [value.info] : [],
      )
      .filter(Boolean);
  }

  /** Does the call collect? Of a function given as parameter one must assume it, though the function as a whole is no worse for it. */
  collects(target, closures = []) {
    if (closures.some((c) => this.info.get(c.info)?.collects)) return true;
    if (target.fn) return this.of(target)?.collects ?? false;
    if (target.slot !== undefined) return target.slot !== '';
    if (target.hook !== undefined) {
      const targets = this.fieldTargets(target.hook);
      return target.hook === 'call' || targets.some((f) => this.info.get(f)?.collects);
    }
    if (target.method !== undefined)
      return !STANDARD.has(target.method) && this.fieldTargets(target.method).some((f) => this.info.get(f)?.collects);
    return target.local !== undefined && 'maybe';
  }

  returns(target, node) {
    const name = target.fn?.name ?? target.name;
    if (name === 'word' && node?.arguments[1] !== undefined && isHandleWord(node.arguments[1])) return BORROWED;
    if (LOAD.has(name)) return Math.max(BORROWED, this.of(target)?.returns ?? PLAIN);
    if (target.fn)
      return PERMANENT.has(target.fn.name) || this.numbers.has(target.fn.label)
        ? PLAIN
        : (this.of(target)?.returns ?? PLAIN);
    if (target.slot) return NUMBERS.has(target.slot) ? PLAIN : FRESH;
    if (target.hook === 'call') return FRESH;
    return PLAIN;
  }

  returnedBy(fn) {
    return this.info.get(fn)?.returns ?? PLAIN;
  }

  /** Arguments that the callee roots while it collects. */
  keeps(target) {
    return this.of(target)?.keeps ?? new Set();
  }

  /** Arguments (arrays and objects of JavaScript) into which the callee puts handles that nothing else refers to. */
  fills(target) {
    return this.of(target)?.fills ?? new Set();
  }

  /** Arguments that the callee returns as they are. */
  passes(target) {
    return target.fn === undefined || this.numbers.has(target.fn.label) ? new Set() : this.of(target).passes;
  }

  /** Properties of the object which the callee returns that hold handles nothing else refers to. */
  props(target) {
    return this.of(target)?.props ?? new Set();
  }

  /** Arguments that the callee uses after it has collected. Slots may use all of theirs; a called function its keyword names. */
  needs(target) {
    if (target.slot) return ALL;
    if (target.hook === 'call') return KEYWORD_NAMES;
    return this.of(target)?.needs ?? new Set();
  }
}

function summarise(program, summary) {
  for (let round = 0, changed = true; changed && round < 30; round++) {
    changed = false;
    for (const fn of program.functions) {
      const info = summary.info.get(fn);
      const flow = new Flow(fn, program, summary, () => {}).run();
      const inner = program.functions.some((f) => f.owner === fn && summary.info.get(f).collects);
      const collects = info.collects || (CHECKED.test(fn.module.name) && (flow.collected || inner));
      const returns = Math.max(info.returns, MAKE.has(fn.name) ? FRESH : flow.returned);
      const needs = new Set(flow.params.flatMap((p, i) => (flow.needs.has(p) ? [i] : [])));
      const keeps = new Set(flow.params.flatMap((p, i) => (flow.lost.has(p) || inner ? [] : [i])));
      const fills = new Set(flow.params.flatMap((p, i) => (flow.filled.has(p) ? [i] : [])));
      const passes = new Set(flow.params.flatMap((p, i) => (flow.passes.has(p) ? [i] : [])));
      if (
        collects !== info.collects ||
        passes.size !== info.passes.size ||
        flow.props.size !== info.props.size ||
        fills.size !== info.fills.size ||
        returns !== info.returns ||
        needs.size !== info.needs.size ||
        keeps.size !== info.keeps.size
      )
        changed = true;
      summary.info.set(fn, { collects, returns, needs, keeps, fills, passes, props: flow.props });
    }
  }
}

/** What looks like a handle and is none, or is rooted in a way that cannot be seen: function and variable. */
const FINE = new Map([
  ['decodeEach.out', 'code points'],
  ['decodeUtf8.out', 'code points'],
  ['decodeEscape.out', 'bytes'],
  ['probe.base', 'sameKey roots the store'],
  ['dispatch.K', 'constants of the running code'],
  ['dispatch.S', 'sites of the running code'],
  ['slice.n', 'an extent'],
  ['count.n', 'a number of items'],
  ['addressOfTuple.at', 'an item number'],
  ['charmapDecode.run', 'its object is rooted'],
  ['hashHeld.r', 'the hash of an int runs no Python'],
  ['indexHeld.a temporary', 'nor does the int of an instance of a subclass'],
  ['templateParts.out', 'slices of a subject run no Python'],
]);

function readHandleWords() {
  const layout = JSON.parse(readFileSync(at('layout', 'layout.json'), 'utf8'));
  const upper = (s) => s.replace(/([a-z])([A-Z0-9])/g, '$1_$2').toUpperCase();
  for (const kind of layout.kinds)
    for (const w of kind.words) if (!w.endsWith(':raw')) handleWords.add(`${kind.name}_${upper(w)}`);
}

function faultText(fn, node, v, was) {
  const what = was === FRESH ? 'is not rooted' : 'was only borrowed';
  const over = v.over ? ` across the call in line ${fn.module.line(v.over)}` : '';
  return `${fn.module.name}:${fn.module.line(node)} ${fn.name}: '${v.name}' ${what}${over}${v.argument ? ', whose callee goes on using it' : ''}`;
}

/** The faults of a program as lines; `filter`: a part of file#function. */
function faultsOf(program, summary, filter) {
  const faults = new Set();
  for (const fn of program.functions) {
    if (!CHECKED.test(fn.module.name) || !fn.label.includes(filter)) continue;
    new Flow(fn, program, summary, (node, v) => {
      if (!FINE.has(`${fn.name}.${v.name}`)) faults.add(faultText(fn, node, v, v.status === STALE ? v.was : v.status));
    }).run();
  }
  return [...faults];
}

/** A function whose root is taken out by --plant. */
export const PLANTED = { file: 'lib/objects/sort.ts', function: 'keysOf', root: 'root(keys)' };

function plantFault(name, text) {
  if (name !== PLANTED.file) return text;
  const changed = text.replace(PLANTED.root, 'root(0)');
  if (changed === text) throw new Error(`nothing to plant: ${PLANTED.file} has no '${PLANTED.root}'`);
  return changed;
}

/** Checks the runtime below `root`: { faults, collecting } as lines. */
export function checkRoots(root, filter = '', plant = false) {
  if (handleWords.size === 0) readHandleWords();
  const program = new Program(root, FOLDERS, plant ? plantFault : undefined);
  const summary = new Summary(program);
  summarise(program, summary);
  const collecting = program.functions.filter((fn) => summary.info.get(fn).collects && fn.label.includes(filter));
  return { faults: faultsOf(program, summary, filter), collecting: collecting.map((fn) => fn.label) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const filter = args.find((a) => !a.startsWith('--')) ?? '';
  const { faults, collecting } = checkRoots(at('.'), filter, args.includes('--plant'));
  const list = args.includes('--collects');
  for (const line of list ? collecting : faults) console.log(line);
  if (!list) {
    const n = faults.length;
    console.log(
      n === 0
        ? 'roots: every handle used after a collection is rooted'
        : `roots: ${n} handles may be gone when they are used`,
    );
    process.exitCode = n === 0 ? 0 : 1;
  }
}
