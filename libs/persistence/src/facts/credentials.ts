import { TABLES } from '../tables/tables.ts';
import { statement, update, upsert, when } from '../tables/writer.ts';
import { cpId, type Facts } from './fact.ts';

/**
 * The credentials that the handshake accepts (docs/adr/0013). The offered and the former ones are both accepted until the
 * gateway knows which ones the station uses.
 */
export const credentials = {
  password: {
    table: 'charge_points',
    write: [
      /** Inserts where the row is missing: a password that the station got and the gateway does not know locks it out. */
      when(
        ({ effect }) => effect.step === 'offered',
        upsert(
          'charge_points',
          {
            cp_id: cpId,
            protocol: ({ station }) => station.protocol,
            offered_password_hash: ({ passwordHash }) => passwordHash,
          },
          { set: { protocol: 'known.protocol', updated_at: 'now()' } },
        ),
      ),
      /** A station that came back before its answer was received has settled it in the handshake: nothing is left to do. */
      when(
        ({ effect }) => effect.step !== 'offered',
        statement(
          { ...TABLES.charge_points.columns, accepted: 'boolean' },
          { cp_id: cpId, accepted: ({ effect }) => effect.step === 'accepted' },
          (rows) => `UPDATE charge_points point
            SET password_hash = CASE WHEN settled.accepted THEN coalesce(offered_password_hash, password_hash)
                                     ELSE password_hash END,
                offered_password_hash = NULL, updated_at = now()
            FROM ${rows('settled')}
            WHERE lower(point.cp_id) = lower(settled.cp_id)`,
        ),
      ),
    ],
  },
  /** Upwards only: a profile is never lowered over OCPP (security whitepaper, A05), whatever the station says. */
  securityProfile: {
    table: 'charge_points',
    write: [
      update(
        'charge_points',
        { cp_id: cpId, security_profile: ({ effect }) => effect.profile },
        {
          set: {
            offered_security_profile:
              'CASE WHEN given.security_profile > known.security_profile THEN given.security_profile END',
            updated_at: 'now()',
          },
        },
      ),
    ],
  },
} satisfies Facts;
