import { describe, expect, it } from '@jest/globals';
import { conditionsOf } from './condition.ts';

describe('conditionsOf', () => {
  it('reads the conditions in the comments before a statement', () => {
    const statement = `-- Why.
-- skip if: SELECT count() FROM a
-- wait until: SELECT 1
-- skip if: SELECT 2
EXCHANGE TABLES a AND b
-- skip if: SELECT 3`;
    expect(conditionsOf(statement)).toEqual({ skipIf: ['SELECT count() FROM a', 'SELECT 2'], waitUntil: ['SELECT 1'] });
  });

  it('finds none in other comments', () => {
    expect(conditionsOf('-- skip if: nothing\n-- wait\nSELECT 1')).toEqual({ skipIf: [], waitUntil: [] });
  });
});
