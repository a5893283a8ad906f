import { expect, it } from '@jest/globals';
import { answered } from './answered.ts';

it('gives the answer, falsy ones too', () => {
  expect(answered(0, 'transactionStart')).toBe(0);
});

it('names the lookup that was left out', () => {
  expect(() => answered(null, 'registration')).toThrow('lookup registration was asked for and not answered');
});
