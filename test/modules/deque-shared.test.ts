import assert from 'node:assert/strict';
import { CARRIER } from '../../lib/heap/carrier.js';
import * as L from '../../lib/heap/layout.generated.js';
import { atomics, i32 } from '../../lib/heap/memory.js';
import { verifyStopped } from '../../lib/heap/verify.js';
import { dequePop, dequePush, newDeque } from '../../lib/modules/deque.js';
import * as S from '../../lib/modules/deque-shared.js';
import { isOwned, publish } from '../../lib/objects/sync.js';
import * as T from '../../lib/objects/type-ids.js';
import { generator } from '../model/random.js';
import { mountThread, unmountThread, py } from '../objects/containers-helpers.js';

function deque(items: readonly number[], most = -1): number {
  const d = newDeque(T.typeHandle(T.T_DEQUE), most);
  for (const i of items) dequePush(d, py(i), false);
  return d;
}

function shared(items: readonly number[], most = -1): number {
  const d = deque(items, most);
  publish(d);
  assert.equal(isOwned(d), false);
  return d;
}

const values = (d: number): number[] => S.sharedItems(d).map((h) => h >> 1);

/** Runs `other` just before the first compare-and-swap within `body`: as another thread that was faster. */
function overtaken(body: () => void, other: () => void, times = 1): void {
  const { cas } = atomics;
  let left = times;
  (atomics as { cas: typeof cas }).cas = (address, expected, desired) => {
    if (left > 0) {
      const now = left--;
      left = 0;
      other();
      left = now - 1;
    }
    return cas(address, expected, desired);
  };
  try {
    body();
  } finally {
    (atomics as { cas: typeof cas }).cas = cas;
  }
}

describe('modules/deque-shared', () => {
  before(mountThread);
  after(unmountThread);

  it('goes on with what the owner left, also when it went round the end of the ring', () => {
    const d = deque([1, 2, 3, 4, 5, 6, 7, 8]);
    for (let i = 0; i < 5; i++) dequePop(d, true);
    for (const i of [9, 10, 11]) dequePush(d, py(i), false);
    publish(d);
    assert.deepEqual(values(d), [6, 7, 8, 9, 10, 11]);
    assert.equal(i32[(d >>> 2) + L.DEQUE_RING], 0);
  });

  it('does at random what an array does', () => {
    const next = generator(7);
    for (const most of [-1, 0, 1, 3, 8]) {
      const d = shared([], most);
      let model: number[] = [];
      for (let step = 0; step < 2000; step++) {
        const left = next(2) === 0;
        switch (next(8)) {
          case 0:
          case 1:
            assert.equal(dequePop(d, left) >> 1, (left ? model.shift() : model.pop()) ?? 0);
            break;
          case 2:
            if (next(40) === 0) {
              S.sharedEdit(d, (items) => items.reverse());
              model.reverse();
            }
            break;
          case 3: {
            const i = next(12) - 6;
            assert.equal(S.sharedItem(d, i) >> 1, model.at(i) ?? 0);
            break;
          }
          case 4: {
            const i = next(12) - 6;
            assert.equal(S.sharedSet(d, i, py(step)), model.at(i) !== undefined);
            if (model.at(i) !== undefined) model[i < 0 ? i + model.length : i] = step;
            break;
          }
          default:
            dequePush(d, py(step), left);
            if (left) model.unshift(step);
            else model.push(step);
            if (most >= 0 && model.length > most)
              model = left ? model.slice(0, most) : model.slice(model.length - most);
        }
        assert.equal(S.sharedCount(d), model.length);
        if (step % 16 === 0) assert.deepEqual(values(d), model);
      }
    }
    verifyStopped(100_000);
  });

  for (const left of [true, false])
    for (const other of [
      ['adds on the left', (d: number) => dequePush(d, py(100), true)],
      ['adds on the right', (d: number) => dequePush(d, py(100), false)],
      ['takes from the left', (d: number) => dequePop(d, true)],
      ['takes from the right', (d: number) => dequePop(d, false)],
      ['reverses', (d: number) => S.sharedEdit(d, (items) => items.reverse())],
    ] as const)
      for (const inLists of [true, false])
        it(`${left ? 'left' : 'right'}: starts again when another ${other[0]} first${inLists ? ', items in lists' : ''}`, () => {
          const items = Array.from({ length: 20 }, (_, i) => i + 1);
          const make = (): number => {
            const d = shared(inLists ? [] : items);
            if (inLists) for (const i of items) dequePush(d, py(i), !left);
            return d;
          };
          for (const body of [(d: number) => dequePop(d, left), (d: number) => dequePush(d, py(200), left)]) {
            const [d, expected] = [make(), make()];
            for (let k = 0; k < 3; k++) other[1](expected);
            body(expected);
            overtaken(
              () => body(d),
              () => other[1](d),
              3,
            );
            assert.deepEqual(values(d), values(expected));
          }
        });

  it('a full one stays at its bound when another adds first', () => {
    const d = shared([1, 2, 3], 3);
    overtaken(
      () => dequePush(d, py(4), false),
      () => dequePush(d, py(5), true),
    );
    assert.deepEqual(values(d), [1, 2, 4]);
  });

  it('taking the first of many that are added all the time copies each once', () => {
    const d = shared([]);
    for (let i = 1; i <= 1000; i++) dequePush(d, py(i), false);
    const bump = (): number => i32[CARRIER + L.CAR_ALLOCATED_LO]!;
    const before = bump();
    overtaken(
      () => assert.equal(dequePop(d, true) >> 1, 1),
      () => dequePush(d, py(7), false),
      50,
    );
    assert.ok(bump() - before < 60_000, `${bump() - before} bytes in new runs`);
    assert.equal(S.sharedCount(d), 1049);
  });

  it('what was taken is not kept alive by its array', () => {
    const d = shared([1, 2, 3, 4]);
    values(d);
    const state = i32[(d >>> 2) + L.DEQUE_SHARED]!;
    const array = i32[(state >>> 2) + L.DEQUESTATE_WINDOW]!;
    dequePop(d, true);
    dequePop(d, false);
    const items = [0, 1, 2, 3].map((i) => i32[(array >>> 2) + L.ARRAY_ITEMS + i]!);
    assert.deepEqual(items, [0, py(2), py(3), 0]);
  });
});
