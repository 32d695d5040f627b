// Two copies of the package in one process: one space, one set of threads.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [first, second] = await Promise.all(
  ['first', 'second'].map((name) => {
    const require = createRequire(new URL(`./${name}/program.mjs`, import.meta.url));
    return import(pathToFileURL(require.resolve('protospace')));
  }),
);
if (first.ProtoSpace === second.ProtoSpace) throw new Error('these are no two copies');
using made = first.ContextScope.run((scope) => scope.list([1, 'two']).root());
using same = second.ProtoSpace.process().fromHandle(made.handle).root();
console.log(JSON.stringify(same.toJS()), first.ProtoSpace.process().allocator, second.ProtoSpace.process().allocator);
const python = await first.PythonEnvironment.create();
console.log(await python.run('[i * i for i in range(4)]'));
await python.close();
