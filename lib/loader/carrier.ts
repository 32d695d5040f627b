/** First code of a carrier, a Worker: runs the runtime beside it from the code cache. Small, as every Worker compiles it anew. */
import { join } from 'node:path';
import { runCached } from './code-cache.js';

/** Hash of the sources that the bundles are made of; the build puts it in. */
declare const PROTOSPACE_BUILD: string;
declare const __dirname: string;
declare const require: NodeJS.Require;

const file = join(__dirname, 'runtime.js');
const script = runCached(file, PROTOSPACE_BUILD);
// Where the runtime finds what it may tell its loader: that now is a good time to keep what was compiled.
(globalThis as Record<symbol, unknown>)[Symbol.for('protospace.loader')] = script;
const module = { exports: {} };
(script.value as (...parameters: unknown[]) => void)(module.exports, require, module, file, __dirname);
