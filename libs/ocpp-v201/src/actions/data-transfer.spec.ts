import { describe, expect, it } from '@jest/globals';
import type { DataTransferRequest } from '#generated/messages.d.ts';
import { dataTransfer } from './data-transfer.ts';

const now = new Date('2026-03-01T10:00:00Z');
const facts = { cpId: 'CS-1', now };
/** The schema gives data no type; its generated type says object. */
const transfer = (data: unknown): DataTransferRequest => ({
  vendorId: 'com.vendor',
  messageId: 'door',
  data: data as DataTransferRequest['data'],
});

const DATA = [
  { data: 'open', text: 'open' },
  { data: '', text: '' },
  { data: { open: true }, text: '{"open":true}' },
  { data: [1, 2], text: '[1,2]' },
  { data: 0, text: '0' },
  { data: false, text: 'false' },
  { data: undefined, text: undefined },
];

describe('DataTransfer', () => {
  it.each(DATA)('asks whoever is registered for the vendor and the message about $data as $text', ({ data, text }) => {
    expect(dataTransfer.lookups(transfer(data), facts)).toEqual({
      dataTransfer: { vendorId: 'com.vendor', messageId: 'door', data: text },
    });
  });

  it.each(['Accepted', 'Rejected'] as const)('answers %s as they say, and records it (P02)', (status) => {
    const request = transfer({ open: true });
    expect(dataTransfer.decide(request, { ...facts, dataTransfer: { status, data: 'noted' } })).toEqual({
      reply: { status, data: 'noted' },
      before: [
        {
          kind: 'dataTransferred',
          vendorId: 'com.vendor',
          messageId: 'door',
          data: '{"open":true}',
          status,
          time: { at: now },
        },
      ],
    });
  });

  it.each(['UnknownVendorId', 'UnknownMessageId'] as const)('answers %s and keeps nothing', (status) => {
    expect(dataTransfer.decide(transfer('x'), { ...facts, dataTransfer: { status } })).toEqual({
      reply: { status },
      before: [],
    });
  });

  it('gives empty data where that is the answer', () => {
    const { reply } = dataTransfer.decide(transfer('x'), { ...facts, dataTransfer: { status: 'Accepted', data: '' } });
    expect(reply).toEqual({ status: 'Accepted', data: '' });
  });
});
