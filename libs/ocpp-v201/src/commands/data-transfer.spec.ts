import { describe, expect, it } from '@jest/globals';
import { dataTransfer, readData } from './data-transfer.ts';

describe('DataTransfer', () => {
  it.each([
    { sent: { vendorId: 'V' }, payload: { vendorId: 'V' } },
    {
      sent: { vendorId: 'V', messageId: 'M', data: '{"a":1}' },
      payload: { vendorId: 'V', messageId: 'M', data: '{"a":1}' },
    },
  ])('sends $payload', ({ sent, payload }) => {
    expect(dataTransfer.toCall({ kind: 'DataTransfer', ...sent })).toEqual({
      ok: true,
      action: 'DataTransfer',
      payload,
    });
  });

  it('refuses a vendor of 256 characters', () => {
    expect(dataTransfer.toCall({ kind: 'DataTransfer', vendorId: 'x'.repeat(256) })).toMatchObject({
      kind: 'invalidPayload',
      errors: [{ path: '/vendorId' }],
    });
  });

  it.each([
    [undefined, undefined],
    ['text', 'text'],
    [{ a: [1, null] }, '{"a":[1,null]}'],
    [false, 'false'],
    [null, 'null'],
  ])('reads the data %j as %s', (data, text) => {
    // Any JSON by the schema, which the generated type does not show.
    expect(readData({ status: 'Accepted', data: data as never })).toEqual({ data: text });
  });
});
