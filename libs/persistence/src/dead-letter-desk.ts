import type { Outbox, DeadOutboxRow } from './outbox.ts';
import type { DeadDelivery, WebhookDeliveries } from './webhook-deliveries.ts';

/** As many of each as a person reads; the rest is counted. */
const LISTED = 1000;
const BIGINT = /^[0-9]{1,18}$/;

export const USAGE = `what was refused for good and is kept in Postgres

  list                                 outbox rows and webhook deliveries, oldest first
  replay outbox all | <id>...          delivers these rows of the outbox again
  replay webhooks all | <id>...        sends these webhooks again, under the webhook-id they had
`;

/** Thrown when the words are none of {@link USAGE}. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Refused {
  outbox: Pick<Outbox, 'dead' | 'depth' | 'revive'>;
  webhooks: Pick<WebhookDeliveries, 'listDead' | 'depth' | 'replay'>;
}

/** Carries out one command on what was refused for good. @returns what to print @throws UsageError */
export async function deadLetterDesk(
  [command = 'list', store, ...ids]: readonly string[],
  { outbox, webhooks }: Refused,
): Promise<string> {
  if (command === 'list' && store === undefined) return (await listOutbox(outbox)) + (await listWebhooks(webhooks));
  if (command !== 'replay') throw new UsageError(USAGE);
  if (store === 'outbox') return replay(ids, 'outbox', 'back in their lanes', (wanted) => outbox.revive(wanted));
  if (store === 'webhooks') return replay(ids, 'webhooks', 'pending again', (wanted) => webhooks.replay(wanted));
  throw new UsageError(USAGE);
}

async function listOutbox(outbox: Refused['outbox']): Promise<string> {
  const rows = await outbox.dead(LISTED);
  const all = (await outbox.depth('kafka-dead')).rows + (await outbox.depth('backend-dead')).rows;
  const more = all > rows.length ? `and ${all - rows.length} more\n` : '';
  return `outbox: ${all} refused for good\n${rows.map(outboxLine).join('')}${more}`;
}

function outboxLine({ id, lane, destination, cpId, eventId, createdAt, payload }: DeadOutboxRow): string {
  return line(id, lane, destination, cpId, `event ${eventId}`, createdAt.toISOString(), `${payload.length} bytes`);
}

async function listWebhooks(webhooks: Refused['webhooks']): Promise<string> {
  const { items } = await webhooks.listDead({ limit: LISTED });
  const { dead } = await webhooks.depth();
  const more = dead > items.length ? `and ${dead - items.length} older\n` : '';
  return `webhooks: ${dead} failed for good\n${more}${items.toReversed().map(webhookLine).join('')}`;
}

function webhookLine(delivery: DeadDelivery): string {
  const { id, subscription, eventType, cpId, eventId, createdAt, attempts, lastError } = delivery;
  const tries = `${attempts} tries`;
  return line(id, subscription, eventType, cpId, `event ${eventId}`, createdAt.toISOString(), tries, lastError ?? '');
}

function line(...facts: readonly string[]): string {
  return `  ${facts.join('  ')}\n`;
}

async function replay(
  ids: readonly string[],
  store: string,
  outcome: string,
  revive: (ids: readonly string[] | 'all') => Promise<string[]>,
): Promise<string> {
  const wanted = wantedOf(ids);
  const revived = await revive(wanted);
  const absent = wanted === 'all' ? [] : wanted.filter((id) => !revived.includes(id));
  const named = revived.length > 0 ? `: ${revived.join(' ')}` : '';
  const gone = absent.length > 0 ? `not there: ${absent.join(' ')}\n` : '';
  return `${store}: ${revived.length} ${outcome}${named}\n${gone}`;
}

function wantedOf(ids: readonly string[]): readonly string[] | 'all' {
  if (ids.length === 0) throw new UsageError(USAGE);
  if (ids.length === 1 && ids[0] === 'all') return 'all';
  const odd = ids.find((id) => !BIGINT.test(id));
  if (odd !== undefined) throw new UsageError(`${JSON.stringify(odd)} is no id\n\n${USAGE}`);
  return ids.map((id) => String(BigInt(id)));
}
