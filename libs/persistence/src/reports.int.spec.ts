import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import { createDatabase, type Database } from './database.ts';
import { migrate } from './migrations/migrate.ts';
import { REPORT_TIMEOUT_S, Reports } from './reports.ts';
import { sqlOf } from './testing.ts';

const AT = new Date('2026-03-01T10:00:00.000Z');

const ROWS = [
  `INSERT INTO charge_points (cp_id) VALUES ('Hub-01'), ('Other')`,
  `INSERT INTO reports (cp_id, request_id, report, state, last_seq_no, requested_at, updated_at, completed_at)
   VALUES ('Hub-01', 1, 'DeviceModel', 'complete', 2, '2026-03-01T10:00:00Z', '2026-03-01T10:00:00Z',
           '2026-03-01T10:00:00Z'),
          ('Hub-01', 2, 'DeviceModel', 'collecting', 4, '2026-03-01T10:00:00Z',
           now() - interval '${REPORT_TIMEOUT_S + 1} seconds', NULL),
          ('Hub-01', 3, 'Monitoring', 'collecting', NULL, NULL, now() - interval '${REPORT_TIMEOUT_S - 30} seconds', NULL),
          ('Hub-01', 3, 'DisplayMessages', 'complete', NULL, '2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z',
           '2026-03-01T11:00:00Z'),
          ('Other', 1, 'ChargingProfiles', 'collecting', NULL, now(), now(), NULL)`,
  `INSERT INTO report_parts (cp_id, request_id, report, seq_no, content_hash, items, generated_at)
   VALUES ('Hub-01', 1, 'DeviceModel', 2, 'c', '[{"n":4}]', '2026-03-01T10:00:00Z'),
          ('Hub-01', 1, 'DeviceModel', 0, 'a', '[{"n":1},{"n":2}]', '2026-03-01T09:00:00Z'),
          ('Hub-01', 1, 'DeviceModel', 1, 'b', '[{"n":3},"text"]', '2026-03-01T09:30:00Z'),
          ('Hub-01', 2, 'DeviceModel', 4, 'e', '[]', '2026-03-01T10:00:00Z'),
          ('Hub-01', 2, 'DeviceModel', 1, 'b', '[{"n":3}]', '2026-03-01T10:00:00Z'),
          ('Hub-01', 3, 'Monitoring', 0, 'a', '[{"n":9}]', '2026-03-01T10:00:00Z')`,
];

describe('Reports', () => {
  let plane: DataPlane;
  let database: Database;
  let sut: Reports;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'persistence-reports', only: ['postgres'] });
    await migrate({ url: plane.postgresUrl, applicationName: 'spec' });
    database = createDatabase({ url: plane.postgresUrl, poolSize: 2, applicationName: 'spec' });
    await database.start();
    sut = new Reports(database);
    for (const row of ROWS) await sqlOf(database).query(row);
  }, 120_000);

  afterAll(async () => {
    await database?.stop();
    await plane?.stop();
  });

  it('lists reports, the last touched first, as many as asked for', async () => {
    const listed = (await sut.list('HUB-01', 9)).map(({ requestId, report, state }) => [requestId, report, state]);
    expect(listed).toEqual([
      [3, 'Monitoring', 'collecting'],
      [2, 'DeviceModel', 'timed_out'],
      [3, 'DisplayMessages', 'complete'],
      [1, 'DeviceModel', 'complete'],
    ]);
    expect(await sut.list('Hub-01', 1)).toHaveLength(1);
  });

  it('puts the items of all parts together in the order of their numbers, whatever the order they came in', async () => {
    expect(await sut.get('hub-01', 1)).toEqual({
      requestId: 1,
      report: 'DeviceModel',
      state: 'complete',
      parts: 3,
      missingSeqNos: [],
      requestedAt: AT,
      updatedAt: AT,
      completedAt: AT,
      generatedAt: AT,
      items: [{ n: 1 }, { n: 2 }, { n: 3 }, 'text', { n: 4 }],
    });
  });

  it('names the parts that are missing, and shows those that are there', async () => {
    expect(await sut.get('Hub-01', 2)).toMatchObject({
      state: 'timed_out',
      parts: 2,
      missingSeqNos: [0, 2, 3],
      completedAt: null,
      items: [{ n: 3 }],
    });
  });

  it('shows a report that had nothing to say as whole without a part', async () => {
    const [, , empty] = await sut.list('Hub-01', 9);
    expect(empty).toMatchObject({ report: 'DisplayMessages', state: 'complete', parts: 0, missingSeqNos: [] });
  });

  it('gives the last touched of a number that reports of several kinds have', async () => {
    expect(await sut.get('Hub-01', 3)).toMatchObject({ report: 'Monitoring', requestedAt: null, items: [{ n: 9 }] });
  });

  it('is null for a number without a report', async () => {
    expect(await sut.get('Hub-01', 99)).toBeNull();
    expect(await sut.get('nobody', 1)).toBeNull();
    expect(await sut.get('Other', 1)).toMatchObject({ parts: 0, items: [], generatedAt: null, state: 'collecting' });
  });
});
