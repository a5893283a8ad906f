import { describe, expect, it } from '@jest/globals';
import { changeAvailability } from './change-availability.ts';

describe('ChangeAvailability', () => {
  it.each([
    { sent: { operative: true }, payload: { connectorId: 0, type: 'Operative' } },
    { sent: { operative: false, evseId: 2 }, payload: { connectorId: 2, type: 'Inoperative' } },
    { sent: { operative: false, evseId: 2, connectorId: 2 }, payload: { connectorId: 2, type: 'Inoperative' } },
  ])('sends $payload', ({ sent, payload }) => {
    expect(changeAvailability.toCall({ kind: 'ChangeAvailability', ...sent })).toEqual({
      ok: true,
      action: 'ChangeAvailability',
      payload,
    });
  });

  it.each([{ evseId: 1, connectorId: 2 }, { connectorId: 1 }])(
    'refuses $evseId/$connectorId, which no 1.6 charge point has',
    (place) => {
      expect(changeAvailability.toCall({ kind: 'ChangeAvailability', operative: true, ...place })).toMatchObject({
        ok: false,
        kind: 'notSupported',
        reason: expect.stringContaining('OCPP 1.6'),
      });
    },
  );

  it('refuses a connector below 0', () => {
    expect(changeAvailability.toCall({ kind: 'ChangeAvailability', operative: true, evseId: -1 })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/connectorId', message: 'must be 0 or more' }],
    });
  });

  it.each([
    { status: 'Accepted', effects: [{ operative: false, scheduled: false }] },
    { status: 'Scheduled', effects: [{ operative: false, scheduled: true }] },
    { status: 'Rejected', effects: [] },
  ] as const)('answered $status changes $effects', ({ status, effects }) => {
    expect(changeAvailability.mirror.answered({ connectorId: 2, type: 'Inoperative' }, { status })).toEqual(
      effects.map((effect) => ({ kind: 'availabilityChanged', evseId: 2, connectorId: 2, ...effect })),
    );
  });

  it('of connector 0 changes the whole charge point', () => {
    expect(
      changeAvailability.mirror.answered({ connectorId: 0, type: 'Operative' }, { status: 'Accepted' }),
    ).toMatchObject([{ evseId: 0, connectorId: 0, operative: true }]);
  });
});
