import { describe, expect, it, jest } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';
import { encodeCursor } from '@ocpp-gw/contracts';
import { StatusHistory, statusQuery } from './status-history.ts';

const EVENT = '01890a5d-ac96-774b-bcce-b302099a8057';

describe(statusQuery.name, () => {
  it('puts every filter into the query as a parameter, never as text', () => {
    const { query, params } = statusQuery({
      cpId: "CP' OR 1",
      from: new Date(1),
      evseId: 2,
      connectorId: 1,
      status: "Faulted'",
      limit: 10,
      cursor: encodeCursor([5, EVENT]),
    });
    expect(query).not.toMatch(/OR 1|Faulted/);
    expect(params).toMatchObject({ cp_id: "CP' OR 1", evse_id: 2, connector_id: 1, status: "Faulted'", rows: 11 });
  });

  it('asks for every connector unless one is named, and for the whole charge point by 0', () => {
    expect(statusQuery({ cpId: 'CP', limit: 1 }).query).not.toMatch(/evse_id =/);
    expect(statusQuery({ cpId: 'CP', limit: 1, evseId: 0 }).params).toMatchObject({ evse_id: 0 });
  });
});

describe(StatusHistory.name, () => {
  it('reads statuses; what the charge point did not say is null', async () => {
    const row = {
      event_id: EVENT,
      occurred_ms: '1767323045678',
      recorded_ms: '1767323046000',
      protocol: 'ocpp2.0.1',
      evse_id: 1,
      connector_id: 1,
      status: 'Available',
      error_code: '',
      info: '',
      vendor_id: '',
      vendor_error_code: '',
    };
    const query = jest.fn(async (_asked: { query: string }) => ({ json: async () => [row, row] }));
    const { items, nextCursor } = await new StatusHistory({ query } as unknown as ClickHouseClient).list({
      cpId: 'CP',
      limit: 1,
    });
    expect(query.mock.lastCall?.[0].query).toMatch(/FROM connector_status FINAL/);
    expect(items).toEqual([
      {
        eventId: EVENT,
        occurredAt: new Date(1767323045678),
        recordedAt: new Date(1767323046000),
        protocol: 'ocpp2.0.1',
        evseId: 1,
        connectorId: 1,
        status: 'Available',
        errorCode: null,
        info: null,
        vendorId: null,
        vendorErrorCode: null,
      },
    ]);
    expect(nextCursor).toBe(encodeCursor([1767323045678, EVENT]));
  });
});
