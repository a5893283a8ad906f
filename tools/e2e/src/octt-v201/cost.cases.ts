import { expect, it } from '@jest/globals';
import { BACKEND_PATHS } from '@ocpp-gw/contracts/backend';
import type { AnswerSource } from '@ocpp-gw/mock-backend';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, type Payload } from './octt.ts';

/** A Wh. */
const PRICE = 0.001;

/** What the backend of the conformance run says of costs: at the stations of this block alone anything is paid. */
export const COSTS: AnswerSource = ({ cp_id: cpId, data: { meter_wh: wh } }) => {
  const paid = cpId.startsWith('OCTT2-I_') && typeof wh === 'number';
  return { body: { cost: paid ? { amount: (wh * PRICE).toFixed(2), currency: 'EUR' } : null } };
};

/** Block I, tariff and cost (I02, I03). */
export function cost(stack: () => Stack): void {
  const { booted } = charging(stack);

  it('TC_I_01 Show EV Driver running total cost during charging - costUpdatedRequest', async () => {
    const octt = await booted('OCTT2-I_01');
    const shown: Payload[] = [];
    octt.charger.answer('CostUpdated', (payload) => {
      shown.push(payload);
      return {};
    });
    const transaction = await octt.charging();
    const { transactionId } = transaction;
    await transaction.updated('MeterValuePeriodic', { wh: 2500 });
    await until('the cost', async () => {
      expect(shown).toEqual([{ transactionId, totalCost: 2.5 }]);
    });
    // The operator may say it, too.
    const body = { transaction_id: transactionId, total_cost: 3.31 };
    const { sent, heard } = await octt.command('cost-updated', body, 'CostUpdated', {});
    expect(sent).toEqual({ transactionId, totalCost: 3.31 });
    expect(heard).toMatchObject({ status: 'Accepted' });
    expect(await octt.transaction()).toMatchObject({ state: 'active', missing_seq_nos: [] });
  });

  it('TC_I_02 Show EV Driver Final Total Cost After Charging', async () => {
    const octt = await booted('OCTT2-I_02');
    const transaction = await octt.charging();
    await transaction.ended('StopAuthorized', { wh: 4000, answer: { totalCost: 4 } });
    expect(await octt.transaction()).toMatchObject({
      ...{ state: 'ended', energy_wh: 3000, total_cost: 4 },
      cost: { amount: '4.00', currency: 'EUR' },
    });
    const asked = stack().backend.requests({ path: BACKEND_PATHS.sessionCost, cp_id: 'OCTT2-I_02' });
    expect(asked.at(-1)?.data).toMatchObject({
      final: true,
      started_at: expect.any(String),
      meter_start_wh: 1000,
      meter_wh: 4000,
      energy_wh: 3000,
    });
  });
}
