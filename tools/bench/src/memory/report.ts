import { renderTable } from '../table.ts';
import type { Memory } from './probed.ts';

/** Bytes of one connection, by server; the first is the one that the others are compared with. */
export type MemoryByServer = ReadonlyMap<string, Memory>;

export function memoryReport(servers: MemoryByServer): string {
  const [beside] = servers.values();
  const row = ([name, { heap, external, committed, resident }]: [string, Memory]): string[] => [
    name,
    ...[heap, external, committed, resident].map((bytes) => (bytes / 1024).toFixed(1)),
    ...[heap / (beside?.heap ?? NaN), resident / (beside?.resident ?? NaN)].map((ratio) => ratio.toFixed(2)),
  ];
  const titles = [
    'KiB a connection',
    'heap',
    'external',
    'heap taken',
    'resident',
    'ratio of heap',
    'ratio of resident',
  ];
  return renderTable([titles, ...[...servers].map(row)]);
}
