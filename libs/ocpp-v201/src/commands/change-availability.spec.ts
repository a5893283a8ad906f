import { describe, expect, it } from '@jest/globals';
import { changeAvailability } from './change-availability.ts';

describe('ChangeAvailability', () => {
  it.each([
    { sent: { operative: true }, payload: { operationalStatus: 'Operative' } },
    { sent: { operative: false, evseId: 2 }, payload: { operationalStatus: 'Inoperative', evse: { id: 2 } } },
    {
      sent: { operative: false, evseId: 2, connectorId: 1 },
      payload: { operationalStatus: 'Inoperative', evse: { id: 2, connectorId: 1 } },
    },
  ])('sends $payload', ({ sent, payload }) => {
    expect(changeAvailability({ kind: 'ChangeAvailability', ...sent })).toEqual({
      ok: true,
      action: 'ChangeAvailability',
      payload,
    });
  });

  it('refuses a connector without its EVSE', () => {
    expect(changeAvailability({ kind: 'ChangeAvailability', operative: true, connectorId: 1 })).toEqual({
      ok: false,
      kind: 'invalidPayload',
      action: 'ChangeAvailability',
      errors: [{ path: '/evseId', message: 'is required when connectorId is given' }],
    });
  });
});
