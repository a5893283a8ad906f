import { TABLES } from '../tables/tables.ts';
import { statement, upsert } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const configurationKeys = {
  /** The keys that a station reported. If the list is complete, other keys are removed. */
  configurationSeen: {
    table: 'configuration_keys',
    conflictKey: ['configuration'],
    write: [
      statement(
        {
          ...TABLES.configuration_keys.columns,
          keys: 'jsonb',
          unknown_keys: 'jsonb',
          complete: 'boolean',
        },
        {
          cp_id: cpId,
          keys: ({ effect }) => effect.keys,
          unknown_keys: ({ effect }) => effect.unknownKeys,
          complete: ({ effect }) => effect.complete,
          seen_at: receivedAt,
        },
        (rows) => `WITH station AS (SELECT * FROM ${rows('station')}),
          seen AS (
            -- A station that names a key twice means one.
            SELECT DISTINCT ON (cp_id, lower(key)) cp_id, key, value, readonly, seen_at
            FROM station, jsonb_to_recordset(keys) AS one (key text, value text, readonly boolean)
            ORDER BY cp_id, lower(key)),
          gone AS (
            DELETE FROM configuration_keys known USING station
            WHERE known.cp_id = station.cp_id
              AND (station.complete OR lower(known.key) IN (
                SELECT lower(one.key) FROM jsonb_array_elements_text(unknown_keys) AS one (key)))
              AND NOT EXISTS (SELECT FROM seen WHERE seen.cp_id = known.cp_id AND lower(seen.key) = lower(known.key)))
          INSERT INTO configuration_keys (cp_id, key, value, readonly, seen_at)
          SELECT cp_id, key, value, readonly, seen_at FROM seen
          ON CONFLICT (cp_id, lower(key)) DO UPDATE SET
            key = excluded.key, value = excluded.value, readonly = excluded.readonly, seen_at = excluded.seen_at`,
      ),
    ],
  },
  /** A key that could be changed is not read-only, whatever a list reported. */
  configurationChanged: {
    table: 'configuration_keys',
    conflictKey: ['configuration'],
    write: [
      upsert('configuration_keys', {
        cp_id: cpId,
        key: ({ effect }) => effect.key,
        value: ({ effect }) => effect.value,
        readonly: () => false,
        reboot_required: ({ effect }) => effect.rebootRequired,
        seen_at: receivedAt,
      }),
    ],
  },
} satisfies Facts;
