import type { Outbox, DeadOutboxRow } from './outbox.ts';
import type { WebhookDeliveries } from './webhook-deliveries.ts';
import type { DeliveryRecord, WebhookDeliveryLog } from './webhook-delivery-log.ts';

/** How many of each kind are listed. The rest is only counted. */
const LISTED = 1000;
const BIGINT = /^[0-9]{1,18}$/;

const USAGE = `Lists and replays the dead letters in Postgres.

  list                                 lists rows of the outbox and webhook deliveries, oldest first
  replay outbox all | <id>...          delivers these rows of the outbox again
  replay webhooks all | <id>...        sends these webhook deliveries again with the same webhook-id
`;

/** Thrown when the arguments are not those of {@link USAGE}. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface Refused {
  outbox: Pick<Outbox, 'dead' | 'depth' | 'putBack'>;
  webhooks: Pick<WebhookDeliveryLog, 'list' | 'replay'> & Pick<WebhookDeliveries, 'depth'>;
}

/** Runs one command on the dead letters in Postgres. @returns the text to print @throws UsageError */
export async function deadLetterCommand(
  [command = 'list', store, ...ids]: readonly string[],
  { outbox, webhooks }: Refused,
): Promise<string> {
  if (command === 'list' && store === undefined) return (await listOutbox(outbox)) + (await listWebhooks(webhooks));
  if (command !== 'replay') throw new UsageError(USAGE);
  if (store === 'outbox') return replay(ids, 'outbox', 'to be delivered again', (wanted) => outbox.putBack(wanted));
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
  const { items } = await webhooks.list({ limit: LISTED, state: 'dead' });
  const { dead } = await webhooks.depth();
  const more = dead > items.length ? `and ${dead - items.length} older\n` : '';
  return `webhooks: ${dead} failed for good\n${more}${items.toReversed().map(webhookLine).join('')}`;
}

function webhookLine(delivery: DeliveryRecord): string {
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
  putBack: (ids: readonly string[] | 'all') => Promise<string[]>,
): Promise<string> {
  const wanted = wantedOf(ids);
  const revived = await putBack(wanted);
  const absent = wanted === 'all' ? [] : wanted.filter((id) => !revived.includes(id));
  const named = revived.length > 0 ? `: ${revived.join(' ')}` : '';
  const gone = absent.length > 0 ? `not found: ${absent.join(' ')}\n` : '';
  return `${store}: ${revived.length} ${outcome}${named}\n${gone}`;
}

function wantedOf(ids: readonly string[]): readonly string[] | 'all' {
  if (ids.length === 0) throw new UsageError(USAGE);
  if (ids.length === 1 && ids[0] === 'all') return 'all';
  const odd = ids.find((id) => !BIGINT.test(id));
  if (odd !== undefined) throw new UsageError(`${JSON.stringify(odd)} is not an id\n\n${USAGE}`);
  return ids.map((id) => String(BigInt(id)));
}
