import { expect, it } from '@jest/globals';
import { TOPICS } from '@ocpp-gw/contracts';
import { readEvents, type SeenEvent } from '../events-seen.ts';
import { until } from '../until.ts';
import type { Stack } from '../stack.ts';
import { charging, session } from './charging.ts';
import { outboxRows, reset } from './observer.ts';

const CP_ID = 'AWAY-KAFKA';
const SESSIONS = 5;

export function kafkaAwaySuite(stack: () => Stack): void {
  it('lets sessions and commands go on; the outbox grows, and leaves in order when it is back', async () => {
    const { dataPlane, edges, edgeUrls, backend } = stack();
    const charger = await charging(edgeUrls[0], CP_ID);
    await dataPlane.kill('kafka');

    const transactions: string[] = [];
    for (let n = 0; n < SESSIONS; n++) transactions.push(await session(charger));
    expect(await reset(stack(), CP_ID)).toMatchObject({ status: 200, body: { status: 'Accepted' } });
    expect(await edges[0].readiness()).toBe(200);
    await until('the sessions at the backend, which needs no Kafka', async () => {
      expect(backend.requests({ cp_id: CP_ID, path: '/api/eveys/sessions/close' })).toHaveLength(SESSIONS);
    });
    await until('the outbox to show in the metrics', async () => {
      expect(await edges[0].metric('eveys_ocpp_outbox_rows', 'lane="kafka"')).toBeGreaterThanOrEqual(3 * SESSIONS);
    });

    await dataPlane.start('kafka');
    await until('the outbox to be empty', async () => expect(await outboxRows(stack(), 'kafka')).toBe(0));
    const topics = [TOPICS.transactionStarted, TOPICS.transactionEnded];
    const seen = mine(await readEvents(dataPlane.kafkaBrokers, topics, (all) => mine(all).length === 2 * SESSIONS));
    for (const wanted of topics)
      expect(seen.filter(({ topic }) => topic === wanted).map(({ event }) => transactionOf(event))).toEqual(
        transactions,
      );
    await charger.close();
  }, 120_000);
}

/** Asked when consumers have had the time to join again. */
export function kafkaBackSuite(stack: () => Stack): void {
  it('has published every session meanwhile by webhook, of its start before its end', async () => {
    await until('the webhooks', async () => {
      const types = stack()
        .backend.webhooks({ cp_id: CP_ID })
        .map(({ type }) => type);
      expect(types.filter((type) => type === 'tx.started' || type === 'tx.ended')).toEqual(
        Array(SESSIONS).fill(['tx.started', 'tx.ended']).flat(),
      );
    });
  });
}

/** Each event once: a send whose answer was lost is repeated, and its readers go by the id. */
function mine(seen: readonly SeenEvent[]): SeenEvent[] {
  const ours = seen.filter(({ key }) => key === CP_ID);
  return [...new Map(ours.map((one) => [one.event.id, one])).values()];
}

function transactionOf({ payload }: SeenEvent['event']): string | undefined {
  return payload?.$case === 'transactionStarted' || payload?.$case === 'transactionEnded'
    ? payload.value.transactionId
    : undefined;
}
