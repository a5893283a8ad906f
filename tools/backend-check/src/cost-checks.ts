import { randomUUID } from 'node:crypto';
import { BACKEND_CALLS, costAnswer } from '@ocpp-gw/contracts/backend';
import type { BackendClient } from './backend-client.ts';
import { ok, wrong, type Finding } from './finding.ts';

const { path, example } = BACKEND_CALLS.cost;
const WH = { less: 1_000, more: 20_000 };
/** A register that has counted earlier sessions for years. */
const HIGH_REGISTER_WH = 5_000_000;

/** Whether prices are made of the energy since the start. */
export async function checkCosts(client: BackendClient): Promise<Finding[]> {
  const price = async (energyWh: number, startWh: number): Promise<number | null> => {
    const reply = await client.post(path, {
      ...example.data,
      transaction_id: `check-${randomUUID()}`,
      meter_start_wh: startWh,
      meter_wh: startWh + energyWh,
      energy_wh: energyWh,
    });
    const parsed = costAnswer.safeParse(typeof reply === 'string' ? undefined : reply.json);
    if (!parsed.success) return null;
    const { cost, total_cost: total } = parsed.data;
    return cost ? Number(cost.amount) : (total ?? null);
  };
  const [low, high, more] = [await price(WH.less, 0), await price(WH.less, HIGH_REGISTER_WH), await price(WH.more, 0)];
  if (low === null || high === null || more === null)
    return [ok('cost', 'gives no price for some requests, which is allowed; prices were not compared')];
  return [
    low === high
      ? ok('cost', 'prices the energy since the start')
      : wrong(
          'cost',
          `${WH.less} Wh cost ${low} when the register began at 0, and ${high} when it began at ${HIGH_REGISTER_WH}: price energy_wh, not the ` +
            'register meter_wh, which counts over all sessions',
        ),
    more >= low
      ? ok('cost', 'more energy costs no less')
      : wrong('cost', `${WH.more} Wh cost ${more}, less than the ${low} of ${WH.less} Wh`),
    ...(await agreement(client)),
  ];
}

/** Amount and number are the same money. */
async function agreement(client: BackendClient): Promise<Finding[]> {
  const reply = await client.post(path, { ...example.data, transaction_id: `check-${randomUUID()}` });
  const parsed = costAnswer.safeParse(typeof reply === 'string' ? undefined : reply.json);
  const { cost, total_cost: total } = parsed.data ?? {};
  if (!cost || total === null || total === undefined) return [];
  return Math.abs(Number(cost.amount) - total) < 0.005
    ? [ok('cost', 'cost.amount and total_cost agree')]
    : [wrong('cost', `cost.amount is ${cost.amount} and total_cost ${total}: they are the same money`)];
}
