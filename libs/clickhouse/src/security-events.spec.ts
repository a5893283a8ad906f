import { describe, expect, it, jest } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';
import { InvalidCursorError, encodeCursor } from '@ocpp-gw/contracts';
import { SecurityEvents, securityEventQuery } from './security-events.ts';

const EVENT = '01890a5d-ac96-774b-bcce-b302099a8057';

const row = {
  event_id: EVENT,
  occurred_ms: '1767323045678',
  recorded_ms: '1767323046000',
  protocol: 'ocpp1.6',
  type: 'TamperDetectionActivated',
  tech_info: '',
};

function sut(rows: unknown[]): SecurityEvents {
  return new SecurityEvents({
    query: jest.fn(async () => ({ json: async () => rows })),
  } as unknown as ClickHouseClient);
}

describe('securityEventQuery', () => {
  it('puts every filter into the query as a parameter, never as text', () => {
    const { query, params } = securityEventQuery({
      cpId: "CP' OR 1",
      from: new Date(1),
      to: new Date(2),
      type: "Tamper'",
      limit: 5,
      cursor: encodeCursor([3, EVENT]),
    });
    expect(query).not.toContain("'");
    expect(params).toEqual({
      cp_id: "CP' OR 1",
      from: 1,
      to: 2,
      type: "Tamper'",
      after_at: 3,
      after_event_id: EVENT,
      rows: 6,
    });
  });

  it('refuses the cursor of another list', () => {
    const cursor = encodeCursor([3, EVENT, 4]);
    expect(() => securityEventQuery({ cpId: 'CP', limit: 1, cursor })).toThrow(InvalidCursorError);
  });
});

describe('security events', () => {
  it('give empty texts as null and times as dates', async () => {
    expect(await sut([row]).list({ cpId: 'CP', limit: 10 })).toEqual({
      items: [
        {
          eventId: EVENT,
          occurredAt: new Date(1767323045678),
          recordedAt: new Date(1767323046000),
          protocol: 'ocpp1.6',
          type: 'TamperDetectionActivated',
          techInfo: null,
        },
      ],
      nextCursor: null,
    });
  });

  it('leave the extra row out and point the cursor at the last one given', async () => {
    const { items, nextCursor } = await sut([row, { ...row, occurred_ms: '1' }]).list({ cpId: 'CP', limit: 1 });
    expect(items).toHaveLength(1);
    expect(nextCursor).toBe(encodeCursor([1767323045678, EVENT]));
  });
});
