import { describe, expect, it } from '@jest/globals';
import { readingRules, rulesMet } from './rules-met.ts';
import { normaliseSample } from './sample.ts';

const now = new Date('2026-03-01T10:00:00Z');

describe('rulesMet', () => {
  it('names the rules that hold', () => {
    expect(rulesMet({ 'clock-absurd': true, 'start-repeated': false, 'reservation-id-zero': true })).toEqual([
      'clock-absurd',
      'reservation-id-zero',
    ]);
  });
});

describe('readingRules', () => {
  it.each([
    { what: 'nothing of good readings', timestamp: '2026-03-01T09:00:00Z', value: '7', format: 'Raw', met: [] },
    {
      what: 'a clock that was never set',
      timestamp: '1970-01-01T00:00:00Z',
      value: '7',
      format: 'Raw',
      met: ['clock-absurd'],
    },
    {
      what: 'a reading that is no number',
      timestamp: '2026-03-01T09:00:00Z',
      value: '',
      format: 'Raw',
      met: ['reading-not-numeric'],
    },
    {
      what: 'nothing of signed data',
      timestamp: '2026-03-01T09:00:00Z',
      value: 'OCMF|',
      format: 'SignedData',
      met: [],
    },
  ])('meets $what', ({ timestamp, value, format, met }) => {
    const samples = [normaliseSample({ at: now, value, format })];
    expect(rulesMet(readingRules([{ timestamp }], samples, now))).toEqual(met);
  });
});
