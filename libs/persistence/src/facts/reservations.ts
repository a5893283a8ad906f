import { int32 } from '../column-values.ts';
import { TABLES } from '../tables/tables.ts';
import { each, judging, same, update, upsert, type Writer } from '../tables/writer.ts';
import type { StationChange } from './entry.ts';
import { cpId, type Facts } from './fact.ts';

const conflictKey = ({ reservationId }: { reservationId: number }): readonly [string, number] => [
  'reservation',
  reservationId,
];

export const reservations = {
  /** ReserveNow under an id that the station holds replaces that reservation (1.6 section 5.13). */
  reservationMade: {
    table: 'reservations',
    conflictKey,
    write: [
      upsert(
        'reservations',
        {
          cp_id: cpId,
          reservation_id: ({ effect }) => int32(effect.reservationId),
          evse_id: ({ effect }) => int32(effect.evseId),
          connector_type: ({ effect }) => effect.connectorType,
          id_token: ({ effect }) => effect.idToken,
          group_id_token: ({ effect }) => effect.groupIdToken,
          expires_at: ({ effect }) => effect.expiresAt,
          state: () => 'active',
        },
        { set: { transaction_id: 'NULL', updated_at: 'now()' } },
      ),
    ],
  },
  reservationCancelled: {
    table: 'reservations',
    conflictKey,
    write: [
      update(
        'reservations',
        { cp_id: cpId, reservation_id: ({ effect }) => int32(effect.reservationId) },
        { set: { state: `'cancelled'`, updated_at: 'now()' }, where: `known.state = 'active'` },
      ),
    ],
  },
  /**
   * The station gave it up by itself (OCPP 2.0.1 H03, H04). The message carries no time, so a repetition is known by the row;
   * one of a reservation that nobody here made has no row, and is an event each time.
   */
  reservationEnded: {
    table: 'reservations',
    conflictKey,
    write: [
      judging(
        TABLES.reservations.columns,
        { cp_id: cpId, reservation_id: ({ effect }) => int32(effect.reservationId) },
        'repeated',
        (rows) => `WITH ended AS (SELECT * FROM ${rows('ended')}),
          given_up AS (
            UPDATE reservations SET state = 'ended_by_station', updated_at = now() FROM ended
            WHERE ${same('reservations', 'reservations', 'ended')} AND reservations.state = 'active')
          SELECT position FROM ended JOIN reservations earlier USING (cp_id, reservation_id)
          WHERE earlier.state = 'ended_by_station'`,
      ),
    ],
  },
} satisfies Facts;

/** The station says which reservation its transaction used, whatever was known of that before. */
export const useReservations: Writer<StationChange> = each(
  ({ cpId: station, before, after: { reservationId, transactionId } }) =>
    reservationId === null || reservationId === before?.reservationId
      ? []
      : [{ station, reservationId, transactionId }],
  update(
    'reservations',
    {
      cp_id: ({ station }) => station,
      reservation_id: ({ reservationId }) => reservationId,
      transaction_id: ({ transactionId }) => transactionId,
    },
    {
      set: { state: `'used'`, transaction_id: 'given.transaction_id', updated_at: 'now()' },
      where: `known.state <> 'used'`,
    },
  ),
);
