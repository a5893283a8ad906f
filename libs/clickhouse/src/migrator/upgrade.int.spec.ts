import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { randomUUID } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clickhouseSchema, clickhouseTarget } from '../config.ts';
import { ddlFolder, readDdlFiles } from './ddl-files.ts';
import { migrate, schemaFolders } from './migrator.ts';

/** The newest file of the release before. */
const BEFORE = 33;

const at = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '');

/** Rows as the release before writes them. */
const OF_BEFORE = {
  meter_samples: (event_id: string, time: string) => ({
    ...{ event_id, sample_no: 0, cp_id: 'CP1', protocol: 'ocpp2.0.1', event_type: 'cp.meter', evse_id: 1 },
    ...{ connector_id: 0, transaction_id: 'T', sampled_at: time, recorded_at: time, measurand: 'Energy', value: 1 },
  }),
  transaction_events: (event_id: string, time: string) => ({
    ...{ event_id, cp_id: 'CP1', protocol: 'ocpp1.6', event_type: 'tx.ended', transaction_id: event_id, seq_no: 0 },
    ...{ occurred_at: time, recorded_at: time, evse_id: 0, connector_id: 0, remote_start_id: 0, reservation_id: 0 },
  }),
  connector_status: (event_id: string, time: string) => ({
    ...{ event_id, cp_id: 'CP1', protocol: 'ocpp1.6', occurred_at: time, recorded_at: time },
    ...{ evse_id: 1, connector_id: 1, status: 'Available' },
  }),
  connections: (event_id: string, time: string) => ({
    ...{ event_id, cp_id: 'CP1', protocol: 'ocpp1.6', occurred_at: time, recorded_at: time, connected: true },
    close_code: 0,
  }),
};
const TABLES = Object.keys(OF_BEFORE) as (keyof typeof OF_BEFORE)[];

describe('a roll-out from the release before', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let folder: string;
  let ofBefore: string;
  const sent: Record<string, string[]> = Object.fromEntries(TABLES.map((table) => [table, []]));
  const target = (): ReturnType<typeof clickhouseTarget> =>
    clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');

  /** As an ingestor: what is refused is sent again until it is taken. */
  async function write(table: keyof typeof OF_BEFORE, time: number): Promise<void> {
    const id = randomUUID();
    for (;;) {
      try {
        await client.insert({ table, values: [OF_BEFORE[table](id, at(time))], format: 'JSONEachRow' });
        break;
      } catch {
        await pause(50);
      }
    }
    sent[table]?.push(id);
  }

  async function stored(table: string): Promise<string[]> {
    const result = await client.query({ query: `SELECT event_id FROM ${table} FINAL`, format: 'JSONEachRow' });
    return (await result.json<{ event_id: string }>()).map((row) => row.event_id);
  }

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'upgrade', ports: 'random', only: ['clickhouse'] });
    client = createClient(target());
    folder = await mkdtemp(join(tmpdir(), 'upgrade-'));
    ofBefore = join(folder, 'ddl');
    await mkdir(ofBefore);
    for (const { version, name } of await readDdlFiles(ddlFolder))
      if (version <= BEFORE) await cp(join(ddlFolder, name), join(ofBefore, name));
  }, 120_000);

  afterAll(async () => {
    await client.close();
    await plane.stop();
    await rm(folder, { recursive: true });
  });

  it('loses and doubles nothing of what is written before, during and after it, however often it is broken off', async () => {
    const views = join(folder, 'views');
    await mkdir(views);
    await migrate(target(), { ddl: ofBefore, views });
    const year = Date.now() - 300 * 86_400_000;
    for (const table of TABLES) for (let day = 0; day < 300; day += 30) await write(table, year + day * 86_400_000);

    let ended = false;
    const failures: unknown[] = [];
    const writers = TABLES.map(async (table) => {
      while (!ended) {
        await write(table, Date.now());
        await pause(20);
      }
    });
    const reader = (async (): Promise<void> => {
      while (!ended) {
        // A row whose insert goes on may be seen, and not be seen for a moment after the tables are exchanged.
        const taken = [...(sent['meter_samples'] ?? [])];
        const rows = await stored('meter_samples').catch((error: unknown) => void failures.push(error));
        const seen = new Set(rows ?? taken);
        const missing = taken.filter((id) => !seen.has(id));
        if (missing.length > 0) failures.push(`${missing.length} of ${taken.length} rows that were taken are not seen`);
        await pause(20);
      }
    })();

    // Each of these files breaks off the move of the samples one statement later.
    const [moving] = (await readDdlFiles(ddlFolder)).filter(({ name }) => name.startsWith('0040'));
    const steps = moving?.statements ?? [];
    for (let done = 1; done < steps.length; done += 1) {
      const broken = [...steps.slice(0, done), 'SELECT throwIf(1)'];
      await writeFile(join(ofBefore, moving?.name ?? ''), `${broken.join(';\n')};\n`);
      await expect(migrate(target(), { ddl: ofBefore, views })).rejects.toThrow(/throwIf/);
    }
    await migrate(target(), schemaFolders);
    for (const table of TABLES) await write(table, Date.now());
    ended = true;
    await Promise.all([...writers, reader]);

    expect(failures).toEqual([]);
    for (const table of TABLES) {
      const rows = await stored(table);
      expect(new Set(rows).size).toBe(rows.length);
      expect(rows.sort()).toEqual([...(sent[table] ?? [])].sort());
    }
  }, 240_000);

  it('keeps the tables of before until they are dropped, and none of them in a new database', async () => {
    const tables = async (database: string): Promise<unknown> =>
      (
        await client.query({
          query: `SELECT name FROM system.tables WHERE database = '${database}' AND match(name, '^(${TABLES.join('|')})_by_') ORDER BY name`,
          format: 'JSONCompactEachRow',
        })
      ).json();
    expect(await tables('ocpp')).toEqual([...TABLES].sort().map((table) => [`${table}_by_month`]));
    await migrate({ ...target(), database: 'fresh' }, schemaFolders);
    expect(await tables('fresh')).toEqual([]);
  }, 60_000);

  it('gives NULL where rows of before say 0 for none, and fills the tables that are fed', async () => {
    const result = await client.query({
      query: `SELECT (SELECT count() FROM transaction_events WHERE evse_id IS NULL AND seq_no IS NULL AND occurred_at < now() - INTERVAL 1 DAY) AS events,
                     (SELECT count() FROM meter_samples WHERE connector_id IS NULL AND evse_id = 1 AND sampled_at < now() - INTERVAL 1 DAY) AS samples,
                     (SELECT count() FROM ended_sessions FINAL) AS ended,
                     (SELECT count() FROM last_status) AS connectors`,
      format: 'JSONEachRow',
    });
    expect(await result.json()).toEqual([
      { events: 10, samples: 10, ended: sent['transaction_events']?.length, connectors: 1 },
    ]);
  });
});
