import { expect, it } from '@jest/globals';
import type { Stack } from '../stack.ts';
import { charging, type Octt } from './octt.ts';

/** Block E: what the station says of a transaction's messages when it is asked (E14). */
export function transactionStatus(stack: () => Stack): void {
  const { booted } = charging(stack);

  /** GetTransactionStatus of this transaction, or of any. */
  async function asks(
    octt: Octt,
    transactionId: string | undefined,
    { ongoing, messagesInQueue }: { ongoing?: boolean; messagesInQueue: boolean },
  ): Promise<void> {
    const { sent, heard } = await octt.command(
      'get-transaction-status',
      transactionId === undefined ? {} : { transaction_id: transactionId },
      'GetTransactionStatus',
      { messagesInQueue, ...(ongoing === undefined ? {} : { ongoingIndicator: ongoing }) },
    );
    expect(sent).toEqual(transactionId === undefined ? {} : { transactionId });
    expect(heard).toMatchObject({ ongoing: ongoing ?? null, messages_in_queue: messagesInQueue });
  }

  it('TC_E_29 Check Transaction status - Transaction with id ongoing - with message in queue', async () => {
    const octt = await booted('OCTT2-E_29');
    const transaction = await octt.charging();
    const queued = transaction.payload('Updated', 'MeterValuePeriodic', { wh: 1500, more: { offline: true } });
    await transaction.updated('ChargingStateChanged', { info: { chargingState: 'SuspendedEV' } });
    await asks(octt, transaction.transactionId, { ongoing: true, messagesInQueue: true });
    const gap = { missing_seq_nos: [queued['seqNo']], messages_in_queue: true, gaps_final: false };
    expect(await octt.transaction()).toMatchObject({ state: 'active', ...gap });
    await transaction.send(queued);
    expect(await octt.transaction()).toMatchObject({ state: 'active', missing_seq_nos: [] });
  });

  it('TC_E_30 Check Transaction status - Transaction with id ongoing - without message in queue', async () => {
    const octt = await booted('OCTT2-E_30');
    const { transactionId } = await octt.charging();
    await asks(octt, transactionId, { ongoing: true, messagesInQueue: false });
    expect(await octt.transaction()).toMatchObject({
      state: 'active',
      missing_seq_nos: [],
      messages_in_queue: false,
      stop_reason: null,
    });
  });

  it('TC_E_31 Check Transaction status - Transaction with id ended - with message in queue', async () => {
    const octt = await booted('OCTT2-E_31');
    const transaction = await octt.charging();
    await asks(octt, transaction.transactionId, { ongoing: false, messagesInQueue: true });
    // Its end is still to come: nothing is final yet.
    expect(await octt.transaction()).toMatchObject({ state: 'active', messages_in_queue: true, gaps_final: false });
    await transaction.ended('StopAuthorized', { wh: 3500, more: { offline: true } });
    expect(await octt.transaction()).toMatchObject({
      state: 'ended',
      stop_reason: 'Local',
      energy_wh: 2500,
      missing_seq_nos: [],
    });
  });

  it.each([
    ['TC_E_33 Check Transaction status - Without transactionId - with message in queue', 'OCTT2-E_33', true],
    ['TC_E_34 Check Transaction status - Without transactionId - without message in queue', 'OCTT2-E_34', false],
  ])('%s', async (_, cpId, messagesInQueue) => {
    const octt = await booted(cpId);
    await octt.charging();
    await asks(octt, undefined, { messagesInQueue });
    // It was of no transaction that the station spoke.
    expect(await octt.transaction()).toMatchObject({ state: 'active', messages_in_queue: null, gaps_final: false });
  });
}
