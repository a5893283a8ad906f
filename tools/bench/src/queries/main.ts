import { createClient, type ClickHouseClient } from '@clickhouse/client';
import {
  clickhouseSchema,
  clickhouseTarget,
  ddlFolder,
  migrate,
  schemaFolders,
  type SchemaFolders,
} from '@ocpp-gw/clickhouse';
import { startDataPlane } from '@ocpp-gw/data-plane';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ask, bytesIn, rowsIn, type Answer } from './ask.ts';
import { DAYS, fill, sessionIn, type Dataset } from './dataset.ts';
import { QUESTIONS, type Subject } from './questions.ts';
import { MOST, queriesTable, type Row } from './report.ts';

/** The newest file of the layout by month. */
const BEFORE = '0033';
/** The day that is asked about: not the first, nor the last. */
const DAY = 500;
const DAY_MS = 86_400_000;

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '500000' }, chargers: { type: 'string', default: '5000' } },
});
const dataset: Dataset = {
  samples: Number(values.samples),
  chargers: Number(values.chargers),
  from: new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - DAYS * DAY_MS),
};
const day = (number: number): string => new Date(dataset.from.getTime() + number * DAY_MS).toISOString().slice(0, 10);
const subject: Subject = { ...sessionIn(DAY, dataset), day: day(DAY), dayAfter: day(DAY + 1) };
const say = (what: string): void => console.error(`bench-queries: ${what}`);

const plane = await startDataPlane({ name: 'bench-queries', ports: 'random', only: ['clickhouse'] });
const folder = await mkdtemp(join(tmpdir(), 'bench-queries-'));
try {
  const old: SchemaFolders = { ddl: join(folder, 'ddl'), views: join(folder, 'views') };
  await Promise.all([mkdir(old.ddl), mkdir(old.views)]);
  for (const name of await readdir(ddlFolder))
    if (name.slice(0, 4) <= BEFORE) await cp(join(ddlFolder, name), join(old.ddl, name));
  const before = await answersOf('before', old);
  const after = await answersOf('after', schemaFolders);
  const rows = QUESTIONS.flatMap(({ name }, index): Row[] => {
    const [one, other] = [before.answers[index], after.answers[index]];
    return one && other ? [{ name, before: one, after: other }] : [];
  });
  const [core, ...others] = cpus();
  console.log(
    [
      `${new Date().toISOString().slice(0, 10)}, ${others.length + 1} × ${core?.model ?? 'unknown'}, Linux ${release()}, chdb`,
      `${dataset.samples.toLocaleString('en')} samples, ${dataset.chargers} chargers, ${DAYS} days; on disk ${gigabytes(before.bytes)} before, ${gigabytes(after.bytes)} after`,
      '',
      queriesTable(rows),
    ].join('\n'),
  );
  for (const { name, after: answer } of rows)
    if (answer.share > MOST) {
      console.error(`bench-queries: ${name} reads ${(answer.share * 100).toFixed(2)} % of the rows`);
      process.exitCode = 1;
    }
} finally {
  await plane.stop();
  await rm(folder, { recursive: true });
}

interface Layout {
  answers: (Answer & { share: number })[];
  bytes: number;
}

async function answersOf(layout: 'before' | 'after', folders: SchemaFolders): Promise<Layout> {
  const config = { EVEYS_OCPP_CLICKHOUSE_URL: plane.clickhouseUrl, EVEYS_OCPP_CLICKHOUSE_DATABASE: layout };
  const target = clickhouseTarget(clickhouseSchema.parse(config), 'bench-queries');
  await migrate(target, folders);
  const client: ClickHouseClient = createClient({ ...target, request_timeout: 3_600_000 });
  try {
    await fill(client, dataset, (what) => say(`${layout}: ${what}`));
    const answers: Layout['answers'] = [];
    for (const question of QUESTIONS) {
      const query = (layout === 'after' && question.after) || question.before;
      const answer = await ask(client, query(subject));
      const all = await Promise.all(question.of.map((table) => rowsIn(client, table)));
      answers.push({ ...answer, share: answer.rowsRead / all.reduce((sum, rows) => sum + rows, 0) });
      say(`${layout}: ${question.name}: ${answer.rowsRead} rows read, ${answer.rows} given`);
    }
    return { answers, bytes: await bytesIn(client) };
  } finally {
    await client.close();
  }
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
