import { describe, expect, it, jest } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';
import { TimeSeries } from './time-series.ts';

const period = {
  interval: '15m',
  from: new Date('2026-01-01T00:00:00.500Z'),
  to: new Date('2026-01-01T01:00:00.500Z'),
} as const;

function sut(rows: unknown[]) {
  const query = jest.fn(async (_asked: { query: string; query_params: object }) => ({ json: async () => rows }));
  return { query, series: new TimeSeries({ query } as unknown as ClickHouseClient) };
}

describe('time series', () => {
  it('give each bucket with its times, and numbers without the dust of fractions', async () => {
    const { series } = sut([{ at: '1767225600', wh: 0.1 + 0.2, estimated_wh: 0, transactions: '2' }]);
    expect(await series.energy('CP', period)).toEqual([
      {
        beginsAt: new Date('2026-01-01T00:00:00Z'),
        endsAt: new Date('2026-01-01T00:15:00Z'),
        energyWh: 0.3,
        estimatedWh: 0,
        transactions: 2,
      },
    ]);
  });

  it('give the mean power of a bucket', async () => {
    const { series } = sut([{ at: '1767225600', wh: 500, estimated: 1 }]);
    expect(await series.energyOfTransaction('CP', '7', period)).toMatchObject([{ meanPowerW: 2000, estimated: true }]);
  });

  it('put every filter into the query as a parameter, never as text', async () => {
    const { series, query } = sut([]);
    await series.meterValues("CP' OR 1", period, { measurand: "Voltage'", transactionId: "7'" });
    await series.energyOfTransaction("CP'", "7'", period);
    for (const [{ query: text }] of query.mock.calls) expect(text).not.toMatch(/Voltage|CP'|7'/);
    expect(query.mock.calls[0]?.[0].query_params).toEqual({
      cp_id: "CP' OR 1",
      measurand: "Voltage'",
      transaction_id: "7'",
      from: 1767225600,
      to: 1767229201,
    });
  });
});
