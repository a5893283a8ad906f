import { describe, expect, it } from '@jest/globals';
import { END_INFERENCES, SESSION_QUALITIES, UNASSIGNED_REASONS } from '@ocpp-gw/contracts';
import { readFileSync } from 'node:fs';
import { INTERVAL_QUALITIES } from '../energy/index.ts';
import { ENERGY_REASONS } from './reasons.ts';

const REGISTERS = { ...ENERGY_REASONS, ...INTERVAL_QUALITIES, ...SESSION_QUALITIES };
const QUALITY = { ...REGISTERS, ...END_INFERENCES, ...UNASSIGNED_REASONS };

describe.each([
  ['registers.md', REGISTERS],
  ['data/quality.md', QUALITY],
])('docs/%s', (name, declared) => {
  // Prettier pads the tables.
  const page = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8').replaceAll(/ +/g, ' ');

  it.each(Object.entries(declared))('%s is documented with its meaning', (value, meaning) => {
    expect(page).toContain(`| \`${value}\` | ${meaning} |`);
  });
});

describe('docs/data/quality.md', () => {
  it('lists nothing that is not declared', () => {
    const page = readFileSync(new URL('../../../../docs/data/quality.md', import.meta.url), 'utf8');
    const columns = ['clock_skew_seconds', 'sampled_at_raw', 'unit_assumed', 'signed', 'value'];
    const listed = [...page.matchAll(/^\| `(\w+)` +\|(?! meaning)/gm)].map(([, value]) => value);
    expect(new Set(listed)).toEqual(new Set([...Object.keys(QUALITY), ...columns]));
  });
});
