import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeHeapSnapshot } from 'node:v8';
import type { Memory } from './probed.ts';

/** Loaded into a server that is measured, with `--expose-gc`: on SIGUSR2 it writes what the process holds. */
const { BENCH_PROBE: folder = '.', BENCH_SNAPSHOTS: snapshots } = process.env;
/** What is only held by what a collection has just freed needs another one. */
const COLLECTIONS = 4;
let asked = 0;

process.on('SIGUSR2', () => {
  asked += 1;
  const { rss, heapTotal } = process.memoryUsage();
  for (let n = 0; n < COLLECTIONS; n++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  const memory: Memory = { heap: heapUsed, external, committed: heapTotal, resident: rss };
  const answer = join(folder, `${process.pid}-${asked}.json`);
  writeFileSync(`${answer}.part`, JSON.stringify(memory));
  if (snapshots !== undefined) {
    mkdirSync(snapshots, { recursive: true });
    writeHeapSnapshot(join(snapshots, `${process.pid}-${asked}.heapsnapshot`));
  }
  renameSync(`${answer}.part`, answer);
});
