import { describe, expect, it } from '@jest/globals';
import { ingestReport } from './report.ts';

describe('ingestReport', () => {
  it('says what a sample costs each process, and how soon it can be queried', () => {
    const report = ingestReport({
      samples: 1_000_000,
      seconds: 20,
      spent: { 'clickhouse-ingestor': 10, clickhouse: 5 },
      freshness: { count: 9, p50: 400.4, p95: 700, p99: 800, max: 900 },
    });
    expect(report).toContain('1000000 samples in 20.0 s: 50000 a second');
    expect(report).toMatch(/clickhouse-ingestor +10\.0 +10\.0 +100000/);
    expect(report).toMatch(/together +15\.0 +15\.0 +66667/);
    expect(report).toContain('9 single events, ms: p50 400, p95 700, p99 800, max 900');
  });
});
