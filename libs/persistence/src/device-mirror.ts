import { InvalidCursorError, encodeCursor, type Page } from '@ocpp-gw/contracts';
import { textsOf } from './cursor.ts';
import type { Database } from './database.ts';
import type {
  ChargingLimitRecord,
  DeviceVariableRecord,
  DisplayMessageRecord,
  FirmwarePublicationRecord,
  MonitorRecord,
  NetworkProfileRecord,
} from './device-records.ts';
import { OF_STATION, recordsOf } from './of-station.ts';
import { SQL } from './sql.ts';

export interface VariableFilter {
  /** Names match in any letter case. */
  component?: string;
  variable?: string;
  /** 0 selects the components that belong to the whole charge point. */
  evseId?: number;
  limit: number;
  cursor?: string;
}

const VARIABLE_OF_COMPONENT = `component, nullif(component_instance, '') AS "componentInstance", evse_id AS "evseId",
  connector_id AS "connectorId", variable, nullif(variable_instance, '') AS "variableInstance"`;

/** The identity of a variable's attribute, as its index has it. */
const IDENTITY = `lower(component), lower(component_instance), evse_id, connector_id, lower(variable),
  lower(variable_instance), attribute_type`;

/** Reads what 2.0.1 stations reported; `facts/` writes it. */
export class DeviceMirror {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** By component and variable. @throws InvalidCursorError */
  async variables(
    cpId: string,
    { component, variable, evseId, limit, cursor }: VariableFilter,
  ): Promise<Page<DeviceVariableRecord>> {
    const values = [cpId, limit + 1, component ?? null, variable ?? null, evseId ?? null];
    const found = await this.database[SQL].query<DeviceVariableRecord>(
      `SELECT ${VARIABLE_OF_COMPONENT}, attribute_type AS "attributeType", value, mutability, persistent, constant,
              characteristics, reboot_required AS "rebootRequired", seen_at AS "seenAt"
       FROM device_variables
       WHERE ${OF_STATION}
         AND ($3::text IS NULL OR lower(component) = lower($3))
         AND ($4::text IS NULL OR lower(variable) = lower($4))
         AND ($5::integer IS NULL OR evse_id = $5)
         ${cursor === undefined ? '' : `AND (${IDENTITY}) > (lower($6), lower($7), $8::integer, $9::integer, lower($10), lower($11), $12)`}
       ORDER BY ${IDENTITY} LIMIT $2`,
      cursor === undefined ? values : [...values, ...after(cursor)],
    );
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > limit && last ? encodeCursor(identityOf(last)) : null };
  }

  monitors(cpId: string): Promise<MonitorRecord[]> {
    return this.database[SQL].query(
      `SELECT monitor_id AS "monitorId", ${VARIABLE_OF_COMPONENT}, type, value, severity, "transaction",
              seen_at AS "seenAt"
       FROM variable_monitors WHERE ${OF_STATION} ORDER BY monitor_id`,
      [cpId],
    );
  }

  displayMessages(cpId: string): Promise<DisplayMessageRecord[]> {
    return this.database[SQL].query(`${recordsOf('display_messages')} ORDER BY message_id`, [cpId]);
  }

  networkProfiles(cpId: string): Promise<NetworkProfileRecord[]> {
    return this.database[SQL].query(`${recordsOf('network_profiles')} ORDER BY configuration_slot`, [cpId]);
  }

  chargingLimits(cpId: string): Promise<ChargingLimitRecord[]> {
    return this.database[SQL].query(`${recordsOf('charging_limits')} ORDER BY evse_id, source`, [cpId]);
  }

  /** Newest first. */
  firmwarePublications(cpId: string, limit: number): Promise<FirmwarePublicationRecord[]> {
    return this.database[SQL].query(
      `${recordsOf('firmware_publications')}
       ORDER BY coalesce(requested_at, status_at) DESC NULLS LAST, request_id DESC LIMIT $2`,
      [cpId, limit],
    );
  }
}

function identityOf(record: DeviceVariableRecord): string[] {
  const { component, componentInstance, evseId, connectorId, variable, variableInstance, attributeType } = record;
  const [evse, connector] = [String(evseId), String(connectorId)];
  return [component, componentInstance ?? '', evse, connector, variable, variableInstance ?? '', attributeType];
}

function after(cursor: string): string[] {
  const identity = textsOf(cursor, 7);
  // Other values would cause a database error.
  if (!identity.slice(2, 4).every((id) => /^\d{1,9}$/.test(id))) throw new InvalidCursorError();
  return identity;
}
