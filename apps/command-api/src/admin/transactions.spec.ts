import { describe, expect, it, jest } from '@jest/globals';
import type { TransactionRecord } from '@ocpp-gw/persistence';
import type { TransactionRequestCaller } from '@ocpp-gw/redis';
import { TransactionAdmin } from './transactions.ts';

function admin() {
  const running = { cpId: 'CP-1', protocol: 'ocpp1.6', transactionId: '7', state: 'active' } as TransactionRecord;
  const ask = jest.fn<TransactionRequestCaller['ask']>(async () => ({ kind: 'done' }));
  return { sut: new TransactionAdmin({ get: async () => running }, { ask }), ask };
}

describe('the end of a transaction by an operator', () => {
  it('may be a little ahead, because clocks differ', async () => {
    const { sut, ask } = admin();
    const endedAt = new Date(Date.now() + 30_000);
    await sut.end('CP-1', '7', { ended_at: endedAt }, 'ops');
    expect(ask).toHaveBeenCalledWith(
      expect.objectContaining({ request: { kind: 'end', transactionId: '7', endedAt: endedAt.toISOString() } }),
    );
  });

  it('is not in the future', async () => {
    const { sut, ask } = admin();
    await expect(sut.end('CP-1', '7', { ended_at: new Date(Date.now() + 120_000) }, 'ops')).rejects.toMatchObject({
      kind: 'invalid-body',
      errors: [{ pointer: '/ended_at', message: 'is in the future' }],
    });
    expect(ask).not.toHaveBeenCalled();
  });
});
