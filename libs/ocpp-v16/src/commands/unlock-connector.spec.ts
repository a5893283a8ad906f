import { describe, expect, it } from '@jest/globals';
import { unlockConnector } from './unlock-connector.ts';

describe('UnlockConnector', () => {
  it.each([{ evseId: 2 }, { evseId: 2, connectorId: 2 }])('names connector 2 for %j', (place) => {
    expect(unlockConnector.toCall({ kind: 'UnlockConnector', ...place })).toEqual({
      ok: true,
      action: 'UnlockConnector',
      payload: { connectorId: 2 },
    });
  });

  it('refuses a second connector of an EVSE, which no 1.6 charge point has', () => {
    expect(unlockConnector.toCall({ kind: 'UnlockConnector', evseId: 1, connectorId: 2 })).toMatchObject({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining('OCPP 1.6'),
    });
  });

  it('refuses the whole charge point', () => {
    expect(unlockConnector.toCall({ kind: 'UnlockConnector', evseId: 0 })).toEqual({
      ok: false,
      kind: 'invalidPayload',
      action: 'UnlockConnector',
      errors: [{ path: '/connectorId', message: 'must be 1 or more' }],
    });
  });
});
