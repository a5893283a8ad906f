import { describe, expect, it } from '@jest/globals';
import { extendedTriggerMessage } from './extended-trigger-message.ts';

describe('ExtendedTriggerMessage', () => {
  it.each([
    {
      sent: { requestedMessage: 'SignChargePointCertificate' },
      payload: { requestedMessage: 'SignChargePointCertificate' },
    },
    {
      sent: { requestedMessage: 'StatusNotification', evseId: 2 },
      payload: { requestedMessage: 'StatusNotification', connectorId: 2 },
    },
  ])('sends $payload (TC_074)', ({ sent, payload }) => {
    expect(extendedTriggerMessage.toCall({ kind: 'ExtendedTriggerMessage', ...sent } as never)).toEqual({
      ok: true,
      action: 'ExtendedTriggerMessage',
      payload,
    });
  });

  it.each([
    [{ requestedMessage: 'DiagnosticsStatusNotification' }, '/requestedMessage'],
    [{ requestedMessage: 'MeterValues', evseId: 0 }, '/connectorId'],
  ])('refuses %j', (sent, path) => {
    expect(extendedTriggerMessage.toCall({ kind: 'ExtendedTriggerMessage', ...sent } as never)).toMatchObject({
      ok: false,
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });
});
