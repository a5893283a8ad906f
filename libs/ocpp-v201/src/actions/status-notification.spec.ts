import { expect, it } from '@jest/globals';
import { statusNotification } from './status-notification.ts';

it('StatusNotification records the status of one connector of an EVSE (G01)', () => {
  const facts = { cpId: 'CS-1', now: new Date('2026-03-01T10:00:00Z') };
  const request = {
    evseId: 1,
    connectorId: 2,
    connectorStatus: 'Occupied',
    timestamp: '2026-03-01T11:59:00+02:00',
  } as const;
  expect(statusNotification.lookups(request, facts)).toEqual({});
  expect(statusNotification.decide(request, facts)).toEqual({
    reply: {},
    before: [
      {
        kind: 'connectorStatus',
        evseId: 1,
        connectorId: 2,
        status: 'Occupied',
        time: { at: new Date('2026-03-01T09:59:00Z') },
      },
    ],
  });
});
