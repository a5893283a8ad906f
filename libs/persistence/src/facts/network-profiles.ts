import { int32 } from '../column-values.ts';
import { upsert } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const networkProfiles = {
  /** A slot holds one profile. */
  networkProfileSet: {
    table: 'network_profiles',
    conflictKey: ({ configurationSlot }) => ['network_profiles', configurationSlot],
    write: [
      upsert('network_profiles', {
        cp_id: cpId,
        configuration_slot: ({ effect }) => int32(effect.configurationSlot),
        connection: ({ effect }) => effect.connection,
        set_at: receivedAt,
      }),
    ],
  },
} satisfies Facts;
