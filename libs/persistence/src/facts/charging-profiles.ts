import type { ChargingProfile } from '@ocpp-gw/contracts';
import { instant, int32 } from '../column-values.ts';
import type { Filling } from '../tables/given.ts';
import { TABLES, type ColumnsOf } from '../tables/tables.ts';
import { each, statement, upsert, when, type Writer } from '../tables/writer.ts';
import type { StationChange } from './entry.ts';
import { cpId, type Facts } from './fact.ts';

interface Held {
  cpId: string;
  evseId: number;
  source: string;
  profile: ChargingProfile;
  at: Date;
}

type Filled = Filling<ColumnsOf<'charging_profiles'>, Held>;

const PROFILE: Filled = {
  cp_id: (held) => held.cpId,
  evse_id: ({ evseId }) => int32(evseId),
  charging_profile_id: ({ profile }) => int32(profile.chargingProfileId),
  stack_level: ({ profile }) => int32(profile.stackLevel),
  purpose: ({ profile }) => profile.purpose,
  kind: ({ profile }) => profile.kind,
  recurrency_kind: ({ profile }) => profile.recurrencyKind,
  valid_from: ({ profile }) => instant(profile.validFrom),
  valid_to: ({ profile }) => instant(profile.validTo),
  transaction_id: ({ profile }) => profile.transactionId,
  source: ({ source }) => source,
  schedule: ({ profile }) => profile.schedule,
  alternatives: ({ profile }) => profile.alternatives,
  set_at: ({ at }) => at,
};

export const chargingProfiles = {
  /** Takes the place of the profile of the same id, and of that of the same EVSE, purpose and stack level. */
  chargingProfileSet: {
    table: 'charging_profiles',
    write: [
      each(
        ({ station, effect: { evseId, profile }, now }) => [
          { cpId: station.cpId, evseId, source: 'CSO', profile, at: now },
        ],
        upsert('charging_profiles', PROFILE, {
          beside: (rows) => `DELETE FROM charging_profiles earlier USING ${rows('profile')}
            WHERE (earlier.cp_id, earlier.evse_id, earlier.purpose, earlier.stack_level)
                = (profile.cp_id, profile.evse_id, profile.purpose, profile.stack_level)
              AND earlier.charging_profile_id <> profile.charging_profile_id`,
        }),
      ),
    ],
  },
  /** Every filter given must hold. */
  chargingProfilesCleared: {
    table: 'charging_profiles',
    write: [
      statement(
        {
          ...TABLES.charging_profiles.columns,
          charging_profile_id: 'integer?',
          evse_id: 'integer?',
          purpose: 'text?',
          stack_level: 'integer?',
        },
        {
          cp_id: cpId,
          charging_profile_id: ({ effect }) => effect.chargingProfileId,
          evse_id: ({ effect }) => effect.evseId,
          purpose: ({ effect }) => effect.purpose,
          stack_level: ({ effect }) => effect.stackLevel,
        },
        (rows) => `DELETE FROM charging_profiles profile USING ${rows('cleared')}
          WHERE profile.cp_id = cleared.cp_id
            AND (cleared.charging_profile_id IS NULL OR profile.charging_profile_id = cleared.charging_profile_id)
            AND (cleared.evse_id IS NULL OR profile.evse_id = cleared.evse_id)
            AND (cleared.purpose IS NULL OR profile.purpose = cleared.purpose)
            AND (cleared.stack_level IS NULL OR profile.stack_level = cleared.stack_level)`,
      ),
    ],
  },
  /**
   * What the station says it holds: each profile by its id alone, as it may hold several of one stack level for different
   * times. Those it does not name stay: no part of a report says that all are named, and the filters are not known here.
   */
  chargingProfilesReported: {
    table: 'charging_profiles',
    write: [
      each(
        ({ station, effect: { evseId, source, profiles }, now }) =>
          profiles.map((profile) => ({ cpId: station.cpId, evseId, source, profile, at: now })),
        upsert('charging_profiles', PROFILE, {
          set: { transaction_id: 'coalesce(excluded.transaction_id, known.transaction_id)', set_at: 'known.set_at' },
          laterCounts: true,
        }),
      ),
    ],
  },
} satisfies Facts;

/** How profiles depend on a transaction. */
const PLACE: Filling<ColumnsOf<'charging_profiles'>, StationChange> = {
  cp_id: (change) => change.cpId,
  transaction_id: ({ after }) => after.stationTransactionId,
  evse_id: ({ after }) => after.evseId,
};

/** The profile that came with a remote start is that of the transaction which then starts there (1.6 section 5.16.2). */
export const adoptProfiles: Writer<StationChange> = when(
  ({ before, after }) => after.startSeen && after.state === 'active' && !before?.startSeen,
  statement(
    TABLES.charging_profiles.columns,
    PLACE,
    (rows) => `UPDATE charging_profiles profile
      SET transaction_id = start.transaction_id,
          evse_id = CASE start.evse_id WHEN 0 THEN profile.evse_id ELSE start.evse_id END
      FROM ${rows('start')}
      WHERE profile.cp_id = start.cp_id AND profile.purpose = 'TxProfile' AND profile.transaction_id IS NULL
        AND profile.evse_id IN (0, start.evse_id)`,
  ),
);

/** A TxProfile ends with its transaction; one that names none is of the EVSE's (1.6 section 3.13.1). */
export const endProfiles: Writer<StationChange> = when(
  ({ before, after }) => after.state === 'ended' && before?.state !== 'ended',
  statement(
    TABLES.charging_profiles.columns,
    PLACE,
    (rows) => `DELETE FROM charging_profiles profile USING ${rows('ended')}
      WHERE profile.cp_id = ended.cp_id AND profile.purpose = 'TxProfile'
        AND (profile.transaction_id = ended.transaction_id
          OR (profile.transaction_id IS NULL AND profile.evse_id = ended.evse_id AND ended.evse_id > 0))`,
  ),
);
