import { describe, expect, it } from '@jest/globals';
import { translate } from './table.ts';

describe('Call', () => {
  it('forwards a valid payload as it is', () => {
    const payload = { requestId: 1, reportBase: 'FullInventory' };
    expect(translate({ kind: 'Call', action: 'GetBaseReport', payload })).toEqual({
      ok: true,
      action: 'GetBaseReport',
      payload,
    });
  });

  it('names every fault of an invalid one', () => {
    const payload = { evse: { connectorId: 'one' }, operationalStatus: 'Gone', extra: 1 };
    const translation = translate({ kind: 'Call', action: 'ChangeAvailability', payload });
    expect(translation).toMatchObject({ ok: false, kind: 'invalidPayload' });
    expect(translation.ok === false && translation.kind === 'invalidPayload' && translation.errors).toEqual(
      expect.arrayContaining([
        { path: '/evse/id', message: 'is required' },
        { path: '/evse/connectorId', message: 'must be integer' },
        { path: '/operationalStatus', message: 'must be one of Inoperative, Operative' },
        { path: '/extra', message: 'is not a field of this message' },
      ]),
    );
  });

  it.each([
    ['BootNotification', 'is sent by the charging station, not to it'],
    ['unlockconnector', 'spells it UnlockConnector'],
    ['RemoteStartTransaction', 'has no action RemoteStartTransaction; a CSMS may send CancelReservation, '],
    ['toString', 'has no action toString'],
  ])('does not send %s', (action, reason) => {
    expect(translate({ kind: 'Call', action, payload: {} })).toEqual({
      ok: false,
      kind: 'notSupported',
      reason: expect.stringContaining(reason),
    });
  });

  it('sends DataTransfer, which goes both ways', () => {
    expect(translate({ kind: 'Call', action: 'DataTransfer', payload: { vendorId: 'V' } }).ok).toBe(true);
  });
});
