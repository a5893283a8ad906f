import { describe, expect, it } from '@jest/globals';
import { dataTransferRegistrations, registeredFor } from './registrations.ts';

const registrations = dataTransferRegistrations.parse(
  JSON.stringify([
    { vendor_id: 'ACME' },
    { vendor_id: 'Other', message_ids: ['a', 'b'], answer: 'backend' },
    { vendor_id: 'Other', message_ids: ['c'] },
  ]),
);

describe('registeredFor', () => {
  it.each([
    ['ACME', undefined, 'Accepted'],
    ['acme', 'anything', 'Accepted'],
    ['Other', 'a', 'askBackend'],
    ['OTHER', 'c', 'Accepted'],
    ['Other', 'A', 'UnknownMessageId'],
    ['Other', undefined, 'UnknownMessageId'],
    ['Nobody', 'a', 'UnknownVendorId'],
  ])('answers vendor %s, message %s with %s (1.6 section 4.3)', (vendorId, messageId, answer) => {
    const query = { vendorId, ...(messageId === undefined ? {} : { messageId }) };
    expect(registeredFor(registrations, query)).toBe(answer);
  });
});

describe('dataTransferRegistrations', () => {
  it('are none unless configured', () => {
    expect(dataTransferRegistrations.parse(undefined)).toEqual([]);
  });

  it.each(['', 'ACME', '{}', '[{}]', '[{"vendor_id":""}]', '[{"vendor_id":"A","answer":"ask"}]', '[{"vendor":"A"}]'])(
    'refuse %j',
    (text) => {
      expect(dataTransferRegistrations.safeParse(text).success).toBe(false);
    },
  );
});
