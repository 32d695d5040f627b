/**
 * Blocks as nested statements, from the tree of dominators (Ramsey: Beyond Relooper, 2022): a loop is a labelled `for`, a place where paths
 * meet the end of a labelled block, every jump a `break` or `continue`.
 */
import type { Block } from './flow.js';

export interface Writer {
  line(text: string): void;
  /**
   * Writes a block's instructions and its end. `go` writes how to get to one of its successors; the writer brings its operand stack in order first.
   */
  block(b: Block, go: (to: Block) => void): void;
}

const label = (b: Block): string => `b${b.start}`;
const isMeeting = (b: Block): boolean => b.forward > 1;

/** Writes all that `b` dominates. */
export function structure(b: Block, w: Writer): void {
  const meetings = b.children.filter(isMeeting);
  if (b.isLoop) w.line(`h${b.start}: for (;;) {`);
  // The last of them is reached from all the others: its label is the outermost.
  for (const m of [...meetings].reverse()) w.line(`${label(m)}: {`);
  w.block(b, (to) => branch(b, to, w));
  for (const m of meetings) {
    w.line('}');
    structure(m, w);
  }
  if (b.isLoop) w.line('}');
}

function branch(from: Block, to: Block, w: Writer): void {
  if (to.order <= from.order) w.line(`continue h${to.start};`);
  else if (isMeeting(to)) w.line(`break ${label(to)};`);
  else structure(to, w);
}
