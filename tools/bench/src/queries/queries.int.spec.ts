import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startDataPlane, type DataPlane } from '@ocpp-gw/data-plane';
import type { Dataset } from './dataset.ts';
import { answersOf, type Answers } from './layouts.ts';
import { QUESTIONS } from './questions.ts';

/** Twelve weeks of few chargers: a question about a day or a charger reads a part of a week, or one granule of each. One that scans reads all. */
const DATASET: Dataset = { samples: 480_000, chargers: 48, days: 84, from: new Date('2026-06-01T00:00:00Z') };
const MOST = 0.25;

describe('a question about a day or a charger', () => {
  let plane: DataPlane;
  let now: Answers;

  beforeAll(async () => {
    plane = await startDataPlane({ name: 'bench-queries-spec', ports: 'random', only: ['clickhouse'] });
    now = await answersOf(plane.clickhouseUrl, 'now', DATASET, () => undefined);
  }, 300_000);

  afterAll(async () => plane.stop());

  it.each(QUESTIONS.map(({ name }) => name))('reads a part of the rows: %s', (name) => {
    const answer = now.answers.get(name);
    expect(answer?.share).toBeLessThan(MOST);
    expect(answer?.givenUp).toBe(false);
  });
});
