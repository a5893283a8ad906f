import { renderTable } from '../table.ts';
import type { Ingested } from './ingest.ts';

/** What each process spent on a sample, and how soon a sample could be queried. */
export function ingestReport({ samples, seconds, spent, freshness }: Ingested): string {
  const rows = Object.entries(spent).map(([name, cpu]) => cells(name, cpu, samples));
  const together = cells(
    'together',
    Object.values(spent).reduce((sum, cpu) => sum + cpu, 0),
    samples,
  );
  const table = renderTable([['process', 'CPU s', 'µs a sample', 'samples a second and core'], ...rows, together]);
  const rate = `${samples} samples in ${seconds.toFixed(1)} s: ${Math.round(samples / seconds)} a second`;
  return [rate, table, ...(freshness ? [freshLine(freshness)] : [])].join('\n\n');
}

function cells(name: string, cpu: number, samples: number): string[] {
  return [name, cpu.toFixed(1), ((cpu / samples) * 1e6).toFixed(1), String(Math.round(samples / cpu))];
}

function freshLine({ count, p50, p95, p99, max }: NonNullable<Ingested['freshness']>): string {
  const [half, most, nearly, worst] = [p50, p95, p99, max].map((ms) => Math.round(ms));
  return `from Kafka to queryable, ${count} single events, ms: p50 ${half}, p95 ${most}, p99 ${nearly}, max ${worst}`;
}
