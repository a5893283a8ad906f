import { CONNECTOR_STATES, STATE_OF_STATUS } from '@ocpp-gw/contracts';
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { viewsFolder } from './migrator/view-files.ts';

describe('connector_states_between', () => {
  it('has the words for statuses that the contracts declare', () => {
    const view = readFileSync(join(viewsFolder, 'connector_states_between.sql'), 'utf8');
    const list = (words: readonly string[]): string => `[${words.map((word) => `'${word}'`).join(', ')}]`;
    expect(view).toContain(list(Object.keys(STATE_OF_STATUS)));
    expect(view).toContain(list(Object.values(STATE_OF_STATUS)));
    expect(new Set(['unknown', ...Object.values(STATE_OF_STATUS)])).toEqual(new Set(CONNECTOR_STATES));
  });
});
