import { expect, it } from '@jest/globals';
import { rulesMet } from './rules-met.ts';

it('names the rules that hold', () => {
  expect(rulesMet({ 'clock-absurd': true, 'start-repeated': false, 'reservation-id-zero': true })).toEqual([
    'clock-absurd',
    'reservation-id-zero',
  ]);
});
