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
  ])('sends $payload (TC_G_03, TC_G_05, TC_G_07)', ({ sent, payload }) => {
    expect(changeAvailability.toCall({ kind: 'ChangeAvailability', ...sent })).toEqual({
      ok: true,
      action: 'ChangeAvailability',
      payload,
    });
  });

  it.each([
    [{ connectorId: 1 }, '/evse/id'],
    [{ evseId: 0 }, '/evse/id'],
    [{ evseId: 1, connectorId: 0 }, '/evse/connectorId'],
  ])('refuses %j, which is no place', (place, path) => {
    expect(changeAvailability.toCall({ kind: 'ChangeAvailability', operative: true, ...place })).toMatchObject({
      ok: false,
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it.each([
    { status: 'Accepted', effects: [{ operative: false, scheduled: false }] },
    { status: 'Scheduled', effects: [{ operative: false, scheduled: true }] },
    { status: 'Rejected', effects: [] },
  ] as const)('answered $status changes $effects', ({ status, effects }) => {
    const request = { operationalStatus: 'Inoperative' as const, evse: { id: 2, connectorId: 1 } };
    expect(changeAvailability.mirror.answered(request, { status })).toEqual(
      effects.map((effect) => ({ kind: 'availabilityChanged', evseId: 2, connectorId: 1, ...effect })),
    );
  });

  it('without an EVSE changes the whole station', () => {
    expect(
      changeAvailability.mirror.answered({ operationalStatus: 'Operative' }, { status: 'Accepted' }),
    ).toMatchObject([{ evseId: 0, connectorId: 0, operative: true }]);
  });
});
