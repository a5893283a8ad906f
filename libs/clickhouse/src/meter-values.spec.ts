import { describe, expect, it, jest } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';
import { encodeCursor } from '@ocpp-gw/contracts';
import { MeterValues, meterValueQuery } from './meter-values.ts';

const EVENT = '01890a5d-ac96-774b-bcce-b302099a8057';

const row = {
  event_id: EVENT,
  sample_no: 2,
  sampled_ms: '1767323045678',
  recorded_ms: '1767323046000',
  protocol: 'ocpp1.6',
  evse_id: 1,
  connector_id: 1,
  transaction_id: '',
  measurand: 'Voltage',
  phase: '',
  location: '',
  context: '',
  format: 'Raw',
  value: 230.5,
  unit: 'V',
  raw_value: '230.5',
  raw_unit: 'V',
  unit_assumed: false,
  signed: false,
};

function sut(rows: unknown[]): MeterValues {
  return new MeterValues({ query: jest.fn(async () => ({ json: async () => rows })) } as unknown as ClickHouseClient);
}

describe('meterValueQuery', () => {
  it('asks for one row more than the page', () => {
    expect(meterValueQuery({ cpId: 'CP', limit: 10 }).params).toEqual({ cp_id: 'CP', rows: 11 });
  });

  it('puts every filter into the query as a parameter, never as text', () => {
    const { query, params } = meterValueQuery({
      cpId: "CP' OR 1",
      from: new Date(1),
      to: new Date(2),
      measurand: "Voltage'",
      transactionId: "7'",
      limit: 5,
      cursor: encodeCursor([3, EVENT, 4]),
    });
    expect(query).not.toContain("'");
    expect(params).toEqual({
      cp_id: "CP' OR 1",
      from: 1,
      to: 2,
      measurand: "Voltage'",
      transaction_id: "7'",
      after_at: 3,
      after_event_id: EVENT,
      after_sample_no: 4,
      rows: 6,
    });
  });
});

describe('meter values', () => {
  it('give empty texts as null and times as dates', async () => {
    const { items, nextCursor } = await sut([row]).list({ cpId: 'CP', limit: 10 });
    expect(nextCursor).toBeNull();
    expect(items[0]).toMatchObject({
      sampledAt: new Date(1767323045678),
      transactionId: null,
      phase: null,
      format: 'Raw',
      value: 230.5,
    });
  });

  it('give a place that is not known as 0', async () => {
    const { items } = await sut([{ ...row, evse_id: null, connector_id: null }]).list({ cpId: 'CP', limit: 10 });
    expect(items).toMatchObject([{ evseId: 0, connectorId: 0 }]);
  });

  it('leave the extra row out and point the cursor at the last one given', async () => {
    const { items, nextCursor } = await sut([row, { ...row, sample_no: 1 }]).list({ cpId: 'CP', limit: 1 });
    expect(items).toHaveLength(1);
    expect(nextCursor).toBe(encodeCursor([1767323045678, EVENT, 2]));
  });
});
