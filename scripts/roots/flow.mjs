// Which handles a function uses after an operation that may have collected them.
//
// A variable that holds a handle is FRESH (nothing refers to what it holds), BORROWED (something did when it was read), ROOTED, or STALE: an
// operation that may collect came by while it was fresh or borrowed. Reading a stale one is the fault. An operand that is evaluated before a
// collecting one of the same expression is the same fault.
import { eachChild, isFunction, slotName } from './program.mjs';

export const PLAIN = 0;
export const ROOTED = 1;
export const BORROWED = 2;
export const FRESH = 3;
export const STALE = 4;

/** Operators whose result is computed from a handle and is as good as it. */
const ARITHMETIC = new Set(['|', '&', '+', '-', '>>>', '>>', '<<']);
/** What makes a value reachable from its first argument. */
const STORES = new Map([
  ['storeRef', 2],
  ['listAppend', 1],
  ['dictSetStr', 2],
  ['dictSet', 2],
  ['dictSetHashed', 3],
  ['setAdd', 1],
  ['setHandle', 2],
  ['setSlot', 2],
  ['moduleSet', 2],
]);

/** Functions that give what their argument holds for good: items of tuples, words that are written once. */
const ONCE = /^(tupleItem|tupleHandles|generatorOf)$/;

class State {
  constructor(vars = new Map(), roots = []) {
    this.vars = vars;
    this.roots = roots;
    this.dead = false;
  }
  copy() {
    const s = new State(new Map([...this.vars].map(([k, v]) => [k, { ...v, props: v.props && new Map(v.props) }])), [
      ...this.roots,
    ]);
    s.dead = this.dead;
    return s;
  }
  join(other) {
    if (other.dead) return;
    if (this.dead) {
      this.vars = other.vars;
      this.roots = other.roots;
      this.dead = false;
      return;
    }
    for (const [k, v] of other.vars) {
      const mine = this.vars.get(k);
      if (mine === undefined) this.vars.set(k, v);
      else if (v.status > mine.status) this.vars.set(k, v);
    }
    this.roots = this.roots.filter((r) => other.roots.some((o) => o.at === r.at));
  }
}

export class Flow {
  /** `summary`: { collects(callInfo), returns(callInfo), needs(callInfo) }, `report(node, name, what)`. */
  constructor(fn, program, summary, report) {
    this.fn = fn;
    this.program = program;
    this.summary = summary;
    this.report = report;
    this.returned = PLAIN;
    this.collected = false;
    this.needs = new Set();
    /** Parameters that it returns as they are. */
    this.passes = new Set();
    /** Properties of the object it returns that hold handles nothing else refers to. */
    this.props = new Set();
    /** Parameters into which handles were put that nothing else refers to. */
    this.filled = new Set();
    /** Parameters that were not rooted when something collected. */
    this.lost = new Set();
    this.params = fn.node.params.map((p) => (p.type === 'Identifier' ? p.name : p.left?.name));
    this.locals = new Set(this.params);
  }

  run() {
    const state = new State();
    for (const p of this.params) if (p) state.vars.set(p, { status: BORROWED, param: p });
    if (this.fn.node.body.type === 'BlockStatement') this.block(this.fn.node.body.body, state);
    else this.result(this.value(this.fn.node.body, state), this.fn.node.body);
    return this;
  }

  result(value, node) {
    if (value.status === STALE) this.fault(node, value);
    for (const [name, over] of value.props ?? []) if (over === undefined) this.props.add(name);
    if (value.param !== undefined && value.status >= BORROWED && !value.computed) this.passes.add(value.param);
    const status = value.status >= BORROWED && value.param === undefined ? value.status : PLAIN;
    if (status !== STALE) this.returned = Math.max(this.returned, status);
  }

  fault(node, value) {
    if (value.param !== undefined) this.needs.add(value.param);
    else this.report(node, value);
  }

  block(nodes, state) {
    for (const n of nodes) this.statement(n, state);
  }

  statement(n, s) {
    switch (n.type) {
      case 'VariableDeclaration':
        for (const d of n.declarations) this.declare(d, s);
        return;
      case 'ExpressionStatement':
        this.value(n.expression, s);
        return;
      case 'ReturnStatement':
        if (n.argument) this.result(this.value(n.argument, s), n);
        s.dead = true;
        return;
      case 'ThrowStatement':
        this.value(n.argument, s);
        s.dead = true;
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
        this.exits?.push(s.copy());
        s.dead = true;
        return;
      case 'BlockStatement':
        this.block(n.body, s);
        return;
      case 'IfStatement':
        this.branch(n.test, n.consequent, n.alternate, s);
        return;
      case 'ForStatement':
      case 'WhileStatement':
      case 'DoWhileStatement':
      case 'ForOfStatement':
      case 'ForInStatement':
        this.loop(n, s);
        return;
      case 'SwitchStatement':
        this.switch(n, s);
        return;
      case 'TryStatement': {
        this.block(n.block.body, s);
        if (n.handler) this.block(n.handler.body.body, s.copy());
        if (n.finalizer) {
          const dead = s.dead;
          s.dead = false;
          this.block(n.finalizer.body, s);
          s.dead = dead;
        }
        return;
      }
      case 'LabeledStatement':
        this.statement(n.body, s);
        return;
      default:
        eachChild(n, (c) => !isFunction(c) && /Expression|Statement/.test(c.type) && this.value(c, s));
    }
  }

  declare(d, s) {
    const value = d.init ? this.value(d.init, s) : { status: PLAIN };
    this.bind(d.id, value, s);
  }

  bind(pattern, value, s) {
    if (pattern.type === 'Identifier') {
      this.locals.add(pattern.name);
      s.vars.set(pattern.name, { ...value, name: pattern.name });
    } else if (pattern.type === 'AssignmentPattern') this.bind(pattern.left, value, s);
    else
      eachChild(pattern, (c) => {
        if (c.type === 'Property') this.bind(c.value, partOf(value, c.key.name), s);
        else if (c.type === 'RestElement') this.bind(c.argument, value, s);
        else this.bind(c, value, s);
      });
  }

  branch(test, yes, no, s) {
    this.value(test, s);
    const other = s.copy();
    // `x === 0` holds no handle in the branch where it is true.
    const zero = zeroTest(test);
    if (zero !== undefined) {
      const side = zero.equal ? s : other;
      const v = side.vars.get(zero.name);
      if (v) side.vars.set(zero.name, { status: PLAIN, name: zero.name });
    }
    this.statement(yes, s);
    if (no) this.statement(no, other);
    s.join(other);
    if (s.dead && !other.dead) s.dead = false;
  }

  loop(n, s) {
    if (n.init) n.init.type === 'VariableDeclaration' ? this.statement(n.init, s) : this.value(n.init, s);
    let element;
    if (n.right) element = this.value(n.right, s);
    const outer = this.exits;
    this.exits = [];
    for (let round = 0; round < 2; round++) {
      if (n.test && n.type !== 'DoWhileStatement') this.value(n.test, s);
      if (n.left) {
        // The elements are as good as what is iterated over: its state may have changed in the round before.
        const now = n.right.type === 'Identifier' ? (s.vars.get(n.right.name) ?? element) : element;
        if (now.status === STALE) this.fault(n.right, now);
        const pattern = n.left.type === 'VariableDeclaration' ? n.left.declarations[0].id : n.left;
        this.bind(pattern, { ...now, source: n.right.name }, s);
      }
      const before = s.copy();
      this.statement(n.body, s);
      for (const e of this.exits) s.join(e);
      if (n.update) this.value(n.update, s);
      if (n.test && n.type === 'DoWhileStatement') this.value(n.test, s);
      s.join(before);
      s.dead = false;
    }
    this.exits = outer;
  }

  switch(n, s) {
    this.value(n.discriminant, s);
    const outer = this.exits;
    this.exits = [];
    const base = s.copy();
    for (const c of n.cases) {
      const arm = base.copy();
      this.block(c.consequent, arm);
      s.join(arm);
    }
    for (const e of this.exits) s.join(e);
    this.exits = outer;
  }

  /** Evaluates an expression: what its value is. */
  value(n, s) {
    switch (n.type) {
      case 'Identifier':
        return this.read(n, s);
      case 'Literal':
      case 'TemplateElement':
      case 'ThisExpression':
      case 'Super':
      case 'MetaProperty':
        return { status: PLAIN };
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        return { status: PLAIN, closure: n };
      case 'CallExpression':
      case 'NewExpression':
        return this.call(n, s);
      case 'AssignmentExpression':
        return this.assign(n, s);
      case 'ConditionalExpression': {
        this.value(n.test, s);
        const other = s.copy();
        const a = this.value(n.consequent, s);
        const b = this.value(n.alternate, other);
        s.join(other);
        return a.status > b.status ? a : b;
      }
      case 'LogicalExpression': {
        const a = this.value(n.left, s);
        const other = s.copy();
        const b = this.value(n.right, s);
        s.join(other);
        return a.status > b.status ? a : b;
      }
      case 'BinaryExpression':
        return this.binary(n, s);
      case 'UnaryExpression':
      case 'UpdateExpression':
        this.value(n.argument, s);
        return { status: PLAIN };
      case 'SpreadElement':
      case 'AwaitExpression':
      case 'YieldExpression':
      case 'ChainExpression':
        return n.argument || n.expression ? this.value(n.argument ?? n.expression, s) : { status: PLAIN };
      case 'MemberExpression':
        return this.member(n, s);
      case 'ArrayExpression':
      case 'ObjectExpression':
        return this.literal(n, s);
      case 'SequenceExpression': {
        let last = { status: PLAIN };
        for (const e of n.expressions) last = this.value(e, s);
        return last;
      }
      case 'TemplateLiteral':
        for (const e of n.expressions) this.value(e, s);
        return { status: PLAIN };
      default:
        eachChild(n, (c) => this.value(c, s));
        return { status: PLAIN };
    }
  }

  read(n, s) {
    const v = s.vars.get(n.name);
    if (v === undefined) {
      const fn = this.program.find(this.fn.module.file, n.name);
      return fn === undefined ? { status: PLAIN } : { status: PLAIN, closure: fn.node };
    }
    if (v.status === STALE) {
      this.fault(n, v);
      // Once is enough.
      s.vars.set(n.name, { ...v, status: PLAIN });
      return { status: PLAIN };
    }
    return { ...v, source: n.name };
  }

  binary(n, s) {
    if (/^[!=]==?$|^[<>]=?$/.test(n.operator)) {
      for (const side of [n.left, n.right]) if (side.type !== 'Identifier') this.value(side, s);
      return { status: PLAIN };
    }
    const a = this.value(n.left, s);
    const b = this.value(n.right, s);
    // `x >> 1` is the value of a small int.
    if (!ARITHMETIC.has(n.operator) || (n.operator === '>>' && n.right.value === 1)) return { status: PLAIN };
    return { ...(a.status >= b.status ? a : b), computed: true };
  }

  member(n, s) {
    const slot = n.computed ? slotName(n) : '';
    if (slot) return { status: PLAIN, slot };
    const prop = this.property(n, s);
    if (prop !== undefined) return prop;
    const o = this.value(n.object, s);
    const p = n.computed ? this.value(n.property, s) : { status: PLAIN };
    if (n.object.type === 'Identifier' && /^(I32|U32)$/.test(n.object.name)) return loaded(n.property, p);
    if (n.object.type === 'Identifier' && /^[A-Z]\w*$/.test(n.object.name)) return { status: PLAIN };
    // An element of a JavaScript array of handles.
    if (n.computed || /^(keys|values|hashes)$/.test(n.property.name)) return { ...o, computed: true };
    return { status: PLAIN };
  }

  /** What a property holds of an object that a literal or a function made: undefined when nothing is known of it. */
  property(n, s) {
    if (n.computed || n.object.type !== 'Identifier') return undefined;
    const props = s.vars.get(n.object.name)?.props;
    if (props === undefined) return undefined;
    if (!props.has(n.property.name)) return { status: PLAIN };
    const name = `${n.object.name}.${n.property.name}`;
    const over = props.get(n.property.name);
    if (over === undefined) return { status: FRESH, propOf: name, name };
    this.report(n, { status: FRESH, name, over });
    props.delete(n.property.name);
    return { status: PLAIN };
  }

  /** The property `object.name` is rooted, or reachable from what is. */
  keepProperty(path, s) {
    const [object, name] = path.split('.');
    s.vars.get(object)?.props?.delete(name);
  }

  literal(n, s) {
    let worst = { status: PLAIN };
    const held = [];
    const props = new Map();
    for (const e of n.elements ?? n.properties) {
      if (!e) continue;
      const before = this.collects;
      this.collects = false;
      const v = this.value(e.type === 'Property' ? e.value : e, s);
      if (this.collects) for (const h of held) this.stale(h, e);
      this.collects ||= before;
      held.push(v);
      if (e.type === 'Property' && v.status === FRESH) props.set(e.key.name, undefined);
      if (e.type === 'SpreadElement') for (const [name, over] of v.props ?? []) props.set(name, over);
      if (v.status > worst.status) worst = { ...v, computed: true };
    }
    return props.size > 0 ? { ...worst, props } : worst;
  }

  /** A value evaluated before `node` collected, and used after it. */
  stale(v, node) {
    if (v.status >= BORROWED && v.status !== STALE)
      this.fault(node, { ...v, name: v.name ?? 'a temporary', over: node });
  }

  assign(n, s) {
    const right = this.value(n.right, s);
    if (n.left.type === 'Identifier') {
      if (n.operator !== '=') this.read(n.left, s);
      s.vars.set(n.left.name, { ...right, name: n.left.name });
      return right;
    }
    if (n.left.type === 'MemberExpression') {
      this.value(n.left.object, s);
      if (n.left.computed) {
        const at = this.value(n.left.property, s);
        this.stored(right, at.source, at, s);
        if (n.left.object.type === 'Identifier') this.fill(n.left.object.name, [right], s);
      }
    } else this.bind(n.left, right, s);
    return right;
  }

  /** `value` is reachable from what variable `holder` holds. */
  stored(value, holder, at, s) {
    if (value.propOf !== undefined) this.keepProperty(value.propOf, s);
    if (value.source === undefined || !s.vars.has(value.source)) return;
    const v = s.vars.get(value.source);
    if (v.status < BORROWED) return;
    if (holder === undefined || at.status === PLAIN || at.status === ROOTED || at.param !== undefined)
      s.vars.set(value.source, { ...v, status: ROOTED });
  }

  call(n, s) {
    const target = this.program.callee(n, this.fn.module, this.locals);
    const slot = target.local === undefined ? undefined : s.vars.get(target.local)?.slot;
    if (slot) target.slot = slot;
    const closure = target.local === undefined ? undefined : s.vars.get(target.local)?.closure?.info;
    if (closure) target.fn = closure;
    if (n.callee.type === 'MemberExpression') this.value(n.callee, s);
    const args = [];
    for (const a of n.arguments) {
      const before = this.collects;
      this.collects = false;
      const v = this.value(a, s);
      if (this.collects) for (const h of args) this.stale(h, a);
      this.collects ||= before;
      args.push(v);
    }
    const name = target.fn?.name ?? target.name ?? target.hook ?? target.method ?? '';
    if (this.rooting(name, n, args, s)) return { status: PLAIN, slotAt: n };
    const closures = args.map((a) => a.closure).filter(Boolean);
    const collects = this.summary.collects(target, closures);
    if (collects) {
      this.checkArguments(target, args, n, s);
      const keeps = this.summary.keeps(target);
      const kept = args.filter((_, i) => keeps.has(i)).flatMap((a) => [a.source, a.propOf].filter(Boolean));
      this.collect(n, s, collects, new Set(kept));
    }
    if (target.method !== undefined) return this.method(target, n, args, s);
    for (const i of this.summary.fills(target)) if (args[i]?.source) this.fill(args[i].source, [{ status: FRESH }], s);
    const at = STORES.get(name);
    if (at !== undefined && args[at]) this.stored(args[at], args[0]?.source, args[0] ?? { status: PLAIN }, s);
    if (name === 'setException' && args[0]?.source) this.mark(args[0].source, ROOTED, s);
    const status = this.summary.returns(target, n);
    // What is never taken away is as safe as what holds it.
    if (ONCE.test(name) && status !== PLAIN)
      return { ...args[0], status: Math.min(status, args[0]?.status ?? status), made: n };
    const passed = [...this.summary.passes(target)].map((i) => args[i]).find((a) => a?.status > status);
    if (passed) return { ...passed, source: undefined, made: n };
    const props = this.summary.props(target);
    return props.size > 0
      ? { status, made: n, props: new Map([...props].map((p) => [p, undefined])) }
      : { status, made: n };
  }

  /** push, map and the like on arrays of handles. */
  method(target, n, args, s) {
    const base = target.base?.type === 'Identifier' ? target.base.name : undefined;
    const v = base === undefined ? undefined : s.vars.get(base);
    if (/^(push|unshift)$/.test(target.method) && v !== undefined) {
      for (const a of args) if (a.status > v.status) s.vars.set(base, { ...v, ...a, name: base, param: undefined });
      this.fill(base, args, s);
      return { status: PLAIN };
    }
    if (/^(set|add)$/.test(target.method) && v !== undefined) {
      this.fill(base, args, s);
      return { status: PLAIN };
    }
    if (/^(map|from|filter|slice|concat|subarray|flatMap|pop|shift|at)$/.test(target.method)) {
      const f = args.find((a) => a.closure)?.closure;
      const made = f?.info ? this.summary.returnedBy(f.info) : PLAIN;
      // The results so far wait in an array while the next are made.
      if (made === FRESH && /^(map|from|flatMap)$/.test(target.method) && this.summary.collects({ fn: f.info }))
        this.report(n, { status: FRESH, name: 'results', over: n });
      const own = target.method === 'map' ? PLAIN : (v?.status ?? PLAIN);
      return {
        status: Math.max(made, own),
        param: made >= own ? undefined : v?.param,
        source: made >= own ? undefined : v?.source,
      };
    }
    return { status: PLAIN };
  }

  /** Handles are put into the JavaScript array, object or map that variable `name` holds: it is no better than the worst of them. */
  fill(name, values, s) {
    const v = s.vars.get(name);
    if (v === undefined) return;
    for (const a of values) {
      if (a.status !== FRESH) continue;
      if (this.params.includes(name)) this.filled.add(name);
      if (a.status > v.status) s.vars.set(name, { ...v, ...a, name, param: undefined });
    }
  }

  rooting(name, n, args, s) {
    if (/^(root|rootAll|hold[23]?|takeWords|pushArguments)$/.test(name)) {
      for (const a of args) {
        if (a.source) this.mark(a.source, ROOTED, s);
        if (a.propOf) this.keepProperty(a.propOf, s);
        s.roots.push({ name: a.source, at: n });
      }
      if (/^hold/.test(name)) this.collect(n, s, true);
      return true;
    }
    if (name === 'unroot' || name === 'release') {
      const slot = n.arguments[0]?.type === 'Identifier' ? s.vars.get(n.arguments[0].name) : undefined;
      const from = Math.max(
        0,
        s.roots.findIndex((r) => r.at === slot?.slotAt),
      );
      for (const r of s.roots.splice(from)) {
        const v = s.vars.get(r.name);
        if (v?.status === ROOTED && v.param === undefined) s.vars.set(r.name, { ...v, status: FRESH });
      }
      return name === 'unroot';
    }
    return false;
  }

  mark(name, status, s) {
    const v = s.vars.get(name);
    if (v === undefined) return;
    s.vars.set(name, { ...v, status });
    // What was computed from it is as safe as it.
    for (const [k, w] of s.vars) if (w.source === name && w.status !== PLAIN) s.vars.set(k, { ...w, status });
  }

  /** Fresh arguments of a callee that uses them after it has collected itself. */
  checkArguments(target, args, n, s) {
    const needs = this.summary.needs(target);
    args.forEach((a, i) => {
      if (a.closure) this.captured(a.closure, n, s);
      if (!needs.has(i) || a.status < BORROWED) return;
      if (a.param !== undefined) this.needs.add(a.param);
      else if (a.status === FRESH) this.report(n, { ...a, name: a.name ?? 'a temporary', over: n, argument: true });
    });
  }

  /** Handles that a callback reads: it runs after collections of the one that calls it. */
  captured(closure, n, s) {
    if (!/Expression$/.test(closure.type) || closure.info?.owner === undefined) return;
    const seen = new Set();
    const visit = (node) => {
      if (node.type === 'Identifier' && s.vars.has(node.name) && !seen.has(node.name)) {
        seen.add(node.name);
        const v = s.vars.get(node.name);
        if (v.status >= BORROWED && v.status !== STALE) this.fault(n, { ...v, over: n, name: node.name });
      }
      eachChild(node, visit);
    };
    visit(closure.body);
  }

  /** Everything that is not rooted, nor kept by the callee meanwhile, is stale from here on. */
  collect(n, s, how, kept = new Set()) {
    this.collects = true;
    if (how !== 'maybe') this.collected = true;
    for (const [k, v] of s.vars) {
      for (const [name, over] of v.props ?? [])
        if (over === undefined && !kept.has(`${k}.${name}`)) v.props.set(name, n);
      if ((v.status !== FRESH && v.status !== BORROWED) || kept.has(k) || kept.has(v.source)) continue;
      if (v.param !== undefined) this.lost.add(v.param);
      s.vars.set(k, { ...v, was: v.status, status: STALE, over: n });
    }
  }
}

/** What a property holds that is taken out of `value` by a pattern. */
function partOf(value, name) {
  if (name === 'hashes') return { status: PLAIN };
  if (value.props?.has(name)) return { status: FRESH };
  return { ...value, props: undefined };
}

/** What `I32[...]` gives: arguments (`I32[a]`, `I32[args + 1]`) are rooted by the caller; handle words of objects are borrowed. */
function loaded(property, index) {
  const word = isHandleWord(property);
  if (word) return { status: BORROWED };
  return { status: PLAIN, word: index.status };
}

/** Names of layout words that hold handles; filled by check-roots.mjs. */
export const handleWords = new Set();

export function isHandleWord(p) {
  if (p.type === 'MemberExpression' && !p.computed) return handleWords.has(p.property.name);
  if (p.type === 'BinaryExpression') return isHandleWord(p.left) || isHandleWord(p.right);
  return false;
}

/** `x === 0` or `x !== 0`: { name, equal }. */
function zeroTest(t) {
  if (
    t.type === 'BinaryExpression' &&
    /^[!=]==$/.test(t.operator) &&
    t.left.type === 'Identifier' &&
    t.right.value === 0
  )
    return { name: t.left.name, equal: t.operator === '===' };
  return undefined;
}
