// Loaded before a program: says at the end how much memory the process had resident at most.
const { isMainThread } = require('node:worker_threads');
if (isMainThread)
  process.on('exit', () => process.stderr.write(`peak kilobytes ${process.resourceUsage().maxRSS}\n`));
