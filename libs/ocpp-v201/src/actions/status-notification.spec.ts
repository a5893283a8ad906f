import { describe, expect, it } from '@jest/globals';
import { statusNotification } from './status-notification.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CS-1', now };
const request = { evseId: 1, connectorId: 2, connectorStatus: 'Occupied' } as const;
const effect = { kind: 'connectorStatus', evseId: 1, connectorId: 2, status: 'Occupied' };

describe('StatusNotification', () => {
  it.each([
    { timestamp: '2026-03-01T11:59:00+02:00', time: { at: new Date('2026-03-01T09:59:00Z') }, noted: [] },
    {
      timestamp: '1970-01-01T00:00:00Z',
      time: { at: now, raw: '1970-01-01T00:00:00Z', assumed: true },
      noted: ['clock-absurd'],
    },
  ])('records the status of one connector of an EVSE at $timestamp (G01)', ({ timestamp, time, noted }) => {
    expect(statusNotification.lookups({ ...request, timestamp }, facts)).toEqual({});
    expect(statusNotification.decide({ ...request, timestamp }, facts)).toEqual({
      reply: {},
      before: [{ ...effect, time }],
      noted,
    });
  });

  it('F11 tells what a message in the words of 1.6 said beyond those of 2.0.1', () => {
    const customData = { vendorId: 'ocpp-gateway', status: 'Charging', errorCode: 'GroundFailure', info: 17 };
    const reported = { ...request, timestamp: '2026-03-01T09:59:00Z', customData };
    expect(statusNotification.decide(reported, facts).before).toMatchObject([
      { status: 'Occupied', info: 'Charging', errorCode: 'GroundFailure' },
    ]);
    const own = { ...reported, customData: { ...customData, vendorId: 'vendor' } };
    expect(statusNotification.decide(own, facts).before[0]).not.toHaveProperty('errorCode');
  });
});
