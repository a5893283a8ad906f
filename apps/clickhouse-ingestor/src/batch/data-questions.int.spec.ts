import { beforeAll, describe, expect, it } from '@jest/globals';
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
const SMALL = /\.(charge_point_facts|latest_status|states_by_month)$/;

const readsOf = (plan: Plan): Plan[] => [
  ...(plan['Node Type'] === 'ReadFromMergeTree' ? [plan] : []),
  ...(plan.Plans ?? []).flatMap(readsOf),
];

/** Whether an index leaves out what the question does not name. */
const isPruned = ({ Indexes = [] }: Plan): boolean =>
  Indexes.some(({ Type, Condition = 'true' }) => Type === 'Skip' || Condition !== 'true');

describe('docs/data', () => {
  const views = viewsOnClickHouse('data-questions');
  const questions = new WorkedExamples('questions.md');

  beforeAll(async () => {
    // The day lies in the past, and what is kept for a time would go.
    await views.command('SYSTEM STOP TTL MERGES');
    await views.insert(...demoNetwork());
  }, 180_000);

  it('has more than twenty questions, each with its answer', () => {
    expect(questions.all.length).toBeGreaterThanOrEqual(20);
    expect(questions.all.filter(({ answer }) => !Array.isArray(answer) || answer.length === 0)).toEqual([]);
  });

  it.each(questions.all)('answers: $title', async (question) => {
    questions.check(question, await views.query(question.sql));
  });

  it.each(questions.all)('reads no table whole: $title', async ({ sql }) => {
    const [explained] = await views.query<{ explain: string }>(`EXPLAIN json = 1, indexes = 1 ${sql}`);
    const plans = JSON.parse(explained?.explain ?? '[]') as { Plan: Plan }[];
    const reads = plans.flatMap(({ Plan: plan }) => readsOf(plan));
    expect(reads).not.toEqual([]);
    const whole = reads.filter((read) => !SMALL.test(read.Description ?? '') && !isPruned(read));
    expect(whole.map(({ Description }) => Description)).toEqual([]);
  });
});
