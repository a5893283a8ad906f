import type { ChargingProfile } from '@ocpp-gw/contracts';
import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf, Station, StationChange } from '../entry.ts';
import { int32, instant, recordset } from '../wire-values.ts';

/** Takes the place of the profile of the same id, and of that of the same EVSE, purpose and stack level. */
export async function writeChargingProfiles(
  sql: Sql,
  entries: readonly EntryOf<'chargingProfileSet'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `WITH ${PROFILE},
     replaced AS (
       DELETE FROM charging_profiles earlier USING profile
       WHERE (earlier.cp_id, earlier.evse_id, earlier.purpose, earlier.stack_level)
           = (profile.cp_id, profile.evse_id, profile.purpose, profile.stack_level)
         AND earlier.charging_profile_id <> profile.charging_profile_id)
     INSERT INTO charging_profiles (${COLUMNS})
     SELECT ${COLUMNS} FROM profile ORDER BY cp_id, charging_profile_id
     ON CONFLICT (cp_id, charging_profile_id) DO UPDATE SET
       ${TAKEN}, transaction_id = excluded.transaction_id, set_at = excluded.set_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => profileRow(station, effect.profile, effect.evseId, 'CSO', now)),
      ),
    ],
  );
}

/**
 * What the station says it holds: each profile by its id alone, as it may hold several of one stack level for different times.
 * Those it does not name stay: no part of a report says that all are named, and the filters are not known here.
 */
export async function writeReportedProfiles(
  sql: Sql,
  entries: readonly EntryOf<'chargingProfilesReported'>[],
): Promise<void> {
  const profiles = entries.flatMap(({ station, effect, now }) =>
    effect.profiles.map((profile) => profileRow(station, profile, effect.evseId, effect.source, now)),
  );
  if (profiles.length === 0) return;
  await sql.query(
    `WITH ${PROFILE}
     INSERT INTO charging_profiles AS known (${COLUMNS})
     SELECT DISTINCT ON (cp_id, charging_profile_id) ${COLUMNS} FROM profile ORDER BY cp_id, charging_profile_id
     ON CONFLICT (cp_id, charging_profile_id) DO UPDATE SET
       ${TAKEN}, transaction_id = coalesce(excluded.transaction_id, known.transaction_id)`,
    [recordset(profiles)],
  );
}

const COLUMNS = `cp_id, evse_id, charging_profile_id, stack_level, purpose, kind, recurrency_kind, valid_from, valid_to,
  transaction_id, source, schedule, alternatives, set_at`;

const PROFILE = `profile AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS profile (
    cp_id text, evse_id integer, charging_profile_id integer, stack_level integer, purpose text, kind text,
    recurrency_kind text, valid_from timestamptz, valid_to timestamptz, transaction_id text, source text, schedule jsonb,
    alternatives jsonb, set_at timestamptz))`;

const TAKEN = `evse_id = excluded.evse_id, stack_level = excluded.stack_level, purpose = excluded.purpose,
  kind = excluded.kind, recurrency_kind = excluded.recurrency_kind, valid_from = excluded.valid_from,
  valid_to = excluded.valid_to, source = excluded.source, schedule = excluded.schedule,
  alternatives = excluded.alternatives`;

function profileRow(station: Station, profile: ChargingProfile, evseId: number, source: string, now: Date): object {
  return {
    cp_id: station.cpId,
    evse_id: int32(evseId),
    charging_profile_id: int32(profile.chargingProfileId),
    stack_level: int32(profile.stackLevel),
    purpose: profile.purpose,
    kind: profile.kind,
    recurrency_kind: profile.recurrencyKind,
    valid_from: instant(profile.validFrom),
    valid_to: instant(profile.validTo),
    transaction_id: profile.transactionId,
    source,
    schedule: profile.schedule,
    alternatives: profile.alternatives,
    set_at: now,
  };
}

export async function clearChargingProfiles(
  sql: Sql,
  entries: readonly EntryOf<'chargingProfilesCleared'>[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `DELETE FROM charging_profiles profile
     USING jsonb_to_recordset($1::jsonb) AS cleared (
       cp_id text, charging_profile_id integer, evse_id integer, purpose text, stack_level integer)
     WHERE profile.cp_id = cleared.cp_id
       AND (cleared.charging_profile_id IS NULL OR profile.charging_profile_id = cleared.charging_profile_id)
       AND (cleared.evse_id IS NULL OR profile.evse_id = cleared.evse_id)
       AND (cleared.purpose IS NULL OR profile.purpose = cleared.purpose)
       AND (cleared.stack_level IS NULL OR profile.stack_level = cleared.stack_level)`,
    [
      recordset(
        entries.map(({ station, effect }) => ({
          cp_id: station.cpId,
          charging_profile_id: effect.chargingProfileId,
          evse_id: effect.evseId,
          purpose: effect.purpose,
          stack_level: effect.stackLevel,
        })),
      ),
    ],
  );
}

/** The profile that came with a remote start is that of the transaction which then starts there (1.6 section 5.16.2). */
export async function adoptProfiles(sql: Sql, changes: readonly StationChange[]): Promise<void> {
  const starts = changes.filter(
    ({ before, after }) => after.startSeen && after.state === 'active' && !before?.startSeen,
  );
  if (starts.length === 0) return;
  await sql.query(
    `UPDATE charging_profiles profile
     SET transaction_id = start.station_transaction_id,
         evse_id = CASE start.evse_id WHEN 0 THEN profile.evse_id ELSE start.evse_id END
     FROM jsonb_to_recordset($1::jsonb) AS start (cp_id text, station_transaction_id text, evse_id integer)
     WHERE profile.cp_id = start.cp_id AND profile.purpose = 'TxProfile' AND profile.transaction_id IS NULL
       AND profile.evse_id IN (0, start.evse_id)`,
    [recordset(starts.map(placeOf))],
  );
}

/** A TxProfile ends with its transaction; one that names none is of the EVSE's (1.6 section 3.13.1). */
export async function endProfiles(sql: Sql, changes: readonly StationChange[]): Promise<void> {
  const ended = changes.filter(({ before, after }) => after.state === 'ended' && before?.state !== 'ended');
  if (ended.length === 0) return;
  await sql.query(
    `DELETE FROM charging_profiles profile
     USING jsonb_to_recordset($1::jsonb) AS ended (cp_id text, station_transaction_id text, evse_id integer)
     WHERE profile.cp_id = ended.cp_id AND profile.purpose = 'TxProfile'
       AND (profile.transaction_id = ended.station_transaction_id
         OR (profile.transaction_id IS NULL AND profile.evse_id = ended.evse_id AND ended.evse_id > 0))`,
    [recordset(ended.map(placeOf))],
  );
}

function placeOf({ cpId, after }: StationChange): object {
  return { cp_id: cpId, station_transaction_id: after.stationTransactionId, evse_id: after.evseId };
}
