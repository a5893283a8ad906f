import { createHash } from 'node:crypto';
import type { Sql } from '@ocpp-gw/persistence';
import type { Entry, EntryOf, Written } from '../entry.ts';
import { recordset } from '../wire-values.ts';

/**
 * A request that waits, or that was refused, is the same one when it comes again. One that the station has settled and
 * sends again is wanted anew.
 */
export async function writeSigningRequests(
  sql: Sql,
  entries: readonly EntryOf<'signingRequest'>[],
): Promise<[Entry, Written][]> {
  if (entries.length === 0) return [];
  const rows = entries.map(signingRow);
  const written = await sql.query<{ cpId: string; csrHash: string }>(
    `INSERT INTO certificate_signings
       (cp_id, csr, csr_hash, certificate_type, public_key, common_name, refusal, state, requested_at)
     SELECT cp_id, csr, csr_hash, certificate_type, public_key, common_name, refusal, state, requested_at
     FROM jsonb_to_recordset($1::jsonb) AS request (
       cp_id text, csr text, csr_hash text, certificate_type text, public_key text, common_name text, refusal text,
       state text, requested_at timestamptz)
     ORDER BY cp_id, csr_hash
     ON CONFLICT (cp_id, csr_hash) DO UPDATE SET
       certificate_type = excluded.certificate_type, public_key = excluded.public_key,
       common_name = excluded.common_name, refusal = excluded.refusal, state = excluded.state,
       requested_at = excluded.requested_at, settled_at = NULL, certificate_chain = NULL
     WHERE certificate_signings.state NOT IN ('requested', excluded.state)
     RETURNING cp_id AS "cpId", csr_hash AS "csrHash"`,
    [recordset(rows)],
  );
  return entries.map((entry, index) => [
    entry,
    { fresh: written.some(({ cpId, csrHash }) => cpId === entry.station.cpId && csrHash === rows[index]?.csr_hash) },
  ]);
}

function signingRow({ station, effect, now }: EntryOf<'signingRequest'>) {
  return {
    cp_id: station.cpId,
    csr: effect.csr,
    csr_hash: createHash('sha256').update(effect.csr).digest('hex'),
    certificate_type: effect.certificateType,
    public_key: effect.key?.publicKey,
    common_name: effect.key?.commonName,
    refusal: effect.refusal,
    state: effect.key ? 'requested' : 'refused',
    requested_at: now,
  };
}

/** CertificateSigned names no request: it answers the latest of its type that waits. No type is the station's own. */
export async function settleSignings(sql: Sql, entries: readonly EntryOf<'certificateAccepted'>[]): Promise<void> {
  if (entries.length === 0) return;
  await sql.query(
    `UPDATE certificate_signings signing
     SET state = answer.state, certificate_chain = answer.chain, settled_at = answer.settled_at
     FROM jsonb_to_recordset($1::jsonb) AS answer (
       cp_id text, certificate_type text, state text, chain text, settled_at timestamptz)
     WHERE signing.id = (
       SELECT id FROM certificate_signings latest
       WHERE latest.cp_id = answer.cp_id AND latest.state = 'requested'
         AND (latest.certificate_type IS NOT DISTINCT FROM 'V2GCertificate')
           = (answer.certificate_type IS NOT DISTINCT FROM 'V2GCertificate')
       ORDER BY requested_at DESC, id DESC LIMIT 1)`,
    [
      recordset(
        entries.map(({ station, effect, now }) => ({
          cp_id: station.cpId,
          certificate_type: effect.certificateType,
          state: effect.accepted ? 'accepted' : 'rejected',
          chain: effect.chain,
          settled_at: now,
        })),
      ),
    ],
  );
}
