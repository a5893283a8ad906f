import { createHash } from 'node:crypto';
import { TABLES } from '../tables/tables.ts';
import { statement, upsert } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const certificateSignings = {
  /**
   * A request that waits, or that was refused, is the same one when it comes again. One that the station has settled and
   * sends again is wanted anew.
   */
  signingRequest: {
    table: 'certificate_signings',
    write: [
      upsert(
        'certificate_signings',
        {
          cp_id: cpId,
          csr: ({ effect }) => effect.csr,
          csr_hash: ({ effect }) => createHash('sha256').update(effect.csr).digest('hex'),
          certificate_type: ({ effect }) => effect.certificateType,
          public_key: ({ effect }) => effect.key?.publicKey,
          common_name: ({ effect }) => effect.key?.commonName,
          refusal: ({ effect }) => effect.refusal,
          state: ({ effect }) => (effect.key ? 'requested' : 'refused'),
          requested_at: receivedAt,
        },
        {
          set: { settled_at: 'NULL', certificate_chain: 'NULL' },
          where: `known.state NOT IN ('requested', excluded.state)`,
          findsRepetitions: true,
        },
      ),
    ],
  },
  /**
   * CertificateSigned names no request: it answers the latest of its type that waits. A request without a type is for the
   * station's own certificate.
   */
  certificateAccepted: {
    table: 'certificate_signings',
    write: [
      statement(
        TABLES.certificate_signings.columns,
        {
          cp_id: cpId,
          certificate_type: ({ effect }) => effect.certificateType,
          state: ({ effect }) => (effect.accepted ? 'accepted' : 'rejected'),
          certificate_chain: ({ effect }) => effect.chain,
          settled_at: receivedAt,
        },
        (rows) => `UPDATE certificate_signings signing
          SET state = answer.state, certificate_chain = answer.certificate_chain, settled_at = answer.settled_at
          FROM ${rows('answer')}
          WHERE signing.id = (
            SELECT id FROM certificate_signings latest
            WHERE latest.cp_id = answer.cp_id AND latest.state = 'requested'
              AND (latest.certificate_type IS NOT DISTINCT FROM 'V2GCertificate')
                = (answer.certificate_type IS NOT DISTINCT FROM 'V2GCertificate')
            ORDER BY requested_at DESC, id DESC LIMIT 1)`,
      ),
    ],
  },
} satisfies Facts;
