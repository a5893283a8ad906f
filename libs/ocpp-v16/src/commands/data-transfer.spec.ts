import { describe, expect, it } from '@jest/globals';
import { dataTransfer } from './data-transfer.ts';

describe('DataTransfer', () => {
  it.each([{ vendorId: 'V' }, { vendorId: 'V', messageId: 'M', data: '{"any":"text"}' }])('sends %j', (payload) => {
    expect(dataTransfer.toCall({ kind: 'DataTransfer', ...payload })).toEqual({
      ok: true,
      action: 'DataTransfer',
      payload,
    });
  });

  it.each([
    [{ vendorId: 'x'.repeat(256) }, '/vendorId'],
    [{ vendorId: 'V', messageId: 'x'.repeat(51) }, '/messageId'],
  ])('refuses %j, which is too long', (fields, path) => {
    expect(dataTransfer.toCall({ kind: 'DataTransfer', ...fields })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path }],
    });
  });
});
