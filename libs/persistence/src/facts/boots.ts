import { upsert, when, type Writer } from '../tables/writer.ts';
import type { EntryOf } from './entry.ts';
import { cpId, receivedAt, type Facts } from './fact.ts';

export const boots = {
  /** What a station says of itself at boot replaces what it said before, and is the reboot that changes waited for. */
  stationBooted: {
    table: 'charge_points',
    conflictKey: ['configuration'],
    write: [
      upsert(
        'charge_points',
        {
          cp_id: cpId,
          protocol: ({ station }) => station.protocol,
          vendor: ({ effect }) => effect.vendor,
          model: ({ effect }) => effect.model,
          serial_number: ({ effect }) => effect.serialNumber,
          firmware_version: ({ effect }) => effect.firmwareVersion,
          iccid: ({ effect }) => effect.iccid,
          imsi: ({ effect }) => effect.imsi,
          registration_status: ({ effect }) => effect.registration.status,
          last_boot_at: receivedAt,
          last_seen_at: receivedAt,
        },
        {
          set: {
            last_boot_at: 'greatest(known.last_boot_at, excluded.last_boot_at)',
            last_seen_at: 'greatest(known.last_seen_at, excluded.last_seen_at)',
            updated_at: 'now()',
          },
        },
      ),
      rebooted('configuration_keys', () => true),
      rebooted('device_variables', ({ station }) => station.protocol === 'ocpp2.0.1'),
    ],
  },
} satisfies Facts;

function rebooted(
  table: 'configuration_keys' | 'device_variables',
  has: (entry: EntryOf<'stationBooted'>) => boolean,
): Writer<EntryOf<'stationBooted'>> {
  const text = `UPDATE ${table} SET reboot_required = false WHERE reboot_required AND cp_id = ANY ($1::text[])`;
  return when(has, async (sql, entries) => {
    await sql.query(text, [entries.map(cpId)]);
  });
}
