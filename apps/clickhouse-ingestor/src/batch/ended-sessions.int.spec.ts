import { createClient, type ClickHouseClient } from '@clickhouse/client';
import { clickhouseSchema, clickhouseTarget, migrate, schemaFolders } from '@ocpp-gw/clickhouse';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type { Event } from '@ocpp-gw/contracts';
import { endedEvent, updatedEvent } from '@ocpp-gw/testing';
import { insertEvents } from '../testdata/insert-rows.ts';
import { ClickHouseInserter } from './clickhouse-inserter.ts';

const day = (number: number): Date => new Date(Date.UTC(2026, 0, number, 10));
const dayText = (number: number): string => day(number).toISOString().slice(0, 10);

describe('ended_sessions', () => {
  let plane: DataPlane;
  let client: ClickHouseClient;
  let sut: ClickHouseInserter;
  let stations = 0;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'ended-sessions', ports: 'random', only: ['clickhouse'] });
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

  const cpId = (): string => `CP-${(stations += 1)}`;
  const told = (id: string, revision: number, on: number, wh: number, before?: number): Event =>
    endedEvent(
      { revision, energyWh: wh, ...(before === undefined ? {} : { replacedEndAt: day(before) }) },
      { cpId: id, occurredAt: day(on), recordedAt: day(on) },
    );

  /** In any order, and each twice. */
  async function insert(...events: Event[]): Promise<void> {
    for (const event of [...events, ...events.toReversed()]) await insertEvents(sut, [event]);
  }

  /** As asked day by day, so that a condition on the end prunes what it can. */
  async function byDay(id: string): Promise<Record<string, number>> {
    const found: Record<string, number> = {};
    for (let each = 1; each <= 31; each += 1) {
      const result = await client.query({
        query: `SELECT energy_wh FROM ended_sessions FINAL
                WHERE cp_id = '${id}' AND ended_at >= '${dayText(each)}' AND ended_at < '${dayText(each + 1)}'`,
        format: 'JSONEachRow',
      });
      for (const { energy_wh: wh } of await result.json<{ energy_wh: number }>()) found[dayText(each)] = wh;
    }
    return found;
  }

  it('has one row of a session, whatever its corrections', async () => {
    const id = cpId();
    await insert(told(id, 2, 5, 1000), told(id, 3, 5, 1100));
    expect(await byDay(id)).toEqual({ '2026-01-05': 1100 });
  });

  it.each([
    ['later in the week', 7],
    ['in another week', 19],
  ])('is asked for the day of the end that holds, when that is %s', async (_, on) => {
    const id = cpId();
    await insert(told(id, 2, 5, 1000), told(id, 3, on, 1200, 5));
    expect(await byDay(id)).toEqual({ [dayText(on)]: 1200 });
  });

  it('goes back to an end that was taken away', async () => {
    const id = cpId();
    await insert(told(id, 2, 5, 1000), told(id, 3, 19, 1200, 5), told(id, 4, 5, 900, 19));
    expect(await byDay(id)).toEqual({ '2026-01-05': 900 });
  });

  it('loses a session that runs again, and one whose end belongs to another', async () => {
    const [running, other] = [cpId(), cpId()];
    const facts = { occurredAt: day(6), recordedAt: day(6) };
    await insert(
      told(running, 2, 5, 1000),
      updatedEvent({ transactionId: '1', revision: 3, replacedEndAt: day(5) }, { cpId: running, ...facts }),
      told(other, 2, 5, 1000),
      endedEvent({ revision: 3, assignedTo: '9' }, { cpId: other, occurredAt: day(5), recordedAt: day(6) }),
    );
    expect(await byDay(running)).toEqual({});
    expect(await byDay(other)).toEqual({});
  });
});
