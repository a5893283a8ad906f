import { describe, expect, it } from '@jest/globals';
import { statusNotification } from './status-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CP-1', now };

describe('StatusNotification', () => {
  it('records all that was said, of connector N as EVSE N (4.9)', () => {
    const request = {
      connectorId: 2,
      status: 'Faulted',
      errorCode: 'OtherError',
      info: 'door open',
      vendorId: 'V',
      vendorErrorCode: '0x17',
      timestamp: '2026-03-01T11:59:00+02:00',
    } as const;
    const { connectorId, timestamp: _, ...said } = request;
    expect(statusNotification.lookups(request, facts)).toEqual({});
    expect(statusNotification.decide(request, facts)).toEqual({
      reply: {},
      before: [
        {
          kind: 'connectorStatus',
          evseId: connectorId,
          connectorId,
          ...said,
          time: { at: new Date('2026-03-01T09:59:00Z') },
        },
      ],
      noted: [],
    });
  });

  it.each([
    { timestamp: undefined, time: { at: now, assumed: true }, noted: [] },
    {
      timestamp: '1970-01-01T00:00:00Z',
      time: { at: now, raw: '1970-01-01T00:00:00Z', assumed: true },
      noted: ['clock-absurd'],
    },
    {
      timestamp: '2026-03-01T09:00:00',
      time: { at: new Date('2026-03-01T09:00:00Z'), raw: '2026-03-01T09:00:00' },
      noted: [],
    },
  ])('reads the time $timestamp and notes $noted', ({ timestamp, time, noted }) => {
    const request = { connectorId: 0, status: 'Available', errorCode: 'NoError', timestamp } as const;
    expect(statusNotification.decide(request, facts)).toEqual({
      reply: {},
      before: [{ kind: 'connectorStatus', evseId: 0, connectorId: 0, status: 'Available', errorCode: 'NoError', time }],
      noted,
    });
  });
});
