import { describe, expect, it } from '@jest/globals';
import { validateCommandPayload } from './table.ts';

describe('validateCommandPayload', () => {
  it('refuses an action that a CSMS does not send', () => {
    expect(validateCommandPayload('Heartbeat', {})).toMatchObject({ ok: false, errors: [{ path: '' }] });
  });

  it('lists no more than fifty faults', () => {
    const id = Array.from({ length: 1000 }, () => 'one');
    const check = validateCommandPayload('GetDisplayMessages', { requestId: 1, id });
    expect(check.ok === false && check.errors).toHaveLength(50);
  });

  it.each([2 ** 31, -(2 ** 31) - 1, 1e300])('refuses the id %d, which does not fit into 32 bits', (requestId) => {
    expect(validateCommandPayload('GetReport', { requestId })).toEqual({
      ok: false,
      errors: [{ path: '/requestId', message: 'must fit into 32 bits' }],
    });
  });

  it.each([
    ['CostUpdated', { transactionId: '1', totalCost: 3e9 }],
    ['DataTransfer', { vendorId: 'V', data: { at: 3e12 } }],
    ['ClearCache', { customData: { vendorId: 'V', at: 3e12 } }],
  ])('lets what is no integer of the protocol be larger: %s %j', (action, payload) => {
    expect(validateCommandPayload(action, payload)).toEqual({ ok: true });
  });

  it.each([[null], [[]], ['text'], [undefined]])('refuses a payload that is no object: %j', (payload) => {
    expect(validateCommandPayload('ClearCache', payload)).toMatchObject({
      ok: false,
      errors: [{ path: '', message: 'must be object' }],
    });
  });
});
