import { createClient, type ClickHouseClient } from '@clickhouse/client';
import {
  clickhouseSchema,
  clickhouseTarget,
  ddlFolder,
  migrate,
  schemaFolders,
  type SchemaFolders,
} from '@ocpp-gw/clickhouse';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, bytesIn, mergesRunning, rowsIn } from './ask.ts';
import { fill, sessionIn, type Dataset, type Layout } from './dataset.ts';
import { QUESTIONS, type Subject } from './questions.ts';
import type { Shared } from './report.ts';

/** The newest file of the layout by month. */
const BEFORE = '0033';
/** The day that is asked about comes after this part of all of them. */
const ASKED_AFTER = 0.68;
const DAY_MS = 86_400_000;
/** What merges in the background leave after this long is asked as it is. */
const MERGES_MS = 300_000;

export interface Answers {
  /** By the name of the question. */
  answers: Map<string, Shared>;
  bytes: number;
}

/** Makes a database of one layout, fills it, asks it everything, and drops it. */
export async function answersOf(
  url: string,
  layout: Layout,
  dataset: Dataset,
  say: (what: string) => void,
): Promise<Answers> {
  const config = { EVEYS_OCPP_CLICKHOUSE_URL: url, EVEYS_OCPP_CLICKHOUSE_DATABASE: layout };
  const target = clickhouseTarget(clickhouseSchema.parse(config), 'bench-queries');
  await withFolders(layout, (folders) => migrate(target, folders));
  const client: ClickHouseClient = createClient({ ...target, request_timeout: 3_600_000 });
  try {
    await fill(client, layout, dataset, (what) => say(`${layout}: ${what}`));
    const startedAt = Date.now();
    while ((await mergesRunning(client)) > 0 && Date.now() - startedAt < MERGES_MS) await sleep(1000);
    const answers = new Map<string, Shared>();
    for (const question of QUESTIONS) {
      const sql = question[layout];
      if (!sql) continue;
      const answer = await ask(client, sql(subjectOf(dataset)));
      const all = await Promise.all(question.of.map((table) => rowsIn(client, table)));
      const share = answer.rowsRead / all.reduce((sum, rows) => sum + rows, 0);
      answers.set(question.name, { ...answer, share });
      say(
        `${layout}: ${question.name}: ${answer.rowsRead} rows read, ${(share * 100).toFixed(2)} %, ${answer.rows} given`,
      );
    }
    return { answers, bytes: await bytesIn(client) };
  } finally {
    await client.command({ query: `DROP DATABASE ${layout} SYNC` });
    await client.close();
  }
}

function subjectOf(dataset: Dataset): Subject {
  const day = (number: number): string => new Date(dataset.from.getTime() + number * DAY_MS).toISOString().slice(0, 10);
  const asked = Math.floor(dataset.days * ASKED_AFTER);
  return { ...sessionIn(asked, dataset), day: day(asked), dayAfter: day(asked + 1) };
}

/** Midnight, UTC, so many days before. */
export const midnightBefore = (now: Date, days: number): Date =>
  new Date((Math.floor(now.getTime() / DAY_MS) - days) * DAY_MS);

async function withFolders(layout: Layout, work: (folders: SchemaFolders) => Promise<unknown>): Promise<void> {
  if (layout === 'now') {
    await work(schemaFolders);
    return;
  }
  const folder = await mkdtemp(join(tmpdir(), 'bench-queries-'));
  try {
    const old: SchemaFolders = { ddl: join(folder, 'ddl'), views: join(folder, 'views') };
    await Promise.all([mkdir(old.ddl), mkdir(old.views)]);
    for (const name of await readdir(ddlFolder))
      if (name.slice(0, 4) <= BEFORE) await cp(join(ddlFolder, name), join(old.ddl, name));
    await work(old);
  } finally {
    await rm(folder, { recursive: true });
  }
}
