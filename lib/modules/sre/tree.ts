/** SRE code read into a tree. Reading checks the code: what re._compiler never makes is refused with InvalidCode. */
import { type CharSet, InvalidCode, itemsSet, simpleSet } from './charset.js';
import { AT_CODES, MAXREPEAT, OP } from './constants.js';

export type Mode = 'greedy' | 'lazy' | 'possessive';
/** How a back reference compares characters. */
export type Fold = 'exact' | 'ascii' | 'unicode';

export type Node =
  | { readonly op: 'set'; readonly set: CharSet }
  | { readonly op: 'at'; readonly code: number }
  | { readonly op: 'mark'; readonly index: number }
  | { readonly op: 'branch'; readonly arms: readonly Sequence[] }
  /** One character so many times; max -1: no bound. */
  | { readonly op: 'one'; readonly set: CharSet; readonly min: number; readonly max: number; readonly mode: Mode }
  | { readonly op: 'repeat'; readonly body: Sequence; readonly min: number; readonly max: number; readonly mode: Mode }
  /** Lookahead, or with `back` > 0 lookbehind over so many characters. */
  | { readonly op: 'assert'; readonly body: Sequence; readonly back: number; readonly negative: boolean }
  | { readonly op: 'atomic'; readonly body: Sequence }
  | { readonly op: 'ref'; readonly group: number; readonly fold: Fold }
  | { readonly op: 'exists'; readonly group: number; readonly yes: Sequence; readonly no: Sequence }
  | { readonly op: 'fail' };

export type Sequence = readonly Node[];

const DEPTH_LIMIT = 1000;

class Reader {
  private at = 0;
  private depth = 0;
  constructor(
    private readonly code: ArrayLike<number>,
    private readonly groups: number,
  ) {}

  /** The whole pattern: an optional INFO block, then nodes up to SUCCESS, which ends the code. */
  pattern(): Sequence {
    if (this.code[0] === OP.INFO) this.at = this.skipEnd(1);
    const nodes = this.sequence(this.code.length - 1);
    if (this.code[this.at] !== OP.SUCCESS) throw new InvalidCode();
    return nodes;
  }

  private word(): number {
    if (this.at >= this.code.length) throw new InvalidCode();
    return this.code[this.at++]! >>> 0;
  }

  /** Where the skip word at index `i` leads to. */
  private skipEnd(i: number): number {
    const end = i + (this.code[i]! >>> 0);
    if (!(end > i && end <= this.code.length)) throw new InvalidCode();
    return end;
  }

  /** Nodes up to `end`, or to a JUMP, which stands between alternatives. */
  private sequence(end: number): Node[] {
    if (++this.depth > DEPTH_LIMIT) throw new InvalidCode();
    const nodes: Node[] = [];
    while (this.at < end && this.code[this.at] !== OP.JUMP) nodes.push(this.node());
    if (this.at > end) throw new InvalidCode();
    this.depth--;
    return nodes;
  }

  /** Nodes up to `end`, the last word before it being SUCCESS. */
  private body(end: number): Node[] {
    const nodes = this.sequence(end - 1);
    if (this.at !== end - 1 || this.word() !== OP.SUCCESS) throw new InvalidCode();
    return nodes;
  }

  private node(): Node {
    const op = this.word();
    const single = this.single(op);
    if (single !== undefined) return { op: 'set', set: single };
    switch (op) {
      case OP.FAILURE:
        return { op: 'fail' };
      case OP.AT:
        return this.position();
      case OP.MARK:
        return this.mark();
      case OP.BRANCH:
        return this.branch();
      case OP.REPEAT_ONE:
      case OP.MIN_REPEAT_ONE:
      case OP.POSSESSIVE_REPEAT_ONE:
        return this.one(op === OP.REPEAT_ONE ? 'greedy' : op === OP.MIN_REPEAT_ONE ? 'lazy' : 'possessive');
      case OP.REPEAT:
        return this.repeat();
      case OP.POSSESSIVE_REPEAT:
        return this.possessive();
      case OP.ASSERT:
      case OP.ASSERT_NOT:
        return this.assertion(op === OP.ASSERT_NOT);
      case OP.ATOMIC_GROUP:
        return { op: 'atomic', body: this.body(this.skipEnd(this.at++)) };
      case OP.GROUPREF_EXISTS:
        return this.conditional();
      default:
        return this.reference(op);
    }
  }

  /** The set of a one-character instruction; undefined for others. */
  private single(op: number): CharSet | undefined {
    switch (op) {
      case OP.ANY:
      case OP.ANY_ALL:
        return simpleSet(op, 0);
      case OP.LITERAL:
      case OP.NOT_LITERAL:
      case OP.LITERAL_IGNORE:
      case OP.NOT_LITERAL_IGNORE:
      case OP.LITERAL_UNI_IGNORE:
      case OP.NOT_LITERAL_UNI_IGNORE:
      case OP.LITERAL_LOC_IGNORE:
      case OP.NOT_LITERAL_LOC_IGNORE:
      case OP.CATEGORY:
        return simpleSet(op, this.word());
      case OP.IN:
      case OP.IN_IGNORE:
      case OP.IN_UNI_IGNORE:
      case OP.IN_LOC_IGNORE: {
        const end = this.skipEnd(this.at);
        const set = itemsSet(op, this.code, this.at + 1, end);
        this.at = end;
        return set;
      }
      default:
        return undefined;
    }
  }

  private position(): Node {
    const code = this.word();
    if (code >= AT_CODES) throw new InvalidCode();
    return { op: 'at', code };
  }

  private mark(): Node {
    const index = this.word();
    if (index >= 2 * this.groups) throw new InvalidCode();
    return { op: 'mark', index };
  }

  private branch(): Node {
    const arms: Sequence[] = [];
    let end = -1;
    while (this.code[this.at] !== OP.FAILURE) {
      const next = this.skipEnd(this.at++);
      arms.push(this.sequence(next));
      if (this.word() !== OP.JUMP || this.at !== next - 1) throw new InvalidCode();
      const target = this.skipEnd(this.at++);
      if (end >= 0 && target !== end) throw new InvalidCode();
      end = target;
    }
    if (arms.length === 0 || ++this.at !== end) throw new InvalidCode();
    return { op: 'branch', arms };
  }

  private bounds(): { readonly min: number; readonly max: number } {
    const min = this.word();
    const max = this.word();
    if (min > max || min === MAXREPEAT) throw new InvalidCode();
    // No string is so long that a larger bound would matter.
    return { min: Math.min(min, 0x7ffffffe), max: max >= 0x7fffffff ? -1 : max };
  }

  private one(mode: Mode): Node {
    const end = this.skipEnd(this.at++);
    const bounds = this.bounds();
    const [item, ...more] = this.body(end);
    if (item?.op !== 'set' || more.length > 0) throw new InvalidCode();
    return { op: 'one', set: item.set, ...bounds, mode };
  }

  private repeat(): Node {
    const end = this.skipEnd(this.at++);
    const bounds = this.bounds();
    const body = this.untilNodes(end);
    const until = this.word();
    if (until !== OP.MAX_UNTIL && until !== OP.MIN_UNTIL) throw new InvalidCode();
    return { op: 'repeat', body, ...bounds, mode: until === OP.MAX_UNTIL ? 'greedy' : 'lazy' };
  }

  private untilNodes(end: number): Node[] {
    const nodes = this.sequence(end);
    if (this.at !== end) throw new InvalidCode();
    return nodes;
  }

  /** `<skip> <min> <max> item SUCCESS`, where the skip leads to SUCCESS. */
  private possessive(): Node {
    const end = this.skipEnd(this.at++);
    const bounds = this.bounds();
    const body = this.untilNodes(end);
    if (this.word() !== OP.SUCCESS) throw new InvalidCode();
    return { op: 'repeat', body, ...bounds, mode: 'possessive' };
  }

  private assertion(negative: boolean): Node {
    const end = this.skipEnd(this.at++);
    const back = this.word();
    if (back >= 0x80000000) throw new InvalidCode();
    return { op: 'assert', body: this.body(end), back, negative };
  }

  private group(): number {
    const group = this.word();
    if (group >= this.groups) throw new InvalidCode();
    return group;
  }

  private conditional(): Node {
    const group = this.group();
    const skip = this.at;
    const end = skip + (this.word() - 1);
    if (end < this.at || end > this.code.length) throw new InvalidCode();
    const yes = this.sequence(end);
    if (this.at === end) return { op: 'exists', group, yes, no: [] };
    // <yes> JUMP <skip> <no>
    if (this.word() !== OP.JUMP || this.at + 1 !== end) throw new InvalidCode();
    const last = this.skipEnd(this.at++);
    const no = this.sequence(last);
    if (this.at !== last) throw new InvalidCode();
    return { op: 'exists', group, yes, no };
  }

  private reference(op: number): Node {
    const fold: Fold | undefined =
      op === OP.GROUPREF
        ? 'exact'
        : op === OP.GROUPREF_UNI_IGNORE
          ? 'unicode'
          : op === OP.GROUPREF_IGNORE || op === OP.GROUPREF_LOC_IGNORE
            ? 'ascii'
            : undefined;
    if (fold === undefined) throw new InvalidCode();
    return { op: 'ref', group: this.group(), fold };
  }
}

/** The tree of a pattern with `groups` groups. */
export const readPattern = (code: ArrayLike<number>, groups: number): Sequence => new Reader(code, groups).pattern();
