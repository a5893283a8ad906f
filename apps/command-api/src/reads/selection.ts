import type { ChargePointReads, PresentChargePoint } from './charge-points.ts';

/** Which charge points a bulk command goes to: a list, or all that match every field. */
export interface Selection {
  cp_ids?: readonly string[];
  vendor?: string;
  model?: string;
  firmware_version?: string;
  protocol?: string;
  online?: boolean;
}

export interface Selected {
  cpId: string;
  /** Null while Redis cannot be asked. */
  online: boolean | null;
}

const PAGE = 500;

/** The charge points of a selection, by identity. */
export async function select(
  reads: Pick<ChargePointReads, 'list' | 'present'>,
  selection: Selection,
): Promise<{ selected: Selected[]; unknown: string[] }> {
  const { cp_ids: cpIds } = selection;
  const found = cpIds ? await reads.present(cpIds) : await all(reads);
  const known = new Set(found.map(({ record }) => record.cpId.toLowerCase()));
  const selected = found
    .filter((each) => matches(each, selection))
    .map(({ record: { cpId }, presence: { online } }) => ({ cpId, online }));
  return { selected, unknown: (cpIds ?? []).filter((cpId) => !known.has(cpId.toLowerCase())) };
}

async function all(reads: Pick<ChargePointReads, 'list'>): Promise<PresentChargePoint[]> {
  const found: PresentChargePoint[] = [];
  let cursor: string | undefined;
  do {
    const page = await reads.list({ limit: PAGE, cursor });
    found.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return found;
}

function matches({ record, presence }: PresentChargePoint, selection: Selection): boolean {
  const { vendor, model, firmware_version, protocol, online } = selection;
  const texts: [string | undefined, string | null][] = [
    [vendor, record.vendor],
    [model, record.model],
    [firmware_version, record.firmwareVersion],
    [protocol, record.protocol],
  ];
  return (
    texts.every(([wanted, is]) => wanted === undefined || wanted.toLowerCase() === is?.toLowerCase()) &&
    (online === undefined || online === presence.online)
  );
}
