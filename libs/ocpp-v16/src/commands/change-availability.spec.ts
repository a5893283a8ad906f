import { describe, expect, it } from '@jest/globals';
import { changeAvailability } from './change-availability.ts';

describe('ChangeAvailability', () => {
  it.each([
    { sent: { operative: true }, payload: { connectorId: 0, type: 'Operative' } },
    { sent: { operative: false, evseId: 2 }, payload: { connectorId: 2, type: 'Inoperative' } },
    { sent: { operative: false, evseId: 2, connectorId: 2 }, payload: { connectorId: 2, type: 'Inoperative' } },
  ])('sends $payload', ({ sent, payload }) => {
    expect(changeAvailability({ kind: 'ChangeAvailability', ...sent })).toEqual({
      ok: true,
      action: 'ChangeAvailability',
      payload,
    });
  });

  it.each([{ evseId: 1, connectorId: 2 }, { connectorId: 1 }])(
    'refuses $evseId/$connectorId, which no 1.6 charge point has',
    (place) => {
      expect(changeAvailability({ kind: 'ChangeAvailability', operative: true, ...place })).toMatchObject({
        ok: false,
        kind: 'notSupported',
        reason: expect.stringContaining('OCPP 1.6'),
      });
    },
  );
});
