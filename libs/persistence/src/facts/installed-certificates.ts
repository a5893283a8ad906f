import type { CertificateHash } from '@ocpp-gw/contracts';
import { TABLES } from '../tables/tables.ts';
import { each, remove, same, statement, upsert } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

/** The columns that name a certificate; it has that name under every use it was installed for. */
const NAME = {
  hash_algorithm: ({ hash }: Named): string => hash.hashAlgorithm,
  issuer_name_hash: ({ hash }: Named): string => hash.issuerNameHash,
  issuer_key_hash: ({ hash }: Named): string => hash.issuerKeyHash,
  serial_number: ({ hash }: Named): string => hash.serialNumber,
};
const NAME_COLUMNS = ['cp_id', 'hash_algorithm', 'issuer_name_hash', 'issuer_key_hash', 'serial_number'] as const;

interface Named {
  hash: CertificateHash;
}

const KEY = TABLES.installed_certificates.key.join(', ');

export const installedCertificates = {
  /** Only a certificate with a name gets a row. If the issuer is unknown here, the station reports the name later. */
  certificateInstalled: {
    table: 'installed_certificates',
    write: [
      each(
        ({ certificateHash: hash, ...entry }) => (hash ? [{ ...entry, hash }] : []),
        upsert('installed_certificates', {
          cp_id: cpId,
          certificate_type: ({ effect }) => effect.certificateType,
          ...NAME,
          certificate: ({ effect }) => effect.certificate,
          seen_at: receivedAt,
        }),
      ),
    ],
  },
  certificateDeleted: {
    table: 'installed_certificates',
    write: [
      each(
        ({ station, effect }) => [{ station, hash: effect.certificate }],
        remove('installed_certificates', { cp_id: cpId, ...NAME }),
      ),
    ],
  },
  /** All certificates that a station has of these types. Others of the types are removed. */
  certificatesSeen: {
    table: 'installed_certificates',
    write: [
      statement(
        { ...TABLES.installed_certificates.columns, certificate_types: 'text[]?', certificates: 'jsonb' },
        {
          cp_id: cpId,
          certificate_types: ({ effect }) => effect.certificateTypes,
          seen_at: receivedAt,
          certificates: ({ effect }) =>
            effect.certificates.map(({ certificateType, ...hash }) => ({
              certificate_type: certificateType,
              ...Object.fromEntries(Object.entries(NAME).map(([column, valueOf]) => [column, valueOf({ hash })])),
            })),
        },
        (rows) => `WITH list AS (SELECT * FROM ${rows('list')}),
          seen AS (
            SELECT DISTINCT ON (${KEY})
              cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, seen_at
            FROM list, jsonb_to_recordset(certificates) AS one (
              certificate_type text, hash_algorithm text, issuer_name_hash text, issuer_key_hash text,
              serial_number text)),
          gone AS (
            DELETE FROM installed_certificates known USING list
            WHERE known.cp_id = list.cp_id
              AND (list.certificate_types IS NULL OR known.certificate_type = ANY (list.certificate_types))
              AND NOT EXISTS (
                SELECT FROM seen WHERE seen.certificate_type = known.certificate_type
                  AND ${same('installed_certificates', 'known', 'seen', NAME_COLUMNS)}))
          INSERT INTO installed_certificates
            (cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, seen_at)
          SELECT cp_id, certificate_type, hash_algorithm, issuer_name_hash, issuer_key_hash, serial_number, seen_at
          FROM seen
          ON CONFLICT (${KEY}) DO UPDATE SET seen_at = excluded.seen_at`,
      ),
    ],
  },
} satisfies Facts;
