import type { Outbox, OutboxRow } from './outbox.ts';

/** As many as a person reads; the rest is counted. */
const LISTED = 1000;
const BIGINT = /^[0-9]{1,18}$/;

export const USAGE = `what the outbox could not deliver

  list              what was refused for good, oldest first
  replay all        delivers all of it again
  replay <id>...    delivers these again
`;

/** Thrown when the words are none of {@link USAGE}. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Carries out one command on the dead lanes of the outbox. @returns what to print @throws UsageError */
export async function deadLetterDesk(
  [command = 'list', ...ids]: readonly string[],
  outbox: Pick<Outbox, 'dead' | 'depth' | 'revive'>,
): Promise<string> {
  if (command === 'list' && ids.length === 0) return list(outbox);
  if (command !== 'replay' || ids.length === 0) throw new UsageError(USAGE);
  if (ids.length === 1 && ids[0] === 'all') return replayed(await outbox.revive('all'), []);
  const odd = ids.find((id) => !BIGINT.test(id));
  if (odd !== undefined) throw new UsageError(`${JSON.stringify(odd)} is no id\n\n${USAGE}`);
  const wanted = ids.map((id) => String(BigInt(id)));
  const revived = await outbox.revive(wanted);
  return replayed(
    revived,
    wanted.filter((id) => !revived.includes(id)),
  );
}

async function list(outbox: Pick<Outbox, 'dead' | 'depth'>): Promise<string> {
  const rows = await outbox.dead(LISTED);
  const all = (await outbox.depth('kafka-dead')).rows + (await outbox.depth('backend-dead')).rows;
  const more = all > rows.length ? `and ${all - rows.length} more\n` : '';
  return `outbox: ${all} refused for good\n${rows.map(line).join('')}${more}`;
}

function line({ id, lane, destination, cpId, eventId, createdAt, payload }: OutboxRow): string {
  const facts = [id, lane, destination, cpId, `event ${eventId}`, createdAt.toISOString(), `${payload.length} bytes`];
  return `  ${facts.join('  ')}\n`;
}

function replayed(ids: readonly string[], absent: readonly string[]): string {
  const gone = absent.length > 0 ? `not there: ${absent.join(' ')}\n` : '';
  return `outbox: ${ids.length} back in their lanes${ids.length > 0 ? `: ${ids.join(' ')}` : ''}\n${gone}`;
}
