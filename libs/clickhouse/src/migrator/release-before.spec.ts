import { describe, expect, it } from '@jest/globals';
import { ddlFolder, readDdlFiles } from './ddl-files.ts';

/** docs/adr/0065 */
const MOVED =
  'the table of the same name has every column of the one before and takes what was written to it; upgrade.int.spec.ts shows it';

/** Files that take something away, and why the release before does not miss it (docs/adr/0045). */
const ALLOWED: Record<string, string> = {
  '0028_transaction_progress.sql':
    'no app reads or writes transaction_registers: views fed it, and the same file replaces them',
  '0034_meter_samples_by_week.sql': MOVED,
  '0035_transaction_events_by_week.sql': MOVED,
  '0036_connector_status_by_week.sql': MOVED,
  '0037_connections_by_week.sql': MOVED,
  '0045_drop_transaction_readings.sql':
    'no app reads or writes transaction_readings: views fed it, and sessions no longer reads it',
};

/** What the release before could trip over. Views may be replaced: they keep their columns, or get more. */
const BREAKS =
  /\b(DROP (TABLE|COLUMN|DATABASE)|RENAME|EXCHANGE TABLES|MODIFY (COLUMN|ORDER BY)|TRUNCATE|DELETE FROM|DETACH|CLEAR COLUMN)\b/i;

const breaks = (sql: string): boolean => BREAKS.test(sql.replaceAll(/--.*$/gm, ''));

describe('the release before', () => {
  it('works on the tables of this one: DDL only adds, or says why not', async () => {
    const files = await readDdlFiles(ddlFolder);
    const broken = files.filter(({ statements }) => statements.some(breaks)).map(({ name }) => name);
    expect(broken).toEqual(Object.keys(ALLOWED));
  });

  it.each([
    'ALTER TABLE boots DROP COLUMN vendor',
    'RENAME TABLE boots TO starts',
    'ALTER TABLE boots MODIFY COLUMN a Int8',
  ])('would trip over %s', (sql) => {
    expect(breaks(sql)).toBe(true);
  });

  it.each([
    'ALTER TABLE boots ADD COLUMN IF NOT EXISTS a Int8',
    'CREATE OR REPLACE VIEW last_boot AS SELECT 1',
    '-- RENAME',
  ])('does not trip over %s', (sql) => {
    expect(breaks(sql)).toBe(false);
  });
});
