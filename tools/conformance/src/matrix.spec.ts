import { describe, expect, it } from '@jest/globals';
import { CASES_V16 } from './cases-v16.ts';
import { CASES_V201 } from './cases-v201.ts';
import { type Subject, conformanceMatrix, uncovered } from './matrix.ts';
import type { TestResult } from './results.ts';

const subject: Subject = {
  version: 'OCPP 1.6',
  library: 'libs/ocpp-v16',
  inbound: ['Heartbeat'],
  outbound: ['Reset'],
  cases: [
    { id: '013', profile: 'Core', title: 'Hard Reset' },
    { id: '014', profile: 'Core', title: 'Soft Reset' },
  ],
  rules: [{ id: 'null-payload', behaviour: 18, where: 'frame', lenient: 'read as {}', strict: 'the same' }],
};

const test = (file: string, ...path: string[]): TestResult => ({ file, path, passed: true });
const hardReset = test('tools/e2e/src/octt/reset.ts', 'OCPP 1.6', 'TC_013 Hard Reset');
const rowOf = (document: string, cell: string): string | undefined =>
  document.split('\n').find((line) => line.startsWith(`| ${cell} |`));

describe('the conformance matrix', () => {
  it('links a case to the test that bears its id and title', () => {
    const document = conformanceMatrix(subject, [hardReset]);
    expect(rowOf(document, 'TC_013')).toContain('[reset.ts](../tools/e2e/src/octt/reset.ts)');
    expect(document).toContain('1 of 2 are shown');
  });

  it('shows a case without a test as not covered', () => {
    expect(rowOf(conformanceMatrix(subject, [hardReset]), 'TC_014')).toContain('not covered');
  });

  it('takes a failed test for none', () => {
    expect(rowOf(conformanceMatrix(subject, [{ ...hardReset, passed: false }]), 'TC_013')).toContain('not covered');
  });

  it('wants both schemas of a message', () => {
    const request = test('libs/ocpp-v16/src/properties.spec.ts', 'OCPP 1.6 Reset.req', 'valid payloads are accepted');
    const answer = test('libs/ocpp-v16/src/properties.spec.ts', 'OCPP 1.6 Reset.conf', 'valid payloads are accepted');
    expect(rowOf(conformanceMatrix(subject, [request]), 'Reset')).not.toContain('properties.spec.ts');
    expect(rowOf(conformanceMatrix(subject, [request, answer]), 'Reset')).toContain('properties.spec.ts');
  });

  it('tells what decides a message from what translates it, by the folder', () => {
    const document = conformanceMatrix(subject, [
      test('libs/ocpp-v16/src/actions/heartbeat.spec.ts', 'Heartbeat', 'gives the time'),
      test('libs/ocpp-v16/src/commands/reset.spec.ts', 'Reset', 'is of the whole charge point'),
      test('libs/ocpp-v201/src/commands/reset.spec.ts', 'Reset', 'is of an EVSE'),
    ]);
    expect(rowOf(document, 'Heartbeat')).toContain('heartbeat.spec.ts');
    expect(rowOf(document, 'Reset')).toContain('ocpp-v16/src/commands/reset.spec.ts');
    expect(document).not.toContain('ocpp-v201');
  });

  it('counts the rows without a test', () => {
    expect(uncovered(conformanceMatrix(subject, []))).toBe(5);
    expect(uncovered(conformanceMatrix(subject, [hardReset]))).toBe(4);
  });
});

describe('the case lists', () => {
  it.each([
    { list: CASES_V16, count: 77 },
    { list: CASES_V201, count: 252 },
  ])('hold $count cases, each id once', ({ list, count }) => {
    expect(new Set(list.map(({ id }) => id)).size).toBe(count);
    expect(list).toHaveLength(count);
  });

  it('knows the block and the class of a case', () => {
    expect(CASES_V201.find(({ id }) => id === 'B_02')).toEqual({
      id: 'B_02',
      profile: 'Provisioning (C)',
      title: 'Cold Boot Charging Station - Pending',
    });
  });
});
