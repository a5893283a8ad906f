import type { Sql } from '@ocpp-gw/persistence';
import { isKind, type Entry, type EntryOf } from '../entry.ts';
import { recordset } from '../wire-values.ts';

/** What the door will ask of the station (docs/adr/0013): both words stand until one is known to be the station's. */
export async function writeCredentials(sql: Sql, entries: readonly Entry[]): Promise<void> {
  const passwords = entries.filter((entry) => isKind('password', entry));
  await Promise.all([
    offerPasswords(
      sql,
      passwords.filter(({ effect }) => effect.step === 'offered'),
    ),
    settlePasswords(
      sql,
      passwords.filter(({ effect }) => effect.step !== 'offered'),
    ),
    offerProfiles(
      sql,
      entries.filter((entry) => isKind('securityProfile', entry)),
    ),
  ]);
}

/** Inserts where the row is missing: a password that the station got and the door does not know locks it out. */
async function offerPasswords(sql: Sql, entries: readonly EntryOf<'password'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `INSERT INTO charge_points (cp_id, protocol, offered_password_hash)
     SELECT cp_id, protocol, offered_password_hash
     FROM jsonb_to_recordset($1::jsonb) AS offer (cp_id text, protocol text, offered_password_hash text)
     ORDER BY lower(cp_id)
     ON CONFLICT (lower(cp_id)) DO UPDATE SET
       offered_password_hash = excluded.offered_password_hash, updated_at = now()`,
    [
      recordset(
        entries.map(({ station, passwordHash }) => ({
          cp_id: station.cpId,
          protocol: station.protocol,
          offered_password_hash: passwordHash,
        })),
      ),
    ],
  );
}

/** A station that came back before its answer was heard has settled it at the door: then there is nothing left to do. */
async function settlePasswords(sql: Sql, entries: readonly EntryOf<'password'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `UPDATE charge_points point
     SET password_hash = CASE WHEN settled.accepted THEN coalesce(offered_password_hash, password_hash)
                              ELSE password_hash END,
         offered_password_hash = NULL, updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS settled (cp_id text, accepted boolean)
     WHERE lower(point.cp_id) = lower(settled.cp_id)`,
    [recordset(entries.map(({ station, effect }) => ({ cp_id: station.cpId, accepted: effect.step === 'accepted' })))],
  );
}

/** Upwards only: a profile is never lowered over OCPP (security whitepaper, A05), whatever the station says. */
async function offerProfiles(sql: Sql, entries: readonly EntryOf<'securityProfile'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `UPDATE charge_points point
     SET offered_security_profile = CASE WHEN offer.profile > point.security_profile THEN offer.profile END,
         updated_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS offer (cp_id text, profile smallint)
     WHERE lower(point.cp_id) = lower(offer.cp_id)`,
    [recordset(entries.map(({ station, effect }) => ({ cp_id: station.cpId, profile: effect.profile })))],
  );
}
