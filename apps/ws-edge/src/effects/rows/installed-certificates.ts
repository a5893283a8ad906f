import type { CertificateHash } from '@ocpp-gw/contracts';
import type { Sql } from '@ocpp-gw/persistence';
import type { EntryOf } from '../entry.ts';
import { recordset } from '../wire-values.ts';

/** Only what has a name can be a row: of a certificate whose issuer is not at hand the station tells the name later. */
export async function writeInstalledCertificates(
  sql: Sql,
  entries: readonly EntryOf<'certificateInstalled'>[],
): Promise<void> {
  const named = entries.flatMap(({ station, effect, now, certificateHash: hash }) =>
    hash
      ? [
          {
            ...identity(station.cpId, hash),
            certificate_type: effect.certificateType,
            certificate: effect.certificate,
            seen_at: now,
          },
        ]
      : [],
  );
  if (named.length === 0) return;
  await sql.query(
    `INSERT INTO installed_certificates
       (cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, certificate, seen_at)
     SELECT cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, certificate,
       seen_at
     FROM jsonb_to_recordset($1::jsonb) AS installed (
       cp_id text, certificate_type text, hash_algorithm text, issuer_name_hash text, issuer_key_hash text,
       serial_number text, certificate text, seen_at timestamptz)
     ON CONFLICT ${IDENTITY} DO UPDATE SET certificate = excluded.certificate, seen_at = excluded.seen_at`,
    [recordset(named)],
  );
}

/** A hash names the certificate under every use it was installed for. */
export async function deleteCertificates(sql: Sql, entries: readonly EntryOf<'certificateDeleted'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `DELETE FROM installed_certificates known
     USING jsonb_to_recordset($1::jsonb) AS deleted (
       cp_id text, hash_algorithm text, issuer_name_hash text, issuer_key_hash text, serial_number text)
     WHERE ${SAME('known', 'deleted')}`,
    [recordset(entries.map(({ station, effect }) => identity(station.cpId, effect.certificate)))],
  );
}

/** All that a station has of the types asked for: others of them are gone. */
export async function writeCertificatesSeen(sql: Sql, entries: readonly EntryOf<'certificatesSeen'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `WITH list AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS list (
         cp_id text, certificate_types text[], seen_at timestamptz, certificates jsonb)),
     seen AS (
       SELECT DISTINCT ON (list.cp_id, certificate_type, hash_algorithm, lower(issuer_name_hash),
           lower(issuer_key_hash), lower(serial_number))
         list.cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, seen_at
       FROM list, jsonb_to_recordset(certificates) AS one (
         certificate_type text, hash_algorithm text, issuer_name_hash text, issuer_key_hash text, serial_number text)),
     gone AS (
       DELETE FROM installed_certificates known USING list
       WHERE known.cp_id = list.cp_id
         AND (list.certificate_types IS NULL OR known.certificate_type = ANY (list.certificate_types))
         AND NOT EXISTS (
           SELECT FROM seen WHERE seen.certificate_type = known.certificate_type AND ${SAME('known', 'seen')}))
     INSERT INTO installed_certificates
       (cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, seen_at)
     SELECT cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, seen_at FROM seen
     ON CONFLICT ${IDENTITY} DO UPDATE SET seen_at = excluded.seen_at`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          certificate_types: effect.certificateTypes,
          seen_at: now,
          certificates: effect.certificates.map((one) => ({
            certificate_type: one.certificateType,
            ...identity(station.cpId, one),
          })),
        })),
      ),
    ],
  );
}

const IDENTITY = `(cp_id, certificate_type, hash_algorithm, lower(issuer_name_hash), lower(issuer_key_hash),
       lower(serial_number))`;

function SAME(one: string, other: string): string {
  const key = (table: string): string =>
    `(${table}.cp_id, ${table}.hash_algorithm, lower(${table}.issuer_name_hash), lower(${table}.issuer_key_hash),
      lower(${table}.serial_number))`;
  return `${key(one)} = ${key(other)}`;
}

function identity(cpId: string, hash: CertificateHash): object {
  return {
    cp_id: cpId,
    hash_algorithm: hash.hashAlgorithm,
    issuer_name_hash: hash.issuerNameHash,
    issuer_key_hash: hash.issuerKeyHash,
    serial_number: hash.serialNumber,
  };
}
