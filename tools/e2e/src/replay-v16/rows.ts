import { query } from '../degraded/observer.ts';
import type { Stack } from '../stack.ts';

/** What a charge point's messages leave behind. */
const TABLES = [
  'charge_points',
  'connectors',
  'transactions',
  'reservations',
  'firmware_updates',
  'log_uploads',
  'certificate_signings',
];

/** When somebody last looked is no fact of the charge point. */
const CLOCK_COLUMNS = ['updated_at', 'last_boot_at', 'seen_at', 'last_seen_at', 'received_at'];

/** The rows of one charge point, by table. */
export async function rowsOf(stack: Stack, cpId: string): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {};
  for (const table of TABLES) {
    const found = await query<{ row: unknown }>(
      stack,
      `SELECT to_jsonb(t) - $2::text[] AS row FROM ${table} t WHERE cp_id = $1 ORDER BY to_jsonb(t)::text`,
      [cpId, CLOCK_COLUMNS],
    );
    rows[table] = found.map(({ row }) => row);
  }
  return rows;
}

/** How many events of the charge point have yet to leave for Kafka. */
export async function waitingEvents(stack: Stack, cpId: string): Promise<number> {
  const [row] = await query<{ waiting: number }>(
    stack,
    `SELECT count(*)::int AS waiting FROM outbox WHERE cp_id = $1 AND lane = 'kafka'`,
    [cpId],
  );
  return row?.waiting ?? 0;
}
