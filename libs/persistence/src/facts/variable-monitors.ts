import { int32 } from '../column-values.ts';
import { each, remove, upsert } from '../tables/writer.ts';
import { componentVariable } from './component-variable.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const variableMonitors = {
  /** A monitor is known by its id; of two with one id the later counts. */
  monitorsReported: {
    table: 'variable_monitors',
    write: [
      each(
        ({ station, effect, now }) => effect.monitors.map((monitor) => ({ ...monitor, station, now })),
        upsert(
          'variable_monitors',
          {
            cp_id: cpId,
            monitor_id: ({ id }) => int32(id),
            ...componentVariable,
            type: ({ type }) => type,
            value: ({ value }) => value,
            severity: ({ severity }) => int32(severity),
            transaction: ({ transaction }) => transaction,
            seen_at: receivedAt,
          },
          { laterCounts: true },
        ),
      ),
    ],
  },
  monitorsCleared: {
    table: 'variable_monitors',
    write: [
      each(
        ({ station, effect }) => effect.ids.map((id) => ({ station, id })),
        remove('variable_monitors', { cp_id: cpId, monitor_id: ({ id }) => int32(id) }),
      ),
    ],
  },
} satisfies Facts;
