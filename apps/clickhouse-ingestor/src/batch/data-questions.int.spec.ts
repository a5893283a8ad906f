import { beforeAll, describe, expect, it } from '@jest/globals';
import { SESSION_QUALITIES } from '@ocpp-gw/contracts';
import { demoNetwork } from './testdata/demo-network.ts';
import { viewsOnClickHouse } from './testdata/views-on-clickhouse.ts';
import { WorkedExamples } from './testdata/worked-examples.ts';

interface Plan {
  'Node Type': string;
  Description?: string;
  Indexes?: { Type: string; Condition?: string }[];
  Plans?: Plan[];
}

/** Tables with a row for each charge point or connector: whoever asks about the fleet reads them whole. */
const SMALL = /\.(charge_point_facts|connectors|latest_status|states_by_month)$/;

const readsOf = (plan: Plan): Plan[] => [
  ...(plan['Node Type'] === 'ReadFromMergeTree' ? [plan] : []),
  ...(plan.Plans ?? []).flatMap(readsOf),
];

/** Whether an index leaves out what the question does not name. */
const isPruned = ({ Indexes = [] }: Plan): boolean =>
  Indexes.some(({ Type, Condition = 'true' }) => Type === 'Skip' || Condition !== 'true');

const PAGES = ['questions.md', 'quality.md'].map((page) => [page, new WorkedExamples(page)] as const);

describe('docs/data', () => {
  const views = viewsOnClickHouse('data-questions');

  beforeAll(async () => {
    // The day lies in the past, and what is kept for a time would go.
    await views.command('SYSTEM STOP TTL MERGES');
    await views.insert(...demoNetwork());
  }, 180_000);

  it('has twenty questions and more', () => {
    expect(PAGES[0]?.[1].all.length).toBeGreaterThanOrEqual(20);
  });

  it('shows a session with each flag', async () => {
    const found = await views.query<{ flag: string }>('SELECT DISTINCT arrayJoin(quality) AS flag FROM sessions');
    expect(found.map(({ flag }) => flag).sort()).toEqual(Object.keys(SESSION_QUALITIES).sort());
  });

  describe.each(PAGES)('%s', (_page, { all }) => {
    it('has something to show for each question', () => {
      expect(all.filter(({ answer }) => !Array.isArray(answer) || answer.length === 0)).toEqual([]);
    });

    it('has a name of its own for each question', () => {
      expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
    });
  });

  const questions = PAGES.flatMap(([page, examples]) => examples.all.map((each) => ({ page, examples, ...each })));

  it.each(questions)('answers in $page: $title', async ({ examples, ...question }) => {
    examples.check(question, await views.query(question.sql));
  });

  it.each(questions)('reads no table whole in $page: $title', async ({ sql }) => {
    const [explained] = await views.query<{ explain: string }>(`EXPLAIN json = 1, indexes = 1 ${sql}`);
    const plans = JSON.parse(explained?.explain ?? '[]') as { Plan: Plan }[];
    const reads = plans.flatMap(({ Plan: plan }) => readsOf(plan));
    expect(reads).not.toEqual([]);
    const whole = reads.filter((read) => !SMALL.test(read.Description ?? '') && !isPruned(read));
    expect(whole.map(({ Description }) => Description)).toEqual([]);
  });
});
