import { createClient } from '@clickhouse/client';
import { startCharger } from '@ocpp-gw/charger-sim';
import type { MockBackend } from '@ocpp-gw/mock-backend';
import { eventually } from '@ocpp-gw/testing';

export const PROTOCOLS = ['1.6', '2.0.1'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

const ARRIVES_WITHIN_MS = 60_000;

/** Where a session shows. */
export interface Places {
  /** ws://host:port */
  edge: string;
  /** http://host:port/api/v1 */
  rest: string;
  token: string;
  clickhouseUrl: string;
  backend: MockBackend;
}

export interface Arrived {
  protocol: Protocol;
  energyWh: number;
}

/** A simulated charger does one session. @throws Error naming the place at which it did not arrive */
export async function runSession(protocol: Protocol, places: Places): Promise<Arrived> {
  const id = `IMAGE-${protocol.replaceAll('.', '')}`;
  const charger = await startCharger({ url: places.edge, protocol, id, meterIntervalMs: 300, powerW: 350_000 });
  try {
    const { ok, problem, energyWh } = await charger.startSession({ meterValues: 3 }).result;
    if (!ok) throw new Error(`the session on OCPP ${protocol} is not acknowledged: ${problem}`);
    await Promise.all([
      arrives('REST', protocol, () => atRest(id, energyWh, places)),
      arrives('ClickHouse', protocol, () => inClickHouse(id, energyWh, places)),
      arrives('the webhook', protocol, () => Promise.resolve(atWebhook(id, places))),
    ]);
    return { protocol, energyWh };
  } finally {
    await charger.close();
  }
}

async function arrives(place: string, protocol: Protocol, read: () => Promise<boolean>): Promise<void> {
  try {
    await eventually(read, Boolean, ARRIVES_WITHIN_MS);
  } catch (error) {
    throw new Error(`the session on OCPP ${protocol} did not arrive at ${place}`, { cause: error });
  }
}

interface Transactions {
  items: { state: string; energy_wh: number }[];
}

async function atRest(id: string, energyWh: number, { rest, token }: Places): Promise<boolean> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${rest}/transactions?cp_id=${id}`, { headers });
  if (!answer.ok) throw new Error(`REST answers ${answer.status}`);
  const { items } = (await answer.json()) as Transactions;
  return items.length === 1 && items[0]?.state === 'ended' && items[0].energy_wh === energyWh;
}

async function inClickHouse(id: string, energyWh: number, { clickhouseUrl }: Places): Promise<boolean> {
  const client = createClient({ url: clickhouseUrl, database: 'ocpp' });
  try {
    const query = 'SELECT state, energy_wh FROM sessions WHERE cp_id = {id:String}';
    const answer = await client.query({ query, query_params: { id }, format: 'JSONEachRow' });
    const rows = await answer.json<{ state: string; energy_wh: number | string }>();
    return rows.length === 1 && rows[0]?.state === 'ended' && Number(rows[0].energy_wh) === energyWh;
  } finally {
    await client.close();
  }
}

function atWebhook(id: string, { backend }: Places): boolean {
  return backend.webhooks({ type: 'tx.ended', cp_id: id }).length === 1;
}
