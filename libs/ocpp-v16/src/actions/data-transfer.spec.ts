import { describe, expect, it } from '@jest/globals';
import { dataTransfer } from './data-transfer.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CP-1', now };
const request = { vendorId: 'com.vendor', messageId: 'door', data: '{"open":true}' };

describe('DataTransfer', () => {
  it('asks whoever is registered for the vendor and the message', () => {
    expect(dataTransfer.lookups(request, facts)).toEqual({ dataTransfer: request });
    expect(dataTransfer.lookups({ vendorId: 'com.vendor' }, facts)).toEqual({
      dataTransfer: { vendorId: 'com.vendor', messageId: undefined, data: undefined },
    });
  });

  it.each(['Accepted', 'Rejected'] as const)('answers %s as they say, and records it (4.3)', (status) => {
    expect(dataTransfer.decide(request, { ...facts, dataTransfer: { status, data: 'noted' } })).toEqual({
      reply: { status, data: 'noted' },
      before: [{ kind: 'dataTransferred', ...request, status, time: { at: now } }],
    });
  });

  it.each(['UnknownVendorId', 'UnknownMessageId'] as const)('answers %s and keeps nothing', (status) => {
    expect(dataTransfer.decide(request, { ...facts, dataTransfer: { status } })).toEqual({
      reply: { status },
      before: [],
    });
  });

  it('gives empty data where that is the answer', () => {
    const { reply } = dataTransfer.decide(request, { ...facts, dataTransfer: { status: 'Accepted', data: '' } });
    expect(reply).toEqual({ status: 'Accepted', data: '' });
  });
});
