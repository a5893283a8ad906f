import { describe, expect, it } from '@jest/globals';
import type { MessageInfoType } from '#generated/messages.d.ts';
import { notifyDisplayMessages } from './notify-display-messages.ts';

const now = new Date('2026-03-01T10:00:05Z');
const facts = { cpId: 'CS-1', now };

const message: MessageInfoType = {
  id: 0,
  priority: 'InFront',
  state: 'Idle',
  startDateTime: '2026-04-01T00:00:00Z',
  endDateTime: '2036-04-01T00:00:00Z',
  transactionId: 'T-1',
  message: { format: 'UTF8', language: 'en', content: 'Closed at night' },
  display: { name: 'Display', evse: { id: 1 } },
};
const plain: MessageInfoType = { id: 1, priority: 'NormalCycle', message: { format: 'ASCII', content: 'Hello' } };

describe('NotifyDisplayMessages', () => {
  it('tells each message the station shows, and files the part (O03)', () => {
    const part = { requestId: 10, tbc: true, messageInfo: [message, plain] };
    expect(notifyDisplayMessages.lookups(part, facts)).toEqual({});
    expect(notifyDisplayMessages.decide(part, facts)).toEqual({
      reply: {},
      before: [
        { kind: 'displayMessagesReported', messages: [message, plain] },
        {
          kind: 'reportPart',
          report: 'DisplayMessages',
          requestId: 10,
          last: false,
          items: [message, plain],
          time: { at: now },
        },
      ],
    });
  });

  it('files a part with no message', () => {
    expect(notifyDisplayMessages.decide({ requestId: 10 }, facts).before).toMatchObject([
      { kind: 'reportPart', last: true, items: [] },
    ]);
  });
});
