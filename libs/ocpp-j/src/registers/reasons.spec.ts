import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ENERGY_REASONS } from './reasons.ts';

// Prettier pads the tables.
const page = readFileSync(new URL('../../../../docs/registers.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');

describe('ENERGY_REASONS', () => {
  it.each(Object.entries(ENERGY_REASONS))('%s is documented with its meaning', (reason, meaning) => {
    expect(page).toContain(`| \`${reason}\` | ${meaning} |`);
  });
});
