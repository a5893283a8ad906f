import { int32 } from '../column-values.ts';
import { upsert } from '../tables/writer.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const localLists = {
  localListVersion: {
    table: 'local_lists',
    write: [
      upsert('local_lists', {
        cp_id: cpId,
        version: ({ effect }) => int32(effect.version),
        updated_at: receivedAt,
      }),
    ],
  },
} satisfies Facts;
