import { describe, expect, it } from '@jest/globals';
import { bodyHash, type Order } from './order.ts';

const order = (request: Record<string, unknown>, about: Partial<Order> = {}): Order => ({
  cpId: 'CP-1',
  name: 'reset',
  request,
  toCommand: () => ({ kind: 'Reset', type: 'Soft' }),
  ...about,
});

describe('the hash of a request', () => {
  const first = bodyHash(order({ type: 'Soft', nested: { a: 1, b: [1, { c: 2, d: 3 }] } }));

  it('is the same whatever the order of members and the case of the identity', () => {
    const again = order({ nested: { b: [1, { d: 3, c: 2 }], a: 1 }, type: 'Soft' }, { cpId: 'cp-1' });
    expect(bodyHash(again)).toBe(first);
  });

  it.each<[string, Order]>([
    ['another value', order({ type: 'Hard', nested: { a: 1, b: [1, { c: 2, d: 3 }] } })],
    ['another order of a list', order({ type: 'Soft', nested: { a: 1, b: [{ c: 2, d: 3 }, 1] } })],
    ['a list in place of an object', order({ type: 'Soft', nested: [['a', 1]] })],
    ['another charge point', order({ type: 'Soft' }, { cpId: 'CP-2' })],
    ['another command', order({ type: 'Soft' }, { name: 'unlock-connector' })],
    ['another action', order({ type: 'Soft' }, { name: 'call', action: 'Reset' })],
  ])('differs with %s', (_what, other) => {
    expect(bodyHash(other)).not.toBe(first);
  });
});
