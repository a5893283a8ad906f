import { describe, expect, it } from '@jest/globals';
import type { AskBackend } from '../backend/backend-client.ts';
import { recordingLogger } from '../testdata/recording-logger.ts';
import { DataTransfers } from './data-transfers.ts';

function backend(answer: () => unknown) {
  const asked: unknown[] = [];
  const ask: AskBackend = {
    ask: async (path, cpId, data, schema) => {
      asked.push([path, cpId, data]);
      return schema.parse(await answer());
    },
  };
  return { ask, asked };
}

const make = (ask: AskBackend | null) =>
  new DataTransfers(
    ask,
    [
      { vendor_id: 'ACME', answer: 'accept' },
      { vendor_id: 'Ask', answer: 'backend' },
    ],
    recordingLogger(),
  );

describe(DataTransfers.name, () => {
  it('asks nobody where the registration has the answer', async () => {
    const { ask, asked } = backend(() => ({ status: 'rejected' }));
    expect(await make(ask).answer('CP1', { vendorId: 'ACME' })).toEqual({ status: 'Accepted' });
    expect(await make(ask).answer('CP1', { vendorId: 'x' })).toEqual({ status: 'UnknownVendorId' });
    expect(asked).toEqual([]);
  });

  it.each([
    [
      { status: 'accepted', data: '{"a":1}' },
      { status: 'Accepted', data: '{"a":1}' },
    ],
    [{ status: 'rejected', data: null }, { status: 'Rejected' }],
  ])('takes %j from the backend', async (answer, word) => {
    const { ask, asked } = backend(() => answer);
    expect(await make(ask).answer('CP1', { vendorId: 'ask', messageId: 'm', data: 'd' })).toEqual(word);
    expect(asked).toEqual([['/api/eveys/data-transfer', 'CP1', { vendor_id: 'ask', message_id: 'm', data: 'd' }]]);
  });

  it('rejects when the backend is away, answers nonsense, or is not wired', async () => {
    const down = (): never => {
      throw new Error('down');
    };
    for (const ask of [backend(down).ask, backend(() => ({ status: 'perhaps' })).ask, null])
      expect(await make(ask).answer('CP1', { vendorId: 'Ask' })).toEqual({ status: 'Rejected' });
  });
});
