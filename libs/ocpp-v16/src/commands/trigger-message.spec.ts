import { describe, expect, it } from '@jest/globals';
import { triggerMessage } from './trigger-message.ts';

describe('TriggerMessage', () => {
  it.each([
    { sent: { requestedMessage: 'Heartbeat' }, payload: { requestedMessage: 'Heartbeat' } },
    {
      sent: { requestedMessage: 'MeterValues', evseId: 1 },
      payload: { requestedMessage: 'MeterValues', connectorId: 1 },
    },
  ])('sends $payload (TC_054)', ({ sent, payload }) => {
    expect(triggerMessage.toCall({ kind: 'TriggerMessage', ...sent } as never)).toEqual({
      ok: true,
      action: 'TriggerMessage',
      payload,
    });
  });

  it.each([
    [
      'a message that only ExtendedTriggerMessage names',
      { requestedMessage: 'SignChargePointCertificate' },
      { path: '/requestedMessage', message: expect.stringContaining('must be one of BootNotification, Diagnostics') },
    ],
    [
      'the whole charge point for a connector',
      { requestedMessage: 'MeterValues', evseId: 0 },
      { path: '/connectorId', message: 'must be 1 or more' },
    ],
  ])('refuses %s', (_, sent, fault) => {
    expect(triggerMessage.toCall({ kind: 'TriggerMessage', ...sent } as never)).toEqual({
      ok: false,
      kind: 'invalidPayload',
      action: 'TriggerMessage',
      errors: [fault],
    });
  });
});
