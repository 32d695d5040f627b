/** The counters of heap and threads, as --stats prints them. */
import * as L from '../heap/layout.generated.js';
import { readStats, type Stats } from '../heap/stats.js';

function rows(stats: Stats): [string, number | string][] {
  const milliseconds = (n: number): string => `${(n / 1000).toFixed(n < 1000 ? 2 : 1)} ms`;
  const cells = (bytes: number): number => Math.round(bytes / L.CELL_BYTES);
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  return [
    ['memory alive at the last collection', megabytes(stats.bytesLive)],
    ['memory free', megabytes(stats.bytesFree)],
    ['memory committed', megabytes(stats.bytesCommitted)],
    ['allocated a second', megabytes(stats.bytesAllocatedPerSecond)],
    ['cells allocated', stats.cellsAllocated],
    ['cells reclaimed at return', cells(stats.bytesReclaimedAtReturn)],
    ['cells reclaimed by young collection', cells(stats.bytesReclaimedByYoungCollection)],
    ['cells reclaimed by the collector', cells(stats.bytesReclaimedByCollector)],
    ['batches, native allocator', stats.batchesNative],
    ['batches, TypeScript allocator', stats.batchesTs],
    ['contexts pushed', stats.contextsPushed],
    ['threads', stats.threadsStarted],
    ['collections', stats.collections],
    ['longest pause', milliseconds(stats.longestPauseMicroseconds)],
    ['pauses, median', milliseconds(stats.medianPauseMicroseconds)],
    ['pauses, 99th percentile', milliseconds(stats.pause99Microseconds)],
    ['their CPU time, 99th percentile', milliseconds(stats.stop99Microseconds)],
    ['locks taken', stats.locksTaken],
    ['functions and loops compiled', stats.compiled],
    ['compiled code entered', stats.compiledEntered],
    ['compiled code left', stats.compiledLeft],
  ];
}

/** The counters as rows, or as one line of JSON: what `space.stats()` gives. */
export function statsText(form: 'text' | 'json'): string {
  const stats = readStats();
  if (form === 'json') return `${JSON.stringify(stats)}\n`;
  return rows(stats)
    .map(([name, value]) => `${name.padEnd(38)}${value}\n`)
    .join('');
}
