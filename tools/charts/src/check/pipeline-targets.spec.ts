import { describe, expect, it } from '@jest/globals';
import { targetProblems, workflowProblems } from './pipeline-targets.ts';

const good = {
  permissions: { contents: 'read' },
  concurrency: 'tests',
  jobs: {
    tests: { 'timeout-minutes': 5, steps: [{ uses: 'actions/checkout@v4' }, { run: 'make tests && make -s down' }] },
  },
};
const targets = new Set(['tests', 'down']);

describe('a pipeline', () => {
  it('that keeps the rules is fine', () => {
    expect(workflowProblems(good, targets)).toEqual([]);
  });

  it.each([
    ['permissions', { ...good, permissions: undefined }, 'names no permissions'],
    ['concurrency', { ...good, concurrency: undefined }, 'has no concurrency group'],
    ['a time limit', { ...good, jobs: { a: { steps: [] } } }, 'job a has no timeout-minutes'],
    [
      'a fixed version',
      { ...good, jobs: { a: { 'timeout-minutes': 1, steps: [{ uses: 'actions/checkout@main' }] } } },
      'job a uses actions/checkout@main, which is no fixed version',
    ],
    [
      'a target of the Makefile',
      { ...good, jobs: { a: { 'timeout-minutes': 1, steps: [{ run: 'make coffee' }] } } },
      'job a calls make coffee, which the Makefile lacks',
    ],
  ])('needs %s', (_title, workflow, problem) => {
    expect(workflowProblems(workflow, targets)).toEqual([expect.stringContaining(problem)]);
  });
});

it('the pipelines of this tree keep the rules', () => {
  expect(targetProblems()).toEqual([]);
});
