import { createClient, type ClickHouseClient } from '@clickhouse/client';
import {
  clickhouseSchema,
  clickhouseTarget,
  ddlFolder,
  migrate,
  readDdlFiles,
  schemaFolders,
  TimeSeries,
} from '@ocpp-gw/clickhouse';
import type { Event, TransactionEnded } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { heardAt, type EventOverrides } from '@ocpp-gw/testing';
import { PublishedTransactions, type Said } from '@ocpp-gw/testing-transactions';
import { afterAll, beforeAll } from '@jest/globals';
import { insertEvents } from '../../testdata/insert-rows.ts';
import { ClickHouseInserter } from '../clickhouse-inserter.ts';

/** 1 January 2026, 10:00 and so many minutes. */
export const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 10, minute));
export const clock = (hour: number): string => `2026-01-01 ${hour}:00:00`;
export const HEARD = at(24 * 60);

export type Reading = { minute: number; value: number; measurand?: string; phase?: string; location?: string };

export const inlet = { location: 'Inlet' };
export const byPhase = (minute: number, ...values: number[]): Reading[] =>
  values.map((value, i) => ({ minute, value, phase: `L${i + 1}` }));
const samples = (readings: readonly Reading[]) =>
  readings.map(({ minute, ...sample }) => ({ unit: 'Wh', ...sample, at: at(minute) }));

/** A session of 1.6 that begins at 10:00: the register at its start, its readings, and its end. */
export const session16 = (
  wh: number,
  readings: Reading[],
  end?: [minute: number, wh: number, ...with: Reading[]],
): Said[] => [
  { kind: 'started', id: '1', at: at(0), wh },
  ...readings.map((each): Said => ({ kind: 'reading', id: '1', at: at(each.minute), samples: samples([each]) })),
  ...(end
    ? [{ kind: 'ended', id: '1', at: at(end[0]), wh: end[1], samples: samples(end.slice(2) as Reading[]) } as const]
    : []),
];
/** One of 2.0.1, each message with the readings of its minute; the last one ends it, unless it runs. */
export const session201 = (groups: Reading[][], running = false): Said[] =>
  groups.map((group, seqNo) => ({
    kind: seqNo === 0 ? 'started' : seqNo === groups.length - 1 && !running ? 'ended' : 'updated',
    id: '1',
    seqNo,
    at: at(group[0]?.minute ?? 0),
    samples: samples(group),
  }));

/** What an event says that brings no energy with it. */
export const heard = heardAt(HEARD);

/** What an end says whose energy was delivered evenly from `from` on. */
export const once = (energyWh: number, to: number, from = 0) => ({
  energy: {
    ...heard.energy,
    number: 1,
    energyWh,
    reachedAt: at(to),
    intervals: [{ number: 1, fromAt: at(from), fromWh: 0, toAt: at(to), toWh: energyWh, quality: ['estimated'] }],
  },
});

export const billed = (minute: number, meterStartWh: number, meterStopWh: number) => ({
  minute,
  startedAt: at(0),
  meterStartWh,
  meterStopWh,
  energyWh: meterStopWh - meterStartWh,
});

export const notBilled = (minute: number, energyReason: string, more: Partial<TransactionEnded> = {}) => ({
  minute,
  startedAt: at(0),
  energyReason,
  meterStartWh: undefined,
  meterStopWh: undefined,
  energyWh: undefined,
  ...more,
});

export const reportedAt = (cpId: string, minute: number): EventOverrides => ({
  cpId,
  occurredAt: at(minute),
  recordedAt: at(minute),
});

/** A ClickHouse of the describe's own with the schema of this build. Call it in the describe. */
export function viewsOnClickHouse(name: string) {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: ClickHouseInserter;
  let stations = 0;

  beforeAll(async () => {
    plane = await startDataPlane({ name, ports: 'random', only: ['clickhouse'] });
    const target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, schemaFolders);
    client = createClient(target);
    sut = new ClickHouseInserter(target);
  }, 120_000);

  afterAll(async () => {
    await sut.stop();
    await client.close();
    await plane.stop();
  });

  const views = {
    /** Each twice, in batches that differ: a repeated batch may be cut differently. */
    insert: async (...events: Event[]): Promise<void> => {
      await insertEvents(sut, events);
      await insertEvents(sut, events.toReversed());
    },
    query: async <T = Record<string, unknown>>(query: string, params: Record<string, unknown> = {}): Promise<T[]> => {
      const settings = { output_format_json_quote_64bit_integers: 0 } as const;
      const found = await client.query({
        query,
        query_params: params,
        format: 'JSONEachRow',
        clickhouse_settings: settings,
      });
      return found.json<T>();
    },
    rows: (view: string, cpId: string): Promise<Record<string, unknown>[]> =>
      views.query(`SELECT * FROM ${view} WHERE cp_id = {cpId:String} ORDER BY ALL`, { cpId }),
    sessions: (cpId: string) => views.rows('sessions', cpId),
    hours: async (cpId: string) =>
      Object.fromEntries(
        (await views.rows('energy_per_charger_hour', cpId)).map(({ hour, energy_wh: wh }) => [hour, wh]),
      ),
    series: () => new TimeSeries(client),
    url: (): string => plane.clickhouseUrl,
    command: async (query: string): Promise<void> => {
      await client.command({ query });
    },
    station: (): string => `CP-${(stations += 1)}`,
    /** What a charge point says, as it is published. @returns its identity */
    published: async (said: readonly Said[]): Promise<string> => {
      const cpId = views.station();
      const protocol = said.some(({ seqNo }) => seqNo !== undefined) ? 'ocpp2.0.1' : 'ocpp1.6';
      const transactions = new PublishedTransactions(cpId, protocol, HEARD);
      await views.insert(...said.flatMap((each) => transactions.take(each)));
      return cpId;
    },
    /** Runs a numbered file again. */
    again: async (file: string): Promise<void> => {
      const found = (await readDdlFiles(ddlFolder)).find(({ name: each }) => each === file);
      for (const query of found?.statements ?? []) await client.command({ query });
    },
  };
  return views;
}
