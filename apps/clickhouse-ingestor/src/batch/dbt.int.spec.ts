import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pythonWith } from '@ocpp-gw/data-plane';
import { demoNetwork } from './testdata/demo-network.ts';
import { viewsOnClickHouse } from './testdata/views-on-clickhouse.ts';

const run = promisify(execFile);
const PROJECT = join(import.meta.dirname, '../../../../docs/data/examples/dbt');

describe('docs/data/examples/dbt', () => {
  const views = viewsOnClickHouse('dbt');
  let folder: string;
  let report: string;

  beforeAll(async () => {
    await views.command('SYSTEM STOP TTL MERGES');
    await views.insert(...demoNetwork());
    folder = await mkdtemp(join(tmpdir(), 'dbt-'));
    const python = await pythonWith('dbt', join(PROJECT, 'requirements.txt'), () => undefined);
    const { hostname, port } = new URL(views.url());
    const paths = ['--project-dir', PROJECT, '--profiles-dir', PROJECT, '--target-path', folder, '--log-path', folder];
    const { stdout } = await run(python, ['-m', 'dbt.cli.main', '--no-use-colors', 'build', ...paths], {
      cwd: folder,
      env: { ...process.env, CLICKHOUSE_HOST: hostname, CLICKHOUSE_PORT: port },
    }).catch((error: Error & { stdout?: string }) => {
      throw new Error(`dbt has failed: ${error.stdout ?? error.message}`, { cause: error });
    });
    report = stdout;
  }, 600_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('builds five models and passes their tests', () => {
    expect(report).toMatch(/Found 5 models, 14 data tests/);
    expect(report).toMatch(/Done\. PASS=19 WARN=0 ERROR=0 SKIP=0/);
  });

  it.each([
    [
      'daily_energy_by_site',
      [
        {
          id: '2026-01-05/North',
          day: '2026-01-05',
          site: 'North',
          energy_kwh: 64.75,
          estimated_kwh: 26.5,
          chargers: 2,
        },
        { id: '2026-01-05/South', day: '2026-01-05', site: 'South', energy_kwh: 46.5, estimated_kwh: 0, chargers: 1 },
      ],
    ],
    [
      'flagged_sessions',
      expect.arrayContaining([
        expect.objectContaining({ session_id: 'CP-2/A-2', flag: 'register_reset', energy_wh: null }),
      ]),
    ],
    [
      'idle_time',
      expect.arrayContaining([
        { session_id: 'CP-1/101', charging_minutes: 45, idle_minutes: 15, unknown_minutes: 0 },
        { session_id: 'CP-2/A-1', charging_minutes: 89, idle_minutes: 30, unknown_minutes: 1 },
      ]),
    ],
    ['stg_sessions', expect.arrayContaining([expect.objectContaining({ session_id: 'CP-3/B-1', cost_amount: 9.8 })])],
    [
      'availability_by_charger',
      expect.arrayContaining([
        expect.objectContaining({ id: '2026-01-05/CP-3', connectors: 1, faulted_hours: 0, offline_hours: 2 }),
      ]),
    ],
  ])('%s has what the network did', async (model, rows) => {
    expect(await views.query(`SELECT * FROM analytics.${model} ORDER BY ALL`)).toEqual(rows);
  });
});
