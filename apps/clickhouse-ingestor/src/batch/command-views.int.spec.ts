import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { clickhouseSchema, clickhouseTarget, migrate, schemaFolders } from '@ocpp-gw/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CommandCompleted } from '@ocpp-gw/contracts';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { commandEvent } from '@ocpp-gw/testing';
import { insertEvents } from '../testdata/insert-rows.ts';
import { ClickHouseInserter } from './clickhouse-inserter.ts';

const MIDNIGHT = Date.UTC(2026, 0, 2);
const at = (ms: number): Date => new Date(MIDNIGHT + ms);

/** Asked for at `asked`, sent and ended so many milliseconds later. */
const command = (id: number, asked: number, sent: number | null, ended: number, of: Partial<CommandCompleted>) =>
  commandEvent(
    {
      commandId: `00000000-0000-7000-8000-${String(id).padStart(12, '0')}`,
      caller: 'ops',
      requestedAt: at(asked),
      sentAt: sent === null ? undefined : at(asked + sent),
      ...of,
    },
    { occurredAt: at(asked + ended), recordedAt: at(asked + ended) },
  );

describe('commands', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: ClickHouseInserter;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'command-views', ports: 'random', only: ['clickhouse'] });
    const target = clickhouseTarget(clickhouseSchema.parse({ EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl }), 'spec');
    await migrate(target, schemaFolders);
    client = createClient(target);
    sut = new ClickHouseInserter(target);
    const timeout = { outcome: 'timeout', status: '', state: 'timeout' };
    const events = [
      command(1, 0, 10, 110, { state: 'accepted' }),
      command(2, 1_000, 20, 320, { state: 'rejected', status: 'Rejected' }),
      command(3, 2_000, null, 5, { outcome: 'offline', status: '', state: 'disconnected' }),
      command(4, 3_000, 30, 30_030, timeout),
      command(4, 3_000, 30, 40_030, { state: 'accepted', late: true }),
      command(5, 4_000, 40, 30_040, timeout),
      command(6, 5_000, 0, 50, { action: 'GetBaseReport', state: 'accepted', caller: '', requestedAt: undefined }),
      command(7, 6_000, null, 10, { action: 'Unheard', outcome: 'expired', status: '', state: 'expired' }),
      command(8, -1_000, 10, 999, { state: 'accepted' }),
    ];
    for (const each of [events, events]) await insertEvents(sut, each);
  }, 120_000);

  afterAll(async () => {
    await sut.stop();
    await client.close();
    await plane.stop();
  });

  const ask = async (query: string) => (await client.query({ query, format: 'JSONEachRow' })).json();

  it('have the times and the latency of those that left, and NULL where they are not known', async () => {
    const query = `SELECT substring(command_id, 36) AS id, origin, requested_at, sent_at, answered_at, latency_ms, waited_ms
      FROM commands FINAL WHERE id IN ('1', '3', '6') ORDER BY id`;
    expect(await ask(query)).toEqual([
      {
        ...{ id: '1', origin: 'api', requested_at: '2026-01-02 00:00:00.000', sent_at: '2026-01-02 00:00:00.010' },
        ...{ answered_at: '2026-01-02 00:00:00.110', latency_ms: 100, waited_ms: 10 },
      },
      {
        ...{ id: '3', origin: 'api', requested_at: '2026-01-02 00:00:02.000', sent_at: null },
        ...{ answered_at: null, latency_ms: null, waited_ms: null },
      },
      {
        ...{ id: '6', origin: 'gateway', requested_at: null, sent_at: '2026-01-02 00:00:05.000' },
        ...{ answered_at: '2026-01-02 00:00:05.050', latency_ms: 50, waited_ms: null },
      },
    ]);
  });

  it('are counted once by action, with their last end, between two days', async () => {
    const none = {
      ...{ sent_commands: 0, never_left: 0, accepted: 0, rejected: 0, callerrors: 0, invalid_answers: 0, timeouts: 0 },
      ...{ disconnected: 0, expired: 0, refused: 0, cancelled: 0, late_answers: 0 },
    };
    const unknown = {
      latency_p50_ms: null,
      latency_p90_ms: null,
      latency_p99_ms: null,
      waited_p50_ms: null,
      waited_p99_ms: null,
    };
    const query = `SELECT * FROM command_latency_between(from_day = '2026-01-02', to_day = '2026-01-02') ORDER BY commands DESC, action`;
    expect(await ask(query)).toEqual([
      {
        ...{
          action: 'Reset',
          commands: 5,
          ...none,
          sent_commands: 4,
          never_left: 1,
          accepted: 2,
          rejected: 1,
          timeouts: 1,
        },
        ...{ disconnected: 1, late_answers: 1, latency_p50_ms: 300, latency_p90_ms: 40_000, latency_p99_ms: 40_000 },
        ...{ waited_p50_ms: 30, waited_p99_ms: 40 },
      },
      {
        ...{ action: 'GetBaseReport', commands: 1, ...none, sent_commands: 1, accepted: 1, ...unknown },
        ...{ latency_p50_ms: 50, latency_p90_ms: 50, latency_p99_ms: 50 },
      },
      { action: 'Unheard', commands: 1, ...none, never_left: 1, expired: 1, ...unknown },
    ]);
  });
});
