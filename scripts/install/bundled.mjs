// To be bundled: Python in a program that is one file.
import { ProtoSpace, PythonEnvironment } from 'protospace';

async function main() {
  const python = await PythonEnvironment.create();
  console.log(await python.run('import json\njson.dumps({"a": [1, 2]})'), ProtoSpace.process().allocator);
  await python.close();
}
main();
