import { describe, expect, it } from '@jest/globals';
import { triggerMessage } from './trigger-message.ts';

describe('TriggerMessage', () => {
  it.each([
    { sent: { requestedMessage: 'Heartbeat' }, payload: { requestedMessage: 'Heartbeat' } },
    {
      sent: { requestedMessage: 'MeterValues', evseId: 1 },
      payload: { requestedMessage: 'MeterValues', evse: { id: 1 } },
    },
    {
      sent: { requestedMessage: 'StatusNotification', evseId: 2 },
      payload: { requestedMessage: 'StatusNotification', evse: { id: 2, connectorId: 1 } },
    },
    {
      sent: { requestedMessage: 'SignChargePointCertificate' },
      payload: { requestedMessage: 'SignChargingStationCertificate' },
    },
    {
      sent: { requestedMessage: 'DiagnosticsStatusNotification' },
      payload: { requestedMessage: 'LogStatusNotification' },
    },
    { sent: { requestedMessage: 'SignV2GCertificate' }, payload: { requestedMessage: 'SignV2GCertificate' } },
  ])('sends $payload (TC_F_11, TC_F_20, TC_F_23, TC_A_11)', ({ sent, payload }) => {
    expect(triggerMessage.toCall(sent as never)).toEqual({ ok: true, action: 'TriggerMessage', payload });
  });

  it.each([
    ['a message that no station sends', { requestedMessage: 'Reset' }, '/requestedMessage'],
    ['the whole station for an EVSE', { requestedMessage: 'MeterValues', evseId: 0 }, '/evse/id'],
    ['a status of no connector (F06.FR.12)', { requestedMessage: 'StatusNotification' }, '/evse'],
  ])('refuses %s', (_, sent, path) => {
    expect(triggerMessage.toCall(sent as never)).toMatchObject({ kind: 'invalidPayload', errors: [{ path }] });
  });
});
