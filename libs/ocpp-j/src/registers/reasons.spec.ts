import { describe, expect, it } from '@jest/globals';
import { SESSION_QUALITIES } from '@ocpp-gw/contracts';
import { readFileSync } from 'node:fs';
import { INTERVAL_QUALITIES } from '../energy/index.ts';
import { ENERGY_REASONS } from './reasons.ts';

// Prettier pads the tables.
const page = readFileSync(new URL('../../../../docs/registers.md', import.meta.url), 'utf8').replaceAll(/ +/g, ' ');

describe('ENERGY_REASONS, INTERVAL_QUALITIES and SESSION_QUALITIES', () => {
  it.each(Object.entries({ ...ENERGY_REASONS, ...INTERVAL_QUALITIES, ...SESSION_QUALITIES }))(
    '%s is documented with its meaning',
    (reason, meaning) => {
      expect(page).toContain(`| \`${reason}\` | ${meaning} |`);
    },
  );
});
