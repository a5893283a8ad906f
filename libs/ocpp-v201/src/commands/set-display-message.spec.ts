import type { DisplayMessage } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { setDisplayMessage } from './set-display-message.ts';

const plain: DisplayMessage = { id: 1, priority: 'NormalCycle', message: { format: 'UTF8', content: 'Hello' } };
const full: DisplayMessage = {
  id: 2,
  priority: 'AlwaysFront',
  state: 'Charging',
  startDateTime: '2026-03-01T10:00:00Z',
  endDateTime: '2026-03-01T11:00:00Z',
  transactionId: 'b7f2c9',
  message: { format: 'ASCII', language: 'nl', content: 'Hallo' },
  display: { name: 'Display', instance: 'left', evse: { id: 1, connectorId: 1 } },
};

describe('SetDisplayMessage', () => {
  it.each([plain, full])('sends $message.content (TC_O_01, TC_O_06, TC_O_13, TC_O_25)', (message) => {
    expect(setDisplayMessage.toCall({ kind: 'SetDisplayMessage', message })).toEqual({
      ok: true,
      action: 'SetDisplayMessage',
      payload: { message },
    });
  });

  it.each([
    [{ message: { format: 'UTF8' as const, content: 'x'.repeat(513) } }, '/message/message/content'],
    [{ endDateTime: 'tomorrow' }, '/message/endDateTime'],
    [{ id: 2 ** 31 }, '/message/id'],
  ])('refuses %j', (change, path) => {
    expect(setDisplayMessage.toCall({ kind: 'SetDisplayMessage', message: { ...plain, ...change } })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });

  it.each([plain, full])('answered Accepted shows $message.content', (message) => {
    expect(setDisplayMessage.mirror.answered({ message }, { status: 'Accepted' })).toEqual([
      { kind: 'displayMessagesReported', messages: [message] },
    ]);
  });

  it.each([
    'NotSupportedMessageFormat',
    'NotSupportedPriority',
    'NotSupportedState',
    'Rejected',
    'UnknownTransaction',
  ] as const)('answered %s shows nothing (TC_O_10, TC_O_17 to TC_O_19, TC_O_26)', (status) => {
    expect(setDisplayMessage.mirror.answered({ message: plain }, { status })).toEqual([]);
  });
});
