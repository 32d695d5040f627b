/**
 * First code of a carrier, a Worker: runs the runtime beside it from the code cache. Small, as every Worker compiles it anew. The first carrier of
 * the command line is started before its host knows what it shall run: it gets that, and the files it needs, as a message.
 */
import { join } from 'node:path';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { BundleFiles } from './bundle-files.js';
import { type CachedScript, runCached } from './code-cache.js';

/** Hash of the sources that the bundles are made of; the build puts it in. */
declare const PROTOSPACE_BUILD: string;
declare const __dirname: string;
declare const require: NodeJS.Require;

/** What lib/cli/first-carrier.ts tells when the word at `gate` is set. */
interface Orders {
  readonly files: BundleFiles;
  readonly env: Readonly<Record<string, string>>;
  readonly first: unknown;
  readonly port: MessagePort;
}

/** Waits for the orders, when there will be some; returns the files that came with them. */
function takeOrders(data: { gate?: Int32Array; port?: MessagePort; first?: unknown } | null): BundleFiles | undefined {
  if (data?.gate === undefined) return undefined;
  Atomics.wait(data.gate, 0, 0);
  const { env, first, files, port } = (receiveMessageOnPort(parentPort!) as { message: Orders }).message;
  Object.assign(process.env, env);
  data.first = first;
  data.port = port;
  return files;
}

const scripts: CachedScript[] = [];

/** The value of a script in this folder. */
function load(name: string, files?: BundleFiles): unknown {
  const script = runCached(join(__dirname, name), PROTOSPACE_BUILD, files);
  scripts.push(script);
  return script.value;
}

// Where the runtime finds what it may ask of its loader: `save` says that now is a good time to keep what was compiled.
(globalThis as Record<symbol, unknown>)[Symbol.for('protospace.loader')] = {
  load,
  save: () => scripts.forEach((script) => script.save()),
};
const run = load('runtime.js', takeOrders(workerData)) as (...parameters: unknown[]) => void;
const module = { exports: {} };
run(module.exports, require, module, join(__dirname, 'runtime.js'), __dirname);
