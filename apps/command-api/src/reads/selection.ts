import type { ChargePointReads } from './charge-points.ts';

/** Which charge points a bulk command goes to: all that match every field, and are not retired. */
export interface Selection {
  cp_ids?: readonly string[];
  vendor?: string;
  model?: string;
  firmware_version?: string;
  protocol?: string;
  /** They carry all of them. */
  tags?: Readonly<Record<string, string>>;
  online?: boolean;
}

export interface Selected {
  cpId: string;
  /** Null while Redis cannot be asked. */
  online: boolean | null;
}

const PAGE = 500;

/**
 * The charge points of a selection, by identity.
 * @throws RedisUnavailableError when it asks who is connected
 */
export async function select(
  reads: Pick<ChargePointReads, 'list' | 'unknown'>,
  { cp_ids: cpIds, firmware_version: firmwareVersion, ...fields }: Selection,
): Promise<{ selected: Selected[]; unknown: string[] }> {
  const selected: Selected[] = [];
  let cursor: string | undefined;
  do {
    const page = await reads.list({ ...fields, cpIds, firmwareVersion, limit: PAGE, cursor });
    selected.push(...page.items.map(({ record: { cpId }, presence: { online } }) => ({ cpId, online })));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return { selected, unknown: cpIds ? await reads.unknown(cpIds) : [] };
}
