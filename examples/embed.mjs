// Python inside a Node program: node examples/embed.mjs
// Python runs on threads of its own; this thread stays free, and values go both ways without serialising.
import { PythonEnvironment, PythonError } from 'protospace';

const python = await PythonEnvironment.create({ stdout: (text) => process.stdout.write(`python says: ${text}`) });

// The value of the last expression comes back as a JavaScript value.
console.log('2 ** 100 =', await python.run('2 ** 100'));

// Globals are read and written at once, in the shared heap.
python.set('orders', [
  { item: 'tea', price: 3.5, count: 2 },
  { item: 'cake', price: 4.25, count: 1 },
]);
await python.run(`
def total(orders, discount=0):
    print(f"{len(orders)} orders")
    return round(sum(o["price"] * o["count"] for o in orders) * (1 - discount), 2)
`);
console.log('total:', await python.run('total(orders)'));
console.log('with a discount:', await python.apply('total', [python.get('orders')], { kwargs: { discount: 0.1 } }));

// What has no counterpart in JavaScript stays a Python object.
const counter = await python.run('import collections\ncollections.Counter("abracadabra")');
console.log('an object of type', counter.type, 'with', counter.get('a').toJS(), 'times a');
counter.dispose();

// Calls that are not awaited run on as many cores as there are.
await python.run(`
def primes(first, last):
    return sum(all(n % d for d in range(2, int(n ** 0.5) + 1)) for n in range(first, last))
`);
const parts = await Promise.all([python.call('primes', 2, 10_000), python.call('primes', 10_000, 20_000)]);
console.log(parts[0] + parts[1], 'primes below 20000');

// A Python exception rejects, with the traceback.
try {
  await python.run('{}["missing"]');
} catch (error) {
  if (!(error instanceof PythonError)) throw error;
  console.log(`${error.type}: ${error.message}`);
}

// A signal ends what runs too long; timers fire meanwhile.
let ticks = 0;
const timer = setInterval(() => ticks++, 10);
await python.run('while True: pass', { signal: AbortSignal.timeout(200) }).catch((reason) => {
  console.log(`${reason.name} after a timer fired ${ticks > 5 ? 'many times' : `${ticks} times`}`);
});
clearInterval(timer);

await python.close();
