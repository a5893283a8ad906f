import { int32 } from '../column-values.ts';
import { TABLES } from '../tables/tables.ts';
import { statement, upsert, when } from '../tables/writer.ts';
import { cpId, type Facts } from './fact.ts';

export const chargingLimits = {
  /**
   * What external systems limit now (OCPP 2.0.1 K12 to K14). The notification carries no time, so a repetition is known by
   * the row: the same limit again is not fresh. The end of a limit is always an event, because a limit from before the gateway
   * knew the station has no row. A limit that is lifted from the whole station is lifted from its EVSEs, too.
   */
  chargingLimit: {
    table: 'charging_limits',
    write: [
      when(
        ({ effect }) => !effect.cleared,
        upsert(
          'charging_limits',
          {
            cp_id: cpId,
            evse_id: ({ effect }) => int32(effect.evseId),
            source: ({ effect }) => effect.source,
            grid_critical: ({ effect }) => effect.gridCritical,
            schedules: ({ effect }) => effect.schedules,
            set_at: ({ effect }) => effect.time.at,
          },
          {
            where: `(known.grid_critical, known.schedules) IS DISTINCT FROM (excluded.grid_critical, excluded.schedules)`,
            findsRepetitions: true,
          },
        ),
      ),
      when(
        ({ effect }) => effect.cleared,
        statement(
          TABLES.charging_limits.columns,
          {
            cp_id: cpId,
            evse_id: ({ effect }) => int32(effect.evseId),
            source: ({ effect }) => effect.source,
          },
          (rows) => `DELETE FROM charging_limits known USING ${rows('cleared')}
            WHERE (known.cp_id, known.source) = (cleared.cp_id, cleared.source)
              AND cleared.evse_id IN (0, known.evse_id)`,
        ),
      ),
    ],
  },
} satisfies Facts;
