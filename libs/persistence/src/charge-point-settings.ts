import type { WhereExpressionBuilder } from 'typeorm';
import type { ChargePointRecord } from './records.ts';

/** Columns of what an operator decides of a charge point, besides its tags and whether it is retired. */
const SETTINGS = {
  passwordHash: 'password_hash',
  offeredPasswordHash: 'offered_password_hash',
  securityProfile: 'security_profile',
  offeredSecurityProfile: 'offered_security_profile',
  tolerance: 'tolerance',
  assumeOcpp16: 'assume_ocpp16',
  serverPing: 'server_ping',
  timeZone: 'time_zone',
} as const satisfies Partial<Record<keyof ChargePointRecord, string>>;

const PROPERTIES = Object.keys(SETTINGS) as (keyof typeof SETTINGS)[];

/** What an operator decides of the charge point, as a text that changes when any of it does. */
export function settingsText(record: ChargePointRecord): string {
  const tags = Object.entries(record.tags).sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([...PROPERTIES.map((property) => record[property]), tags, record.retiredAt !== null]);
}

/** Limits a statement to the charge point as long as it has the settings of the record. */
export function expectSettings(query: WhereExpressionBuilder, record: ChargePointRecord): void {
  for (const property of PROPERTIES)
    query.andWhere(`${SETTINGS[property]} IS NOT DISTINCT FROM :known_${property}`, {
      [`known_${property}`]: record[property],
    });
  query.andWhere('tags = CAST(:known_tags AS jsonb)', { known_tags: JSON.stringify(record.tags) });
  query.andWhere(`retired_at IS ${record.retiredAt === null ? 'NULL' : 'NOT NULL'}`);
}
