// The heap without Python: node examples/heap.mjs
// Objects live in one shared memory; a scope takes back what was made in it when it is left, without a collector.
import { ContextScope, getCurrentContext, MemoryManager, ProtoSpace } from 'protospace';

const space = ProtoSpace.process();

/** The longest of some texts, as an object of the space: promoted to the caller's scope, at the same address. */
function longest(texts) {
  return ContextScope.run((scope) => {
    const objects = texts.map((text) => scope.str(text));
    const [winner] = objects.sort((a, b) => b.length - a.length);
    return scope.promote(winner);
  });
}

// Entering and leaving by hand; where there is `using`, it leaves by itself.
const outer = ContextScope.enter(space.currentThread);
const { handle, value } = longest(['a short text', 'a text that is a little longer', 'another']);
console.log(`${value.toJS()} (address kept: ${value.handle === handle >>> 0})`);

const record = outer.dict({
  name: 'a dict',
  numbers: outer.tuple([1, 2.5, 2n ** 70n]),
  data: new Uint8Array([1, 2, 3]),
});
record.set('list', outer.list(['x', null, true]));
console.log(record.toJS());
console.log('depth of contexts:', getCurrentContext().depth);

// What must live across await is rooted.
const kept = record.root();
outer.leave();

const before = space.stats();
for (let i = 0; i < 10_000; i++) {
  ContextScope.run((scope) => scope.list([i, `temporary ${i}`]));
}
const after = space.stats();
console.log(
  'bytes taken back at return:',
  after.bytesReclaimedAtReturn > before.bytesReclaimedAtReturn ? 'millions' : 'none',
);
console.log('collections meanwhile:', after.collections - before.collections);

await new Promise((resolve) => setTimeout(resolve, 10));
MemoryManager.collect();
console.log('still there:', kept.get('name').toJS());
kept.dispose();
