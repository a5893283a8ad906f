import { startDataPlane } from '@ocpp-gw/data-plane';
import { cpus, release } from 'node:os';
import { parseArgs } from 'node:util';
import { chargersOf, type Dataset } from './dataset.ts';
import { answersOf, midnightBefore, type Answers } from './layouts.ts';
import { QUESTIONS } from './questions.ts';
import { MOST, queriesTable, type Row } from './report.ts';

/** Two years. */
const DAYS = 730;

const { values } = parseArgs({
  options: {
    samples: { type: 'string', default: '1000000' },
    chargers: { type: 'string' },
    'only-now': { type: 'boolean', default: false },
  },
});
const samples = Number(values.samples);
const dataset: Dataset = {
  samples,
  chargers: Number(values.chargers ?? chargersOf(samples)),
  days: DAYS,
  from: midnightBefore(new Date(), DAYS),
};
const say = (what: string): void => console.error(`${new Date().toISOString()} bench-queries: ${what}`);

const plane = await startDataPlane({ name: 'bench-queries', ports: 'random', only: ['clickhouse'] });
try {
  const now = await answersOf(plane.clickhouseUrl, 'now', dataset, say);
  const before = values['only-now'] ? undefined : await answersOf(plane.clickhouseUrl, 'before', dataset, say);
  const rows = QUESTIONS.flatMap(({ name }): Row[] => {
    const answer = now.answers.get(name);
    return answer ? [{ name, before: before?.answers.get(name), now: answer }] : [];
  });
  const [core, ...others] = cpus();
  console.log(
    [
      `${new Date().toISOString().slice(0, 10)}, ${others.length + 1} × ${core?.model ?? 'unknown'}, Linux ${release()}, chdb`,
      `${dataset.samples.toLocaleString('en')} samples, ${dataset.chargers.toLocaleString('en')} chargers, ${DAYS} days; on disk ${gigabytes(before)} before, ${gigabytes(now)} now`,
      '',
      queriesTable(rows),
    ].join('\n'),
  );
  for (const { name, now: answer } of rows)
    if (answer.share > MOST || answer.givenUp) {
      console.error(`bench-queries: ${name} reads ${(answer.share * 100).toFixed(2)} % of the rows`);
      process.exitCode = 1;
    }
} finally {
  await plane.stop();
}

function gigabytes(answers: Answers | undefined): string {
  return answers ? `${(answers.bytes / 1e9).toFixed(2)} GB` : 'nothing';
}
