import { expect } from '@jest/globals';
import type { ClickHouseClient } from '@clickhouse/client';

const OF_FLOW = 'cp_id IN {cpIds:Array(String)}';

/** What the views at insert keep, and the same from the rows of the events themselves. */
interface Recount {
  kept: string;
  raw: string;
}

const energyBy = (table: string): Recount => ({
  kept: `SELECT cp_id, transaction_id, round(sum(part), 3) AS wh
    FROM (SELECT cp_id, transaction_id, argMaxMerge(leaves).1 - argMaxMerge(enters) AS part FROM ${table} WHERE ${OF_FLOW} GROUP BY bucket, cp_id, transaction_id)
    GROUP BY cp_id, transaction_id`,
  raw: `SELECT cp_id, transaction_id, round(sum(to_wh - from_wh), 3) AS wh FROM energy_intervals FINAL WHERE ${OF_FLOW} GROUP BY cp_id, transaction_id`,
});

const CHANGES = `SELECT event_id, cp_id, 'connection' AS kind, 0 AS evse_id, 0 AS connector_id, occurred_at AS at, if(connected, 'online', 'offline') AS state
    FROM connections FINAL WHERE ${OF_FLOW}
    UNION ALL
    SELECT event_id, cp_id, 'status', evse_id, connector_id, recorded_at, status FROM connector_status FINAL WHERE ${OF_FLOW}`;

const RECOUNTS: Readonly<Record<string, Recount>> = {
  energy_intervals: {
    kept: `SELECT event_id FROM energy_intervals FINAL WHERE ${OF_FLOW}`,
    raw: `SELECT event_id FROM meter_samples FINAL WHERE ${OF_FLOW}
      UNION ALL SELECT event_id FROM transaction_events FINAL WHERE ${OF_FLOW} AND event_type = 'tx.ended'`,
  },
  energy_15min: energyBy('energy_15min'),
  energy_hour: energyBy('energy_hour'),
  energy_day: energyBy('energy_day'),
  session_states: {
    kept: `SELECT cp_id, transaction_id, state, energy_wh, started_at, events FROM sessions WHERE ${OF_FLOW}`,
    raw: `SELECT e.cp_id, e.transaction_id, if(e.ended, 'ended', 'active') AS state, i.wh AS energy_wh, e.began_at AS started_at, e.events
      FROM
      (
          SELECT cp_id, transaction_id, max(event_type = 'tx.ended') AS ended, min(occurred_at) AS began_at, count() AS events
          FROM transaction_events FINAL WHERE ${OF_FLOW} GROUP BY cp_id, transaction_id
      ) AS e
      LEFT JOIN
      (
          SELECT cp_id, transaction_id, toNullable(max(to_wh)) AS wh FROM energy_intervals FINAL WHERE ${OF_FLOW} GROUP BY cp_id, transaction_id
      ) AS i ON i.cp_id = e.cp_id AND i.transaction_id = e.transaction_id`,
  },
  ended_sessions: {
    kept: `SELECT cp_id, transaction_id, ended_at, energy_wh FROM ended_sessions FINAL WHERE ${OF_FLOW}`,
    raw: `SELECT cp_id, transaction_id, occurred_at AS ended_at, energy_wh FROM transaction_events FINAL WHERE ${OF_FLOW} AND event_type = 'tx.ended'`,
  },
  latest_status: {
    kept: `SELECT cp_id, evse_id, connector_id, status, recorded_at FROM latest_status FINAL WHERE ${OF_FLOW}`,
    raw: `SELECT cp_id, evse_id, connector_id, last.1 AS status, last.2 AS recorded_at
      FROM (SELECT cp_id, evse_id, connector_id, argMax((status, recorded_at), recorded_at) AS last FROM connector_status FINAL WHERE ${OF_FLOW} GROUP BY cp_id, evse_id, connector_id)`,
  },
  state_changes: {
    kept: `SELECT event_id, cp_id, toString(kind) AS kind, evse_id, connector_id, at, state FROM state_changes FINAL WHERE ${OF_FLOW}`,
    raw: CHANGES,
  },
  states_of_spans: {
    kept: `SELECT cp_id, toString(kind) AS kind, evse_id, connector_id, span, argMaxMerge(last) AS state FROM states_of_spans WHERE ${OF_FLOW}
      GROUP BY cp_id, kind, evse_id, connector_id, span, first_day`,
    raw: `SELECT cp_id, kind, evse_id, connector_id, arrayJoin([1, 4, 16, 64, 256]) AS span, argMax(state, at) AS state FROM (${CHANGES})
      GROUP BY cp_id, kind, evse_id, connector_id, span, intDiv(toUInt32(toDate(at)), span)`,
  },
  connectors: {
    kept: `SELECT cp_id, evse_id, connector_id, min(connectors.first_day) AS first_day FROM connectors WHERE ${OF_FLOW} GROUP BY cp_id, evse_id, connector_id`,
    raw: `SELECT cp_id, evse_id, connector_id, min(toDate(at)) AS first_day FROM (${CHANGES}) WHERE kind = 'status' GROUP BY cp_id, evse_id, connector_id`,
  },
};

/** Whatever was inserted twice or again: each table that an insert feeds says what its events say. */
export async function feedsAreRight(clickhouse: ClickHouseClient, cpIds: readonly string[]): Promise<void> {
  const rows = async (query: string): Promise<string[]> => {
    const result = await clickhouse.query({ query, query_params: { cpIds }, format: 'JSONCompactEachRow' });
    return (await result.json()).map((row) => JSON.stringify(row)).sort();
  };
  for (const [table, { kept, raw }] of Object.entries(RECOUNTS)) {
    const [found, expected] = [await rows(kept), await rows(raw)];
    expect([table, found]).toEqual([table, expected]);
  }
}
