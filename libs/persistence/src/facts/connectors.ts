import { int32 } from '../column-values.ts';
import { TABLES } from '../tables/tables.ts';
import { statement, upsert, when, type Writer } from '../tables/writer.ts';
import type { EntryOf } from './entry.ts';
import { cpId, type Facts } from './fact.ts';
import { notified, writtenAs } from './latest-notifications.ts';
import { notification, type Notification } from './notification.ts';

type Status = EntryOf<'connectorStatus'> & { at: Date };

export const connectors = {
  /**
   * The status of a connector is the one received last. The time that the charger names is kept beside it, and orders
   * nothing: clocks are wrong, and are put right.
   */
  connectorStatus: {
    table: 'connectors',
    conflictKey: ({ evseId, connectorId }) => ['connectors', evseId, connectorId],
    write: [
      async (sql, entries) => {
        const received = await notified(sql, entries, statusNotifications);
        const statuses = entries.flatMap((entry): Status[] => {
          const at = received.get(entry)?.[0];
          return at ? [{ ...entry, at }] : [];
        });
        if (statuses.length > 0) await writeStatuses(sql, statuses);
        await followStatuses(sql, statuses);
        return writtenAs(received);
      },
    ],
  },
} satisfies Facts;

const writeStatuses: Writer<Status> = upsert('connectors', {
  cp_id: cpId,
  evse_id: ({ effect }) => int32(effect.evseId),
  connector_id: ({ effect }) => int32(effect.connectorId),
  status: ({ effect }) => effect.status,
  error_code: ({ effect }) => effect.errorCode,
  info: ({ effect }) => effect.info,
  vendor_id: ({ effect }) => effect.vendorId,
  vendor_error_code: ({ effect }) => effect.vendorErrorCode,
  status_at: ({ effect }) => effect.time.at,
  received_at: ({ at }) => at,
});

/** A status is the value of its component's AvailabilityState, where the station has that variable (OCPP 2.0.1 G01). */
const followStatuses: Writer<Status> = when(
  ({ station }) => station.protocol === 'ocpp2.0.1',
  statement(
    TABLES.device_variables.columns,
    {
      cp_id: cpId,
      component: ({ effect }) =>
        effect.connectorId > 0 ? 'connector' : effect.evseId > 0 ? 'evse' : 'chargingstation',
      evse_id: ({ effect }) => int32(effect.evseId),
      connector_id: ({ effect }) => int32(effect.connectorId),
      value: ({ effect }) => effect.status,
      seen_at: ({ at }) => at,
    },
    (rows) => `UPDATE device_variables known SET value = status.value, seen_at = status.seen_at
      FROM ${rows('status')}
      WHERE (known.cp_id, lower(known.component), known.evse_id, known.connector_id)
          = (status.cp_id, status.component, status.evse_id, status.connector_id)
        AND known.component_instance = '' AND known.variable_instance = ''
        AND lower(known.variable) = 'availabilitystate' AND known.attribute_type = 'Actual'`,
  ),
);

function statusNotifications(entry: EntryOf<'connectorStatus'>): Notification[] {
  const { evseId, connectorId, status, errorCode, info, vendorId, vendorErrorCode, time } = entry.effect;
  const said = [status, errorCode, info, vendorId, vendorErrorCode];
  return [notification(entry, `status/${evseId}/${connectorId}`, said, time)];
}
