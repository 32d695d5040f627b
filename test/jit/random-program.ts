/** Small random Python programs for comparing compiled code with the interpreter: the same for the same seed. */

/** A generator of random ints below n (xorshift). */
function randomInts(seed: number): (n: number) => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return (n) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % n;
  };
}

const ATOMS = ['0', '1', '-1', '3', '7', '2**30 - 1', '-(2**30)', '2**40', '0.5', '-1.25', 'True', 'None'];
/** Numbers grow by addition alone: what loops multiply soon fills the memory. */
const OPERATORS = ['+', '-', '* 3 -', '&', '|', '^', '%', '//', '/'];
const COMPARISONS = ['<', '<=', '==', '!=', '>', '>=', 'is', 'is not'];
const LOCALS = ['a', 'b', 'c', 'd'];
const FUNCTIONS = 5;

class Program {
  readonly lines: string[] = [];
  readonly #below: (n: number) => number;
  #loops = 0;

  constructor(seed: number) {
    this.#below = randomInts(seed);
  }

  #of<T>(items: readonly T[]): T {
    return items[this.#below(items.length)]!;
  }

  /** Mostly what gives ints, so that not every function ends by its first TypeError. */
  #expression(depth: number): string {
    const e = (): string => this.#expression(depth - 1);
    if (depth === 0) return this.#below(4) === 0 ? this.#of(ATOMS) : this.#of(LOCALS);
    switch (this.#below(12)) {
      case 0:
        return `(${e()} if ${this.#condition(depth - 1)} else ${e()})`;
      case 1:
        return `f${this.#below(FUNCTIONS)}(${e()}, ${e()})`;
      case 2:
        return `o.${this.#of(['x', 'y'])}`;
      case 3:
        return `o.${this.#of(['get', 'put'])}(${e()})`;
      case 4:
        return `(${e()}, ${e()})[${this.#below(3)}]`;
      case 5:
        return `[${e()}, ${e()}, g][${e()} % 3]`;
      case 6:
        return `C(${e()}, ${e()}).${this.#of(['x', 'y'])}`;
      case 7:
        return this.#of(['g', 'abs(a or 0)', 'len([a, b])', 'int(c or 1)', '(-d)', '(not b)']);
      default:
        return `(${e()} ${this.#of(OPERATORS)} ${e()})`;
    }
  }

  #condition(depth: number): string {
    switch (this.#below(5)) {
      case 0:
        return `not ${this.#expression(depth)}`;
      case 1:
        return this.#expression(depth);
      case 2:
        return `${this.#condition(0)} ${this.#of(['and', 'or'])} ${this.#condition(0)}`;
      default:
        return `${this.#expression(depth)} ${this.#of(COMPARISONS)} ${this.#expression(depth)}`;
    }
  }

  #statements(indent: string, depth: number, inLoop: boolean): void {
    for (let n = 1 + this.#below(3); n > 0; n--) this.#statement(indent, depth, inLoop);
  }

  #statement(indent: string, depth: number, inLoop: boolean): void {
    const add = (text: string): void => void this.lines.push(indent + text);
    const body = (loop: boolean): void => this.#statements(`${indent}    `, depth - 1, loop);
    const kind = this.#below(depth > 0 ? 12 : 5);
    if (kind < 3) add(`${this.#of(LOCALS)} = ${this.#expression(2)}`);
    else if (kind === 3) add(`${this.#of(LOCALS)} ${this.#of(['+', '-', '%'])}= ${this.#expression(1)}`);
    else if (kind === 4)
      add(this.#of([`o.x = ${this.#expression(1)}`, 'a, b = b, a', 'o.z = a', `g = ${this.#expression(1)}`]));
    else if (kind < 7) {
      add(`if ${this.#condition(1)}:`);
      body(inLoop);
      if (this.#below(2) === 0) {
        add('else:');
        body(inLoop);
      }
    } else if (kind === 7) {
      const i = `i${this.#loops++}`;
      add(`for ${i} in ${this.#of(['range(7)', 'range(9, 0, -2)', '[1, 2.5, 3]', '(4, 5)', 'gen(4)'])}:`);
      add(`    ${this.#of(LOCALS)} = ${i}`);
      body(true);
    } else if (kind === 8) {
      const i = `i${this.#loops++}`;
      add(`${i} = 0`);
      add(`while ${i} < ${2 + this.#below(6)}:`);
      add(`    ${i} += 1`);
      body(true);
      if (this.#below(3) === 0) {
        add('else:');
        body(inLoop);
      }
    } else if (kind === 9) {
      add('try:');
      body(inLoop);
      add(`except ${this.#of(['TypeError', 'ZeroDivisionError', 'Exception', '(IndexError, TypeError)'])} as e:`);
      add('    d = type(e).__name__');
      if (this.#below(2) === 0) {
        add('finally:');
        add('    d = 0');
      }
    } else if (kind === 10 && inLoop) add(`if ${this.#condition(1)}: ${this.#of(['break', 'continue'])}`);
    else add(`if ${this.#condition(1)}: return ${this.#expression(1)}`);
  }

  function(k: number): void {
    this.lines.push(`def f${k}(a, b):`, '    global g, steps', '    c = d = 1', '    steps += 1');
    this.lines.push('    if steps > 40: return 1');
    this.#statements('    ', 3, false);
    this.lines.push(`    return ${this.#expression(2)}`, '');
  }
}

const HEAD = `
class C:
    def __init__(self, x, y):
        self.x = x
        self.y = y
    def get(self, n):
        return self.x
    def put(self, v):
        self.y = v
        return 2

def gen(n):
    for i in range(n):
        yield i

def short(v, depth=0):
    if isinstance(v, int) and not isinstance(v, bool): return v % 1000003
    if isinstance(v, (tuple, list)) and depth < 3: return [short(x, depth + 1) for x in v[:5]]
    if isinstance(v, C): return "C"
    return repr(v)[:60] if not callable(v) else "callable"
`;

const TAIL = `
VALUES = [0, 1, -5, 2**30 - 1, 1.5, True, None, "t", 2**35]
for turn in range(6):
    for a in VALUES:
        for b in VALUES:
            for k, f in enumerate([f0, f1, f2, f3, f4]):
                steps, g, o = 0, 3, C(1, 2)
                try:
                    r = f(a, b)
                except RecursionError:
                    r = "recursion"
                except Exception as e:
                    line, t = [], e.__traceback__
                    while t:
                        line.append(t.tb_lineno)
                        t = t.tb_next
                    r = (type(e).__name__, str(e)[:80], line[:6])
                if turn in (0, 5): print(k, short(a), short(b), short(r), short(g), short(o.x), short(o.y))
print("done")
`;

export function randomProgram(seed: number): string {
  const program = new Program(seed);
  for (let k = 0; k < FUNCTIONS; k++) program.function(k);
  return `g = steps = 0\no = None\n${HEAD}\n${program.lines.join('\n')}\n${TAIL}`;
}
